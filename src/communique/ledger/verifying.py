"""Whether a ledger is whole: pages, references, texts against their hashes, and every quote against its text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CompoundSelect, Connection, RowMapping, Select, bindparam, exists, select, union_all
from sqlalchemy.exc import DBAPIError

from communique.ledger import schema
from communique.ledger.rows import ACTIONS, CLAIMS, REPORTS, Kind, crc, text_hash
from communique.model import Document


@dataclass(frozen=True, slots=True)
class Damage:
    """Something that is not as it was stored: ``what`` it is, the id it has (or had), and what is wrong with it.

    ``document``: the one whose words are meant, where quotes are.
    """

    what: str
    id: str
    message: str
    document: str = ""


def verify(connection: Connection, check_pages: Callable[[Connection], Iterator[str]]) -> Iterator[Damage]:
    """Everything that is wrong with a ledger, nothing if it is whole. Damaged pages end no check but their own."""
    pages = (Damage("page", "", message) for message in check_pages(connection))
    yield from _guarded("ledger", "", pages)
    yield from _guarded("ledger", "", _texts(connection))
    yield from _guarded("ledger", "", _lost_members(connection))


def _guarded(what: str, identity: str, found: Iterator[Damage]) -> Iterator[Damage]:
    try:
        yield from found
    except (DBAPIError, UnicodeError) as error:
        yield Damage(what, identity, f"cannot be read: {getattr(error, 'orig', error)}")


def _texts(connection: Connection) -> Iterator[Damage]:
    table = schema.documents
    # An index has all three columns, so that a damaged page of texts hides no document.
    query = select(table.c.id, table.c.version, table.c.key).order_by(table.c.id, table.c.version)
    for identity, _, key in connection.execute(query).all():
        yield from _guarded("document", identity, _document(connection, identity, key))


def of_document(connection: Connection, identity: str) -> Iterator[Damage]:
    """What is wrong with the versions of one document."""
    with suppress(DBAPIError, UnicodeError):
        if not any(_damaged(connection, (identity,), _ALL_PLACES)):
            return
    table = schema.documents
    for key in connection.execute(select(table.c.key).where(table.c.id == identity)).scalars().all():
        yield from _guarded("document", identity, _document(connection, identity, key))


def _document(connection: Connection, identity: str, key: int) -> Iterator[Damage]:
    table = schema.documents
    row = connection.execute(select(table).where(table.c.key == key)).mappings().first()
    if row is None:
        yield Damage("document", identity, "its text is gone")
        return
    document = Document(row["id"], row["text"], row["title"])
    if text_hash(document) != row["sha256"]:
        yield Damage("document", document.id, f"the text of version {row['version']} is not the one that was stored")
        return
    for kind in (REPORTS, CLAIMS, ACTIONS):
        yield from _quotes(connection, kind, {key: document})
    yield from _triggers(connection, {key: document})


def damaged(connection: Connection, documents: Collection[str]) -> frozenset[str]:
    """Those of some documents whose texts, or quotes in reports of them, are not as they were stored.

    A quick look for pages; ``of_document`` says what is wrong. What cannot be read at all makes all of them suspect.
    """
    try:
        return frozenset(_damaged(connection, documents, _PLACES))
    except (DBAPIError, UnicodeError):
        return frozenset(documents)


def _damaged(connection: Connection, documents: Collection[str], places: CompoundSelect[Any]) -> Iterator[str]:
    texts = {}
    for key, identity, text, title, stored in connection.execute(_WHOLE, {"ids": list(documents)}):
        texts[key] = document = Document(identity, text, title)
        if text_hash(document) != stored:
            yield document.id
    for key, part, start, stop, checksum in connection.execute(places, {"keys": list(texts)}):
        if not _stands_at(part, start, stop, checksum, texts[key]):
            yield texts[key].id


def _places(*kinds: Kind[Any]) -> CompoundSelect[Any]:
    """Every place in some documents (``keys``) that their records speak of, with the checksum of its words."""
    reports, readings = schema.reports.c, schema.readings
    read = readings.c.document_key.in_(bindparam("keys", expanding=True))
    own = (reports.trigger_part, reports.trigger_start, reports.trigger_stop, reports.trigger_crc)
    triggers = select(readings.c.document_key, *own).join(readings, readings.c.key == reports.reading_key).where(read)
    return union_all(triggers, *(_quoted_places(kind).where(read) for kind in kinds))


def _quoted_places(kind: Kind[Any]) -> Select[Any]:
    table, fields, readings = kind.table, kind.fields, schema.readings
    quotes = select(readings.c.document_key, fields.c.part, fields.c.start, fields.c.stop, fields.c.crc)
    return quotes.join(table, table.c.key == fields.c.owner).join(readings, readings.c.key == table.c.reading_key)


_TABLE = schema.documents.c
_WHOLE = select(_TABLE.key, _TABLE.id, _TABLE.text, _TABLE.title, _TABLE.sha256).where(
    _TABLE.id.in_(bindparam("ids", expanding=True))
)
_PLACES, _ALL_PLACES = _places(REPORTS), _places(REPORTS, CLAIMS, ACTIONS)


def _quotes(connection: Connection, kind: Kind[Any], texts: Mapping[int, Document]) -> Iterator[Damage]:
    table, fields, readings = kind.table, kind.fields, schema.readings
    query = select(table.c.id, readings.c.document_key, fields).join(table, table.c.key == fields.c.owner)
    query = query.join(readings, readings.c.key == table.c.reading_key).where(readings.c.document_key.in_(texts))
    what = kind.model.__name__.lower()
    for row in connection.execute(query.order_by(fields.c.owner, fields.c.field, fields.c.ordinal)).mappings():
        document = texts[row["document_key"]]
        if not _stands(row, "", document):
            yield Damage(what, row["id"], f"{row['field']}: {_moved(row, '', document)}", document.id)


def _triggers(connection: Connection, texts: Mapping[int, Document]) -> Iterator[Damage]:
    table, readings = schema.reports, schema.readings
    query = select(table, readings.c.document_key).join(readings, readings.c.key == table.c.reading_key)
    for row in connection.execute(query.where(readings.c.document_key.in_(texts)).order_by(table.c.key)).mappings():
        document = texts[row["document_key"]]
        if not _stands(row, "trigger_", document):
            yield Damage("report", row["id"], _moved(row, "trigger_", document), document.id)


def _stands(row: RowMapping, prefix: str, document: Document) -> bool:
    part, start, stop, checksum = (row[f"{prefix}{name}"] for name in ("part", "start", "stop", "crc"))
    return _stands_at(part, start, stop, checksum, document)


def _stands_at(part: str, start: int, stop: int, checksum: int, document: Document) -> bool:
    whole = document.text if part == "text" else document.title or ""
    return 0 <= start <= stop <= len(whole) and crc(whole[start:stop]) == checksum


def _moved(row: RowMapping, prefix: str, document: Document) -> str:
    place = f"{row[f'{prefix}start']}-{row[f'{prefix}stop']}"
    return f"the words at {place} of document {document.id} are not those that were read"


def _lost_members(connection: Connection) -> Iterator[Damage]:
    members, reports = schema.contact_members, schema.reports
    query = select(members).where(~exists().where(reports.c.id == members.c.report))
    for row in connection.execute(query.order_by(members.c.contact, members.c.ordinal)):
        yield Damage("contact", row.contact, f"its report {row.report} is not in the ledger")
