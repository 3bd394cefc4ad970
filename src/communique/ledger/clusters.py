"""Contacts in the ledger: which reports are one contact, as it was computed. Only what differs is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence

from sqlalchemy import Connection, delete, insert, select

from communique.ledger import schema
from communique.ledger.queries import chunks, contacts
from communique.ledger.writing import Change
from communique.model import Contact


def put_contacts(change: Change, new: Iterable[Contact], replacing: Collection[str] | None = None) -> int:
    """Makes the contacts ``replacing`` (all, if None) give way to ``new``; returns how many were written or removed.

    The id of a contact that is gone leads to the one that holds most of its reports.
    """
    wanted = {contact.id: contact.reports for contact in new if contact.reports}
    gone: dict[str, tuple[str, ...]] = {}
    for contact in _held(change.connection, wanted, replacing):
        if wanted.get(contact.id) == contact.reports:
            del wanted[contact.id]
        else:
            gone[contact.id] = contact.reports
    if wanted or gone:
        _remove(change.connection, gone)
        _insert(change.connection, wanted)
        _redirect(change.connection, {old: reports for old, reports in gone.items() if old not in wanted})
        change.count()
    return len(wanted.keys() | gone.keys())


def _held(connection: Connection, wanted: Collection[str], replacing: Collection[str] | None) -> Iterable[Contact]:
    """The stored contacts that are to give way, or that bear the id of a new one."""
    if replacing is None:
        yield from contacts(connection)
        return
    members = schema.contact_members
    for ids in chunks(sorted({*replacing, *wanted})):
        query = select(members).where(members.c.contact.in_(ids)).order_by(members.c.contact, members.c.ordinal)
        held: dict[str, list[str]] = {}
        for row in connection.execute(query):
            held.setdefault(row.contact, []).append(row.report)
        yield from (Contact(identity, tuple(reports)) for identity, reports in held.items())


def _remove(connection: Connection, gone: Collection[str]) -> None:
    for ids in chunks(sorted(gone)):
        connection.execute(delete(schema.contact_members).where(schema.contact_members.c.contact.in_(ids)))
        connection.execute(delete(schema.contacts).where(schema.contacts.c.id.in_(ids)))


def _insert(connection: Connection, wanted: dict[str, tuple[str, ...]]) -> None:
    for ids in chunks(sorted(wanted)):
        rows = [
            {"contact": identity, "ordinal": n, "report": report}
            for identity in ids
            for n, report in enumerate(wanted[identity])
        ]
        connection.execute(delete(schema.former_contacts).where(schema.former_contacts.c.id.in_(ids)))
        connection.execute(insert(schema.contacts), [{"id": identity} for identity in ids])
        connection.execute(insert(schema.contact_members), rows)


def _redirect(connection: Connection, gone: dict[str, tuple[str, ...]]) -> None:
    holder = _holders(connection, sorted({report for reports in gone.values() for report in reports}))
    for old, reports in sorted(gone.items()):
        votes = Counter(holder[report] for report in reports if report in holder)
        if votes:
            successor = min(votes, key=_most(votes))
            connection.execute(insert(schema.former_contacts).values(id=old, successor=successor))


def _most(votes: Counter[str]) -> Callable[[str], tuple[int, str]]:
    return lambda identity: (-votes[identity], identity)


def _holders(connection: Connection, reports: Sequence[str]) -> dict[str, str]:
    members = schema.contact_members
    held: dict[str, str] = {}
    for ids in chunks(reports):
        query = select(members.c.report, members.c.contact).where(members.c.report.in_(ids))
        held |= {row.report: row.contact for row in connection.execute(query)}
    return held
