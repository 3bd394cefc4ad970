"""What must stand around a trigger for a rule to find a contact: words in the sentence, sides before and behind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from communique.extract.actors.lexicon import PRONOUNS, lexicon
from communique.extract.contacts import TALKS
from communique.extract.contacts.triggers import KINDS
from communique.extract.look.words import Words
from communique.extract.times.lexicon import english
from communique.knowledge import Knowledge
from communique.knowledge.grammar import word_class
from communique.knowledge.phrases import Phrase
from communique.knowledge.rules import FieldIndex, Rule
from communique.knowledge.titles import load_titles

_FAR, _NEAR, _CLOSE = 18, 9, 6  # tokens between a trigger and a side: over a gap, over a few words, right beside it
_LEAD = 6  # tokens between a word that leads to a trigger ("during") and the trigger
_MENTION = 10  # tokens of a mention before the name in it: "the Deputy Prime Minister for Trade of Norway"
_LINKS = re.compile(r"(?<![@\w])\(?((?:[a-z]+\|)*[a-z]+)\)?(?![\w*])")
_OPTIONAL = re.compile(r"\[[^\]]*\]")
_TRIGGER = re.compile(r"\{[NV]:[a-z|]+\}")
_SLOT = re.compile(r"\{([A-Z]+)(?::([a-z|]+))?\}")
_SIDES = {"A": 1, "B": 1, "G": 1, "AB": 2}
_JOINED = frozenset(("pair", "adjective"))
_OWNERS = {"A": word_class("possessive"), "AB": word_class("possessive") - {"his", "her", "its", "my"}}
_CALENDAR = ("month", "weekday", "unit", "units", "relday", "direction")
_NOBODY: frozenset[str] = frozenset()
#: Words that stand in no mention and between none and what it belongs to.
_BREAKS = (word_class("oblique") | word_class("clause-break") | word_class("condition")).difference(
    *map(word_class, ("before-time", "before-place", "modal"))
)
_SPEAKING = ("leader", "minister", "envoy", "expert")  # levels of titles that stand for a side without a name
PLURAL = frozenset(("they", "them", "their", "we", "our"))
#: Rules that tell of a contact only beside another one that names its sides, and triggers that take up another's.
_LEANING = ("bare", "together", "group", "elided", "named")


@dataclass(frozen=True, slots=True)
class Shape:
    """A phrase of field ``contact``: the kinds of its trigger, how many sides it wants before and behind it, how near.

    ``reach`` and ``ahead`` are how many tokens before and behind; ``links`` are words of which one stands between
    trigger and the side behind ("with", "to"), ``lead`` one shortly before it ("during"), ``owners`` those that stand
    for its sides ("their"); ``joined``: its sides stand together ("Norway-Chad"); ``around``: they are anywhere.
    """

    kinds: frozenset[str]
    before: int
    behind: int
    reach: int
    ahead: int
    links: frozenset[str]
    lead: frozenset[str]
    owners: frozenset[str]
    joined: bool
    around: bool

    def holds(self, words: Words, at: int) -> bool:
        """Whether what it wants is there around the trigger that is word ``at``."""
        if self.around and not words.sides(0, len(words.row), 2):
            return False
        return self._before(words, at) and self._behind(words, at)

    def _before(self, words: Words, at: int) -> bool:
        if self.lead and not words.any_of(self.lead, at - _LEAD, at):
            return False
        if self.owners:
            return words.any_of(self.owners, at - _NEAR, at)
        first = at - self.reach if self.reach == _FAR else words.back_to(_BREAKS, at - self.reach, at)
        return words.beside(first, at) if self.joined else words.sides(first, at, self.before)

    def _behind(self, words: Words, at: int) -> bool:
        """A link, if it has any, and the sides behind that."""
        stop = at + 1 + self.ahead
        if not self.links or not self.behind:
            return words.sides(at + 1, words.up_to(_BREAKS, at + 1, stop), self.behind)
        links = (n for n in range(at + 1, min(len(words.row), stop)) if words.row[n] in self.links)
        return any(words.sides(n + 1, words.up_to(_BREAKS, n + 1, n + 1 + _MENTION), self.behind) for n in links)


@dataclass(frozen=True, slots=True)
class Standing:
    """Words that can stand for a side not named: "he", "the minister", and for several, "they", "the ministers"."""

    one: frozenset[str]
    several: frozenset[str]


class Contacts:
    """What rules want of a sentence that tells of a contact by itself, made once for a version of the rules."""

    def __init__(self, knowledge: Knowledge) -> None:
        fields = knowledge.rules.by_field
        fired = (*fields.get("contact", ()), *fields.get("gathering", ()))
        rules = [rule for rule in fired if not leans(rule)]
        self._phrases = FieldIndex(rules)
        self._shapes: Mapping[int, Shape] = {id(p): shape_of(rule, p) for rule in rules for p in rule.phrases}
        self._triggers = FieldIndex([rule for rule in fields.get("trigger", ()) if not leans(rule)])
        self._talks = FieldIndex([rule for rule in fields.get("trigger", ()) if rule.id in TALKS])
        self._bare = FieldIndex([rule for rule in fields.get("contact", ()) if rule.sets.get("bare")])
        self._calendar = frozenset().union(*map(english().members, _CALENDAR))

    def told(self, words: Words, triggers: Sequence[tuple[int, frozenset[str]]]) -> bool:
        """Whether any rule could find a contact at one of these triggers (place, kinds)."""
        kinds = {str(rule.sets["kind"]) for rule, _ in self._triggers.possible(words.there)}
        places = [(at, own & kinds) for at, own in triggers if not own.isdisjoint(kinds)]
        return bool(places) and any(
            not shape.kinds.isdisjoint(own) and shape.holds(words, at)
            for shape in self._possible(words.there)
            for at, own in places
        )

    def inherit(self, words: Words) -> bool:
        """Whether talks on some day may leave their sides to what is said before: "Talks begin on Wednesday"."""
        if words.there.isdisjoint(self._calendar):
            return False
        return all(next(index.possible(words.there), None) for index in (self._talks, self._bare))

    def _possible(self, there: frozenset[str]) -> Iterator[Shape]:
        return (self._shapes[id(phrase)] for _, phrase in self._phrases.possible(there))


def shape_of(rule: Rule, phrase: Phrase) -> Shape:
    """What a phrase of field ``contact`` wants around its trigger."""
    slots = [(name, frozenset(kinds.split("|"))) for name, kinds in _SLOT.findall(phrase.source)]
    at = next((i for i, (name, _) in enumerate(slots) if name in ("N", "V")), len(slots))
    kinds = slots[at][1] if at < len(slots) else KINDS
    head, _, tail = _TRIGGER.sub("\0", phrase.source).partition("\0")
    links = _words(tail.partition("{")[0])
    near, beside = slots[at - 1] if at else ("", _NOBODY)
    return Shape(
        kinds & KINDS or KINDS,
        _wanted(slots[:at]),
        _wanted(slots[at + 1 :]),
        _FAR if "..." in head else _CLOSE if beside <= _JOINED else _NEAR,
        _FAR if "..." in tail else _NEAR if links else _CLOSE,
        links,
        frozenset() if "..." in head else _words(_OPTIONAL.sub("", head).rpartition("}")[2]),
        _OWNERS.get(near, _NOBODY) if beside == frozenset(("possessive",)) else _NOBODY,
        near == "AB" and beside <= _JOINED,
        bool(rule.sets.get("around")),
    )


def _words(source: str) -> frozenset[str]:
    """The words of a stretch of a phrase that are not optional and of no class."""
    return frozenset(word for words in _LINKS.findall(_OPTIONAL.sub("", source)) for word in words.split("|"))


def _wanted(slots: Sequence[tuple[str, frozenset[str]]]) -> int:
    return max((_SIDES.get(name, 0) for name, _ in slots), default=0)


def leans(rule: Rule) -> bool:
    """Whether a rule tells of a contact only beside another that names its sides."""
    return any(rule.sets.get(key) for key in _LEANING)


def standing(knowledge: Knowledge) -> Standing:
    """The words that stand for sides, from the titles and word classes."""
    titles, small = load_titles(), lexicon(knowledge.registry).small
    people = knowledge.rules.classes.get("people", ())
    several = frozenset((*titles.plurals, *people, *small)) - PRONOUNS | PLURAL
    heads = {head for head, level in titles.heads.items() if level in _SPEAKING}
    return Standing((PRONOUNS | heads) - several, several)
