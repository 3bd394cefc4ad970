"""Inputs read one after the other, by one process or several; the results come in the order of the inputs."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

from communique.knowledge import load
from communique.model import Document, Issue, Reading
from communique.pipeline import read_document
from communique.sources import SourceOptions, read_inputs

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


def _by_one(tasks: Iterable[Task | Issue], folders: tuple[Path, ...]) -> Iterator[Reading | Issue]:
    for task in tasks:
        yield task if isinstance(task, Issue) else _read(task, folders)


def _read(task: Task, folders: tuple[Path, ...]) -> Reading | Issue:
    """One document read; one on which the reader itself fails is set aside, and costs the others nothing."""
    document, issues = task
    try:
        reading = read_document(document, load(folders))
    except Exception as error:
        message = f"the reader failed on the document {document.id}: {type(error).__name__}: {error}"
        remedy = "This is a fault of the program: please report it with the document. The others were read."
        return Issue("reader-failed", message, remedy, path=document.path, fatal=True)
    return replace(reading, issues=(*issues, *reading.issues))


def _by_many(tasks: Iterable[Task | Issue], folders: tuple[Path, ...], jobs: int) -> Iterator[Reading | Issue]:
    waiting: deque[Future[Reading | Issue] | Issue] = deque()
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _start, (folders,))
    try:
        for task in tasks:
            waiting.append(task if isinstance(task, Issue) else pool.submit(_read, task, folders))
            if len(waiting) > jobs * AHEAD:
                yield _result(waiting.popleft())
        while waiting:
            yield _result(waiting.popleft())
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _start(folders: tuple[Path, ...]) -> None:
    # An interruption is for the program that waits for us: it keeps what is done.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    load(folders)


def _result(one: Future[Reading | Issue] | Issue) -> Reading | Issue:
    return one if isinstance(one, Issue) else one.result()
