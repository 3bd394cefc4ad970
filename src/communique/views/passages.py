"""Words in their place: a text cut where marks begin and end, and the paragraph around some words.

Marks may lie across each other. Each piece of text carries the marks that cover it, and the pieces put together are the
text, whatever the marks::

    text    The leaders spoke by phone today
    marks   [-- a ----] [---- b ----]
                        [c-]
    pieces  a          |b,c |b       |none
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from communique.model import Document, Span

AROUND = 420
"""A paragraph longer than this on either side of the words is shortened."""


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A stretch ``[start, stop)`` of a text, what it states (``kind``), and whose record it belongs to."""

    start: int
    stop: int
    kind: str
    record: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text and the marks that cover all of it."""

    text: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document in pieces; ``before``/``after`` tell whether its paragraph goes on."""

    pieces: tuple[Piece, ...]
    before: bool = False
    after: bool = False


def cut(text: str, marks: Iterable[Mark], start: int = 0, stop: int | None = None) -> tuple[Piece, ...]:
    """The text (or a stretch of it) in pieces. Marks outside of it, or without a length, are left out."""
    end = len(text) if stop is None else min(stop, len(text))
    inside = sorted(m for m in marks if 0 <= m.start < m.stop <= len(text) and m.start < end and m.stop > start)
    edges = sorted({start, end, *(max(m.start, start) for m in inside), *(min(m.stop, end) for m in inside)})
    return tuple(
        Piece(text[a:b], tuple(m for m in inside if m.start <= a and b <= m.stop)) for a, b in pairwise(edges)
    )


def around(document: Document, span: Span, kind: str) -> Passage:
    """The paragraph in which words stand, with the words marked; a long one is shortened at blanks."""
    text = document.part(span.part)
    if not 0 <= span.start < span.stop <= len(text):
        return Passage(())
    first = text.rfind("\n", 0, span.start) + 1
    last = text.find("\n", span.stop)
    last = len(text) if last < 0 else last
    start, stop = _later(text, first, span.start), _earlier(text, span.stop, last)
    pieces = cut(text, [Mark(span.start, span.stop, kind)], start, stop)
    return Passage(pieces, before=start > first, after=stop < last)


def paragraphs(text: str, pieces: Iterable[Piece]) -> Iterator[tuple[Piece, ...]]:
    """Pieces of a whole text, line by line; line ends stay where they were."""
    line: list[Piece] = []
    for piece in pieces:
        for part in piece.text.splitlines(keepends=True):
            line.append(Piece(part, piece.marks))
            if part.splitlines()[0] != part:
                yield tuple(line)
                line = []
    if line:
        yield tuple(line)


def _later(text: str, first: int, start: int) -> int:
    """Where a passage begins: at its paragraph, or at a word not too far before the words."""
    if start - first <= AROUND:
        return first
    blank = text.find(" ", start - AROUND, start)
    return start if blank < 0 else blank + 1


def _earlier(text: str, stop: int, last: int) -> int:
    if last - stop <= AROUND:
        return last
    blank = text.rfind(" ", stop, stop + AROUND)
    return stop if blank < 0 else blank
