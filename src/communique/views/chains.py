"""What came before a contact and after it: the plan it fulfils, what was planned next, its neighbours in time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from communique.views.contacts import ContactRow
from communique.views.shelf import Held

Role = Literal["plan", "this", "outcome", "previous", "next"]


@dataclass(frozen=True, slots=True)
class Link:
    """A contact and what it is to the one looked at."""

    role: Role
    row: ContactRow


def chain(held: Held, row: ContactRow) -> tuple[Link, ...]:
    """The history of a contact in the order of time: plans, itself (or its outcome), and the contacts of the same sides

    just before and after it.
    """
    links = [*_plans(held, row), Link("this", row), *_neighbours(held, row)]
    if row.plan_of:
        links.append(Link("outcome", held.row(row.plan_of)))
    return tuple(sorted(links, key=_order))


def _plans(held: Held, row: ContactRow) -> Iterator[Link]:
    for plan in held.plans_with(row):
        yield from (Link("plan", held.row(one)) for one in plan.chain if one != row.id)


def _neighbours(held: Held, row: ContactRow) -> Iterator[Link]:
    taken = [r for r in held.between(row.sides) if r.status in ("held", "ongoing") and r.when and r.when.earliest]
    day = row.when.earliest if row.when else None
    if day is None:
        return
    before = [r for r in taken if r.id not in (row.id, row.plan_of) and _day(r) < day]
    after = [r for r in taken if r.id not in (row.id, row.plan_of) and _day(r) > day]
    if before:
        yield Link("previous", before[-1])
    if after:
        yield Link("next", after[0])


def _day(row: ContactRow) -> date:
    return (row.when.earliest if row.when else None) or date.max


def _order(link: Link) -> tuple[date, int]:
    return _day(link.row), ("previous", "plan", "this", "outcome", "next").index(link.role)
