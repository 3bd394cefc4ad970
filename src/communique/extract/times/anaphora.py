"""Operations on what hangs on a date said before: the following day, two days later, a year earlier."""

from __future__ import annotations

from datetime import date

from communique.extract.times import anchors, periods
from communique.extract.times.anchors import Env, Reading
from communique.extract.times.grammar import Fields
from communique.extract.times.relatives import moved
from communique.extract.times.value import UNIT_WORDS, Value, dated, duration_timex
from communique.model import Span


def offset(fields: Fields, env: Env) -> Value | None:
    """ "Two days later", "a week earlier": from the last day said, else from publication."""
    code, sign = fields["unit"], int(fields["sign"])
    if code in ("H", "TM", "S") or fields["n"] == "X":
        return (
            Value("DATE", "PAST_REF")
            if code not in ("H", "TM", "S")
            else Value("DURATION", duration_timex(fields["n"], code))
        )
    base = env.said_day if code in ("D", "W", "F") else (env.said[0].first, env.said[1]) if env.said else None
    if base is None or base[0] is None:
        if env.reference is None:
            return None
        return moved(float(fields["n"]), code, sign, env.reference, "from then", env)
    found = moved(float(fields["n"]), code, sign, base[0], "from the day said before", env)
    if found is None or found.period is None:
        return found
    why = f"{fields['n']} {UNIT_WORDS[code]}(s) {'after' if sign > 0 else 'before'} {base[0]}, said before"
    return dated(
        Reading(found.period, "anaphoric", why, "mentioned-date", base[1]), approximate=code in ("M", "Y", "E")
    )


def following(fields: Fields, env: Env) -> Value | None:
    """ "The following day", "that week", "the same year": from the last date said."""
    sign = int(fields["sign"])
    code = fields.get("unit") or "D"
    if code in ("H", "TM", "S"):
        return None
    base, span = _base(code, env)
    if base is None:
        return None
    moved = _beside(base, int(fields["weekday"]), sign) if "weekday" in fields else periods.shift(code, base, sign)
    if moved is None:
        return None
    words = {1: "after", 0: "of", -1: "before"}[sign]
    reading = Reading(
        periods.of_unit(code, moved),
        "anaphoric",
        f"the {UNIT_WORDS[code]} {words} {base}, said before",
        "mentioned-date",
        span,
    )
    return dated(reading, part=fields.get("part"))


def _beside(base: date, weekday: int, sign: int) -> date | None:
    """The next or last such weekday after or before a day."""
    days = (weekday - base.isoweekday()) % 7 or 7
    found = periods.shifted_day(base, days if sign > 0 else ((days - 7) or -7))
    return found.first if found else None


def _base(code: str, env: Env) -> tuple[date | None, Span | None]:
    if code in ("D",) or env.said is None or env.said[0].first is None:
        if env.said_day:
            return env.said_day
        return env.reference, env.anchor_span
    return env.said[0].first, env.said[1]


def year_ago(fields: Fields, env: Env) -> Value | None:
    """ "The year-ago quarter": the quarter in question, a year back; without one a year before then or now."""
    if env.said_quarter and (first := env.said_quarter[0].first):
        back = periods.quarter(first.year - 1, (first.month + 2) // 3)
        return dated(
            Reading(back, "anaphoric", "a year before the quarter said", "mentioned-date", env.said_quarter[1])
        )
    if fields.get("then") == "earlier":
        return offset({"n": 1, "unit": "Y", "sign": -1}, env)
    if env.reference is None:
        return None
    return dated(anchors.relative(periods.year(env.reference.year - 1), "a year ago", env), approximate=True)
