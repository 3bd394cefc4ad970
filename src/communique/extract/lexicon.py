"""Which plain-word phrases of a field stand in a sentence: thousands of phrases, one look per word.

Rules of such a field hold words, ``(a|b)``, ``[x]`` and ``@class`` only, so each phrase is a finite list of word
sequences. They are laid out by first word, and matched on ``Token.norm``; a hit inside a longer hit is dropped, so
that "food security" is not also "security".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from communique.knowledge.phrases import PhraseError
from communique.knowledge.rules import Rule, RuleBook
from communique.text import Token, norms

Words = tuple[str, ...]
_LEX = re.compile(r"@[a-z][a-z0-9-]*|[()|\[\]]|[^\s()|\[\]]+")


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule's words at tokens ``[first, last)`` of a sentence."""

    rule: Rule
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Rules by word sequence, and for each first word the lengths of the sequences that it opens, longest first."""

    rules: Mapping[Words, tuple[Rule, ...]]
    lengths: Mapping[str, tuple[int, ...]]

    def find(self, tokens: Sequence[Token]) -> list[Hit]:
        """All hits in a sentence that lie in no longer one, in order."""
        return outermost(self.all(tokens))

    def all(self, tokens: Sequence[Token]) -> list[Hit]:
        """All hits in a sentence, whatever they overlap."""
        return list(self._hits(tuple(t.norm for t in tokens)))

    def _hits(self, norms: Words) -> Iterator[Hit]:
        for i, norm in enumerate(norms):
            seen: set[str] = set()
            for length in self.lengths.get(norm, ()):
                words = norms[i : i + length]
                for rule in self.rules.get(words, ()):
                    if rule.id not in seen and len(words) == length:
                        seen.add(rule.id)
                        yield Hit(rule, i, i + length)


def outermost(hits: Sequence[Hit]) -> list[Hit]:
    """Hits that lie within no longer hit, unless its rule is ``open``; of equal ones all stay."""
    kept: list[Hit] = []
    reach = (-1, -1)
    for hit in sorted(hits, key=lambda h: (h.first, -h.last)):
        if hit.last <= reach[1] and (hit.first, hit.last) != reach:
            continue
        kept.append(hit)
        if hit.last > reach[1] and not hit.rule.sets.get("open"):
            reach = (hit.first, hit.last)
    return kept


def build_lexicon(book: RuleBook, *fields: str) -> Lexicon:
    """The lexicon of one field or several. Raises ``PhraseError`` for a phrase that is not plain words."""
    table: dict[Words, dict[str, Rule]] = {}
    for rule in (r for field in fields for r in book.by_field.get(field, ())):
        for phrase in rule.phrases:
            for words in expand(phrase.source, book.classes):
                table.setdefault(words, {})[rule.id] = rule
    lengths: dict[str, set[int]] = {}
    for words in table:
        lengths.setdefault(words[0], set()).add(len(words))
    by_length = {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}
    return Lexicon({words: tuple(rules.values()) for words, rules in table.items()}, by_length)


def expand(source: str, classes: Mapping[str, Sequence[str]]) -> frozenset[Words]:
    """Every word sequence that a plain-word phrase stands for.

    >>> sorted(expand("(gas|oil) [pipe] line", {}))
    [('gas', 'line'), ('gas', 'pipe', 'line'), ('oil', 'line'), ('oil', 'pipe', 'line')]
    """
    rest = _LEX.findall(source)
    found = frozenset(_alternatives(rest, classes))
    if rest or () in found:
        raise PhraseError(f"phrase {source!r} is not a phrase of plain words")
    return found


def _alternatives(rest: list[str], classes: Mapping[str, Sequence[str]]) -> Iterable[Words]:
    options = list(_sequence(rest, classes))
    while rest and rest[0] == "|":
        rest.pop(0)
        options += _sequence(rest, classes)
    return options


def _sequence(rest: list[str], classes: Mapping[str, Sequence[str]]) -> Iterable[Words]:
    parts = []
    while rest and rest[0] not in ("|", ")", "]"):
        parts.append(list(_element(rest, classes)))
    return [tuple(word for part in choice for word in part) for choice in product(*parts)]


def _element(rest: list[str], classes: Mapping[str, Sequence[str]]) -> Iterable[Words]:
    head = rest.pop(0)
    if head in ("(", "["):
        inner = list(_alternatives(rest, classes))
        if not rest or rest.pop(0) != (")" if head == "(" else "]"):
            raise PhraseError(f"bracket {head!r} is not closed")
        return inner if head == "(" else [*inner, ()]
    if head.startswith("@"):
        if head[1:] not in classes:
            raise PhraseError(f"unknown class {head}; known: {', '.join(sorted(classes))}")
        return [_words(member) for member in classes[head[1:]]]
    return [_words(head)]


def _words(text: str) -> Words:
    return norms(text)
