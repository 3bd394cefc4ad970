"""Judgements in the ledger: kept with the place of the reports they speak of, found again when rules or texts change.

A judgement names reports by id. An id hangs on a place in a document, so that it mostly outlives better rules. Where
it does not, the judgement goes to the report whose trigger now overlaps that place (in an edited text: the place where
the same words stand now). What can be found neither way is an orphan: kept, listed, and without effect.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select

from communique.errors import NotFoundError, UsageError
from communique.ledger import schema
from communique.ledger.queries import chunks
from communique.model import Judgement, JudgementKind
from communique.reconcile.judgements import in_force

_CONTEXTS = (120, 40, 12, 0)


@dataclass(frozen=True, slots=True)
class Orphan:
    """A judgement some of whose reports are no longer read: ``missing`` are their ids."""

    judgement: Judgement
    missing: tuple[str, ...]


def new_judgement(
    kind: JudgementKind,
    reports: Sequence[str],
    who: str,
    at: str,
    why: str = "",
    field: str | None = None,
    value: str | None = None,
    undoes: str | None = None,
) -> Judgement:
    """A judgement with an id made of what it says, so that saying it twice is saying it once."""
    said = repr((kind, tuple(reports), who, at, field, value, undoes))
    identity = "j" + sha256(said.encode()).hexdigest()[:12]
    return Judgement(identity, kind, tuple(reports), who, at, why, field, value, undoes)


def add(connection: Connection, judgement: Judgement) -> bool:
    """Stores a judgement; False if it is stored already. Raises UsageError or NotFoundError for one that cannot be."""
    if known(connection, judgement):
        return False
    places = [_place(connection, report) for report in judgement.reports]
    names = ("id", "kind", "who", "at", "why", "field", "value", "undoes")
    row = {name: getattr(judgement, name) for name in names}
    table = schema.judgements
    key = connection.execute(insert(table).values(row).returning(table.c.key)).scalar_one()
    rows = [dict(place) | {"judgement_key": key, "ordinal": n} for n, place in enumerate(places)]
    connection.execute(insert(schema.judgement_reports), rows)
    return True


def known(connection: Connection, judgement: Judgement) -> bool:
    """Whether a judgement is stored already. Raises UsageError for one that cannot be, or whose id another has."""
    _refuse_nonsense(judgement)
    held = _stored(connection, judgement.id)
    if held not in (None, judgement):
        raise UsageError(f"There is another judgement with the id {judgement.id}.")
    return held is not None


def _refuse_nonsense(judgement: Judgement) -> None:
    several = judgement.kind in ("merge", "split")
    if several != (len(set(judgement.reports)) > 1):
        wanted = "at least two reports" if several else "one report"
        raise UsageError(f"A judgement to {judgement.kind} takes {wanted}, not {len(set(judgement.reports))}.")
    if (judgement.kind == "correct") != (judgement.field is not None):
        raise UsageError("A field is given for a correction, and for nothing else.")


def _stored(connection: Connection, identity: str) -> Judgement | None:
    return next((j for j, _ in _rows(connection) if j.id == identity), None)


def undoing(connection: Connection, identity: str, who: str, at: str, why: str) -> Judgement:
    """The judgement that takes another one back (or restores it, if it takes back one that took back)."""
    made = _stored(connection, identity)
    if made is None:
        raise NotFoundError(f"There is no judgement {identity}.")
    return new_judgement(made.kind, made.reports, who, at, why, made.field, made.value, identity)


def _place(connection: Connection, report: str) -> RowMapping:
    """Where a report stands: as it is read now, or as it was read last."""
    reports, readings = schema.reports, schema.readings
    places = (reports.c.trigger_part, reports.c.trigger_start, reports.c.trigger_stop)
    named = [column.label(column.name.removeprefix("trigger_")) for column in places]
    query = select(reports.c.id.label("report"), readings.c.document_key, *named)
    query = query.join(readings, readings.c.key == reports.c.reading_key).where(reports.c.id == report)
    row = connection.execute(query.order_by(reports.c.current.desc(), reports.c.key.desc())).mappings().first()
    if row is None:
        raise NotFoundError(f"There is no report {report}.")
    return row


def _rows(connection: Connection) -> Iterator[tuple[Judgement, list[RowMapping]]]:
    """Judgements as they were made, in that order, each with the places of its reports."""
    judgements, members = schema.judgements, schema.judgement_reports
    rows = connection.execute(select(judgements).order_by(judgements.c.key)).mappings().all()
    places: dict[int, list[RowMapping]] = {}
    for place in connection.execute(select(members).order_by(members.c.judgement_key, members.c.ordinal)).mappings():
        places.setdefault(place["judgement_key"], []).append(place)
    for row in rows:
        held = places.get(row["key"], [])
        names = {name: row[name] for name in ("id", "kind", "who", "at", "why", "field", "value", "undoes")}
        yield Judgement(reports=tuple(place["report"] for place in held), **names), held


def current(connection: Connection) -> Iterator[Judgement]:
    """Judgements in the order in which they were made, with the ids their reports have now (orphans: had then)."""
    for judgement, attached in _attached(connection):
        reports = (now or then for then, now in zip(judgement.reports, attached, strict=True))
        yield replace(judgement, reports=tuple(dict.fromkeys(reports)))


def orphans(connection: Connection) -> Iterator[Orphan]:
    """Judgements in force whose reports cannot all be found again."""
    held = {judgement.id: (judgement, attached) for judgement, attached in _attached(connection)}
    for judgement in in_force(judgement for judgement, _ in held.values()):
        pairs = zip(judgement.reports, held[judgement.id][1], strict=True)
        if missing := tuple(then for then, now in pairs if now is None):
            yield Orphan(judgement, missing)


def _attached(connection: Connection) -> Iterator[tuple[Judgement, list[str | None]]]:
    rows = list(_rows(connection))
    here = _still_here(connection, [place for _, places in rows for place in places])
    for judgement, places in rows:
        yield judgement, [here.get(_mark(place)) or _by_place(connection, place) for place in places]


def _mark(place: RowMapping) -> tuple[str, int]:
    return place["report"], place["document_key"]


def _still_here(connection: Connection, places: Sequence[RowMapping]) -> dict[tuple[str, int], str]:
    """Reports that are read as before in the same text, by id and text."""
    reports, readings = schema.reports, schema.readings
    query = select(reports.c.id, readings.c.document_key).join(readings, readings.c.key == reports.c.reading_key)
    found: dict[tuple[str, int], str] = {}
    for ids in chunks(sorted({place["report"] for place in places})):
        for identity, document in connection.execute(query.where(reports.c.current, reports.c.id.in_(ids))):
            found[identity, document] = identity
    return found


def _by_place(connection: Connection, place: RowMapping) -> str | None:
    """The report whose trigger now overlaps the place most; the first of several."""
    candidates = _reports_now(connection, place)
    if not candidates:
        return None
    where = _relocated(connection, place, candidates[0]["document_key"])
    if where is None:
        return None
    overlaps = [(_overlap(where, row), row["id"]) for row in candidates if row["trigger_part"] == place["part"]]
    best = max(overlaps, key=lambda pair: pair[0], default=(0, None))
    return best[1] if best[0] > 0 else None


def _reports_now(connection: Connection, place: RowMapping) -> Sequence[RowMapping]:
    documents, readings, reports = schema.documents, schema.readings, schema.reports
    document = select(documents.c.id).where(documents.c.key == place["document_key"]).scalar_subquery()
    query = select(reports, readings.c.document_key).join(readings, readings.c.key == reports.c.reading_key)
    query = query.where(reports.c.current, reports.c.document == document)
    return connection.execute(query.order_by(reports.c.ordinal)).mappings().all()


def _overlap(where: tuple[int, int], row: RowMapping) -> int:
    return int(min(where[1], row["trigger_stop"]) - max(where[0], row["trigger_start"]))


def _relocated(connection: Connection, place: RowMapping, document_key: int) -> tuple[int, int] | None:
    """Where the words of a place stand in another version of their document."""
    start, stop = place["start"], place["stop"]
    if document_key == place["document_key"]:
        return start, stop
    old, new = (_part(connection, key, place["part"]) for key in (place["document_key"], document_key))
    return relocate(old, start, stop, new)


def _part(connection: Connection, key: int, part: str) -> str:
    column: Any = schema.documents.c[part]
    return connection.execute(select(column).where(schema.documents.c.key == key)).scalar() or ""


def relocate(old: str, start: int, stop: int, new: str) -> tuple[int, int] | None:
    """The place in ``new`` of the words at ``[start, stop)`` in ``old``.

    They are looked for with as much around them as still stands there, and must stand there once.

    >>> relocate("They spoke on Monday.", 5, 10, "Updated. They spoke on Monday.")
    (14, 19)
    """
    for width in _CONTEXTS:
        first = max(0, start - width)
        words = old[first : stop + width]
        if words and new.count(words) == 1:
            begin = new.index(words) + start - first
            return begin, begin + stop - start
    return None
