"""The people of a ledger: everybody whom reports name as a party, with the contacts and offices of each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from communique.knowledge.names import keys, traces
from communique.knowledge.registry import Registry
from communique.model import Party
from communique.reconcile.names import same_person
from communique.views.contacts import ContactRow


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person: for whom he or she spoke, how many contacts (not reports), with whom, and from when to when."""

    name: str
    sides: tuple[str, ...]
    offices: tuple[str, ...]
    contacts: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class OfficeHeld:
    """An office that the registry knows somebody to have held; EDTF days, None for open."""

    title: str
    side: str
    since: str | None
    until: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Met:
    """Somebody (or a side) met, and in how many contacts."""

    name: str
    side: str | None
    contacts: int


def people(rows: Iterable[ContactRow]) -> tuple[PersonRow, ...]:
    """Everybody who took part in a contact, most contacts first."""
    found: dict[str, list[tuple[ContactRow, Party]]] = defaultdict(list)
    for row in rows:
        for party in row.parties:
            if party.name:
                found[party.name].append((row, party))
    return tuple(sorted((_person(name, told) for name, told in found.items()), key=lambda p: (-p.contacts, p.name)))


class NameBook:
    """Names, to be looked up in any spelling without comparing each."""

    def __init__(self, names: Iterable[str]) -> None:
        self._place = {name: place for place, name in enumerate(names)}
        self._by_trace: dict[str | int, list[str]] = defaultdict(list)
        for name in self._place:
            for trace in _traces(name):
                self._by_trace[trace].append(name)

    def spellings(self, words: str) -> tuple[str, ...]:
        """Those of the names that may be the person's whom words name, in their order."""
        near = {name for trace in _traces(words) for name in self._by_trace.get(trace, ())} | {words}
        found = (name for name in near if name in self._place and same_person(words, name))
        return tuple(sorted(found, key=self._place.__getitem__))


def _traces(name: str) -> frozenset[str | int]:
    return frozenset(trace for word in keys(name) if len(word) > 1 for trace in traces(word))


def met(rows: Iterable[ContactRow], name: str) -> tuple[Met, ...]:
    """Whom somebody was in touch with, most often first."""
    counted: Counter[tuple[str, str | None]] = Counter()
    for row in rows:
        own = {p.side for p in row.parties if p.name and same_person(name, p.name)}
        others = {(p.name or p.side or "", p.side) for p in row.parties if p.side not in own}
        counted.update(other for other in others if other[0])
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0][0]))
    return tuple(Met(name, side, number) for (name, side), number in ordered)


def offices_held(registry: Registry, name: str) -> tuple[OfficeHeld, ...]:
    """The offices that the registry knows the one person of that name to have held, oldest first."""
    persons = registry.find_person(name, None)
    if len(persons) != 1:
        return ()
    tenures = registry.tenures_of(persons[0].id)
    held = ((registry.offices[t.office], t) for t in tenures)
    rows = (OfficeHeld(office.title, office.holder, t.since, t.until, t.source) for office, t in held)
    return tuple(sorted(rows, key=lambda o: (o.since or "", o.title)))


def pairs(rows: Iterable[ContactRow]) -> tuple[tuple[tuple[str, str], int], ...]:
    """Pairs of sides and the number of their contacts, most first; a gathering counts for each pair in it."""
    counted: Counter[tuple[str, str]] = Counter()
    for row in rows:
        sides = sorted(row.sides)
        counted.update((a, b) for i, a in enumerate(sides) for b in sides[i + 1 :])
    return tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def _person(name: str, told: Sequence[tuple[ContactRow, Party]]) -> PersonRow:
    sides = Counter(p.side for _, p in told if p.side)
    offices = Counter(p.office for _, p in told if p.office)
    days = sorted(row.when.earliest.isoformat() for row, _ in told if row.when and row.when.earliest)
    return PersonRow(
        name, _most(sides), _most(offices), len({r.id for r, _ in told}), days[0] if days else None,
        days[-1] if days else None,
    )  # fmt: skip


def _most(counted: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(sorted(counted, key=lambda value: (-counted[value], value)))
