"""The words of a stretch of text as bytes show them, and where in it sides are named or stood for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

_BESIDE = 4  # words from one side to the other where both stand together: "Norwegian, Chadian and Peruvian"


class Name(NamedTuple):
    """A name found at a byte: a mark for its side or sides, and whether it stands for several."""

    start: int
    side: int
    several: bool


@dataclass(frozen=True, slots=True)
class Words:
    """The words in order; the names among them, and the words that stand for one side or for several, by place."""

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
        if any(name.several for name in named):
            return True
        standing = sum(first <= at < last for at in self.one)
        return len({name.side for name in named}) + standing >= wanted

    def beside(self, first: int, last: int) -> bool:
        """Whether names of two sides stand together in words ``[first, last)``: "Norway-Chad"."""
        named = [(at, name) for at, name in self.names if first - _BESIDE <= at < last]
        return any(name.several for _, name in named) or any(
            b - a <= _BESIDE and one.side != other.side for (a, one), (b, other) in pairwise(named)
        )

    def two(self) -> bool:
        """Whether two sides are named or stood for; one that stands alone may have its other before the sentence."""
        return bool(self.one) or self.sides(0, len(self.row), 2)

    def any_of(self, words: frozenset[str], first: int, last: int) -> bool:
        """Whether one of these words stands in ``[first, last)``."""
        return not words.isdisjoint(self.row[max(0, first) : last])

    def back_to(self, breaks: frozenset[str], first: int, last: int) -> int:
        """The first place from which on no break stands before ``last``, or ``first``."""
        return next((n + 1 for n in range(last - 1, max(0, first) - 1, -1) if self.row[n] in breaks), first)

    def up_to(self, breaks: frozenset[str], first: int, last: int) -> int:
        """The place of the first break behind ``first``, or ``last``."""
        return next((n for n in range(first, min(len(self.row), last)) if self.row[n] in breaks), last)


def _within(places: Sequence[int], first: int, last: int) -> bool:
    return any(first <= at < last for at in places)
