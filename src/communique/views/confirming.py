"""Which sides of a contact tell of it themselves, and at what level it was held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from communique.model import Level, Party
from communique.views.contacts import ContactRow
from communique.views.snapshot import Snapshot

_RANK: tuple[Level, ...] = ("leader", "minister", "senior", "envoy", "expert", "body")


def confirmed_by(ledger: Snapshot, row: ContactRow) -> frozenset[str]:
    """The sides that took part and of which a document of their own tells of it; media confirm for nobody."""
    documents = (ledger.documents[d] for d in row.documents if d in ledger.documents)
    return row.sides & {side for document in documents if (side := ledger.issuers.of(document))}


def level_of(parties: Iterable[Party], sides: Iterable[str]) -> Level:
    """The level of a contact between sides: that of the lower of their highest ranks; ``body`` if nobody is named.

    A side of which only the state is named does not lower it.
    """
    highest = _highest(parties)
    named = [rank for side in sides if (rank := highest.get(side, "body")) != "body"]
    return max(named, key=_RANK.index, default="body")


def _highest(parties: Iterable[Party]) -> Mapping[str, Level]:
    best: dict[str, Level] = {}
    for party in parties:
        rank = party.level or "body"
        if party.side and _RANK.index(rank) < _RANK.index(best.get(party.side, "body")):
            best[party.side] = rank
    return best
