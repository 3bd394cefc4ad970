"""What stands in a lane: marks of contacts with their uncertainty, arrows of plans with how they ended."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from communique.pictures.marks import CHANNEL_WORDS, cross, ending, glyph
from communique.pictures.picture import HALF
from communique.pictures.scale import Days
from communique.pictures.svg import Element, Link, group, linked, path, points
from communique.views.contacts import ContactRow
from communique.views.plans import PlanRow
from communique.views.words import parties_words, when_words

MARK, SIGN = 5.0, 5.5
OUTCOMES = {"held": "held", "postponed": "postponed", "cancelled": "cancelled", "unreported": "not confirmed"}
STUB = 26.0
"""How long an arrow is of which one end is not known."""
_SHORTEST = 16.0


@dataclass(frozen=True, slots=True)
class Placed:
    """Something that takes the room from ``left`` to ``right``, drawn about y = 0."""

    left: float
    right: float
    drawn: Element


def contact_mark(row: ContactRow, confirmed: Collection[str], days: Days, link: Link) -> Placed:
    """A mark on the day; where that is not known, in the middle of a whisker over the days it may have been."""
    left, right = _reach(row.when, days)
    x = (left + right) / 2
    fill = {0: ("cq-mark cq-hollow", None), 1: ("cq-mark", HALF)}.get(len(confirmed), ("cq-mark cq-solid", None))
    parts = (
        _whisker(left, right) if right - left > 2 * MARK + 2 else None,
        glyph(row.channel, x, 0, MARK, fill[0], **({"fill": fill[1]} if fill[1] else {})),
        cross(x, 0, MARK + 1, "cq-off") if row.status in ("denied", "cancelled") else None,
    )
    by = f"confirmed by {' and '.join(sorted(confirmed))}" if confirmed else "told by media only"
    what = f"{row.status} {CHANNEL_WORDS[row.channel]}, {parties_words(row.parties)}"
    drawn = group(*parts, data_contacts=row.id)
    label = f"{when_words(row.when)}: {what}; {by}"
    return Placed(min(left, x - MARK - 1), max(right, x + MARK + 1), linked(link("contact", row.id), label, drawn))


def plan_arrow(plan: PlanRow, days: Days, link: Link) -> Placed:
    """An arrow from the day of announcement to the day foreseen; dashed where one of them is not known."""
    known = plan.foreseen if plan.foreseen and plan.foreseen.earliest and plan.foreseen.latest else None
    low, high = _reach(known, days) if known else (0.0, 0.0)
    start = days.middle(plan.announced) if plan.announced else (low + high) / 2 - STUB
    goal = (low + high) / 2 if known else start + STUB
    back = goal < start
    if abs(goal - start) < _SHORTEST:
        start = goal + (_SHORTEST if back else -_SHORTEST)
    neck = goal + (SIGN + 1 if back else -SIGN - 1)
    barb = neck + (4 if back else -4)
    class_ = "cq-arrow" if known and plan.announced else "cq-arrow-unsure"
    parts = (
        _whisker(low, high) if high - low > 2 * SIGN + 2 else None,
        path(points((start, -3), (start, 3)) + points((start, 0), (neck, 0)), class_),
        path(points((barb, -3), (neck, 0), (barb, 3)), "cq-arrow"),
        ending(plan.outcome, goal, 0, SIGN),
    )
    drawn = group(*parts, data_contacts=" ".join(plan.chain))
    reach = [start - 2, start + 2, goal - SIGN, goal + SIGN, *((low, high) if known else ())]
    return Placed(min(reach), max(reach), linked(link("contact", plan.contact or plan.id), _plan_words(plan), drawn))


def _plan_words(plan: PlanRow) -> str:
    announced = f"announced {plan.announced}" if plan.announced else "day of announcement not known"
    what = "contact" if plan.channel == "unspecified" else plan.channel
    foreseen = f"foreseen {when_words(plan.foreseen)}"
    return f"plan, {OUTCOMES[plan.outcome]}: {what}, {parties_words(plan.parties)}; {announced}, {foreseen}"


def _reach(when: object, days: Days) -> tuple[float, float]:
    """From where to where the days lie; the middle of a single day twice. Open ends reach to the edge."""
    first = getattr(when, "earliest", None) or days.first
    last = getattr(when, "latest", None) or days.last
    return (days.middle(first), days.middle(first)) if first == last else (days.start(first), days.stop(last))


def _whisker(left: float, right: float) -> Element:
    ends = points((left, -3), (left, 3)) + points((right, -3), (right, 3))
    return path(points((left, 0), (right, 0)) + ends, "cq-whisker")
