"""Operations on what is counted from the day of telling: weekdays, last week, yesterday, two months ago."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from communique import edtf
from communique.extract.times import anchors, periods
from communique.extract.times.anchors import Env, Reading
from communique.extract.times.calendars import calendar, calendar_reading, said_day_of
from communique.extract.times.grammar import Fields
from communique.extract.times.periods import Period
from communique.extract.times.value import UNIT_WORDS, Value, dated, day_or_none, duration_timex, when_of

_SMALLER = {"C": ("Y", 100), "E": ("Y", 10), "Y": ("M", 12), "M": ("D", 30), "W": ("D", 7)}
_PARTS = {"MO": "morning", "AF": "afternoon", "EV": "evening", "NI": "night"}


def weekday(fields: Fields, env: Env) -> Value | None:
    """Weekdays with or without direction and part of the day."""
    number = int(fields["weekday"])
    direction = int(fields["direction"]) if "direction" in fields else None
    weeks = direction if fields.get("of_week") else None
    reading = anchors.weekday(number, env, direction, weeks)
    if reading.period is None:
        return Value("DATE", f"XXXX-WXX-{number}") if "by" not in fields else None
    if "by" in fields and reading.period.first:
        beside = periods.shifted_day(reading.period.first, int(fields["by"]))
        reading = replace(reading, period=beside, why=f"{fields['by']:+d} day(s) from {reading.why}")
    return dated(reading, part=fields.get("part"))


def weekdays(fields: Fields, env: Env) -> Value | None:
    """ "Monday through Friday"."""
    first = anchors.weekday(int(fields["weekday"]), env, None)
    if first.period is None or first.period.first is None:
        return None
    ahead = (int(fields["weekday2"]) - int(fields["weekday"])) % 7
    last = first.period.first + timedelta(ahead)
    text = edtf.interval(first.period.first, last)
    return dated(replace(first, period=Period(first.period.first, last, text, "X", text)))


def weekend(fields: Fields, env: Env) -> Value | None:
    """Weekends: bare ones are the latest begun, or the coming one after a future verb."""
    if "month" in fields:
        on = calendar(fields, env)
        return (
            dated(Reading(periods.weekend(on.period.first), "explicit", "weekend of that day"))
            if on and on.period and on.period.first
            else None
        )
    if env.reference is None:
        return None
    return dated(anchors.relative(_weekend(fields, env), "the weekend", env))


def _weekend(fields: Fields, env: Env) -> Period:
    """The weekend meant: last, next, this, or the latest begun unless a future verb governs it."""
    ref = env.reference or date(2000, 1, 1)
    direction = fields.get("direction")
    if direction in ("1", "-1"):
        return periods.weekend(ref + timedelta(7 * int(direction)))
    past = env.tense() in ("past", "forced-past") if direction == "0" else env.tense() != "future"
    return periods.weekend(ref - timedelta(7) if past and ref.weekday() < 5 else ref)


def today(fields: Fields, env: Env) -> Value | None:
    """Today, yesterday, tomorrow, this morning, last night."""
    if env.reference is None:
        return None
    by, part_ = int(fields["by"]), fields.get("part")
    words = _PARTS.get(part_ or "", "day")
    said = f"the {words} {abs(by)} day(s) {'before' if by < 0 else 'after'}" if by else f"the {words} itself"
    return dated(anchors.relative(periods.shifted_day(env.reference, by), said, env), part=part_)


def part(fields: Fields, env: Env) -> Value | None:
    """A part of the day alone."""
    reading = said_day_of(env)
    return dated(reading, part=fields.get("part"))


def unit(fields: Fields, env: Env) -> Value | None:
    """ "Last week", "this year", "the end of the month"."""
    code, by = fields["unit"], int(fields.get("direction", 0))
    if code in ("H", "TM", "S"):
        return Value("DURATION", duration_timex(1, code))
    if code in ("E", "C") and by:
        return window({**fields, "n": 1, "sign": by}, env)
    if env.reference is None:
        return None
    moved = periods.shift(code, env.reference, by)
    if moved is None:
        return None
    period = periods.of_unit(code, moved)
    if code == "D" and by == 0:
        return Value("DATE", "PRESENT_REF")
    if fields.get("edge"):
        period = periods.edge(period, fields["edge"])
    if fields.get("within"):
        period = periods.side_of(period, env.reference, fields["within"] == "after")
    return dated(anchors.relative(period, f"{UNIT_WORDS[code]} {by:+d}" if by else f"this {UNIT_WORDS[code]}", env))


def month_of(fields: Fields, env: Env) -> Value | None:
    """ "June last year", "January 4 this year"."""
    if fields["unit"] != "Y" or env.reference is None:
        return None
    year = env.reference.year + int(fields["direction"])
    reading = calendar_reading({**fields, "year": str(year)}, env)
    return (
        dated(replace(reading, basis="relative", why=f"of {year}, counted from {anchors.told(env)}", anchor=env.anchor))
        if reading
        else None
    )


def named_month(fields: Fields, env: Env) -> Value | None:
    """ "Last November", "next May", "this September"."""
    if env.reference is None:
        return calendar({k: v for k, v in fields.items() if k != "direction"}, env)
    ref, direction, number = env.reference, int(fields.get("direction", -1)), int(fields["month"])
    choices = [periods.month(y, number) for y in (ref.year - 1, ref.year, ref.year + 1)]
    if direction < 0:
        chosen = max((p for p in choices if p.last and p.last < ref), key=lambda p: p.first or ref)
    elif direction > 0:
        chosen = min((p for p in choices if p.first and p.first > ref), key=lambda p: p.first or ref)
    else:
        chosen = choices[1]
    if "dom" in fields and chosen.first:
        found = day_or_none(chosen.first.year, chosen.first.month, int(fields["dom"]))
        return dated(anchors.relative(periods.day(found), "the day of that month", env)) if found else None
    if fields.get("edge"):
        chosen = periods.edge(chosen, fields["edge"])
    return dated(anchors.relative(chosen, "the month of that name", env))


def dom(fields: Fields, env: Env) -> Value | None:
    """ "The 4th of this month", "on the 14th"."""
    base = env.reference
    if base and not env.said_day and not {"direction", "inst", "unit"} & fields.keys():
        return _bare_dom(int(fields["dom"]), base, env)
    if "direction" not in fields and env.said_day and not fields.get("inst"):
        base = env.said_day[0]
    if base is None or fields.get("unit", "M") != "M":
        return None
    moved = periods.shift("M", base.replace(day=1), int(fields.get("direction", 0)))
    found = day_or_none(moved.year, moved.month, int(fields["dom"])) if moved else None
    return dated(anchors.relative(periods.day(found), "the day of that month", env)) if found else None


def _bare_dom(number: int, ref: date, env: Env) -> Value | None:
    """A day of the month alone: the latest on or before, or the next after a future verb."""
    months = (periods.shift("M", ref.replace(day=1), by) for by in (-2, -1, 0, 1, 2))
    days = [day for m in months if m and (day := day_or_none(m.year, m.month, number))]
    past, ahead = [d for d in days if d <= ref], [d for d in days if d >= ref]
    chosen = (ahead[0] if ahead else None) if env.tense() == "future" else (past[-1] if past else None)
    return dated(anchors.relative(periods.day(chosen), "the day of the month", env)) if chosen else None


def ago(fields: Fields, env: Env) -> Value | None:
    """ "Two weeks ago", "12 months ago": the day for days, else the precision of the unit."""
    code, sign = fields["unit"], int(fields["sign"])
    if fields["n"] == "X" or env.reference is None:
        return _vague_ago(fields, env)
    if code in ("H", "TM", "S"):
        return dated(anchors.relative(periods.day(env.reference), "hours ago", env)) if float(fields["n"]) < 6 else None
    return moved(float(fields["n"]), code, sign, env.reference, "counted back", env)


def moved(n: float, code: str, sign: int, base: date, words: str, env: Env) -> Value | None:
    """The day, week, month or year that lies so many units from a day."""
    if not n.is_integer():
        code, times = _SMALLER.get(code, (code, 1))
        n *= times
    moved = periods.shift(code, base, sign * round(n))
    if moved is None:
        return None
    grain = "Y" if code == "E" else code
    reading = anchors.relative(periods.of_unit(grain, moved), f"{n:g} {UNIT_WORDS[code]}(s) {words}", env)
    return dated(reading, approximate=code in ("W", "M", "Y", "E", "C"))


def _vague_ago(fields: Fields, env: Env) -> Value | None:
    past = int(fields["sign"]) < 0
    code = fields.get("unit", "D")
    timex = "PAST_REF" if past else "FUTURE_REF"
    if env.reference is None or code not in ("D", "W", "M", "Y"):
        return Value("DATE", timex)
    near, far = (
        periods.shift(code, env.reference, -1 if past else 1),
        periods.shift(code, env.reference, -9 if past else 9),
    )
    if near is None or far is None:
        return Value("DATE", timex)
    first, last = min(near, far), max(near, far)
    period = Period(first, last, timex, code, edtf.interval(first, last))
    return dated(anchors.relative(period, f"some {UNIT_WORDS[code]}s", env), approximate=True)


def window(fields: Fields, env: Env) -> Value | None:
    """ "The past two months", "the next few days": a duration that hangs on the reference day."""
    code, sign, n = fields["unit"], int(fields["sign"]), "X" if "low" in fields else fields["n"]
    timex = duration_timex(n, code)
    count = {"D": 5, "W": 4, "M": 6, "Y": 5}.get(code, 3) if n == "X" else round(float(n))
    far = periods.shift(code, env.reference, sign * count) if env.reference else None
    if far is None or env.reference is None or code in ("H", "TM", "S"):
        return Value("DURATION", timex)
    first, last = min(far, env.reference), max(far, env.reference)
    period = Period(first, last, timex, code, edtf.interval(first, last))
    reading = anchors.relative(period, f"{n} {UNIT_WORDS[code]}(s) {'up to' if sign < 0 else 'from'} then", env)
    return Value("DURATION", timex, when_of(reading, approximate=n == "X"), period)
