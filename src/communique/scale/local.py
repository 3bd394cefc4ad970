"""Parts on this machine: one process a core, each replaced when it dies; nothing that was finished is lost."""

from __future__ import annotations

import gc
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any

from communique.scale.parts import Part
from communique.scale.work import TRIES, Done, Job, Tell, do_part

MOST_DEATHS = 3 * TRIES
"""So many processes may die on one part before it is left for another run."""
_SPAWN = get_context("spawn")
Event = tuple[Part, Done | str | tuple[int, int, int]]


@dataclass(slots=True)
class _Worker:
    """A process, the pipe to it, and the part it has."""

    process: SpawnProcess
    pipe: Connection
    part: Part | None = None


def run_local(parts: Iterable[Part], job: Job, jobs: int) -> Iterator[Event]:
    """Do all parts; for each comes what was done, or why not, and in between (documents, read, problems) so far."""
    waiting = deque(parts)
    deaths: dict[int, int] = {}
    workers = [_started(job) for _ in range(min(jobs, len(waiting)))]
    try:
        for worker in workers:
            _give(worker, waiting)
        while busy := {worker.pipe: worker for worker in workers if worker.part is not None}:
            for pipe in wait(list(busy)):
                yield from _heard(busy[pipe], waiting, deaths, workers, job)  # type: ignore[index]
    finally:
        for worker in workers:
            worker.process.kill()
            worker.process.join()
            worker.pipe.close()


def run_tasks(task: Callable[[Any], Any], arguments: Iterable[Any], jobs: int) -> Iterator[Any]:
    """The results of a function for each argument, in order, by so many processes."""
    given = list(arguments)
    if jobs < 2 or len(given) < 2:
        yield from map(task, given)
        return
    with _SPAWN.Pool(min(jobs, len(given))) as pool:
        yield from pool.imap(task, given)


def _started(job: Job) -> _Worker:
    ours, theirs = _SPAWN.Pipe()
    process = _SPAWN.Process(target=_serve, args=(theirs, job), daemon=False)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _serve(pipe: Connection, job: Job) -> None:
    """What a worker does: parts, one after the other, until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        while (part := pipe.recv()) is not None:
            pipe.send(_tried(part, job, lambda *so_far: pipe.send(so_far)))
            gc.collect()
            gc.freeze()  # knowledge and caches live on: to look through them again and again takes 6 % of a scan
    except (EOFError, BrokenPipeError):
        return


def _tried(part: Part, job: Job, tell: Tell) -> Done | str:
    """What was done, or what the program itself failed on."""
    try:
        return do_part(part, job, tell)
    except (OSError, MemoryError, RuntimeError, TypeError, ValueError, KeyError) as error:
        return f"{type(error).__name__}: {error}"


def _give(worker: _Worker, waiting: deque[Part]) -> None:
    worker.part = waiting.popleft() if waiting else None
    worker.pipe.send(worker.part)


def _heard(
    worker: _Worker, waiting: deque[Part], deaths: dict[int, int], workers: list[_Worker], job: Job
) -> Iterator[Event]:
    part = worker.part
    assert part is not None  # only busy workers are listened to
    try:
        told: Done | str | tuple[int, int, int] = worker.pipe.recv()
    except (EOFError, ConnectionResetError):
        yield from _died(worker, part, waiting, deaths, workers, job)
        return
    if isinstance(told, Done | str):
        _give(worker, waiting)
    yield part, told


def _died(
    worker: _Worker, part: Part, waiting: deque[Part], deaths: dict[int, int], workers: list[_Worker], job: Job
) -> Iterator[Event]:
    """Put the part back and another process in the dead one's place."""
    worker.process.join()
    worker.pipe.close()
    deaths[part.number] = deaths.get(part.number, 0) + 1
    if deaths[part.number] < MOST_DEATHS:
        waiting.appendleft(part)
    else:
        yield part, f"{MOST_DEATHS} processes died on it (exit code {worker.process.exitcode})"
    workers.remove(worker)
    if waiting:
        workers.append(_started(job))
        _give(workers[-1], waiting)


def sums(found: Mapping[int, tuple[int, int, int]]) -> tuple[int, int, int]:
    """Counts of several parts together."""
    documents, read, problems = (sum(one[n] for one in found.values()) for n in range(3))
    return documents, read, problems
