"""What the pages work at: a ledger to ask, rules to read with, and the writing that a session may do."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from pathlib import Path

from communique.knowledge import Knowledge, load
from communique.ledger import Ledger, new_judgement, open_ledger
from communique.model import Document, Judgement, JudgementKind, Published, Reading
from communique.pipeline import read_document, settle
from communique.reconcile.judgements import in_force
from communique.views.past import Past
from communique.views.shelf import Held, Shelf

PROGRAM = "communique serve"
SENTENCES = 64


def now() -> str:
    """This moment; to the microsecond, for of two decisions on the same reports the later one holds."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def typed(words: str, published: str | None) -> Document:
    """Words typed by somebody, as a document of a day."""
    said = Published(published, "given") if published else Published(None, None)
    return Document("typed", words, language="en", published=said)


class Desk:
    """A ledger file, the user's folders of knowledge, and in whose name decisions are made.

    ``vouched`` are hosts inside a network from which feeds may be fetched all the same.
    """

    def __init__(
        self, ledger: Path | str, folders: tuple[Path, ...] = (), patience: float = 5.0, who: str = "somebody",
        clock: Callable[[], str] = now, vouched: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        self.path, self.folders, self.patience, self.who, self.clock = ledger, folders, patience, who, clock
        self.vouched = vouched
        self.writes = 0
        with self.writing():
            pass  # makes the ledger, or brings it up to date
        self.shelf = Shelf(ledger, load(folders).registry, patience)
        self.past = Past(self.shelf)
        self._writing = threading.Lock()

    def close(self) -> None:
        """Let go of the ledger."""
        self.shelf.close()

    @cached_property
    def knowledge(self) -> Knowledge:
        """Everything the reader knows."""
        return load(self.folders)

    @contextmanager
    def writing(self) -> Iterator[Ledger]:
        """The ledger, to change it; ``writes`` counts how often that was done."""
        try:
            with open_ledger(self.path, patience=self.patience, program=PROGRAM) as ledger:
                yield ledger
        finally:
            self.writes += 1

    def at(self, revision: int, contact: str | None = None) -> Held:
        """What the ledger held at a revision, perhaps only as far as it concerns a contact; raises NotFoundError."""
        now = self.shelf.now()
        if revision >= now.revision:
            return now
        known = self.shelf.ledger.contact(contact) if contact else None
        sides = now.row(known.id).sides if known and known.id in now.snapshot.contacts else ()
        return self.past.at(f"r{revision}", sides)

    @cached_property
    def read_sentence(self) -> Callable[[str, str | None], Reading]:
        """What some words say that were published on a day; the last ones asked for are remembered."""
        return lru_cache(SENTENCES)(lambda words, day: read_document(typed(words, day), self.knowledge))

    def decide(
        self, kind: JudgementKind, groups: Sequence[Sequence[str]], why: str = "", field: str | None = None,
        value: str | None = None,
    ) -> tuple[Judgement, ...]:  # fmt: skip
        """One decision for each group of reports, taken down at once; contacts follow with :meth:`settle`."""
        at = self.clock()
        made = tuple(new_judgement(kind, reports, self.who, at, why, field, value) for reports in groups)
        with self._writing, self.writing() as ledger:
            for judgement in made:
                ledger.add_judgement(judgement)
        return made

    def undo(self) -> tuple[Judgement, ...]:
        """Take back what was decided last in this name and still holds; several at once if they were made at once."""
        with self._writing, self.writing() as ledger:
            mine = [j for j in in_force(tuple(ledger.judgements())) if j.who == self.who]
            last = tuple(j for j in mine if j.at == mine[-1].at)
            for judgement in last:
                ledger.undo(judgement.id, self.who, self.clock())
        return last

    def settle(self) -> int:
        """Work the contacts out anew; how many changed."""
        with self._writing, self.writing() as ledger:
            return settle(ledger, self.knowledge)
