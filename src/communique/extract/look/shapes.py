"""What must stand around a trigger for a rule to find a contact: words in the sentence, sides before and behind."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from communique.extract.actors.lexicon import PRONOUNS, lexicon
from communique.extract.contacts.triggers import KINDS
from communique.knowledge import Knowledge
from communique.knowledge.phrases import Phrase
from communique.knowledge.rules import FieldIndex, Rule
from communique.knowledge.titles import load_titles

_SLOT = re.compile(r"\{([A-Z]+)(?::([a-z|]+))?\}")
_SIDES = {"A": 1, "B": 1, "AB": 2}
_PLURAL = frozenset(("they", "them", "their", "we", "our"))
#: Rules that tell of a contact only beside another one that names its sides.
_LEANING = ("bare", "together", "group")


@dataclass(frozen=True, slots=True)
class Shape:
    """A phrase of field ``contact``: the kinds of its trigger, how many sides it wants before and behind it."""

    kinds: frozenset[str]
    before: int
    behind: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Words that can stand for a side not named: "he", "the minister", and for several, "they", "the ministers"."""

    one: frozenset[str]
    several: frozenset[str]


def shape_of(phrase: Phrase) -> Shape:
    """What a phrase of field ``contact`` wants around its trigger."""
    slots = [(name, frozenset(kinds.split("|"))) for name, kinds in _SLOT.findall(phrase.source)]
    at = next((i for i, (name, _) in enumerate(slots) if name in ("N", "V")), len(slots))
    kinds = slots[at][1] if at < len(slots) else KINDS
    return Shape(kinds & KINDS or KINDS, _wanted(slots[:at]), _wanted(slots[at + 1 :]))


def _wanted(slots: Sequence[tuple[str, frozenset[str]]]) -> int:
    return max((_SIDES.get(name, 0) for name, _ in slots), default=0)


def contact_index(knowledge: Knowledge) -> tuple[FieldIndex, Mapping[int, Shape]]:
    """The phrases that can tell of a contact by themselves, by the words they need, and the shape of each (by id)."""
    rules = [rule for rule in knowledge.rules.by_field.get("contact", ()) if not _leans(rule)]
    return FieldIndex(rules), {id(phrase): shape_of(phrase) for rule in rules for phrase in rule.phrases}


def _leans(rule: Rule) -> bool:
    return any(rule.sets.get(key) for key in _LEANING)


def standing(knowledge: Knowledge) -> Standing:
    """The words that stand for sides, from the titles and word classes."""
    titles, small = load_titles(), lexicon(knowledge.registry).small
    people = knowledge.rules.classes.get("people", ())
    several = frozenset((*titles.plurals, *people, *small)) - PRONOUNS | _PLURAL
    return Standing((PRONOUNS | titles.heads.keys()) - several, several)
