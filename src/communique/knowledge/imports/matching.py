"""What a file knows of office-holders, set against the registry: the rows that our tables lack.

A person is the registry's where the full name is and one of the offices is of that side; an office where title or role
fit. What is known already is not written again; what differs in its dates is, and ``communique actors check`` shows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from communique.knowledge.imports.holdings import Holding, Refused
from communique.knowledge.names import keys, plain, same_name
from communique.knowledge.registry import Registry
from communique.model import Actor, Office, Tenure

_SLUG = re.compile(r"[^a-z0-9]+")
_OF = re.compile(r"\s+(?:of|for|to)\s+(?:the\s+)?$", re.IGNORECASE)


@dataclass(slots=True)
class Additions:
    """People, offices and tenures to add, what was known before, and what was refused and why."""

    people: dict[str, Actor] = field(default_factory=dict)
    offices: dict[str, Office] = field(default_factory=dict)
    tenures: list[Tenure] = field(default_factory=list)
    known: int = 0
    refused: list[Refused] = field(default_factory=list)


def matched(rows: Iterable[Holding | Refused], registry: Registry, source: str) -> Additions:
    """The additions that these rows make; ``source`` is written beside each."""
    found = Additions()
    for row in rows:
        refused = row if isinstance(row, Refused) else _add(found, row, registry, source)
        if refused is not None:
            found.refused.append(refused)
    return found


def _add(found: Additions, row: Holding, registry: Registry, source: str) -> Refused | None:
    side = registry.side(row.side)
    if side is None:
        return Refused(row.place, row.side, "no state or organisation of the registry is called that")
    office = _office(found, row, registry, side)
    if office is None:
        problem = "no role of roles.csv has this title; give one in a column role"
        return Refused(row.place, f"{row.person}, {row.title}", problem)
    person = _person(found, row, registry, side)
    tenure = Tenure(person.id, office.id, row.since, row.until, source)
    if any(_same(tenure, old) for old in (*registry.tenures_of(person.id), *found.tenures)):
        found.known += 1
        return None
    if person.id not in registry.people:
        found.people[person.id] = person
    if office.id not in registry.offices:
        found.offices[office.id] = office
    found.tenures.append(tenure)
    return None


def _same(one: Tenure, other: Tenure) -> bool:
    """Whether two tenures say the same, or one says it less exactly ("2020" and "2020-01-20")."""
    same = (one.actor, one.office) == (other.actor, other.office)
    return same and _agree(one.since, other.since) and _agree(one.until, other.until)


def _agree(one: str | None, other: str | None) -> bool:
    return (one or "").startswith(other or "\0") or (other or "").startswith(one or "\0") or one == other


def _person(found: Additions, row: Holding, registry: Registry, side: str) -> Actor:
    """The person of the registry who held an office of that side, the one added before, or a new one."""
    said = keys(row.person)
    for person in (*registry.find_person(row.person, side=side), *found.people.values()):
        full = any(len(said) == len(keys(n)) and same_name(said, keys(n)) for n in (person.name, *person.aliases))
        if full and _acted_for(person, side, found, registry):
            return person
    slug = _SLUG.sub("-", plain(row.person)).strip("-")
    taken = registry.people.keys() | found.people.keys()
    free = slug if slug not in taken else next(s for n in range(2, 99) if (s := f"{slug}-{n}") not in taken)
    return Actor(free, row.person, row.aliases)


def _acted_for(person: Actor, side: str, found: Additions, registry: Registry) -> bool:
    offices = {**registry.offices, **found.offices}
    tenures = (*registry.tenures_of(person.id), *(t for t in found.tenures if t.actor == person.id))
    return any(offices[t.office].holder == side for t in tenures)


def _office(found: Additions, row: Holding, registry: Registry, side: str) -> Office | None:
    """The office of that title, else the one of its role, else a new one of that role; None without a role."""
    title = bare_title(row.title, registry, side)
    named = registry.office_named(side, title) or registry.office_named(side, row.title)
    if named is not None:
        return named
    role = registry.roles.get(row.role or "") or registry.role_of(title) or registry.role_of(row.title)
    if role is None:
        return None
    offices = (*registry.offices_for(side), *found.offices.values())
    of_role = [o for o in offices if (o.holder, o.role) == (side, role.id)]
    fitting = [o for o in of_role if o.title == title] or ([] if row.role else of_role[:1])
    slug = _SLUG.sub("-", plain(title)).strip("-") if row.role else role.id
    return fitting[0] if fitting else Office(f"{side}:{slug}", side, role.id, title, (), role.level)


def bare_title(title: str, registry: Registry, side: str) -> str:
    """A title without the side it belongs to: "Prime Minister of Norway", "Norwegian Prime Minister"."""
    for name in _names(registry, side):
        after = re.search(rf"(?i)\b{re.escape(name)}$", title)
        if after and _OF.search(title[: after.start()]):
            return _OF.sub("", title[: after.start()])
        if title.lower().startswith(name.lower() + " "):
            return title[len(name) + 1 :]
    return title


def _names(registry: Registry, side: str) -> Sequence[str]:
    """How a side is called, longest first."""
    if side in registry.states:
        state = registry.states[side]
        return sorted((state.name, *state.aliases, *state.demonyms), key=len, reverse=True)
    body = registry.organisations[side]
    return sorted((body.name, *body.aliases), key=len, reverse=True)
