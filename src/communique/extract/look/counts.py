"""What must stand in a sentence for a rule to find a claim about contacts: its words, in its order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from communique.extract.look.words import Words
from communique.extract.times.lexicon import english
from communique.knowledge import Knowledge
from communique.knowledge.phrases import Item
from communique.text import norms

_PART = re.compile(r"@([a-z][a-z0-9-]*)|\{[^}]*\}|([^\s()|\[\]{}@]+)")
_RATES = ("every", "adverb_set", "unit", "units", "weekdays", "part")


class Claims:
    """The rules on claims, tried on the words that they know: what stands between them does not part them."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._phrases = knowledge.rules.index("claim")
        classes = knowledge.rules.classes
        self._known = frozenset(w for _, p in self._phrases.phrases for w in words_of(p.source, classes))
        self._rates = frozenset().union(*map(english().members, _RATES))

    def told(self, words: Words) -> bool:
        """Whether any rule could find a claim; of a rule that needs a rate the words for one are enough."""
        possible = list(self._phrases.possible(words.there))
        if not possible or not words.sides(0, len(words.row), 2):
            return False
        row = [Item(word, n, n + 1) for n, word in enumerate(words.row) if word in self._known]
        return any(
            not words.there.isdisjoint(self._rates) if phrase.node.slots else any(phrase.find(row))
            for _, phrase in possible
        )


def words_of(source: str, classes: Mapping[str, Sequence[str]]) -> Iterable[str]:
    """All words that a phrase can match, those of its classes included."""
    for name, word in _PART.findall(source):
        for member in classes.get(name, ()) if name else (word,):
            yield from norms(member)
