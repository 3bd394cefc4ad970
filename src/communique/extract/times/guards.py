"""Names and counts that look like dates: each guard refuses a match of the rules that name it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from communique.extract.times.grammar import Match
from communique.extract.times.lexicon import english, word_set
from communique.text import Token

Guard = Callable[[Sequence[Token], Match], bool]

_BEFORE_MONTH = word_set("guards", "before-month")
_NAMES = word_set("guards", "names")
_BEFORE_YEAR = word_set("guards", "before-year")
_AT = word_set("guards", "at")
_COUNTED = word_set("guards", "counted")
_TITLES = word_set("guards", "titles")
_PAPERS = word_set("guards", "papers")
_CLAUSE = word_set("guards", "clause")
_AHEAD = word_set("guards", "ahead")


def _norm(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].norm if 0 <= at < len(tokens) else ""


def _capital(tokens: Sequence[Token], at: int) -> bool:
    return 0 <= at < len(tokens) and tokens[at].capital


def _month_at(tokens: Sequence[Token], match: Match) -> int:
    months = (
        i
        for i in range(match.start, match.stop)
        if tokens[i].norm[:3] in ("may", "mar", "apr", "jun", "jan", "feb", "jul", "aug", "sep", "oct", "nov", "dec")
    )
    return next(months, match.start)


def month_name(tokens: Sequence[Token], match: Match) -> bool:
    """Months against people ("Theresa May"), verbs ("they may", "to march")."""
    if "month" not in match.fields:
        return True
    at = _month_at(tokens, match)
    word = tokens[at]
    if _capital(tokens, match.stop) and "after_month_name" in english().classes(tokens[match.stop].norm):
        return False
    if any(name in match.fields for name in ("dom", "year", "yy", "direction", "edge")):
        return word.capital or not (word.norm in ("may", "march") and "dom" not in match.fields)
    if len(word.norm) <= 4 and word.norm not in ("may", "june", "july"):
        return word.capital and _norm(tokens, at - 1) in _BEFORE_MONTH and not _capital(tokens, match.stop)
    if word.norm not in _NAMES:
        return word.capital or _norm(tokens, at - 1) in _BEFORE_MONTH
    return word.capital and _no_person(tokens, at)


def _no_person(tokens: Sequence[Token], at: int) -> bool:
    before = _norm(tokens, at - 1)
    if before in _BEFORE_MONTH and before not in (",", "and", "-", "(", "for", "to", "of", "by"):
        return True
    if before in _TITLES or (_capital(tokens, at - 1) and at - 1 > 0):
        return False
    if _capital(tokens, at + 1) or _norm(tokens, at + 1) in ("'s", "said", "was", "has"):
        return False
    noun = before in ("a", "the", "his", "its", "their") and _norm(tokens, at + 1).isalpha()
    return before in _BEFORE_MONTH or noun


def day_number(tokens: Sequence[Token], match: Match) -> bool:
    """ "In May 15 countries signed": a count after a month is no day."""
    if "dom" not in match.fields:
        return True
    last = tokens[match.stop - 1].norm
    if not last.isdigit() or len(last) > 2:
        return True
    return _norm(tokens, match.stop) not in _COUNTED or _norm(tokens, match.stop) == "-"


def bare_year(tokens: Sequence[Token], match: Match) -> bool:
    """A number is a year where a year can stand."""
    if "yy" in match.fields:
        return tokens[match.start].stop == tokens[match.start + 1].start and _norm(
            tokens, match.start - 1
        ) in _BEFORE_YEAR | {"the"}
    if "year" not in match.fields or match.stop - match.start > 1:
        return True
    if not 1700 <= int(match.fields["year"]) <= 2060:
        return False
    if match.start == 0 and match.stop >= len(tokens) - 1:
        return tokens[-1].norm in (tokens[0].norm, ":", ".")
    before, after = _norm(tokens, match.start - 1), _norm(tokens, match.stop)
    if (after in _COUNTED and not _dash(tokens, match.stop)) or before in ("$", "£", "€", "no", ".", "/", "resolution", "article", "room", "-", "="):
        return False
    if before in _BEFORE_YEAR:
        return not (after.endswith("s") and after.isalpha() and after not in ("was", "is", "has", "as", "'s"))
    if before == "(" and after in (")", "-"):
        return True
    if "year_noun" in english().classes(after):
        return 1900 <= int(match.fields["year"]) <= 2060
    if before in ("the", "a", "his", "its", "their", "her", "our", "'s"):
        return 1900 <= int(match.fields["year"]) <= 2060 and after.isalpha() and not after.endswith("s")
    return before in ("and", "or", ",") and _year_near(tokens, match)


def _dash(tokens: Sequence[Token], at: int) -> bool:
    """Whether a sign stands apart from the word before it, as a dash does and a hyphen does not."""
    return tokens[at].norm == "-" and tokens[at].start > tokens[at - 1].stop


def _year_near(tokens: Sequence[Token], match: Match) -> bool:
    return any(t.norm.isdigit() and len(t.norm) == 4 for t in tokens[max(0, match.start - 3) : match.start])


def years_range(tokens: Sequence[Token], match: Match) -> bool:
    """Both ends are years."""
    return 1700 <= int(match.fields["year"]) <= 2060 and _norm(tokens, match.start - 1) not in ("$", "£", "€", "no")


def clock(tokens: Sequence[Token], match: Match) -> bool:
    """A figure is a time with a.m., a zone, a day or a preposition."""
    fields = match.fields
    if "ampm" in fields or "said_hour" in fields or "zone" in fields:
        return True
    if "decimal" in str(fields.get("clock", "")):
        return False
    if "clock" in fields and any(t.norm.count(".") for t in tokens[match.start : match.stop] if t.norm[:1].isdigit()):
        return False
    return match.stop - match.start > 1 or _norm(tokens, match.start - 1) in _AT


def weekday(tokens: Sequence[Token], match: Match) -> bool:
    """Weekdays against names ("Black Friday", "the Sunday Times")."""
    if not any(tokens[i].capital for i in range(match.start, match.stop)) and _capital(tokens, 0) is False:
        return True
    if _norm(tokens, match.stop) in _PAPERS and _capital(tokens, match.stop):
        return False
    if _norm(tokens, match.start - 1) == "the" and match.stop - match.start == 1 and _capital(tokens, match.stop):
        return False
    if _norm(tokens, match.start - 1) == "a" and not _norm(tokens, match.stop).isalpha():
        return False  # "it was a Friday"
    return _norm(tokens, match.start - 1) not in (
        "black",
        "man",
        "ruby",
        "bloody",
        "good",
        "holy",
        "palm",
        "cyber",
        "super",
    )


def season(tokens: Sequence[Token], match: Match) -> bool:
    """Falls and springs that are no seasons."""
    words = {t.norm for t in tokens[match.start : match.stop]}
    if "fall" in words and not {"year", "direction"} & match.fields.keys():
        return _norm(tokens, match.stop) in (",", ".", "") and "the" in words | {_norm(tokens, match.start - 1)}
    if {"year", "direction"} & match.fields.keys():
        return True
    if match.stop - match.start == 1 and _norm(tokens, match.start - 1) not in ("in", "during", "by", "since", "until"):
        return False
    return _norm(tokens, match.stop) != "of" and not _capital(tokens, match.stop)


def edge(tokens: Sequence[Token], match: Match) -> bool:
    """ "Mid 2020" is a date, "end 2020 troops" is not."""
    return "year" not in match.fields or 1700 <= int(match.fields["year"]) <= 2060


def quarter(tokens: Sequence[Token], match: Match) -> bool:
    """Quarters of a year are four."""
    return 1 <= int(match.fields.get("ordinal", 0)) <= 4


def part_of_day(tokens: Sequence[Token], match: Match) -> bool:
    """ "The evening" alone is a date only after a preposition of time."""
    return tokens[match.start].norm != "the" or _norm(tokens, match.start - 1) == "in"


def unit(tokens: Sequence[Token], match: Match) -> bool:
    """ "Last second", "this minute" and "past the last hour" are no dates."""
    if match.fields.get("unit") in ("S", "TM", "H"):
        return False
    if match.fields.get("unit") == "D" and match.fields.get("direction", "0") != "0":
        return False
    return not (match.fields.get("unit") == "Q" and "edge" in match.fields)


def month_of(tokens: Sequence[Token], match: Match) -> bool:
    """Only a year holds months."""
    return match.fields.get("unit") == "Y" and month_name(tokens, match)


def dom(tokens: Sequence[Token], match: Match) -> bool:
    """Only a month has days of the month."""
    return (
        match.fields.get("unit", "M") == "M" and tokens[match.start + 1].norm != "first"
    ) or "direction" in match.fields


def bare_dom(tokens: Sequence[Token], match: Match) -> bool:
    """ "On the 14th", but not "the 14th floor"."""
    if tokens[match.stop - 1].norm.isdigit() or _norm(tokens, match.stop).isalpha():
        return False
    return _norm(tokens, match.start - 1) in ("on", "by", "until", "since") and _norm(tokens, match.stop) != "-"


def following(tokens: Sequence[Token], match: Match) -> bool:
    """ "The day after the talks" hangs on the talks, not on a date."""
    if tokens[match.stop - 1].norm in ("after", "before", "following"):
        return not _norm(tokens, match.stop)[:1].isalnum()
    return _norm(tokens, match.stop) not in ("-", "of") or "that" not in (tokens[match.start].norm,)


def same(tokens: Sequence[Token], match: Match) -> bool:
    """ "That day-to-day business" is none."""
    return _norm(tokens, match.stop) != "-" and match.fields.get("unit") not in ("S", "TM", "H", "Q", "E", "C")


def nth_day(tokens: Sequence[Token], match: Match) -> bool:
    """Only days that follow each other."""
    return bool({"consecutive", "straight", "successive", "row"} & {t.norm for t in tokens[match.start : match.stop]})


def quarter_context(tokens: Sequence[Token], match: Match) -> bool:
    """ "The quarter of a million" is none."""
    return _norm(tokens, match.stop) not in ("of", "-", "final") or "latest" in (
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
    after = _norm(tokens, match.stop), _norm(tokens, match.stop + 1)
    if "old" in after or after in (("-", "earlier"), ("-", "ago")):
        return False
    if code == "Q" and "-" in words:
        return False
    if code in ("S", "Q") and words[0] in ("a", "an", "one", "another", "half"):
        return False
    if words[0] in ("a", "an") and len(words) == 2 and code in ("D", "H", "TM", "C", "E", "M", "W", "Y"):
        return _norm(tokens, match.stop) not in ("of", "for", "when", "that", "in")
    return n == "X" or float(n) < 100_000


def bare_duration(tokens: Sequence[Token], match: Match) -> bool:
    """ "For years": a length only after a preposition of time."""
    return match.fields.get("unit") not in ("S", "Q") and _norm(tokens, match.start - 1) in (
        "for",
        "in",
        "within",
        "after",
        "over",
        "of",
        "took",
        "take",
        "lasted",
        "last",
        "spent",
        "two",
        "despite",
    )


def some_time(tokens: Sequence[Token], match: Match) -> bool:
    """ "For some time"."""
    return _norm(tokens, match.start - 1) in ("for", "in", "after", "quite", "over", "within")


def adverb_set(tokens: Sequence[Token], match: Match) -> bool:
    """ "Daily" and its like, where they are no names of papers."""
    return not (tokens[match.start].capital and match.start > 0)


def per(tokens: Sequence[Token], match: Match) -> bool:
    """ "Twice a year", "$3 a day"."""
    before = _norm(tokens, match.start - 1)
    return tokens[match.start].norm == "per" or before in (
        "once",
        "twice",
        "times",
        "dollars",
        "percent",
        "%",
        "barrels",
        "pct",
        "mln",
        "million",
        "billion",
        "trillion",
        "tons",
        "tonnes",
    )


def ref_now(tokens: Sequence[Token], match: Match) -> bool:
    """Now, but not the "Now, …" that opens a talk, nor "the current of a river"."""
    if tokens[match.start].norm == "now" and match.start == 0:
        return _norm(tokens, 1) != ","
    word = tokens[match.stop - 1].norm
    if word == "current":
        return _norm(tokens, match.stop).isalpha() and _norm(tokens, match.stop) not in ("of", "and", "in")
    if word == "present" and match.stop - match.start == 2:
        return not _norm(tokens, match.stop)[:1].isalpha()
    return True


def ref_past(tokens: Sequence[Token], match: Match) -> bool:
    """The past, when no measure of time follows."""
    return (
        _norm(tokens, match.start - 1) == "in" and _norm(tokens, match.stop) in _CLAUSE
    ) or (
        tokens[match.stop - 1].norm != "past"
        or not _norm(tokens, match.stop)[:1].isalpha()
        or (_norm(tokens, match.stop) in ("and", "is", "was", "has", "but", "to", "by", "that"))
    )


def ref_future(tokens: Sequence[Token], match: Match) -> bool:
    """ "May soon meet", "soon will": soon lies ahead only beside a verb that does."""
    if tokens[match.start].norm != "soon":
        return True
    before, after = _norm(tokens, match.start - 1), _norm(tokens, match.stop)
    return bool({before, after} & _AHEAD) and after != "as"


def full_year(tokens: Sequence[Token], match: Match) -> bool:
    """ "The full year" is that of publication, unless it is said when it ended."""
    return match.fields.get("unit") == "Y" and not business_year(tokens, match)


def in_question(tokens: Sequence[Token], match: Match) -> bool:
    """ "For the year, sales rose": the stretch on which a report closes."""
    if match.fields.get("unit") not in ("W", "M", "Y") or _norm(tokens, match.start - 1) != "for":
        return False
    return _norm(tokens, match.stop) in (",", ".", "", ";")


def business_year(tokens: Sequence[Token], match: Match) -> bool:
    """ "The year ended March 31"."""
    return match.fields.get("unit") == "Y" and _norm(tokens, match.stop) in ("ended", "ending")


def part_of_month(tokens: Sequence[Token], match: Match) -> bool:
    """Months have weeks and halves; those of a year and of a quarter are read elsewhere."""
    return bool(match.fields.get("unit", "W") == "W" and match.fields.get("whole", "M") == "M")


def some_day(tokens: Sequence[Token], match: Match) -> bool:
    """ "Will one day" is no length of time."""
    return _norm(tokens, match.start - 1) in ("will", "would", "could", "may", "might", "can", "to", "'ll")


GUARDS: dict[str, Guard] = {
    name.replace("_", "-"): guard
    for name, guard in [
        ("month_name", month_name),
        ("day_number", day_number),
        ("bare_year", bare_year),
        ("years_range", years_range),
        ("clock", clock),
        ("weekday", weekday),
        ("season", season),
        ("edge", edge),
        ("quarter", quarter),
        ("part_of_day", part_of_day),
        ("unit", unit),
        ("month_of", month_of),
        ("dom", dom),
        ("bare_dom", bare_dom),
        ("following", following),
        ("same", same),
        ("nth_day", nth_day),
        ("quarter_context", quarter_context),
        ("window", window),
        ("first_span", first_span),
        ("duration", duration),
        ("bare_duration", bare_duration),
        ("some_time", some_time),
        ("adverb_set", adverb_set),
        ("per", per),
        ("ref_now", ref_now),
        ("part_of_month", part_of_month),
        ("some_day", some_day),
        ("business_year", business_year),
        ("full_year", full_year),
        ("in_question", in_question),
        ("ref_past", ref_past),
        ("ref_future", ref_future),
    ]
}
