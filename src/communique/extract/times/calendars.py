"""Operations on what the calendar names: dates whole and in part, clock times, ranges, quarters, seasons, holidays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from communique import edtf
from communique.extract.times import anchors, periods
from communique.extract.times.anchors import Env, Reading
from communique.extract.times.grammar import Fields
from communique.extract.times.periods import Period
from communique.extract.times.value import UNIT_WORDS, Value, dated, day_or_none, year_of


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
    reading = calendar_reading(fields, env)
    if reading is None or reading.period is None:
        return None
    where = fields.get("edge")
    if where and reading.period.first:
        vague = periods.edge(reading.period, where)
        why = f"{where} {reading.period.edtf}: {vague.first} to {vague.last}; {reading.why}".rstrip("; ")
        reading = replace(reading, period=vague, why=why)
    return dated(reading)


def calendar_reading(fields: Fields, env: Env) -> Reading | None:
    """The period that calendar fields name, before any edge ("late") narrows it."""
    year = year_of(fields, env)
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
    value = day_or_none(year, month, dom)
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
        reading = (
            Reading(on.period, on.when.basis, on.when.why, on.when.anchor, on.when.anchor_span)
            if on and on.when
            else None
        )
    elif "weekday" in fields:
        reading = anchors.weekday(int(fields["weekday"]), env, None)
    else:
        reading = said_day_of(env, int(fields.get("by", 0)))
    if reading is None or reading.period is None:
        return Value("TIME", f"T{time}")
    short = time.removesuffix(":00") if time == "24:00" else time
    value = dated(reading, clock=short)
    return replace(value, when=replace(value.when, clock=time + zone)) if value and value.when else value


def said_day_of(env: Env, by: int = 0) -> Reading:
    """The day of telling, moved by days: that of a clock time alone."""
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
    first = calendar_reading({k: v for k, v in fields.items() if k not in ("dom2", "dom3")}, env)
    if first is None or first.period is None or first.period.first is None:
        return dated(first) if first else None
    last = day_or_none(first.period.first.year, first.period.first.month, int(fields.get("dom3") or fields["dom2"]))
    if last is None or last < first.period.first:
        return None
    span = Period(
        first.period.first, last, f"{first.period.timex}/{last}", "D", edtf.interval(first.period.first, last)
    )
    return dated(replace(first, period=span))


def months(fields: Fields, env: Env) -> Value | None:
    """Two months: "March-April 2020"."""
    last = calendar_reading({**fields, "month": fields["month2"]}, env)
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
    year = year_of(fields, env)
    if year is None and "direction" in fields and env.reference:
        year = env.reference.year + int(fields["direction"])
    if year is not None:
        return dated(Reading(periods.quarter(year, number), "explicit", "quarter and year written"))
    return dated(anchors.sub_year(lambda y: periods.quarter(y, number), f"quarter {number}", env))


def _latest_quarter(env: Env) -> Value | None:
    if env.said_quarter:
        return dated(
            Reading(env.said_quarter[0], "anaphoric", "the quarter said before", "mentioned-date", env.said_quarter[1])
        )
    if env.reference is None:
        return None
    ref = env.reference
    return dated(anchors.relative(periods.quarter(ref.year, (ref.month + 2) // 3 - 1), "the latest full quarter", env))


def half(fields: Fields, env: Env) -> Value | None:
    """Halves of a year."""
    number = int(fields["ordinal"])
    year = year_of(fields, env)
    if year is None and env.reference:
        year = env.reference.year + int(fields.get("direction", 0))
    if year is None or number > 2:
        return None
    return dated(Reading(periods.half(year, number), "explicit", "half of the year written"))


def season(fields: Fields, env: Env) -> Value | None:
    """Seasons, with a year, a direction or neither."""
    code, year = fields["season"], year_of(fields, env)
    if year is not None:
        reading = Reading(periods.season(year, code), "explicit", "season and year written")
    elif "direction" in fields and env.reference:
        reading = _directed_season(code, int(fields["direction"]), env)
    else:
        reading = anchors.sub_year(lambda y: periods.season(y, code), UNIT_WORDS.get(code, "season"), env)
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
    year = year_of(fields, env)
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
    return day_or_none(year, int(fields["month"]), int(fields["dom"]))


def anniversary(fields: Fields, env: Env) -> Value | None:
    """ "The 50th anniversary" gives the founding year."""
    number = int(fields.get("ordinal") or fields["ordinals"])
    if env.reference is None or not 0 < number < env.reference.year:
        return None
    founded = periods.year(env.reference.year - number)
    return dated(anchors.relative(founded, f"{number} years before the anniversary", env))


def same_period(fields: Fields, env: Env) -> Value | None:
    """ "The 1988 period": the quarter in question, in that year; without one the year."""
    year = year_of(fields, env) or (env.reference.year - 1 if env.reference else None)
    if year is None:
        return None
    if env.said_quarter and (first := env.said_quarter[0].first):
        return dated(
            Reading(periods.quarter(year, (first.month + 2) // 3), "explicit", "the quarter said, in that year")
        )
    return dated(Reading(periods.year(year), "explicit", "year written"))


def _month_reading(fields: Fields, env: Env) -> Reading | None:
    """The month named, or the one of the day of telling ("the first week of the month")."""
    if "month" in fields:
        return calendar_reading({k: v for k, v in fields.items() if k != "weekday"}, env)
    if env.reference is None:
        return None
    return anchors.relative(periods.of_unit("M", env.reference), "the month", env)


def part_of_month(fields: Fields, env: Env) -> Value | None:
    """ "The first week of June", "the second half of May"."""
    reading = _month_reading(fields, env)
    if reading is None or reading.period is None or reading.period.grain != "M":
        return None
    which = int(fields["which"])
    part = periods.part_of_month(reading.period, fields.get("unit", "half"), which)
    why = f"part {which} of {reading.period.edtf}; {reading.why}"
    return dated(replace(reading, period=part, why=why))


def nth_weekday(fields: Fields, env: Env) -> Value | None:
    """ "The first Monday of June"."""
    reading = _month_reading(fields, env)
    if reading is None or reading.period is None or reading.period.first is None:
        return None
    first = reading.period.first
    day = periods.nth_weekday(first.year, first.month, int(fields["weekday"]), int(fields["which"]))
    return dated(replace(reading, period=periods.day(day), why=f"counted in {reading.period.edtf}; {reading.why}"))


def week_of(fields: Fields, env: Env) -> Value | None:
    """ "The week of March 6"."""
    on = calendar(fields, env)
    if not on or not on.period or not on.period.first or not on.when:
        return None
    return dated(
        Reading(
            periods.week(on.period.first),
            on.when.basis,
            f"the week of {on.period.first}",
            on.when.anchor,
            on.when.anchor_span,
        )
    )
