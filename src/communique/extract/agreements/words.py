"""The words by which agreements are known: aliases of the registry and the word classes of ``agreements.toml``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from communique.knowledge import Knowledge
from communique.text import Token, tokenize

_PREFIX = "agreement-"
Alias = tuple[tuple[str, ...], str, bool]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The classes ``agreement-…`` as sets of words; aliases of known agreements by first word, longest first."""

    classes: Mapping[str, frozenset[str]]
    aliases: Mapping[str, Sequence[Alias]]
    firsts: frozenset[str]

    @property
    def idle(self) -> frozenset[str]:
        """Words that tell an agreement from no other."""
        return self.classes["idle"]

    def may_name(self, words: frozenset[str]) -> bool:
        """Whether a sentence of these words can name an agreement; "cease-fire" is three tokens."""
        return "fire" in words or not self.classes["noun"].isdisjoint(words) or self.may_know(words)

    def may_know(self, words: frozenset[str]) -> bool:
        """Whether all words of a known name stand in a sentence of these words."""
        return any(words.issuperset(alias) for first in words & self.firsts for alias, _, _ in self.aliases[first])

    def __getitem__(self, name: str) -> frozenset[str]:
        """The words of class ``agreement-<name>``."""
        return self.classes[name]


_MADE: dict[str, Vocabulary] = {}


def vocabulary(knowledge: Knowledge) -> Vocabulary:
    """The vocabulary of this knowledge, built once for each version."""
    made = _MADE.get(knowledge.version)
    if made is None:
        made = _MADE[knowledge.version] = _build(knowledge)
    return made


def _build(knowledge: Knowledge) -> Vocabulary:
    own = {n.removeprefix(_PREFIX): frozenset(w) for n, w in knowledge.rules.classes.items() if n.startswith(_PREFIX)}
    aliases = _aliases(knowledge)
    return Vocabulary(own | {"idle": own["minor"] | own["generic"] | own["stale"]}, aliases, frozenset(aliases))


def _aliases(knowledge: Knowledge) -> dict[str, list[Alias]]:
    table: dict[str, list[Alias]] = {}
    for agreement in knowledge.registry.agreements.values():
        for alias in dict.fromkeys((agreement.name, *agreement.aliases)):
            tokens = tokenize(alias)
            words = tuple(t.norm for t in tokens)
            table.setdefault(words[0], []).append((words, agreement.name, tokens[0].capital))
    for options in table.values():
        options.sort(key=lambda option: -len(option[0]))
    return table


def known_names(vocabulary: Vocabulary, tokens: Sequence[Token]) -> dict[int, tuple[int, str]]:
    """Known names in a sentence: first token → (the token behind the last, usual name); the longest wins."""
    found: dict[int, tuple[int, str]] = {}
    taken = 0
    for i, token in enumerate(tokens):
        if i < taken:
            continue
        for words, name, capital in vocabulary.aliases.get(token.norm, ()):
            stop = i + len(words)
            same = tuple(t.norm for t in tokens[i:stop]) == words
            if same and _written(tokens, i, words, capital, vocabulary["body"]):
                found[i] = (stop, name)
                taken = stop
                break
    return found


def _written(
    tokens: Sequence[Token], i: int, words: tuple[str, ...], capital: bool, bodies: frozenset[str]
) -> bool:
    """Whether an alias is written as names are: capitals kept, a lone word an acronym, a short one behind "the".

    "North Atlantic Treaty Organization" is a body, no treaty.
    """
    token = tokens[i]
    if i + len(words) < len(tokens) and tokens[i + len(words)].norm in bodies:
        return False
    if capital and not token.capital:
        return False
    if len(words) > 1:
        return True
    if not token.text.isupper() and not any(c.isdigit() for c in token.text):
        return False
    return len(token.text) > 3 or (i > 0 and tokens[i - 1].norm == "the")
