"""Everything a ledger keeps, with what it takes to keep it elsewhere: readings with rules, judgements with places.

What is not moved is the clock of the first ledger: when its runs began and how its revisions are numbered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, RowMapping, insert, or_, select

from communique.errors import NotFoundError
from communique.ledger import deciding, queries, schema
from communique.ledger.rows import issue_of
from communique.ledger.unsettled import CONTACTS
from communique.ledger.writing import Change
from communique.model import Issue, Judgement, Reading

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Kept:
    """A reading, the rules it was read by, and whether it is the one that holds now. ``sha256`` names its text."""

    reading: Reading
    program: str
    knowledge: str
    current: bool
    sha256: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a report stood when it was judged: in which text of which document."""

    report: str
    document: str
    sha256: str
    part: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A judgement as it was made, with the place of every report it speaks of."""

    judgement: Judgement
    places: tuple[Place, ...]


def kept(connection: Connection, history: bool = False) -> Iterator[Kept]:
    """Readings by document, the current one last. Without ``history``: only those, and texts that judgements need."""
    readings, runs, documents = schema.readings, schema.runs, schema.documents
    query = select(
        readings.c.key, readings.c.current, runs.c.program, runs.c.knowledge, documents.c.sha256, readings.c.document
    )
    query = query.join(runs, runs.c.key == readings.c.run_key).join(
        documents, documents.c.key == readings.c.document_key
    )
    if not history:
        judged = select(schema.judgement_reports.c.document_key)
        query = query.where(or_(readings.c.current, readings.c.document_key.in_(judged)))
    order = (readings.c.document, readings.c.current, readings.c.added, readings.c.key)
    rows = connection.execute(query.order_by(*order)).mappings().all()
    for some in queries.chunks(rows):
        yield from _with_readings(connection, some)


def _with_readings(connection: Connection, rows: Sequence[RowMapping]) -> Iterator[Kept]:
    keys = sorted(row["key"] for row in rows)
    found = dict(zip(keys, queries.chosen_readings(connection, schema.readings.c.key.in_(keys)), strict=True))
    for row in rows:
        yield Kept(found[row["key"]], row["program"], row["knowledge"], bool(row["current"]), row["sha256"])


def placed_judgements(connection: Connection) -> Iterator[Placed]:
    """Judgements in the order in which they were made."""
    members, documents = schema.judgement_reports, schema.documents
    query = select(members, documents.c.id.label("document"), documents.c.sha256)
    query = query.join(documents, documents.c.key == members.c.document_key)
    query = query.order_by(members.c.judgement_key, members.c.ordinal)
    rows = connection.execute(query).mappings().all()
    places = {key: tuple(map(_place, group)) for key, group in groupby(rows, lambda row: row["judgement_key"])}
    for row in connection.execute(select(schema.judgements).order_by(schema.judgements.c.key)).mappings():
        here = places.get(row["key"], ())
        names = {name: row[name] for name in ("id", "kind", "who", "at", "why", "field", "value", "undoes")}
        yield Placed(Judgement(reports=tuple(place.report for place in here), **names), here)


def _place(row: RowMapping) -> Place:
    return Place(*(row[name] for name in ("report", "document", "sha256", "part", "start", "stop")))


def put_judgement(connection: Connection, placed: Placed) -> bool:
    """Keeps a judgement with its places as they are; False if it is kept already. Raises NotFoundError, UsageError."""
    if deciding.known(connection, placed.judgement):
        return False
    rows = [_place_row(connection, place, ordinal) for ordinal, place in enumerate(placed.places)]
    names = ("id", "kind", "who", "at", "why", "field", "value", "undoes")
    values = {name: getattr(placed.judgement, name) for name in names}
    table = schema.judgements
    key = connection.execute(insert(table).values(values).returning(table.c.key)).scalar_one()
    connection.execute(insert(schema.judgement_reports), [row | {"judgement_key": key} for row in rows])
    return True


def _place_row(connection: Connection, place: Place, ordinal: int) -> dict[str, Any]:
    documents = schema.documents
    query = select(documents.c.key).where(documents.c.id == place.document, documents.c.sha256 == place.sha256)
    key = connection.execute(query).scalar()
    if key is None:
        raise NotFoundError(f"The text of {place.document} that a judgement speaks of is not here.")
    where = {"part": place.part, "start": place.start, "stop": place.stop}
    return {"ordinal": ordinal, "report": place.report, "document_key": key, **where}


def aside(connection: Connection) -> Iterator[tuple[Issue, bytes | None]]:
    """Problems with inputs that never became documents, with what was read, in an order of their own."""
    table = schema.issues
    rows = connection.execute(select(table).where(table.c.reading_key.is_(None))).mappings()
    found = [(issue_of(row), row["original"]) for row in rows]
    yield from sorted(found, key=lambda pair: (pair[0].path or "", pair[0].line or 0, repr(pair[0])))


def former_contacts(connection: Connection) -> Iterator[tuple[str, str]]:
    """Ids that contacts had, each with the one it has become part of."""
    table = schema.former_contacts
    for row in connection.execute(select(table).order_by(table.c.id)):
        yield row.id, row.successor


def put_former_contacts(connection: Connection, former: Iterable[tuple[str, str]]) -> None:
    """Keeps where former ids lead."""
    known = dict(former_contacts(connection))
    rows = [{"id": old, "successor": new} for old, new in former if old not in known]
    if rows:
        connection.execute(insert(schema.former_contacts), rows)


def settled_mark(connection: Connection) -> str:
    """By what program and knowledge contacts were worked out last; empty if they never were."""
    what = schema.revisions.c.what
    query = select(what).where(what.startswith(CONTACTS, autoescape=True)).order_by(schema.revisions.c.number.desc())
    last = connection.execute(query.limit(1)).scalar() or ""
    return str(last).removeprefix(CONTACTS).strip()


class Movable(Protocol):
    """The part of a ledger that is for keeping all of it elsewhere."""

    def _reading(self) -> AbstractContextManager[Connection]: ...

    def _writing(self) -> AbstractContextManager[Connection]: ...

    def _stream(self, query: Callable[..., Iterator[_T]], *arguments: object) -> Iterator[_T]: ...

    def kept(self, history: bool = False) -> Iterator[Kept]:
        """Readings with the rules they were read by; with ``history`` those too that were superseded."""
        return self._stream(kept, history)

    def placed_judgements(self) -> Iterator[Placed]:
        """All decisions as they were made, with the places they speak of."""
        return self._stream(placed_judgements)

    def aside(self) -> Iterator[tuple[Issue, bytes | None]]:
        """Problems with inputs that never became documents, with what was read."""
        return self._stream(aside)

    def former_contacts(self) -> Iterator[tuple[str, str]]:
        """Ids that contacts had, each with the one it has become part of."""
        return self._stream(former_contacts)

    @property
    def settled_by(self) -> str:
        """By what program and knowledge contacts were worked out last."""
        with self._reading() as connection:
            return settled_mark(connection)

    def put_placed(self, placed: Placed) -> bool:
        """Keeps a judgement that another ledger kept; False if it is kept already."""
        with self._writing() as connection:
            added = put_judgement(connection, placed)
            if added:
                Change(connection, "judgement", placed.judgement.at).count()
            return added

    def put_former_contacts(self, former: Iterable[tuple[str, str]]) -> None:
        """Keeps where ids lead that contacts had in another ledger."""
        with self._writing() as connection:
            put_former_contacts(connection, former)
