"""A mention's value, and the operations that hang on nothing: lengths of time, what recurs, now and some day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from communique import edtf
from communique.extract.times.anchors import Env, Reading
from communique.extract.times.grammar import Fields
from communique.extract.times.periods import Period
from communique.model import When

Kind = Literal["DATE", "TIME", "DURATION", "SET"]
_HALF = {"Y": "P{}Y6M", "D": "P{}DT12H", "H": "PT{}H30M", "TM": "PT{}M30S"}
_JUST_HALF = {"Y": "P6M", "D": "PT12H", "H": "PT30M", "TM": "PT30S"}
UNIT_WORDS = {
    "D": "day",
    "W": "week",
    "F": "fortnight",
    "M": "month",
    "Q": "quarter",
    "Y": "year",
    "E": "decade",
    "C": "century",
    "WE": "weekend",
    "H": "hour",
    "TM": "minute",
    "S": "second",
}


@dataclass(frozen=True, slots=True)
class Value:
    """A mention's TIMEX3 kind and value, and the days it names, if it names any."""

    kind: Kind
    timex: str
    when: When | None = None
    period: Period | None = None


Op = Callable[[Fields, Env], Value | None]


def when_of(reading: Reading, approximate: bool = False, clock: str | None = None) -> When | None:
    """The record of a chosen period; None when there is none."""
    period = reading.period
    if period is None:
        return None
    text = edtf.approximate(period.edtf) if approximate else period.edtf
    return When(
        text,
        period.first,
        period.last,
        reading.basis,
        approximate,
        reading.anchor,
        reading.span,
        reading.why,
        reading.candidates,
        clock,
    )


def dated(
    reading: Reading, approximate: bool = False, clock: str | None = None, part: str | None = None
) -> Value | None:
    """A date's value from a chosen period; with a part of the day it is a TIME."""
    if reading.period is None:
        return None
    timex, kind = reading.period.timex, "DATE"
    if clock or part:
        timex, kind = f"{timex}T{clock or part}", "TIME"
    return Value(kind, timex, when_of(reading, approximate, clock), reading.period)  # type: ignore[arg-type]


def year_of(fields: Fields, env: Env) -> int | None:
    """The year written in fields; two figures go by the day of telling."""
    if "year" in fields:
        return int(fields["year"])
    if "yy" in fields:
        two = int(fields["yy"])
        pivot = env.reference.year % 100 + 10 if env.reference else 40
        return two + (2000 if two <= pivot and (not env.reference or env.reference.year >= 2000) else 1900)
    return None


def day_or_none(year: int, month: int, dom: int) -> date | None:
    """A day, None where the calendar has none such."""
    try:
        return date(year, month, dom)
    except ValueError:
        return None


def duration_timex(n: object, code: str) -> str:
    """A duration as TIMEX3 writes it: P3D, PT2H, PXM."""
    number = "X" if n == "X" else f"{float(str(n)):g}"
    if number == "0.5" and code in _JUST_HALF:
        return _JUST_HALF[code]
    if number.endswith(".5") and code in _HALF:
        return _HALF[code].format(number[:-2])
    if code == "X":
        return "PXM"
    if code == "F":
        code, number = "W", number if number == "X" else f"{2 * float(number):g}"
    if code in ("H", "TM", "S"):
        if code == "H" and number == "24":
            return f"P{float(number) / 24:g}D"
        return f"PT{number}{'M' if code == 'TM' else code}"
    if code in ("E", "C") and number != "X":
        return f"P{float(number) * (10 if code == 'E' else 100):g}Y"
    return f"P{number}{code}"


def duration(fields: Fields, env: Env) -> Value | None:
    """A length of time that names no day."""
    return Value("DURATION", duration_timex(fields.get("low", fields.get("n", 1)), fields["unit"]))


def set_(fields: Fields, env: Env) -> Value | None:
    """What comes again and again."""
    if "adverb_set" in fields:
        return Value("SET", fields["adverb_set"])
    if "weekday" in fields:
        part_ = f"T{fields['part']}" if "part" in fields else ""
        return Value("SET", f"XXXX-WXX-{fields['weekday']}{part_}")
    if "month" in fields:
        return Value("SET", f"XXXX-{int(fields['month']):02d}")
    if "season" in fields:
        return Value("SET", f"XXXX-{fields['season']}")
    if "part" in fields:
        return Value("SET", f"XXXX-XX-XXT{fields['part']}")
    return Value("SET", duration_timex(fields.get("n", 1), fields["unit"]))


def ref(fields: Fields, env: Env) -> Value | None:
    """Now, once, some day: no date."""
    return Value("DATE", fields["ref"])
