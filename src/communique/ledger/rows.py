"""Readings as rows of the tables, and rows as readings again."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from sys import intern
from typing import Any, Generic, TypeVar

from sqlalchemy import Column, RowMapping, Table

from communique import edtf
from communique.ledger import schema
from communique.ledger.fields import Field, Record, all_cited, fields_of, gather
from communique.ledger.values import PARTY, PLAIN, TOPIC, Codec
from communique.model import AgreementAction, Cited, Claim, Document, Issue, Party, Published, Report, Span, When

Row = dict[str, Any]
QUOTE = "quote"
REMEMBERED = 1 << 15
"""So many values of records are shared by all records that have them: parties, days, topics."""
R = TypeVar("R", Report, Claim, AgreementAction)


@dataclass(frozen=True, slots=True)
class Kind(Generic[R]):
    """A kind of record: its class in the model, its table, and the table of its fields."""

    model: type[R]
    table: Table
    fields: Table


REPORTS = Kind(Report, schema.reports, schema.report_fields)
CLAIMS = Kind(Claim, schema.claims, schema.claim_fields)
ACTIONS = Kind(AgreementAction, schema.agreement_actions, schema.action_fields)


def text_hash(document: Document) -> str:
    """What tells one version of a document from another: its title and text, to the character."""
    return sha256(f"{document.title or ''}\0{document.text}".encode()).hexdigest()


def fingerprint(document: Document, program: str, knowledge: str) -> str:
    """What tells one reading of a text from another: what was known of it, and who read it. The path is neither."""
    known = [document.url, document.publisher, document.language, *_published(document.published).values()]
    return sha256(json.dumps([program, knowledge, *map(str, known)]).encode()).hexdigest()


def document_row(document: Document, version: int) -> Row:
    """A text, as a row of ``documents``."""
    names = {"id": document.id, "title": document.title, "text": document.text}
    return {**names, "version": version, "sha256": text_hash(document)}


def reading_row(document: Document) -> Row:
    """What is known of a document besides its text, as columns of ``readings``."""
    names = {name: getattr(document, name) for name in ("path", "url", "publisher", "language")}
    first, last = touched(*_bounds(document.published.edtf))
    span = {"published_from": first, "published_to": last}
    return {"document": document.id, **names, **_published(document.published), **span}


def _published(published: Published) -> Row:
    return {
        "published": published.edtf,
        "published_basis": published.basis,
        "published_reasons": _dump(published.reasons),
        "published_candidates": _dump(published.candidates),
    }


def _bounds(text: str | None) -> tuple[date | None, date | None]:
    """The days of an EDTF date; none for what is no date (it is kept as text)."""
    try:
        return edtf.bounds(text)
    except edtf.EdtfError:
        return None, None


def document_of(row: RowMapping) -> Document:
    """The document again, from a row of ``documents`` joined with one of ``readings``."""
    published = Published(
        row["published"],
        row["published_basis"],
        _listed(row["published_reasons"]),
        _listed(row["published_candidates"]),
    )
    names = {name: row[name] for name in ("text", "title", "path", "url", "publisher", "language")}
    return Document(id=row["id"], published=published, **names)


def _listed(value: str) -> tuple[str, ...]:
    return () if value == "[]" else tuple(json.loads(value))


def record_row(record: Record, ordinal: int) -> Row:
    """A record, as columns of its table; ``reading_key`` and ``current`` are the store's."""
    row: Row = {"id": record.id, "document": record.document, "ordinal": ordinal}
    if isinstance(record, Report):
        days = _days(record.when, record.when)
        return row | days | {"channel": record.channel.value, "status": record.status.value}
    if isinstance(record, Claim):
        own: Row = {"kind": record.kind.value, "channel": record.channel.value, "comparator": record.comparator}
        return row | _days(record.since, record.until) | own
    own = {"agreement": record.agreement.value, "action": record.action.value}
    return row | _days(record.when, record.when) | own


def trigger_row(report: Report, document: Document) -> Row:
    """The place of a report, as columns of ``reports``."""
    return {f"trigger_{name}": value for name, value in _place(report.trigger, document).items()}


def _days(since: Cited[When] | None, until: Cited[When] | None) -> Row:
    first, last = touched(since.value.earliest if since else None, until.value.latest if until else None)
    return {"day_from": first, "day_to": last}


def touched(first: date | None, last: date | None) -> tuple[date | None, date | None]:
    """The days that something touches: all beyond an end that is open, none if both are."""
    if first is None and last is None:
        return None, None
    return first or date.min, last or date.max


def field_rows(record: Record, document: Document, owner: int) -> Iterator[Row]:
    """The quotes and cited values of a record, as rows of the table of its fields."""
    bare = {"owner": owner, "value": None, "rule": None, "side": None, "label": None}
    for ordinal, span in enumerate(record.quotes):
        yield bare | {"field": QUOTE, "ordinal": ordinal} | _place(span, document)
    for field, ordinal, cited in all_cited(record):
        value = _dump(field.codec.to_json(cited.value))
        at = {"field": field.name, "ordinal": ordinal, "value": value, "rule": cited.rule}
        yield bare | at | _place(cited.span, document) | _found_by(field, cited.value)


def _place(span: Span, document: Document) -> Row:
    words = document.part(span.part)[span.start : span.stop]
    return {"part": span.part, "start": span.start, "stop": span.stop, "crc": crc(words)}


def crc(words: str) -> int:
    """The checksum of quoted words."""
    return zlib.crc32(words.encode())


def _found_by(field: Field, value: Any) -> Row:
    """What a value is looked up by: a party by its side and name, a topic by itself, a name by itself."""
    if isinstance(value, Party):
        return {"side": value.side, "label": value.name}
    if field.codec is TOPIC:
        return {"label": value.topic}
    return {"label": value} if field.codec is PLAIN and not field.choices else {}


def names_in(record: Record) -> Iterator[str]:
    """The people named as parties."""
    for field, _, cited in all_cited(record):
        if field.codec is PARTY and cited.value.name:
            yield cited.value.name


def issue_row(issue: Issue, ordinal: int) -> Row:
    """An issue, as columns of ``issues``."""
    names = ("code", "message", "remedy", "path", "line", "start", "stop", "excerpt", "fatal")
    return {"ordinal": ordinal} | {name: getattr(issue, name) for name in names}


def issue_of(row: RowMapping) -> Issue:
    """The issue again."""
    names = ("code", "message", "remedy", "path", "line", "start", "stop", "excerpt", "fatal")
    return Issue(**{name: row[name] for name in names})


def columns_of(fields: Table) -> tuple[Column[Any], ...]:
    """What :func:`record_of` wants to know of a field, after the record that it belongs to."""
    return tuple(fields.c[name] for name in ("owner", "field", "value", "part", "start", "stop", "rule"))


def record_of(kind: Kind[R], row: RowMapping, values: Iterable[Sequence[Any]]) -> R:
    """A record again, from its row and the rows of its fields (``columns_of``) in order."""
    document, codecs = row["document"], _CODECS[kind.model]
    quotes: list[Span] = []
    cited: list[tuple[str, Cited[Any]]] = []
    spans: dict[tuple[int, int, str], Span] = {}
    for _, field, value, part, start, stop, rule in values:
        place = (start, stop, part)
        span = spans.get(place) or spans.setdefault(place, Span(document, *place))
        if field == QUOTE:
            quotes.append(span)
        elif field in codecs:
            cited.append((field, Cited(_value(codecs[field], value, document), span, intern(rule))))
    arguments = gather(kind.model, cited)
    return kind.model(id=row["id"], document=document, quotes=tuple(quotes), **arguments, **_own(kind.model, row))


_CODECS = {
    kind.model: {field.name: field.codec for field in fields_of(kind.model)} for kind in (REPORTS, CLAIMS, ACTIONS)
}
_OF_ITS_DOCUMENT = '"anchor_at"'


def _value(codec: Codec, value: str, document: str) -> Any:
    """A value from JSON. The same few stand in most documents; only some times speak of a place in their own."""
    return codec.of_json(json.loads(value), document) if _OF_ITS_DOCUMENT in value else _shared(codec, value)


@lru_cache(REMEMBERED)
def _shared(codec: Codec, value: str) -> Any:
    return codec.of_json(json.loads(value), "")


def _own(model: type[Record], row: RowMapping) -> dict[str, Any]:
    if model is Report:
        span = Span(row["document"], row["trigger_start"], row["trigger_stop"], row["trigger_part"])
        return {"trigger": span}
    return {"comparator": row["comparator"]} if model is Claim else {}


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
