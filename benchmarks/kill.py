"""Kills ``communique read`` at random points and looks whether anything was lost, doubled or bent.

    python benchmarks/kill.py --kills 200
    python benchmarks/kill.py --kills 60 --plant early     a fault that must be seen: acknowledged before it is stored
    python benchmarks/kill.py --kills 60 --plant double    a fault that must be seen: no unique key, nothing looked up

A process reads the same articles over and over into a ledger; it writes down every document that the ledger has
acknowledged. It is killed (SIGKILL) at a random moment, and then: everything acknowledged is there, nothing is there
twice, ``verify`` finds nothing. Once all is read, contacts must be those of a run that nobody killed; then a new ledger
is begun. What an article says is worked out once, so that most moments fall into storing, not into thinking.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from communique import reading
from communique.cli import read as command
from communique.cli.main import run as communique
from communique.knowledge import load
from communique.ledger import Ledger, open_ledger, writing
from communique.model import Document, Reading
from communique.pipeline import read_document

DOCUMENTS, BATCH = 12, 2
MEMORY = Path("/dev/shm")
TEXT = "Joe Biden spoke by phone with Vladimir Putin on {month} {day}, 2021. They discussed trade and security."
MONTHS = ("May", "June", "July", "August")


@dataclass(slots=True)
class Result:
    """How often it was killed, how often a whole run ended before that, and what was found wrong."""

    kills: int = 0
    finished: int = 0
    lost: int = 0
    doubled: int = 0
    damaged: int = 0
    contacts_differ: int = 0

    @property
    def whole(self) -> bool:
        return not (self.lost or self.doubled or self.damaged or self.contacts_differ)


@dataclass(frozen=True, slots=True)
class Place:
    """A folder with the articles, the ledger, and the note of what was acknowledged."""

    folder: Path

    @property
    def articles(self) -> Path:
        return self.folder / "articles.jsonl"

    @property
    def ledger(self) -> Path:
        return self.folder / "ledger.db"

    @property
    def note(self) -> Path:
        return self.folder / "acknowledged"

    def acknowledged(self) -> set[str]:
        return set(self.note.read_text("ascii").split()) if self.note.exists() else set()

    def clear(self) -> None:
        for path in (*self.folder.glob("ledger.db*"), self.note):
            path.unlink(missing_ok=True)


def write_articles(path: Path) -> None:
    texts = (TEXT.format(month=MONTHS[n % 4], day=n // 4 + 1) for n in range(DOCUMENTS))
    rows = ({"id": f"d{n:02}", "text": text, "published": "2021-09-01"} for n, text in enumerate(texts))
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def read_from_memory(known: dict[str, Reading], document: Document, _: Any) -> Reading:
    return known[document.id]


def thought_out() -> dict[str, Reading]:
    knowledge = load(())
    with tempfile.TemporaryDirectory() as folder:
        write_articles(path := Path(folder) / "a.jsonl")
        found = reading.with_issues(reading.read_inputs([path]))
        documents = [task[0] for task in found if isinstance(task, tuple)]
    return {document.id: read_document(document, knowledge) for document in documents}


def acknowledging(put: Callable[..., Any], note: Path, early: bool) -> Callable[..., Any]:
    """``Ledger.put`` that notes every document once (or, as a planted fault, before) it is stored."""

    def note_them(readings: Sequence[Reading]) -> None:
        with note.open("ab", buffering=0) as file:
            file.write("".join(f"{one.document.id}\n" for one in readings).encode())

    def put_and_note(ledger: Ledger, readings: Sequence[Reading], run: Any) -> Any:
        if early:
            note_them(readings)
        counts = put(ledger, readings, run)
        note_them(readings)
        return counts

    return put_and_note


def forget_what_is_known(connection: Any, ids: Sequence[str]) -> dict[str, Any]:
    return {identity: writing._Known() for identity in ids}


def without_unique_keys(path: Path) -> None:
    """The planted fault: the same tables, but for what keeps a document from being there twice."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA legacy_alter_table = ON")
        indexes = "SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE 'CREATE UNIQUE%'"
        for (name,) in connection.execute(indexes).fetchall():
            connection.execute(f"DROP INDEX {name}")
        tables = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql LIKE '%CONSTRAINT uq_%'"
        for name, sql in connection.execute(tables).fetchall():
            indexed = "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL"
            again = [row[0] for row in connection.execute(indexed, (name,))]
            connection.execute(f"ALTER TABLE {name} RENAME TO with_keys")
            connection.execute(re.sub(r",\s*CONSTRAINT uq_\w+ UNIQUE \([^)]*\)", "", sql))
            connection.execute("DROP TABLE with_keys")
            for statement in again:
                connection.execute(statement)


def begin(place: Place, plant: str) -> None:
    place.clear()
    open_ledger(place.ledger).close()
    if plant == "double":
        without_unique_keys(place.ledger)


def child(place: Place, known: dict[str, Reading], plant: str) -> None:
    """The program itself, in a process of its own; never returns."""
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    command.BATCH = BATCH
    reading.read_document = partial(read_from_memory, known)  # type: ignore[assignment]
    Ledger.put = acknowledging(Ledger.put, place.note, plant == "early")  # type: ignore[method-assign]
    if plant == "double":
        writing._known = forget_what_is_known
    code = communique(["read", "--ledger", str(place.ledger), str(place.articles)])
    os._exit(code)


def killed(place: Place, known: dict[str, Reading], plant: str, after: float) -> bool:
    """Runs the program and kills it after so many seconds; False if it ended before."""
    process = os.fork()
    if process == 0:
        child(place, known, plant)
    ends = time.monotonic() + after
    while time.monotonic() < ends:
        if os.waitpid(process, os.WNOHANG)[0]:
            return False
        time.sleep(0.0005)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    return True


def look(place: Place, result: Result) -> bool:
    """Counts what is wrong; whether everything has been read."""
    with closing(sqlite3.connect(place.ledger)) as connection:
        rows = Counter(name for (name,) in connection.execute("SELECT document FROM readings WHERE current = 1"))
        texts = Counter(name for (name,) in connection.execute("SELECT id FROM documents"))
    result.lost += len(place.acknowledged() - set(rows))
    result.doubled += sum(count > 1 for count in (rows | texts).values())
    with open_ledger(place.ledger, read_only=True) as ledger:
        result.damaged += sum(1 for _ in ledger.verify())
    return len(rows) == DOCUMENTS


def contacts(place: Place) -> list[tuple[str, ...]]:
    with open_ledger(place.ledger, read_only=True) as ledger:
        return [contact.reports for contact in ledger.contacts()]


def moments(seed: int, longest: float) -> Iterator[float]:
    chance = random.Random(seed)
    while True:
        yield chance.uniform(0, longest)


def measure(kills: int, seed: int, plant: str = "", stop_at_fault: bool = False) -> Result:
    """Kills so often. With a planted fault it may stop at the first thing that is wrong."""
    result, known = Result(), thought_out()
    # A killed process takes nothing from the system's own memory, so that a disk would only be slower.
    with tempfile.TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as folder:
        place = Place(Path(folder))
        write_articles(place.articles)
        begin(place, "")
        before = time.monotonic()
        killed(place, known, "", 600)
        longest, wanted = time.monotonic() - before, contacts(place)
        begin(place, plant)
        for after in moments(seed, longest):
            was_killed = killed(place, known, plant, after)
            result.kills += was_killed
            result.finished += not was_killed
            if look(place, result):
                killed(place, known, plant, 600)
                look(place, result)
                result.contacts_differ += not plant and contacts(place) != wanted
                begin(place, plant)
            if result.kills >= kills or (stop_at_fault and not result.whole):
                break
    return result


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plant", choices=("", "early", "double"), default="")
    given = parser.parse_args()
    result = measure(given.kills, given.seed, given.plant, bool(given.plant))
    print(json.dumps(asdict(result)))
    return 0 if result.whole else 1


if __name__ == "__main__":
    sys.exit(main())
