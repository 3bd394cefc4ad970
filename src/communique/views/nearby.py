"""The neighbourhoods of reports in a stored ledger, fetched as far as somebody looks.

A new document touches only its own. They are the groups that ``reconcile.candidates`` finds among all reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from communique.ledger import Filters, Ledger
from communique.model import Contact, Document, Judgement, Reading, Report
from communique.reconcile import Issuers, Reconciler
from communique.reconcile.candidates import SLACK, Key, Neighbourhoods, keys
from communique.reconcile.features import NEWS_DAYS, Trait, trait
from communique.reconcile.judgements import all_corrected, decisions, in_force

AHEAD = 30
"""So many days more are fetched than were asked for, since the next neighbour mostly asks for them."""
_KIND_WORDS = {"sides": 1, "many": 1, "vague": 3}
_MOST = 400
_NEWS = timedelta(NEWS_DAYS)


class Documents(Mapping[str, Document]):
    """The documents of a ledger, fetched when asked for and then kept."""

    def __init__(self, ledger: Ledger, known: Iterable[Document] = ()) -> None:
        self._ledger = ledger
        self._held = {document.id: document for document in known}

    def fetch(self, ids: Iterable[str]) -> None:
        """Get several at once."""
        missing = sorted({*ids} - self._held.keys())
        for at in range(0, len(missing), _MOST):
            found = self._ledger.documents(Filters(ids=tuple(missing[at : at + _MOST])))
            self._held |= {document.id: document for document in found}

    def __getitem__(self, name: str) -> Document:
        self.fetch([name])
        return self._held[name]

    def __iter__(self) -> Iterator[str]:
        return (document.id for document in self._ledger.documents())

    def __len__(self) -> int:
        return sum(1 for _ in self._ledger.documents())


class StoredNeighbourhoods(Neighbourhoods):
    """Neighbourhoods whose reports come out of a ledger once their key and time are looked at."""

    def __init__(self, ledger: Ledger, documents: Documents, judgements: Sequence[Judgement], issuers: Issuers) -> None:
        held = decisions(judgements)
        super().__init__((), held.together)
        self._ledger, self._documents = ledger, documents
        self._judgements, self._issuers = tuple(judgements), issuers
        self._rejected = held.rejected
        self._asked: dict[Key, tuple[int, int]] = {}
        corrections = (j for j in in_force(judgements) if j.kind == "correct")
        self.take(ledger.reports_by_id(sorted({r for j in corrections for r in j.reports})))

    def take(self, reports: Iterable[Report]) -> None:
        """Add reports of the ledger that are not there yet."""
        fresh = [r for r in reports if r.id not in self.traits and r.id not in self._rejected]
        self._documents.fetch(r.document for r in fresh)
        for one in self.traits_of(fresh):
            self.add(one)

    def traits_of(self, reports: Iterable[Report]) -> Iterator[Trait]:
        """Reports brought down to traits, with what people corrected."""
        for report in all_corrected(reports, self._judgements):
            yield trait(report, self._documents.get(report.document), self._issuers)

    def _next_to(self, trait: Trait) -> Iterator[str]:
        self.take(self._ledger.reports_by_id(sorted(self._together.get(trait.id, ()))))
        for key in keys(trait):
            if key[0] in _KIND_WORDS:
                self._load(key, trait.lo - SLACK, trait.hi + SLACK)
        yield from super()._next_to(trait)

    def _load(self, key: Key, first: int, last: int) -> None:
        lo, hi = self._asked.get(key, (first, first - 1))
        if lo <= first and last <= hi:
            return
        first, last = min(lo, first - AHEAD), max(hi, last + AHEAD)
        self._asked[key] = first, last
        self.take(self._ledger.reports_near(key[_KIND_WORDS[key[0]] :], _day(first), _day(last), _NEWS))


def _day(ordinal: int) -> date:
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))


def contacts_around(
    ledger: Ledger, issuers: Issuers, new: Iterable[Reading], gone: Iterable[Reading]
) -> tuple[tuple[Contact, ...], tuple[str, ...]]:
    """The contacts around readings that came and went, as they are now, and the ids of those that give way to them."""
    judgements = tuple(ledger.judgements())
    fresh = tuple(new)
    documents = Documents(ledger, (reading.document for reading in fresh))
    near = StoredNeighbourhoods(ledger, documents, judgements, issuers)
    lost = {t.id: t for reading in gone for t in _as_it_was(reading, judgements, issuers)}
    for one in lost.values():
        near.add(one)
    added = near.traits_of(report for reading in fresh for report in reading.reports)
    found = Reconciler(documents, judgements, near).update(added, lost)
    reports = {*lost, *(r for contact in found for r in contact.reports)}
    return found, tuple(c.id for c in ledger.contacts_holding(sorted(reports)))


def _as_it_was(reading: Reading, judgements: Sequence[Judgement], issuers: Issuers) -> Iterator[Trait]:
    for report in all_corrected(reading.reports, judgements):
        yield trait(report, reading.document, issuers)
