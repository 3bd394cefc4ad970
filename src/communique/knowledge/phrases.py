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
``skippable`` (times, adverbs) may stand between any two elements. Every way to match is followed, element by element,
bounded by the length of the sentence: no element but ``...`` and ``*`` repeats, and both consume.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from communique.text import norms

GAP = 8
_ANY = "*"
#: Words of which nearly every sentence has some, so that they tell little of what can be found in it.
_LIGHT = frozenset((
    "to", "of", "the", "in", "on", "and", "a", "an", "for", "with", "by", "as", "from", "at", "that", "will", "be",
    "is", "was", "are", "has", "have", "had", "'s", "-", ",", "not", "first", "its", "it", "he", "they",
))  # fmt: skip
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


class Match(NamedTuple):
    """Items ``[start, stop)`` matched; ``slots`` gives the item index kept under each slot name."""

    start: int
    stop: int
    slots: Mapping[str, int]


#: All ways on from a place; items, place, what is bound so far, and whether nothing has been matched yet.
Matcher = Callable[[Sequence[Item], int, Binds, bool], Sequence[Step]]
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
        places = [*(self.words[word] for word in node.starts & self._words), *(self.kinds[kind] for kind in kinds)]
        return places[0] if len(places) == 1 else sorted(set().union(*places))

    def hold(self, slots: Needs) -> bool:
        """Whether there are items of the kinds that a phrase needs."""
        return not slots or not any(map(self._kinds.isdisjoint, slots))


def places_of(items: Sequence[Item]) -> Places:
    """The places of a sentence; those of the one asked for last are kept, for many fields are asked of it in turn."""
    last = _LAST[0]
    if last is None or last[0] is not items:
        last = _LAST[0] = (items, Places(items))
    return last[1]


_LAST: list[tuple[Sequence[Item], Places] | None] = [None]
_stop = itemgetter(0)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A compiled phrase."""

    source: str
    node: Node = field(repr=False)

    @property
    def needs(self) -> frozenset[str]:
        """Words of which one must be there for the phrase to match, rare ones if possible (empty: no need)."""
        return min(self.node.words, key=_commonness, default=frozenset())

    def match_at(self, items: Sequence[Item], start: int) -> Match | None:
        """The longest match that starts at ``start``."""
        steps = self.node.run(items, start, (), True)
        if not steps:
            return None
        stop, bound = max(steps, key=_stop)
        return Match(start, stop, dict(bound)) if stop > start else None

    def find(self, items: Sequence[Item], places: Places | None = None) -> Iterator[Match]:
        """All matches, the longest at each start, in order. ``places`` saves looking for the words again."""
        for i in (places or Places(items)).starts_of(self.node):
            if found := self.match_at(items, i):
                yield found


def _commonness(words: frozenset[str]) -> tuple[int, int]:
    return len(words & _LIGHT), len(words)


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
        node = compile_class(tuple(self.classes[name]))
        return Node(_repeat(node.run), (), node.starts, True) if star else node


@lru_cache(maxsize=1_000)
def compile_class(members: tuple[str, ...]) -> Node:
    """A node that matches the longest or any other member of a list of word sequences; one for each list."""
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for member in members:
        words = norms(member)
        by_first.setdefault(words[0], []).append(words)
    for options in by_first.values():
        options.sort(key=len, reverse=True)

    def run(items: Sequence[Item], i: int, binds: Binds, first: bool) -> Sequence[Step]:
        found: list[Step] = []
        for at in range(i, len(items)):
            item = items[at]
            for words in by_first.get(item.norm, ()):
                stop = at + len(words)
                if len(words) == 1 or tuple([x.norm for x in items[at:stop]]) == words:
                    found.append((stop, binds))
            if first or not item.skippable:
                break
        return found

    firsts = frozenset(by_first)
    return Node(run, (firsts,), firsts)


def _word(word: str) -> Node:
    def run(items: Sequence[Item], i: int, binds: Binds, first: bool) -> Sequence[Step]:
        found: list[Step] = []
        for at in range(i, len(items)):
            item = items[at]
            if item.norm == word:
                found.append((at + 1, binds))
            if first or not item.skippable:
                break
        return found

    return Node(run, (frozenset((word,)),), frozenset((word,)))


def _slot(name: str, kinds: frozenset[str]) -> Node:
    def run(items: Sequence[Item], i: int, binds: Binds, first: bool) -> Sequence[Step]:
        found: list[Step] = []
        for at in range(i, len(items)):
            item = items[at]
            if item.kind in kinds if kinds else item.kind != "word":
                found.append((at + 1, (*binds, (name, at))))
            if first or not item.skippable:
                break
        return found

    wanted = kinds or frozenset((_ANY,))
    return Node(run, (), frozenset(), False, wanted, (wanted,))


def _gap(items: Sequence[Item], i: int, binds: Binds, first: bool) -> Sequence[Step]:
    found = [(i, binds)]
    for at in range(i, min(len(items), i + GAP)):
        if items[at].norm in CLAUSE_ENDS:
            break
        found.append((at + 1, binds))
    return found


def _sequence(nodes: Sequence[Node]) -> Node:
    if len(nodes) == 1:
        return nodes[0]

    runs = [node.run for node in nodes]

    def run(items: Sequence[Item], i: int, binds: Binds, first: bool) -> Sequence[Step]:
        steps: Sequence[Step] = ((i, binds),)
        for element in runs:
            steps = [step for at, bound in steps for step in element(items, at, bound, first and at == i)]
            if not steps:
                break
        return steps

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
    every = [option.run for option in options]
    anyhow, by_word = _by_first_word(options)

    def run(items: Sequence[Item], i: int, binds: Binds, first: bool) -> Sequence[Step]:
        fixed = i < len(items) and (first or not items[i].skippable)
        runs = by_word.get(items[i].norm, anyhow) if fixed else every
        return [step for option in runs for step in option(items, i, binds, first)] if runs else ()

    starts: frozenset[str] | None = frozenset()
    for option in options:
        starts = None if starts is None or option.starts is None else starts | option.starts
    kinds = frozenset().union(*(o.kinds for o in options))
    words, slots = _either_of([o.words for o in options]), _either_of([o.slots for o in options])
    return Node(run, words, starts, any(o.empty for o in options), kinds, slots)


def _by_first_word(options: Sequence[Node]) -> tuple[list[Matcher], dict[str, list[Matcher]]]:
    """Of options those that may start with any word, and by word those that may start with it, all in their order."""
    open_to = [None if o.empty or o.kinds or o.starts is None else o.starts for o in options]
    words: frozenset[str] = frozenset().union(*(starts for starts in open_to if starts))
    each = list(zip(options, open_to, strict=True))
    return (
        [o.run for o, starts in each if starts is None],
        {word: [o.run for o, starts in each if starts is None or word in starts] for word in words},
    )


def _either_of(needs: Sequence[Needs]) -> Needs:
    """What is needed whichever option it is: one set of each, the rarest."""
    return (frozenset().union(*(min(option, key=_commonness) for option in needs)),) if all(needs) else ()


def _optional(node: Node) -> Node:
    def run(items: Sequence[Item], i: int, binds: Binds, first: bool) -> Sequence[Step]:
        return (*node.run(items, i, binds, first), (i, binds))

    return Node(run, (), node.starts, True, node.kinds)


def _repeat(run_one: Matcher) -> Matcher:
    def run(items: Sequence[Item], i: int, binds: Binds, first: bool) -> Sequence[Step]:
        on = (step for step in run_one(items, i, binds, first) if step[0] > i)
        return (*(end for stop, bound in on for end in run(items, stop, bound, False)), (i, binds))

    return run
