"""A scan from its archives to its tables: plan, go on where it was left, parts on processes or workers, gather."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import Any

from communique.errors import UsageError
from communique.knowledge import load
from communique.model import Issue
from communique.scale import gather, manifest
from communique.scale.local import Event, run_local, run_tasks, sums
from communique.scale.parts import Part, plan
from communique.scale.problems import trouble
from communique.scale.work import Done, Job, finished, write_whole
from communique.sources.options import SourceOptions

PART = 64_000_000
"""Bytes of an archive that make a part, if nobody says otherwise."""
TABLES = ("duplicates", "contacts")


@dataclass(frozen=True, slots=True)
class ScanOptions:
    """What is scanned into which folder, and by whom; ``cluster`` is the address of a Dask scheduler.

    ``everything`` reads every document with care, ``texts`` keeps the texts of those that tell something, ``ledger``
    is where all of it is put at the end.
    """

    out: Path
    sources: SourceOptions = field(default_factory=SourceOptions)
    folders: tuple[Path, ...] = ()
    jobs: int = 1
    cluster: str | None = None
    ledger: Path | None = None
    texts: bool = False
    everything: bool = False
    part: int = PART
    seconds: float = 120.0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a scan is: bytes of archives done and in all, documents, problems, and seconds since it began."""

    done: int
    total: int
    parts: int
    documents: int
    read: int
    problems: int
    seconds: float

    @property
    def left(self) -> float | None:
        """Seconds it will take yet at this rate; None while that cannot be told."""
        return self.seconds * (self.total - self.done) / self.done if self.done else None


@dataclass(slots=True)
class Outcome:
    """What a scan found. ``cost`` is seconds of processors, all together; ``failed`` counts parts to be done again."""

    parts: int = 0
    documents: int = 0
    read: int = 0
    telling: int = 0
    records: int = 0
    duplicates: int = 0
    contacts: int = 0
    kept: int | None = None
    bytes: int = 0
    cost: float = 0.0
    seconds: float = 0.0
    failed: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    issues: list[Issue] = field(default_factory=list)
    hash: str = ""


Told = Callable[[Progress], None]


def scan(inputs: Sequence[str], options: ScanOptions, now: str, told: Told = lambda progress: None) -> Outcome:
    """Scan archives into the folder ``options.out``; ``now`` (ISO) is noted in the ledger, ``told`` hears of progress.

    A scan that was broken off goes on where it was; one that is finished is not done again. Raises ``UsageError`` for
    what cannot be meant, and for a folder that holds another scan.
    """
    started = perf_counter()
    _needs_arrow()
    parts, issues = plan(inputs, options.part)
    job = _job(options)
    Path(job.out, "parts").mkdir(parents=True, exist_ok=True)
    manifest.begin(job, parts)
    outcome = Outcome(parts=len(parts), issues=list(issues), counts=Counter(issue.code for issue in issues))
    with _engine(options) as (run, tasks):
        done = _all_parts(parts, job, outcome, run, _Teller(parts, told, started))
        _gather(sorted(done), job, options, outcome, tasks, now)
    outcome.seconds = perf_counter() - started
    return outcome


def _job(options: ScanOptions) -> Job:
    texts = options.texts or options.ledger is not None
    folders = tuple(str(folder.resolve()) for folder in options.folders)
    sources = replace(options.sources, fields=dict(options.sources.fields))  # a plain one travels to other processes
    return Job(str(options.out.resolve()), sources, folders, texts, options.everything, options.seconds)


def _needs_arrow() -> None:
    try:
        import pyarrow  # type: ignore[import-untyped]  # noqa: F401
    except ImportError:
        raise UsageError("scanning needs the extra 'scale'", "Install it: pip install 'communique[scale]'") from None


Run = Callable[[Iterable[Part], Job], Iterator[Event]]


@contextmanager
def _engine(options: ScanOptions) -> Iterator[tuple[Run, gather.Tasks]]:
    """What does parts and tasks: processes here, or the workers of a cluster."""
    if options.cluster is None:
        yield partial(run_local, jobs=options.jobs), partial(run_tasks, jobs=options.jobs)
        return
    from communique.scale.cluster import connected, run_cluster, run_cluster_tasks

    with connected(options.cluster) as client:
        yield partial(run_cluster, client=client), partial(run_cluster_tasks, client=client)


def _all_parts(parts: Sequence[Part], job: Job, outcome: Outcome, run: Run, teller: _Teller) -> list[int]:
    """Do what is not done yet; the numbers of the parts that are there now."""
    held = {part.number: before for part in parts if (before := finished(job, part.number)) is not None}
    for part in parts:
        if part.number in held:
            _add(outcome, held[part.number])
            teller.part(part, held[part.number])
    here = list(held)
    for part, event in run([part for part in parts if part.number not in held], job):
        if isinstance(event, Done):
            _add(outcome, event)
            here.append(part.number)
            teller.part(part, event)
        elif isinstance(event, str):
            outcome.failed += 1
            outcome.counts["part-failed"] += 1
            outcome.issues.append(trouble("part-failed", part.path, start=part.start, stop=part.stop, why=event))
        else:
            teller.so_far(part, event)
    return here


def _add(outcome: Outcome, done: Done) -> None:
    for name in ("documents", "read", "telling", "records", "bytes"):
        setattr(outcome, name, getattr(outcome, name) + getattr(done, name))
    outcome.cost += done.seconds
    outcome.counts.update(done.counts)
    outcome.issues += done.issues


class _Teller:
    """Adds up what parts report, and tells it on."""

    def __init__(self, parts: Sequence[Part], told: Told, started: float) -> None:
        self._total = sum(part.size or 1 for part in parts)
        self._told, self._started = told, started
        self._done: dict[int, tuple[int, int, int]] = {}
        self._bytes = self._parts = 0

    def part(self, part: Part, done: Done) -> None:
        self._bytes += part.size or 1
        self._parts += 1
        self.so_far(part, (done.documents, done.read, sum(done.counts.values())))

    def so_far(self, part: Part, counts: tuple[int, int, int]) -> None:
        self._done[part.number] = counts
        documents, read, problems = sums(self._done)
        seconds = perf_counter() - self._started
        self._told(Progress(self._bytes, self._total, self._parts, documents, read, problems, seconds))


def _gather(
    done: Sequence[int], job: Job, options: ScanOptions, outcome: Outcome, tasks: gather.Tasks, now: str
) -> None:
    knowledge = load(options.folders)
    found = gather.Gathered(job, tuple(done), gather.mark_duplicates(job, done))
    outcome.duplicates = len(found.again)
    outcome.contacts = gather.work_out_contacts(found, knowledge, tasks)
    outcome.hash = _summary(job, done, outcome)
    if options.ledger is not None and not outcome.failed:
        outcome.kept = gather.load_ledger(found, knowledge, options.ledger, now)


def _summary(job: Job, done: Sequence[int], outcome: Outcome) -> str:
    """Write the hashes of all tables; one hash over them, the same whoever did the work."""
    hashes: dict[str, Any] = {name: _hash(Path(job.out, f"{name}.parquet")) for name in TABLES}
    hashes |= {f"parts/{n:06}.{kind}": h for n in done if (d := finished(job, n)) for kind, h in d.hashes.items()}
    whole = sha256(json.dumps(hashes, sort_keys=True).encode()).hexdigest()
    names = ("parts", "documents", "read", "telling", "records", "duplicates", "contacts", "failed")
    counts = {name: getattr(outcome, name) for name in names}
    told = {"hash": whole, **counts, "problems": dict(sorted(outcome.counts.items())), "tables": hashes}
    write_whole(Path(job.out, "summary.json"), json.dumps(told, indent=1).encode())
    return whole


def _hash(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()
