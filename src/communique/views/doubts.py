"""What a person should look at first: pairs of reports that were nearly merged or nearly not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from communique.model import Report
from communique.reconcile.candidates import pairs, segments
from communique.reconcile.features import Trait, trait
from communique.reconcile.judgements import decisions, pair
from communique.reconcile.score import THRESHOLD, Explanation, Scorer
from communique.views.snapshot import Snapshot

CLOSE = 1.5
"""Scores that lie so near to the threshold could have gone the other way."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two reports and why they are, or are not, one contact; the smaller ``margin``, the more doubtful."""

    reports: tuple[str, str]
    merged: bool
    margin: float
    explanation: Explanation


def doubts(ledger: Snapshot, limit: int | None = None) -> tuple[Doubt, ...]:
    """The pairs nobody has judged yet whose score lies near the threshold, the most doubtful first."""
    held = decisions(ledger.judgements)
    judged, unsure = {*held.apart, *held.together}, held.unsure
    found = (d for segment in segments(_traits(ledger)) for d in _doubts(ledger, segment))
    fresh = (d for d in found if pair(*d.reports) not in judged and not unsure.issuperset(d.reports))
    return tuple(sorted(_one_a_contact(ledger, fresh), key=_order)[:limit])


def doubt_json(doubt: Doubt) -> dict[str, Any]:
    """``{"reports", "merged", "score", "threshold", "excluded", "reasons": [{"feature", "weight", "words"}]}``."""
    why = doubt.explanation
    return {
        "reports": list(doubt.reports),
        "merged": doubt.merged,
        "score": round(why.score, 2),
        "threshold": why.threshold,
        "excluded": why.excluded,
        "reasons": [{"feature": r.feature, "weight": round(r.weight, 2), "words": r.words} for r in why.reasons],
    }


def explain_reports(ledger: Snapshot, a: Report, b: Report) -> Explanation:
    """Why two reports of a ledger are, or are not, taken for one contact."""
    left, right = (trait(r, ledger.documents.get(r.document), ledger.issuers) for r in (a, b))
    return Scorer(ledger.copies.likeness).explain(left, right)


def _traits(ledger: Snapshot) -> Iterator[Trait]:
    rejected = decisions(ledger.judgements).rejected
    for report in ledger.reports.values():
        if report.id not in rejected:
            yield trait(report, ledger.documents.get(report.document), ledger.issuers)


def _doubts(ledger: Snapshot, segment: tuple[Trait, ...]) -> Iterator[Doubt]:
    scorer = Scorer(ledger.copies.likeness)
    for a, b in pairs(segment):
        why = scorer.explain(a, b)
        margin = abs(why.score - THRESHOLD)
        if why.excluded is None and margin <= CLOSE:
            merged = ledger.contact_of.get(a.id) == ledger.contact_of.get(b.id)
            yield Doubt(pair(a.id, b.id), merged, round(margin, 6), why)


def _one_a_contact(ledger: Snapshot, found: Iterable[Doubt]) -> Iterator[Doubt]:
    """Of the doubts between two contacts the most doubtful; inside one contact those only that hold it together."""
    best: dict[tuple[str, str], Doubt] = {}
    for doubt in found:
        left, right = (ledger.contact_of.get(r, r) for r in doubt.reports)
        key = (doubt.reports[0], left) if doubt.merged else pair(left, right)
        if key not in best or _order(doubt) < _order(best[key]):
            best[key] = doubt
    yield from best.values()


def _order(doubt: Doubt) -> tuple[float, tuple[str, str]]:
    return doubt.margin, doubt.reports
