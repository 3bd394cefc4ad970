"""Sentences of different accounts that tell of the same thing.

Source of method: the cosine of word vectors weighted by inverse sentence frequency (Salton and Buckley 1988); pairs
are chosen one to one, best first (as Barzilay and Elhadad 2003 do, without their training). Words are stemmed by
truncation (McNamee and Mayfield 2004).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from communique.model import Document, Span
from communique.views.documents import sentences

ALIKE = 0.18
STEM = 6
"""Words are compared by so many first letters: "escalation" is "escalate", "Ukrainian" is "Ukraine"."""
SHORTEST = 4
"""Sentences of fewer words are greetings and headings."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two sentences of two accounts that tell of the same thing; ``score`` in (0, 1]."""

    score: float
    sides: tuple[str, str]
    spans: tuple[Span, Span]


def align(accounts: Mapping[str, Sequence[Document]]) -> tuple[Aligned, ...]:
    """The sentences that accounts have in common, by side, best pairs first; each meets one of each other side."""
    sentences = {side: list(_sentences(documents)) for side, documents in accounts.items()}
    weights = _weights(words for found in sentences.values() for _, words in found)
    vectors = {side: [(span, _vector(words, weights)) for span, words in found] for side, found in sentences.items()}
    pairs = [p for a, b in combinations(sorted(vectors), 2) for p in _matched((a, b), vectors[a], vectors[b])]
    return tuple(sorted(pairs, key=_order))


def _sentences(documents: Sequence[Document]) -> Iterator[tuple[Span, Counter[str]]]:
    for document in documents:
        for sentence in sentences(document):
            words = Counter(t.norm[:STEM] for t in sentence.tokens if t.norm.isalnum())
            if sentence.part == "text" and sum(words.values()) >= SHORTEST:
                yield Span(document.id, sentence.start, sentence.stop), words


def _weights(sentences: Iterable[Counter[str]]) -> Mapping[str, float]:
    held: Counter[str] = Counter()
    count = 0
    for words in sentences:
        held.update(words.keys())
        count += 1
    return {word: math.log((1 + count) / n) for word, n in held.items()}


def _vector(words: Counter[str], weights: Mapping[str, float]) -> Mapping[str, float]:
    raw = {word: (1 + math.log(n)) * weights[word] for word, n in words.items()}
    length = math.sqrt(sum(w * w for w in raw.values())) or 1.0
    return {word: w / length for word, w in raw.items()}


def _matched(
    sides: tuple[str, str],
    left: Sequence[tuple[Span, Mapping[str, float]]],
    right: Sequence[tuple[Span, Mapping[str, float]]],
) -> Iterator[Aligned]:
    holding: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for at, (_, vector) in enumerate(right):
        for word, weight in vector.items():
            holding[word].append((at, weight))
    scored = [
        Aligned(round(score, 4), sides, (span, right[at][0]))
        for span, vector in left
        for at, score in _products(vector, holding).items()
        if score >= ALIKE
    ]
    taken: set[Span] = set()
    for pair in sorted(scored, key=_order):
        if taken.isdisjoint(pair.spans):
            taken.update(pair.spans)
            yield pair


def _products(vector: Mapping[str, float], holding: Mapping[str, list[tuple[int, float]]]) -> Mapping[int, float]:
    scores: dict[int, float] = defaultdict(float)
    for word, weight in vector.items():
        for at, other in holding.get(word, ()):
            scores[at] += weight * other
    return scores


def _order(pair: Aligned) -> tuple[float, tuple[str, str], tuple[Span, Span]]:
    return -pair.score, pair.sides, pair.spans
