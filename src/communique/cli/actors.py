"""``communique actors``: who is who, and who held which office on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import click

from communique.cli.output import Form, formats
from communique.cli.output import show as put
from communique.cli.session import Session, with_knowledge
from communique.errors import NotFoundError, UsageError, unknown
from communique.knowledge.registry import Registry
from communique.model import Actor, Tenure
from communique.views.asking import first_day, side_named
from communique.views.offices import COLUMNS, held_on, office_cells, offices_of
from communique.views.tables import Cell


@click.group()
def actors() -> None:
    """Search the registry of people and offices.

    \b
    communique actors find lavrov
    communique actors held USA secretary-of-state --on 2020-05-22
    """


@actors.command()
@click.argument("name", nargs=-1, required=True)
@click.option("--on", "day", metavar="DAY", help="Only offices held on this day.")
@formats
@with_knowledge
def find(session: Session, name: tuple[str, ...], day: str | None, form: Form) -> None:
    """Who a name can mean, in any spelling or transliteration, with all offices; likeliest first.

    \b
    communique actors find Zelensky
    communique actors find Sergey Viktorovich Lavrov --on 2020-05-22
    """
    registry, on = session.registry(), first_day(day)
    if not registry.find_person(" ".join(name), on):
        raise NotFoundError(f'nobody in the registry is called "{" ".join(name)}"')
    _put(form, registry, offices_of(registry, " ".join(name), on))


@actors.command()
@click.argument("side")
@click.argument("role", required=False)
@click.option("--on", "day", metavar="DAY", help="On this day; without it, everybody who ever held it.")
@formats
@with_knowledge
def held(session: Session, side: str, role: str | None, day: str | None, form: Form) -> None:
    """Who held the offices of a state or organisation, or only those of a role.

    \b
    communique actors held RUS foreign-minister --on 2020-05-22
    communique actors held Germany --on 2021-12-08
    communique actors held NATO
    """
    registry, on = session.registry(), first_day(day)
    holder = side_named(registry, side)
    roles = _roles(registry, role)
    rows = (t for t in registry.tenures if _fits(registry, t, holder, roles) and held_on(t, on))
    _put(form, registry, ((registry.people[t.actor], t) for t in rows))


def _roles(registry: Registry, words: str | None) -> frozenset[str]:
    """The role of that id, or of these words of a title ("foreign minister", or with hyphens); all roles for None."""
    if words is None:
        return frozenset(registry.roles)
    if words in registry.roles:
        return frozenset([words])
    named = registry.role_of(words) or registry.role_of(words.replace("-", " "))
    if named is None:
        raise unknown("role", words, registry.roles)
    return frozenset([named.id])


def _fits(registry: Registry, tenure: Tenure, holder: str, roles: frozenset[str]) -> bool:
    office = registry.offices[tenure.office]
    return office.holder == holder and office.role in roles


def _put(form: Form, registry: Registry, found: Iterable[tuple[Actor, Tenure]]) -> None:
    rows = [office_cells(registry, person, tenure) for person, tenure in found]
    if not rows:
        raise UsageError("nobody is known to have held it then", "Leave out --on to see everybody the registry knows.")
    put(form, COLUMNS, rows, _records(rows))


def _records(rows: Iterable[tuple[Cell, ...]]) -> Iterator[dict[str, Any]]:
    return (dict(zip(COLUMNS, row, strict=True)) for row in rows)
