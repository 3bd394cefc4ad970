"""The sides that items of a sentence name, and the subject of a clause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from communique.extract.contacts.triggers import Trigger
from communique.extract.context import ActorMention
from communique.extract.items import parties_of
from communique.knowledge.grammar import word_class
from communique.knowledge.phrases import CLAUSE_ENDS, Item
from communique.knowledge.rules import Firing
from communique.model import Party

_SHORTEST_DOER = 5
_BEFORE_DOER = CLAUSE_ENDS | {"and", "of", "that", "who", "which"}
_OBLIQUE = word_class("oblique")
_OFFICIALS = word_class("state-official")
_AUXILIARY = word_class("auxiliary")
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
    implied: bool = False
    bare: bool = False
    open: bool = False


def subject_of(items: Sequence[Item], at: int, avoid: int | None = None) -> int | None:
    """The item that is the subject of the word at ``at``: the nearest nominative actor before it, else one behind."""
    near = _before_verb(items, at)
    if near is not None and near != avoid:
        return near
    if _of_others(items, at):
        return None
    for i in range(at - 1, -1, -1):
        if items[i].norm in CLAUSE_ENDS and items[i].kind == "word":
            break
        if i != avoid and nominative(items, i):
            return i
    for i in range(at + 1, len(items)):
        if items[i].norm in CLAUSE_ENDS and items[i].kind == "word":
            break
        if i != avoid and nominative(items, i) and items[i - 1].norm == ",":
            return i
    return None


def _of_others(items: Sequence[Item], at: int) -> bool:
    """Whether people whom nobody names do what the verb at ``at`` says: "that a number of tourists visited Chad"."""
    doer = items[at - 1].norm if at else ""
    if items[at].kind == "noun" or not doer.endswith("s") or len(doer) < _SHORTEST_DOER or doer in _AUXILIARY:
        return False
    i = at - 2
    while i > 0 and items[i].kind in ("word", "adjective") and items[i].norm not in _BEFORE_DOER:
        i -= 1
    return i > 0 and items[i].norm in ("of", "that")


def _before_verb(items: Sequence[Item], at: int) -> int | None:
    """The actor right before a verb and its auxiliaries: "experts of the Foreign Ministry are in correspondence"."""
    i = at - 1
    while i >= 0 and (items[i].skippable or items[i].norm in _AUXILIARY):
        i -= 1
    return i if i >= 0 and items[at].kind != "noun" and items[i].kind == "actor" else None


def nominative(items: Sequence[Item], i: int) -> bool:
    """Whether the item at ``i`` stands as a subject stands: no preposition before it."""
    item = items[i]
    if item.kind not in ("actor", "possessive", "pair"):
        return False
    if item.kind == "possessive":
        return True
    before = items[i - 1].norm if i and items[i - 1].kind == "word" else None
    theirs = before in ("from", "of") and i > 1 and items[i - 2].norm in _OFFICIALS
    return theirs or before not in _OBLIQUE


def trigger_of(item: Item) -> Trigger:
    """The trigger under an item that :func:`mark_triggers` folded."""
    assert isinstance(item.value, Trigger)
    return item.value


def union(chosen: Iterator[Item] | Sequence[Item]) -> Sides:
    """The distinct parties of items, each with the mention that names it."""
    found: dict[Party, ActorMention] = {}
    for item in chosen:
        for party, mention in parties_of(item):
            if party.side:
                found.setdefault(party, mention)
    return tuple(found.items())


def many_sides(sides: Sides) -> bool:
    """Whether parties stand for more than one state or organisation."""
    return len({p.side for p, _ in sides}) > 1


def without_shadows(sides: Sides) -> Sides:
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


def persons(item: Item) -> Sides:
    """The named people of an actor item who stand for a side."""
    return tuple((p, m) for p, m in parties_of(item) if p.name and p.side) if item.kind == "actor" else ()


def is_body(item: Item) -> bool:
    """Whether an item names a state or an organisation and nobody who acts for it."""
    return bool(parties_of(item)) and all(p.level == "body" and p.office is None for p, _ in parties_of(item))
