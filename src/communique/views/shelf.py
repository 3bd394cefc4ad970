"""A ledger as pages and programs ask it again and again: what it holds at a revision, with the answers kept.

A :class:`Shelf` looks whether the ledger moved on, and then reads it anew; a :class:`Held` never changes. Answers that
take time are worked out when somebody asks for them, once.
"""

from __future__ import annotations

import gc
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property, lru_cache, partial
from pathlib import Path
from time import perf_counter
from typing import Any, TypeVar

from communique.errors import NotFoundError
from communique.knowledge.registry import Registry
from communique.ledger import Ledger, open_ledger
from communique.reconcile import Issuers, issuers
from communique.views.agreements import LifeLine, life_lines
from communique.views.check import Book
from communique.views.claims import ClaimRow, claim_rows
from communique.views.compare import Comparison, compare
from communique.views.contacts import ContactRow, contact_row, contact_rows
from communique.views.documents import Coverage, coverage
from communique.views.doubts import Doubt, doubts
from communique.views.facets import Facet, facets, year_of
from communique.views.people import NameBook, PersonRow, people
from communique.views.plans import PlanRow, plan_rows
from communique.views.snapshot import Snapshot
from communique.views.stored import stored

K = TypeVar("K")
V = TypeVar("V")
DOUBTS = 200
KEPT_COMPARISONS = 64
"""A page asks for the comparison of its contact, and so does the picture on it."""
KEPT_PAIRS = 512
"""So many pairs' contacts are remembered: those of busy pairs are asked for by every contact of theirs."""
SOON = 3.0
"""A ledger that is read within so many seconds is waited for."""


def grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    """Values by key, in the order in which they came."""
    table: dict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        table[key].append(value)
    return {key: tuple(found) for key, found in table.items()}


class Held:
    """What a ledger held at one revision."""

    def __init__(self, ledger: Ledger, revision: int, snapshot: Snapshot, registry: Registry) -> None:
        self.ledger, self.revision, self.snapshot, self.registry = ledger, revision, snapshot, registry
        self._compared = lru_cache(KEPT_COMPARISONS)(partial(compare, snapshot, sentences=False))
        self._answers: dict[Callable[[Held], Any], Any] = {}
        self._pairs: dict[frozenset[str], tuple[ContactRow, ...]] = {}

    @cached_property
    def rows(self) -> tuple[ContactRow, ...]:
        """All contacts in the order of time, those without a date last."""
        return contact_rows(self.snapshot)

    @cached_property
    def row_of(self) -> Mapping[str, ContactRow]:
        """The same by id."""
        return {row.id: row for row in self.rows}

    def between(self, sides: Iterable[str]) -> tuple[ContactRow, ...]:
        """The contacts of all these sides, in the order of time."""
        wanted = frozenset(sides)
        rows = self._pairs.get(wanted)
        if rows is None:
            found = (self.row_of[identity] for identity in self.snapshot.contacts_of(wanted))
            rows = tuple(sorted((r for r in found if r.sides >= wanted), key=lambda r: self._place[r.id]))
            self._pairs[wanted] = rows
            for old in list(self._pairs)[:-KEPT_PAIRS]:
                self._pairs.pop(old, None)
        return rows

    @cached_property
    def _place(self) -> Mapping[str, int]:
        return {row.id: n for n, row in enumerate(self.rows)}

    def contact(self, identity: str) -> str:
        """The id that a contact has now (also by the id of one that became part of it); raises NotFoundError."""
        if identity in self.snapshot.contacts:
            return identity
        found = self.ledger.contact(identity)
        if found is None or found.id not in self.snapshot.contacts:
            raise NotFoundError(f"There is no contact {identity}.")
        return found.id

    def row(self, identity: str) -> ContactRow:
        """One contact, without working out all of them."""
        return self.row_of[identity] if "rows" in self.__dict__ else contact_row(self.snapshot, identity)

    def comparison(self, identity: str) -> Comparison:
        """A contact as each voice tells it, without aligned sentences; raises KeyError if there is none."""
        return self._compared(identity)

    def of_year(self, year: str) -> tuple[ContactRow, ...]:
        """The contacts of a year (``"2021"``), or those without a date (``"undated"``), in the order of time."""
        return self._years.get(year, ())

    @cached_property
    def _years(self) -> Mapping[str, tuple[ContactRow, ...]]:
        return grouped((year_of(row), row) for row in self.rows)

    def of_person(self, name: str) -> tuple[ContactRow, ...]:
        """The contacts somebody took part in, in any spelling of the name, in the order of time."""
        found = {row.id: row for known in self._name_book.spellings(name) for row in self._named[known]}
        return tuple(sorted(found.values(), key=lambda row: self._place[row.id]))

    @cached_property
    def _name_book(self) -> NameBook:
        return NameBook(self._named)

    @cached_property
    def _named(self) -> Mapping[str, tuple[ContactRow, ...]]:
        return grouped((name, row) for row in self.rows for name in {p.name for p in row.parties if p.name})

    @cached_property
    def facets(self) -> tuple[Facet, ...]:
        """What all contacts are made of."""
        return facets(self.rows)

    @cached_property
    def people(self) -> tuple[PersonRow, ...]:
        """Everybody who took part in a contact, most contacts first."""
        return people(self.rows)

    @cached_property
    def names(self) -> NameBook:
        """Everybody who is named anywhere."""
        return NameBook(self.ledger.names())

    @cached_property
    def plans(self) -> tuple[PlanRow, ...]:
        """All plans and what became of them."""
        return plan_rows(self.snapshot)

    def plans_between(self, sides: Iterable[str]) -> tuple[PlanRow, ...]:
        """The plans that name all these sides, one at least."""
        wanted = tuple(sides)
        found = self._plans_by_side.get(wanted[0], ())
        return tuple(p for p in found if {party.side for party in p.parties}.issuperset(wanted))

    @cached_property
    def _plans_by_side(self) -> Mapping[str | None, tuple[PlanRow, ...]]:
        return grouped((side, plan) for plan in self.plans for side in {party.side for party in plan.parties})

    def plans_with(self, row: ContactRow) -> tuple[PlanRow, ...]:
        """The plans that a contact fulfils or is a step of, and those fulfilled by what fulfilled it."""
        places = {n for one in (row.id, row.plan_of) if one for n in self._plan_places.get(one, ())}
        found = (self.plans[n] for n in sorted(places))
        return tuple(p for p in found if p.contact in (row.id, row.plan_of) or row.id in p.chain)

    @cached_property
    def _plan_places(self) -> Mapping[str, tuple[int, ...]]:
        return grouped((one, n) for n, plan in enumerate(self.plans) for one in {plan.contact, *plan.chain} if one)

    @cached_property
    def lines(self) -> tuple[LifeLine, ...]:
        """The life-lines of all agreements."""
        return life_lines(self.snapshot, self.registry)

    @cached_property
    def book(self) -> Book:
        """The ledger as checks see it."""
        return Book(self.snapshot)

    @cached_property
    def claims(self) -> tuple[ClaimRow, ...]:
        """All claims with their verdicts."""
        return claim_rows(self.snapshot, self.book)

    @cached_property
    def coverage(self) -> Coverage:
        """Which sources spoke when."""
        return coverage(self.snapshot.documents.values(), self.snapshot.issuers)

    @cached_property
    def doubts(self) -> tuple[Doubt, ...]:
        """What a person should look at first."""
        return doubts(self.snapshot, DOUBTS)


    def remembered(self, question: Callable[[Held], V]) -> V:
        """The answer to a question about the whole state (a function of a module), worked out once."""
        if question not in self._answers:
            self._answers[question] = question(self)
        answer: V = self._answers[question]
        return answer

    def work_out(self) -> None:
        """Work out now what pages ask for again and again, so that the first who asks need not wait."""
        for name in WORKED_OUT:
            getattr(self, name)
        _ = self.snapshot.reports_of, self.snapshot.contacts_of(("",))


WORKED_OUT = (
    "rows", "row_of", "_place", "_years", "_named", "_name_book", "facets", "people", "names", "plans",
    "_plans_by_side", "_plan_places", "lines", "coverage",
)  # fmt: skip
"""What of a state lists, pictures and contacts' pages go by."""


@contextmanager
def uncollected() -> Iterator[None]:
    """Without Python's collector of cycles, which takes a third of the time where very much is read that has none."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class Shelf:
    """A ledger file kept open for reading; ``now`` is what it holds. A context manager; safe to ask from threads."""

    def __init__(self, path: str | Path, registry: Registry, patience: float = 5.0) -> None:
        self.path, self.registry = Path(path), registry
        self.issuers: Issuers = issuers(registry.states.values(), registry.organisations.values())
        self.ledger = open_ledger(path, create=False, read_only=True, patience=patience)
        self._lock = threading.Lock()
        self._held: Held | None = None
        self._took = 0.0
        self._seen: tuple[int | None, int] = (None, -1)
        self.more: list[Callable[[Held], object]] = []
        """What else is worked out of a state before it is needed."""

    def __enter__(self) -> Shelf:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; whoever asks again opens it again, also in another process."""
        self.ledger.close()
        self._seen = None, -1

    @property
    def revision(self) -> int:
        """The ledger's revision at this moment; asked for only where something was written since it was last."""
        pulse = self.ledger.pulse()
        if pulse is None or pulse != self._seen[0]:
            self._seen = pulse, self.ledger.revision
        return self._seen[1]

    def now(self) -> Held:
        """What the ledger holds. Read anew if it moved on; where that takes long, what it held before meanwhile."""
        held, revision = self._held, self.revision
        if held is not None and held.revision == revision:
            return held
        if held is None or self._took < SOON:
            return self._anew()
        if self._lock.acquire(blocking=False):
            threading.Thread(target=self._in_turn, daemon=True).start()
        return held

    def ready(self) -> None:
        """Read the ledger and work out what pages go by, before anybody asks."""
        held = self.now()
        with uncollected():
            self._prepare(held)
        if self._took >= SOON:
            gc.freeze()

    def _prepare(self, held: Held) -> None:
        held.work_out()
        for more in self.more:
            more(held)

    def _anew(self) -> Held:
        with self._lock:
            return self._read()

    def _in_turn(self) -> None:
        try:
            self._read()
        finally:
            self._lock.release()

    def _read(self) -> Held:
        begun, revision = perf_counter(), self.revision
        if self._held is None or self._held.revision != revision:
            with uncollected():
                held = Held(self.ledger, revision, stored(self.ledger, self.issuers), self.registry)
                self._took = perf_counter() - begun
                if self._took >= SOON:
                    if self._held is not None:
                        self._prepare(held)  # meanwhile it is shown as it was
                    gc.freeze()  # nor while the collector looks through them all
            self._held = held
        return self._held
