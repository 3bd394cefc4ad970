"""Contacts told of by their occasion: "in a phone call, X told Y", "following talks, the two countries agreed"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from communique.extract.contacts.sides import (
    Construction,
    Sides,
    many_sides,
    persons,
    subject_of,
    trigger_of,
    union,
    without_shadows,
)
from communique.knowledge.grammar import word_class
from communique.knowledge.phrases import CLAUSE_ENDS, Item
from communique.knowledge.rules import Firing

_OBLIQUE = word_class("oblique")
_NEGATIONS = frozenset(("not", "never", "n't"))
_OCCASIONS = ("talks", "meeting", "phone", "video")


def around(items: Sequence[Item], firing: Firing, trigger: int) -> Iterator[Construction]:
    """Two people of different sides in a clause that says at what occasion one addressed the other."""
    before = _addressed(items, firing.match.start)
    if before is not None:
        sides = without_shadows((*persons(items[before[0]]), *persons(items[before[1]])))
        yield Construction(trigger, before[0], firing.match.stop, sides, firing, before[0])
        return
    subject = subject_of(items, firing.match.start)
    if subject is None or (trigger + 1 < len(items) and items[trigger + 1].norm in ("with", "between", "of")):
        return
    if _other_deed(items, subject, trigger):
        return
    sides = without_shadows(union((items[subject],)))
    if (
        _named_together(items[subject], sides)
        and _took_part(items, firing, subject)
        and trigger_of(items[trigger]).channel in _OCCASIONS
    ):
        stop = max(firing.match.stop, subject + 1)
        yield Construction(trigger, min(firing.match.start, subject), stop, sides, firing, subject)
        return
    ours = persons(items[subject])
    for i in _clause(items, subject):
        theirs = (
            persons(items[i])
            if i != subject and items[i - 1].norm not in ("of", "by", "about", "over", "on", "from")
            else ()
        )
        if theirs and ours and many_sides((*ours, *theirs)):
            stop = max(firing.match.stop, i + 1, subject + 1)
            yield Construction(
                trigger, min(firing.match.start, subject), stop, without_shadows((*ours, *theirs)), firing, subject
            )
            return


def _named_together(item: Item, sides: Sides) -> bool:
    """Whether an item names two sides in words of its own: "Norway and Chad", "the two countries"."""
    return item.kind == "actor" and many_sides(sides) and all(m.kind != "pronoun" for _, m in sides)


def _took_part(items: Sequence[Item], firing: Firing, subject: int) -> bool:
    """Whether who is named was there: no "did not take part in the talks", nor anything "on the talks"."""
    remote = any(x.kind == "noun" and trigger_of(x).channel in ("phone", "video") for x in items[subject:])
    about = items[firing.match.start].norm in ("on", "over") and not remote
    return not about and not any(x.norm in _NEGATIONS for x in items[subject : firing.match.start])


def _other_deed(items: Sequence[Item], subject: int, trigger: int) -> bool:
    """Whether the clause tells of another contact, to which the occasion is only the setting."""
    return any(items[i].kind == "meets" and i != trigger for i in _clause(items, subject))


def _addressed(items: Sequence[Item], at: int) -> tuple[int, int] | None:
    """Two people of different sides right before an occasion: "X told Y in a phone call"."""
    found: list[int] = []
    for i in range(at - 1, -1, -1):
        if items[i].norm in CLAUSE_ENDS or items[i].norm in ("that", "who", "which"):
            break
        if persons(items[i]) and (i == 0 or items[i - 1].norm not in _OBLIQUE or items[i - 1].norm in ("to", "with")):
            found.append(i)
        if len(found) == 2:
            sides = (*persons(items[found[1]]), *persons(items[found[0]]))
            return (found[1], found[0]) if many_sides(sides) and found[0] - found[1] > 1 else None
    return None


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
