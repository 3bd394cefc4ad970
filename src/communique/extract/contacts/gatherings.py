"""Gatherings told of by whose they are or where they were: "the OPEC meeting", "last year's Tokyo summit".

Who was there is said beside them, or not at all. A party is who hosts, calls or attends the gathering, who speaks of
what will be done at it, those who met after or ahead of it, and the state that it takes place in; besides them the
body stands for all others. Where nobody is told, the members of a group are its parties, and an organisation is alone:
no contact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from communique import edtf
from communique.extract.contacts.alike import overlap
from communique.extract.contacts.attendance import Told, attending, union_of
from communique.extract.contacts.dates import settled
from communique.extract.contacts.drafts import Draft, drafted
from communique.extract.contacts.known import known_gathering
from communique.extract.contacts.sides import Construction, Sides, many_sides, without_shadows
from communique.extract.contacts.standing import NAMED_GROUPS
from communique.extract.contacts.triggers import mark_triggers
from communique.extract.context import ActorMention, Context
from communique.extract.dating import publication_day
from communique.extract.items import Items, mentions_of
from communique.knowledge import Registry
from communique.knowledge.facts import Event
from communique.knowledge.grammar import word_class
from communique.knowledge.phrases import Item
from communique.knowledge.rules import Firing
from communique.knowledge.summits import gathered_at, members
from communique.model import Cited, Party, When

_NOUNS = word_class("gathering-noun")
_NONE = word_class("no-gathering")
_HOLDING = frozenset(("held", "hold", "holds"))
_WIDE = frozenset(("United Nations",))  # where everybody speaks to nobody in particular
_MANY = 3
_CLAUSE = 8
_SMALL = 8  # members of a group whose name stands for them


@dataclass(frozen=True, slots=True)
class Gathering:
    """A gathering in the making: its words, the sides whose it is, who belongs to them, and who was there."""

    made: Construction
    body: frozenset[str | None]
    belong: frozenset[str]
    there: Sides


def gatherings(context: Context, items: Sequence[Items], drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts of gatherings that no construction found; several mentions of one have the parties of all."""
    found: list[tuple[Draft, Gathering]] = []
    if all(row.words.isdisjoint(_NOUNS) for row in items):
        return []
    drafts = [settled(context, d) for d in drafts]
    for row in items:
        index = row.sentence.index
        if not row.words.isdisjoint(_NOUNS):
            marked = mark_triggers(_with_bodies(context, row, index), context.knowledge.rules, "forum")
            found += _of_sentence(context, marked, index, [d for d in drafts if not d.bare])
    apart = [(d, each) for d, each in found if not any(_told(d, each, other) for other in drafts)]
    return [replace(d, parties=_of_all(d, each, apart)) for d, each in apart]


def _with_bodies(context: Context, row: Items, index: int) -> Items:
    """The items with a body behind "at" and "in" taken as an actor, and as no place: "at the NATO summit"."""
    bodies = {m.first: m for m in context.actors[index] if m.kind == "organisation"}
    out: list[Item] = []
    for item in row.items:
        body = bodies.get(item.first + 1) if item.kind == "place" else None
        if body is not None and body.last == item.last:
            out.append(Item(row.sentence.tokens[item.first].norm, item.first, item.first + 1, "word"))
            out.append(Item("", body.first, body.last, "actor", (body,)))
        else:
            out.append(item)
    return replace(row, items=tuple(out))


def _of_sentence(
    context: Context, items: Items, index: int, others: Sequence[Draft]
) -> Iterator[tuple[Draft, Gathering]]:
    taken = {d.trigger.start for d in others if d.sentence == index}
    tried: set[int] = set()
    rules = context.knowledge.rules
    for firing in sorted(rules.fire("gathering", items.items, items.words), key=lambda f: f.rank):
        at = firing.match.slots["N"]
        start = items.span(context.document.id, at, at + 1).start
        free = at not in tried and start not in taken and not _NOUNS.isdisjoint(items.text(at, at + 1))
        made, event = _construction(context, items, index, firing) if free else (None, None)
        if made is None:
            continue
        tried.add(at)
        draft = _draft(context, items, index, made, event)
        whole = _complete(Told(context, items, others, draft), made)
        if whole is not None:
            yield replace(draft, parties=tuple(Cited(p, m.span, m.rule) for p, m in whole.made.sides)), whole


def _draft(context: Context, items: Items, index: int, made: Construction, event: Event | None) -> Draft:
    """What the sentence says of a gathering, with the status and day that it can have."""
    day = publication_day(context.document)
    cues = list(context.knowledge.rules.fire("status", items.items, items.words))
    draft = drafted(context, items, index, made, cues)
    if _to_be(items, made.trigger, cues):
        draft = replace(draft, status=replace(draft.status, status="planned", rule="status-scheduled-after", said=True))
    draft = _in_time(draft, event, day) if event else draft
    return _dated(settled(context, draft), day)


def _to_be(items: Items, at: int, cues: Sequence[Firing]) -> bool:
    """Whether a relative clause says that a gathering will be: "the outcome of the summit, which will take place"."""
    after = (f.match.start for f in cues if f.rule.id == "status-scheduled-after")
    return any(at < start <= at + _CLAUSE and items.items[start - 1].norm in ("which", "that") for start in after)


def _dated(draft: Draft, day: date | None) -> Draft:
    """A draft without a day that cannot be its own: what is to come is not of a year gone by."""
    last = draft.when.value.latest if draft.when else None
    past = day is not None and last is not None and last < day and draft.status.status in ("planned", "proposed")
    return replace(draft, when=None) if past else draft


def _in_time(draft: Draft, event: Event, day: date | None) -> Draft:
    """A draft of an event that is known to be over by ``day``: held, and dated by no other time of the sentence."""
    first, last = edtf.bounds(event.date)
    if draft.when and not overlap(draft.when.value, When(event.date, first, last, "explicit")):
        draft = replace(draft, when=None)
    if day is None or last is None or last >= day or draft.status.status not in ("planned", "proposed"):
        return draft
    return replace(draft, status=replace(draft.status, status="held", rule="status-known-to-be-over"))


def _construction(
    context: Context, items: Items, index: int, firing: Firing
) -> tuple[Construction, Event | None] | tuple[None, None]:
    """Whose the gathering is: an organisation or a group that its words name, or those who met at a known one."""
    registry, at = context.knowledge.registry, firing.match.slots["N"]
    if not _NONE.isdisjoint(items.text(max(0, at - 1), at + 1)):
        return None, None
    if firing.rule.sets.get("named"):
        known = known_gathering(context, items, index, firing)
        if known is None:
            return None, None
        item, span = items.items[at], items.span(context.document.id, at, at + 1)
        mention = ActorMention(index, item.first, item.last, span, "group", (), "group.known")
        sides = tuple((party, mention) for party in gathered_at(registry, known[0]))
        return Construction(at, known[1], firing.match.stop, sides, firing), known[0]
    sides = _body(registry, items, firing)
    return (Construction(at, firing.match.start, firing.match.stop, sides, firing), None) if sides else (None, None)


def _body(registry: Registry, items: Items, firing: Firing) -> Sides:
    at, said = firing.match.slots["N"], mentions_of(items.items[firing.match.slots["G"]])
    if len(said) != 1 or not (said[0].kind == "organisation" or said[0].rule in NAMED_GROUPS):
        return ()
    if any(p.name for p in said[0].parties) or not _HOLDING.isdisjoint(items.text(firing.match.start, at)):
        return ()
    if items.items[at + 1 : at + 2] and items.items[at + 1].norm == "in" and said[0].rule not in NAMED_GROUPS:
        return ()
    bodies = {p.side: Party(None, p.state, p.organisation, None, "body") for p in said[0].parties if p.side}
    group = registry.groups.get(next(iter(bodies), None) or "") if said[0].rule == "group.known" else None
    if group is not None and len(bodies) == 1 and len(group.members) <= _SMALL:  # "the seven leading nations"
        bodies = {code: Party(None, code, None, None, "body") for code in group.members if code in registry.states}
    alone = len(bodies) == 1 and not _meets(registry, next(iter(bodies.values())))
    return () if alone else tuple((party, said[0]) for party in bodies.values())


def _meets(registry: Registry, party: Party) -> bool:
    """Whether a body is one of states that come together."""
    known = registry.organisations.get(party.organisation or "")
    return known is not None and known.kind != "armed" and known.name not in _WIDE


def _complete(told: Told, made: Construction) -> Gathering | None:
    """The gathering with its parties; None where only an organisation is left."""
    registry, day = told.context.knowledge.registry, publication_day(told.context.document)
    body = frozenset(p.side for p, _ in made.sides)
    alone = made.sides[0][0].side or "" if len(body) == 1 else ""
    belong = members(registry, alone, day) if alone else frozenset(side for side in body if side)
    there = tuple(
        (p, m) for p, m in attending(told, made) if (not belong or p.side in belong) and (not alone or p.side != alone)
    )
    only = alone and not there
    sides = _members(registry, made, belong) if only else without_shadows((*there, *made.sides))
    return Gathering(replace(made, sides=sides), body, belong, there) if many_sides(sides) else None


def _members(registry: Registry, made: Construction, belong: frozenset[str]) -> Sides:
    """The states of a small group whose summit is known by its name."""
    states = [code for code in sorted(belong) if code in registry.states]
    known = made.firing.rule.sets.get("named") and made.sides[0][0].organisation not in registry.memberships
    if not known or len(states) > _SMALL:
        return ()
    return tuple((Party(None, code, None, None, "body"), made.sides[0][1]) for code in states)


def _told(draft: Draft, each: Gathering, other: Draft) -> bool:
    """Whether another draft tells of the gathering already: with its body, or with many who belong to it."""
    sides = {p.value.side for p in other.parties}
    there = {p.side for p, _ in each.there}
    enough = bool(each.body & sides) if len(each.body) == 1 else False
    alike = draft.status.status == other.status.status and _compatible(draft, other)
    return (enough or len(sides & each.belong) >= _MANY) and there <= sides and alike


def _compatible(a: Draft, b: Draft) -> bool:
    return a.when is None or b.when is None or overlap(a.when.value, b.when.value)


def _of_all(draft: Draft, each: Gathering, found: Sequence[tuple[Draft, Gathering]]) -> tuple[Cited[Party], ...]:
    """The parties of all mentions of a gathering."""
    same = [(d, g) for d, g in found if g.body == each.body and _alike(draft, d)]
    there = union_of(tuple(side for _, g in same for side in g.there))
    if not there:
        return draft.parties
    body = [p for d, g in same if g.there for p in d.parties if p.value.side in each.body]
    told = [Cited(p, m.span, m.rule) for p, m in there]
    kept = {p.value.side for p in told if p.value.name}
    ours = [p for p in (*told, *body) if p.value.name or p.value.side not in kept]
    return tuple({p.value: p for p in reversed(ours)}.values())[::-1]


def _alike(a: Draft, b: Draft) -> bool:
    return a.status.status == b.status.status and _compatible(a, b)
