"""Pronouns, "the two leaders", "the sides", "his counterpart": words that take up who was named before."""

from __future__ import annotations

from collections.abc import Sequence

from communique.extract.actors.cast import Cast, Figure, alike
from communique.extract.actors.memory import Memory, Said, distinct
from communique.extract.actors.pieces import NUMBERS, Piece, Scan, Title
from communique.extract.issuer import Issuer
from communique.knowledge.registry import Registry
from communique.model import Level, Party

PLURAL = frozenset({"they", "them", "their"})
FIRST_PERSON = frozenset({"i", "me", "my", "we", "our"})
_FEMALE = frozenset({"she", "her", "herself"})
_STATES = frozenset({"countries", "nations", "states", "governments", "capitals"})
_SET_REACH = 3


class Coreference:
    """Answers for one document; it reads the memory and the cast and changes only the last set."""

    def __init__(self, cast: Cast, memory: Memory, registry: Registry, issuer: Issuer | None) -> None:
        self.cast, self.memory, self.registry, self.issuer = cast, memory, registry, issuer

    def person(self, scan: Scan, piece: Piece) -> Figure | None:
        """Whom "he" or "she" means."""
        if piece.word in _FEMALE:
            at = scan.sentence.index, piece.first
            return self.memory.subject(*at, lambda f: f.female is True) or self.memory.subject(
                *at, lambda f: f.female is None and f.known is None
            )
        doer = self.memory.doer(scan.sentence.index, piece.first) if piece.word == "him" else None
        return self.memory.subject(scan.sentence.index, piece.first, lambda f: f.female is not True and f is not doer)

    def owner(self, scan: Scan, piece: Piece) -> Figure | None:
        """The person whose counterpart or minister is spoken of."""
        return self.memory.subject(scan.sentence.index, piece.first, lambda f: True)

    def several(self, scan: Scan, piece: Piece) -> tuple[Party, ...]:
        """Whom "they" means: the group just named, else people (or bodies) of two sides, here or a little before."""
        index = scan.sentence.index
        here = _joined([s for s in self.memory.by_sentence.get(index, ()) if s.last <= piece.first and s.figure])
        if len({p.side for p in here}) > 1:
            return here
        if self.memory.named_set and 0 <= index - self.memory.named_set[0] <= _SET_REACH:
            return self.memory.named_set[1]
        parties = self._people_or_bodies(index, piece)
        if parties:
            self.memory.they = (index, parties)
        return parties

    def _people_or_bodies(self, index: int, piece: Piece) -> tuple[Party, ...]:
        """People of two sides, else those whom "they" meant in the sentence before, else bodies that "and" joins."""
        for mentions in self.memory.before(index, piece.first):
            people = distinct(p for s in mentions if s.figure or len(s.parties) > 1 for p in s.parties)
            if len({p.side for p in people}) > 1:
                return people
            if self.memory.they and self.memory.they[0] == mentions[0].sentence:
                return self.memory.they[1]
            bodies = _joined(mentions)
            if len({p.side for p in bodies}) > 1:
                return bodies
        return ()

    def group(self, scan: Scan, piece: Piece, title: Title | None) -> tuple[Party, ...]:
        """Whom "the two leaders", "the presidents", "the sides", "both countries" mean."""
        count = piece.number or (number_of(scan, title) if title else None)
        chosen = self._present(scan, title, count)
        if len(chosen) < 2 and title is not None and title.level in ("leader", "minister"):
            chosen = self._of_sides(title, chosen, count or 2)
        if len(chosen) < 2 and title is None and piece.word != "two":
            chosen = self._bodies(chosen, count or 2)
        parties = tuple(chosen.values()) if len(chosen) > 1 else ()
        plain: tuple[str | None, Level] = (None, "body")
        office, level = self.cast.titles.group_nouns.get(piece.word, plain)
        if piece.word in _STATES or office:
            parties = tuple(Party(None, p.state, p.organisation, office, level) for p in parties)
        elif parties:
            self.memory.named_set = (scan.sentence.index, parties)
        return parties

    def _present(self, scan: Scan, title: Title | None, count: int | None) -> dict[str, Party]:
        """The people of that rank who are most present, one a side, in the order in which they were named."""
        weights = self.memory.weights(scan.sentence.index)
        fitting = [f for f in self.memory.figures() if f.side and (title is None or holds(f, title))]
        own = self.issuer.side if self.issuer else None
        fitting.sort(key=lambda f: (f.side != own, -weights.get(id(f), 0.0)))
        best: dict[str, Figure] = {}
        for figure in fitting:
            if figure.side and (len(best) < (count or 2) or self._close(figure, best, weights, count)):
                best.setdefault(figure.side, figure)
        order = {id(f): n for n, f in enumerate(reversed(list(self.memory.figures())))}
        ranked = sorted(best.items(), key=lambda pair: order[id(pair[1])])
        return {side: figure.party for side, figure in ranked}

    @staticmethod
    def _close(figure: Figure, best: dict[str, Figure], weights: dict[int, float], count: int | None) -> bool:
        """Whether a third person is as present as the second ("the presidents" of three states)."""
        if count is not None or figure.side in best:
            return False
        least = min(weights.get(id(f), 0.0) for f in best.values())
        return weights.get(id(figure), 0.0) >= 0.9 * least

    def _of_sides(self, title: Title, chosen: dict[str, Party], count: int) -> dict[str, Party]:
        found = dict(chosen)
        for side in self.memory.sides():
            if side not in found and len(found) < count:
                figure = self.cast.holder(title.role, side, title.head)
                if figure is not None:
                    found[side] = figure.party
        return found

    def _bodies(self, chosen: dict[str, Party], count: int) -> dict[str, Party]:
        found = dict(chosen)
        for said in reversed(self.memory.said[-60:]):
            for party in said.parties:
                if party.side and len(found) < count:
                    found.setdefault(party.side, party)
        return dict(reversed(found.items()))

    def counterparts(self, scan: Scan, piece: Piece, title: Title) -> tuple[tuple[Party, ...], Figure | None]:
        """Who "his Russian counterpart" is: the holder of the subject's office there, or on the other side."""
        subject = self.owner(scan, piece)
        sides = title.sides or (() if title.plural else self._other_side(subject))
        found: list[Party] = []
        figure: Figure | None = None
        for side in sides:
            role = subject.role if subject else None
            single = not title.plural or len(sides) > 1
            figure = self.cast.holder(role, side, "") if role and single else None
            state, organisation = self.registry.party_side(side)
            found.append(figure.party if figure else Party(None, state, organisation, "counterpart", None))
        return tuple(found), figure if len(found) == 1 else None

    def _other_side(self, subject: Figure | None) -> tuple[str, ...]:
        own = subject.side if subject else None
        figure = next((f for f in self.memory.figures() if f.side not in (None, own)), None)
        return (figure.side,) if figure and figure.side else ()


def _joined(mentions: Sequence[Said]) -> tuple[Party, ...]:
    """The last mentions that "and" joins ("Washington and Moscow")."""
    chain: list[Said] = []
    for said in reversed(mentions):
        chain.insert(0, said)
        if not said.joined:
            if len(chain) > 1:
                break
            chain = []
    return distinct(p for s in chain for p in s.parties)


def number_of(scan: Scan, title: Title) -> int | None:
    """The number before a plural title ("the three presidents")."""
    return next((NUMBERS[n] for n in scan.norms[title.first : title.start] if n in NUMBERS), None)


def holds(figure: Figure, title: Title) -> bool:
    """Whether a figure has the office or the rank that a title without a name speaks of."""
    level = figure.party.level
    if title.role in ("leader", "head-of-state", "head-of-government") or title.head == "leader":
        return level == "leader"
    if title.head in ("minister", "secretary") and (title.role in (None, "minister")):
        return level == "minister"
    if title.role is None:
        return level == title.level and title.head in (figure.party.office or "").lower()
    return alike(figure.role, title.role) and figure.role != "leader"
