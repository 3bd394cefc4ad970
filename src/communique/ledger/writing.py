"""Readings into the tables: what is known already is left alone, what was read anew supersedes what was read before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from itertools import count
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, update

from communique.ledger import fulltext, schema
from communique.ledger import rows as r
from communique.ledger.fields import Record
from communique.model import Document, Issue, Reading, Report

_CHUNK = 200
_KINDS = (r.REPORTS, r.CLAIMS, r.ACTIONS)


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the program over some documents: its version, that of its knowledge, and when (ISO, by the caller)."""

    program: str
    knowledge: str
    started: str
    finished: str | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """What a batch changed, in documents: ``new``, ``edited`` (a known id with another text), ``reread`` (superseding

    what was read before), ``unchanged``; and the records and issues that were stored.
    """

    new: int = 0
    edited: int = 0
    reread: int = 0
    unchanged: int = 0
    reports: int = 0
    claims: int = 0
    agreements: int = 0
    issues: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


@dataclass(slots=True)
class Change:
    """A change under way: the revision and the run are written down only once there is something to write."""

    connection: Connection
    what: str
    at: str | None = None
    _revision: int | None = None
    _runs: dict[Run, int] = field(default_factory=dict)

    @property
    def revision(self) -> int:
        """The number of the ledger's next state."""
        if self._revision is None:
            self._revision = revision(self.connection) + 1
            row = {"number": self._revision, "what": self.what, "at": self.at}
            self.connection.execute(insert(schema.revisions).values(row))
        return self._revision

    def count(self) -> int:
        """Makes this a change even if nothing asked for its number."""
        return self.revision

    def run_key(self, run: Run) -> int:
        """The key of a run, which is stored if it is new."""
        if run not in self._runs:
            self._runs[run] = _run_key(self.connection, run)
        return self._runs[run]


def revision(connection: Connection) -> int:
    """How many changes the ledger has seen."""
    return int(connection.execute(select(func.coalesce(func.max(schema.revisions.c.number), 0))).scalar_one())


def _run_key(connection: Connection, run: Run) -> int:
    table = schema.runs
    same = (table.c.program == run.program, table.c.knowledge == run.knowledge, table.c.started == run.started)
    known = connection.execute(select(table.c.key).where(*same)).scalar()
    if known is not None:
        return int(known)
    values = {"program": run.program, "knowledge": run.knowledge, "started": run.started, "finished": run.finished}
    return int(connection.execute(insert(table).values(values).returning(table.c.key)).scalar_one())


def finish(connection: Connection, run: Run, finished: str) -> None:
    """Notes when a run ended; a run that changed nothing was never noted."""
    table = schema.runs
    same = (table.c.program == run.program, table.c.knowledge == run.knowledge, table.c.started == run.started)
    connection.execute(update(table).where(*same).values(finished=finished))


def put(connection: Connection, readings: Iterable[Reading], run: Run) -> Counts:
    """Stores readings, a few hundred at a time, within the caller's transaction."""
    change = Change(connection, "read", run.started)
    counts = Counts()
    for batch in _batches(readings):
        counts += _put_batch(change, batch, run)
    return counts


def _batches(readings: Iterable[Reading]) -> Iterator[list[Reading]]:
    """Batches in which no document comes twice, so that the later of two is held against the earlier."""
    batch: dict[str, Reading] = {}
    for reading in readings:
        if len(batch) == _CHUNK or reading.document.id in batch:
            yield list(batch.values())
            batch = {}
        batch[reading.document.id] = reading
    if batch:
        yield list(batch.values())


@dataclass(slots=True)
class _Known:
    """What the ledger holds of one document."""

    versions: dict[str, int] = field(default_factory=dict)
    newest: int = 0
    readings: dict[tuple[int, str], int] = field(default_factory=dict)
    current: int | None = None
    current_rules: tuple[str, str] | None = None


def _known(connection: Connection, ids: Sequence[str]) -> dict[str, _Known]:
    documents, readings, runs = schema.documents, schema.readings, schema.runs
    known = {identity: _Known() for identity in ids}
    texts = select(documents.c.id, documents.c.sha256, documents.c.key, documents.c.version)
    for identity, sha256, key, version in connection.execute(texts.where(documents.c.id.in_(ids))):
        known[identity].versions[sha256] = key
        known[identity].newest = max(known[identity].newest, version)
    read = select(readings, runs.c.program, runs.c.knowledge).join(runs, runs.c.key == readings.c.run_key)
    for row in connection.execute(read.where(readings.c.document.in_(ids))).mappings():
        held = known[row["document"]]
        held.readings[row["document_key"], row["fingerprint"]] = row["key"]
        if row["current"]:
            held.current, held.current_rules = row["key"], (row["program"], row["knowledge"])
    return known


def _put_batch(change: Change, batch: Sequence[Reading], run: Run) -> Counts:
    known = _known(change.connection, [reading.document.id for reading in batch])
    counts, fresh = Counts(), []
    for reading in batch:
        held = known[reading.document.id]
        stored = _stored(held, reading.document, run)
        if stored is None:
            counts += _counted(held, reading.document)
            fresh.append((reading, held))
        elif stored == held.current or held.current_rules == (run.program, run.knowledge):
            # A text or a description that the same rules have read before, and another since: both stay as they are.
            counts += Counts(unchanged=1)
        else:
            _return_to(change, held, stored)
            counts += Counts(reread=1)
    return counts + (_store(change, fresh, run) if fresh else Counts())


def _stored(held: _Known, document: Document, run: Run) -> int | None:
    """The key of this very reading, if it was stored before."""
    text = held.versions.get(r.text_hash(document))
    mark = r.fingerprint(document, run.program, run.knowledge)
    return None if text is None else held.readings.get((text, mark))


def _counted(held: _Known, document: Document) -> Counts:
    if not held.versions:
        return Counts(new=1)
    return Counts(reread=1) if r.text_hash(document) in held.versions else Counts(edited=1)


def _return_to(change: Change, held: _Known, stored: int) -> None:
    """Older rules again: what they read then is what holds now."""
    _supersede(change, [held.current] if held.current is not None else [])
    readings = schema.readings
    revive = update(readings).where(readings.c.key == stored)
    change.connection.execute(revive.values(current=True, superseded=None, added=change.revision))
    _set_current(change.connection, [stored], True)


def _supersede(change: Change, keys: Sequence[int]) -> None:
    if not keys:
        return
    readings = schema.readings
    old = update(readings).where(readings.c.key.in_(keys))
    change.connection.execute(old.values(current=False, superseded=change.revision))
    _set_current(change.connection, keys, False)


def _set_current(connection: Connection, keys: Sequence[int], current: bool) -> None:
    for kind in _KINDS:
        table = kind.table
        connection.execute(update(table).where(table.c.reading_key.in_(keys)).values(current=current))


_Fresh = Sequence[tuple[Reading, _Known]]


def _store(change: Change, fresh: _Fresh, run: Run) -> Counts:
    _supersede(change, [held.current for _, held in fresh if held.current is not None])
    texts = _store_texts(change.connection, fresh)
    shared = {"run_key": change.run_key(run), "current": True, "added": change.revision}
    readings = [
        r.reading_row(reading.document)
        | shared
        | {"document_key": text, "fingerprint": r.fingerprint(reading.document, run.program, run.knowledge)}
        for (reading, _), text in zip(fresh, texts, strict=True)
    ]
    keys = _insert(change.connection, schema.readings, readings)
    stored = list(zip(keys, (reading for reading, _ in fresh), strict=True))
    reports = _store_records(change.connection, r.REPORTS, [(k, d.document, d.reports) for k, d in stored])
    claims = _store_records(change.connection, r.CLAIMS, [(k, d.document, d.claims) for k, d in stored])
    actions = _store_records(change.connection, r.ACTIONS, [(k, d.document, d.agreements) for k, d in stored])
    issues = _store_issues(change.connection, [(k, d.issues) for k, d in stored])
    return Counts(reports=reports, claims=claims, agreements=actions, issues=issues)


def _store_texts(connection: Connection, fresh: _Fresh) -> list[int]:
    """The key of each document's text, which is stored if it is new."""
    hashes = [r.text_hash(reading.document) for reading, _ in fresh]
    new = [i for i, (_, held) in enumerate(fresh) if hashes[i] not in held.versions]
    rows = [r.document_row(fresh[i][0].document, fresh[i][1].newest + 1) for i in new]
    keys = dict(zip(new, _insert(connection, schema.documents, rows), strict=True))
    fulltext.index(connection, list(keys.values()))
    return [keys[i] if i in keys else held.versions[hashes[i]] for i, (_, held) in enumerate(fresh)]


def _insert(connection: Connection, table: Table, rows: Sequence[r.Row]) -> list[int]:
    """Inserts rows and returns their keys in the same order."""
    if not rows:
        return []
    statement = insert(table).returning(table.c.key, sort_by_parameter_order=True)
    return list(connection.execute(statement, list(rows)).scalars())


def _store_records(
    connection: Connection, kind: r.Kind[Any], stored: Sequence[tuple[int, Document, Sequence[Record]]]
) -> int:
    held = [
        (key, document, n, record) for key, document, records in stored for n, record in enumerate(_distinct(records))
    ]
    rows = [
        _record_row(record, n, document) | {"reading_key": key, "current": True} for key, document, n, record in held
    ]
    owners = _insert(connection, kind.table, rows)
    values = [
        row
        for owner, (_, document, _, record) in zip(owners, held, strict=True)
        for row in r.field_rows(record, document, owner)
    ]
    if values:
        connection.execute(insert(kind.fields), values)
        _store_names(connection, {name for *_, record in held for name in r.names_in(record)})
    return len(rows)


def _distinct(records: Sequence[Record]) -> Iterator[Record]:
    """Records with the second and later ones of the same id marked ``~2``, ``~3`` …

    That two have one id is a fault of the reader; the documents beside this one need not suffer for it.
    """
    seen: set[str] = set()
    for record in records:
        marked = (f"{record.id}~{n}" for n in count(2))
        identity = record.id if record.id not in seen else next(name for name in marked if name not in seen)
        seen.add(identity)
        yield record if identity == record.id else replace(record, id=identity)


def _record_row(record: Record, ordinal: int, document: Document) -> r.Row:
    row = r.record_row(record, ordinal)
    return row | r.trigger_row(record, document) if isinstance(record, Report) else row


def _store_names(connection: Connection, names: set[str]) -> None:
    table = schema.names
    known = set(connection.execute(select(table.c.name).where(table.c.name.in_(names))).scalars()) if names else set()
    if new := sorted(names - known):
        connection.execute(insert(table), [{"name": name} for name in new])


def _store_issues(connection: Connection, stored: Sequence[tuple[int, Sequence[Issue]]]) -> int:
    rows = [r.issue_row(issue, n) | {"reading_key": key} for key, issues in stored for n, issue in enumerate(issues)]
    if rows:
        connection.execute(insert(schema.issues), rows)
    return len(rows)
