"""What changed in a ledger, revision by revision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Column, Connection, Subquery, func, select

from communique.ledger import schema


@dataclass(frozen=True, slots=True)
class Revision:
    """One change of the ledger: its number, what kind it was, and when, if that was said."""

    number: int
    what: str
    at: str | None


@dataclass(frozen=True, slots=True)
class Changed:
    """A document that came or was read anew: ``new``, ``edited`` (another text) or ``reread`` (other rules)."""

    revision: int
    document: str
    kind: Literal["new", "edited", "reread"]


def revisions(connection: Connection, since: int) -> Iterator[Revision]:
    """The changes after a revision, newest first."""
    table = schema.revisions
    query = select(table).where(table.c.number > since).order_by(table.c.number.desc())
    for row in connection.execute(query):
        yield Revision(row.number, row.what, row.at)


def changed_since(connection: Connection, revision: int) -> Iterator[Changed]:
    """Documents whose present reading is later than a revision, newest first."""
    readings = schema.readings
    known, texts = _first_read(readings.c.document), _first_read(readings.c.document_key)
    query = (
        select(readings.c.document, readings.c.added, known.c.first, texts.c.first.label("text_first"))
        .join(known, known.c.document == readings.c.document)
        .join(texts, texts.c.document_key == readings.c.document_key)
        .where(readings.c.current, readings.c.added > revision)
        .order_by(readings.c.added.desc(), readings.c.document)
    )
    for row in connection.execute(query):
        fresh: Literal["new", "edited"] = "new" if row.first > revision else "edited"
        yield Changed(row.added, row.document, fresh if row.text_first > revision else "reread")


def arrived(connection: Connection) -> dict[str, tuple[int, int]]:
    """For each document that is read now, the revisions in which it, and its present text, were read first."""
    readings = schema.readings
    known, texts = _first_read(readings.c.document), _first_read(readings.c.document_key)
    query = (
        select(readings.c.document, known.c.first, texts.c.first.label("text_first"))
        .join(known, known.c.document == readings.c.document)
        .join(texts, texts.c.document_key == readings.c.document_key)
        .where(readings.c.current)
    )
    return {row.document: (row.first, row.text_first) for row in connection.execute(query)}


def _first_read(column: Column[Any]) -> Subquery:
    """The revision in which a document, or a text, was read first."""
    return select(column, func.min(schema.readings.c.added).label("first")).group_by(column).subquery()
