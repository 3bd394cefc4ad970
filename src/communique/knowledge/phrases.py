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
from typing import Any, NamedTuple

from communique.text import norms

GAP = 8
_ANY = "*"
CLAUSE_ENDS = frozenset((";", ":", ".", "!", "?"))

Binds = tuple[tuple[str, int], ...]
Step = tuple[int, Binds]


class PhraseError(ValueError):
    """A phrase that cannot be read; the message says where and lists the valid choices."""


class Item(NamedTuple):
    """A word, or a mention taken as one: tokens ``[first, last)`` of its sentence.

    A named tuple, as tokens are: there are as many.
    """

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
Needs = tuple[frozenset[str], ...]
Classes = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Node:
    """A compiled element: how it matches, what it needs, the words (None: any) and kinds it may start with.

    ``words`` and ``slots`` are sets of words and of kinds of item; of each set one member at least must be there.
    """

    run: Matcher
    words: Needs = ()
    starts: frozenset[str] | None = None
    empty: bool = False
    kinds: frozenset[str] = frozenset()
    slots: Needs = ()


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
        self._words = frozenset(self.words)
        self._kinds = frozenset(self.kinds) | (frozenset((_ANY,)) if self.kinds else frozenset())

    def starts_of(self, node: Node) -> Sequence[int]:
        """The places at which a match of a node may begin, in order."""
        if node.starts is None:
            return self.everywhere
        kinds = self.kinds if _ANY in node.kinds else node.kinds & self._kinds
        found = {i for word in node.starts & self._words for i in self.words[word]}
        return sorted(found.union(*(self.kinds[kind] for kind in kinds)))

    def hold(self, slots: Needs) -> bool:
        """Whether there are items of the kinds that a phrase needs."""
        return not any(kinds.isdisjoint(self._kinds) for kinds in slots)


def places_of(items: Sequence[Item]) -> Places:
    """The places of a sentence; those of the one asked for last are kept, for many fields are asked of it in turn."""
    last = _LAST[0]
    if last is None or last[0] is not items:
        last = _LAST[0] = (items, Places(items))
    return last[1]


_LAST: list[tuple[Sequence[Item], Places] | None] = [None]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A compiled phrase."""

    source: str
    node: Node = field(repr=False)

    @property
    def needs(self) -> frozenset[str]:
        """Words of which at least one must be present for the phrase to match (empty: no need)."""
        return min(self.node.words, key=len, default=frozenset())

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
        return words_phrase(norms(head))

    def word_class(self, name: str) -> Node:
        star = name.endswith("*")
        name = name.rstrip("*")
        if name not in self.classes:
            raise PhraseError(
                f"unknown class @{name} in phrase {self.source!r}; known: {', '.join(sorted(self.classes))}"
            )
        node = compile_class(self.classes[name])
        return Node(_repeat(node.run), (), node.starts, True) if star else node


def compile_class(members: Sequence[str]) -> Node:
    """A node that matches the longest or any other member of a list of word sequences."""
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for member in members:
        words = norms(member)
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
    return Node(run, (firsts,), firsts)


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

    return Node(run, (frozenset((word,)),), frozenset((word,)))


def _slot(name: str, kinds: frozenset[str]) -> Node:
    def run(items: Sequence[Item], i: int, binds: Binds, first: bool) -> Iterator[Step]:
        for at in _places(items, i, first):
            kind = items[at].kind
            if kind in kinds if kinds else kind != "word":
                yield at + 1, (*binds, (name, at))

    wanted = kinds or frozenset((_ANY,))
    return Node(run, (), frozenset(), False, wanted, (wanted,))


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

    there = [n for n in nodes if not n.empty]
    needed = tuple(dict.fromkeys(words for n in there for words in n.words))
    slots = tuple(dict.fromkeys(kinds for n in there for kinds in n.slots))
    words, kinds = _starts(nodes)
    return Node(run, needed, words, not there, kinds, slots)


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
    kinds = frozenset().union(*(o.kinds for o in options))
    words, slots = _either_of([o.words for o in options]), _either_of([o.slots for o in options])
    return Node(run, words, starts, any(o.empty for o in options), kinds, slots)


def _either_of(needs: Sequence[Needs]) -> Needs:
    """What is needed whichever option it is: one set of each, the smallest."""
    return (frozenset().union(*(min(option, key=len) for option in needs)),) if all(needs) else ()


def _optional(node: Node) -> Node:
    def run(items: Sequence[Item], i: int, binds: Binds, first: bool) -> Iterator[Step]:
        yield from node.run(items, i, binds, first)
        yield i, binds

    return Node(run, (), node.starts, True, node.kinds)


def _repeat(run_one: Matcher) -> Matcher:
    def run(items: Sequence[Item], i: int, binds: Binds, first: bool) -> Iterator[Step]:
        for stop, bound in run_one(items, i, binds, first):
            if stop > i:
                yield from run(items, stop, bound, False)
        yield i, binds

    return run
