"""Which plain-word phrases of a field stand in a sentence: thousands of phrases, one look per word.

Rules of such a field hold words, ``(a|b)``, ``[x]`` and ``@class`` only, so each phrase is a finite list of word
sequences. They are laid out by first word, and matched on ``Token.norm``; a hit inside a longer hit is dropped, so
that "food security" is not also "security".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from communique.knowledge.phrases import PhraseError
from communique.knowledge.rules import Rule, RuleBook
from communique.text import norms

Words = tuple[str, ...]
_LEX = re.compile(r"@[a-z][a-z0-9-]*|[()|\[\]]|[^\s()|\[\]]+")


class Hit(NamedTuple):
    """A rule's words at tokens ``[first, last)`` of a sentence."""

    rule: Rule
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Rules by word sequence, and by its first two words the lengths of the sequences they open, longest first."""

    rules: Mapping[Words, tuple[Rule, ...]]
    lengths: Mapping[Words, tuple[int, ...]]
    firsts: frozenset[str]

    def find(self, norms: Words) -> list[Hit]:
        """All hits in a sentence of these folded words that lie in no longer one, in order."""
        return outermost(self.all(norms))

    def all(self, norms: Words) -> list[Hit]:
        """All hits in a sentence of these folded words, whatever they overlap; the longest first at each word."""
        firsts = self.firsts
        return [hit for i, norm in enumerate(norms) if norm in firsts for hit in self._hits(norms, i)]

    def _hits(self, norms: Words, i: int) -> Iterable[Hit]:
        """The hits that begin at a word; of the sequences of one rule the longest."""
        found: dict[str, Hit] = {}
        for length in (*self.lengths.get(norms[i : i + 2], ()), 1):
            for rule in self.rules.get(norms[i : i + length], ()) if i + length <= len(norms) else ():
                found.setdefault(rule.id, Hit(rule, i, i + length))
        return found.values()


def outermost(hits: Sequence[Hit]) -> list[Hit]:
    """Of hits in order, longer ones first, those within no longer hit unless it is ``open``; equal ones all stay."""
    kept: list[Hit] = []
    reach = (-1, -1)
    for hit in hits:
        if hit.last <= reach[1] and (hit.first, hit.last) != reach:
            continue
        kept.append(hit)
        if hit.last > reach[1] and not hit.rule.sets.get("open"):
            reach = (hit.first, hit.last)
    return kept


def lexicon_of(book: RuleBook, *fields: str) -> Lexicon:
    """The lexicon of these fields, built once for a rule book; the book is kept so that its id stays its own."""
    known = (id(book), fields)
    if known not in _BUILT:
        _BUILT[known] = (book, build_lexicon(book, *fields))
    return _BUILT[known][1]


_BUILT: dict[tuple[int, tuple[str, ...]], tuple[RuleBook, Lexicon]] = {}


def build_lexicon(book: RuleBook, *fields: str) -> Lexicon:
    """The lexicon of one field or several. Raises ``PhraseError`` for a phrase that is not plain words."""
    table: dict[Words, dict[str, Rule]] = {}
    for rule in (r for name in fields for r in book.by_field.get(name, ())):
        for phrase in rule.phrases:
            for words in expand(phrase.source, book.classes):
                table.setdefault(words, {})[rule.id] = rule
    lengths: dict[Words, set[int]] = {}
    for words in table:
        if len(words) > 1:
            lengths.setdefault(words[:2], set()).add(len(words))
    return Lexicon(
        {words: tuple(rules.values()) for words, rules in table.items()},
        {words: tuple(sorted(found, reverse=True)) for words, found in lengths.items()},
        frozenset(words[0] for words in table),
    )


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


@lru_cache(maxsize=50_000)
def _words(text: str) -> Words:
    return norms(text)
