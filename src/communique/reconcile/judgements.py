"""What people decided, put in a form that clustering can use.

A ``split`` holds whatever the scores say; of a ``merge`` and a ``split`` of the same reports the later one holds.
``reject`` takes a report out of every contact, ``correct`` changes one field of it; both leave the stored report alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from communique import edtf
from communique.model import Cited, Judgement, Party, Report, When

Pair = tuple[str, str]


def pair(a: str, b: str) -> Pair:
    """Two report ids in a fixed order."""
    return (a, b) if a <= b else (b, a)


@dataclass(frozen=True, slots=True)
class Decisions:
    """Judgements in force: ``apart`` are pairs never merged, ``together`` pairs to be merged.

    ``rejected`` are reports left out of all contacts, ``accepted`` those said to be read rightly; ``unsure`` those at
    which somebody looked in vain.
    """

    apart: frozenset[Pair] = frozenset()
    together: tuple[Pair, ...] = ()
    rejected: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()
    accepted: frozenset[str] = frozenset()

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
        unsure=frozenset(r for r, kind in opinion.items() if kind == "unsure"),
        accepted=frozenset(r for r, kind in opinion.items() if kind == "accept"),
    )


_VALUES: dict[str, Callable[[Any], Any]] = {
    "status": str,
    "channel": str,
    "place": str,
    "initiator": str,
    "duration_minutes": int,
}
DROPPABLE = frozenset({"place", "initiator", "duration_minutes", "when"})


def corrected(report: Report, judgements: Iterable[Judgement]) -> Report:
    """The report with the fields that people corrected; ``judgements`` are those in force, oldest first.

    A corrected value keeps the words it was read from (else the trigger) and carries the judgement's id for its rule.
    """
    for judgement in judgements:
        if judgement.kind == "correct" and report.id in judgement.reports and judgement.field:
            report = _with(report, judgement.id, judgement.field, json.loads(judgement.value or "null"))
    return report


def all_corrected(reports: Iterable[Report], judgements: Iterable[Judgement]) -> Iterator[Report]:
    """Many reports with the fields that people corrected; ``judgements`` are all that were ever made."""
    held: dict[str, list[Judgement]] = {}
    for judgement in in_force(judgements):
        if judgement.kind == "correct":
            held.setdefault(judgement.reports[0], []).append(judgement)
    return (corrected(report, held.get(report.id, ())) for report in reports)


def _with(report: Report, rule: str, name: str, value: Any) -> Report:
    change: dict[str, Any]
    if value is None and name in DROPPABLE:
        change = {name: None}
    elif name == "when":
        change = {name: _cite(report, name, _when(value), rule)}
    elif name == "parties":
        change = {name: tuple(Cited(Party(**party), report.trigger, f"judgement:{rule}") for party in value)}
    elif name in _VALUES:
        change = {name: _cite(report, name, _VALUES[name](value), rule)}
    else:
        raise ValueError(f"the field {name!r} cannot be corrected; those that can: {', '.join(CORRECTABLE)}")
    return replace(report, **change)


CORRECTABLE = (*_VALUES, "when", "parties")


def _cite(report: Report, name: str, value: Any, rule: str) -> Cited[Any]:
    old = getattr(report, name)
    return Cited(value, old.span if old else report.trigger, f"judgement:{rule}")


def _when(text: str) -> When:
    value = edtf.parse(text)
    return When(edtf=text, earliest=value.earliest, latest=value.latest, basis="explicit", why="corrected by a person")
