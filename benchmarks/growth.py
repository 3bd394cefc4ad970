"""Scans that grow tenfold, up to a million documents: clock, memory, and how each stage grows.

The part of ``scale.py`` for its question d. With a folder it goes on where it was broken off: the archives that are
written and the parts that are read are kept, and so are the figures of what was measured whole.
"""

from __future__ import annotations

import json
import resource
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from itertools import pairwise
from math import log
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.archives import GENERAL, corpus, repeated, write_lines

from communique.knowledge import load
from communique.ledger import open_ledger
from communique.scale import ScanOptions, scan
from communique.scale.gather import Gathered, load_ledger, mark_duplicates, work_out_contacts
from communique.scale.run import Outcome
from communique.scale.work import Job

NOW = "2026-01-01T00:00:00+00:00"
SMALLEST = 1_000
MOST_SECONDS, MOST_MEMORY, MOST_EXPONENT = 360, 2_000, 1.1
PART = 8_000_000
_STAGES = ("read", "reconcile", "load", "query")


@dataclass(frozen=True, slots=True)
class Run:
    """What a scan of so many documents took: seconds of the clock and of processors, megabytes at most."""

    documents: int
    telling: int
    records: int
    wall: float
    own: float
    child: float
    read: float
    reconcile: float
    load: float
    query: float


def spent(work: Callable[[], Any]) -> tuple[Any, float]:
    """What work gives, and the seconds of processors it took, those of ended children included."""
    start = _processors()
    return work(), _processors() - start


def _processors() -> float:
    used = (resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def runs(folder: Path, largest: int, jobs: int) -> Iterator[Run]:
    """One run of each size from a thousand documents to ``largest``."""
    size = min(SMALLEST, largest)
    while size <= largest:
        kept = folder / f"run-{size}.json"
        if not kept.exists():
            kept.write_text(json.dumps(asdict(_run(folder, size, jobs))), "utf-8")
        yield Run(**json.loads(kept.read_text("utf-8")))
        size *= 10


def _run(folder: Path, size: int, jobs: int) -> Run:
    out, clock = folder / f"found-{size}", folder / f"clock-{size}"
    archive = _archive(folder / f"texts-{size}.jsonl", size)
    before = float(clock.read_text()) if clock.exists() else 0.0
    start = perf_counter()

    def tick(_: object = None) -> None:
        clock.write_text(str(before + perf_counter() - start))

    outcome = scan([str(archive)], ScanOptions(out, jobs=jobs, part=PART), NOW, tick)
    tick()
    own, child = (
        resource.getrusage(whose).ru_maxrss / 1024 for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return Run(size, outcome.telling, outcome.records, float(clock.read_text()), own, child, *_stages(out, outcome))


def _archive(path: Path, size: int) -> Path:
    """The texts, written once."""
    if not path.exists():
        write_lines(path.with_suffix(".unfinished"), repeated(corpus(GENERAL), size)).rename(path)
    return path


def _stages(out: Path, outcome: Outcome) -> tuple[float, float, float, float]:
    """Seconds of processors of each stage, one after the other in this process."""
    knowledge, job, parts = load(), Job(str(out)), tuple(range(outcome.parts))

    def reconcile() -> Gathered:
        found = Gathered(job, parts, mark_duplicates(job, parts))
        work_out_contacts(found, knowledge, map)
        return found

    found, reconciling = spent(reconcile)
    ledger = out / "ledger.db"
    ledger.unlink(missing_ok=True)
    loading = spent(lambda: load_ledger(found, knowledge, ledger, NOW))[1]
    with open_ledger(ledger) as held:
        query = spent(lambda: sum(1 for _ in held.contacts()))[1]
    return outcome.cost, reconciling, loading, query


def memory_rows(done: list[Run], jobs: int) -> Iterator[tuple[str, ...]]:
    """Documents, seconds of the clock, rate, telling, and memory."""
    for one in done:
        cells = (one.documents, one.wall, one.documents / one.wall, one.telling, one.own, one.child)
        yield tuple(f"{cell:,.0f}" for cell in (*cells, one.own + jobs * one.child))


def growth_rows(done: list[Run]) -> Iterator[tuple[str, ...]]:
    """Seconds of each stage, and the exponent from each size to the next."""
    for one in done:
        yield f"{one.documents:,}", *(f"{getattr(one, stage):,.3g}" for stage in _STAGES)
    for small, large in pairwise(done):
        yield f"exponent to {large.documents:,}", *(f"{_slope(small, large, stage):.2f}" for stage in _STAGES)


def _slope(small: Run, large: Run, stage: str) -> float:
    before, after = (max(getattr(one, stage), 1e-4) for one in (small, large))
    return log(after / before) / log(large.documents / small.documents)


def verdicts(done: list[Run], jobs: int) -> Iterator[tuple[str, ...]]:
    """What was aimed at, what came out, and whether that is enough."""
    last = done[-1]
    clock = last.wall * 1_000_000 / last.documents
    held = last.own + jobs * last.child
    at = "" if last.documents == 1_000_000 else " at this rate"
    yield f"a million documents{at}, s", f"≤ {MOST_SECONDS}", f"{clock:,.0f}", _told(clock <= MOST_SECONDS)
    yield "memory, MB", f"≤ {MOST_MEMORY:,}", f"{held:,.0f}", _told(held <= MOST_MEMORY)
    for stage in _STAGES if len(done) > 1 else ():
        slope = _slope(done[-2], last, stage)
        yield f"exponent, {stage}", f"≤ {MOST_EXPONENT}", f"{slope:.2f}", _told(slope <= MOST_EXPONENT)


def _told(met: bool) -> str:
    return "met" if met else "missed"
