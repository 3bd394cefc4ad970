"""When contacts came into a ledger, and the ones that came or changed last."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from heapq import nlargest

from communique.ledger import Ledger
from communique.views.contacts import ContactRow
from communique.views.shelf import Held
from communique.views.snapshot import Snapshot, kept

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
"""The time of what came in a revision that does not say when it was."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A contact, when a document told of it first, and when one last came or was edited."""

    row: ContactRow
    first: datetime
    last: datetime


def newest(held: Held, rows: Iterable[ContactRow], most: int) -> tuple[Arrival, ...]:
    """The contacts among some of which documents came or were edited last, those first; at most so many."""
    came, at = _came(held.snapshot, held.ledger), _times(held.snapshot, held.ledger)
    spans = ((_revisions(came, row), row) for row in rows)
    found = nlargest(most, spans, key=lambda one: (one[0][1], one[0][0], one[1].id))
    return tuple(Arrival(row, at(first), at(last)) for (first, last), row in found)


def _revisions(came: Mapping[str, tuple[int, int]], row: ContactRow) -> tuple[int, int]:
    known = [came[document] for document in row.documents if document in came]
    return min((first for first, _ in known), default=0), max((last for _, last in known), default=0)


@kept
def _came(_: Snapshot, ledger: Ledger) -> Mapping[str, tuple[int, int]]:
    return ledger.arrived()


@kept
def _times(_: Snapshot, ledger: Ledger) -> Callable[[int], datetime]:
    """The time of a revision; of one that does not say it, that of the latest before it that does."""
    told: dict[int, datetime] = {}
    last = BEGINNING
    for revision in reversed(ledger.revisions()):
        told[revision.number] = last = _moment(revision.at) or last
    return lambda number: told.get(number, last)


def _moment(words: str | None) -> datetime | None:
    """A time as revisions have it; without a zone it is UTC."""
    try:
        found = datetime.fromisoformat(words or "")
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
