"""Contacts as a ledger's reports together tell of them: a row each, filtered, and one contact in full."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from communique.ledger.values import party_json
from communique.model import Channel, Party, Report, Status
from communique.reconcile.features import published_day
from communique.reconcile.names import same_person
from communique.views import agree
from communique.views.agree import Answer, Interval
from communique.views.documents import source_name
from communique.views.records import report_record
from communique.views.snapshot import Snapshot, kept

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One contact. ``reports``, ``outlets`` and ``independent`` are three numbers: copies of a text are one source.

    ``plan_of`` is, for a plan, the contact that fulfilled it; ``fulfils``, for a contact held, the plan it fulfils.
    ``answers`` has for each field the value to go by and who says what; ``disputed`` names the fields in dispute;
    ``sides`` are the states and organisations that took part.
    """

    id: str
    status: Status
    channel: Channel
    when: Interval | None
    place: str | None
    parties: tuple[Party, ...]
    topics: tuple[str, ...]
    documents: tuple[str, ...]
    reports: int
    outlets: int
    independent: int
    plan_of: str | None = None
    fulfils: str | None = None
    disputed: tuple[str, ...] = ()
    answers: dict[str, Answer[Any]] = field(default_factory=dict)
    sides: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sides", frozenset(p.side for p in self.parties if p.side))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which contacts to list; what is not set does not matter. A contact may lie across ``since`` or ``until``."""

    between: tuple[str, ...] = ()
    person: str | None = None
    since: date | None = None
    until: date | None = None
    channels: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()

    def fits(self, row: ContactRow) -> bool:
        """True if the row is asked for."""
        return (
            row.sides.issuperset(self.between)
            and (self.person is None or any(p.name and same_person(self.person, p.name) for p in row.parties))
            and (not self.channels or row.channel in self.channels)
            and (not self.statuses or row.status in self.statuses)
            and (not self.topics or bool(self.topics & set(row.topics)))
            and self._in_time(row)
        )

    def _in_time(self, row: ContactRow) -> bool:
        if self.since is None and self.until is None:
            return True
        if row.when is None:
            return False
        first, last = row.when.earliest or date.min, row.when.latest or date.max
        return first <= (self.until or date.max) and last >= (self.since or date.min)


def contact_rows(ledger: Snapshot, wanted: Wanted = Wanted()) -> tuple[ContactRow, ...]:
    """The contacts asked for, in the order of time; those without a date come last."""
    rows = (contact_row(ledger, contact) for contact in ledger.contacts_of(wanted.between))
    return tuple(sorted((r for r in rows if wanted.fits(r)), key=_order))


@kept
def contact_row(ledger: Snapshot, contact: str) -> ContactRow:
    """One contact, by its id; raises KeyError if there is none."""
    reports = ledger.accounts(contact)
    answers = field_answers(ledger, reports)
    documents = tuple(sorted({r.document for r in reports}))
    return ContactRow(
        id=contact,
        status=answers["status"].value or "held",
        channel=answers["channel"].value or "unspecified",
        when=answers["when"].value,
        place=answers["place"].value,
        parties=agree.parties(reports),
        topics=tuple(sorted({t.value.topic for r in reports for t in r.topics})),
        documents=documents,
        reports=len(reports),
        outlets=len({_outlet(ledger, d) for d in documents}),
        independent=len(ledger.copies.groups(documents)) if len(documents) > 1 else len(documents),
        plan_of=ledger.fulfilled.get(contact),
        fulfils=ledger.plans_of.get(contact),
        disputed=tuple(name for name, answer in answers.items() if answer.disputed),
        answers=answers,
    )


def contact_json(row: ContactRow) -> Json:
    """A line of ``contacts --json``."""
    return {
        "id": row.id,
        "status": row.status,
        "channel": row.channel,
        "when": interval_json(row.when),
        "place": row.place,
        "parties": [party_json(p) for p in row.parties],
        "documents": list(row.documents),
        "reports": row.reports,
        "outlets": row.outlets,
        "independent": row.independent,
        "plan_of": row.plan_of,
        "fulfils": row.fulfils,
        "disputed": list(row.disputed),
    }


def show_json(ledger: Snapshot, contact: str) -> Json:
    """``show ID --json``: the contact with every account of it, and what is said of each field by whom."""
    accounts = [
        {
            "document": report.document,
            "side": ledger.issuers.of(ledger.documents[report.document])
            if report.document in ledger.documents
            else None,
            "record": report_record(report, ledger.documents[report.document]),
        }
        for report in sorted(ledger.accounts(contact), key=lambda r: _reading_order(ledger, r))
    ]
    row = contact_row(ledger, contact)
    return contact_json(row) | {"accounts": accounts, "fields": list(_fields_json(row))}


def interval_json(interval: Interval | None) -> Json | None:
    """``{"edtf", "from", "to"}``, or None."""
    if interval is None:
        return None
    ends = (interval.earliest, interval.latest)
    return {"edtf": interval.edtf} | {
        name: day and day.isoformat() for name, day in zip(("from", "to"), ends, strict=True)
    }


def _fields_json(row: ContactRow) -> Iterator[Json]:
    for name, answer in row.answers.items():
        sayings = [{"value": value_json(s.value), "reports": list(s.reports)} for s in answer.sayings]
        if sayings:
            yield {"field": name, "value": value_json(answer.value), "disputed": answer.disputed, "said": sayings}


def value_json(value: object) -> object:
    """A field's value as JSON answers hold it."""
    return interval_json(value) if isinstance(value, Interval) else value


def field_answers(ledger: Snapshot, reports: Sequence[Report]) -> dict[str, Answer[Any]]:
    """What reports say together of each field, by its name."""
    return {
        "status": agree.status(reports, lambda r: published_day(ledger.documents.get(r.document))),
        "channel": agree.channel(reports),
        "when": agree.when(reports),
        "place": agree.place(reports),
        "initiator": agree.plain(reports, lambda r: r.initiator),
        "duration_minutes": agree.plain(reports, lambda r: r.duration_minutes),
    }


def _outlet(ledger: Snapshot, document: str) -> str:
    known = ledger.documents.get(document)
    return source_name(known) if known and known.publisher else document


def _reading_order(ledger: Snapshot, report: Report) -> tuple[date, str]:
    return published_day(ledger.documents.get(report.document)) or date.max, report.id


def _order(row: ContactRow) -> tuple[date, date, str]:
    when = row.when
    return (when.earliest if when else None) or date.max, (when.latest if when else None) or date.max, row.id


def unknown(ledger: Snapshot, contacts: Iterable[str]) -> tuple[str, ...]:
    """Those of the ids that no contact has."""
    return tuple(c for c in contacts if c not in ledger.contacts)
