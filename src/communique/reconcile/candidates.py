"""Which reports are compared at all: those of the same sides whose days lie close. No pair outside is ever looked at.

Two sides are one key. Of three or more sides the first ones in a fixed shuffled order are keys, as many as two sets
that share half of their union cannot both avoid (prefix filtering, Chaudhuri 2006). Inside a key reports are swept in
order of time, so that the work grows with n log n and the pairs that really overlap.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from zlib import crc32

from communique.reconcile.features import LONGEST, Trait
from communique.reconcile.judgements import Pair

SLACK = 1
Key = tuple[str, ...]


def keys(trait: Trait) -> tuple[Key, ...]:
    """The keys a report is found by. Reports that lie nowhere in time, or anywhere, have keys of their own."""
    sides = trait.sides
    if not trait.placed:
        return (("nowhere", trait.id),)
    if trait.hi - trait.lo > LONGEST:
        return (("vague", str(trait.lo), str(trait.hi), *sides),)
    if len(sides) <= 2:
        return (("sides", *sides),)
    shuffled = sorted(sides, key=lambda side: (crc32(side.encode()), side))
    return tuple(("many", side) for side in shuffled[: len(sides) - (len(sides) + 1) // 2 + 1])


def segments(traits: Iterable[Trait], together: Iterable[Pair] = ()) -> Iterator[tuple[Trait, ...]]:
    """The traits in groups such that nothing in one group can be the same contact as anything in another.

    ``together`` are pairs that a person merged: they share a group wherever they lie.
    """
    byid = {trait.id: trait for trait in traits}
    sets = Sets(byid)
    for a, b in together:
        if a in byid and b in byid:
            sets.join(a, b)
    for members in _blocks(byid.values()).values():
        for run in _runs(members):
            for trait in run[1:]:
                sets.join(run[0].id, trait.id)
    for group in sets.groups():
        yield tuple(byid[i] for i in group)


def pairs(traits: Sequence[Trait]) -> Iterator[tuple[Trait, Trait]]:
    """Every pair of traits that shares a key and lies close in time, once."""
    several = any(len(trait.sides) > 2 for trait in traits)
    seen: set[tuple[str, str]] = set()
    for members in _blocks(traits).values():
        for a, b in _sweep(sorted(members, key=_time)):
            if several:
                if (a.id, b.id) in seen or (b.id, a.id) in seen:
                    continue
                seen.add((a.id, b.id))
            yield a, b


class Neighbourhoods:
    """The same groups, found from one report outwards: for a ledger to which documents are added one by one."""

    def __init__(self, traits: Iterable[Trait] = (), together: Iterable[Pair] = ()) -> None:
        self._blocks: dict[Key, list[tuple[int, int, str]]] = defaultdict(list)
        self._together: dict[str, set[str]] = defaultdict(set)
        self.traits: dict[str, Trait] = {}
        for a, b in together:
            self._together[a].add(b)
            self._together[b].add(a)
        for trait in traits:
            self.add(trait)

    def add(self, trait: Trait) -> None:
        """Take a report in; one that is there already is replaced."""
        self.remove(trait.id)
        self.traits[trait.id] = trait
        for key in keys(trait):
            insort(self._blocks[key], (trait.lo, trait.hi, trait.id))

    def remove(self, report: str) -> None:
        """Forget a report."""
        trait = self.traits.pop(report, None)
        if trait:
            for key in keys(trait):
                self._blocks[key].remove((trait.lo, trait.hi, trait.id))

    def around(self, reports: Iterable[str]) -> tuple[Trait, ...]:
        """All that can, over whatever steps, be one contact with these reports; themselves included."""
        found: set[str] = set()
        agenda = [r for r in reports if r in self.traits]
        while agenda:
            report = agenda.pop()
            if report not in found:
                found.add(report)
                agenda.extend(n for n in self._next_to(self.traits[report]) if n not in found)
        return tuple(self.traits[r] for r in sorted(found))

    def _next_to(self, trait: Trait) -> Iterator[str]:
        yield from (r for r in sorted(self._together.get(trait.id, ())) if r in self.traits)
        for key in keys(trait):
            block = self._blocks[key]
            widest = trait.hi - trait.lo if key[0] == "vague" else LONGEST
            at = bisect_left(block, (trait.lo - widest - SLACK, 0, ""))
            while at < len(block) and block[at][0] <= trait.hi + SLACK:
                if block[at][1] >= trait.lo - SLACK:
                    yield block[at][2]
                at += 1


class Sets:
    """Disjoint sets of report ids (union-find with path halving)."""

    def __init__(self, items: Iterable[str]) -> None:
        self._up = {item: item for item in items}

    def find(self, item: str) -> str:
        """The representative of an item's set."""
        up = self._up
        while up[item] != item:
            up[item] = item = up[up[item]]
        return item

    def join(self, a: str, b: str) -> None:
        """Make the sets of two items one; its representative is the smaller of the two."""
        a, b = sorted((self.find(a), self.find(b)))
        self._up[b] = a

    def groups(self) -> Iterator[tuple[str, ...]]:
        """The sets, each sorted, in the order of their smallest items."""
        groups: dict[str, list[str]] = defaultdict(list)
        for item in sorted(self._up):
            groups[self.find(item)].append(item)
        for root in sorted(groups):
            yield tuple(groups[root])


def _time(trait: Trait) -> tuple[int, int, str]:
    return trait.lo, trait.hi, trait.id


def _blocks(traits: Iterable[Trait]) -> dict[Key, list[Trait]]:
    blocks: dict[Key, list[Trait]] = defaultdict(list)
    for trait in traits:
        for key in keys(trait):
            blocks[key].append(trait)
    return blocks


def _runs(members: list[Trait]) -> Iterator[list[Trait]]:
    run: list[Trait] = []
    end = 0
    for trait in sorted(members, key=_time):
        if run and trait.lo > end + SLACK:
            yield run
            run = []
        end = max(end, trait.hi) if run else trait.hi
        run.append(trait)
    if run:
        yield run


def _sweep(ordered: Sequence[Trait]) -> Iterator[tuple[Trait, Trait]]:
    for i, a in enumerate(ordered):
        for at in range(i + 1, len(ordered)):
            if ordered[at].lo > a.hi + SLACK:
                break
            yield a, ordered[at]
