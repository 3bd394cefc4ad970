"""Which reports are one contact: a pure function of reports and judgements, the same whatever the order of input.

::

    reports ─ trait ─> traits ─ segments ─> groups that cannot touch each other
                                              │ one by one
               atoms (traits that say the same) ─ firm ones merged, best pairs first, nothing excluded ever together
                                              ─ vague ones merged with each other, then each joined to the one
                                                firm contact that it fits, if there is one and only one
                                              ─> contacts

"Best first" has one total order (score, then ids), which is what makes the result independent of the order of input.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import product
from math import log2

from communique.model import Contact, Document, Judgement, Report
from communique.reconcile.candidates import Neighbourhoods, pairs, segments
from communique.reconcile.copies import Copies
from communique.reconcile.features import Trait, trait
from communique.reconcile.issuers import Issuers
from communique.reconcile.judgements import Decisions, all_corrected, decisions, pair
from communique.reconcile.score import ENOUGH_ALONE, THRESHOLD, Explanation, Scorer, ranks_differ

MARGIN = 0.75
"""By how much a vague report's best contact must beat the second best."""
PROMINENCE = 0.4
"""How much each doubling of a contact's reports speaks for a vague report to mean it."""
MISREAD = 4
"""One pair in so many may disagree about somebody's rank when groups are merged: ranks are often misread."""
_NOBODY = Issuers()
_UNJUDGED = Decisions()


@dataclass(frozen=True, slots=True)
class Atom:
    """Reports that say the same of a contact, as far as anybody compares them; ``trait`` stands for all."""

    trait: Trait
    reports: tuple[str, ...]


Group = list[Atom]


def reconcile(
    reports: Iterable[Report],
    documents: Mapping[str, Document],
    judgements: Sequence[Judgement] = (),
    issuers: Issuers = _NOBODY,
) -> tuple[Contact, ...]:
    """The contacts that the reports tell of, by id; each report lies in one contact, rejected ones in none.

    Fields that people corrected count as corrected.

    A contact's id is a hash of the id of its report that was published first (of several, the smallest), so that it
    survives whatever is published later.
    """
    read = all_corrected(reports, judgements)
    traits = (trait(r, documents.get(r.document), issuers) for r in read)
    return cluster(traits, decisions(judgements), Scorer(Copies(documents).likeness))


def cluster(traits: Iterable[Trait], held: Decisions = _UNJUDGED, scorer: Scorer | None = None) -> tuple[Contact, ...]:
    """The contacts of reports that have been brought down to traits; ``reconcile`` for those who hold the traits."""
    scorer = scorer or Scorer()
    kept = (t for t in traits if t.id not in held.rejected)
    found = (c for segment in segments(kept, held.together) for c in solve(segment, held, scorer))
    return tuple(sorted(found, key=lambda c: c.id))


def explain_pair(a: Report, b: Report, documents: Mapping[str, Document], issuers: Issuers = _NOBODY) -> Explanation:
    """What speaks for and against two reports being one contact."""
    left, right = (trait(r, documents.get(r.document), issuers) for r in (a, b))
    return Scorer(Copies(documents).likeness).explain(left, right)


class Reconciler:
    """The same contacts for reports that come one document at a time: only their neighbourhood is looked at again.

    ``near`` finds neighbours; it may know more reports than were handed in (those of a store).
    """

    def __init__(
        self,
        documents: Mapping[str, Document],
        judgements: Sequence[Judgement] = (),
        near: Neighbourhoods | None = None,
    ) -> None:
        self._held = decisions(judgements)
        self._scorer = Scorer(Copies(documents).likeness)
        self._near = near or Neighbourhoods((), self._held.together)
        self._contact_of: dict[str, Contact] = {}
        self.touched = 0
        """How many reports the last change looked at."""

    @property
    def contacts(self) -> tuple[Contact, ...]:
        """All contacts, by id."""
        return tuple(sorted(set(self._contact_of.values()), key=lambda c: c.id))

    def update(self, added: Iterable[Trait] = (), removed: Iterable[str] = ()) -> tuple[Contact, ...]:
        """Take reports in and out; the contacts that are new or have changed."""
        dirty = self._take_out(set(removed))
        for new in added:
            if new.id not in self._held.rejected:
                dirty |= self._take_out({new.id})
                self._near.add(new)
                dirty.add(new.id)
        around = self._near.around(dirty)
        self.touched = len(around)
        return self._settle(around)

    def _take_out(self, reports: set[str]) -> set[str]:
        near = {t.id for t in self._near.around(reports)}
        for report in reports:
            self._near.remove(report)
            self._contact_of.pop(report, None)
        return near - reports

    def _settle(self, around: Sequence[Trait]) -> tuple[Contact, ...]:
        fresh = []
        for contact in cluster(around, self._held, self._scorer):
            if any(self._contact_of.get(r) != contact for r in contact.reports):
                fresh.append(contact)
            self._contact_of |= dict.fromkeys(contact.reports, contact)
        return tuple(fresh)


def solve(segment: Sequence[Trait], held: Decisions = _UNJUDGED, scorer: Scorer | None = None) -> Iterator[Contact]:
    """The contacts of one group of neighbours."""
    published = {t.id: (t.published or 10**7, t.id) for t in segment}
    if len(segment) == 1:
        groups: Iterable[tuple[str, ...]] = ((segment[0].id,),)
    else:
        groups = _Solver(segment, held, scorer or Scorer()).groups()
    for reports in groups:
        yield Contact(contact_id(min(published[r] for r in reports)[1]), reports)


def contact_id(report: str) -> str:
    """The id of the contact whose first report this is."""
    return "c" + blake2b(report.encode(), digest_size=7).hexdigest()


def atoms(segment: Iterable[Trait], apart: frozenset[str] = frozenset()) -> tuple[Atom, ...]:
    """Traits that say the same put together; those in ``apart`` (judged by somebody) each stay alone."""
    same: dict[tuple[object, ...], list[Trait]] = defaultdict(list)
    for one in segment:
        same[_signature(one, one.id in apart)].append(one)
    made = []
    for members in same.values():
        first = min(members, key=lambda t: t.id)
        topics = frozenset().union(*(t.topics for t in members))
        quoted = tuple(sorted({q for t in members for q in t.quoted}))
        made.append(Atom(replace(first, topics=topics, quoted=quoted), tuple(sorted(t.id for t in members))))
    return tuple(sorted(made, key=lambda a: a.trait.id))


def _signature(one: Trait, alone: bool) -> tuple[object, ...]:
    said = (one.stage, one.status, one.channel, one.sides, one.people, one.levels, one.dating, one.lo, one.hi)
    told = (one.clock, one.place, one.minutes, one.issuer)
    own = one.id if alone else one.document if one.dating == "none" else None
    return (*said, *told, own)


class _Solver:
    """Merges the atoms of one segment; lives as long as one call."""

    def __init__(self, segment: Sequence[Trait], held: Decisions, scorer: Scorer) -> None:
        self._held = held
        self._scorer = scorer
        self._atoms = {a.trait.id: a for a in atoms(segment, held.touched())}
        self._groups: dict[str, Group] = {i: [a] for i, a in self._atoms.items()}
        self._root = {i: i for i in self._atoms}
        self._judged: set[str] = set()
        self._edges = self._scored()

    def groups(self) -> Iterator[tuple[str, ...]]:
        """The report ids of each contact."""
        for a, b in self._held.together:
            if a in self._root and b in self._root:
                self._join(a, b, judged=True)
        for firm in (True, False):
            for _, a, b in self._edges:
                if self._firm(a) == firm and self._firm(b) == firm:
                    self._join(a, b)
        for _, weak, contact in self._attachments():
            self._join(weak, contact)
        for group in self._groups.values():
            yield tuple(sorted(r for atom in group for r in atom.reports))

    def _scored(self) -> list[tuple[float, str, str]]:
        edges = []
        for a, b in pairs([atom.trait for atom in self._atoms.values()]):
            if self._scorer.excluded(a, b) is None and ranks_differ(a, b) is None:
                score = self._scorer.score(a, b)
                if score >= (THRESHOLD if a.firm == b.firm else ENOUGH_ALONE):
                    edges.append((-round(score, 6), *pair(a.id, b.id)))
        return sorted(edges)

    def _firm(self, atom: str) -> bool:
        return any(a.trait.firm for a in self._groups[self._root[atom]])

    def _attachments(self) -> list[tuple[float, str, str]]:
        """Each vague group with the one firm group it fits best, best fits first."""
        fits: dict[str, dict[str, float]] = defaultdict(dict)
        for negative, a, b in self._edges:
            weak, firm = (a, b) if self._firm(b) else (b, a)
            if self._firm(firm) and not self._firm(weak):
                roots = self._root[weak], self._root[firm]
                if self._compatible(*roots):
                    score = -negative + self._prominence(roots[1])
                    fits[roots[0]][roots[1]] = max(score, fits[roots[0]].get(roots[1], 0.0))
        return sorted((-score, weak, firm) for weak, found in fits.items() for score, firm in _clear_best(found))

    def _prominence(self, group: str) -> float:
        """A vague report rather speaks of what everybody tells of."""
        return round(PROMINENCE * log2(sum(len(atom.reports) for atom in self._groups[group])), 6)

    def _join(self, a: str, b: str, judged: bool = False) -> None:
        a, b = sorted((self._root[a], self._root[b]))
        if a == b or not (self._allowed(a, b) if judged else self._compatible(a, b)):
            return
        moved = self._groups.pop(b)
        self._groups[a].extend(moved)
        if judged or b in self._judged:
            self._judged.add(a)
        self._root |= {atom.trait.id: a for atom in moved}

    def _compatible(self, a: str, b: str) -> bool:
        members = list(product(self._groups[a], self._groups[b]))
        judged = a in self._judged or b in self._judged
        bridged = judged or any(self._scorer.bridge(x.trait, y.trait) for x, y in members)
        video = any(x.trait.channel == "video" and x.trait.firm for x in (*self._groups[a], *self._groups[b]))
        if not self._allowed(a, b) or any(self._scorer.excluded(x.trait, y.trait, bridged, video) for x, y in members):
            return False
        weight = {True: 0, False: 0}
        for x, y in members:
            weight[ranks_differ(x.trait, y.trait) is not None] += len(x.reports) * len(y.reports)
        return weight[True] * MISREAD <= weight[True] + weight[False]

    def _allowed(self, a: str, b: str) -> bool:
        if not self._held.apart:
            return True
        left, right = ([r for atom in self._groups[g] for r in atom.reports] for g in (a, b))
        return not any(pair(x, y) in self._held.apart for x, y in product(left, right))


def _clear_best(found: Mapping[str, float]) -> Iterator[tuple[float, str]]:
    ranked = sorted(((score, group) for group, score in found.items()), key=lambda x: (-x[0], x[1]))
    if len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= MARGIN:
        yield ranked[0]
