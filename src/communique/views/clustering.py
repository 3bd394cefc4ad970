"""How well reports were brought together, against annotated contacts: pairwise and B-cubed.

A gold contact names the documents that tell of it, its parties, its day and its channel; by these the report that is
meant is found. Reports of a plan count as reports of the contact that fulfilled it.

Sources of method: pairwise F1 as in record linkage; B-cubed, Bagga and Baldwin 1998.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from communique.model import CHANNELS, Report
from communique.reconcile.names import same_person
from communique.views.snapshot import Snapshot

Side = Callable[[str], str | None]
_REMOTE = ("phone", "video", "talks", "unspecified")
_IN_PERSON = ("meeting", "visit", "talks", "unspecified")
#: For each channel of a gold file (ours, and words that people use instead) those that a report of it may give.
MEANS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("phone", "call"), _REMOTE),
    "video": (*_REMOTE, "meeting"),
    **dict.fromkeys(("meeting", "visit", "summit"), _IN_PERSON),
    "message": ("message", "unspecified"),
}


@dataclass(frozen=True, slots=True)
class GoldContact:
    """A contact that people found in these documents; no day, no channel: any."""

    id: str
    parties: tuple[str, ...]
    day: date | None
    documents: tuple[str, ...]
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall in [0, 1]."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class ClusterScores:
    """The scores over ``reports`` reports; ``missing`` documents have no report that could be meant."""

    pairwise: Score
    bcubed: Score
    reports: int
    missing: tuple[tuple[str, str], ...] = ()


def gold_contact(line: Mapping[str, Any]) -> GoldContact:
    """A line of a gold file: ``{"id", "parties": [name…], "day", "documents": [id…], "channel"}``; the last may miss.

    ``gold.participants``, ``gold.event_date`` and ``docs[].id`` are read too. Raises KeyError or ValueError.
    """
    facts = line.get("gold", line)
    day = facts.get("day") or facts.get("event_date")
    documents = line.get("documents") or [d["id"] for d in line["docs"]]
    parties = facts.get("parties") or facts["participants"]
    parsed = date.fromisoformat(day) if day else None
    return GoldContact(line["id"], tuple(parties), parsed, tuple(documents), facts.get("channel"))


def score_contacts(
    ledger: Snapshot, gold: Iterable[GoldContact], side: Callable[[str], str | None] = lambda name: None
) -> ClusterScores:
    """The scores of a ledger's contacts over the reports that gold contacts speak of.

    ``side`` tells for whom somebody stands whom no report of the ledger names.
    """
    truth: dict[str, str] = {}
    missing = []
    for contact in gold:
        for document in contact.documents:
            meant = _meant(ledger, document, contact, side)
            truth |= dict.fromkeys(meant, contact.id)
            if not meant:
                missing.append((contact.id, document))
    found = {r: _event(ledger, ledger.contact_of[r]) for r in truth if r in ledger.contact_of}
    truth = {r: label for r, label in truth.items() if r in found}
    return ClusterScores(pairwise(truth, found), bcubed(truth, found), len(truth), tuple(missing))


def pairwise(truth: Mapping[str, str], found: Mapping[str, str]) -> Score:
    """Over all pairs of reports: said to be one contact, and are."""
    right = _pairs(Counter((truth[r], found[r]) for r in truth))
    return Score(
        _share(right, _pairs(Counter(found[r] for r in truth))), _share(right, _pairs(Counter(truth.values())))
    )


def bcubed(truth: Mapping[str, str], found: Mapping[str, str]) -> Score:
    """For each report the share of its contact that is right, and the share of its true contact that was found."""
    cells = Counter((truth[r], found[r]) for r in truth)
    real, made = Counter(truth.values()), Counter(found[r] for r in truth)
    squares = {cell: n * n for cell, n in cells.items()}
    precision = sum(n / made[label] for (_, label), n in squares.items())
    recall = sum(n / real[label] for (label, _), n in squares.items())
    return Score(_share(precision, len(truth)), _share(recall, len(truth)))


def scores_json(scores: ClusterScores) -> dict[str, Any]:
    """``{"pairwise": {"precision", "recall", "f1"}, "bcubed": {…}, "reports", "missing"}``."""
    named = {"pairwise": scores.pairwise, "bcubed": scores.bcubed}
    figures = {
        name: {"precision": round(s.precision, 4), "recall": round(s.recall, 4), "f1": round(s.f1, 4)}
        for name, s in named.items()
    }
    return {**figures, "reports": scores.reports, "missing": [list(m) for m in scores.missing]}


def _meant(ledger: Snapshot, document: str, gold: GoldContact, side: Side) -> list[str]:
    """The reports of a document that name the parties; else those of the day that have their sides and no names."""
    near = [r for r in ledger.reports_of.get(document, ()) if _in_time(r, gold) and _by_such_means(r, gold)]
    named = [r.id for r in near if all(_named(r, wanted) for wanted in gold.parties)]
    sides = {wanted: ledger.side_of(wanted) or side(wanted) for wanted in gold.parties}
    return named or [r.id for r in near if r.when and all(_stood_for(r, *pair) for pair in sides.items())]


def _named(report: Report, wanted: str) -> bool:
    return any(p.value.name and same_person(wanted, p.value.name) for p in report.parties)


def _stood_for(report: Report, wanted: str, side: str | None) -> bool:
    """True if he is named, or his side takes part without a name."""
    nameless = any(p.value.side == side and not p.value.name for p in report.parties)
    return _named(report, wanted) or (side is not None and nameless)


def _by_such_means(report: Report, gold: GoldContact) -> bool:
    return gold.channel is None or report.channel.value in MEANS.get(gold.channel, CHANNELS)


def _in_time(report: Report, gold: GoldContact) -> bool:
    when = report.when.value if report.when else None
    if gold.day is None or when is None:
        return True
    slack = timedelta(1)
    return (when.earliest or date.min) <= gold.day + slack and (when.latest or date.max) >= gold.day - slack


def _event(ledger: Snapshot, contact: str) -> str:
    return ledger.fulfilled.get(contact, contact)


def _pairs(counts: Counter[Any]) -> int:
    return sum(n * (n - 1) // 2 for n in counts.values())


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 1.0
