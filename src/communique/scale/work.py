"""One part, from its first record to its tables on disk: the function that processes and workers run.

Before each careful reading the number of the record is written down beside the tables. A process that dies leaves it
there; whoever tries the part again counts, and sets a record aside on which ``TRIES`` processes died.
"""

from __future__ import annotations

import faulthandler
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from time import monotonic, process_time
from typing import BinaryIO

from communique.knowledge import load
from communique.model import Issue, Reading
from communique.reconcile.copies import sketch
from communique.scale.cascade import Cascade, Passed, Read
from communique.scale.lines import read_lines
from communique.scale.pages import read_pages
from communique.scale.parts import Part
from communique.scale.problems import trouble
from communique.scale.raw import Raw
from communique.scale.tables import Row, TableWriter, read_table
from communique.scale.warc import read_warc
from communique.sources.options import SourceOptions
from communique.views.records import agreement_record, claim_record, document_record, published_day, report_record

TRIES = 2
"""So many processes may die on a record."""
MOST_ISSUES = 1_000
_EVERY = 1.0
Tell = Callable[[int, int, int], None]


@dataclass(frozen=True, slots=True)
class Job:
    """What is done with every part; ``seconds`` is how long the reading of one document may take."""

    out: str
    options: SourceOptions = field(default_factory=SourceOptions)
    folders: tuple[str, ...] = ()
    texts: bool = False
    everything: bool = False
    seconds: float = 120.0

    def file(self, part: int, what: str) -> Path:
        """Where something of a part is kept."""
        return Path(self.out, "parts", f"{part:06}.{what}")


@dataclass(slots=True)
class Done:
    """A part that is finished: counts, problems, seconds of the processor, and the hashes of its tables."""

    part: int
    documents: int = 0
    read: int = 0
    telling: int = 0
    records: int = 0
    bytes: int = 0
    seconds: float = 0.0
    counts: dict[str, int] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    hashes: dict[str, str] = field(default_factory=dict)


def finished(job: Job, part: int) -> Done | None:
    """What is kept of a part that was finished before, here or elsewhere."""
    try:
        kept = json.loads(job.file(part, "json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return Done(**kept | {"issues": [Issue(**one) for one in kept["issues"]]})


def do_part(part: Part, job: Job, tell: Tell | None = None) -> Done:
    """Read a part and write its tables, unless that was done before; ``tell`` hears of documents, bytes, problems."""
    return finished(job, part.number) or _Work(part, job, tell or (lambda documents, size, problems: None)).done()


class _Work:
    """A part being read."""

    def __init__(self, part: Part, job: Job, tell: Tell) -> None:
        self._part, self._job, self._tell = part, job, tell
        self._state = Done(part.number)
        self._cascade = Cascade(load(tuple(map(Path, job.folders))), job.options, job.everything)
        self._told, self._cpu = monotonic(), process_time()

    def done(self) -> Done:
        with ExitStack() as stack:
            stack.callback(self._cascade.close)
            tables = {
                kind: stack.enter_context(TableWriter(self._job.file(self._part.number, f"{kind}.parquet"), kind))
                for kind in ("documents", "records")
            }
            guard = stack.enter_context(_guard(self._job, self._part.number))
            for number, raw in enumerate(self._raws()):
                if isinstance(raw, Issue):
                    self._problem(raw)
                    continue
                for kind, row in self._rows(raw, number, guard):
                    tables[kind].write(row)
                self._report()
        self._finish()
        return self._state

    def _raws(self) -> Iterator[Raw | Issue]:
        part, options = self._part, self._job.options
        if part.kind == "table":
            return read_table(part)
        return {"lines": read_lines, "warc": read_warc, "pages": read_pages}[part.kind](part, options)

    def _rows(self, raw: Raw, number: int, guard: _Guard) -> Iterator[tuple[str, Row]]:
        chance = self._cascade.chance(raw)
        if chance is None:
            yield "documents", self._passed(self._cascade.passed(raw), number)
            return
        if guard.deadly(number):
            place = getattr(raw, "path", f"{self._part.path}@{getattr(raw, 'place', number)}")
            self._problem(trouble("poisoned-document", place, times=TRIES))
            return
        with guard.reading(number):
            for one in self._cascade.read(raw, chance, self._part.path):
                if isinstance(one, Read):
                    yield from self._read(one, number)
                elif isinstance(one, Passed):
                    yield "documents", self._passed(one, number)
                else:
                    self._problem(one)

    def _passed(self, one: Passed, number: int) -> Row:
        self._state.documents += 1
        return {
            "part": self._part.number, "number": number, "id": one.id, "url": one.url, "title": one.title,
            "digest": one.digest, "read": False, "records": 0,
        }  # fmt: skip

    def _read(self, one: Read, number: int) -> Iterator[tuple[str, Row]]:
        document, found = one.reading.document, list(_records(one.reading))
        self._state.documents += 1
        self._state.read += 1
        self._state.telling += bool(found)
        self._state.records += len(found)
        yield "documents", {
            "part": self._part.number, "number": number, "id": document.id, "url": document.url,
            "title": document.title, "publisher": document.publisher,
            "published": published_day(document.published.edtf), "language": document.language,
            "digest": one.digest, "read": True, "records": len(found),
            "head": _json(document_record(document)) if found else None,
            "sketch": list(sketch(document.text)) if found else None,
            "text": document.text if found and self._job.texts else None,
        }  # fmt: skip
        for row in found:
            yield "records", {"part": self._part.number, "number": number, "document": document.id, **row}

    def _problem(self, issue: Issue) -> None:
        self._state.counts[issue.code] = self._state.counts.get(issue.code, 0) + 1
        if len(self._state.issues) < MOST_ISSUES:
            self._state.issues.append(issue)

    def _report(self) -> None:
        now = monotonic()
        if now - self._told > _EVERY:
            self._told = now
            self._tell(self._state.documents, self._state.read, sum(self._state.counts.values()))

    def _finish(self) -> None:
        """Write what is known of the part; from now on it is done."""
        state = self._state
        state.bytes, state.seconds = self._part.size, round(process_time() - self._cpu, 3)
        for kind in ("documents", "records"):
            data = self._job.file(self._part.number, f"{kind}.parquet").read_bytes()
            state.hashes[kind] = sha256(data).hexdigest()
        write_whole(self._job.file(self._part.number, "json"), _json(asdict(state)).encode())
        self._job.file(self._part.number, "deaths").unlink(missing_ok=True)


def _records(reading: Reading) -> Iterator[Row]:
    document = reading.document
    for kind, made in (
        ("contact", [report_record(one, document) for one in reading.reports]),
        ("claim", [claim_record(one, document) for one in reading.claims]),
        ("agreement", [agreement_record(one, document) for one in reading.agreements]),
    ):
        for record in made:
            when = record.get("when") or {"from": record.get("from"), "to": record.get("to")}
            yield {
                "kind": kind, "id": record["id"], "status": record.get("status") or record.get("action"),
                "channel": record.get("channel"), "from": when["from"], "to": when["to"],
                "sides": _sides(kind, record),
                "quotes": [quote["text"] for quote in record["quotes"]], "record": _json(record),
            }  # fmt: skip


def _sides(kind: str, record: Row) -> list[str]:
    if kind == "agreement":
        return sorted(record["by"])
    return sorted({party["state"] or party["organisation"] for party in record["parties"]} - {None})


class _Guard:
    """Which record is being read, written where the next process finds it if this one dies."""

    def __init__(self, doing: BinaryIO, nowhere: BinaryIO, deaths: Counter[int], seconds: float) -> None:
        self._doing, self._nowhere, self._deaths, self._seconds = doing, nowhere, deaths, seconds

    def deadly(self, number: int) -> bool:
        """Whether so many processes died on a record that no other should."""
        return self._deaths[number] >= TRIES

    @contextmanager
    def reading(self, number: int) -> Iterator[None]:
        """Inside, the record is being read; whoever takes too long over it is ended from outside the interpreter."""
        self._doing.seek(0)
        self._doing.write(b"%20d\n" % number)
        faulthandler.dump_traceback_later(self._seconds, exit=True, file=self._nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


@contextmanager
def _guard(job: Job, part: int) -> Iterator[_Guard]:
    doing, deaths = job.file(part, "doing"), job.file(part, "deaths")
    counted = _deaths(deaths)
    died_on = _number(doing)
    if died_on is not None:
        counted[died_on] += 1
        write_whole(deaths, _json(dict(counted)).encode())
    with doing.open("wb", buffering=0) as written, open(os.devnull, "wb") as nowhere:
        yield _Guard(written, nowhere, counted, job.seconds)
    doing.unlink()


def _number(doing: Path) -> int | None:
    try:
        return int(doing.read_bytes()[:20])
    except (OSError, ValueError):
        return None


def _deaths(file: Path) -> Counter[int]:
    try:
        return Counter({int(number): times for number, times in json.loads(file.read_text("utf-8")).items()})
    except (OSError, ValueError):
        return Counter()


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that appears under its name only when it is whole."""
    unfinished = path.with_name(path.name + ".unfinished")
    unfinished.write_bytes(data)
    os.replace(unfinished, path)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
