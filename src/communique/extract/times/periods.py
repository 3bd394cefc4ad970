"""Stretches of the calendar: days, weeks, months, seasons, with their EDTF and TIMEX3 forms. Pure arithmetic."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from communique import edtf

_SEASON_CODES = {"SP": 21, "SU": 22, "FA": 23, "WI": 24}
_SAME_EDGE = {"start": "early", "end": "late"}
_SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


@dataclass(frozen=True, slots=True)
class Period:
    """Days ``[first, last]``, inclusive, with a TIMEX3 value, the unit it is said in, and its EDTF."""

    first: date | None
    last: date | None
    timex: str
    grain: str
    edtf: str


def _of(first: date, last: date, timex: str, grain: str) -> Period:
    return Period(first, last, timex, grain, edtf.interval(first, last))


def day(value: date) -> Period:
    """One day."""
    return Period(value, value, value.isoformat(), "D", value.isoformat())


def shifted_day(value: date, by: int) -> Period | None:
    """The day so many days from another; None beyond the calendar."""
    try:
        return day(value + timedelta(by))
    except OverflowError:
        return None


def week(value: date) -> Period:
    """The week, Monday to Sunday, of a day."""
    monday = value - timedelta(value.weekday())
    year, number, _ = value.isocalendar()
    return _of(monday, monday + timedelta(6), f"{year}-W{number:02d}", "W")


def weekend(value: date) -> Period:
    """Saturday and Sunday of a day's week."""
    saturday = value + timedelta(5 - value.weekday())
    year, number, _ = value.isocalendar()
    return _of(saturday, saturday + timedelta(1), f"{year}-W{number:02d}-WE", "WE")


def month(year_: int, number: int) -> Period:
    """A month; numbers below 1 and above 12 run into other years."""
    year_, number = year_ + (number - 1) // 12, (number - 1) % 12 + 1
    return _of(*edtf.month_days(year_, number), edtf.month(year_, number), "M")


def quarter(year_: int, number: int) -> Period:
    """A quarter of a calendar year; numbers run into other years."""
    year_, number = year_ + (number - 1) // 4, (number - 1) % 4 + 1
    first, last = edtf.month_days(year_, 3 * number - 2)[0], edtf.month_days(year_, 3 * number)[1]
    return Period(first, last, f"{year_}-Q{number}", "Q", f"{year_:04d}-{32 + number}")


def half(year_: int, number: int) -> Period:
    """A half of a calendar year."""
    first, last = edtf.month_days(year_, 6 * number - 5)[0], edtf.month_days(year_, 6 * number)[1]
    return Period(first, last, f"{year_}-H{number}", "H", f"{year_:04d}-{39 + number}")


def season(year_: int, code: str) -> Period:
    """A northern season; the winter of a year begins in its December."""
    start = _SEASON_MONTHS[code]
    first, last = edtf.month_days(year_, start)[0], edtf.month_days(year_, start + 2)[1]
    return Period(first, last, f"{year_}-{code}", "SE", f"{year_:04d}-{_SEASON_CODES[code]}")


def year(number: int) -> Period:
    """A calendar year."""
    return _of(date(number, 1, 1), date(number, 12, 31), f"{number:04d}", "Y")


def decade(tens: int) -> Period:
    """The years ``tens``0 to ``tens``9."""
    return Period(date(tens * 10, 1, 1), date(tens * 10 + 9, 12, 31), str(tens), "E", f"{tens}X")


def century(hundreds: int) -> Period:
    """The years ``hundreds``00 to ``hundreds``99."""
    return Period(date(hundreds * 100, 1, 1), date(hundreds * 100 + 99, 12, 31), f"{hundreds:02d}", "C",
                  f"{hundreds:02d}XX")  # fmt: skip


def of_unit(unit: str, value: date) -> Period:
    """The period of a unit that holds a day."""
    if unit == "M":
        return month(value.year, value.month)
    if unit == "Q":
        return quarter(value.year, (value.month + 2) // 3)
    if unit == "Y":
        return year(value.year)
    if unit == "E":
        return decade(value.year // 10)
    if unit == "C":
        return century(value.year // 100)
    if unit in ("W", "F"):
        return week(value)
    return weekend(value) if unit == "WE" else day(value)


def shift(unit: str, value: date, by: int) -> date | None:
    """A day moved by units; the day of the month is kept where it exists. None beyond the calendar."""
    days = {"D": 1, "W": 7, "WE": 7, "F": 14}.get(unit)
    months = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}.get(unit)
    try:
        if days:
            return value + timedelta(days * by)
        if months:
            total = value.year * 12 + value.month - 1 + months * by
            year_, number = total // 12, total % 12 + 1
            return date(year_, number, min(value.day, monthrange(year_, number)[1]))
    except (ValueError, OverflowError):
        return None
    return value


def edge(period: Period, where: str) -> Period:
    """The early, middle or late part of a period ("late March" is the 21st to the end); TIMEX keeps the whole."""
    if period.first is None or period.last is None:
        return period
    first, last = _part(period.first, period.last, period.grain, where)
    return replace(period, first=first, last=last, edtf=edtf.interval(first, last))


def part_of_month(period: Period, unit: str, which: int) -> Period:
    """The nth week (days 1-7, 8-14, …) or half (1-15, 16-end) of a month, counted from its end where n is -1."""
    if period.first is None or period.last is None:
        return period
    size = 7 if unit == "W" else 15
    if which < 0 or (size == 15 and which == 2):
        first, last = (period.last - timedelta(6) if size == 7 else period.first + timedelta(15)), period.last
    else:
        first = period.first + timedelta(size * (which - 1))
        last = min(first + timedelta(size - 1), period.last)
    return replace(period, first=first, last=last, edtf=edtf.interval(first, last))


def side_of(period: Period, value: date, after: bool) -> Period:
    """What of a period lies up to a day, or from it on ("earlier this week"); the period itself if nothing does."""
    if period.first is None or period.last is None or not period.first <= value <= period.last:
        return period
    first, last = (value, period.last) if after else (period.first, value)
    return replace(period, first=first, last=last, edtf=edtf.interval(first, last))


def _part(first: date, last: date, grain: str, where: str) -> tuple[date, date]:
    where = _SAME_EDGE.get(where, where)
    if grain == "M":
        tenth, twentieth = first.replace(day=10), first.replace(day=20)
        after = {"early": (first, tenth), "mid": (tenth + timedelta(1), twentieth)}
        return after.get(where, (twentieth + timedelta(1), last))
    third = ((last - first).days + 1) / 3
    one, two = first + timedelta(round(third)), first + timedelta(round(2 * third))
    if grain == "Y":
        one, two = date(first.year, 5, 1), date(first.year, 9, 1)
    if grain == "E":
        one, two = date(first.year + 3, 1, 1), date(first.year + 7, 1, 1)
    after = {"early": (first, one - timedelta(1)), "mid": (one, two - timedelta(1))}
    return after.get(where, (two, last))


def easter(year_: int) -> date:
    """Western Easter Sunday (Meeus, Jones and Butcher)."""
    a, b, c = year_ % 19, year_ // 100, year_ % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    number, days = divmod(h + k - 7 * m + 114, 31)
    return date(year_, number, days + 1)


def nth_weekday(year_: int, number: int, weekday: int, nth: int) -> date:
    """The nth weekday (1 Monday … 7 Sunday) of a month; -1 for the last."""
    first, last = edtf.month_days(year_, number)
    if nth > 0:
        return first + timedelta((weekday - 1 - first.weekday()) % 7 + 7 * (nth - 1))
    return last - timedelta((last.weekday() - weekday + 1) % 7)
