"""States, organisations, people, offices and who held them when; agreements and events: look-ups over CSV tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TypeVar

from communique import edtf
from communique.knowledge import facts, tables
from communique.knowledge.facts import Agreement, AgreementStep, Event, Group, Membership, Role
from communique.knowledge.names import keys, plain, same_name, split_name
from communique.knowledge.tables import RegistryError, Row
from communique.model import Actor, Level, Office, Organisation, State, Tenure

__all__ = ["Agreement", "AgreementStep", "Event", "Group", "Registry", "RegistryError", "Role", "load_registry"]

MOST_ANSWERS = 200_000
"""So many questions for a name are remembered."""
K = TypeVar("K")
V = TypeVar("V")
_RANK: Mapping[Level, int] = {"leader": 0, "minister": 1, "senior": 2, "envoy": 3, "expert": 4, "body": 5}
# whom a surname alone means, of several who lead one state
_FIRST = {role: n for n, role in enumerate(("supreme-leader", "leader", "president", "junta-head", "prime-minister"))}
# chairs that may go round among those who hold an office of their own
_CHAIRS = frozenset({"organisation-head"})
_NUMERALS = frozenset({"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xvi"})
# sides whose people are called by the first word of their names; and those where either word may be the family's
_FAMILY_FIRST = frozenset({"CHN", "KOR", "PRK", "TWN", "HKG", "MAC"})
_EITHER_FIRST = frozenset({"VNM", "SGP", "KHM"})


@dataclass(frozen=True, eq=False)
class Registry:
    """Who is who; build it with :func:`load_registry`. All look-ups are pure and cached."""

    states: Mapping[str, State] = field(default_factory=dict)
    people_words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    capitals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    organisations: Mapping[str, Organisation] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)
    offices: Mapping[str, Office] = field(default_factory=dict)
    people: Mapping[str, Actor] = field(default_factory=dict)
    tenures: tuple[Tenure, ...] = ()
    agreements: Mapping[str, Agreement] = field(default_factory=dict)
    agreement_steps: tuple[AgreementStep, ...] = ()
    events: tuple[Event, ...] = ()
    memberships: Mapping[str, tuple[Membership, ...]] = field(default_factory=dict)

    @cached_property
    def _by_office(self) -> Mapping[str, tuple[Tenure, ...]]:
        return _grouped((t.office, t) for t in self.tenures)

    @cached_property
    def _by_person(self) -> Mapping[str, tuple[Tenure, ...]]:
        return _grouped((t.actor, t) for t in self.tenures)

    @cached_property
    def _by_role(self) -> Mapping[tuple[str, str], tuple[Office, ...]]:
        return _grouped(((o.holder, o.role), o) for o in self.offices.values())

    @cached_property
    def _by_side(self) -> Mapping[str, tuple[Office, ...]]:
        return _grouped((o.holder, o) for o in self.offices.values())

    @cached_property
    def _spellings(self) -> Mapping[str, tuple[tuple[str, ...], ...]]:
        return {p.id: tuple(dict.fromkeys(keys(n) for n in (p.name, *p.aliases))) for p in self.people.values()}

    @cached_property
    def _by_word(self) -> Mapping[str, tuple[str, ...]]:
        return _grouped((word, person) for person, names in self._spellings.items() for word in _words(names))

    @cached_property
    def surnames(self) -> frozenset[str]:
        """Keys of the words by which somebody known may be called alone."""
        return frozenset(word for person in self.people for word in self.called(person))

    @cached_property
    def given_names(self) -> frozenset[str]:
        """Keys of first words of names, of those who are not called by them."""
        first = ((person, names[0][0]) for person, names in self._spellings.items() if len(names[0]) > 1)
        return frozenset(word for person, word in first if word not in self.called(person))

    @cached_property
    def name_words(self) -> frozenset[str]:
        """Keys of all words in names of people."""
        return frozenset(self._by_word)

    @cached_property
    def _aliases(self) -> Mapping[str, str]:
        table: dict[str, str] = {}
        for organisation in self.organisations.values():
            table |= {plain(a): organisation.name for a in (organisation.name, *organisation.aliases)}
        for state in self.states.values():
            table |= {plain(a): state.code for a in (state.code, state.name, *state.aliases)}
        return table

    def side(self, words: str) -> str | None:
        """The state code or organisation name that an alias stands for ("Czech Republic" → "CZE")."""
        return self._aliases.get(plain(words))

    def party_side(self, side: str) -> tuple[str | None, str | None]:
        """A side as (state, organisation), one of them None."""
        return (side, None) if side in self.states else (None, side)

    def called(self, person: str) -> frozenset[str]:
        """Keyed words by which a person may be called alone: a name's last (or first, where families come first)."""
        names = self._spellings[person]
        sides = {self.offices[t.office].holder for t in self._by_person.get(person, ())}
        if sides & _FAMILY_FIRST:
            return frozenset(name[0] for name in names)
        last = {name[-1] for name in names}
        return frozenset(last | {name[0] for name in names} if sides & _EITHER_FIRST else last)

    def holders(self, role: str, side: str, day: date | None) -> tuple[Actor, ...]:
        """Who held the role for that side on that day.

        Deputies come last, of several holders the one who came last first; those known to the day rule out the others.
        """
        found: list[tuple[bool, bool, int, str]] = []
        for office in self._by_role.get((side, role), ()):
            for tenure in self._by_office.get(office.id, ()):
                fit = _fit(tenure, day)
                if fit is not None:
                    begun = bounds(tenure.since, True)[0].toordinal()
                    found.append((not fit, "deputy" in office.title.lower(), -begun, tenure.actor))
        sure = {person for vague, *_, person in found if not vague}
        chosen = [p for *_, p in sorted(found) if not sure or p in sure]
        return tuple(self.people[p] for p in dict.fromkeys(chosen))

    def office_named(self, side: str, words: str) -> Office | None:
        """The office of a side whose title or own words in offices.csv are exactly these."""
        return self._office_words.get((side, plain(words)))

    @cached_property
    def _office_words(self) -> Mapping[tuple[str, str], Office]:
        named = {(o.holder, plain(w)): o for o in self.offices.values() for w in o.words}
        return named | {(o.holder, plain(o.title)): o for o in self.offices.values()}

    def holders_of(self, office: str, day: date | None) -> tuple[Actor, ...]:
        """Who held one office (by id) on that day."""
        fits = [(not fit, t.actor) for t in self._by_office.get(office, ()) if (fit := _fit(t, day)) is not None]
        return tuple(self.people[actor] for _, actor in sorted(fits))

    def offices_of(self, actor: str, day: date | None) -> tuple[Office, ...]:
        """The offices a person (by id) held on that day, highest first; all of them where the day is None."""
        held = [self.offices[t.office] for t in self._by_person.get(actor, ()) if _fit(t, day) is not None]
        own = day is not None and any(o.holder in self.states and o.level in ("leader", "minister") for o in held)
        return tuple(sorted(dict.fromkeys(held), key=lambda o: self._order(o, own)))

    def _order(self, office: Office, own: bool) -> tuple[bool, int, bool, str]:
        """How high an office is; where its holder leads a state meanwhile, ``own``, a chair elsewhere comes after."""
        elsewhere = office.holder not in self.states
        return own and elsewhere and office.role in _CHAIRS, _RANK[office.level], elsewhere, office.id

    def tenures_of(self, actor: str) -> tuple[Tenure, ...]:
        """All tenures of a person, by id."""
        return self._by_person.get(actor, ())

    def offices_for(self, side: str) -> tuple[Office, ...]:
        """All offices of a state or organisation."""
        return self._by_side.get(side, ())

    def find_person(
        self, name: str | Sequence[str], near_day: date | None = None, side: str | None = None, role: str | None = None
    ) -> tuple[Actor, ...]:
        """Persons whom these name words can mean, likeliest first.

        ``side`` and ``role`` prefer, and do not demand, who held such an office; among the rest who is in office on the
        day, then who was nearest to it, then rank. Transliteration is compared by rule (see ``names``).
        """
        words = name if isinstance(name, str) else " ".join(name)
        question = (words, near_day, side, role)
        if question not in self._answers:
            if len(self._answers) >= MOST_ANSWERS:
                self._answers.clear()
            found = self._search(keys(words), split_name(words), near_day, side, role)
            numeral = _numeral(words)
            found = tuple(sorted(found, key=lambda a: bool(numeral) and _numeral(a.name) != numeral))
            return self._answers.setdefault(question, found)
        return self._answers[question]

    @cached_property
    def _answers(self) -> dict[tuple[str, date | None, str | None, str | None], tuple[Actor, ...]]:
        return {}

    def _search(
        self,
        said: tuple[str, ...],
        spelt: tuple[str, ...],
        near_day: date | None,
        side: str | None,
        role: str | None,
    ) -> tuple[Actor, ...]:
        pool = dict.fromkeys(person for word in said for person in self._by_word.get(word, ()))
        fitting = [p for p in pool if any(same_name(said, full) for full in self._spellings[p])]
        if len(said) == 1:
            fitting = [p for p in fitting if said[0] in self.called(p)] or fitting
        alone = len(said) == 1
        ranked = sorted(fitting, key=lambda p: (*self._distance(p, near_day, side, role, spelt, alone), p))
        return tuple(self.people[p] for p in ranked)

    def _distance(
        self,
        person: str,
        day: date | None,
        side: str | None,
        role: str | None,
        spelt: tuple[str, ...],
        alone: bool,
    ) -> tuple[bool, bool, bool, int, int, int, int]:
        actor = self.people[person]
        other = not any(set(spelt) <= set(split_name(n)) for n in (actor.name, *actor.aliases))
        best = (True, True, other, 10**6, 9, 9, 0)
        for tenure in self._by_person.get(person, ()):
            office = self.offices[tenure.office]
            wrong_side = side is not None and office.holder != side
            wrong_role = role is not None and office.role != role
            away = years_away(tenure, day)
            first = _FIRST.get(office.role, len(_FIRST)) if alone else 0
            best = min(best, (wrong_side, wrong_role, other, away, _RANK[office.level], first, -start_year(tenure)))
        return best

    def role_of(self, words: str) -> Role | None:
        """The role that a title's words name, if roles.csv has exactly these."""
        return self._role_words.get(plain(words))

    @cached_property
    def _role_words(self) -> Mapping[str, Role]:
        return {plain(w): role for role in self.roles.values() for w in role.words}


def _numeral(name: str) -> str:
    """The number of a monarch or pope at the end of a name ("Abdullah II"); empty without one."""
    last = name.rsplit(" ", 1)[-1].lower()
    return last if " " in name and last in _NUMERALS else ""


def _words(names: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for name in names for word in name if len(word) > 1))


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    table: dict[K, list[V]] = {}
    for group, value in pairs:
        table.setdefault(group, []).append(value)
    return {group: tuple(values) for group, values in table.items()}


@lru_cache(maxsize=50_000)
def bounds(text: str | None, first: bool) -> tuple[date, date]:
    """The earliest and latest day of a tenure's end; an empty one is as far away as can be."""
    far = date.min if first else date.max
    if not text:
        return far, far
    value = edtf.parse(text)
    return value.earliest or far, value.latest or far


def _fit(tenure: Tenure, day: date | None) -> bool | None:
    """True: held on that day; False: perhaps, its dates are not known to the day; None: not."""
    if day is None:
        return True
    begun, surely_begun = bounds(tenure.since, True)
    surely_on, over = bounds(tenure.until, False)
    if not begun <= day <= over:
        return None
    return surely_begun <= day <= surely_on


def years_away(tenure: Tenure, day: date | None) -> int:
    """Whole years between a day and a tenure; 0 inside it."""
    if day is None:
        return 0
    begun, over = bounds(tenure.since, True)[0], bounds(tenure.until, False)[1]
    if begun <= day <= over:
        return 0
    return 1 + (begun - day if day < begun else day - over).days // 365


def start_year(tenure: Tenure) -> int:
    """The year in which a tenure began, 0 if unknown."""
    return bounds(tenure.since, True)[0].year if tenure.since else 0


def end_year(tenure: Tenure) -> int:
    """The year in which a tenure ended, 9999 while it is open."""
    return bounds(tenure.until, False)[1].year


def load_registry(directories: Sequence[Path] | None = None) -> Registry:
    """The registry of our tables, with a user's directories adding rows or overriding them by id. Cached.

    Raises :class:`RegistryError` with file, line and valid choices for a row that cannot be used.
    """
    return _load(tuple(directories or ()))


@lru_cache(maxsize=8)
def _load(directories: tuple[Path, ...]) -> Registry:
    def rows(table: str) -> Iterable[Row]:
        return tables.read(table, directories)

    states = {row["code"]: row for row in rows("states")}
    organisations = {r.need("name"): facts.read_organisation(r) for r in rows("organisations")}
    roles = {r.need("role"): facts.read_role(r) for r in rows("roles")}
    sides = (*states, *organisations)
    offices = {r.need("id"): facts.read_office(r, sides, roles) for r in rows("offices")}
    people = {r.need("id"): Actor(r["id"], r.need("name"), r.items("aliases")) for r in rows("people")}
    agreements = {r.need("name"): facts.read_agreement(r) for r in rows("agreements")}
    groups = {r.need("id"): facts.read_group(r, sides) for r in rows("groups")}
    members = [facts.read_membership(r, organisations, states) for r in rows("memberships")]
    known = {*sides, *groups, *offices}
    return Registry(
        states={code: facts.read_state(row) for code, row in states.items()},
        people_words={code: row.items("people") for code, row in states.items()},
        capitals={code: row.items("capital") for code, row in states.items()},
        organisations=organisations,
        groups=groups,
        roles=roles,
        offices=offices,
        people=people,
        tenures=facts.read_tenures(rows("tenures"), people, offices),
        agreements=agreements,
        agreement_steps=tuple(facts.read_step(r, agreements) for r in rows("agreement_steps")),
        events=tuple(facts.read_event(r, known) for r in rows("events")),
        memberships=_grouped((m.organisation, m) for m in members),
    )
