"""Reading into the ledger from the pages: files dropped, text pasted, feeds asked; one job after the other."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from communique import __version__
from communique.errors import CommuniqueError, UsageError
from communique.ledger import Counts, Ledger, Run
from communique.model import Issue, Reading
from communique.pipeline import read_document
from communique.reading import read_stream
from communique.sources import SourceOptions, grade, read_text
from communique.web.desk import Desk

if TYPE_CHECKING:
    from communique.watching import Round

BATCH = 25
MOST_PROBLEMS = 200
MOST_JOBS = 50
_SUFFIXES = frozenset(
    (".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".gz")
)


@dataclass(frozen=True, slots=True)
class Given:
    """Something handed in: the name its owner gave it, and its bytes. The name is shown, and never used as a path."""

    name: str
    content: bytes


@dataclass(slots=True)
class Job:
    """One hand-in, or one round of feeds, on its way into the ledger. ``rounds``: what each feed had."""

    number: int
    names: tuple[str, ...]
    of_feeds: bool = False
    documents: int = 0
    counts: Counts = field(default_factory=Counts)
    problems: list[Issue] = field(default_factory=list)
    read: list[tuple[str, str]] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)
    stage: str = "waiting"
    failed: str = ""
    done: threading.Event = field(default_factory=threading.Event)

    def json(self) -> dict[str, object]:
        """How far it is."""
        counted = {name: getattr(self.counts, name) for name in ("new", "edited", "reread", "unchanged", "reports")}
        return {
            "job": self.number, "inputs": list(self.names), "stage": self.stage, "done": self.done.is_set(),
            "documents": self.documents, "problems": len(self.problems), "failed": self.failed or None,
        } | counted  # fmt: skip


class Jobs:
    """The jobs of one server."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._lock, self._jobs = desk, threading.Lock(), dict[int, Job]()
        self._numbers, self._turn = 0, threading.Lock()

    def get(self, number: int) -> Job | None:
        """A job that was not too long ago."""
        return self._jobs.get(number)

    def latest(self) -> tuple[Job, ...]:
        """The last jobs, newest first."""
        return tuple(self._jobs.values())[::-1]

    def start(self, given: Sequence[Given], pasted: str, options: SourceOptions) -> Job:
        """Begin to read; raises UsageError if there is nothing to read."""
        names = (*(one.name for one in given), *(["pasted text"] if pasted.strip() else []))
        if not names:
            raise UsageError("nothing was handed in", "Choose files, or paste a text.")
        return self.begin(names, partial(self._take_in, given=tuple(given), pasted=pasted, options=options))

    def begin(self, names: tuple[str, ...], work: Callable[[Job], None], of_feeds: bool = False) -> Job:
        """Begin some work on the ledger, once its turn has come."""
        with self._lock:
            self._numbers += 1
            job = self._jobs[self._numbers] = Job(self._numbers, names, of_feeds)
            for old in [n for n, known in self._jobs.items() if known.done.is_set()][:-MOST_JOBS]:
                del self._jobs[old]
        threading.Thread(target=self._run, args=(job, work), daemon=True).start()
        return job

    def _run(self, job: Job, work: Callable[[Job], None]) -> None:
        try:
            with self._turn:
                work(job)
                job.stage = "putting together"
                self._desk.settle()
                self._desk.shelf.now()
        except CommuniqueError as error:
            job.failed = f"{error} {error.remedy}".strip()
        except Exception as error:  # whatever it is, somebody waits for an answer
            job.failed = f"This is a fault of the program: {type(error).__name__}: {error}"
        finally:
            job.stage = "failed" if job.failed else "done"
            job.done.set()

    def _take_in(self, job: Job, given: Sequence[Given], pasted: str, options: SourceOptions) -> None:
        with tempfile.TemporaryDirectory(prefix="communique-") as folder:
            self._keep(job, self._stream(given, pasted, options, Path(folder)))

    def _stream(
        self, given: Sequence[Given], pasted: str, options: SourceOptions, folder: Path
    ) -> Iterator[Reading | Issue]:
        names = {str(_stored(folder, one)): one.name for one in given}
        for found in read_stream(list(names), options, self._desk.folders):
            yield _named(found, names)
        for one in read_text(pasted, options) if pasted.strip() else ():
            yield one if isinstance(one, Issue) else read_document(one, self._desk.knowledge)

    def _keep(self, job: Job, stream: Iterator[Reading | Issue]) -> None:
        run = Run(__version__, self._desk.knowledge.version, self._desk.clock())
        waiting: list[Reading] = []
        job.stage = "reading"
        with self._desk.writing() as ledger:
            for found in stream:
                if isinstance(found, Issue):
                    _problem(job, ledger, found)
                    continue
                waiting.append(found)
                job.documents += 1
                job.read = [*job.read[-99:], (found.document.id, found.document.title or found.document.path or "")]
                if len(waiting) >= BATCH:
                    job.counts += ledger.put(waiting, run)
                    waiting = []
            job.counts += ledger.put(waiting, run)
            ledger.finish(run, self._desk.clock())


def _problem(job: Job, ledger: Ledger, issue: Issue) -> None:
    if issue.fatal:
        ledger.put_aside([issue])
    note(job, issue)


def note(job: Job, issue: Issue) -> None:
    """A problem to tell of; notes are not told, nor more than a few hundred."""
    if grade(issue) != "note" and len(job.problems) < MOST_PROBLEMS:
        job.problems.append(issue)


def _stored(folder: Path, given: Given) -> Path:
    """The bytes in a file named by their hash; of the owner's name only a known ending is kept."""
    suffixes = [suffix.lower() for suffix in PurePath(given.name).suffixes[-2:]]
    ending = "".join(suffix for suffix in suffixes if suffix in _SUFFIXES)
    path = folder / f"{sha256(given.name.encode() + b'/' + given.content).hexdigest()}{ending}"
    path.write_bytes(given.content)
    return path


def _named(found: Reading | Issue, names: dict[str, str]) -> Reading | Issue:
    """With the owner's name in the place of ours."""
    if isinstance(found, Issue):
        return replace(found, path=names.get(found.path or "", found.path))
    document = replace(found.document, path=names.get(found.document.path or "", found.document.path))
    issues = tuple(replace(issue, path=names.get(issue.path or "", issue.path)) for issue in found.issues)
    return replace(found, document=document, issues=issues)
