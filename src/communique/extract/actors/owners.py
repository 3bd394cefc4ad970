"""Whose minister somebody is whose title names no state."""

from __future__ import annotations

from collections.abc import Sequence

from communique.extract.actors.memory import Memory
from communique.extract.actors.pieces import Piece, Scan, Title
from communique.extract.issuer import Issuer

# roles that companies, clubs and parties have as well
_PRIVATE_TOO = frozenset({
    "president", "vice-president", "agency-head", "spokesperson", "expert", "leader", "party-official",
    "chief-of-staff", "organisation-head", "secretary-general", "deputy-head-of-organisation", "monarch", "governor",
})  # fmt: skip


class Owners:
    """Finds the side of a person unknown to the registry from the words around."""

    def __init__(self, memory: Memory, issuer: Issuer | None) -> None:
        self.memory, self.issuer = memory, issuer

    def public(self, title: Title) -> bool:
        """Whether a title whose side nobody names is one of a government rather than of a company or club."""
        if self.issuer or (title.capital and title.level in ("leader", "minister", "envoy")):
            return True
        return title.role is not None and title.role not in _PRIVATE_TOO

    def listed(self, scan: Scan, piece: Piece, found: Sequence[Piece]) -> str | None:
        """What the list around says: "T A and T B of Iraq"; "Syrian counterparts, including T A"."""
        place = next((n for n, p in enumerate(found) if p.first == piece.first), 0)
        return self._after(scan, piece, found[place + 1 :]) or self._before(scan, piece, found[:place])

    def _after(self, scan: Scan, piece: Piece, found: Sequence[Piece]) -> str | None:
        end = piece.last
        for follow in found:
            if not _linked(scan, end, follow.first) or follow.kind != "titled":
                return None
            if follow.values and scan.norms[follow.last - 2] in ("of", "the"):
                return follow.values[0]
            end = follow.last
        return None

    def _before(self, scan: Scan, piece: Piece, found: Sequence[Piece]) -> str | None:
        start = piece.first
        here = {s.first: s for s in self.memory.by_sentence.get(scan.sentence.index, ())}
        for before in reversed(found):
            if not _linked(scan, before.last, start):
                return None
            said = here.get(before.first)
            met = scan.norms[before.last : start] == ("with",)
            if said is not None and said.parties[0].side and not met:
                return said.parties[0].side
            start = before.first
        return None

    def nearby(self, scan: Scan, piece: Piece) -> str | None:
        """The foreign side named nearest in the sentence, then the one most spoken of, then the issuer's own."""
        own = self.issuer.side if self.issuer else None
        if own and self._speaks_for_issuer(scan, piece):
            return own
        free = [a for a in scan.atoms if a.kind in ("state", "adjective") and a.first not in scan.titled]
        if not free and piece.first and scan.isa(piece.first - 1, "oblique", "list_links"):
            free = [a for a in scan.atoms if a.kind == "capital" and a.first < piece.first]
        before = [a.value for a in free if a.first < piece.first]
        after = [a.value for a in free if a.first >= piece.last]
        foreign = [side for side in (*reversed(before), *after) if side != own]
        return foreign[0] if foreign else self.memory.prevailing(scan.sentence.index, own)

    @staticmethod
    def _speaks_for_issuer(scan: Scan, piece: Piece) -> bool:
        """ "Statement by Spokesperson X"."""
        spokesperson = piece.title is not None and piece.title.role == "spokesperson"
        return spokesperson or "statement" in scan.norms[max(0, piece.first - 3) : piece.first]


def _linked(scan: Scan, first: int, last: int) -> bool:
    """Whether only list words stand between two mentions."""
    return first <= last and all(scan.isa(at, "list_links") for at in range(first, last))
