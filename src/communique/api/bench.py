"""What the API works at: a ledger now and as it was, rules to read with, and the writing that a token allows."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from communique import __version__
from communique.errors import NotFoundError, UsageError
from communique.knowledge import Knowledge, load
from communique.ledger import Counts, Filters, Ledger, Run, new_judgement, open_ledger
from communique.model import Document, Issue, Judgement, JudgementKind, Reading
from communique.pipeline import read_document, settle
from communique.sources import SourceOptions, read_text
from communique.views.past import Past
from communique.views.shelf import Held, Shelf

PROGRAM = "communique api"


def _now() -> str:
    # To the microsecond: of two decisions on the same reports the later one holds.
    return datetime.now(UTC).isoformat(timespec="microseconds")


class Bench:
    """A ledger (made if it is not there), the user's folders of knowledge, and in whose name is decided.

    A ``shelf`` that is open already may be shared.
    """

    def __init__(
        self, ledger: Path | str, folders: tuple[Path, ...] = (), patience: float = 5.0, who: str = "api",
        clock: Callable[[], str] = _now, shelf: Shelf | None = None,
    ) -> None:  # fmt: skip
        self._path, self._folders, self._patience = ledger, folders, patience
        self._who, self._clock = who, clock
        with self._open():
            pass  # makes the ledger, or brings it up to date
        self.shelf = shelf or Shelf(ledger, load(folders).registry, patience)
        self._past = Past(self.shelf)
        self._writing = threading.Lock()

    def close(self) -> None:
        """Let go of the ledger."""
        self.shelf.close()

    @cached_property
    def knowledge(self) -> Knowledge:
        """Everything the reader knows."""
        return load(self._folders)

    def at(self, moment: str | None = None, revision: int | None = None) -> Held:
        """What the ledger holds now, or held at a moment (revision, day or time). Raises NotFoundError."""
        now = self._past.remember(self.shelf.now())
        if revision is not None:
            return self._past.at(f"r{revision}")
        return self._past.at(moment) if moment is not None else now

    def read(self, text: str, published: str | None, publisher: str | None = None, **about: str | None) -> Reading:
        """What a text says; nothing is kept. ``about`` are further fields of the document (id, title, url).

        Raises UsageError for a text that would be set aside.
        """
        issues: list[Issue] = []
        for found in read_text(text, SourceOptions(published, publisher)):
            if isinstance(found, Document):
                given = {name: value for name, value in about.items() if value is not None}
                reading = read_document(replace(found, **given), self.knowledge)  # type: ignore[arg-type]
                return replace(reading, issues=(*issues, *reading.issues))
            issues.append(found)
        raise UsageError(
            issues[0].message if issues else "there is nothing to read", issues[0].remedy if issues else ""
        )

    def keep(self, reading: Reading) -> tuple[Counts, int]:
        """A reading into the ledger; what changed, and how many contacts did."""
        started = self._clock()
        with self._writing, self._open() as ledger:
            counts = ledger.put([reading], Run(__version__, self.knowledge.version, started, self._clock()))
            return counts, settle(ledger, self.knowledge)

    def decide(
        self, kind: JudgementKind, reports: Sequence[str], why: str, field: str | None, value: str | None
    ) -> Judgement:
        """A decision; contacts are worked out anew. Raises NotFoundError, UsageError."""
        made = new_judgement(kind, tuple(reports), self._who, self._clock(), why, field, value)
        with self._writing, self._open() as ledger:
            ledger.add_judgement(made)
            settle(ledger, self.knowledge)
        return made

    def undo(self, judgement: str, why: str) -> Judgement:
        """A decision taken back. Raises NotFoundError."""
        with self._writing, self._open() as ledger:
            made = ledger.undo(judgement, self._who, self._clock(), why)
            settle(ledger, self.knowledge)
        return made

    def reading(self, identity: str) -> Reading:
        """Everything that a document of the ledger says. Raises NotFoundError."""
        found = next(self.shelf.ledger.readings(Filters(ids=(identity,))), None)
        if found is None:
            raise NotFoundError(f"There is no document {identity}.")
        return found

    def _open(self) -> Ledger:
        return open_ledger(self._path, patience=self._patience, program=PROGRAM)
