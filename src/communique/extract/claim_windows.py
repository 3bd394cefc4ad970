"""The window of a claim: "since late March", "from the end of March to today", "this year", "in twelve years"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from communique import edtf
from communique.extract.context import Context, TimeMention
from communique.extract.items import Items
from communique.extract.times import publication_day
from communique.knowledge.rules import Firing
from communique.model import Cited, Span, When

Window = tuple[Cited[When] | None, Cited[When] | None]
_SINCE = frozenset(("since", "from", "after"))
_UNTIL = frozenset(("to", "until", "till", "through"))
_PERIOD = re.compile(r"^P(\d+(?:\.\d+)?)([YMWD])$")
_DAYS = {"Y": 365.25, "M": 30.44, "W": 7, "D": 1}


def publication(context: Context, span: Span) -> Cited[When] | None:
    """The day of publication as the end of a window that the text leaves open."""
    day = publication_day(context.document)
    if day is None:
        return None
    when = When(edtf.day(day), day, day, "publication-default", anchor="publication", why="open end: up to publication")
    return Cited(when, span, "claim-until-publication")


def window_of(context: Context, items: Items, firing: Firing, last: Window) -> Window:
    """From when to when the claim speaks; ``last`` is the window mentioned before ("during this period")."""
    kind = firing.rule.sets["kind"]
    span = items.span(context.document.id, firing.match.start, firing.match.stop)
    times = _near(items, firing)
    if kind == "previous":
        time = _nearest(times, items, firing)
        return (_cited(time), publication(context, span)) if time else (None, None)
    if "during this period" in " ".join(items.text(0, len(items.items))):
        return last
    return _in_order(_between(context, items, firing, times, span))


def _between(context: Context, items: Items, firing: Firing, times: Sequence[TimeMention], span: Span) -> Window:
    until = next((_cited(t) for t in times if _before(items, t) in _UNTIL), None) or publication(context, span)
    both = next((w for t in times if (w := _opened_to(items, t, times))), None)
    for time in times if both is None else ():
        found = _opened(context, items, time, until)
        if found:
            return found
    return both or (None, until)


def _in_order(found: Window) -> Window:
    """ "From the end of March to May 22, 2020": a year that nobody wrote is that of the end, not a later one."""
    since, until = found
    if since is None or until is None or since.value.basis != "year-from-publication":
        return found
    first, last, end = since.value.earliest, since.value.latest, until.value.latest
    if first is None or last is None or end is None or first <= end:
        return found
    back = 12 * (first.year - end.year + ((first.month, first.day) > (end.month, end.day)))
    lo, hi = _months_back(first, back), _months_back(last, back)
    why = f"{since.value.why}; moved before the end of the window, {until.value.edtf}"
    moved = replace(since.value, edtf=edtf.interval(lo, hi), earliest=lo, latest=hi, why=why)
    return replace(since, value=moved), until


def _months_back(day: date, months: int) -> date:
    first, last = edtf.month_days(day.year, day.month - months)
    return min(first + timedelta(day.day - 1), last)


def _near(items: Items, firing: Firing) -> list[TimeMention]:
    """The times of the sentence, nearest to the words first."""
    at = (firing.match.start + firing.match.stop) / 2
    times = [(abs(k - at), item.value) for k, item in enumerate(items.items) if item.kind == "time"]
    return [t for _, t in sorted(times, key=lambda pair: pair[0]) if isinstance(t, TimeMention)]


def _opened(context: Context, items: Items, time: TimeMention, until: Cited[When] | None) -> Window | None:
    """The window that a time opens: "since T", a length of time, or a calendar period that holds the contacts."""
    day = publication_day(context.document)
    if time.when and _before(items, time) in _SINCE:
        return _cited(time), until
    length = _PERIOD.match(time.timex)
    if time.kind == "DURATION" and length and day:
        return Cited(_back(day, time, float(length[1]) * _DAYS[length[2]]), time.span, time.rule), until
    when = time.when
    if when and when.earliest and when.latest and when.earliest < when.latest and _before(items, time) not in _UNTIL:
        end = min(when.latest, day) if day and day >= when.earliest else when.latest
        return _bound(time, when.earliest), _bound(time, end)
    return None


def _opened_to(items: Items, time: TimeMention, times: Sequence[TimeMention]) -> Window | None:
    """The window of "between January and July 2021": from the first day of one time to the last of the other."""
    if _before(items, time) != "between" or not time.when or not time.when.earliest:
        return None
    tokens = items.sentence.tokens
    for end in times:
        joined = [t.norm for t in tokens[time.last : end.first]]
        if (joined == ["and"] or (not joined and tokens[end.first].norm == "and")) and end.when and end.when.latest:
            return _bound(time, time.when.earliest), _bound(end, end.when.latest)
    return None


def _cited(time: TimeMention) -> Cited[When] | None:
    return Cited(time.when, time.span, time.rule) if time.when else None


def _before(items: Items, time: TimeMention) -> str:
    """The word before a time, or its first word where that is a preposition."""
    tokens = items.sentence.tokens
    first = tokens[time.first].norm
    return first if first in _SINCE | _UNTIL else tokens[time.first - 1].norm if time.first else ""


def _nearest(times: Sequence[TimeMention], items: Items, firing: Firing) -> TimeMention | None:
    at = items.items[firing.match.stop - 1].last
    dated = [t for t in times if t.when is not None]
    return min(dated, key=lambda t: abs(t.first - at) + (40 if t.first < at else 0), default=None)


def _back(day: date, time: TimeMention, days: float) -> When:
    try:
        start = day - timedelta(days=round(days))
    except OverflowError:
        start = date.min
    return When(
        edtf.day(start), start, start, "relative", approximate=True, anchor="publication",
        why=f"{time.timex} before publication",
    )  # fmt: skip


def _bound(time: TimeMention, day: date) -> Cited[When]:
    assert time.when is not None  # the caller looked
    return Cited(replace(time.when, edtf=edtf.day(day), earliest=day, latest=day), time.span, time.rule)
