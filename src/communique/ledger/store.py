"""The ledger: documents with what was read out of them, judgements and contacts, in one database.

Whatever is asked comes as a stream in a fixed order, from one state of the ledger, even while another program writes.
Whatever is written goes in whole or not at all. Errors are those of ``communique.errors``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlalchemy import Connection, select

from communique.errors import LedgerError, NotFoundError, UsageError
from communique.ledger import (
    aside,
    clusters,
    copying,
    deciding,
    earlier,
    fulltext,
    history,
    queries,
    schema,
    verifying,
    writing,
)
from communique.ledger import unsettled as pending
from communique.ledger.database import Database, explaining
from communique.ledger.feeds import Watched
from communique.ledger.moving import Movable
from communique.ledger.queries import ALL, Filters, Found
from communique.ledger.rows import ACTIONS, CLAIMS, REPORTS
from communique.ledger.writing import Change, Counts, Run
from communique.model import AgreementAction, Claim, Contact, Document, Issue, Judgement, Reading, Report

_T = TypeVar("_T")


class Ledger(Movable, Watched):
    """An open ledger; a context manager. Made by ``open_ledger``."""

    def __init__(self, held: Database, program: str, read_only: bool) -> None:
        self._held = held
        self._program = program
        self.name = held.name
        self.read_only = read_only
        self._written = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file, and lets it take stock of itself if it was written to."""
        if self._written:
            with suppress(LedgerError), self._reading() as connection:
                self._held.take_stock(connection)
        self._held.let_go()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with explaining(self._held), self._held.engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if self.read_only:
            raise LedgerError(f"{self.name} was opened for reading only.")
        with explaining(self._held), self._held.engine.connect() as connection:
            with self._held.writing(connection, self._program) as writer:
                yield writer
            self._written = True

    @property
    def short_name(self) -> str:
        """The last part of its name: of the file, or of the database."""
        return self.name.partition("?")[0].rpartition("/")[2]

    def _stream(self, query: Callable[..., Iterator[_T]], *arguments: object) -> Iterator[_T]:
        with self._reading() as connection:
            yield from query(connection, *arguments)

    # What is kept

    def put(self, readings: Iterable[Reading], run: Run) -> Counts:
        """Stores readings in one transaction.

        What was read before by the same rules from the same text stays as it is. Otherwise the new reading supersedes
        the old one, which is kept; judgements stay, and hold on to the places they speak of.
        """
        with self._writing() as connection:
            return writing.put(connection, readings, run)

    def finish(self, run: Run, finished: str) -> None:
        """Notes when a run ended."""
        with self._writing() as connection:
            writing.finish(connection, run, finished)

    def put_aside(
        self,
        issues: Iterable[Issue],
        original: bytes | None = None,
        options: Mapping[str, Any] | None = None,
        anew: Collection[str] = (),
    ) -> int:
        """Keeps problems with inputs that never became documents, each once; how many were not kept before.

        What was read is in each issue, or is ``original``; ``options`` are those it was read with. Inputs (paths) that
        were tried ``anew`` lose the problems they had.
        """
        held = [issue if original is None else replace(issue, original=original) for issue in issues]
        if not held and not anew:
            return 0
        with self._writing() as connection:
            return aside.put(connection, held, options, anew)

    def drop_aside(self, path: str) -> None:
        """Forgets the problems with an input, before it is tried again."""
        self.put_aside((), anew=(path,))

    def retried(self, key: int, issues: Iterable[Issue]) -> None:
        """Puts what is wrong with an input now in the place of what was; nothing, if it has been read after all."""
        with self._writing() as connection:
            aside.retried(connection, key, tuple(issues))

    def add_judgement(self, judgement: Judgement) -> bool:
        """Keeps a decision; False if it is kept already. Raises NotFoundError for reports that were never read."""
        with self._writing() as connection:
            added = deciding.add(connection, judgement)
            if added:
                Change(connection, earlier.JUDGEMENT, judgement.at).count()
            return added

    def undo(self, judgement: str, who: str, at: str, why: str = "") -> Judgement:
        """Takes a decision back by a further one, which is returned."""
        with self._reading() as connection:
            undoing = deciding.undoing(connection, judgement, who, at, why)
        self.add_judgement(undoing)
        return undoing

    def put_contacts(
        self,
        contacts: Iterable[Contact],
        replacing: Collection[str] | None = None,
        mark: str = "",
        seen: int | None = None,
    ) -> int | None:
        """Stores which reports are one contact. ``replacing`` are the ids that give way; None: all there are.

        ``mark`` names the program and knowledge that worked them out, ``seen`` the revision they were worked out from.
        Returns how many contacts changed; None, and nothing is stored, if the ledger has changed since. An id that is
        gone leads to the contact with most of its reports.
        """
        with self._writing() as connection:
            if seen is not None and writing.revision(connection) != seen:
                return None
            return clusters.put_contacts(Change(connection, pending.settled_by(mark)), contacts, replacing)

    # What is found

    @property
    def revision(self) -> int:
        """How many changes the ledger has seen."""
        with self._reading() as connection:
            return writing.revision(connection)

    def pulse(self) -> int | None:
        """A number that is another one as soon as anybody has written; None if only ``revision`` can tell.

        For whoever looks a thousand times a second whether the ledger moved on.
        """
        with explaining(self._held):
            return self._held.pulse()

    def runs(self) -> Iterator[Run]:
        """Runs that changed something, oldest first."""
        table = schema.runs
        with self._reading() as connection:
            for row in connection.execute(select(table).order_by(table.c.key)):
                yield Run(row.program, row.knowledge, row.started, row.finished)

    def documents(self, filters: Filters = ALL) -> Iterator[Document]:
        """Documents by id, as they were last read."""
        return self._stream(queries.documents, filters)

    def document(self, identity: str) -> Document | None:
        """One document, as it was last read."""
        return next(self.documents(Filters(ids=(identity,))), None)

    def versions(self, identity: str) -> tuple[Document, ...]:
        """Every text a document ever had, oldest first."""
        with self._reading() as connection:
            return queries.versions(connection, identity)

    def arrivals(self) -> Iterator[Document]:
        """Documents in the order in which they were read."""
        return self._stream(queries.arrivals)

    def edited(self) -> tuple[str, ...]:
        """The ids of documents that have had several texts."""
        with self._reading() as connection:
            return earlier.edited(connection)

    def revision_at(self, moment: str) -> int:
        """The revision of a number (``r12``, ``12``), or the last one of a day or time; raises NotFoundError."""
        with self._reading() as connection:
            return earlier.revision_at(connection, moment)

    def at(self, moment: str, sides: Collection[str] = ()) -> tuple[int, tuple[Reading, ...], tuple[Judgement, ...]]:
        """The revision of a number, day or time, and the readings and decisions that held then.

        With ``sides``, only the readings that a contact of these sides can hang on.
        """
        with self._reading() as connection:
            number = earlier.revision_at(connection, moment)
            readings = tuple(earlier.readings_at(connection, number, sides))
            return number, readings, tuple(earlier.judgements_at(connection, number))

    def readings(self, filters: Filters = ALL) -> Iterator[Reading]:
        """Everything that each document says, by document."""
        return self._stream(queries.readings, filters)

    def reports(self, filters: Filters = ALL) -> Iterator[Report]:
        """Reports by document and place."""
        return self._stream(queries.records, REPORTS, filters)

    def reports_by_id(self, ids: Iterable[str]) -> Iterator[Report]:
        """The reports of these ids, as far as they are read now."""
        return self._stream(queries.reports_by_id, ids)

    def claims(self, filters: Filters = ALL) -> Iterator[Claim]:
        """Claims by document and place."""
        return self._stream(queries.records, CLAIMS, filters)

    def agreements(self, filters: Filters = ALL) -> Iterator[AgreementAction]:
        """What was done to agreements, by document and place."""
        return self._stream(queries.records, ACTIONS, filters)

    def contacts(self, filters: Filters | None = None) -> Iterator[Contact]:
        """Contacts by id, whole; with filters, those of which a report passes them."""
        return self._stream(queries.contacts, filters)

    def contact(self, identity: str) -> Contact | None:
        """A contact, also by an id that it has taken over."""
        with self._reading() as connection:
            return queries.contact(connection, identity)

    def search(self, words: str, limit: int = 20, skip: int = 0) -> list[fulltext.Hit]:
        """Documents in which all the words (and "quoted phrases") stand, best first."""
        with self._reading() as connection:
            return fulltext.find(connection, words, limit, skip)

    def changed_since(self, revision: int) -> tuple[history.Changed, ...]:
        """What was read or taken back in later revisions, newest first: a row a document."""
        with self._reading() as connection:
            return tuple(history.changed_since(connection, revision))

    def arrived(self) -> dict[str, tuple[int, int]]:
        """By document, the revisions in which it was read first, and its present text was."""
        with self._reading() as connection:
            return history.arrived(connection)

    def revisions(self, since: int = 0) -> tuple[history.Revision, ...]:
        """The changes that the ledger has seen after one of them, newest first."""
        with self._reading() as connection:
            return tuple(history.revisions(connection, since))

    def names(self) -> tuple[str, ...]:
        """Everybody who is named anywhere, sorted."""
        with self._reading() as connection:
            return tuple(connection.execute(select(schema.names.c.name).order_by(schema.names.c.name)).scalars())

    def damaged(self, documents: Collection[str]) -> frozenset[str]:
        """Those of some documents of which the text, or a quote in a report, is not as it was stored."""
        with self._reading() as connection:
            return verifying.damaged(connection, documents)

    def damage(self, document: str) -> tuple[verifying.Damage, ...]:
        """What is wrong with one document and the quotes of it; nothing if it is whole."""
        with self._reading() as connection:
            return tuple(verifying.of_document(connection, document))

    def unsettled(self, mark: str) -> pending.Unsettled | None:
        """What was read since contacts were last stored under this mark; None if all have to be worked out anew."""
        with self._reading() as connection:
            return pending.unsettled(connection, mark)

    def reports_near(self, sides: Sequence[str], first: date, last: date, slack: timedelta) -> Iterator[Report]:
        """Reports of all these sides that touch these days, or were published within ``slack`` of them."""
        return self._stream(pending.reports_near, sides, first, last, slack)

    def contacts_holding(self, reports: Iterable[str]) -> tuple[Contact, ...]:
        """The contacts, whole, that any of these reports belongs to."""
        with self._reading() as connection:
            return queries.contacts_holding(connection, reports)

    def judgements(self) -> Iterator[Judgement]:
        """All decisions as they were made, with the ids that their reports have now."""
        return self._stream(deciding.current)

    def orphaned_judgements(self) -> Iterator[deciding.Orphan]:
        """Decisions in force whose reports are no longer read."""
        return self._stream(deciding.orphans)

    def set_aside(self) -> Iterator[Issue]:
        """Problems with inputs that never became documents."""
        return self._stream(queries.set_aside)

    def asides(self) -> tuple[aside.Aside, ...]:
        """The same with their numbers, how much was kept of them and how often they were tried."""
        with self._reading() as connection:
            return tuple(aside.listed(connection))

    def original(self, key: int) -> bytes | None:
        """What was kept of an input that was set aside."""
        with self._reading() as connection:
            return aside.original(connection, key)

    def broken_inputs(self, codes: Collection[str], times: int) -> frozenset[str]:
        """Marks (SHA-256) of inputs that were set aside so often for one of these reasons."""
        with self._reading() as connection:
            return aside.broken(connection, codes, times)

    def get(self, prefix: str) -> Found:
        """The contact, document, report, claim or agreement action whose id begins so.

        Raises NotFoundError if there is none, and UsageError if there are several.
        """
        with self._reading() as connection:
            found = queries.beginning(connection, prefix, 6) if prefix else []
            if len(found) > 1:
                names = ", ".join(f"{what} {identity}" for what, identity in found[:5])
                raise UsageError(f"Several ids begin with {prefix}: {names}{' …' if len(found) > 5 else ''}.")
            what, identity = found[0] if found else ("contact", prefix)
            record = queries.FETCH[what](connection, identity)
        if record is None:
            raise NotFoundError(f"Nothing in {self.name} has an id that begins with {prefix!r}.")
        return record

    # Whether it is whole

    def verify(self) -> Iterator[verifying.Damage]:
        """What is damaged; nothing if the ledger is whole."""
        return self._stream(verifying.verify, self._held.check_pages)

    def backup(self, target: str | Path) -> None:
        """Copies the ledger, also while others write to it."""
        with explaining(self._held):
            if not self._held.copy_file(Path(target)):
                copying.to_file(self._held, Path(target))
