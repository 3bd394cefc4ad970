"""What is asked of the tables: portable SQL that narrows down, and streams of the model's nouns in a fixed order.

Everything comes sorted by document id and place in the document, whatever the order in which it was read in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, select, true

from communique.ledger import schema
from communique.ledger.rows import ACTIONS, CLAIMS, REPORTS, Kind, R, columns_of, document_of, issue_of, record_of
from communique.model import AgreementAction, Claim, Contact, Document, Issue, Reading, Report
from communique.reconcile.names import same_person

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Filters:
    """What to list; what is not set does not matter.

    ``sides``: all of them take part (states or organisations). ``person``: a name, or a part of one, as people write
    it. ``since``/``until``: days that the record may touch; an end that is open touches everything beyond, a record
    without any day nothing. ``publisher``, ``ids``: of the documents.
    """

    sides: tuple[str, ...] = ()
    person: str | None = None
    since: date | None = None
    until: date | None = None
    channels: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    publisher: str | None = None
    ids: tuple[str, ...] = ()


ALL = Filters()


def chunks(items: Iterable[Any], size: int = CHUNK) -> Iterator[list[Any]]:
    """Items by the hundred, so that no query grows without bound."""
    held: list[Any] = []
    for item in items:
        held.append(item)
        if len(held) == size:
            yield held
            held = []
    if held:
        yield held


def partitions(connection: Connection, query: Select[Any]) -> Iterator[Sequence[RowMapping]]:
    """The rows of a query by the hundred, without holding all of them."""
    result = connection.execute(query, execution_options={"yield_per": CHUNK})
    yield from result.mappings().partitions()


def records(connection: Connection, kind: Kind[R], filters: Filters = ALL) -> Iterator[R]:
    """The current records of a kind that the filters let through."""
    return records_where(connection, kind, filters, true())


def records_where(
    connection: Connection, kind: Kind[R], filters: Filters, condition: ColumnElement[bool]
) -> Iterator[R]:
    """Those of them that also meet a condition on the table of the kind."""
    table = kind.table
    query = select(table).where(table.c.current, condition, *conditions(connection, kind, filters))
    query = query.order_by(table.c.document, table.c.ordinal)
    for rows in partitions(connection, query):
        yield from _assembled(connection, kind, rows)


def reports_by_id(connection: Connection, ids: Iterable[str]) -> Iterator[Report]:
    """The current reports of these ids, by document and place within every few hundred ids."""
    table = schema.reports
    for some in chunks(dict.fromkeys(ids)):
        query = select(table).where(table.c.current, table.c.id.in_(some)).order_by(table.c.document, table.c.ordinal)
        yield from _assembled(connection, REPORTS, connection.execute(query).mappings().all())


def _assembled(connection: Connection, kind: Kind[R], rows: Sequence[RowMapping]) -> Iterator[R]:
    fields = kind.fields
    keys = [row["key"] for row in rows]
    query = select(*columns_of(fields)).where(fields.c.owner.in_(keys))
    values: defaultdict[int, list[Sequence[Any]]] = defaultdict(list)
    for value in connection.execute(query.order_by(fields.c.owner, fields.c.field, fields.c.ordinal)):
        values[value[0]].append(value)
    return (record_of(kind, row, values[row["key"]]) for row in rows)


def conditions(connection: Connection, kind: Kind[Any], filters: Filters) -> Iterator[ColumnElement[bool]]:
    """The filters as conditions on the table of a kind."""
    table, fields = kind.table, kind.fields
    for side in filters.sides:
        yield _has(kind, _acts_for(kind, side))
    if filters.person is not None:
        names = people_like(connection, filters.person)
        yield _has(kind, and_(fields.c.field == "parties", fields.c.label.in_(names)))
    if filters.topics:
        yield _has(kind, and_(fields.c.field == "topics", fields.c.label.in_(sorted(filters.topics))))
    for column, wanted in (("channel", filters.channels), ("status", filters.statuses)):
        if wanted and column in table.c:
            yield table.c[column].in_(sorted(wanted))
    if filters.ids:
        yield table.c.document.in_(filters.ids)
    yield from _in_time(table.c.day_from, table.c.day_to, filters)
    yield from _published_by(kind, filters)


def _has(kind: Kind[Any], condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return kind.table.c.key.in_(select(kind.fields.c.owner).where(condition))


def _acts_for(kind: Kind[Any], side: str) -> ColumnElement[bool]:
    """A party of that side; what was done to agreements has no parties, but sides that did it."""
    columns = kind.fields.c
    return and_(columns.field == "by", columns.label == side) if kind is ACTIONS else columns.side == side


def _in_time(first: ColumnElement[Any], last: ColumnElement[Any], filters: Filters) -> Iterator[ColumnElement[bool]]:
    if filters.since is not None:
        yield last >= filters.since
    if filters.until is not None:
        yield first <= filters.until


def _published_by(kind: Kind[Any], filters: Filters) -> Iterator[ColumnElement[bool]]:
    readings = schema.readings
    if filters.publisher is not None:
        query = select(readings.c.key).where(readings.c.current, readings.c.publisher == filters.publisher)
        yield kind.table.c.reading_key.in_(query)


def people_like(connection: Connection, person: str) -> list[str]:
    """The names in the ledger that may be the person's."""
    names = connection.execute(select(schema.names.c.name)).scalars()
    return sorted(name for name in names if same_person(person, name))


def _documents(filters: Filters) -> Select[Any]:
    """Texts with what is known of them now, sorted."""
    readings = schema.readings
    query = _texts().where(readings.c.current)
    if filters.ids:
        query = query.where(readings.c.document.in_(filters.ids))
    if filters.publisher is not None:
        query = query.where(readings.c.publisher == filters.publisher)
    dates = _in_time(readings.c.published_from, readings.c.published_to, filters)
    return query.where(*dates).order_by(readings.c.document)


def _texts() -> Select[Any]:
    """All texts with all that was ever known of them."""
    documents, readings = schema.documents, schema.readings
    query = select(readings, documents.c.id, documents.c.title, documents.c.text, documents.c.version)
    return query.join(documents, documents.c.key == readings.c.document_key)


def documents(connection: Connection, filters: Filters = ALL) -> Iterator[Document]:
    """Documents by id; ``since``/``until`` are here days of publication."""
    for rows in partitions(connection, _documents(filters)):
        yield from map(document_of, rows)


def arrivals(connection: Connection) -> Iterator[Document]:
    """The documents that hold now, those read first coming first."""
    readings = schema.readings
    for rows in partitions(connection, _texts().where(readings.c.current).order_by(readings.c.key)):
        yield from map(document_of, rows)


def versions(connection: Connection, identity: str) -> tuple[Document, ...]:
    """Every text that a document ever had, oldest first, each with what was last known of it."""
    documents, readings = schema.documents, schema.readings
    query = _texts().where(documents.c.id == identity)
    rows = connection.execute(query.order_by(documents.c.version, readings.c.key)).mappings().all()
    return tuple(
        document_of({row["version"]: row for row in group}.popitem()[1]) for _, group in groupby(rows, _version)
    )


def _version(row: RowMapping) -> int:
    return int(row["version"])


def readings(connection: Connection, filters: Filters = ALL) -> Iterator[Reading]:
    """Everything that each document says, document by document."""
    return _read(connection, _documents(filters))


def chosen_readings(connection: Connection, condition: ColumnElement[bool]) -> Iterator[Reading]:
    """The readings, current or not, that meet a condition on their table."""
    return _read(connection, _texts().where(condition).order_by(schema.readings.c.key))


def _read(connection: Connection, query: Select[Any]) -> Iterator[Reading]:
    for rows in partitions(connection, query):
        keys = [row["key"] for row in rows]
        reports, claims, actions = (_by_reading(connection, kind, keys) for kind in (REPORTS, CLAIMS, ACTIONS))
        issues = _issues(connection, keys)
        for row in rows:
            key = row["key"]
            parts = (tuple(held.get(key, ())) for held in (reports, claims, actions, issues))
            yield Reading(document_of(row), *parts)


def _by_reading(connection: Connection, kind: Kind[R], keys: Collection[int]) -> dict[int, list[R]]:
    table = kind.table
    query = select(table).where(table.c.reading_key.in_(keys)).order_by(table.c.reading_key, table.c.ordinal)
    rows = connection.execute(query).mappings().all()
    held: dict[int, list[R]] = {}
    for row, record in zip(rows, _assembled(connection, kind, rows), strict=True):
        held.setdefault(row["reading_key"], []).append(record)
    return held


def _issues(connection: Connection, keys: Collection[int]) -> dict[int, list[Issue]]:
    table = schema.issues
    query = select(table).where(table.c.reading_key.in_(keys)).order_by(table.c.reading_key, table.c.ordinal)
    held: dict[int, list[Issue]] = {}
    for row in connection.execute(query).mappings():
        held.setdefault(row["reading_key"], []).append(issue_of(row))
    return held


def set_aside(connection: Connection) -> Iterator[Issue]:
    """Problems with inputs that never became documents, by path and line."""
    table = schema.issues
    places = (table.c.path.nulls_first(), table.c.line.nulls_first(), table.c.key)
    query = select(table).where(table.c.reading_key.is_(None)).order_by(*places)
    for rows in partitions(connection, query):
        yield from map(issue_of, rows)


def contacts(connection: Connection, filters: Filters | None = None) -> Iterator[Contact]:
    """Contacts by id, whole; with filters, those of which a report passes them."""
    members = schema.contact_members
    query = select(members).order_by(members.c.contact, members.c.ordinal)
    if filters is not None:
        reports = schema.reports
        passing = select(reports.c.id).where(reports.c.current, *conditions(connection, REPORTS, filters))
        query = query.where(members.c.contact.in_(select(members.c.contact).where(members.c.report.in_(passing))))
    rows = (row for part in partitions(connection, query) for row in part)
    for contact, group in groupby(rows, lambda row: row["contact"]):
        yield Contact(contact, tuple(row["report"] for row in group))


def contacts_holding(connection: Connection, reports: Iterable[str]) -> tuple[Contact, ...]:
    """The contacts, whole, that any of these reports belongs to, by id."""
    members = schema.contact_members
    found: dict[str, list[str]] = {}
    for some in chunks(dict.fromkeys(reports)):
        holding = select(members.c.contact).where(members.c.report.in_(some))
        query = select(members).where(members.c.contact.in_(holding)).order_by(members.c.contact, members.c.ordinal)
        fresh: dict[str, list[str]] = {}
        for row in connection.execute(query):
            fresh.setdefault(row.contact, []).append(row.report)
        found |= fresh
    return tuple(Contact(identity, tuple(found[identity])) for identity in sorted(found))


Found = Document | Report | Claim | AgreementAction | Contact


def beginning(connection: Connection, prefix: str, most: int) -> list[tuple[str, str]]:
    """The kinds and ids of what begins with ``prefix``, at most so many."""
    found: set[tuple[str, str]] = set()
    for what, (column, condition) in _IDS.items():
        query = select(column).where(condition, column >= prefix, column < prefix + "\U0010ffff")
        found |= {(what, str(identity)) for identity in connection.execute(query.distinct().limit(most)).scalars()}
    exact = {pair for pair in found if pair[1] == prefix}
    return sorted(exact or found)[:most]


_IDS: dict[str, tuple[ColumnElement[Any], ColumnElement[bool]]] = {
    "contact": (schema.contacts.c.id, true()),
    "document": (schema.readings.c.document, schema.readings.c.current),
    "report": (schema.reports.c.id, schema.reports.c.current),
    "claim": (schema.claims.c.id, schema.claims.c.current),
    "agreement": (schema.agreement_actions.c.id, schema.agreement_actions.c.current),
}


def contact(connection: Connection, identity: str) -> Contact | None:
    """A contact by its id, or the one that a former id has become part of."""
    former, members = schema.former_contacts, schema.contact_members
    seen: set[str] = set()
    while identity not in seen:
        seen.add(identity)
        query = select(members.c.report).where(members.c.contact == identity).order_by(members.c.ordinal)
        if reports := tuple(connection.execute(query).scalars()):
            return Contact(identity, reports)
        successor = connection.execute(select(former.c.successor).where(former.c.id == identity)).scalar()
        identity = successor or identity
    return None


def _record(kind: Kind[R]) -> Callable[[Connection, str], R | None]:
    def fetch(connection: Connection, identity: str) -> R | None:
        table = kind.table
        query = select(table).where(table.c.id == identity, table.c.current).order_by(table.c.document)
        rows = connection.execute(query).mappings().all()
        return next(_assembled(connection, kind, rows), None)

    return fetch


def _document(connection: Connection, identity: str) -> Document | None:
    return next(documents(connection, Filters(ids=(identity,))), None)


FETCH: dict[str, Callable[[Connection, str], Found | None]] = {
    "contact": contact,
    "document": _document,
    "report": _record(REPORTS),
    "claim": _record(CLAIMS),
    "agreement": _record(ACTIONS),
}
