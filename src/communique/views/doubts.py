"""What a person should look at first: pairs of reports that were nearly merged or nearly not, and disputed fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from communique.model import Report
from communique.reconcile.candidates import pairs, segments
from communique.reconcile.features import Trait, trait
from communique.reconcile.judgements import decisions, pair
from communique.reconcile.score import THRESHOLD, Explanation, Scorer
from communique.views.agree import Answer, Saying
from communique.views.contacts import field_answers, value_json
from communique.views.snapshot import Snapshot

CLOSE = 1.5
"""Scores that lie so near to the threshold could have gone the other way."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two reports and why they are, or are not, one contact; the smaller ``margin``, the more doubtful.

    Where they are one contact and contradict each other in a ``field``, ``said`` is what either says of it.
    """

    reports: tuple[str, str]
    merged: bool
    margin: float
    explanation: Explanation
    field: str | None = None
    said: tuple[Any, ...] = ()


def doubts(ledger: Snapshot, limit: int | None = None) -> tuple[Doubt, ...]:
    """What nobody has judged yet, the most doubtful first.

    Pairs whose score lies near the threshold, and pairs of one contact that contradict each other in a field.
    """
    held = decisions(ledger.judgements)
    judged, unsure = {*held.apart, *held.together}, held.unsure
    found = (d for segment in segments(_traits(ledger)) for d in _doubts(ledger, segment))
    fresh = (d for d in found if pair(*d.reports) not in judged and not unsure.issuperset(d.reports))
    seen = held.accepted | unsure
    open_fields = (d for d in disputes(ledger) if not seen.issuperset(d.reports))
    return tuple(sorted([*_one_a_contact(ledger, fresh), *open_fields], key=_order)[:limit])


def disputes(ledger: Snapshot) -> Iterator[Doubt]:
    """For every disputed field of a contact two reports that contradict each other, of what is said most often.

    The more even the numbers of reports on either side, the more doubtful.
    """
    for contact in ledger.contacts:
        reports = {r.id: r for r in ledger.accounts(contact)}
        for name, answer in field_answers(ledger, tuple(reports.values())).items() if len(reports) > 1 else ():
            if answer.disputed and (clash := _clash(ledger, reports, name, answer)):
                yield _dispute(ledger, reports, name, clash)


def _clash(
    ledger: Snapshot, reports: Mapping[str, Report], name: str, answer: Answer[Any]
) -> tuple[Saying[Any], Saying[Any]] | None:
    """The first two sayings that contradict each other by themselves."""
    for a, b in combinations(answer.sayings, 2):
        if field_answers(ledger, [reports[a.reports[0]], reports[b.reports[0]]])[name].disputed:
            return a, b
    return None


def _dispute(
    ledger: Snapshot, reports: Mapping[str, Report], name: str, clash: tuple[Saying[Any], Saying[Any]]
) -> Doubt:
    ids = (clash[0].reports[0], clash[1].reports[0])
    more, less = (len(saying.reports) for saying in clash)
    margin = round(CLOSE * (more - less) / (more + less), 6)
    why = explain_reports(ledger, reports[ids[0]], reports[ids[1]])
    return Doubt(ids, True, margin, why, name, tuple(value_json(saying.value) for saying in clash))


def doubt_json(doubt: Doubt) -> dict[str, Any]:
    """``{"reports", "merged", "score", "threshold", "excluded", "field", "said", "reasons"}``.

    ``field`` is null for a pair in doubt as such; a reason is ``{"feature", "weight", "words"}``.
    """
    why = doubt.explanation
    return {
        "reports": list(doubt.reports),
        "merged": doubt.merged,
        "score": round(why.score, 2),
        "threshold": why.threshold,
        "excluded": why.excluded,
        "field": doubt.field,
        "said": list(doubt.said),
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


def _order(doubt: Doubt) -> tuple[float, tuple[str, str], str]:
    return doubt.margin, doubt.reports, doubt.field or ""
