"""Who stands on the sides of a contact: constructions around a trigger, and the subject of a clause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from communique.extract.contacts.triggers import KINDS, Trigger
from communique.extract.context import ActorMention
from communique.extract.items import Items, parties_of
from communique.knowledge.grammar import word_class
from communique.knowledge.phrases import CLAUSE_ENDS, Item
from communique.knowledge.rules import Firing, RuleBook
from communique.model import Party

_OBLIQUE = word_class("oblique")
_AUXILIARY = word_class("auxiliary")
_MEMBERS = word_class("members")
_AFTER_SIDE = word_class("after-side")
_OCCASIONS = ("talks", "meeting", "phone", "video")
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


def constructions(
    items: Items, rules: RuleBook, protagonist: Party | None = None, heir: Party | None = None
) -> Iterator[Construction]:
    """The best construction at each trigger of the sentence that names sides of two states or organisations.

    ``protagonist`` stands in for the subject of a noun that has none: "Meeting with the Prime Minister of Chad" in a
    text of the Norwegian government; ``heir``, the subject of the sentence before, does in "despite meetings with him".
    """
    found: dict[int, list[Construction]] = {}
    for firing in rules.fire("contact", items.items, items.words):
        for made in _construct(items.items, firing, protagonist or _inheriting(items.items, firing, heir)):
            found.setdefault(made.trigger, []).append(made)
    chosen = [min(found[trigger], key=_preference) for trigger in sorted(found)]
    return (made for made in chosen if not _purpose(made, chosen))


def _purpose(made: Construction, others: Sequence[Construction]) -> bool:
    """Whether "to discuss" only names the purpose of the contact before it: "met with A and B to discuss fish"."""
    together = made.firing.match.slots.get("AB")
    if together is None or made.firing.rule.id != "verb-together":
        return False
    return any(
        together in (o.firing.match.slots.get("B"), o.firing.match.slots.get("AB")) and o.trigger < together
        for o in others
    )


def _preference(made: Construction) -> tuple[bool, bool, int, tuple[int, int, int]]:
    return (
        made.open,
        made.bare or bool(made.firing.rule.sets.get("around")) or "..." in made.firing.phrase.source,
        -len({p.side for p, _ in made.sides}),
        made.firing.rank,
    )


def _construct(items: Sequence[Item], firing: Firing, protagonist: Party | None) -> Iterator[Construction]:
    slots = _resolved(items, firing.match.slots)
    trigger = slots.get("N", slots.get("V"))
    if trigger is None or _crossed(items, firing, trigger):
        return
    if firing.rule.sets.get("around"):
        yield from _around(items, firing, trigger)
        return
    if firing.rule.sets.get("bare"):
        yield Construction(trigger, firing.match.start, firing.match.stop, (), firing, bare=True)
        return
    sides = _union(items[slots[name]] for name in ("A", "AB", "B") if name in slots)
    start, subject = firing.match.start, None
    if _misread(items, firing):
        return
    if firing.rule.sets.get("group"):
        yield from _with_group(items, firing, trigger)
        return
    if firing.rule.sets.get("together"):
        yield from _elided(items, firing, trigger)
        return
    if firing.rule.sets.get("gathering") and _many_sides(sides):
        return
    if firing.rule.sets.get("subject"):
        subject = subject_of(items, trigger, avoid=slots.get("B"))
        if subject is not None and items[trigger].kind in ("travels", "visits") and _body(items[subject]):
            return
        if subject is not None and {p.side for p, _ in parties_of(items[subject])} - {None}:
            sides = _union((items[subject], items[slots["B"]]))
            start = min(start, subject)
        elif _many_sides(sides) and items[trigger].kind == "noun" and not protagonist:
            pass
        elif protagonist is not None and items[trigger].kind == "noun" and sides:
            sides = ((protagonist, sides[0][1]), *sides)
            yield from _if_many(
                Construction(trigger, start, firing.match.stop, _without_shadows(sides), firing, implied=True)
            )
            return
        else:
            return
    if "A" in slots and "B" in slots:
        sides = _union((items[slots["A"]], items[slots["B"]]))
    yield from _if_many(Construction(trigger, start, firing.match.stop, _without_shadows(sides), firing, subject))


def _inheriting(items: Sequence[Item], firing: Firing, heir: Party | None) -> Party | None:
    """The heir where "talks with" people, or with another state than his own, leave their subject to be understood."""
    b = firing.match.slots.get("B")
    if heir is None or b is None or firing.rule.id != "noun-with" or "..." in firing.phrase.source:
        return None
    people = all(p.name for p, _ in parties_of(items[b]))
    return heir if people == (heir.name is not None) else None


def _if_many(made: Construction) -> Iterator[Construction]:
    """The construction if it names two sides; open if its counterpart is a group that the words do not name."""
    if _many_sides(made.sides):
        yield made
    elif made.subject is not None and len(made.sides) == 1 and made.sides[0][0].name:
        yield replace(made, open=True)


def _with_group(items: Sequence[Item], firing: Firing, trigger: int) -> Iterator[Construction]:
    """A contact with a group that the words do not name: "a call with European leaders"."""
    subject = subject_of(items, trigger)
    sides = _without_shadows(_union((items[subject],))) if subject is not None else ()
    if subject is not None and len(sides) == 1 and sides[0][0].name:
        yield Construction(trigger, subject, firing.match.stop, sides, firing, subject, open=True)


def _resolved(items: Sequence[Item], slots: Mapping[str, int]) -> Mapping[str, int]:
    """The slots, with "his counterparts from Norway and Chad" standing for Norway and Chad."""
    b = slots.get("B")
    if b is None or b + 2 >= len(items) or parties_of(items[b]) or items[b + 1].norm not in ("from", "of"):
        return slots
    named = b + 2
    if named + 2 < len(items) and items[named + 1].norm in _MEMBERS and parties_of(items[named + 2]):
        named += 2
    return {**slots, "B": named} if parties_of(items[named]) else slots


def _elided(items: Sequence[Item], firing: Firing, trigger: int) -> Iterator[Construction]:
    """A second deed of the same people: "the two met in Oslo and later held a summit in Mali"."""
    subject = subject_of(items, firing.match.start)
    sides = _without_shadows(_union((items[subject],))) if subject is not None else ()
    if _many_sides(sides):
        yield Construction(trigger, firing.match.start, firing.match.stop, sides, firing, subject)


def _around(items: Sequence[Item], firing: Firing, trigger: int) -> Iterator[Construction]:
    """Two people of different sides in a clause that says at what occasion one addressed the other."""
    before = _addressed(items, firing.match.start)
    if before is not None:
        sides = _without_shadows((*_persons(items[before[0]]), *_persons(items[before[1]])))
        yield Construction(trigger, before[0], firing.match.stop, sides, firing, before[0])
        return
    subject = subject_of(items, firing.match.start)
    if subject is None or (trigger + 1 < len(items) and items[trigger + 1].norm in ("with", "between", "of")):
        return
    if _other_deed(items, subject, trigger):
        return
    sides = _without_shadows(_union((items[subject],)))
    if _named_together(items[subject], sides) and trigger_of(items[trigger]).channel in _OCCASIONS:
        stop = max(firing.match.stop, subject + 1)
        yield Construction(trigger, min(firing.match.start, subject), stop, sides, firing, subject)
        return
    ours = _persons(items[subject])
    for i in _clause(items, subject):
        theirs = (
            _persons(items[i])
            if i != subject and items[i - 1].norm not in ("of", "by", "about", "over", "on", "from")
            else ()
        )
        if theirs and ours and _many_sides((*ours, *theirs)):
            stop = max(firing.match.stop, i + 1, subject + 1)
            yield Construction(
                trigger, min(firing.match.start, subject), stop, _without_shadows((*ours, *theirs)), firing, subject
            )
            return


def _named_together(item: Item, sides: Sides) -> bool:
    """Whether an item names two sides in words of its own: "Norway and Chad", "the two countries"."""
    return item.kind == "actor" and _many_sides(sides) and all(m.kind != "pronoun" for _, m in sides)


def _other_deed(items: Sequence[Item], subject: int, trigger: int) -> bool:
    """Whether the clause tells of another contact, to which the occasion is only the setting."""
    return any(items[i].kind == "meets" and i != trigger for i in _clause(items, subject))


def _addressed(items: Sequence[Item], at: int) -> tuple[int, int] | None:
    """Two people of different sides right before an occasion: "X told Y in a phone call"."""
    found: list[int] = []
    for i in range(at - 1, -1, -1):
        if items[i].norm in CLAUSE_ENDS or items[i].norm in ("that", "who", "which"):
            break
        if _persons(items[i]) and (i == 0 or items[i - 1].norm not in _OBLIQUE or items[i - 1].norm in ("to", "with")):
            found.append(i)
        if len(found) == 2:
            sides = (*_persons(items[found[1]]), *_persons(items[found[0]]))
            return (found[1], found[0]) if _many_sides(sides) and found[0] - found[1] > 1 else None
    return None


def _persons(item: Item) -> Sides:
    return tuple((p, m) for p, m in parties_of(item) if p.name and p.side) if item.kind == "actor" else ()


def _clause(items: Sequence[Item], at: int) -> range:
    """The items behind ``at`` up to the end of its clause."""
    stop = at + 1
    while (
        stop < len(items)
        and items[stop].norm not in CLAUSE_ENDS
        and items[stop].norm not in ("that", "who", "which", "while")
    ):
        stop += 1
    return range(at + 1, stop)


def _misread(items: Sequence[Item], firing: Firing) -> bool:
    """Whether the object of a verb is no counterpart: "welcomed Chad's decision", "a so-called Islamic State"."""
    b, verb = firing.match.slots.get("B"), firing.match.slots.get("V")
    if b is None or verb is None:
        return False
    after = items[b + 1] if b + 1 < len(items) else None
    if (
        after is not None
        and after.kind == "word"
        and (after.norm in ("'s", "'") or (_body(items[b]) and _noun_like(after)))
    ):
        return True
    return bool(firing.rule.sets.get("persons")) and not any(
        p.name or p.level not in ("body", None) for p, _ in parties_of(items[b])
    )


def _body(item: Item) -> bool:
    return bool(parties_of(item)) and all(p.level == "body" and p.office is None for p, _ in parties_of(item))


def _noun_like(item: Item) -> bool:
    """Whether a word behind a side makes the side its modifier: "meet its OPEC quota"."""
    return item.norm.isalpha() and not item.skippable and item.norm not in _AFTER_SIDE


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
    """The item that is the subject of the word at ``at``: the nearest nominative actor before it, else one behind."""
    near = _before_verb(items, at)
    if near is not None and near != avoid:
        return near
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
    return before not in _OBLIQUE


def trigger_of(item: Item) -> Trigger:
    """The trigger under an item that :func:`mark_triggers` folded."""
    assert isinstance(item.value, Trigger)
    return item.value
