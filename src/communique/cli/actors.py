"""``communique actors``: who is who, and who held which office on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

from communique.cli.aside import SET_ASIDE
from communique.cli.output import Form, formats, say
from communique.cli.output import show as put
from communique.cli.session import Session, with_knowledge
from communique.errors import NotFoundError, UsageError, unknown
from communique.knowledge.checking import KINDS, faults
from communique.knowledge.imports import FORMS, matched, read_holdings
from communique.knowledge.imports import Form as ImportForm
from communique.knowledge.registry import Registry, load_registry
from communique.knowledge.writing import write_additions
from communique.model import Actor, Tenure
from communique.views.asking import first_day, side_named
from communique.views.offices import COLUMNS, held_on, office_cells, offices_of
from communique.views.tables import Cell
from communique.views.words import clean

_EXCERPT = 60


@click.group()
def actors() -> None:
    """Search the registry of people and offices.

    \b
    communique actors find lavrov
    communique actors held USA secretary-of-state --on 2020-05-22
    communique actors import answer.json --into mine/
    communique actors check --knowledge mine/
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


@actors.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--into", "folder", required=True, type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
              help="The folder for the rows; hand it over with --knowledge DIR.")  # fmt: skip
@click.option("--form", type=click.Choice(FORMS), help="The files' form; else told by their names and first words.")
@click.option("--source", help="What to write as the source of each row; the file's name by default.")
@with_knowledge
def take_in(
    session: Session, files: tuple[Path, ...], folder: Path, form: ImportForm | None, source: str | None
) -> int:
    """Take in who held which office: Wikidata answers, FollowTheMoney entities, PETRARCH actors, own CSV.

    Writes what the registry lacks into people.csv, offices.csv and tenures.csv of a folder. What cannot be taken is
    told with its place and reason (exit code 3).

    \b
    communique actors import answer.json --into mine/
    communique actors import peps.ftm.json --into mine/ --source "OpenSanctions 2026-11"
    communique actors import Phoenix.Countries.actors.txt --form petrarch --into mine/
    """
    refused = 0
    for file in files:
        known = load_registry((*session.folders, *([folder] if folder.is_dir() else [])))
        about = source or file.name
        found = matched(read_holdings(file, form), known, about)
        write_additions(found, folder, about)
        refused += len(found.refused)
        for row in found.refused:
            say(clean(f"set aside: {row.place}: {row.excerpt[:_EXCERPT]!r}: {row.problem}"))
        added = f"{len(found.people)} people, {len(found.offices)} offices, {len(found.tenures)} tenures added"
        say(f"{file.name}: {added}; {found.known} known before; {len(found.refused)} set aside")
    return SET_ASIDE if refused else 0


@actors.command()
@click.argument("side", required=False)
@click.option("--kind", type=click.Choice(KINDS), help="Only findings of this kind.")
@formats
@with_knowledge
def check(session: Session, side: str | None, kind: str | None, form: Form) -> int:
    """Find impossible spans, two holders of one post at once, and gaps; exits with 1 if a span is impossible.

    Overlaps and gaps are told of posts of leaders and ministers whose dates are known to the day; a month of handing
    over counts as none.

    \b
    communique actors check RUS
    communique actors check --kind overlap --knowledge mine/
    """
    registry = session.registry()
    holder = side_named(registry, side) if side else None
    found = [f for f in faults(registry) if holder in (None, f.office.holder) and kind in (None, f.kind)]
    rows = [(f.kind, f.office.title, f.office.holder, f.since.isoformat(), _open(f.until), f.what) for f in found]
    columns = ("kind", "office", "side", "since", "until", "what")
    put(form, columns, rows, (dict(zip(columns, row, strict=True)) for row in rows))
    return int(any(f.kind == "impossible" for f in found))


def _open(day: date) -> str | None:
    return None if day == date.max else day.isoformat()


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
