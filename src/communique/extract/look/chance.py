"""Whether a text has a chance: a trigger in one sentence with names, or words for names, of two sides.

One pass of an automaton over the folded bytes finds triggers and names together; sentences with both are held against
what the rules need: their words, and sides before or behind the trigger. Whatever passes is read with care.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

from communique.extract.issuer import issuer_of
from communique.extract.look.literals import AGREEMENT, CLAIM, Literal, literals
from communique.extract.look.plainbytes import FOLDED, plain_bytes
from communique.extract.look.shapes import Shape, contact_index, standing
from communique.knowledge import Knowledge
from communique.knowledge.rules import FieldIndex
from communique.model import Document

_LEAD = 6  # tokens between a word that leads to a trigger ("during") and the trigger
_NAME = 7  # tokens around the noun of an agreement that can tell what it is about
_MENTION = 10  # tokens of a mention before the name in it: "the Deputy Prime Minister for Trade of Norway"
_PAGE_REACH = 300  # bytes in a page, markup and all
_SPACE = 32
_END = re.compile(rb"[a-z]{4}[.!?][\"')]* +[\"'(]?[A-Z]|\n[ \t]*\n|[.!?][\"')]*\n")


Issued = Callable[[], bool]


class Name(NamedTuple):
    """A name found at a byte: a mark for its side or sides, and whether it stands for several."""

    start: int
    side: int
    several: bool


class Told(NamedTuple):
    """Words found at a byte that tell of something of these kinds."""

    start: int
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a stretch of text, in order, and where in it sides are named or stood for."""

    row: Sequence[str]
    there: frozenset[str]
    names: Sequence[tuple[int, Name]]
    one: Sequence[int]
    several: Sequence[int]

    def sides(self, first: int, last: int, wanted: int) -> bool:
        """Whether words ``[first, last)`` name, or stand for, so many sides."""
        if wanted == 0 or _within(self.several, first, last):
            return True
        named = [name for at, name in self.names if first <= at < last]
        if wanted == 1:
            return bool(named) or _within(self.one, first, last)
        return len({name.side for name in named}) > 1 or any(name.several for name in named)

    def two(self) -> bool:
        """Whether two sides are named or stood for."""
        return bool(self.one) or self.sides(0, len(self.row), 2)


class Look:
    """The cheap look of one version of the knowledge; make it with :func:`look_for`."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = literals(knowledge)
        self._known = tuple(table.values())
        self._marks = _marks(self._known)
        self._search = BytesAhoCorasick(
            list(table), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA
        )
        self._contacts, self._shapes = contact_index(knowledge)
        rules = knowledge.rules
        self._triggers = rules.index("trigger")
        self._claims, self._deeds = rules.index("claim"), rules.index("agreement-deed")
        self._agreements = rules.index("agreement")
        self._standing = standing(knowledge)
        self._to_come = frozenset(rules.classes.get("agreement-to-come", ()))
        self._political = frozenset(
            word for name in ("agreement-political", "agreement-truce") for word in rules.classes.get(name, ())
        )

    def document(self, document: Document) -> bool:
        """Whether the careful reader could find anything in a document."""
        text = f"{document.title}\n\n{document.text}" if document.title else document.text
        return self.text(text, lambda: issuer_of(document) is not None)

    def text(self, text: str, issued: Issued = lambda: False) -> bool:
        """The same of bare text; ``issued`` says whether a government issued it: its own side goes without saying."""
        plain = plain_bytes(text)
        told, names = self._found(plain)
        if not told or not names:
            return False
        if not _two_sides(names) and not issued():
            return False
        return any(self._sentence(plain, issued, *one) for one in _sentences(plain, told, names))

    def page(self, page: bytes) -> bool:
        """Whether a page as it came, markup and all, is worth making text of."""
        told, names = self._found(b" " + page + b" ")
        starts = [name.start for name in names]
        near = (t.start for t in told)
        return bool(told) and any(
            bisect_left(starts, at - _PAGE_REACH) < bisect_left(starts, at + _PAGE_REACH) for at in near
        )

    def _found(self, plain: bytes) -> tuple[list[Told], list[Name]]:
        """What tells of something, and who is named, in order."""
        told, names = [], []
        folded, known, marks = plain.translate(FOLDED), self._known, self._marks
        for number, start, stop in self._search.find_matches_as_indexes(folded):
            if folded[stop] != _SPACE:
                continue
            one = known[number]
            if one.kinds:
                told.append(Told(start, one.kinds))
            if (one.sides or one.known) and _written(one, plain, start, stop):
                names.append(Name(start, marks[number], one.several or one.known))
        return told, names

    def _sentence(
        self, plain: bytes, issued: Issued, told: Sequence[Told], names: Sequence[Name], start: int, stop: int
    ) -> bool:
        folded = plain[start:stop].translate(FOLDED)
        row = folded.decode("ascii", "ignore").split()
        there = frozenset(row)
        kinds = {str(rule.sets["kind"]) for rule, _ in self._triggers.possible(there)}
        words = Words(
            row,
            there,
            [(_place(folded, name.start - start), name) for name in names],
            [n for n, word in enumerate(row) if word in self._standing.one],
            [n for n, word in enumerate(row) if word in self._standing.several],
        )
        found = {kind for one in told for kind in one.kinds}
        if AGREEMENT in found and self._dealt(there):
            nouns = [_place(folded, one.start - start) for one in told if AGREEMENT in one.kinds]
            if _two_sides(names) or any(self._political & set(row[max(0, n - _NAME) : n + _NAME]) for n in nouns):
                return True
        if not words.two() and not issued():
            return False
        if CLAIM in found and _any(self._claims, there) and words.sides(0, len(row), 2):
            return True
        return any(self._contact(words, _place(folded, one.start - start), one.kinds & kinds) for one in told)

    def _dealt(self, there: frozenset[str]) -> bool:
        """Whether the words of some rule on agreements are there; those that ask for a draft find the word for it."""
        return _any(self._deeds, there) or any(
            rule.sets.get("needs") != "to-come" or there & self._to_come
            for rule, _ in self._agreements.possible(there)
        )

    def _contact(self, words: Words, at: int, kinds: frozenset[str]) -> bool:
        if not kinds:
            return False
        for _, phrase in self._contacts.possible(words.there):
            shape = self._shapes[id(phrase)]
            if not shape.kinds.isdisjoint(kinds) and _before(words, at, shape) and _behind(words, at, shape):
                return True
        return False


_MADE: dict[str, Look] = {}


def look_for(knowledge: Knowledge) -> Look:
    """The look of this knowledge, built once for each version."""
    made = _MADE.get(knowledge.version)
    if made is None:
        made = _MADE[knowledge.version] = Look(knowledge)
    return made


def _marks(known: Sequence[Literal]) -> tuple[int, ...]:
    """A number for each literal by which two names of one side are known as one."""
    numbers: dict[frozenset[str], int] = {}
    return tuple(numbers.setdefault(one.sides, len(numbers)) for one in known)


def _written(one: Literal, plain: bytes, start: int, stop: int) -> bool:
    """Whether a name is written as names are."""
    if one.upper:
        return plain[start + 1 : stop].isupper()
    return not one.capital or not plain[start + 1 : start + 2].islower()


def _two_sides(names: Sequence[Name]) -> bool:
    first = names[0].side
    return any(name.side != first or name.several for name in names)


def _sentences(
    plain: bytes, told: Sequence[Told], names: Sequence[Name]
) -> Iterator[tuple[Sequence[Told], Sequence[Name], int, int]]:
    """The sentences that hold something told and a name, with both; ends that are not sure are no ends."""
    places, starts = [t.start for t in told], [n.start for n in names]
    start = 0
    for stop in (*(match.end() - 1 for match in _END.finditer(plain)), len(plain)):
        here = slice(bisect_left(places, start), bisect_left(places, stop))
        there = slice(bisect_left(starts, start), bisect_left(starts, stop))
        if here.start < here.stop and there.start < there.stop:
            yield told[here], names[there], start, stop
        start = stop


def _place(folded: bytes, start: int) -> int:
    """The number of the word that begins behind byte ``start``."""
    return len(folded[:start].split())


def _before(words: Words, at: int, shape: Shape) -> bool:
    """Whether what a shape wants before its trigger is there."""
    if shape.lead and shape.lead.isdisjoint(words.row[max(0, at - _LEAD) : at]):
        return False
    return words.sides(at - shape.reach, at, shape.before)


def _behind(words: Words, at: int, shape: Shape) -> bool:
    """Whether what a shape wants behind its trigger is there: a link, if it has any, and the sides behind that."""
    if not shape.links or not shape.behind:
        return words.sides(at + 1, at + 1 + shape.ahead, shape.behind)
    links = (n for n in range(at + 1, min(len(words.row), at + 1 + shape.ahead)) if words.row[n] in shape.links)
    return any(words.sides(n + 1, n + 1 + _MENTION, shape.behind) for n in links)


def _within(places: Sequence[int], first: int, last: int) -> bool:
    return any(first <= at < last for at in places)


def _any(index: FieldIndex, words: frozenset[str]) -> bool:
    return next(index.possible(words), None) is not None
