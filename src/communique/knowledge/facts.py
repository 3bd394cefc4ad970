"""The registry's own nouns (roles, groups, agreements, events), and how each kind of row becomes its noun."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from communique.knowledge.tables import Row
from communique.model import ACTIONS, LEVELS, Action, Actor, Level, Office, Organisation, State, Tenure


@dataclass(frozen=True, slots=True)
class Role:
    """A kind of post (foreign-minister) with its rank and the words texts use for it."""

    id: str
    level: Level
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A named set of states and organisations (E3, Normandy format)."""

    id: str
    aliases: tuple[str, ...]
    members: tuple[str, ...]
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """A treaty or accord between states with what is known of its dates."""

    name: str
    aliases: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    signed: str | None = None
    in_force: str | None = None
    ended: str | None = None
    notice: str | None = None
    place: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class AgreementStep:
    """A known dated step in an agreement's life."""

    agreement: str
    action: Action
    by: tuple[str, ...]
    date: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """An event with a known date, from which anniversaries and summit numbers tell years.

    ``parties``: who met there: states, organisations, groups, or offices whose holders of the day did.
    """

    name: str
    aliases: tuple[str, ...]
    date: str
    kind: str
    ordinal: int | None = None
    place: str | None = None
    source: str = ""
    parties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Membership:
    """States that joined an organisation together, and until when they were its members."""

    organisation: str
    states: tuple[str, ...]
    since: str | None = None
    until: str | None = None


def read_state(row: Row) -> State:
    """A state from its row."""
    return State(
        row.need("code"),
        row.need("name"),
        row.items("aliases"),
        row.items("adjectives"),
        next(iter(row.items("capital")), None),
        row.items("metonyms"),
        row.date("from"),
        row.date("to"),
    )


def read_organisation(row: Row) -> Organisation:
    """An organisation from its row; ``kind`` is checked."""
    kind = row.one_of("kind", ("international", "armed", "alliance"))
    return Organisation(row["name"], row.items("aliases"), cast(Any, kind), row.get("seat"), row.items("metonyms"))


def read_group(row: Row, sides: Sequence[str]) -> Group:
    """A group from its row; every member must be known."""
    members = row.items("members")
    for member in members:
        if member not in sides:
            raise row.error(f"member {member!r} is neither a state's code nor an organisation's name")
    return Group(row["id"], row.items("aliases"), members, row.date("from"), row.date("to"))


def read_role(row: Row) -> Role:
    """A role from its row."""
    return Role(row["role"], cast(Level, row.one_of("level", LEVELS)), row.items("words"))


def read_office(row: Row, sides: Sequence[str], roles: Mapping[str, Role]) -> Office:
    """An office from its row; holder and role must be known."""
    role = roles[row.one_of("role", tuple(roles))]
    holder = row.one_of("holder", sides)
    return Office(row["id"], holder, role.id, row.need("title"), row.items("words"), role.level)


def read_tenures(rows: Iterable[Row], people: Mapping[str, Actor], offices: Mapping[str, Office]) -> tuple[Tenure, ...]:
    """All tenures; a later row for the same person, office and start overrides an earlier one."""
    found: dict[tuple[str, str, str], Tenure] = {}
    for row in rows:
        for column, known in (("person", people), ("office", offices)):
            if row[column] not in known:
                raise row.error(f"{column} {row[column]!r} is in no row of its own table")
        tenure = Tenure(row["person"], row["office"], row.date("from"), row.date("to"), row["source"])
        found[tenure.actor, tenure.office, tenure.since or ""] = tenure
    return tuple(found.values())


def read_agreement(row: Row) -> Agreement:
    """An agreement from its row."""
    return Agreement(
        row["name"], row.items("aliases"), row.items("parties"), row.date("signed"), row.date("in_force"),
        row.date("ended"), row.get("notice"), row.get("place"), row["source"],
    )  # fmt: skip


def read_step(row: Row, agreements: Mapping[str, Agreement]) -> AgreementStep:
    """A step from its row; the agreement must be known."""
    if row["agreement"] not in agreements:
        raise row.error(f"agreement {row['agreement']!r} is not in agreements.csv")
    action = cast(Action, row.one_of("action", ACTIONS))
    return AgreementStep(row["agreement"], action, row.items("by"), row.date("date") or "", row["source"])


def read_event(row: Row, known: Container[str]) -> Event:
    """An event from its row; whoever met there must be known."""
    parties = row.items("parties")
    if strange := next((p for p in parties if p not in known), None):
        raise row.error(f"party {strange!r} is no state, organisation, group or office")
    ordinal = row.get("ordinal")
    if ordinal and not ordinal.isdigit():
        raise row.error(f"ordinal {ordinal!r} is no number")
    return Event(
        row.need("name"), row.items("aliases"), row.date("date") or "", row["kind"], int(ordinal) if ordinal else None,
        row.get("place"), row["source"], parties,
    )  # fmt: skip


def read_membership(row: Row, organisations: Container[str], states: Container[str]) -> Membership:
    """A membership from its row; organisation and states must be known."""
    members = row.items("states")
    if row["organisation"] not in organisations:
        raise row.error(f"organisation {row['organisation']!r} is not in organisations.csv")
    if strange := next((s for s in members if s not in states), None):
        raise row.error(f"state {strange!r} is not in states.csv")
    return Membership(row["organisation"], members, row.date("from"), row.date("to"))
