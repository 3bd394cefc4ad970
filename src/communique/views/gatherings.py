"""A meeting of two at a gathering of many, told of in one document: two contacts, each with a link to the other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from communique.reconcile.names import same_person
from communique.views.contacts import ContactRow, contact_row
from communique.views.snapshot import Snapshot

IN_PERSON = frozenset(("meeting", "visit", "talks"))
MANY = 3
"""So many sides make a gathering at which others can meet apart."""


def gathering_of(ledger: Snapshot, contact: str) -> str | None:
    """The gathering at which a contact took place, if a document tells of both; of several the smallest."""
    row = contact_row(ledger, contact)
    around = (other for other in _told_beside(ledger, row) if _within(row, other))
    return min(((len(o.sides), o.id) for o in around), default=(0, None))[1]


def meetings_at(ledger: Snapshot, contact: str) -> tuple[str, ...]:
    """The meetings of fewer at a gathering, by id."""
    row = contact_row(ledger, contact)
    return tuple(sorted(other.id for other in _told_beside(ledger, row) if _within(other, row)))


def gathering_json(ledger: Snapshot, contact: str) -> dict[str, Any]:
    """``{"part_of": id or null, "parts": [ids]}``: what ``show --json`` says beyond the contact itself."""
    return {"part_of": gathering_of(ledger, contact), "parts": list(meetings_at(ledger, contact))}


def _told_beside(ledger: Snapshot, row: ContactRow) -> Iterator[ContactRow]:
    beside = {ledger.contact_of.get(r.id) for name in row.documents for r in ledger.reports_of.get(name, ())}
    return (contact_row(ledger, one) for one in sorted(c for c in beside if c and c != row.id))


def _within(part: ContactRow, whole: ContactRow) -> bool:
    """True if all of the smaller circle were at the gathering, in person and on those days."""
    if not (part.sides < whole.sides and len(whole.sides) >= MANY and part.status == whole.status):
        return False
    met = {part.channel, whole.channel} <= IN_PERSON
    return met and _same_days(part, whole) and all(_there(name, whole) for name in _names(part))


def _names(row: ContactRow) -> Iterator[str]:
    return (p.name for p in row.parties if p.name)


def _there(name: str, whole: ContactRow) -> bool:
    return any(same_person(name, other) for other in _names(whole))


def _same_days(a: ContactRow, b: ContactRow) -> bool:
    if a.when is None or b.when is None:
        return True
    starts = (a.when.earliest or date.min) <= (b.when.latest or date.max)
    return starts and (b.when.earliest or date.min) <= (a.when.latest or date.max)
