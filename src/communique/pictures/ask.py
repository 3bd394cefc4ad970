"""Pictures of a ledger: what each shows is gathered here, and drawn by a module of its own.

Who asks again and again hands in what he has ``kept`` of a revision; without it everything is worked out anew.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from communique.knowledge.registry import Registry
from communique.model import Claim
from communique.pictures.calendar import contact_calendar, slot
from communique.pictures.faces import faces, two_sides
from communique.pictures.lanes import Pair, lanes
from communique.pictures.marks import CHANNEL_WORDS
from communique.pictures.network import MOST, Of
from communique.pictures.network import network as drawn_network
from communique.pictures.picture import Picture
from communique.pictures.staircase import staircase
from communique.pictures.svg import Link, no_link
from communique.reconcile.names import same_person
from communique.views.agreements import LifeLine, life_lines
from communique.views.asking import side_name
from communique.views.check import book, check
from communique.views.compare import compare
from communique.views.confirming import confirmed_by
from communique.views.contacts import ContactRow, Wanted, contact_row, contact_rows
from communique.views.documents import Coverage, Gap, coverage
from communique.views.plans import PlanRow, plan_rows
from communique.views.snapshot import Snapshot
from communique.views.snapshot import kept as remembered
from communique.views.words import parties_words, when_words

if TYPE_CHECKING:  # its home reads ledgers, which pictures of what was just read do without
    from communique.views.shelf import Held

ALL = Wanted()
Days = tuple[date | None, date | None]


def calendar(
    ledger: Snapshot, registry: Registry, wanted: Wanted, link: Link = no_link, kept: Held | None = None
) -> Picture:
    """The calendar of the contacts wanted: of a person, a pair, or all."""
    rows = _rows(ledger, wanted, kept)
    years = [first.year for kind, first in (slot(row.when) for row in rows) if kind != "open"]
    days = (date(min(years), 1, 1), date(max(years), 12, 31)) if years else (date.max, date.min)
    sides = wanted.between or _sides_of(wanted.person, rows)
    return contact_calendar(rows, _title(registry, wanted), _coverage(ledger, kept).uncovered(*days, sides), link)


def timeline(
    ledger: Snapshot, registry: Registry, sides: tuple[str, str], days: Days = (None, None), link: Link = no_link,
    kept: Held | None = None,
) -> Picture:  # fmt: skip
    """The lanes of two sides, within ``days`` or over all that is known of them."""
    rows = _rows(ledger, Wanted(between=sides), kept)
    plans = kept.plans_between(sides) if kept else tuple(p for p in plan_rows(ledger) if _sides(p).issuperset(sides))
    planned = {contact for plan in plans for contact in plan.chain}
    contacts = tuple(row for row in rows if row.id not in planned)
    confirmed = {row.id: confirmed_by(ledger, row) for row in contacts}
    agreements = tuple(
        line for line in (kept.lines if kept else life_lines(ledger, registry)) if _concerns(line, registry, sides)
    )
    pair = Pair(sides, contacts, confirmed, plans, agreements)
    first, last = days[0] or pair.span[0], days[1] or pair.span[1]
    gaps = _gaps(_coverage(ledger, kept), first, last, sides)
    names = " and ".join(side_name(registry, side) for side in sides)
    return lanes(replace(pair, gaps=gaps), names, (first, last), link)


def network(
    ledger: Snapshot, of: Of = "people", wanted: Wanted = ALL, most: int = MOST, link: Link = no_link,
    kept: Held | None = None,
) -> Picture:  # fmt: skip
    """Who met whom in the time wanted; its other wishes choose the contacts that there are at all."""
    rows = _rows(ledger, replace(wanted, since=None, until=None), kept)
    return drawn_network(rows, of, f"Who met whom: {of}", (wanted.since, wanted.until), most, link)


def claim(
    ledger: Snapshot, said: Claim, words: str, told: date | None, link: Link = no_link, kept: Held | None = None
) -> Picture:
    """A claim, in its own words, made on a day, against the ledger."""
    return staircase(said, check(said, kept.book if kept else book(ledger), told), words, told, link)


def face_to_face(
    ledger: Snapshot, contact: str, sides: tuple[str, str] | None = None, link: Link = no_link,
    kept: Held | None = None,
) -> Picture:  # fmt: skip
    """The accounts of a contact by two sides (by default the first two that have one). Raises KeyError."""
    comparison = kept.comparison(contact) if kept else compare(ledger, contact, sentences=False)
    row = contact_row(ledger, contact)
    title = f"{when_words(row.when)}: {CHANNEL_WORDS[row.channel]}, {parties_words(row.parties)}"
    return faces(ledger, comparison, sides or two_sides(comparison), title, link)


def _rows(ledger: Snapshot, wanted: Wanted, held: Held | None) -> tuple[ContactRow, ...]:
    """The contacts wanted. All contacts are the same tuple each time: by it the network knows its places again."""
    if wanted == ALL:
        return held.rows if held else _every(ledger)
    if held is None:
        return contact_rows(ledger, wanted)
    among = held.rows
    if wanted.between or wanted.person:
        among = held.between(wanted.between) if wanted.between else held.of_person(wanted.person or "")
    return tuple(row for row in among if wanted.fits(row))


@remembered
def _every(ledger: Snapshot) -> tuple[ContactRow, ...]:
    return contact_rows(ledger)


def _coverage(ledger: Snapshot, kept: Held | None) -> Coverage:
    return kept.coverage if kept else coverage(ledger.documents.values(), ledger.issuers)


def _sides(plan: PlanRow) -> set[str | None]:
    return {party.side for party in plan.parties}


def _sides_of(person: str | None, rows: tuple[ContactRow, ...]) -> tuple[str, ...]:
    parties = (p for row in rows for p in row.parties if person and p.name and p.side)
    return tuple(sorted({p.side or "" for p in parties if same_person(person or "", p.name or "")}))


def _title(registry: Registry, wanted: Wanted) -> str:
    sides = " and ".join(side_name(registry, side) for side in wanted.between)
    if wanted.person:
        return f"Contacts of {wanted.person}{f' ({sides})' if sides else ''}"
    return f"Contacts of {sides}" if len(wanted.between) == 1 else sides or "All contacts"


def _gaps(covered: Coverage, first: date, last: date, sides: tuple[str, ...]) -> tuple[Gap, ...]:
    """Runs of days on which every source of the sides is silent."""
    runs: list[list[date]] = []
    for day in sorted(covered.uncovered(first, last, sides)):
        if runs and day - runs[-1][-1] == timedelta(1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return tuple(Gap(run[0], run[-1], "no document of these days is in the ledger") for run in runs)


def _concerns(line: LifeLine, registry: Registry, sides: tuple[str, str]) -> bool:
    known = registry.agreements.get(line.agreement)
    involved = {*(known.parties if known else ()), *(side for step in line.steps for side in step.by)}
    return involved.issuperset(sides)
