"""Documents: the list, one with all that was read in it marked, and its text alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from communique.errors import NotFoundError
from communique.ledger.fields import Record, all_cited
from communique.model import Document, Reading
from communique.reconcile.features import published_day
from communique.reconcile.names import fold
from communique.views.damage import withheld
from communique.views.documents import source_name
from communique.views.passages import Mark, cut, paragraphs
from communique.views.records import reading_record
from communique.views.shelf import Held
from communique.views.tables import Cell
from communique.views.versions import changes
from communique.web.answers import Asked, Page, listed, part

COLUMNS = ("id", "published", "publisher", "title", "url", "contacts")


def listing(asked: Asked) -> Page:
    """Documents, newest first, perhaps of one publisher or with words in the title."""
    documents = _chosen(asked)
    found = part(asked, documents, lambda d: d.id)
    told = asked.held.snapshot.reports_of
    return Page(
        "documents.html", "Documents", {"part": found, "told": told},
        lambda: listed(asked, found, (document_json(d) | {"contacts": len(told.get(d.id, ()))} for d in found.items)),
        COLUMNS, lambda: _cells(asked.held, documents),
    )  # fmt: skip


def document_json(document: Document) -> dict[str, Any]:
    """What is known of a document besides its text."""
    names = ("id", "title", "publisher", "url", "language")
    return {name: getattr(document, name) for name in names} | {"published": document.published.edtf}


def _chosen(asked: Asked) -> tuple[Document, ...]:
    publisher, title = asked.one("publisher"), fold(asked.one("title") or "")
    every = asked.held.remembered(_newest_first)
    if asked.one("edited"):
        edited = frozenset(asked.held.ledger.edited())
        every = tuple(d for d in every if d.id in edited)
    if publisher is None and not title:
        return every
    of_one = (d for d in every if publisher is None or source_name(d) == publisher)
    return tuple(d for d in of_one if not title or title in fold(d.title or ""))


def _newest_first(held: Held) -> tuple[Document, ...]:
    """All documents; those without a day come last."""
    every = held.snapshot.documents.values()
    return tuple(sorted(every, key=lambda d: (str(published_day(d) or ""), d.id), reverse=True))


def _cells(held: Held, documents: Iterable[Document]) -> Iterator[tuple[Cell, ...]]:
    for d in documents:
        count = len(held.snapshot.reports_of.get(d.id, ()))
        yield d.id, d.published.edtf, d.publisher, d.title, d.url, count


def reading_of(held: Held, identity: str) -> Reading:
    """All that one document says; raises NotFoundError."""
    document = held.snapshot.documents.get(identity)
    if document is None:
        raise NotFoundError(f"There is no document {identity[:200]}.")
    claims = tuple(c for c in held.snapshot.claims if c.document == identity)
    actions = tuple(a for a in held.snapshot.agreements if a.document == identity)
    return Reading(document, held.snapshot.reports_of.get(identity, ()), claims, actions)


def one(asked: Asked) -> Page:
    """A document: its text with the words of every record marked, and the records."""
    held = asked.held
    reading = reading_of(held, asked.path["identity"])
    damage = held.ledger.damage(reading.document.id)
    chosen = asked.one("record")
    marks = {part: tuple(_marks(reading, part)) for part in ("text", "title")}
    lines = tuple(paragraphs(reading.document.text, cut(reading.document.text, marks["text"])))
    title = "" if damage else reading.document.title
    return Page(
        "document.html", title or reading.document.id,
        {
            "reading": reading, "lines": lines, "title_pieces": cut(reading.document.title or "", marks["title"]),
            "chosen": chosen, "damage": damage, "versions": _versions(held, reading.document),
            "contact_of": held.snapshot.contact_of,
        },
        lambda: _told(reading, bool(damage)) | {"revision": held.revision, "damage": [d.message for d in damage]},
        ("record", "kind", "field", "value", "start", "end", "in", "words"),
        lambda: _record_cells(reading, bool(damage)),
    )  # fmt: skip


def _told(reading: Reading, damaged: bool) -> Any:
    """A document as JSON; the words of a damaged one are withheld."""
    record = reading_record(reading)
    return withheld(record, (reading.document.id,)) if damaged else record


def records(reading: Reading) -> tuple[Record, ...]:
    """Everything read in a document."""
    return (*reading.reports, *reading.claims, *reading.agreements)


def _marks(reading: Reading, part: str) -> Iterator[Mark]:
    for record in records(reading):
        for quote in record.quotes:
            if quote.part == part:
                yield Mark(quote.start, quote.stop, "quote", record.id)
        for field, _, cited in all_cited(record):
            if cited.span.part == part:
                yield Mark(cited.span.start, cited.span.stop, field.name, record.id)


def _versions(held: Held, document: Document) -> tuple[tuple[Document, Any], ...]:
    """Earlier texts of a document with what the next edit did, newest first."""
    texts = held.ledger.versions(document.id)
    return tuple((old, changes(old.text, new.text)) for old, new in pairwise(texts))[::-1]


def _record_cells(reading: Reading, damaged: bool) -> Iterator[tuple[Cell, ...]]:
    for record in records(reading):
        for field, _, cited in all_cited(record):
            words = reading.document.part(cited.span.part)[cited.span.start : cited.span.stop]
            place = (cited.span.start, cited.span.stop, cited.span.part)
            yield record.id, type(record).__name__, field.name, str(cited.value), *place, None if damaged else words
