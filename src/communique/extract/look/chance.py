"""Whether a text has a chance: a trigger in one sentence with names, or words for names, of two sides.

One pass of an automaton over the folded bytes finds triggers and names together; sentences with both are held against
what the rules need: their words, and sides before or behind the trigger. Whatever passes is read with care.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

from communique.extract.issuer import issuer_of
from communique.extract.look.counts import Claims
from communique.extract.look.deals import Deals
from communique.extract.look.literals import AGREEMENT, CLAIM, Literal, literals
from communique.extract.look.plainbytes import FOLDED, plain_bytes
from communique.extract.look.shapes import Contacts, standing
from communique.extract.look.words import Name, Words
from communique.knowledge import Knowledge
from communique.model import Document

_PAGE_REACH = 300  # bytes in a page, markup and all
_SPACE = 32
_END = re.compile(rb"(?<=[a-z]{4})[.!?][\"')]* +(?=[\"'(]?[A-Z])|\n[ \t]*\n|[.!?][\"')]*\n")


Issued = Callable[[], bool]


class Told(NamedTuple):
    """Words found at a byte that tell of something of these kinds."""

    start: int
    kinds: frozenset[str]


class Look:
    """The cheap look of one version of the knowledge; make it with :func:`look_for`."""

    def __init__(self, knowledge: Knowledge) -> None:
        table = literals(knowledge)
        self._known = tuple(table.values())
        self._marks = _marks(self._known)
        self._search = BytesAhoCorasick(
            list(table), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA
        )
        self._contacts, self._deals = Contacts(knowledge), Deals(knowledge)
        self._claims = Claims(knowledge)
        self._standing = standing(knowledge)

    def document(self, document: Document) -> tuple[str, ...]:
        """The stretches of a document in which the careful reader could find something."""
        text = f"{document.title}\n\n{document.text}" if document.title else document.text
        return self.text(text, lambda: issuer_of(document) is not None)

    def text(self, text: str, issued: Issued = lambda: False) -> tuple[str, ...]:
        """The same of bare text; ``issued`` says whether a government issued it: its own side goes without saying."""
        plain = plain_bytes(text)
        told, names = self._found(plain)
        if not told or not names or not (_two_sides(names) or _agreed(told) or issued()):
            return ()
        return tuple(
            " ".join(plain[start:stop].decode("ascii").split())
            for told_here, named, start, stop in _sentences(plain, told, names)
            if self._sentence(plain, issued, told_here, named, start, stop)
        )

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
        words = self._words(folded, names, start)
        places = [(_place(folded, one.start - start), one.kinds) for one in told]
        nouns = [at for at, kinds in places if AGREEMENT in kinds]
        if nouns and self._deals.told(words, nouns):
            return True
        known = {name.start for name in names if name.several}
        if any("noun" in one.kinds and one.start in known for one in told):  # "the Alaska summit"
            return True
        if self._contacts.inherit(words):
            return True
        if not words.two() and not issued():
            return False
        if any(CLAIM in kinds for _, kinds in places) and self._claims.told(words):
            return True
        return self._contacts.told(words, places)

    def _words(self, folded: bytes, names: Sequence[Name], start: int) -> Words:
        row = folded.decode("ascii").split()
        return Words(
            row,
            frozenset(row),
            [(_place(folded, name.start - start), name) for name in names],
            [n for n, word in enumerate(row) if word in self._standing.one],
            [n for n, word in enumerate(row) if word in self._standing.several],
        )


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


def _agreed(told: Sequence[Told]) -> bool:
    """Whether an agreement is told of: one side may have broken it alone."""
    return any(AGREEMENT in one.kinds for one in told)


def _two_sides(names: Sequence[Name]) -> bool:
    first = names[0].side if names else 0
    return any(name.side != first or name.several for name in names)


def _sentences(
    plain: bytes, told: Sequence[Told], names: Sequence[Name]
) -> Iterator[tuple[Sequence[Told], Sequence[Name], int, int]]:
    """The sentences that hold something told, with it and the names in it; ends that are not sure are no ends."""
    places, starts = [t.start for t in told], [n.start for n in names]
    start = 0
    for stop in (*(match.end() - 1 for match in _END.finditer(plain)), len(plain)):
        here = slice(bisect_left(places, start), bisect_left(places, stop))
        there = slice(bisect_left(starts, start), bisect_left(starts, stop))
        if here.start < here.stop:
            yield told[here], names[there], start, stop
        start = stop


def _place(folded: bytes, start: int) -> int:
    """The number of the word that begins behind byte ``start``."""
    return len(folded[:start].split())
