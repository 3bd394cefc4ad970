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

_FAR, _NEAR, _CLOSE = 18, 9, 6  # tokens between a trigger and a side: over a gap, over a few words, right beside it
_LINKS = re.compile(r"(?<![@\w])\(?((?:[a-z]+\|)*[a-z]+)\)?(?![\w*])")
_OPTIONAL = re.compile(r"\[[^\]]*\]")
_TRIGGER = re.compile(r"\{[NV]:[a-z|]+\}")
_SLOT = re.compile(r"\{([A-Z]+)(?::([a-z|]+))?\}")
_SIDES = {"A": 1, "B": 1, "AB": 2}
_SPEAKING = ("leader", "minister", "envoy", "expert")  # levels of titles that stand for a side without a name
_PLURAL = frozenset(("they", "them", "their", "we", "our"))
#: Rules that tell of a contact only beside another one that names its sides.
_LEANING = ("bare", "together", "group")


@dataclass(frozen=True, slots=True)
class Shape:
    """A phrase of field ``contact``: the kinds of its trigger, how many sides it wants before and behind it, how near.

    ``reach`` and ``ahead`` are how many tokens before and behind; ``links`` are words of which one stands between
    trigger and the side behind ("with", "to"), ``lead`` one shortly before it ("during").
    """

    kinds: frozenset[str]
    before: int
    behind: int
    reach: int
    ahead: int
    links: frozenset[str]
    lead: frozenset[str]


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
    head, _, tail = _TRIGGER.sub("\0", phrase.source).partition("\0")
    links = _words(tail.partition("{")[0])
    beside = not slots[:at] or slots[at - 1][1] <= {"pair", "adjective"}
    return Shape(
        kinds & KINDS or KINDS,
        _wanted(slots[:at]),
        _wanted(slots[at + 1 :]),
        _FAR if "..." in head else _CLOSE if beside else _NEAR,
        _FAR if "..." in tail else _NEAR if links else _CLOSE,
        links,
        frozenset() if "..." in head else _words(_OPTIONAL.sub("", head).rpartition("}")[2]),
    )


def _words(source: str) -> frozenset[str]:
    """The words of a stretch of a phrase that are not optional and of no class."""
    return frozenset(word for words in _LINKS.findall(_OPTIONAL.sub("", source)) for word in words.split("|"))


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
    heads = {head for head, level in titles.heads.items() if level in _SPEAKING}
    return Standing((PRONOUNS | heads) - several, several)
