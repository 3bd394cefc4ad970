"""The literals of the cheap look, derived from the knowledge: what tells of contacts, and what names a side.

Nothing here is listed by hand: triggers come from the phrases of the rules, sides from the tables of states,
organisations, groups, people and agreements, so that what the reader learns the look knows, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from communique.extract.actors.lexicon import case_of, registry_aliases
from communique.extract.look.plainbytes import literal
from communique.extract.look.shapes import leans
from communique.knowledge import Knowledge
from communique.knowledge.grammar import word_class
from communique.knowledge.names import key, split_name
from communique.knowledge.phrases import Needs
from communique.knowledge.summits import gathering_names
from communique.knowledge.titles import load_titles

#: Words that stand in sentences of every kind: not looked for when others would do.
_COMMON = frozenset().union(*map(word_class, ("auxiliary", "oblique", "after-side", "article")))
_LEAST = 3  # bytes of a literal, the space before it included
AGREEMENT = "agreement"
CLAIM = "claim"


@dataclass(frozen=True, slots=True)
class Literal:
    """What a literal can be: words of a trigger of these ``kinds``, the name of these ``sides``.

    ``capital`` and ``upper`` say how it is written as a name; ``known`` marks the name of an agreement, ``several``
    one that stands for several sides at once ("G7").
    """

    kinds: frozenset[str] = frozenset()
    sides: frozenset[str] = frozenset()
    capital: bool = False
    upper: bool = False
    known: bool = False
    several: bool = False


@dataclass(slots=True)
class Table:
    """Literals as they are collected."""

    found: dict[bytes, Literal] = field(default_factory=dict)

    def trigger(self, words: str, kind: str) -> None:
        """Add words that tell of a contact, a claim or an agreement."""
        at = literal(words)
        if len(at) >= _LEAST:
            old = self.found.get(at, Literal())
            self.found[at] = replace(old, kinds=old.kinds | {kind})

    def name(self, words: str, sides: Sequence[str], case: str, known: bool = False, several: bool = False) -> None:
        """Add a name; of a word that is written in several ways the least demanding one counts."""
        at = literal(words)
        if len(at) < _LEAST:
            return
        old = self.found.get(at)
        named = old is not None and bool(old.sides or old.known)
        self.found[at] = Literal(
            old.kinds if old else frozenset(),
            (old.sides if old else frozenset()) | frozenset(sides),
            case != "any" and (not named or old is None or old.capital),
            case == "upper" and (not named or old is None or old.upper),
            known or (old is not None and old.known),
            several or (old is not None and old.several),
        )


def literals(knowledge: Knowledge) -> dict[bytes, Literal]:
    """Every literal that the look searches a text for."""
    table = Table()
    _triggers(knowledge, table)
    for kind, alias, value in registry_aliases(knowledge.registry, load_titles()):
        if kind not in ("blocked", "free", "ministry"):
            members = knowledge.registry.groups[value].members if kind == "group" else (value,)
            table.name(alias, members, case_of(alias, kind), several=kind == "group")
    for name, members in gathering_names(knowledge.registry):
        table.name(name, members, "capital", several=True)
        table.trigger(name, "noun")
    for words, sides in _people(knowledge):
        table.name(words, sides, "capital")
    for agreement in knowledge.registry.agreements.values():
        for alias in (agreement.name, *agreement.aliases):
            table.name(alias, (), case_of(alias, "org"), known=True)
            table.trigger(alias, AGREEMENT)
    return table.found


def _triggers(knowledge: Knowledge, table: Table) -> None:
    rules = knowledge.rules
    triggers = [rule for rule in rules.by_field.get("trigger", ()) if not leans(rule)]
    phrases = [(rule, phrase.node.words) for rule in triggers for phrase in rule.phrases]
    alone: dict[str, set[str]] = {}
    for rule, needs in phrases:
        if len(needs) == 1:
            alone.setdefault(str(rule.sets["kind"]), set()).update(needs[0])
    for rule, needs in phrases:
        kind = str(rule.sets["kind"])
        if len(needs) == 1 or not any(words <= alone.get(kind, set()) for words in needs):
            for word in telling(needs):
                table.trigger(word, kind)
    for name, kind in (("claim", CLAIM), ("agreement-deed", AGREEMENT), ("agreement-name", AGREEMENT)):
        for phrase in (phrase for rule in rules.by_field.get(name, ()) for phrase in rule.phrases):
            for word in telling(phrase.node.words):
                table.trigger(word, kind)
    for word in rules.classes.get("agreement-noun", ()):
        table.trigger(word, AGREEMENT)


def telling(needs: Needs) -> frozenset[str]:
    """Of the sets of words that a phrase needs the one that tells most: no function words, long ones, few of them."""
    return max(needs, key=_rarity, default=frozenset())


def _rarity(words: frozenset[str]) -> tuple[bool, int, int]:
    return words.isdisjoint(_COMMON), min(map(len, words)), -len(words)


def _people(knowledge: Knowledge) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The words by which people of the registry are called alone, with the sides they ever stood for."""
    registry = knowledge.registry
    for actor in registry.people.values():
        sides = tuple({registry.offices[t.office].holder for t in registry.tenures_of(actor.id)})
        called = registry.called(actor.id)
        for name in (actor.name, *actor.aliases):
            yield from ((word, sides) for word in split_name(name) if key(word) in called)
