"""The operations that rules name: fields of a match, and what is known around it, into a value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from communique import edtf
from communique.extract.times import anchors, periods
from communique.extract.times.anchors import Env, Reading
from communique.extract.times.grammar import Fields
from communique.extract.times.periods import Period
from communique.model import Span, When

Kind = Literal["DATE", "TIME", "DURATION", "SET"]
_UNIT_WORDS = {"D": "day", "W": "week", "F": "fortnight", "M": "month", "Q": "quarter", "Y": "year", "E": "decade",
               "C": "century", "WE": "weekend", "H": "hour", "TM": "minute", "S": "second"}  # fmt: skip
_HALF = {"Y": "P{}Y6M", "H": "PT{}H30M", "TM": "PT{}M30S"}
_PARTS = {"MO": "morning", "AF": "afternoon", "EV": "evening", "NI": "night"}


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
    return When(text, period.first, period.last, reading.basis, approximate, reading.anchor, reading.span,
                reading.why, reading.candidates, clock)  # fmt: skip


def dated(reading: Reading, approximate: bool = False, clock: str | None = None, part: str | None = None) -> Value | None:
    """A date's value from a chosen period; with a part of the day it is a TIME."""
    if reading.period is None:
        return None
    timex, kind = reading.period.timex, "DATE"
    if clock or part:
        timex, kind = f"{timex}T{clock or part}", "TIME"
    return Value(kind, timex, when_of(reading, approximate, clock), reading.period)  # type: ignore[arg-type]


def _year_of(fields: Fields, env: Env) -> int | None:
    if "year" in fields:
        return int(fields["year"])
    if "yy" in fields:
        two = int(fields["yy"])
        pivot = env.reference.year % 100 + 10 if env.reference else 40
        return two + (2000 if two <= pivot and (not env.reference or env.reference.year >= 2000) else 1900)
    return None


def _day(year: int, month: int, dom: int) -> date | None:
    try:
        return date(year, month, dom)
    except ValueError:
        return None


def _numeric(fields: Fields, env: Env) -> Fields | None:
    """Fields of a numeric date, its day and month put in order."""
    if "dotted" in fields:
        first, second, year = fields["dotted"].split(".")
        return {**fields, "dom": first, "month": second, "year": year} if int(second) <= 12 else None
    if "mon" in fields:
        return {**fields, "month": fields["mon"]}
    first, second = int(fields["x"]), int(fields["y"])
    day_first = first > 12 or (env.day_first and second <= 12)
    dom, month = (first, second) if day_first else (second, first)
    return {**fields, "dom": str(dom), "month": str(month)} if 1 <= month <= 12 and 1 <= dom <= 31 else None


def calendar(fields: Fields, env: Env) -> Value | None:
    """Dates of the calendar, whole or in part."""
    if any(name in fields for name in ("dotted", "mon", "x")):
        numeric = _numeric(fields, env)
        if numeric is None:
            return None
        fields = numeric
    reading = _calendar(fields, env)
    if reading is None or reading.period is None:
        return None
    where = fields.get("edge")
    if where and reading.period.first:
        vague = periods.edge(reading.period, where)
        why = f"{where} {reading.period.edtf}: {vague.first} to {vague.last}; {reading.why}".rstrip("; ")
        reading = replace(reading, period=vague, why=why)
    return dated(reading)


def _calendar(fields: Fields, env: Env) -> Reading | None:
    year = _year_of(fields, env)
    for name in ("decade", "decade_word", "short_decade"):
        if name in fields:
            tens = int(fields[name]) if name != "short_decade" else 190 + int(fields[name])
            return Reading(periods.decade(tens), "explicit", "decade written")
    if "century" in fields:
        number = int(fields["century"])
        return Reading(periods.century(number - 1), "explicit", "century written") if 10 < number < 22 else None
    if "month" not in fields:
        return Reading(periods.year(year), "explicit", "year written") if year and 1 <= year < 9999 else None
    month = int(fields["month"])
    if "dom" in fields:
        return _month_day(year, month, int(fields["dom"]), fields.get("weekday"), env)
    if year is not None:
        return Reading(periods.month(year, month), "explicit", "month and year written")
    return anchors.month(month, env)


def _month_day(year: int | None, month: int, dom: int, weekday: str | None, env: Env) -> Reading | None:
    if year is None:
        return anchors.month_day(month, dom, env, int(weekday) if weekday else None)
    value = _day(year, month, dom)
    if value is None:
        return None
    why = "date written in full"
    if weekday and value.isoweekday() != int(weekday):
        why += f"; the text says {anchors.weekday_name(int(weekday))}, but {value} is a {value:%A}"
    return Reading(periods.day(value), "explicit", why)


def _clock(fields: Fields) -> tuple[str, str] | None:
    """Clock time and zone, or None if the fields hold no possible time."""
    zone = fields.get("zone", "")
    if "said_hour" in fields:
        return ("12:00" if fields["said_hour"] == "12" else "24:00"), zone
    text = fields.get("clock") or fields.get("military")
    hour, minute = (int(p) for p in text.split(":")) if text else (int(fields.get("hour", 99)), 0)
    afternoon = fields.get("ampm") == "pm" or fields.get("part") in ("AF", "EV", "NI")
    if "ampm" in fields and not 1 <= hour <= 12:
        return None
    if afternoon and hour < 12:
        hour += 12
    elif fields.get("ampm") == "am" and hour == 12:
        hour = 0
    return (f"{hour:02d}:{minute:02d}", zone) if hour <= 24 else None


def clock(fields: Fields, env: Env) -> Value | None:
    """A time of day, with its day if one is said."""
    found = _clock(fields)
    if found is None:
        return None
    time, zone = found
    if "month" in fields or "mon" in fields or "x" in fields:
        on = calendar({k: v for k, v in fields.items() if k != "clock"}, env)
        reading = Reading(on.period, on.when.basis, on.when.why, on.when.anchor, on.when.anchor_span) if on and on.when else None  # fmt: skip
    elif "weekday" in fields:
        reading = anchors.weekday(int(fields["weekday"]), env, None)
    else:
        reading = _said_day(env, fields.get("by", 0))
    if reading is None or reading.period is None:
        return Value("TIME", f"T{time}")
    short = time.removesuffix(":00") if time == "24:00" else time
    value = dated(reading, clock=short)
    return replace(value, when=replace(value.when, clock=time + zone)) if value and value.when else value


def _said_day(env: Env, by: int = 0) -> Reading:
    day = env.reference + timedelta(by) if env.reference else None
    return anchors.relative(periods.day(day) if day else None, "that day", env)


def days(fields: Fields, env: Env) -> Value | None:
    """Two or three days of one month: "May 25-27"."""
    month = fields.get("month")
    if month is None:
        said = env.said_day[0] if env.said_day else env.reference
        if said is None:
            return None
        fields = {**fields, "month": str(said.month), "year": str(said.year)}
    first = _calendar({k: v for k, v in fields.items() if k not in ("dom2", "dom3")}, env)
    if first is None or first.period is None or first.period.first is None:
        return dated(first) if first else None
    last = _day(first.period.first.year, first.period.first.month, int(fields.get("dom3") or fields["dom2"]))
    if last is None or last < first.period.first:
        return None
    span = Period(first.period.first, last, f"{first.period.timex}/{last}", "D", edtf.interval(first.period.first, last))
    return dated(replace(first, period=span))


def months(fields: Fields, env: Env) -> Value | None:
    """Two months: "March-April 2020"."""
    last = _calendar({**fields, "month": fields["month2"]}, env)
    if last is None or last.period is None or last.period.first is None:
        return None
    count = (int(fields["month2"]) - int(fields["month"])) % 12
    first = periods.shift("M", last.period.first, -count)
    return _joined(first, last) if first else None


def _joined(first: date, last: Reading) -> Value | None:
    if last.period is None or last.period.last is None:
        return None
    text = edtf.interval(first, last.period.last)
    return dated(replace(last, period=Period(first, last.period.last, text, "X", text)))


def years(fields: Fields, env: Env) -> Value | None:
    """Two years: "2020-2022", "1992-95"."""
    first = int(fields["year"])
    last = int(fields["year2"]) if "year2" in fields else first // 100 * 100 + int(fields["yy2"])
    if not first < last <= first + 100:
        return None
    return _joined(date(first, 1, 1), Reading(periods.year(last), "explicit", "years written"))


def quarter(fields: Fields, env: Env) -> Value | None:
    """Quarters of a year; 0 is the latest that has ended."""
    number = int(fields["ordinal"])
    if number == 0:
        return _latest_quarter(env)
    if number > 4:
        return None
    year = _year_of(fields, env)
    if year is None and "direction" in fields and env.reference:
        year = env.reference.year + int(fields["direction"])
    if year is not None:
        return dated(Reading(periods.quarter(year, number), "explicit", "quarter and year written"))
    return dated(anchors.sub_year(lambda y: periods.quarter(y, number), f"quarter {number}", env))


def _latest_quarter(env: Env) -> Value | None:
    if env.said_quarter:
        return dated(Reading(env.said_quarter[0], "anaphoric", "the quarter said before", "mentioned-date", env.said_quarter[1]))  # fmt: skip
    if env.reference is None:
        return None
    ref = env.reference
    return dated(anchors.relative(periods.quarter(ref.year, (ref.month + 2) // 3 - 1), "the latest full quarter", env))


def half(fields: Fields, env: Env) -> Value | None:
    """Halves of a year."""
    number = int(fields["ordinal"])
    year = _year_of(fields, env)
    if year is None and env.reference:
        year = env.reference.year + int(fields.get("direction", 0))
    if year is None or number > 2:
        return None
    return dated(Reading(periods.half(year, number), "explicit", "half of the year written"))


def season(fields: Fields, env: Env) -> Value | None:
    """Seasons, with a year, a direction or neither."""
    code, year = fields["season"], _year_of(fields, env)
    if year is not None:
        reading = Reading(periods.season(year, code), "explicit", "season and year written")
    elif "direction" in fields and env.reference:
        reading = _directed_season(code, int(fields["direction"]), env)
    else:
        reading = anchors.sub_year(lambda y: periods.season(y, code), _UNIT_WORDS.get(code, "season"), env)
    if fields.get("edge") and reading.period:
        reading = replace(reading, period=periods.edge(reading.period, fields["edge"]))
    return dated(reading)


def _directed_season(code: str, direction: int, env: Env) -> Reading:
    ref = env.reference or date(2000, 1, 1)
    choices = [periods.season(y, code) for y in range(ref.year - 2, ref.year + 3) if 1 < y < 9998]
    if direction < 0:
        chosen = max((p for p in choices if p.last and p.last < ref), key=lambda p: p.first or ref)
    elif direction > 0:
        chosen = min((p for p in choices if p.first and p.first > ref), key=lambda p: p.first or ref)
    else:
        same = [p for p in choices if p.first and p.first.year == ref.year]
        chosen = same[0]
    return anchors.relative(chosen, "the season", env)


def holiday(fields: Fields, env: Env) -> Value | None:
    """Holidays of fixed or computed day."""
    year = _year_of(fields, env)
    inner = fields
    if year is not None:
        found = _holiday(inner, year)
        return dated(Reading(periods.day(found), "explicit", "holiday and year written")) if found else None
    if env.reference is None:
        return None
    ref = env.reference
    choices = [d for d in (_holiday(inner, y) for y in range(ref.year - 1, ref.year + 2)) if d]
    direction = int(fields.get("direction", 9))
    if direction == -1 or (direction == 9 and env.tense() in ("past", "forced-past")):
        chosen = max(d for d in choices if d < ref or (direction == 9 and d == ref))
    elif direction == 1 or env.tense() == "future":
        chosen = min(d for d in choices if d >= ref)
    else:
        chosen = min(choices, key=lambda d: abs((d - ref).days))
    return dated(anchors.relative(periods.day(chosen), "the holiday", env))


def _holiday(fields: Fields, year: int) -> date | None:
    if "easter" in fields:
        return periods.easter(year) + timedelta(int(fields["easter"]))
    if "nth" in fields:
        return periods.nth_weekday(year, int(fields["month"]), int(fields["weekday"]), int(fields["nth"]))
    return _day(year, int(fields["month"]), int(fields["dom"]))


def weekday(fields: Fields, env: Env) -> Value | None:
    """Weekdays with or without direction and part of the day."""
    number = int(fields["weekday"])
    direction = int(fields["direction"]) if "direction" in fields else None
    weeks = direction if fields.get("of_week") else None
    reading = anchors.weekday(number, env, direction, weeks)
    if reading.period is None:
        return Value("DATE", f"XXXX-WXX-{number}")
    return dated(reading, part=fields.get("part"))


def weekdays(fields: Fields, env: Env) -> Value | None:
    """"Monday through Friday"."""
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
        return dated(Reading(periods.weekend(on.period.first), "explicit", "weekend of that day")) if on and on.period and on.period.first else None  # fmt: skip
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
    day = env.reference + timedelta(int(fields["by"]))
    part = fields.get("part")
    words = _PARTS.get(part or "", "day")
    return dated(anchors.relative(periods.day(day), f"{words} {fields['by']:+d} days" if fields["by"] else f"the {words} itself", env), part=part)  # fmt: skip


def part(fields: Fields, env: Env) -> Value | None:
    """A part of the day alone."""
    reading = _said_day(env)
    return dated(reading, part=fields.get("part"))


def unit(fields: Fields, env: Env) -> Value | None:
    """"Last week", "this year", "the end of the month"."""
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
    return dated(anchors.relative(period, f"{_UNIT_WORDS[code]} {by:+d}" if by else f"this {_UNIT_WORDS[code]}", env))


def month_of(fields: Fields, env: Env) -> Value | None:
    """"June last year", "January 4 this year"."""
    if fields["unit"] != "Y" or env.reference is None:
        return None
    year = env.reference.year + int(fields["direction"])
    reading = _calendar({**fields, "year": str(year)}, env)
    return dated(replace(reading, basis="relative", why=f"of {year}, counted from {anchors.told(env)}", anchor=env.anchor)) if reading else None  # fmt: skip


def named_month(fields: Fields, env: Env) -> Value | None:
    """"Last November", "next May", "this September"."""
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
        found = _day(chosen.first.year, chosen.first.month, int(fields["dom"]))
        return dated(anchors.relative(periods.day(found), "the day of that month", env)) if found else None
    if fields.get("edge"):
        chosen = periods.edge(chosen, fields["edge"])
    return dated(anchors.relative(chosen, "the month of that name", env))


def dom(fields: Fields, env: Env) -> Value | None:
    """"The 4th of this month"."""
    base = env.reference
    if "direction" not in fields and env.said_day and not fields.get("inst"):
        base = env.said_day[0]
    if base is None or fields.get("unit", "M") != "M":
        return None
    moved = periods.shift("M", base.replace(day=1), int(fields.get("direction", 0)))
    found = _day(moved.year, moved.month, int(fields["dom"])) if moved else None
    return dated(anchors.relative(periods.day(found), "the day of that month", env)) if found else None


def anniversary(fields: Fields, env: Env) -> Value | None:
    """"The 50th anniversary" gives the founding year."""
    number = int(fields.get("ordinal") or fields["ordinals"])
    if env.reference is None or not 0 < number < env.reference.year:
        return None
    founded = periods.year(env.reference.year - number)
    return dated(anchors.relative(founded, f"{number} years before the anniversary", env))


def week_of(fields: Fields, env: Env) -> Value | None:
    """"The week of March 6"."""
    on = calendar(fields, env)
    if not on or not on.period or not on.period.first or not on.when:
        return None
    return dated(Reading(periods.week(on.period.first), on.when.basis, f"the week of {on.period.first}", on.when.anchor, on.when.anchor_span))  # fmt: skip


def ago(fields: Fields, env: Env) -> Value | None:
    """"Two weeks ago", "12 months ago": the day for days, else the precision of the unit."""
    code, sign = fields["unit"], int(fields["sign"])
    if fields["n"] == "X" or env.reference is None:
        return _vague_ago(fields, env)
    if code in ("H", "TM", "S"):
        return dated(anchors.relative(periods.day(env.reference), "hours ago", env)) if float(fields["n"]) < 6 else None
    return _moved(float(fields["n"]), code, sign, env.reference, "counted back", env)


def _moved(n: float, code: str, sign: int, base: date, words: str, env: Env) -> Value | None:
    if not n.is_integer():
        code, n = {"Y": ("M", n * 12), "M": ("D", n * 30), "W": ("D", n * 7), "D": ("D", n)}.get(code, (code, n))
    moved = periods.shift(code, base, sign * round(n))
    if moved is None:
        return None
    grain = "Y" if code == "E" else code
    reading = anchors.relative(periods.of_unit(grain, moved), f"{n:g} {_UNIT_WORDS[code]}(s) {words}", env)
    return dated(reading, approximate=code in ("W", "M", "Y", "E", "C"))


def _vague_ago(fields: Fields, env: Env) -> Value | None:
    past = int(fields["sign"]) < 0
    code = fields.get("unit", "D")
    timex = "PAST_REF" if past else "FUTURE_REF"
    if env.reference is None or code not in ("D", "W", "M", "Y"):
        return Value("DATE", timex)
    near, far = periods.shift(code, env.reference, -1 if past else 1), periods.shift(code, env.reference, -9 if past else 9)
    if near is None or far is None:
        return Value("DATE", timex)
    first, last = min(near, far), max(near, far)
    period = Period(first, last, timex, code, edtf.interval(first, last))
    return dated(anchors.relative(period, f"some {_UNIT_WORDS[code]}s", env), approximate=True)


def offset(fields: Fields, env: Env) -> Value | None:
    """"Two days later", "a week earlier": from the last day said, else from publication."""
    code, sign = fields["unit"], int(fields["sign"])
    if code in ("H", "TM", "S") or fields["n"] == "X":
        return Value("DATE", "PAST_REF") if code not in ("H", "TM", "S") else Value("DURATION", duration_timex(fields["n"], code))
    base = env.said_day if code in ("D", "W", "F") else (env.said[0].first, env.said[1]) if env.said else None
    if base is None or base[0] is None:
        if env.reference is None:
            return None
        return _moved(float(fields["n"]), code, sign, env.reference, "from then", env)
    moved = _moved(float(fields["n"]), code, sign, base[0], "from the day said before", env)
    if moved is None or moved.period is None:
        return moved
    why = f"{fields['n']} {_UNIT_WORDS[code]}(s) {'after' if sign > 0 else 'before'} {base[0]}, said before"
    return dated(Reading(moved.period, "anaphoric", why, "mentioned-date", base[1]), approximate=code in ("M", "Y", "E"))


def following(fields: Fields, env: Env) -> Value | None:
    """"The following day", "that week", "the same year": from the last date said."""
    sign = int(fields["sign"])
    code = fields.get("unit") or "D"
    if code in ("H", "TM", "S"):
        return None
    base, span = _base(code, env)
    if base is None:
        return None
    moved = periods.shift(code, base, sign)
    if moved is None:
        return None
    words = {1: "after", 0: "of", -1: "before"}[sign]
    reading = Reading(periods.of_unit(code, moved), "anaphoric", f"the {_UNIT_WORDS[code]} {words} {base}, said before", "mentioned-date", span)  # fmt: skip
    return dated(reading, part=fields.get("part"))


def _base(code: str, env: Env) -> tuple[date | None, Span | None]:
    if code in ("D",) or env.said is None or env.said[0].first is None:
        if env.said_day:
            return env.said_day
        return env.reference, env.anchor_span
    return env.said[0].first, env.said[1]


def year_ago(fields: Fields, env: Env) -> Value | None:
    """"The year-ago quarter": the quarter in question, a year back; without one a year before then or now."""
    if env.said_quarter and (first := env.said_quarter[0].first):
        back = periods.quarter(first.year - 1, (first.month + 2) // 3)
        return dated(Reading(back, "anaphoric", "a year before the quarter said", "mentioned-date", env.said_quarter[1]))
    if fields.get("then") == "earlier":
        return offset({"n": 1, "unit": "Y", "sign": -1}, env)
    if env.reference is None:
        return None
    return dated(anchors.relative(periods.year(env.reference.year - 1), "a year ago", env), approximate=True)


def same_period(fields: Fields, env: Env) -> Value | None:
    """"The 1988 period": the quarter in question, in that year; without one the year."""
    year = _year_of(fields, env) or (env.reference.year - 1 if env.reference else None)
    if year is None:
        return None
    if env.said_quarter and (first := env.said_quarter[0].first):
        return dated(Reading(periods.quarter(year, (first.month + 2) // 3), "explicit", "the quarter said, in that year"))
    return dated(Reading(periods.year(year), "explicit", "year written"))


def window(fields: Fields, env: Env) -> Value | None:
    """"The past two months", "the next few days": a duration that hangs on the reference day."""
    code, sign, n = fields["unit"], int(fields["sign"]), "X" if "low" in fields else fields["n"]
    timex = duration_timex(n, code)
    count = {"D": 5, "W": 4, "M": 6, "Y": 5}.get(code, 3) if n == "X" else round(float(n))
    far = periods.shift(code, env.reference, sign * count) if env.reference else None
    if far is None or env.reference is None or code in ("H", "TM", "S"):
        return Value("DURATION", timex)
    first, last = min(far, env.reference), max(far, env.reference)
    period = Period(first, last, timex, code, edtf.interval(first, last))
    reading = anchors.relative(period, f"{n} {_UNIT_WORDS[code]}(s) {'up to' if sign < 0 else 'from'} then", env)
    return Value("DURATION", timex, when_of(reading, approximate=n == "X"), period)


def duration(fields: Fields, env: Env) -> Value | None:
    """A length of time that names no day."""
    return Value("DURATION", duration_timex(fields.get("low", fields.get("n", 1)), fields["unit"]))


def duration_timex(n: object, code: str) -> str:
    """A duration as TIMEX3 writes it: P3D, PT2H, PXM."""
    number = "X" if n == "X" else f"{float(str(n)):g}"
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


OPS: dict[str, Op] = {
    "calendar": calendar, "clock": clock, "days": days, "months": months, "years": years, "quarter": quarter,
    "half": half, "season": season, "holiday": holiday, "weekday": weekday, "weekdays": weekdays, "weekend": weekend,
    "today": today, "part": part, "unit": unit, "month-of": month_of, "named-month": named_month, "dom": dom,
    "week-of": week_of, "anniversary": anniversary, "ago": ago, "offset": offset, "following": following, "year-ago": year_ago, "same-period": same_period, "window": window,
    "duration": duration, "set": set_, "ref": ref,
}  # fmt: skip
