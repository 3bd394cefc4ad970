"""What people decided, put in a form that clustering can use.

A ``split`` holds whatever the scores say; of a ``merge`` and a ``split`` of the same reports the later one holds.
``reject`` takes a report out of every contact, ``correct`` changes one field of it; both leave the stored report alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from communique.model import Judgement

Pair = tuple[str, str]


def pair(a: str, b: str) -> Pair:
    """Two report ids in a fixed order."""
    return (a, b) if a <= b else (b, a)


@dataclass(frozen=True, slots=True)
class Decisions:
    """Judgements in force: ``apart`` are pairs never merged, ``together`` pairs to be merged, ``rejected`` reports."""

    apart: frozenset[Pair] = frozenset()
    together: tuple[Pair, ...] = ()
    rejected: frozenset[str] = frozenset()

    def touched(self) -> frozenset[str]:
        """Reports that some pair names."""
        return frozenset(r for p in (*self.apart, *self.together) for r in p)


def in_force(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """The judgements nobody has taken back, oldest first; undoing an undo restores."""
    ordered = sorted(set(judgements), key=lambda j: (j.at, j.id))
    undone: set[str] = set()
    for judgement in reversed(ordered):
        if judgement.undoes and judgement.id not in undone:
            undone.add(judgement.undoes)
    return tuple(j for j in ordered if j.id not in undone and j.undoes is None)


def decisions(judgements: Sequence[Judgement]) -> Decisions:
    """What clustering must hold to."""
    verdict: dict[Pair, str] = {}
    opinion: dict[str, str] = {}
    for judgement in in_force(judgements):
        if judgement.kind in ("merge", "split"):
            verdict |= {pair(a, b): judgement.kind for a, b in combinations(sorted(set(judgement.reports)), 2)}
        elif judgement.kind in ("accept", "reject", "unsure"):
            opinion |= dict.fromkeys(judgement.reports, judgement.kind)
    return Decisions(
        apart=frozenset(p for p, kind in verdict.items() if kind == "split"),
        together=tuple(sorted(p for p, kind in verdict.items() if kind == "merge")),
        rejected=frozenset(r for r, kind in opinion.items() if kind == "reject"),
    )
