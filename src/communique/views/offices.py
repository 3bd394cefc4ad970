"""Offices of the registry as rows: who held what, for which side, from when to when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from communique.knowledge.registry import Registry, years_away
from communique.model import Actor, Tenure
from communique.views.tables import Cell

COLUMNS = ("person", "office", "side", "role", "since", "until", "source", "id")


def offices_of(registry: Registry, name: str, day: date | None) -> Iterator[tuple[Actor, Tenure]]:
    """The offices of everybody whom a name can mean, in any spelling, likeliest first; with a day, those held on it."""
    for person in registry.find_person(name, day):
        yield from ((person, tenure) for tenure in registry.tenures_of(person.id) if held_on(tenure, day))


def held_on(tenure: Tenure, day: date | None) -> bool:
    """True if the office was held on a day, or no day is asked for."""
    return day is None or years_away(tenure, day) == 0


def office_cells(registry: Registry, person: Actor, tenure: Tenure) -> tuple[Cell, ...]:
    """One row, as ``COLUMNS`` names it."""
    office = registry.offices[tenure.office]
    about = (office.title, office.holder, office.role, tenure.since, tenure.until, tenure.source)
    return (person.name, *about, person.id)
