"""Inputs read one after the other, by one process or several; the results come in the order of the inputs."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType

from communique.knowledge import load
from communique.model import Document, Issue, Reading
from communique.pipeline import read_document
from communique.sources import SourceOptions, read_inputs, read_original
from communique.sources.originals import as_line, kept

AHEAD = 32
"""So many documents a process may be given before their results are asked for."""
Task = tuple[Document, tuple[Issue, ...]]


def read_stream(
    paths: Sequence[str], options: SourceOptions | None = None, folders: tuple[Path, ...] = (), jobs: int = 1
) -> Iterator[Reading | Issue]:
    """What each document says, with the issues of the inputs where they occur (those of a document: also with it)."""
    tasks = with_issues(read_inputs(paths, options))
    return _by_many(tasks, folders, jobs) if jobs > 1 else _by_one(tasks, folders)


def with_issues(found: Iterable[Document | Issue]) -> Iterator[Task | Issue]:
    """Every issue, and every document together with the issues that came before it and are its own."""
    waiting: list[Issue] = []
    for one in found:
        if isinstance(one, Issue):
            yield one
            waiting = [] if one.fatal or one.code == "read-twice" else [*waiting, one]
        else:
            yield one, tuple(issue for issue in waiting if issue.path == one.path)
            waiting = []


def reread(original: bytes, path: str, options: SourceOptions, folders: tuple[Path, ...]) -> Iterator[Reading | Issue]:
    """What bytes say that were kept of an input which was set aside."""
    return _by_one(with_issues(read_original(original, path, options)), folders)


def _by_one(tasks: Iterable[Task | Issue], folders: tuple[Path, ...]) -> Iterator[Reading | Issue]:
    for task in tasks:
        yield task if isinstance(task, Issue) else _read(task, folders)


def _read(task: Task, folders: tuple[Path, ...]) -> Reading | Issue:
    """One document read; one on which the reader itself fails is set aside, and costs the others nothing."""
    document, issues = task
    try:
        reading = read_document(document, load(folders))
    except Exception as error:
        return _failed(document, f"{type(error).__name__}: {error}")
    return replace(reading, issues=(*issues, *reading.issues))


def _failed(document: Document, why: str) -> Issue:
    message = f"the reader failed on the document {document.id}: {why}"
    remedy = "This is a fault of the program: please report it with the document. The others were read."
    failed = Issue("reader-failed", message, remedy, path=document.path, fatal=True)
    return kept(failed, as_line(document))


def _by_many(tasks: Iterable[Task | Issue], folders: tuple[Path, ...], jobs: int) -> Iterator[Reading | Issue]:
    with _Pool(folders, jobs) as pool:
        for task in tasks:
            pool.give(task)
            if len(pool.waiting) > jobs * AHEAD:
                yield pool.result()
        while pool.waiting:
            yield pool.result()


class _Pool:
    """Processes that read. One that dies, of want of memory say, costs the document it was reading, and is replaced."""

    def __init__(self, folders: tuple[Path, ...], jobs: int) -> None:
        self._folders, self._jobs = folders, jobs
        self._processes = self._started(jobs)
        self.waiting: deque[tuple[Task | Issue, Future[Reading | Issue] | None]] = deque()

    def __enter__(self) -> _Pool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._processes.shutdown(wait=True, cancel_futures=True)

    def _started(self, jobs: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(jobs, get_context("spawn"), _start, (self._folders,))

    def give(self, task: Task | Issue) -> None:
        """Have a document read when its turn comes; an issue keeps its place among them."""
        self.waiting.append((task, None if isinstance(task, Issue) else self._submitted(task)))

    def _submitted(self, task: Task) -> Future[Reading | Issue]:
        try:
            return self._processes.submit(_read, task, self._folders)
        except BrokenProcessPool as error:
            broken: Future[Reading | Issue] = Future()
            broken.set_exception(error)
            return broken

    def result(self) -> Reading | Issue:
        """What came of the first of those that wait."""
        task, future = self.waiting.popleft()
        if isinstance(task, Issue):
            return task
        assert future is not None
        try:
            return future.result()
        except BrokenProcessPool:
            self._replace()
            return self._alone(task)

    def _replace(self) -> None:
        """New processes; what the dead ones had been given and did not finish is given to them."""
        self._processes.shutdown(wait=True, cancel_futures=True)
        self._processes = self._started(self._jobs)
        held, self.waiting = self.waiting, deque()
        for task, future in held:
            lost = future is not None and (not future.done() or future.cancelled() or future.exception() is not None)
            if lost:
                self.give(task)
            else:
                self.waiting.append((task, future))

    def _alone(self, task: Task) -> Reading | Issue:
        """Any of those read at the time may have been the cause: read by itself, each shows whether it was."""
        with self._started(1) as process:
            try:
                return process.submit(_read, task, self._folders).result()
            except BrokenProcessPool:
                return _failed(task[0], "the process that read it died")


def _start(folders: tuple[Path, ...]) -> None:
    # An interruption is for the program that waits for us: it keeps what is done.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    load(folders)
