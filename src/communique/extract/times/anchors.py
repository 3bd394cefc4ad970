"""What a bare date hangs on, and which of its readings is meant.

The rules, with their share right on gold news text (issue C): a weekday alone is the latest on or before publication,
that day included (90.2 %; "strictly before" 45.3 %); month and day are the nearest to publication (94.2 %; past only
61.9 %); a month alone goes by tense, else it is the nearest (81.4 %). A future verb counts only where it governs the
date; a cue merely somewhere in the sentence does harm (71 %).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from communique.extract.times import periods
from communique.extract.times.periods import Period
from communique.model import AnchorKind, Basis, Span

Tense = Literal["past", "future", "forced-past", "none"]
_PAST_BEATS_NEAREST = 60  # days ahead of publication beyond which a past verb is believed
_AHEAD = 240  # days ahead within which a future verb is believed against the nearest
_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(slots=True)
class Env:
    """What resolving one mention may know: the day it is told on, what was said before, the tense of its clause."""

    reference: date | None
    anchor: AnchorKind = "publication"
    anchor_span: Span | None = None
    day_first: bool = False
    tense: Callable[[], Tense] = field(default=lambda: "none")
    said: tuple[Period, Span] | None = None
    said_day: tuple[date, Span] | None = None
    said_quarter: tuple[Period, Span] | None = None
    year: tuple[int, Span] | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A period chosen for a mention, with how it was come by."""

    period: Period | None
    basis: Basis
    why: str = ""
    anchor: AnchorKind | None = None
    span: Span | None = None
    candidates: tuple[str, ...] = ()


def weekday_name(number: int) -> str:
    """English name of a weekday, 1 Monday."""
    return _NAMES[number - 1]


def told(env: Env) -> str:
    """The reference day, in words for a reason."""
    names = {"publication": "published", "dateline": "dateline", "heading": "heading"}
    return f"{names.get(env.anchor, 'told')} {env.reference:%A} {env.reference}" if env.reference else "no date known"


def weekday(number: int, env: Env, direction: int | None, weeks: int | None = None) -> Reading:
    """A weekday alone, or with last, this, next."""
    if env.reference is None:
        return Reading(None, "undecided", f"{weekday_name(number)}, and no day of publication is known")
    ref = env.reference
    back = timedelta((ref.isoweekday() - number) % 7)
    ahead = timedelta((number - ref.isoweekday()) % 7)
    if weeks is not None:
        monday = ref - timedelta(ref.weekday()) + timedelta(7 * weeks)
        chosen, rule = monday + timedelta(number - 1), "of that week"
    elif direction == -1:
        chosen, rule = ref - (back or timedelta(7)), "the last before"
    elif direction == 1 or (direction == 0 and env.tense() != "past"):
        chosen, rule = ref + (ahead or timedelta(7 * (direction or 0))), "the next after"
    elif env.tense() == "future":
        chosen, rule = ref + ahead, "its verb is future: the first on or after"
    else:
        chosen, rule = ref - back, "the latest on or before"
    return Reading(
        periods.day(chosen),
        "weekday-from-publication",
        f"{weekday_name(number)}: {rule} ({told(env)})",
        env.anchor,
        env.anchor_span,
    )


def month_day(number: int, dom: int, env: Env, weekday_: int | None = None) -> Reading:
    """A month and day without a year: the nearest to publication, unless the clause says past or future."""
    name = f"{date(2000, number, 1):%B} {dom}"
    if _date(2000, number, dom) is None:
        return Reading(None, "undecided", f"{name} is no day")
    if env.reference is None:
        edtf = f"XXXX-{number:02d}-{dom:02d}"
        return Reading(Period(None, None, edtf, "D", edtf), "undecided", f"{name}: no year written or known")
    years = _years(env)
    days = [d for d in (_date(y, number, dom) for y in years) if d]
    if not days:
        return Reading(None, "undecided", f"{name} is no day")
    chosen, rule = _choose(days, env)
    why = f"{name} without a year: {rule} ({told(env)})"
    if weekday_ and chosen.isoweekday() != weekday_:
        why += f"; the text says {weekday_name(weekday_)}, but {chosen} is a {chosen:%A}"
    return Reading(periods.day(chosen), "year-from-publication", why, env.anchor, env.anchor_span)


def month(number: int, env: Env) -> Reading:
    """A month alone: by tense, else the nearest."""
    name = f"{date(2000, number, 1):%B}"
    if env.reference is None:
        edtf = f"XXXX-{number:02d}"
        return Reading(Period(None, None, edtf, "M", edtf), "undecided", f"{name}: no year written or known")
    tense = env.tense()
    choices = [periods.month(y, number) for y in _years(env)]
    ref = env.reference
    if tense in ("past", "forced-past"):
        chosen = max((p for p in choices if p.first and p.first <= ref), key=lambda p: p.first or ref)
        rule = "its verb is past: the latest begun by then"
    elif tense == "future":
        chosen = min((p for p in choices if p.last and p.last >= ref), key=lambda p: p.first or ref)
        rule = "its verb is future: the first to end after"
    else:
        chosen, rule = min(choices, key=lambda p: _gap(p, ref)), "the nearest"
    return Reading(
        chosen, "year-from-publication", f"{name} without a year: {rule} ({told(env)})", env.anchor, env.anchor_span
    )


def sub_year(make: Callable[[int], Period], name: str, env: Env) -> Reading:
    """A season or quarter without a year: by tense, else the latest begun."""
    if env.reference is None:
        return Reading(None, "undecided", f"{name}: no year written or known")
    choices = [make(y) for y in _years(env)]
    ref = env.reference
    if env.tense() == "future":
        chosen = min(choices, key=lambda p: _gap(p, ref))
        rule = "its verb is future: the nearest"
    else:
        chosen = max((p for p in choices if p.first and p.first <= ref), key=lambda p: p.first or ref)
        rule = "the latest begun"
    return Reading(
        chosen, "year-from-publication", f"{name} without a year: {rule} ({told(env)})", env.anchor, env.anchor_span
    )


def relative(period: Period | None, words: str, env: Env) -> Reading:
    """A period counted from the reference day."""
    if period is None or env.reference is None:
        return Reading(None, "undecided", f"{words}: no day of publication is known")
    return Reading(period, "relative", f"{words}, counted from {told(env)}", env.anchor, env.anchor_span)


def _years(env: Env) -> Iterable[int]:
    ref = env.reference or date(2000, 1, 1)
    if env.year is not None and env.year[0] != ref.year:
        return (env.year[0],)
    return range(max(ref.year - 1, 1), min(ref.year + 1, 9998) + 1)


def _choose(days: list[date], env: Env) -> tuple[date, str]:
    ref = env.reference or days[0]
    tense = env.tense()
    if len(days) == 1:
        return days[0], "the year said before"
    if tense == "forced-past" and (past := [d for d in days if d <= ref]):
        return max(past), "told as past: the latest on or before"
    if tense == "future" and (ahead := [d for d in days if ref <= d <= ref + timedelta(_AHEAD)]):
        return min(ahead), "its verb is future: the first on or after"
    nearest = min(days, key=lambda d: (abs((d - ref).days), d > ref))
    if tense == "past" and (nearest - ref).days > _PAST_BEATS_NEAREST and min(days) <= ref:
        return max(d for d in days if d <= ref), "its verb is past, and the nearest lies far ahead"
    return nearest, "the nearest"


def _gap(period: Period, ref: date) -> tuple[int, bool]:
    if period.first is None or period.last is None:
        return 10**9, True
    if period.first <= ref <= period.last:
        return 0, False
    return min(abs((period.first - ref).days), abs((period.last - ref).days)), period.first > ref


def _date(year: int, month_: int, dom: int) -> date | None:
    try:
        return date(year, month_, dom)
    except ValueError:
        return None
