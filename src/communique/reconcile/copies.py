"""Near-duplicate texts: a wire item printed by twenty papers is one source, not twenty.

Source of method: Broder 1997 (shingling), with bottom-k sketches (Thorup 2013): of the hashes of all runs of five
words the ``SIZE`` smallest stand for the text, and the share of them that two texts have in common estimates the
resemblance of the texts. No random permutations, so that a sketch is the same on every machine.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping, Sequence
from functools import lru_cache
from heapq import nsmallest
from zlib import crc32

from communique.model import Document

SIZE = 96
SHINGLE = 5
COPY = 0.5
_B = 1_000_003
_MASK = (1 << 61) - 1
_WORD = re.compile(r"\w+")

Sketch = Sequence[int]


def sketch(text: str) -> Sketch:
    """The bottom-k sketch of a text: at most ``SIZE`` hashes, sorted."""
    words = [_hash(word) for word in _WORD.findall(text.lower())]
    if len(words) < SHINGLE:
        return (sum(words) & _MASK,) if words else ()
    runs = zip(words, words[1:], words[2:], words[3:], words[4:], strict=False)
    return tuple(nsmallest(SIZE, {(((a * _B + b) * _B + c) * _B + d) * _B + e & _MASK for a, b, c, d, e in runs}))


@lru_cache(maxsize=1 << 17)
def _hash(word: str) -> int:
    return crc32(word.encode("utf-8", "replace"))


def likeness(a: Sketch, b: Sketch) -> float:
    """Estimated resemblance in [0, 1] of the texts that two sketches stand for."""
    common = {*a}.intersection(b)
    if not common:
        return 0.0
    union = sorted({*a, *b})[:SIZE]
    return len(common.intersection(union)) / len(union)


class Copies:
    """Sketches of documents, made when first asked for; eight bytes a hash, for there may be one of every document."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents
        self._sketches: dict[str, array[int]] = {}

    def sketch(self, document: str) -> Sketch:
        """The sketch of a document; empty if the document is not there."""
        if document not in self._sketches:
            found = self._documents.get(document)
            self._sketches[document] = array("Q", sketch(found.text) if found else ())
        return self._sketches[document]

    def likeness(self, a: str, b: str) -> float:
        """How alike the texts of two documents are, by their ids."""
        return 1.0 if a == b else likeness(self.sketch(a), self.sketch(b))

    def groups(self, documents: Sequence[str]) -> tuple[tuple[str, ...], ...]:
        """The documents in groups of copies; each group is one independent source."""
        groups: list[list[str]] = []
        for document in sorted(set(documents)):
            alike = [g for g in groups if any(self.likeness(document, other) >= COPY for other in g)]
            merged = [document, *(d for g in alike for d in g)]
            groups = [g for g in groups if g not in alike] + [merged]
        return tuple(sorted(tuple(sorted(g)) for g in groups))
