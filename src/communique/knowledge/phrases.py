"""Phrases: the language in which rules say what words look like.

========================  =====================================================================
``word``                  that word, as folded by :func:`communique.text.fold`
``(a|b c|d)``             one of these
``[x]``                   x or nothing
``@class``                a member of a word class (``classes.toml``); ``@class*`` any number of them
``{slot}``                an item of any kind but a plain word, kept under that name
``{slot:kind|kind}``      an item of one of these kinds
``...``                   up to eight items, not crossing the end of a clause
========================  =====================================================================

A phrase is matched against *items*: a sentence whose actor and time mentions are single items. Items marked
``skippable`` (times, adverbs) may stand between any two elements. Matching is a plain backtracking search over a
sentence, bounded by its length: no element but ``...`` and ``*`` repeats, and both consume.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from communique.text import tokenize

GAP = 8
_ANY = "*"
CLAUSE_ENDS = frozenset((";", ":", ".", "!", "?"))

Binds = tuple[tuple[str, int], ...]
Step = tuple[int, Binds]


class PhraseError(ValueError):
    """A phrase that cannot be read; the message says where and lists the valid choices."""


@dataclass(frozen=True, slots=True)
class Item:
    """A word, or a mention taken as one: tokens ``[first, last)`` of its sentence."""

    norm: str
    first: int
    last: int
    kind: str = "word"
    value: Any = None
    skippable: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """Items ``[start, stop)`` matched; ``slots`` gives the item index kept under each slot name."""

    start: int
    stop: int
    slots: Mapping[str, int]


Matcher = Callable[[Sequence[Item], int, Binds, bool], Iterator[Step]]
Classes = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Node:
    """A compiled element: how it matches, the words it needs, the words (None: any) and kinds it may start with."""

    run: Matcher
    needs: frozenset[str] = frozenset()
    starts: frozenset[str] | None = None
    empty: bool = False
    kinds: frozenset[str] = frozenset()


class Places:
    """Where the words and the other kinds of items of a sentence stand."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.words: dict[str, list[int]] = {}
        self.kinds: dict[str, list[int]] = {}
        for i, item in enumerate(items):
            if item.norm:
                self.words.setdefault(item.norm, []).append(i)
            if item.kind != "word":
                self.kinds.setdefault(item.kind, []).append(i)
        self.everywhere = range(len(items))

    def starts_of(self, node: Node) -> Sequence[int]:
        """The places at which a match of a node may begin, in order."""
        if node.starts is None:
            return self.everywhere
        kinds = self.kinds if _ANY in node.kinds else node.kinds & self.kinds.keys()
        found = {i for word in node.starts & self.words.keys() for i in self.words[word]}
        return sorted(found.union(*(self.kinds[kind] for kind in kinds)))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A compiled phrase. ``needs``: at least one of these words must stand in the sentence (empty: no need)."""

    source: str
    node: Node = field(repr=False)

    @property
    def needs(self) -> frozenset[str]:
        """Words of which at least one must be present for the phrase to match."""
        return self.node.needs

    def match_at(self, items: Sequence[Item], start: int) -> Match | None:
        """The longest match that starts at ``start``."""
        best: Step | None = None
        for step in self.node.run(items, start, (), True):
            if step[0] > start and (best is None or step[0] > best[0]):
                best = step
        return None if best is None else Match(start, best[0], dict(best[1]))

    def find(self, items: Sequence[Item], places: Places | None = None) -> Iterator[Match]:
        """All matches, the longest at each start, in order. ``places`` saves looking for the words again."""
        for i in (places or Places(items)).starts_of(self.node):
            if found := self.match_at(items, i):
                yield found


_LEX = re.compile(r"\.\.\.|@[a-z][a-z0-9-]*\*?|\{[A-Za-z_]+(?::[a-z|]+)?\}|[()|\[\]]|[^\s()|\[\]{}]+")


def compile_phrase(source: str, classes: Classes) -> Phrase:
    """Compile a phrase; raises :class:`PhraseError` with the place and the valid choices."""
    parser = _Parser(source, _LEX.findall(source), classes)
    node = parser.alternatives()
    if parser.rest:
        raise PhraseError(f"unexpected {parser.rest[0]!r} in phrase {source!r}")
    if node.empty:
        raise PhraseError(f"phrase {source!r} matches nothing at all: every element is optional")
    return Phrase(source, node)


def words_phrase(words: Sequence[str]) -> Node:
    """A node that matches these folded words one after another."""
    return _sequence([_word(w) for w in words])


class _Parser:
    """Recursive descent over the lexed phrase."""

    def __init__(self, source: str, rest: list[str], classes: Classes) -> None:
        self.source, self.rest, self.classes = source, rest, classes

    def alternatives(self) -> Node:
        options = [self.sequence()]
        while self.rest and self.rest[0] == "|":
            self.rest.pop(0)
            options.append(self.sequence())
        return options[0] if len(options) == 1 else _either(options)

    def sequence(self) -> Node:
        nodes = []
        while self.rest and self.rest[0] not in ")|]":
            nodes.append(self.element())
        return _sequence(nodes)

    def element(self) -> Node:
        head = self.rest.pop(0)
        if head in "([":
            inner = self.alternatives()
            close = ")" if head == "(" else "]"
            if not self.rest or self.rest.pop(0) != close:
                raise PhraseError(f"missing {close!r} in phrase {self.source!r}")
            return inner if head == "(" else _optional(inner)
        if head == "...":
            return Node(_gap, empty=True)
        if head.startswith("@"):
            return self.word_class(head[1:])
        if head.startswith("{"):
            name, _, kinds = head[1:-1].partition(":")
            return _slot(name, frozenset(kinds.split("|")) if kinds else frozenset())
        return words_phrase([t.norm for t in tokenize(head)])

    def word_class(self, name: str) -> Node:
        star = name.endswith("*")
        name = name.rstrip("*")
        if name not in self.classes:
            raise PhraseError(
                f"unknown class @{name} in phrase {self.source!r}; known: {', '.join(sorted(self.classes))}"
            )
        node = compile_class(self.classes[name])
        return Node(_repeat(node.run), frozenset(), node.starts, True) if star else node


def compile_class(members: Sequence[str]) -> Node:
    """A node that matches the longest or any other member of a list of word sequences."""
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for member in members:
        words = tuple(t.norm for t in tokenize(member))
        by_first.setdefault(words[0], []).append(words)
    for options in by_first.values():
        options.sort(key=len, reverse=True)

    def run(items: Sequence[Item], i: int, binds: Binds, first: bool) -> Iterator[Step]:
        for at in _places(items, i, first):
            for words in by_first.get(items[at].norm, ()):
                stop = at + len(words)
                if len(words) == 1 or tuple(x.norm for x in items[at:stop]) == words:
                    yield stop, binds

    firsts = frozenset(by_first)
    return Node(run, firsts, firsts)


def _places(items: Sequence[Item], i: int, first: bool) -> Iterator[int]:
    """Where the next element may stand: here, or behind items that may be skipped."""
    n = len(items)
    while i < n:
        yield i
        if first or not items[i].skippable:
            return
        i += 1


def _word(word: str) -> Node:
    def run(items: Sequence[Item], i: int, binds: Binds, first: bool) -> Iterator[Step]:
        for at in _places(items, i, first):
            if items[at].norm == word:
                yield at + 1, binds

    return Node(run, frozenset((word,)), frozenset((word,)))


def _slot(name: str, kinds: frozenset[str]) -> Node:
    def run(items: Sequence[Item], i: int, binds: Binds, first: bool) -> Iterator[Step]:
        for at in _places(items, i, first):
            kind = items[at].kind
            if kind in kinds if kinds else kind != "word":
                yield at + 1, (*binds, (name, at))

    return Node(run, frozenset(), frozenset(), False, kinds or frozenset((_ANY,)))


def _gap(items: Sequence[Item], i: int, binds: Binds, first: bool) -> Iterator[Step]:
    yield i, binds
    for at in range(i, min(len(items), i + GAP)):
        if items[at].norm in CLAUSE_ENDS:
            return
        yield at + 1, binds


def _sequence(nodes: Sequence[Node]) -> Node:
    if len(nodes) == 1:
        return nodes[0]

    def run(items: Sequence[Item], i: int, binds: Binds, first: bool) -> Iterator[Step]:
        yield from walk(items, i, binds, first, 0)

    def walk(items: Sequence[Item], i: int, binds: Binds, first: bool, k: int) -> Iterator[Step]:
        if k == len(nodes):
            yield i, binds
            return
        for stop, bound in nodes[k].run(items, i, binds, first):
            yield from walk(items, stop, bound, first and stop == i, k + 1)

    needed = [n.needs for n in nodes if n.needs and not n.empty]
    words, kinds = _starts(nodes)
    least = min(needed, key=len) if needed else frozenset()
    return Node(run, least, words, all(n.empty for n in nodes), kinds)


def _starts(nodes: Sequence[Node]) -> tuple[frozenset[str] | None, frozenset[str]]:
    """The words and the kinds of item with which a sequence may start."""
    words: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    for node in nodes:
        if node.starts is None:
            return None, kinds
        words |= node.starts
        kinds |= node.kinds
        if not node.empty:
            return words, kinds
    return None, kinds


def _either(options: Sequence[Node]) -> Node:
    def run(items: Sequence[Item], i: int, binds: Binds, first: bool) -> Iterator[Step]:
        for option in options:
            yield from option.run(items, i, binds, first)

    starts: frozenset[str] | None = frozenset()
    for option in options:
        starts = None if starts is None or option.starts is None else starts | option.starts
    needs = frozenset().union(*(o.needs for o in options)) if all(o.needs for o in options) else frozenset()
    kinds = frozenset().union(*(o.kinds for o in options))
    return Node(run, needs, starts, any(o.empty for o in options), kinds)


def _optional(node: Node) -> Node:
    def run(items: Sequence[Item], i: int, binds: Binds, first: bool) -> Iterator[Step]:
        yield from node.run(items, i, binds, first)
        yield i, binds

    return Node(run, frozenset(), node.starts, True, node.kinds)


def _repeat(run_one: Matcher) -> Matcher:
    def run(items: Sequence[Item], i: int, binds: Binds, first: bool) -> Iterator[Step]:
        for stop, bound in run_one(items, i, binds, first):
            if stop > i:
                yield from run(items, stop, bound, False)
        yield i, binds

    return run
