"""Life-lines of agreements: the steps that all documents tell of and the registry knows, and where that leaves each.

A notice to withdraw takes effect after the agreement's own notice period; that step is computed, and says so.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

from communique import edtf
from communique.knowledge.registry import Agreement, Registry
from communique.model import Action, AgreementAction
from communique.reconcile.features import published_day
from communique.reconcile.names import fold
from communique.views.agree import Interval
from communique.views.snapshot import Snapshot, lately

StepBasis = Literal["documents", "registry", "notice"]
# actions that change where an agreement stands; the others (a proposal, an allegation) leave it where it was
SETTLING: Mapping[Action, str] = {
    "negotiated": "under negotiation",
    "signed": "signed",
    "ratified": "ratified",
    "in-force": "in force",
    "extended": "in force",
    "suspended": "suspended",
    "withdrawal-announced": "withdrawal announced",
    "withdrawn": "withdrawn from",
    "terminated": "terminated",
}
_BASES: tuple[StepBasis, ...] = ("documents", "registry", "notice")
_ORDER = tuple(SETTLING)
_PERIOD = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?")
_NOISE = frozenset(
    ("the", "of", "on", "and", "between", "agreement", "treaty", "accord", "pact", "deal", "memorandum", "a", "an")
)


@dataclass(frozen=True, slots=True)
class Step:
    """Something done to an agreement, by whom and when, and the documents that tell of it."""

    action: Action
    by: tuple[str, ...]
    when: Interval | None
    documents: tuple[str, ...]
    conditions: tuple[str, ...] = ()
    basis: StepBasis = "documents"
    told: date | None = None
    """The day it was first told of, for steps without a date of their own."""

    @property
    def day(self) -> date | None:
        """The day it goes by: when it was done, else when it was told."""
        return (self.when.earliest if self.when else None) or self.told


@dataclass(frozen=True, slots=True)
class LifeLine:
    """An agreement, its steps in the order of time, where it stands and since when."""

    agreement: str
    steps: tuple[Step, ...]
    status: str | None
    status_since: date | None


@lately(8)
def life_lines(ledger: Snapshot, registry: Registry, by: date | None = None) -> tuple[LifeLine, ...]:
    """The life-lines of all agreements that documents tell of, up to a day (None: the ledger's last document)."""
    known = _known(registry)
    told: dict[str, list[AgreementAction]] = defaultdict(list)
    for action in ledger.agreements:
        told[_key(action.agreement.value)].append(action)
    named: dict[str, list[AgreementAction]] = defaultdict(list)
    for key, actions in told.items():
        named[known.get(key) or _usual(actions)].extend(actions)
    limit = by or max((d for doc in ledger.documents.values() if (d := published_day(doc))), default=None)
    return tuple(_line(ledger, registry, name, named[name], limit) for name in sorted(named))


def line_json(line: LifeLine) -> dict[str, Any]:
    """A line of ``agreements --json``."""
    return {
        "agreement": line.agreement,
        "steps": [_step_json(step) for step in line.steps],
        "status": line.status,
        "status_since": line.status_since and line.status_since.isoformat(),
    }


def _step_json(step: Step) -> dict[str, Any]:
    when = step.when.edtf if step.when else None
    line = {"action": step.action, "by": list(step.by), "when": when, "documents": list(step.documents)}
    return line | {"basis": step.basis} | ({"conditions": list(step.conditions)} if step.conditions else {})


def _known(registry: Registry) -> Mapping[str, str]:
    """Folded names and aliases of the agreements that the registry has."""
    rows = registry.agreements.values()
    return {_key(name): row.name for row in rows for name in (*row.aliases, row.name)}


def _key(name: str) -> str:
    """The words that tell an agreement from others, in whatever order ("US-Russia", "Russia-US")."""
    words = fold(name).split()
    return " ".join(sorted({*words} - _NOISE)) or fold(name)


def _usual(actions: Sequence[AgreementAction]) -> str:
    """The name that documents give it most often."""
    names = Counter(a.agreement.value for a in actions)
    return min(names, key=lambda name: (-names[name], name))


def _line(
    ledger: Snapshot, registry: Registry, name: str, actions: Sequence[AgreementAction], by: date | None
) -> LifeLine:
    agreement = registry.agreements.get(name)
    steps = _merged([*_told(ledger, actions), *(_from_registry(registry, agreement) if agreement else ())])
    if agreement and agreement.notice:
        steps = _merged([*steps, *_effective(steps, agreement.notice)])
    ordered = tuple(sorted(steps, key=_order))
    now = _latest(s for s in ordered if s.day and (by is None or s.day <= by))
    return LifeLine(name, ordered, SETTLING[now.action] if now else None, now.day if now else None)


def _told(ledger: Snapshot, actions: Iterable[AgreementAction]) -> Iterator[Step]:
    for action in actions:
        value = action.when.value if action.when else None
        when = Interval(value.edtf, value.earliest, value.latest) if value else None
        sides = tuple(sorted({b.value for b in action.by}))
        conditions = (action.condition.value,) if action.condition else ()
        told = published_day(ledger.documents.get(action.document))
        yield Step(action.action.value, sides, when, (action.document,), conditions, told=told)


def _from_registry(registry: Registry, agreement: Agreement) -> Iterator[Step]:
    dates: tuple[tuple[Action, str | None], ...] = (
        ("signed", agreement.signed),
        ("in-force", agreement.in_force),
        ("terminated", agreement.ended),
    )
    for action, day in dates:
        if day:
            yield Step(action, (), _interval(day), (), basis="registry")
    for step in registry.agreement_steps:
        if step.agreement == agreement.name:
            yield Step(step.action, tuple(sorted(step.by)), _interval(step.date), (), basis="registry")


def _interval(text: str) -> Interval:
    return Interval(text, *edtf.bounds(text))


def _effective(steps: Sequence[Step], notice: str) -> Iterator[Step]:
    """A withdrawal takes effect when the notice period is over, where nobody says when it did."""
    known = [s for s in steps if s.action == "withdrawn"]
    for step in steps:
        if step.action != "withdrawal-announced" or not step.when or not step.when.earliest or not step.when.latest:
            continue
        if not any(_by_same(step, s) and (s.day or date.max) >= step.when.earliest for s in known):
            first, last = after(step.when.earliest, notice), after(step.when.latest, notice)
            yield Step("withdrawn", step.by, Interval(edtf.interval(first, last), first, last), (), basis="notice")


def _by_same(a: Step, b: Step) -> bool:
    return not a.by or not b.by or bool({*a.by} & {*b.by})


def after(day: date, period: str) -> date:
    """The day an ISO 8601 period of years, months and days later, within the month it leads to."""
    match = _PERIOD.fullmatch(period)
    if match is None:
        raise ValueError(f"no period of years, months and days: {period!r}")
    years, months, days = (int(part or 0) for part in match.groups())
    first, last = edtf.month_days(day.year + years, day.month + months)
    return min(first + timedelta(day.day - 1), last) + timedelta(days)


def _merged(steps: Iterable[Step]) -> list[Step]:
    """Steps that tell of one act put together: dated ones first, so that undated ones find theirs."""
    merged: list[Step] = []
    for step in sorted(steps, key=lambda s: (s.when is None, s.basis == "notice", *_order(s))):
        at = next((i for i, other in enumerate(merged) if _one_act(other, step)), None)
        if at is None:
            merged.append(step)
        else:
            merged[at] = _both(merged[at], step)
    return merged


def _one_act(a: Step, b: Step) -> bool:
    if a.action != b.action or not _by_same(a, b):
        return False
    if a.when is None or b.when is None:
        return True
    near = timedelta(2 if "notice" in (a.basis, b.basis) else 1)
    (first, last), (start, stop) = _ends(a.when), _ends(b.when)
    return _shift(start, -near) <= last and first <= _shift(stop, near)


def _both(a: Step, b: Step) -> Step:
    """One step of two: what documents tell has it over what is computed, the narrower date over the wider."""
    when = a.when if a.when and (b.when is None or _width(a.when) <= _width(b.when)) else b.when
    if a.basis != "notice" and b.basis == "notice":
        when = a.when or b.when
    return replace(
        a,
        by=tuple(sorted({*a.by, *b.by})),
        when=when,
        documents=tuple(sorted({*a.documents, *b.documents})),
        conditions=tuple(dict.fromkeys((*a.conditions, *b.conditions))),
        basis=min(a.basis, b.basis, key=_BASES.index),
        told=_earlier(a.told, b.told),
    )


def _earlier(a: date | None, b: date | None) -> date | None:
    return min((d for d in (a, b) if d), default=None)


def _ends(when: Interval) -> tuple[date, date]:
    return when.earliest or date.min, when.latest or date.max


def _width(when: Interval) -> int:
    first, last = _ends(when)
    return (last - first).days


def _shift(day: date, by: timedelta) -> date:
    return day if day in (date.min, date.max) else day + by


def _latest(steps: Iterable[Step]) -> Step | None:
    settling = [s for s in steps if s.action in SETTLING]
    return max(settling, key=lambda s: (s.day or date.min, _ORDER.index(s.action)), default=None)


def _order(step: Step) -> tuple[date, str, tuple[str, ...], tuple[str, ...]]:
    return step.day or date.max, step.action, step.by, step.documents
