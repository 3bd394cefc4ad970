"""Reader and writer of EDTF (ISO 8601-2) dates: the levels that news and readouts need.

Read are levels 0 and 1 whole (dates, intervals, open ends, ``?~%``, seasons, ``X`` digits, long years) and of level 2
the sets ``[..]`` and ``{..}``, qualified components, and the sub-year groupings 25–41 (quarters, halves). What is
written is always the shortest form that says the same. Nothing here knows of today.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

Kind = Literal["date", "interval", "set"]

_QUALIFIER = "[?~%]?"
_WHOLE_DAY = re.compile(r"\d{4}-(?:0\d|1[0-2])-\d\d", re.ASCII)
_DATE = re.compile(
    rf"(?P<qy>{_QUALIFIER})(?P<year>-?[0-9X]{{4}}|Y-?[0-9]{{5,}})(?P<py>{_QUALIFIER})"
    rf"(?:-(?P<qm>{_QUALIFIER})(?P<month>[0-9X]{{2}})(?P<pm>{_QUALIFIER})"
    rf"(?:-(?P<qd>{_QUALIFIER})(?P<day>[0-9X]{{2}})(?P<pd>{_QUALIFIER}))?)?"
    r"(?:T(?P<clock>[0-9]{2}(?::?[0-9]{2}){0,2})(?P<zone>Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
)
# first and last month of each grouping of ISO 8601-2, table of 4.8; a winter runs from December into the next year
_GROUPS: dict[int, tuple[int, int]] = {
    21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14),
    25: (3, 5), 26: (6, 8), 27: (9, 11), 28: (12, 14),
    29: (9, 11), 30: (12, 14), 31: (3, 5), 32: (6, 8),
    33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12),
    37: (1, 4), 38: (5, 8), 39: (9, 12), 40: (1, 6), 41: (7, 12),
}  # fmt: skip


class EdtfError(ValueError):
    """The text is no EDTF of the levels read here, or names an impossible date."""


@dataclass(frozen=True, slots=True)
class Edtf:
    """What an EDTF string says: the days it can cover, inclusive; None where an end is open, unknown or out of range.

    ``parts`` holds the members of a set or the two ends of an interval. ``open_start``/``open_end`` tell an open end
    (``..``) from an unknown one (empty).
    """

    text: str
    kind: Kind
    earliest: date | None
    latest: date | None
    approximate: bool = False
    uncertain: bool = False
    precision: Literal["day", "month", "season", "year", "decade", "century", "millennium"] | None = None
    parts: tuple[Edtf, ...] = ()
    open_start: bool = False
    open_end: bool = False
    clock: str | None = None

    @property
    def day(self) -> date | None:
        """The single day that is meant, if it is one and it is not approximate."""
        one = self.kind == "date" and self.precision == "day" and not self.approximate and self.earliest == self.latest
        return self.earliest if one else None


@lru_cache(maxsize=50_000)
def parse(text: str) -> Edtf:
    """Read an EDTF string; raises :class:`EdtfError` naming what is wrong with it.

    >>> parse("2020-03-21/2020-03-31").latest
    datetime.date(2020, 3, 31)
    """
    if text[:1] + text[-1:] in ("[]", "{}"):
        return _set(text)
    if "/" in text:
        return _interval(text)
    return _date(text)


def bounds(text: str | None) -> tuple[date | None, date | None]:
    """Earliest and latest day of an EDTF string; (None, None) for None. Raises as :func:`parse` does."""
    if text is None:
        return None, None
    value = parse(text)
    return value.earliest, value.latest


def valid(text: str) -> bool:
    """Whether the string can be read."""
    try:
        parse(text)
    except EdtfError:
        return False
    return True


def month_days(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month; months above 12 run into the next year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def day(value: date) -> str:
    """A day as EDTF."""
    return value.isoformat()


def month(year: int, number: int) -> str:
    """A month as EDTF."""
    return f"{year:04d}-{number:02d}"


def year(number: int) -> str:
    """A year as EDTF, before our era with a minus."""
    return f"-{-number:04d}" if number < 0 else f"{number:04d}"


def interval(earliest: date | None, latest: date | None) -> str:
    """The shortest EDTF for all days between two, inclusive; ``..`` for an end that is None.

    >>> interval(date(2020, 3, 1), date(2020, 3, 31)), interval(date(2020, 3, 21), None)
    ('2020-03', '2020-03-21/..')
    """
    if earliest is not None and latest is not None:
        if earliest == latest:
            return earliest.isoformat()
        if (earliest, latest) == (date(earliest.year, 1, 1), date(earliest.year, 12, 31)):
            return year(earliest.year)
        if (earliest, latest) == month_days(earliest.year, earliest.month):
            return month(earliest.year, earliest.month)
    return f"{earliest.isoformat() if earliest else '..'}/{latest.isoformat() if latest else '..'}"


def one_of(values: Iterable[str]) -> str:
    """ "One of these", as an EDTF set; a single value stays itself."""
    members = tuple(dict.fromkeys(values))
    return members[0] if len(members) == 1 else f"[{','.join(members)}]"


def approximate(text: str) -> str:
    """The same value, approximate (``~``); both ends of an interval."""
    if "/" in text:
        return "/".join(end if end in ("", "..") else approximate(end) for end in text.split("/"))
    return text if text.endswith(("~", "%")) else text[:-1] + "%" if text.endswith("?") else text + "~"


def overlap(one: str, other: str) -> bool:
    """Whether two values can share a day; open and unknown ends reach as far as need be."""
    (a, b), (c, d) = bounds(one), bounds(other)
    return not ((b and c and b < c) or (d and a and d < a))


def _set(text: str) -> Edtf:
    body = text[1:-1]
    if not body:
        raise EdtfError(f"empty set: {text!r}")
    parts = tuple(_member(piece.strip(), text) for piece in body.split(","))
    return Edtf(
        text, "set", _least([p.earliest for p in parts]), _greatest([p.latest for p in parts]),
        any(p.approximate for p in parts), any(p.uncertain for p in parts), parts=parts,
    )  # fmt: skip


def _member(piece: str, whole: str) -> Edtf:
    if ".." not in piece:
        return _date(piece)
    start, _, stop = piece.partition("..")
    if not start and not stop:
        raise EdtfError(f"a set needs an end: {whole!r}")
    return _interval(f"{start or '..'}/{stop or '..'}")


def _least(days: Sequence[date | None]) -> date | None:
    return None if None in days else min(d for d in days if d)


def _greatest(days: Sequence[date | None]) -> date | None:
    return None if None in days else max(d for d in days if d)


def _interval(text: str) -> Edtf:
    ends = text.split("/")
    if len(ends) != 2:
        raise EdtfError(f"an interval has two ends: {text!r}")
    first, last = (None if end in ("", "..") else _date(end) for end in ends)
    if first is None and last is None:
        raise EdtfError(f"an interval needs one known end: {text!r}")
    if first and last and first.earliest and last.latest and first.earliest > last.latest:
        raise EdtfError(f"the interval ends before it starts: {text!r}")
    known = tuple(end for end in (first, last) if end)
    return Edtf(
        text, "interval", first.earliest if first else None, last.latest if last else None,
        any(e.approximate for e in known), any(e.uncertain for e in known), parts=known,
        open_start=ends[0] == "..", open_end=ends[1] == "..",
    )  # fmt: skip


def _date(text: str) -> Edtf:
    if _WHOLE_DAY.fullmatch(text):  # as nearly all dates of the tables are
        with suppress(ValueError):
            day = date.fromisoformat(text)
            return Edtf(text, "date", day, day, precision="day")
    match = _DATE.fullmatch(text)
    if not match:
        raise EdtfError(f"not an EDTF date: {text!r}")
    marks = "".join(match[name] or "" for name in ("qy", "py", "qm", "pm", "qd", "pd"))
    approximate_, uncertain = any(m in marks for m in "~%"), any(m in marks for m in "?%")
    first, last, precision = _days(match["year"], match["month"], match["day"], text)
    if match["clock"] and (not match["day"] or "X" in text):
        raise EdtfError(f"a clock time needs a whole day: {text!r}")
    clock = (match["clock"] or "") + (match["zone"] or "") or None
    return Edtf(text, "date", first, last, approximate_, uncertain, precision, clock=clock)


def _days(
    year_: str, month_: str | None, day_: str | None, text: str
) -> tuple[date | None, date | None, Literal["day", "month", "season", "year", "decade", "century", "millennium"]]:
    digits = year_.lstrip("Y")
    low, high = int(digits.replace("X", "0")), int(digits.replace("X", "9"))
    inside = 1 <= low <= high <= 9999
    if not month_:
        years = {0: "year", 1: "decade", 2: "century"}.get(digits.count("X"), "millennium")
        whole = (date(low, 1, 1), date(high, 12, 31)) if inside else (None, None)
        return *whole, years
    if month_.isdigit() and int(month_) > 12:
        return _group(low, high, int(month_), day_, text)
    months = _matching(month_, 1, 12, text)
    if not day_:
        if not inside or "X" in year_:
            return None, None, "month"
        return date(low, months[0], 1), month_days(high, months[-1])[1], "month"
    days = _matching(day_, 1, 31, text)
    longest = max(monthrange(low if inside and "X" not in year_ else 2000, m)[1] for m in months)
    if days[0] > longest:
        raise EdtfError(f"no such day: {text!r}")
    if not inside or "X" in year_:
        return None, None, "day"
    first = next(date(low, m, days[0]) for m in months if days[0] <= monthrange(low, m)[1])
    last = max(date(low, m, max(d for d in days if d <= monthrange(low, m)[1])) for m in months)
    return first, last, "day"


def _group(
    low: int, high: int, number: int, day_: str | None, text: str
) -> tuple[date | None, date | None, Literal["season"]]:
    if number not in _GROUPS or day_:
        raise EdtfError(f"no such month or season: {text!r}")
    if low != high or not 1 <= low < 9999:
        return None, None, "season"
    first, last = _GROUPS[number]
    return month_days(low, first)[0], month_days(low, last)[1], "season"


def _matching(digits: str, least: int, most: int, text: str) -> list[int]:
    """All numbers between two that fit digits with ``X`` in them."""
    shape = re.compile(digits.replace("X", "[0-9]"))
    fits = [n for n in range(least, most + 1) if shape.fullmatch(f"{n:02d}")]
    if not fits:
        raise EdtfError(f"no such month or day: {text!r}")
    return fits
