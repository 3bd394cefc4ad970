"""After the parts: one document for one address and text, near-duplicates marked, contacts, and a ledger of it all."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby
from pathlib import Path
from typing import Any

from communique.knowledge import Knowledge
from communique.model import Contact, Reading
from communique.pipeline import issuers_of
from communique.reconcile import cluster
from communique.reconcile.candidates import segments
from communique.reconcile.copies import COPY, Sketch, likeness
from communique.reconcile.features import Trait, trait
from communique.reconcile.score import Scorer
from communique.scale.tables import TableWriter, rows
from communique.scale.work import Job
from communique.views.records import parse_record

BATCH = 2_000
"""So many reports, in groups that cannot touch each other, make one task of reconciliation."""
_BANDS = 12  # smallest hashes of a sketch by which near-duplicates find each other
_KINDS = {"contact": "contacts", "claim": "claims", "agreement": "agreements"}
Place = tuple[int, int, str]
Tasks = Callable[[Callable[[Any], Any], Iterable[Any]], Iterator[Any]]


@dataclass(frozen=True, slots=True)
class Batch:
    """Reports in brief whose contacts are worked out together, and the sketches of their documents."""

    traits: tuple[Trait, ...]
    sketches: Mapping[str, Sketch]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The parts of a scan that are done, and the places of documents in them that stand elsewhere already."""

    job: Job
    parts: tuple[int, ...]
    again: frozenset[Place]


def mark_duplicates(job: Job, parts: Sequence[int]) -> frozenset[Place]:
    """Write the table of duplicates; returns the places (part, number, document) of documents that stand elsewhere."""
    firsts: dict[bytes, str] = {}
    again: set[Place] = set()
    near = _Near()
    with TableWriter(Path(job.out, "duplicates.parquet"), "duplicates") as table:
        for one in _documents(job, parts, ("part", "number", "id", "url", "digest", "sketch")):
            place = (one["part"], one["number"], one["id"])
            key = blake2b(f"{one['url'] or ''}\0{one['digest']}".encode(), digest_size=12).digest()
            same = firsts.setdefault(key, one["id"]) if key in firsts else None
            firsts.setdefault(key, one["id"])
            like = None if same is not None else near.of(one["id"], tuple(one["sketch"] or ()))
            if same is not None:
                again.add(place)
            if same is not None or like is not None:
                row = {"part": place[0], "number": place[1], "document": place[2], "same_as": same, "near": like}
                table.write(row)
    return frozenset(again)


class _Near:
    """Telling documents by the smallest hashes of their sketches."""

    def __init__(self) -> None:
        self._by_hash: dict[int, list[str]] = defaultdict(list)
        self._sketches: dict[str, Sketch] = {}

    def of(self, name: str, own: Sketch) -> str | None:
        """The first document before this one that is nearly the same; this one is known from now on."""
        near = next((n for n in self._others(name, own) if likeness(own, self._sketches[n]) >= COPY), None)
        for h in own[:_BANDS]:
            self._by_hash[h].append(name)
        if own:
            self._sketches[name] = own
        return near

    def _others(self, name: str, own: Sketch) -> Iterator[str]:
        """Those that share a hash, each once; of a text that stands a thousand times mostly the first is enough."""
        seen = {name}
        for other in (n for h in own[:_BANDS] for n in self._by_hash.get(h, ())):
            if other not in seen:
                seen.add(other)
                yield other


def readings(found: Gathered) -> Iterator[tuple[Reading, Sketch]]:
    """What documents say, in the order of the parts, each document once; with its sketch, and its text if kept."""
    columns = ("part", "number", "id", "records", "head", "sketch", "text")
    for part in found.parts:
        records = groupby(rows(found.job.file(part, "records.parquet")), _owner)
        held = {place: list(group) for place, group in records}
        for one in _documents(found.job, (part,), columns):
            place = (one["part"], one["number"], one["id"])
            if one["records"] and place not in found.again:
                yield _reading(one, held[place]), tuple(one["sketch"])


def _owner(record: Mapping[str, Any]) -> Place:
    return record["part"], record["number"], record["document"]


def _reading(document: Mapping[str, Any], records: Iterable[Mapping[str, Any]]) -> Reading:
    line: dict[str, Any] = {"document": json.loads(document["head"]), "issues": []}
    line |= {name: [] for name in _KINDS.values()}
    for record in records:
        line[_KINDS[record["kind"]]].append(json.loads(record["record"]))
    return parse_record(line, document["text"])


def work_out_contacts(found: Gathered, knowledge: Knowledge, tasks: Tasks) -> int:
    """Bring the reports of all parts together by pair of sides and time, and write the contacts; how many."""
    known = issuers_of(knowledge)
    traits: list[Trait] = []
    sketches: dict[str, Sketch] = {}
    for reading, own in readings(found):
        sketches[reading.document.id] = own
        traits += (trait(report, reading.document, known) for report in reading.reports)
    made = (contact for batch in tasks(solve, _batches(traits, sketches)) for contact in batch)
    kept = sorted(made, key=lambda contact: contact.id)
    with TableWriter(Path(found.job.out, "contacts.parquet"), "contacts") as table:
        for contact in kept:
            table.write({"id": contact.id, "reports": list(contact.reports)})
    return len(kept)


def solve(batch: Batch) -> tuple[Contact, ...]:
    """The contacts of a batch: runs on any process or worker."""
    held = batch.sketches

    def alike(a: str, b: str) -> float:
        return 1.0 if a == b else likeness(held.get(a, ()), held.get(b, ()))

    return cluster(batch.traits, scorer=Scorer(alike))


def _batches(traits: Sequence[Trait], sketches: Mapping[str, Sketch]) -> Iterator[Batch]:
    waiting: list[Trait] = []
    for group in segments(traits):
        waiting += group
        if len(waiting) >= BATCH:
            yield _batch(waiting, sketches)
            waiting = []
    if waiting:
        yield _batch(waiting, sketches)


def _batch(traits: Sequence[Trait], sketches: Mapping[str, Sketch]) -> Batch:
    return Batch(tuple(traits), {t.document: sketches[t.document] for t in traits})


def load_ledger(found: Gathered, knowledge: Knowledge, path: Path, now: str) -> int:
    """Put all readings into a ledger, with the contacts worked out before if it was empty; how many documents."""
    from communique import __version__
    from communique.ledger import Run, open_ledger
    from communique.pipeline import mark_of, settle

    run = Run(__version__, knowledge.version, now)
    with open_ledger(path, program="communique scan") as ledger:
        empty = next(ledger.documents(), None) is None
        counts = ledger.put((reading for reading, _ in readings(found)), run)
        if empty:
            ledger.put_contacts(contacts(found.job), mark=mark_of(knowledge))
        else:
            settle(ledger, knowledge)
        ledger.finish(run, now)
    return counts.new + counts.edited + counts.reread


def contacts(job: Job) -> Iterator[Contact]:
    """The contacts that were worked out."""
    for row in rows(Path(job.out, "contacts.parquet")):
        yield Contact(row["id"], tuple(row["reports"]))


def _documents(job: Job, parts: Sequence[int], columns: Sequence[str]) -> Iterator[dict[str, Any]]:
    for part in parts:
        yield from rows(job.file(part, "documents.parquet"), columns)
