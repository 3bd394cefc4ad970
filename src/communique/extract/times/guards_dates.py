"""Names and counts that look like dates, and the dates that a rule may read: refusals of single matches."""

from __future__ import annotations

from collections.abc import Sequence

from communique.extract.times.grammar import Match, capital_at, norm_at
from communique.extract.times.lexicon import english, word_sets
from communique.text import Token

_WORDS = word_sets("guards")


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
    if capital_at(tokens, match.stop) and "after_month_name" in english().classes(tokens[match.stop].norm):
        return False
    if any(name in match.fields for name in ("dom", "year", "yy", "direction", "edge")):
        return word.capital or not (word.norm in ("may", "march") and "dom" not in match.fields)
    if len(word.norm) <= 4 and word.norm not in ("may", "june", "july"):
        return word.capital and norm_at(tokens, at - 1) in _WORDS["before-month"] and not capital_at(tokens, match.stop)
    if word.norm not in _WORDS["names"]:
        return word.capital or norm_at(tokens, at - 1) in _WORDS["before-month"]
    return word.capital and _no_person(tokens, at)


def _no_person(tokens: Sequence[Token], at: int) -> bool:
    before = norm_at(tokens, at - 1)
    if before in _WORDS["before-month"] and before not in (",", "and", "-", "(", "for", "to", "of", "by"):
        return True
    if before in _WORDS["titles"] or (capital_at(tokens, at - 1) and at - 1 > 0):
        return False
    if capital_at(tokens, at + 1) or norm_at(tokens, at + 1) in ("'s", "said", "was", "has"):
        return False
    noun = before in ("a", "the", "his", "its", "their") and norm_at(tokens, at + 1).isalpha()
    return before in _WORDS["before-month"] or noun


def day_number(tokens: Sequence[Token], match: Match) -> bool:
    """ "In May 15 countries signed": a count after a month is no day."""
    if "dom" not in match.fields:
        return True
    last = tokens[match.stop - 1].norm
    if not last.isdigit() or len(last) > 2:
        return True
    return norm_at(tokens, match.stop) not in _WORDS["counted"] or norm_at(tokens, match.stop) == "-"


def bare_year(tokens: Sequence[Token], match: Match) -> bool:
    """A number is a year where a year can stand."""
    if "yy" in match.fields:
        return tokens[match.start].stop == tokens[match.start + 1].start and norm_at(tokens, match.start - 1) in _WORDS[
            "before-year"
        ] | {"the"}
    if "year" not in match.fields or match.stop - match.start > 1:
        return True
    if not 1700 <= int(match.fields["year"]) <= 2060:
        return False
    if match.start == 0 and match.stop >= len(tokens) - 1:
        return tokens[-1].norm in (tokens[0].norm, ":", ".")
    before, after = norm_at(tokens, match.start - 1), norm_at(tokens, match.stop)
    if (after in _WORDS["counted"] and not _dash(tokens, match.stop)) or before in _WORDS["before-number"]:
        return False
    if before in _WORDS["before-year"]:
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
    return 1700 <= int(match.fields["year"]) <= 2060 and norm_at(tokens, match.start - 1) not in ("$", "£", "€", "no")


def clock(tokens: Sequence[Token], match: Match) -> bool:
    """A figure is a time with a.m., a zone, a day or a preposition."""
    fields = match.fields
    if norm_at(tokens, match.start - 1) == "high" and "said_hour" in fields:
        return False  # "High Noon"
    if "ampm" in fields or "said_hour" in fields or "zone" in fields:
        return True
    if "decimal" in str(fields.get("clock", "")):
        return False
    if "clock" in fields and any(t.norm.count(".") for t in tokens[match.start : match.stop] if t.norm[:1].isdigit()):
        return False
    return match.stop - match.start > 1 or norm_at(tokens, match.start - 1) in _WORDS["at"]


def weekday(tokens: Sequence[Token], match: Match) -> bool:
    """Weekdays against names ("Black Friday", "the Sunday Times")."""
    if not any(tokens[i].capital for i in range(match.start, match.stop)) and capital_at(tokens, 0) is False:
        return True
    if norm_at(tokens, match.stop) in _WORDS["papers"] and capital_at(tokens, match.stop):
        return False
    if norm_at(tokens, match.start - 1) == "the" and match.stop - match.start == 1 and capital_at(tokens, match.stop):
        return False
    if norm_at(tokens, match.start - 1) == "a" and not norm_at(tokens, match.stop).isalpha():
        return False  # "it was a Friday"
    return norm_at(tokens, match.start - 1) not in _WORDS["weekday-names"]


def season(tokens: Sequence[Token], match: Match) -> bool:
    """Falls and springs that are no seasons."""
    words = {t.norm for t in tokens[match.start : match.stop]}
    if "fall" in words and not {"year", "direction"} & match.fields.keys():
        return norm_at(tokens, match.stop) in (",", ".", "") and "the" in words | {norm_at(tokens, match.start - 1)}
    if {"year", "direction"} & match.fields.keys():
        return True
    if match.stop - match.start == 1 and norm_at(tokens, match.start - 1) not in (
        "in",
        "during",
        "by",
        "since",
        "until",
    ):
        return False
    return norm_at(tokens, match.stop) != "of" and not capital_at(tokens, match.stop)


def edge(tokens: Sequence[Token], match: Match) -> bool:
    """ "Mid 2020" is a date, "end 2020 troops" is not."""
    return "year" not in match.fields or 1700 <= int(match.fields["year"]) <= 2060


def quarter(tokens: Sequence[Token], match: Match) -> bool:
    """Quarters of a year are four."""
    return 1 <= int(match.fields.get("ordinal", 0)) <= 4


def part_of_day(tokens: Sequence[Token], match: Match) -> bool:
    """ "The evening" alone is a date only after a preposition of time."""
    return tokens[match.start].norm != "the" or norm_at(tokens, match.start - 1) == "in"


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
    if tokens[match.stop - 1].norm.isdigit() or norm_at(tokens, match.stop).isalpha():
        return False
    return norm_at(tokens, match.start - 1) in ("on", "by", "until", "since") and norm_at(tokens, match.stop) != "-"


def following(tokens: Sequence[Token], match: Match) -> bool:
    """ "The day after the talks" hangs on the talks, not on a date."""
    if tokens[match.stop - 1].norm in ("after", "before", "following"):
        return not norm_at(tokens, match.stop)[:1].isalnum()
    return norm_at(tokens, match.stop) not in ("-", "of") or "that" not in (tokens[match.start].norm,)


def same(tokens: Sequence[Token], match: Match) -> bool:
    """ "That day-to-day business" is none."""
    return norm_at(tokens, match.stop) != "-" and match.fields.get("unit") not in ("S", "TM", "H", "Q", "E", "C")
