"""What was announced and what came of it; what was done to agreements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import get_args

from communique.errors import NotFoundError, unknown
from communique.views.agreements import LifeLine, line_json
from communique.views.plans import Outcome, PlanRow, plan_json
from communique.views.tables import Cell
from communique.views.words import clean, parties_words
from communique.web.answers import Asked, Page, listed, part

OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)


def plans(asked: Asked) -> Page:
    """The plans board: what is still open first, then by the day foreseen, newest first."""
    outcome = asked.one("outcome")
    if outcome and outcome not in OUTCOMES:
        raise unknown("outcome", outcome, OUTCOMES)
    counts = Counter(plan.outcome for plan in asked.held.plans)
    rows = tuple(reversed([p for p in asked.held.plans if outcome in (None, p.outcome)]))
    found = part(asked, rows, lambda p: p.id)
    return Page(
        "plans.html", "Plans",
        {
            "part": found, "counts": counts, "outcome": outcome, "outcomes": OUTCOMES, "rows": asked.held.row_of,
        },
        lambda: listed(asked, found, map(plan_json, found.items)),
        ("id", "outcome", "announced", "foreseen", "contact", "channel", "parties", "by"), lambda: _plan_cells(rows),
    )  # fmt: skip


def _plan_cells(rows: Iterable[PlanRow]) -> Iterator[tuple[Cell, ...]]:
    for p in rows:
        days = (str(p.announced or ""), p.foreseen.edtf if p.foreseen else None)
        yield p.id, p.outcome, *days, p.contact, p.channel, clean(parties_words(p.parties)), str(p.by or "")


def agreements(asked: Asked) -> Page:
    """Agreements and where they stand, those of which most documents tell first."""
    words = (asked.one("name") or "").casefold()
    rows = tuple(sorted((x for x in asked.held.lines if words in x.agreement.casefold()), key=_weight))
    found = part(asked, rows, lambda x: x.agreement)
    return Page(
        "agreements.html", "Agreements", {"part": found},
        lambda: listed(asked, found, map(line_json, found.items)),
        ("agreement", "status", "status_since", "steps", "documents"), lambda: _line_cells(rows),
    )  # fmt: skip


def agreement(asked: Asked) -> Page:
    """The life-line of one agreement, step by step."""
    name = asked.path["identity"]
    line = next((x for x in asked.held.lines if x.agreement == name), None)
    if line is None:
        raise NotFoundError(f"No document here tells of an agreement called {name[:200]}.")
    return Page(
        "agreement.html", name, {"line": line}, lambda: line_json(line) | {"revision": asked.held.revision},
        ("when", "action", "by", "basis", "conditions", "documents"), lambda: _step_cells(line),
    )  # fmt: skip


def told(line: LifeLine) -> int:
    """How many documents tell of an agreement."""
    return len({document for step in line.steps for document in step.documents})


def _weight(line: LifeLine) -> tuple[int, str]:
    return -told(line), line.agreement


def _line_cells(rows: Iterable[LifeLine]) -> Iterator[tuple[Cell, ...]]:
    return ((x.agreement, x.status, str(x.status_since or ""), len(x.steps), told(x)) for x in rows)


def _step_cells(line: LifeLine) -> Iterator[tuple[Cell, ...]]:
    for s in line.steps:
        joined = (", ".join(some) for some in (s.conditions, s.documents))
        yield s.when.edtf if s.when else None, s.action, ", ".join(s.by), s.basis, *joined
