"""Claims listed with their verdicts, and those that contradict each other side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from communique.model import Claim
from communique.reconcile.features import published_day
from communique.reconcile.names import same_person
from communique.views.check import Book, Verdict, check, verdict_json
from communique.views.counting import Window, window
from communique.views.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim, what the ledger says to it, and the ids of the claims that cannot be true together with it."""

    claim: Claim
    verdict: Verdict
    contradicts: tuple[str, ...] = ()


def claim_rows(ledger: Snapshot, held: Book) -> tuple[ClaimRow, ...]:
    """All claims of a ledger, in the order of publication."""
    against: dict[str, set[str]] = defaultdict(set)
    for a, b in contradictions(ledger):
        against[a.id].add(b.id)
        against[b.id].add(a.id)
    days = {c.id: published_day(ledger.documents.get(c.document)) for c in ledger.claims}
    ordered = sorted(ledger.claims, key=lambda c: (str(days[c.id] or "9999"), c.id))
    return tuple(ClaimRow(c, check(c, held, days[c.id]), tuple(sorted(against[c.id]))) for c in ordered)


def claim_json(ledger: Snapshot, row: ClaimRow) -> dict[str, Any]:
    """A line of ``claims --check --json``: that of ``check --json``, with ``"contradicts": [claim ids]``."""
    line = verdict_json(row.claim, ledger.documents[row.claim.document], row.verdict)
    return line | {"contradicts": list(row.contradicts)}


def contradictions(ledger: Snapshot) -> tuple[tuple[Claim, Claim], ...]:
    """Pairs of claims that cannot both be true, whatever took place."""
    blocks: dict[tuple[Any, ...], list[Claim]] = defaultdict(list)
    for claim in ledger.claims:
        sides = tuple(sorted({p.value.side or "" for p in claim.parties}))
        blocks[(claim.kind.value, claim.channel.value, sides)].append(claim)
    return tuple(_pairs(ledger, (block for block in blocks.values() if len(block) > 1)))


def _pairs(ledger: Snapshot, blocks: Iterable[list[Claim]]) -> Iterator[tuple[Claim, Claim]]:
    for block in blocks:
        for a, b in combinations(sorted(block, key=lambda c: c.id), 2):
            if _same_people(a, b) and _exclude(ledger, a, b):
                yield a, b


def _same_people(a: Claim, b: Claim) -> bool:
    for side in {p.value.side for p in a.parties}:
        left, right = ([p.value.name for p in c.parties if p.value.side == side] for c in (a, b))
        if not any(x == y or (x and y and same_person(x, y)) for x in left for y in right):
            return False
    return True


def _exclude(ledger: Snapshot, a: Claim, b: Claim) -> bool:
    spans = [window(c, published_day(ledger.documents.get(c.document))) for c in (a, b)]
    if a.kind.value == "count":
        return _more_in_less(a, b, *spans) or _more_in_less(b, a, *reversed(spans))
    if a.kind.value == "previous":
        return _two_days_before_one(*spans)
    return False


def _more_in_less(a: Claim, b: Claim, inner: Window, outer: Window) -> bool:
    """True if ``a`` claims more contacts in a time that lies wholly within that of ``b``."""
    if a.count is None or b.count is None or b.comparator in ("at-least", "about") or a.comparator == "about":
        return False
    within = outer.first <= inner.first and inner.last <= outer.sure_last
    return within and a.since is not None and b.since is not None and a.count.value > b.count.value


def _two_days_before_one(a: Window, b: Window) -> bool:
    """True if two different days are each said to be the last before one and the same contact."""
    same_end = (a.sure_last, a.last) == (b.sure_last, b.last)
    return same_end and (a.sure_first < b.first or b.sure_first < a.first)
