"""Who stands on the sides of a contact: constructions around a trigger, and the subject of a clause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from communique.extract.contacts.clauses import gone_to, of_its_own, of_topic, spoken_on, taking_part
from communique.extract.contacts.occasions import around
from communique.extract.contacts.sides import (
    Construction,
    is_body,
    many_sides,
    persons,
    subject_of,
    trigger_of,
    union,
    without_shadows,
)
from communique.extract.contacts.triggers import KINDS
from communique.extract.items import Items, parties_of
from communique.knowledge.grammar import word_class
from communique.knowledge.phrases import Item
from communique.knowledge.rules import Firing, RuleBook
from communique.model import Party

_OBLIQUE = word_class("oblique")
_AUXILIARY = word_class("auxiliary")
_BONDS = word_class("bond")
_NAMING = frozenset(("with", "between"))
_MEMBERS = word_class("members")
_OFFICIALS = word_class("state-official")
_AFTER_SIDE = word_class("after-side")
_NAMED_SO = word_class("named-so")


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


def _preference(made: Construction) -> tuple[bool, bool, bool, int, tuple[int, int, int]]:
    """The best is least: what is said outright, by the owner of the noun ("his talks with X"), with most sides."""
    return (
        made.open,
        made.bare or bool(made.firing.rule.sets.get("around")) or "..." in made.firing.phrase.source,
        not made.firing.rule.id.startswith("noun-possessive"),
        -len({p.side for p, _ in made.sides}),
        made.firing.rank,
    )


def _construct(items: Sequence[Item], firing: Firing, protagonist: Party | None) -> Iterator[Construction]:
    slots = resolved(items, firing.match.slots)
    trigger = slots.get("N", slots.get("V"))
    if trigger is None or _crossed(items, firing, trigger):
        return
    if firing.rule.sets.get("only") not in (None, trigger_of(items[trigger]).channel):
        return
    if firing.rule.sets.get("around"):
        yield from around(items, firing, trigger)
        return
    if firing.rule.sets.get("bare"):
        if trigger + 1 < len(items) and items[trigger + 1].norm == "of" and firing.match.stop == trigger + 1:
            return  # "the Summit of the Americas" is a name
        if firing.rule.id == "noun-after-days" and trigger + 1 < len(items) and items[trigger + 1].norm in _NAMING:
            return  # "after talks with him" says whose they were
        yield Construction(trigger, firing.match.start, firing.match.stop, (), firing, bare=True)
        return
    sides = union(items[slots[name]] for name in ("A", "AB", "B") if name in slots)
    start, subject = firing.match.start, None
    if _misread(items, firing):
        return
    if firing.rule.sets.get("group"):
        yield from _with_group(items, firing, trigger)
        return
    if firing.rule.sets.get("together"):
        yield from _elided(items, firing, trigger)
        return
    if firing.rule.sets.get("gathering") and many_sides(sides):
        return
    if gone_to(items, slots.get("AB"), trigger) or spoken_on(items, slots.get("A"), trigger):
        return
    if firing.rule.sets.get("subject"):
        subject = subject_of(items, trigger, avoid=slots.get("B"))
        subject = of_topic(items, subject, trigger) or subject
        if subject is not None and items[trigger].kind in ("travels", "visits") and is_body(items[subject]):
            return
        if subject is not None and {p.side for p, _ in parties_of(items[subject])} - {None}:
            sides = union((items[subject], items[slots["B"]]))
            start = min(start, subject)
        elif many_sides(sides) and items[trigger].kind == "noun" and not protagonist and firing.rule.id != "noun-with":
            pass
        elif trigger + 1 < len(items) and items[trigger + 1].norm == "of":
            return  # "the meeting of the heads of the bodies with A" is theirs
        elif protagonist is not None and (_without_doer(items, trigger) or _unexplained(items, trigger)) and sides:
            sides = ((protagonist, sides[0][1]), *sides)
            yield from _if_many(
                Construction(trigger, start, firing.match.stop, without_shadows(sides), firing, implied=True)
            )
            return
        else:
            return
    if "A" in slots and "B" in slots:
        sides = union((items[slots["A"]], items[slots["B"]]))
    if firing.rule.id == "noun-pair" and (present := taking_part(items, start)) is not None:
        sides = (*persons(items[present]), *sides)
    yield from _if_many(Construction(trigger, start, firing.match.stop, without_shadows(sides), firing, subject))


def _without_doer(items: Sequence[Item], trigger: int) -> bool:
    """Whether words for a contact leave open whose it was: a noun, a heading, "fish was discussed with the envoy"."""
    return items[trigger].kind == "noun" or trigger == 0 or items[trigger - 1].norm in ("was", "were")


def _inheriting(items: Sequence[Item], firing: Firing, heir: Party | None) -> Party | None:
    """The heir where "talks with" people, or with another state than his own, leave their subject to be understood.

    So does "they" whom nothing explains: "They met with officials in Oslo" in a text about a Chadian delegation.
    """
    b, verb = firing.match.slots.get("B"), firing.match.slots.get("V")
    if heir is None or b is None or "..." in firing.phrase.source:
        return None
    if verb is not None:
        return heir if _unexplained(items, verb) and firing.rule.id in ("verb-with", "verb-direct") else None
    if firing.rule.id != "noun-with":
        return None
    people = all(p.name for p, _ in parties_of(items[b]))
    return heir if people == (heir.name is not None) else None


def _unexplained(items: Sequence[Item], verb: int) -> bool:
    """Whether a sentence begins with a "they" whom nothing explains, and its verb."""
    return verb == 1 and items[0].norm == "they" and not parties_of(items[0])


def _if_many(made: Construction) -> Iterator[Construction]:
    """The construction if it names two sides; open if its counterpart is a group that the words do not name."""
    if many_sides(made.sides):
        yield made
    elif made.subject is not None and len(made.sides) == 1 and made.sides[0][0].name:
        yield replace(made, open=True)


def _with_group(items: Sequence[Item], firing: Firing, trigger: int) -> Iterator[Construction]:
    """A contact with a group that the words do not name: "a call with European leaders"."""
    subject = subject_of(items, trigger)
    sides = without_shadows(union((items[subject],))) if subject is not None else ()
    if subject is not None and len(sides) == 1 and sides[0][0].name:
        yield Construction(trigger, subject, firing.match.stop, sides, firing, subject, open=True)


def resolved(items: Sequence[Item], slots: Mapping[str, int]) -> Mapping[str, int]:
    """The slots, with "his counterparts from Norway and Chad" standing for Norway and Chad."""
    b = slots.get("B")
    if b is not None and (owned := _owned_person(items, b)) is not None:
        return {**slots, "B": owned}
    if b is None or b + 2 >= len(items) or parties_of(items[b]) or items[b + 1].norm not in ("from", "of", ":"):
        return slots
    named = b + 2
    if named + 2 < len(items) and items[named + 1].norm in _MEMBERS and parties_of(items[named + 2]):
        named += 2
    return {**slots, "B": named} if parties_of(items[named]) else slots


def _owned_person(items: Sequence[Item], b: int) -> int | None:
    """Whose adviser is met is not met: "talks with the French president's adviser Emmanuel Bonne"."""
    if b + 2 >= len(items) or items[b + 1].norm not in ("'s", "'"):
        return None
    owner, person = parties_of(items[b]), parties_of(items[b + 2])
    same = owner and person and person[0][0].name and owner[0][0].side == person[0][0].side
    return b + 2 if same else None


def _elided(items: Sequence[Item], firing: Firing, trigger: int) -> Iterator[Construction]:
    """A second deed of the same people: "the two met in Oslo and later held a summit in Mali"."""
    subject = subject_of(items, firing.match.start)
    sides = without_shadows(union((items[subject],))) if subject is not None else ()
    if many_sides(sides):
        yield Construction(trigger, firing.match.start, firing.match.stop, sides, firing, subject)


def _of_officials(items: Sequence[Item], at: int) -> bool:
    """Whether a side only says whose the officials before it are: "with officials of Chad's ministry"."""
    return at > 1 and items[at - 1].norm in ("from", "of") and items[at - 2].norm in _OFFICIALS


def _misread(items: Sequence[Item], firing: Firing) -> bool:
    """Whether the object of a verb is no counterpart: "welcomed Chad's decision", "called Chad's leader a friend"."""
    slots = resolved(items, firing.match.slots)
    b, verb = slots.get("B"), slots.get("V")
    if verb is not None and items[verb].kind == "answers":
        return False  # "rejected Chad's offer": whose it was is the counterpart
    if b is None or verb is None:
        return any(_impersonal(items[i], firing) for i in (b, slots.get("AB")) if i is not None)
    after = items[b + 1] if b + 1 < len(items) else None
    if (
        after is not None
        and after.kind == "word"
        and (
            (after.norm in ("'s", "'") and not _of_officials(items, b))
            or (is_body(items[b]) and _noun_like(after))
            or (items[verb].kind == "calls" and after.norm in _NAMED_SO)
        )
    ):
        return True
    return _impersonal(items[b], firing)


def _impersonal(item: Item, firing: Firing) -> bool:
    """Whether a counterpart is a mere body where the rule asks for people, or for a person by name."""
    asked = firing.rule.sets.get("persons")
    if asked == "named":
        return not any(p.name and m.kind == "person" for p, m in parties_of(item))
    return bool(asked) and not any(p.name or p.level not in ("body", None) for p, _ in parties_of(item))


def _noun_like(item: Item) -> bool:
    """Whether a word behind a side makes the side its modifier: "meet its OPEC quota"."""
    return item.norm.isalpha() and not item.skippable and item.norm not in _AFTER_SIDE


def _of_bond(items: Sequence[Item], i: int) -> bool:
    """Whether the item is what leads to another bond: "agreements with" in "talks, following agreements with Chad"."""
    return items[i].norm in _BONDS and i + 1 < len(items) and items[i + 1].norm in ("with", "between", "to")


def _crossed(items: Sequence[Item], firing: Firing, trigger: int) -> bool:
    """Whether a gap of the phrase runs over another trigger."""
    inner = range(firing.match.start, firing.match.stop)
    if items[trigger].kind == "discusses" and of_its_own(items, firing):
        return True
    discussed = items[trigger].kind in ("discusses", "signs")
    if "..." in firing.phrase.source and not discussed and any(_of_bond(items, i) for i in inner):
        return True
    return "..." in firing.phrase.source and any(items[i].kind in KINDS and i != trigger for i in inner)
