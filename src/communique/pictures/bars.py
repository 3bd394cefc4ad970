"""Life-lines of agreements as bars: where they stood from step to step, with a mark for each step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from communique.pictures.scale import Days, shortened
from communique.pictures.svg import Element, Link, el, group, line, linked, rect, text
from communique.views.agreements import SETTLING, LifeLine, Step

ROW, THICK = 32.0, 10.0
_FILLS: Mapping[str, str | None] = {
    "under negotiation": None,
    "signed": "cq-signed",
    "ratified": "cq-signed",
    "in force": "cq-force",
    "suspended": "cq-ending",
    "withdrawal announced": "cq-ending",
    "withdrawn from": None,
    "terminated": None,
}


def bars(lines: Sequence[LifeLine], days: Days, top: float, link: Link) -> tuple[tuple[Element, ...], float]:
    """A bar for each agreement of which something lies in these days; the elements and the height they take."""
    shown = [one for one in lines if _touches(one, days)]
    if not shown:
        return (), 0
    drawn = [text(0, top + 15, "Agreements", "cq-head")]
    for at, one in enumerate(shown):
        drawn.append(_bar(one, days, top + 4 + at * ROW, link))
    height = 12 + len(shown) * ROW
    return (*drawn, line(0, top + height, days.right + 10, top + height, "cq-axis")), height


def _touches(one: LifeLine, days: Days) -> bool:
    steps = [step for step in one.steps if step.day]
    within = any(days.first <= _day(step) <= days.last for step in steps)
    return within or next(_stretches(steps, days, 0), None) is not None


def _bar(one: LifeLine, days: Days, y: float, link: Link) -> Element:
    steps = [step for step in one.steps if step.day]
    label = f"{one.agreement}: {one.status or 'status not known'}"
    name = text(days.left, y + 11, shortened(one.agreement, 11.5, days.right - days.left), "cq-label cq-halo")
    marks = (_step(one, step, days, y + 16) for step in steps if days.first <= _day(step) <= days.last)
    return group(linked(link("agreement", one.agreement), label, name, *_stretches(steps, days, y + 16)), *marks)


def _stretches(steps: Sequence[Step], days: Days, y: float) -> Iterator[Element]:
    """The bar in pieces, one for each time between two steps that settle where the agreement stands."""
    settling = [step for step in steps if step.action in SETTLING]
    ends = [_day(step) for step in settling] + [date.max]
    for step, (first, last) in zip(settling, pairwise(ends), strict=True):
        fill = _FILLS[SETTLING[step.action]]
        if fill and first <= days.last and last >= days.first and first < last:
            left, right = days.start(first), days.right if last == date.max else days.start(last)
            yield rect(left, y, max(right - left, 1), THICK, fill, rx=2)


def _step(one: LifeLine, step: Step, days: Days, y: float) -> Element:
    x = days.middle(_day(step))
    by = f" by {', '.join(step.by)}" if step.by else ""
    told = {"documents": "", "registry": " (known)", "notice": " (worked out from the period of notice)"}[step.basis]
    when = step.when.edtf if step.when else f"told {step.told}"
    label = f"{one.agreement}: {step.action}{by}, {when}{told}"
    return group(el("title", label), el("path", d=f"M{x:.2f} {y:.2f}l4 5l-4 5l-4-5Z", class_="cq-step"))


def _day(step: Step) -> date:
    return step.day or date.min
