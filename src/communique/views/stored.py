"""A snapshot of what a ledger holds now, whole or only what concerns some sides."""

from __future__ import annotations

from collections.abc import Collection

from communique.ledger import Filters, Ledger
from communique.reconcile import Issuers
from communique.reconcile.judgements import all_corrected
from communique.reconcile.plans import links
from communique.views.snapshot import Snapshot, snapshot


def stored(ledger: Ledger, issuers: Issuers, sides: tuple[str, ...] = ()) -> Snapshot:
    """What questions are asked of. With ``sides``, only contacts that some report says all of them took part in.

    Documents, claims and agreements are those of the whole ledger: what a source covers hangs on all it published.
    """
    judgements = tuple(ledger.judgements())
    contacts = {c.id: c for c in ledger.contacts(Filters(sides=sides) if sides else None)}
    wanted = (report for contact in contacts.values() for report in contact.reports)
    found = ledger.reports_by_id(wanted) if sides else ledger.reports()
    reports = {r.id: r for r in all_corrected(found, judgements)}
    documents = {d.id: d for d in ledger.documents()}
    return Snapshot(
        documents=documents,
        reports=reports,
        contacts=contacts,
        claims=tuple(ledger.claims()),
        agreements=tuple(ledger.agreements()),
        judgements=judgements,
        fulfilled=links(contacts.values(), reports, documents, issuers),
        issuers=issuers,
    )


def stored_at(
    ledger: Ledger, issuers: Issuers, moment: str, sides: Collection[str] = ()
) -> tuple[int, Snapshot]:  # fmt: skip
    """The revision of a number, day or time, and what the ledger held then; its contacts are worked out again.

    With ``sides``, only what contacts of these sides can hang on. Raises NotFoundError where there is no such revision.
    """
    number, readings, judgements = ledger.at(moment, sides)
    ordered = sorted(readings, key=lambda reading: reading.document.id)
    return number, snapshot(ordered, judgements, issuers)
