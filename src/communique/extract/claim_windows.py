"""The window of a claim: "since late March", "from the end of March to today", "this year", "in twelve years"."""

from __future__ import annotations

import re
from collections.abc import Sequence
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
        return (Cited(time.when, time.span, time.rule), publication(context, span)) if time and time.when else (None, None)
    if "during this period" in " ".join(items.text(0, len(items.items))):
        return last
    since = _since(context, times, items)
    until = next((_cited(t) for t in times if _before(items, t) in _UNTIL), None)
    if since is None and until is None:
        return _within(times, span, context)
    return since, until or publication(context, span)


def _near(items: Items, firing: Firing) -> list[TimeMention]:
    found = [item.value for item in items.items if item.kind == "time"]
    return [t for t in found if isinstance(t, TimeMention)]


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


def _since(context: Context, times: Sequence[TimeMention], items: Items) -> Cited[When] | None:
    for time in times:
        if time.when and _before(items, time) in _SINCE:
            return _cited(time)
    day = publication_day(context.document)
    for time in times:
        length = _PERIOD.match(time.timex)
        if time.kind == "DURATION" and length and day:
            return Cited(_back(day, time, float(length[1]) * _DAYS[length[2]]), time.span, time.rule)
    return None


def _back(day: date, time: TimeMention, days: float) -> When:
    try:
        start = day - timedelta(days=round(days))
    except OverflowError:
        start = date.min
    return When(
        edtf.day(start), start, start, "relative", approximate=True, anchor="publication",
        why=f"{time.timex} before publication",
    )  # fmt: skip


def _within(times: Sequence[TimeMention], span: Span, context: Context) -> Window:
    """A calendar period that holds the contacts: "this week", "in 2020"."""
    for time in times:
        when = time.when
        if when and when.earliest and when.latest and when.earliest < when.latest:
            day = publication_day(context.document)
            end = min(when.latest, day) if day and day >= when.earliest else when.latest
            return _bound(time, when.earliest), _bound(time, end)
    return None, publication(context, span)


def _bound(time: TimeMention, day: date) -> Cited[When]:
    assert time.when is not None  # the caller looked
    when = When(edtf.day(day), day, day, time.when.basis, time.when.approximate, time.when.anchor, time.when.anchor_span,
                time.when.why)  # fmt: skip
    return Cited(when, time.span, time.rule)
