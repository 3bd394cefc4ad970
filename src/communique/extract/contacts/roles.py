"""Who stands on the sides of a contact: constructions around a trigger, and the subject of a clause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from communique.extract.context import ActorMention
from communique.extract.contacts.triggers import KINDS, Trigger
from communique.extract.items import Items, parties_of
from communique.knowledge.phrases import CLAUSE_ENDS, Item
from communique.knowledge.rules import Firing, RuleBook
from communique.model import Party

_OBLIQUE = frozenset(
    "with of to for from against between by about on over toward towards behind under into than through via like "
    "including despite without at in alongside because".split()
)
Sides = tuple[tuple[Party, ActorMention], ...]


@dataclass(frozen=True, slots=True)
class Construction:
    """A trigger with its sides: items ``[start, stop)`` of the sentence, the trigger at item ``trigger``."""

    trigger: int
    start: int
    stop: int
    sides: Sides
    firing: Firing
    subject: int | None = None


def constructions(items: Items, rules: RuleBook) -> Iterator[Construction]:
    """The best construction at each trigger of the sentence that names sides of two states or organisations."""
    found: dict[int, list[Construction]] = {}
    for firing in rules.fire("contact", items.items, items.words):
        for made in _construct(items.items, firing):
            found.setdefault(made.trigger, []).append(made)
    for trigger in sorted(found):
        yield min(found[trigger], key=_preference)


def _preference(made: Construction) -> tuple[bool, int, tuple[int, int, int]]:
    return ("..." in made.firing.phrase.source, -len({p.side for p, _ in made.sides}), made.firing.rank)


def _construct(items: Sequence[Item], firing: Firing) -> Iterator[Construction]:
    slots = firing.match.slots
    trigger = slots.get("N", slots.get("V"))
    if trigger is None or _crossed(items, firing, trigger):
        return
    sides = _union(items[slots[name]] for name in ("A", "AB", "B") if name in slots)
    start, subject = firing.match.start, None
    if firing.rule.sets.get("subject") and not _many_sides(sides):
        subject = subject_of(items, trigger, avoid=slots.get("B"))
        if subject is None:
            return
        sides = _union((items[subject], items[slots["B"]]))
        start = min(start, subject)
    if "A" in slots and "B" in slots:
        sides = _union((items[slots["A"]], items[slots["B"]]))
    sides = _without_shadows(sides)
    if _many_sides(sides):
        yield Construction(trigger, start, firing.match.stop, sides, firing, subject)


def _crossed(items: Sequence[Item], firing: Firing, trigger: int) -> bool:
    """Whether a gap of the phrase runs over another trigger."""
    inner = range(firing.match.start, firing.match.stop)
    return "..." in firing.phrase.source and any(items[i].kind in KINDS and i != trigger for i in inner)


def _union(chosen: Iterator[Item] | Sequence[Item]) -> Sides:
    found: dict[Party, ActorMention] = {}
    for item in chosen:
        for party, mention in parties_of(item):
            if party.side:
                found.setdefault(party, mention)
    return tuple(found.items())


def _many_sides(sides: Sides) -> bool:
    return len({p.side for p, _ in sides}) > 1


def _without_shadows(sides: Sides) -> Sides:
    """Drop a state that only stands behind its own person, and a person named twice."""
    persons = {p.side for p, _ in sides if p.name}
    seen: set[tuple[str | None, str | None]] = set()
    kept = []
    for party, mention in sides:
        key = (party.name, party.side) if party.name else (party.office, party.side)
        if key in seen or (party.name is None and party.level == "body" and party.side in persons):
            continue
        seen.add(key)
        kept.append((party, mention))
    return tuple(kept)


def subject_of(items: Sequence[Item], at: int, avoid: int | None = None) -> int | None:
    """The item that is the subject of the word at ``at``: the nearest nominative actor before it, else one behind it."""
    for i in range(at - 1, -1, -1):
        if items[i].norm in CLAUSE_ENDS and items[i].kind == "word":
            break
        if i != avoid and _nominative(items, i):
            return i
    for i in range(at + 1, len(items)):
        if items[i].norm in CLAUSE_ENDS and items[i].kind == "word":
            break
        if i != avoid and _nominative(items, i) and items[i - 1].norm == ",":
            return i
    return None


def _nominative(items: Sequence[Item], i: int) -> bool:
    item = items[i]
    if item.kind not in ("actor", "possessive", "pair"):
        return False
    if item.kind == "possessive":
        return True
    before = items[i - 1].norm if i and items[i - 1].kind == "word" else None
    return before not in _OBLIQUE


def trigger_of(item: Item) -> Trigger:
    """The trigger under an item that :func:`mark_triggers` folded."""
    assert isinstance(item.value, Trigger)
    return item.value
