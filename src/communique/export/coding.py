"""A ledger as events: who did what to whom on a day, by the rules of PLOVER (one event) and CAMEO (pairs of sides).

* A contact that took place is an event of its day; one that is planned, proposed or cancelled is an event of the day it
  was announced as that, which is what the codes stand for.
* Who is visitor and who host is taken from the place: the side whose country or seat it lies in is the host.
* CAMEO knows pairs only, and reciprocal events twice. Each side is there once, by its highest representative.

Events of which the day is not known within ``SPAN`` days, or that the ontologies have no code for, are left out and
counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from itertools import permutations

from communique.export.codebook import Cameo, Rule, cameo, rows, rule
from communique.export.material import Material
from communique.knowledge.registry import Registry
from communique.model import LEVELS, Document, Party
from communique.reconcile.names import fold, same_person
from communique.views.agree import Interval
from communique.views.agreements import LifeLine, Step, life_lines
from communique.views.contacts import ContactRow

SPAN = timedelta(6)
"""An interval of at most a week stands with its first day."""


Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Dyad:
    """One side acting on another, with the CAMEO code."""

    source: Party
    target: Party
    event: Cameo


@dataclass(frozen=True)
class Event:
    """One event: ``actors`` and ``recipients`` as PLOVER has them, one party a side, and where it was, if known."""

    id: str
    day: date
    last: date
    rule: Rule
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    host: Party | None
    place: str | None
    topics: tuple[str, ...]
    documents: tuple[Document, ...]
    quote: str
    about: str
    counts: tuple[int, int, int]

    @cached_property
    def mode(self) -> str:
        """The PLOVER mode: with more than two sides, that of many."""
        return self.rule.mode_of_many if len(self.actors) + len(self.recipients) > 2 else self.rule.mode

    @cached_property
    def dyads(self) -> tuple[Dyad, ...]:
        """The same for CAMEO, in pairs of sides."""
        return tuple(_dyads(self))


def events(material: Material) -> Iterator[Event]:
    """All events, those of contacts in the order of time, then the steps of agreements."""
    yield from _contacts(material)
    for line in life_lines(material.ledger, material.registry):
        yield from _steps(material, line)


def _contacts(material: Material) -> Iterator[Event]:
    for row in material.contacts:
        parties = representatives(row.parties)
        host = host_of(row.place, parties, material.registry)
        coded = rule("contact", "held" if row.status == "ongoing" else row.status, _setting(row, parties, host))
        first, last = _days(material, row)
        if coded is None:
            material.left_out[f"contacts that are {row.status}: there is no code for it"] += 1
        elif first is None or last is None:
            material.left_out["contacts whose day is not known"] += 1
        elif len(parties) < 2:
            material.left_out["contacts of which one side is not known"] += 1
        else:
            yield _contact(material, row, coded, parties, host, (first, last))


def _contact(
    material: Material, row: ContactRow, coded: Rule, parties: Sequence[Party], host: Party | None, days: Days
) -> Event:
    initiator = row.answers["initiator"].value
    actors, recipients = _roles(coded, parties, host, _initiating(parties, initiator))
    documents = tuple(document for _, document in material.accounts(row))
    foreseen = f"foreseen {row.when.edtf}" if row.when and row.status not in ("held", "ongoing") else ""
    counts = (row.reports, row.outlets, len(row.documents))
    return Event(
        row.id, *days, coded, actors, recipients, host, row.place, row.topics, documents, material.quote(row),
        foreseen, counts,
    )  # fmt: skip


def _steps(material: Material, line: LifeLine) -> Iterator[Event]:
    agreement = material.registry.agreements.get(line.agreement)
    for number, step in enumerate(line.steps, 1):
        documents = tuple(material.ledger.documents[d] for d in step.documents if d in material.chosen)
        coded = rule("agreement", step.action)
        day = _narrow(step.when)[0] or step.told
        acting = tuple(_body(material.registry, side) for side in step.by)
        others = tuple(
            _body(material.registry, s) for s in (agreement.parties if agreement else ()) if s not in step.by
        )
        if not documents:
            continue
        if coded is None or day is None or not acting or len(acting) + len(others) < 2:
            material.left_out["steps of agreements without a code, a day or a second party"] += 1
            continue
        actors, recipients = (acting, others) if coded.roles == "by" and others else ((*acting, *others), ())
        name = f"{line.agreement}: {step.action}"
        counts = (len(documents), len({d.publisher for d in documents}), len(documents))
        identity = f"{fold(line.agreement).replace(' ', '-')}-{number}"
        quote = _quote(material, step)
        yield Event(identity, day, day, coded, actors, recipients, None, None, (), documents, quote, name, counts)


def _quote(material: Material, step: Step) -> str:
    """The words of a step, where its documents report no other of the same kind."""
    actions = [a for a in material.ledger.agreements if a.document in step.documents and a.action.value == step.action]
    return material.words(actions[0].quotes[0]) if len(actions) == 1 else ""


def _body(registry: Registry, side: str) -> Party:
    state, organisation = registry.party_side(side)
    return Party(None, state, organisation, None, "body")


def _days(material: Material, row: ContactRow) -> tuple[date | None, date | None]:
    if row.status in ("held", "ongoing"):
        return _narrow(row.when)
    days = [
        day for report, document in material.accounts(row)
        if report.status.value == row.status and (day := material.told(document))
    ]  # fmt: skip
    day = min(days, default=None) or material.first_told(row)
    return day, day


def _narrow(when: Interval | None) -> tuple[date | None, date | None]:
    """Both ends of a time that is known within a week."""
    if when is None or when.earliest is None or when.latest is None or when.latest - when.earliest > SPAN:
        return None, None
    return when.earliest, when.latest


def representatives(parties: Iterable[Party]) -> tuple[Party, ...]:
    """The highest party of each side, in the order of sides."""
    best: dict[str, Party] = {}
    for party in sorted(parties, key=lambda p: (LEVELS.index(p.level or "body"), p.name is None, p.name or "")):
        if party.side:
            best.setdefault(party.side, party)
    return tuple(best[side] for side in sorted(best))


def host_of(place: str | None, parties: Sequence[Party], registry: Registry) -> Party | None:
    """In whose country or seat a place lies: one of the parties, else the state, else None."""
    words = [fold(part) for part in (place or "").split(",") if part.strip()]
    for party in parties:
        known = registry.organisations.get(party.organisation or "")
        if known and known.seat and fold(known.seat) in words:
            return party
    for word in words:
        if side := _states(registry).get(word):
            return next((p for p in parties if p.state == side), Party(None, side, None, None, "body"))
    return None


@lru_cache(maxsize=8)
def _states(registry: Registry) -> Mapping[str, str]:
    """Folded names, capitals and seats of government of states, and cities, each with the state that is there now."""
    table = {fold(row["city"]): row["state"] for row in rows("cities")}
    for state in sorted(registry.states.values(), key=lambda s: s.until is None):
        capitals = registry.capitals.get(state.code, ())
        table |= {fold(word): state.code for word in (state.name, *state.aliases, *capitals, *state.metonyms)}
    return table


def _setting(row: ContactRow, parties: Sequence[Party], host: Party | None) -> str:
    """How a contact was held, as ``coding.csv`` names it: meetings by who was host."""
    if row.channel not in ("meeting", "visit"):
        return row.channel
    if host is None:
        return "visit" if row.status == "proposed" and row.channel == "visit" else "meeting"
    return "visit" if host in parties else "third"


def _initiating(parties: Sequence[Party], initiator: str | None) -> Party | None:
    if initiator is None:
        return None
    return next((p for p in parties if initiator == p.side or (p.name and same_person(initiator, p.name))), None)


def _roles(
    coded: Rule, parties: Sequence[Party], host: Party | None, initiator: Party | None
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Who acts and who receives: guests on their host, who began on the others, else all together."""
    receiving = coded.roles == "visit" and host in parties
    acting = coded.roles == "by" and initiator is not None
    if receiving:
        return tuple(p for p in parties if p != host), tuple(p for p in parties if p == host)
    if acting:
        return tuple(p for p in parties if p == initiator), tuple(p for p in parties if p != initiator)
    return tuple(parties), ()


def _dyads(event: Event) -> Iterator[Dyad]:
    parties = (*event.actors, *event.recipients)
    if event.rule.roles in ("visit", "third") and event.host:
        guests = [p for p in parties if p != event.host]
        for guest in guests:
            yield Dyad(guest, event.host, cameo("042"))
            yield Dyad(event.host, guest, cameo("043"))
        yield from (Dyad(a, b, cameo("044")) for a, b in permutations(guests, 2))
    elif event.recipients:
        yield from (Dyad(a, b, cameo(event.rule.cameo)) for a in event.actors for b in event.recipients)
    else:
        yield from (Dyad(a, b, cameo(event.rule.cameo)) for a, b in permutations(parties, 2))
