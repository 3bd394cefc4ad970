"""What looks like a length of time, a set, or a word for now and then, and is none: refusals of single matches."""

from __future__ import annotations

from collections.abc import Sequence

from communique.extract.times.grammar import Match, norm_at
from communique.extract.times.lexicon import word_sets
from communique.text import Token

_WORDS = word_sets("guards")


def nth_day(tokens: Sequence[Token], match: Match) -> bool:
    """Only days that follow each other."""
    return bool({"consecutive", "straight", "successive", "row"} & {t.norm for t in tokens[match.start : match.stop]})


def quarter_context(tokens: Sequence[Token], match: Match) -> bool:
    """ "The quarter of a million" is none."""
    return norm_at(tokens, match.stop) not in ("of", "-", "final") or "latest" in (
        tokens[match.start].norm,
        tokens[match.start + 1].norm,
    )


def window(tokens: Sequence[Token], match: Match) -> bool:
    """Spans that hang on now."""
    return not (
        match.fields.get("n") == "X" and match.fields.get("unit") in ("S", "Q") and match.stop - match.start < 2
    )


def first_span(tokens: Sequence[Token], match: Match) -> bool:
    """ "The first day" is rather a name than a length."""
    return match.fields.get("unit") not in ("S", "TM", "H", "Q", "E", "C") and (
        match.fields.get("n") not in (None, 1) or "full" in {t.norm for t in tokens[match.start : match.stop]}
    )


def duration(tokens: Sequence[Token], match: Match) -> bool:
    """ "A second", "a quarter of" and "1992 day" are no lengths of time."""
    words = [t.norm for t in tokens[match.start : match.stop]]
    code, n = match.fields.get("unit"), match.fields.get("n", 1)
    after = norm_at(tokens, match.stop), norm_at(tokens, match.stop + 1)
    if "old" in after or after in (("-", "earlier"), ("-", "ago")):
        return False
    if code == "Q" and "-" in words:
        return False
    if code in ("S", "Q") and words[0] in ("a", "an", "one", "another", "half"):
        return False
    if words[0] in ("a", "an") and len(words) == 2 and code in ("D", "H", "TM", "C", "E", "M", "W", "Y"):
        return norm_at(tokens, match.stop) not in ("of", "for", "when", "that", "in")
    return n == "X" or float(n) < 100_000


def bare_duration(tokens: Sequence[Token], match: Match) -> bool:
    """ "For years": a length only after a preposition of time."""
    return match.fields.get("unit") not in ("S", "Q") and norm_at(tokens, match.start - 1) in _WORDS["before-length"]


def some_time(tokens: Sequence[Token], match: Match) -> bool:
    """ "For some time"."""
    return norm_at(tokens, match.start - 1) in ("for", "in", "after", "quite", "over", "within")


def adverb_set(tokens: Sequence[Token], match: Match) -> bool:
    """ "Daily" and its like, where they are no names of papers."""
    return not (tokens[match.start].capital and match.start > 0)


def per(tokens: Sequence[Token], match: Match) -> bool:
    """ "Twice a year", "$3 a day"."""
    before = norm_at(tokens, match.start - 1)
    return tokens[match.start].norm == "per" or before in _WORDS["per-what"]


def ref_now(tokens: Sequence[Token], match: Match) -> bool:
    """Now, but not the "Now, …" that opens a talk, nor "the current of a river"."""
    if tokens[match.start].norm == "now" and match.start == 0:
        return norm_at(tokens, 1) != ","
    word = tokens[match.stop - 1].norm
    if word == "current":
        return norm_at(tokens, match.stop).isalpha() and norm_at(tokens, match.stop) not in ("of", "and", "in")
    if word == "moment":
        return (
            norm_at(tokens, match.start - 1) in ("at", "for") and norm_at(tokens, match.stop) not in _WORDS["its-own"]
        )
    if word == "present" and match.stop - match.start == 2:
        return not norm_at(tokens, match.stop)[:1].isalpha()
    return True


def ref_past(tokens: Sequence[Token], match: Match) -> bool:
    """The past, when no measure of time follows; "as recently as" measures one."""
    if norm_at(tokens, match.start - 1) == "as" and norm_at(tokens, match.stop) == "as":
        return False
    return (norm_at(tokens, match.start - 1) == "in" and norm_at(tokens, match.stop) in _WORDS["clause"]) or (
        tokens[match.stop - 1].norm != "past"
        or not norm_at(tokens, match.stop)[:1].isalpha()
        or (norm_at(tokens, match.stop) in ("and", "is", "was", "has", "but", "to", "by", "that"))
    )


def ref_future(tokens: Sequence[Token], match: Match) -> bool:
    """ "May soon meet", "soon will": soon lies ahead only beside a verb that does."""
    if tokens[match.start].norm != "soon":
        return True
    before, after = norm_at(tokens, match.start - 1), norm_at(tokens, match.stop)
    return bool({before, after} & _WORDS["ahead"]) and after != "as"


def full_year(tokens: Sequence[Token], match: Match) -> bool:
    """ "The full year" is that of publication, unless it is said when it ended."""
    return match.fields.get("unit") == "Y" and not business_year(tokens, match)


def in_question(tokens: Sequence[Token], match: Match) -> bool:
    """ "For the year, sales rose": the stretch on which a report closes."""
    if match.fields.get("unit") not in ("W", "M", "Y") or norm_at(tokens, match.start - 1) != "for":
        return False
    return norm_at(tokens, match.stop) in (",", ".", "", ";")


def business_year(tokens: Sequence[Token], match: Match) -> bool:
    """ "The year ended March 31"."""
    return match.fields.get("unit") == "Y" and norm_at(tokens, match.stop) in ("ended", "ending")


def part_of_month(tokens: Sequence[Token], match: Match) -> bool:
    """Months have weeks and halves; those of a year and of a quarter are read elsewhere."""
    return bool(match.fields.get("unit", "W") == "W" and match.fields.get("whole", "M") == "M")


def some_day(tokens: Sequence[Token], match: Match) -> bool:
    """ "Will one day" is no length of time."""
    return norm_at(tokens, match.start - 1) in ("will", "would", "could", "may", "might", "can", "to", "'ll")
