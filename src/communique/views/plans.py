"""What was announced, and what came of it: held, postponed, cancelled, or no report of it by a day.

A plan is a planned or proposed contact with all that was told of it. Plans that were put off and announced anew, or
that came to the same contact, are one chain and one row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from communique.model import Party, Report
from communique.reconcile.candidates import Sets
from communique.reconcile.features import published_day
from communique.reconcile.names import same_person
from communique.views.agree import Interval
from communique.views.contacts import ContactRow, contact_row
from communique.views.snapshot import Snapshot, lately

Outcome = Literal["held", "postponed", "cancelled", "unreported"]
PLANNED = ("planned", "proposed", "postponed", "cancelled")
ANEW = timedelta(365)
"""For how long after a postponement a new date is taken for the same plan."""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan, its first announcement, the day foreseen last, and the contact that fulfilled it.

    ``chain`` has the planned contacts it went through; ``by`` is the day up to which reports were looked at.
    """

    id: str
    outcome: Outcome
    announced: date | None
    foreseen: Interval | None
    contact: str | None
    parties: tuple[Party, ...]
    channel: str
    chain: tuple[str, ...]
    documents: tuple[str, ...]
    by: date | None


@dataclass(frozen=True, slots=True)
class _Step:
    row: ContactRow
    told: tuple[tuple[date, Report], ...]

    @property
    def first(self) -> date:
        return self.told[0][0] if self.told else date.max

    @property
    def last(self) -> date:
        return self.told[-1][0] if self.told else date.max


@lately(8)
def plan_rows(ledger: Snapshot, by: date | None = None) -> tuple[PlanRow, ...]:
    """All plans told of up to a day (None: to the ledger's last document), those foreseen first coming first."""
    days = [day for d in ledger.documents.values() if (day := published_day(d))]
    limit = by or max(days, default=None)
    steps = [s for s in _steps(ledger) if limit is None or s.first <= limit or not s.told]
    rows = (_row(ledger, chain, limit) for chain in _chains(ledger, steps))
    return tuple(sorted(rows, key=_order))


def plan_json(row: PlanRow) -> dict[str, Any]:
    """A line of ``plans --json``."""
    return {
        "id": row.id,
        "outcome": row.outcome,
        "announced": row.announced and row.announced.isoformat(),
        "foreseen": row.foreseen and row.foreseen.edtf,
        "contact": row.contact,
        "chain": list(row.chain),
        "documents": list(row.documents),
        "by": row.by and row.by.isoformat(),
    }


def _steps(ledger: Snapshot) -> Iterator[_Step]:
    for contact in ledger.contacts:
        reports = ledger.accounts(contact)
        if all(r.status.value in PLANNED for r in reports):
            dated = [(d, r) for r in reports if (d := published_day(ledger.documents.get(r.document)))]
            yield _Step(contact_row(ledger, contact), tuple(sorted(dated, key=lambda x: (x[0], x[1].id))))


def _chains(ledger: Snapshot, steps: Sequence[_Step]) -> Iterator[list[_Step]]:
    byid = {s.row.id: s for s in steps}
    sets = Sets(byid)
    for a, b in (*_same_outcome(ledger, byid), *_rescheduled(steps)):
        sets.join(a, b)
    for group in sets.groups():
        yield sorted((byid[i] for i in group), key=lambda s: (s.first, s.row.id))


def _same_outcome(ledger: Snapshot, plans: Iterable[str]) -> Iterator[tuple[str, str]]:
    first: dict[str, str] = {}
    for plan in sorted(plans):
        if held := ledger.fulfilled.get(plan):
            yield first.setdefault(held, plan), plan


def _rescheduled(steps: Sequence[_Step]) -> Iterator[tuple[str, str]]:
    """Each plan that was put off, with the next plan of the same people that was announced from then on."""
    blocks: dict[frozenset[str], list[_Step]] = defaultdict(list)
    for step in sorted(steps, key=lambda s: (s.first, s.row.id)):
        blocks[step.row.sides].append(step)
    for block in blocks.values():
        for put_off in block:
            since = next((day for day, r in put_off.told if r.status.value == "postponed"), None)
            anew = next((s for s in block if since and _anew(put_off, s, since)), None)
            if anew:
                yield put_off.row.id, anew.row.id


def _anew(old: _Step, new: _Step, since: date) -> bool:
    return (
        new is not old
        and since <= new.last <= since + ANEW
        and new.first >= old.first
        and _same_people(old.row, new.row)
    )


def _same_people(a: ContactRow, b: ContactRow) -> bool:
    """True unless a side is represented by different people."""
    for side in a.sides:
        left, right = ([p.name for p in row.parties if p.side == side and p.name] for row in (a, b))
        if left and right and not any(same_person(x, y) for x in left for y in right):
            return False
    return True


def _row(ledger: Snapshot, chain: Sequence[_Step], by: date | None) -> PlanRow:
    held = next((ledger.fulfilled[s.row.id] for s in chain if s.row.id in ledger.fulfilled), None)
    told = [day for s in chain for day, _ in s.told]
    dated = [s for s in chain if s.row.when] or list(chain)
    return PlanRow(
        id=chain[0].row.id,
        outcome=_outcome(chain, held),
        announced=min(told, default=None),
        foreseen=dated[-1].row.when,
        contact=held,
        parties=chain[-1].row.parties,
        channel=chain[-1].row.channel,
        chain=tuple(s.row.id for s in chain),
        documents=tuple(sorted({d for s in chain for d in s.row.documents})),
        by=by,
    )


def _outcome(chain: Sequence[_Step], held: str | None) -> Outcome:
    if held:
        return "held"
    last = max(chain, key=lambda s: (s.last if s.told else date.min, s.row.id)).row.status
    return "cancelled" if last == "cancelled" else "postponed" if last == "postponed" else "unreported"


def _order(row: PlanRow) -> tuple[date, date, str]:
    foreseen = row.foreseen.earliest if row.foreseen else None
    return foreseen or row.announced or date.max, row.announced or date.max, row.id
