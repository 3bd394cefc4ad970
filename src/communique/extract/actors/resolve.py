"""Who the pieces of a document stand for: a pass through the sentences with a memory of who was named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from communique.extract.actors.cast import Cast, Figure, alike
from communique.extract.actors.parse import PRONOUNS
from communique.extract.actors.pieces import Piece, Scan, Title
from communique.extract.actors.titles import DETERMINERS
from communique.extract.context import ActorMention, MentionKind
from communique.extract.issuer import Issuer
from communique.knowledge.registry import Registry
from communique.knowledge.titles import Titles
from communique.model import Party, Span

_PLURAL = frozenset({"they", "them", "their"})
_FIRST = frozenset({"i", "me", "my", "we", "our"})
_FEMALE = frozenset({"she", "her", "herself"})
_BIG = 6


@dataclass(slots=True)
class Said:
    """A mention that later words may take up."""

    sentence: int
    first: int
    parties: tuple[Party, ...]
    figure: Figure | None
    quoted: bool


@dataclass(slots=True)
class Memory:
    """What has been said so far; ``speaker`` is who speaks in the first person."""

    said: list[Said] = field(default_factory=list)
    speaker: Figure | None = None
    last_set: tuple[int, tuple[Party, ...]] | None = None


class Resolver:
    """Turns pieces into mentions, sentence by sentence; keeps the cast of the document."""

    def __init__(
        self, registry: Registry, titles: Titles, day: date | None, issuer: Issuer | None, document: str
    ) -> None:
        self.registry, self.titles, self.day, self.issuer = registry, titles, day, issuer
        self.cast = Cast(registry, titles, day)
        self.memory = Memory()
        self._document = document

    def sentence(self, scan: Scan, found: Sequence[Piece]) -> tuple[ActorMention, ...]:
        """The mentions of one sentence, in order."""
        mentions: list[ActorMention] = []
        quoted = _quoted(scan)
        for piece in found:
            resolved = self._resolve(scan, piece, found)
            if resolved is None:
                continue
            parties, rule, figure = resolved
            mentions.append(self._mention(scan, piece, parties, rule))
            if piece.kind != "pronoun" and parties and not piece.adjective:
                self.memory.said.append(Said(scan.sentence.index, piece.first, parties, figure, piece.first in quoted))
        return tuple(mentions)

    def _resolve(
        self, scan: Scan, piece: Piece, found: Sequence[Piece]
    ) -> tuple[tuple[Party, ...], str, Figure | None] | None:
        if piece.kind == "titled" and piece.title is not None:
            if piece.name is not None:
                return self._titled(scan, piece, piece.title)
            return self._office(scan, piece, piece.title)
        if piece.kind == "name":
            return self._name(scan, piece)
        if piece.kind in ("body", "people"):
            return self._body(scan, piece)
        if piece.kind == "group":
            return self._parties(self._group(piece.values[0]), "group.known")
        if piece.kind == "set":
            return self._parties(self._set(scan, piece, None), "group.sides")
        if piece.kind == "pronoun":
            return self._pronoun(scan, piece)
        return None

    def _mention(self, scan: Scan, piece: Piece, parties: tuple[Party, ...], rule: str) -> ActorMention:
        tokens = scan.tokens
        span = Span(self._document, tokens[piece.first].start, tokens[piece.last - 1].stop, scan.sentence.part)
        possessive = scan.norms[piece.last] in ("'s", "'") or piece.word in ("his", "her", "their", "my", "our")
        return ActorMention(
            scan.sentence.index, piece.first, piece.last, span, self._kind(piece, parties), parties, rule,
            piece.adjective, possessive, len(parties) > 1 or piece.kind == "set" or bool(piece.title and piece.title.plural),
        )  # fmt: skip

    def _kind(self, piece: Piece, parties: tuple[Party, ...]) -> MentionKind:
        if piece.kind == "titled" and piece.title is not None:
            if piece.name is not None:
                return "person"
            return "group" if piece.title.plural else "office"
        if piece.kind == "name":
            return "person"
        if piece.kind == "pronoun":
            return "pronoun"
        if piece.kind in ("group", "set"):
            return "group"
        if piece.office is not None and piece.level != "body":
            return "office"
        return "organisation" if parties and parties[0].organisation else "state"

    @staticmethod
    def _parties(parties: tuple[Party, ...], rule: str) -> tuple[tuple[Party, ...], str, Figure | None]:
        return parties, rule if parties else f"{rule}.unresolved", None

    # -- persons -------------------------------------------------------------------------------------------------

    def _titled(self, scan: Scan, piece: Piece, title: Title) -> tuple[tuple[Party, ...], str, Figure | None]:
        assert piece.name is not None
        name = scan.words(*piece.name)
        side = piece.values[0] if piece.values else None
        role = None if title.former else title.role
        if title.head == "counterpart":
            role = self._subject_role(scan, piece)
        rule = "person.introduced"
        figure = self.cast.named(name, side)
        if figure is None:
            figure = self.cast.known(name, side, role, True)
            rule = "person.known"
        if figure is None:
            side = side or self._side_in_context(scan, piece, title)
            figure = self.cast.new(name, side, role, None if title.former else title.level)
            rule = "person.titled"
        elif figure.party.side is None and side:
            state, organisation = self.registry.party_side(side)
            figure.party = replace(figure.party, state=state, organisation=organisation)
        office = None if title.head == "counterpart" else office_words(scan, title)
        self.cast.office(figure, office, None if title.former else title.level, role)
        return (figure.party,), rule, figure

    def _name(self, scan: Scan, piece: Piece) -> tuple[tuple[Party, ...], str, Figure | None] | None:
        assert piece.name is not None
        name = scan.words(*piece.name)
        figure = self.cast.named(name)
        if figure is not None:
            return (figure.party,), "person.again", figure
        single = piece.name[1] - piece.name[0] == 1
        if single and (
            scan.norms[piece.name[0]] in scan.common or len(name) < 2 or (piece.first != piece.name[0] and False)
        ):
            return None
        figure = self.cast.known(name, None, None, False)
        if figure is None:
            return None
        return (figure.party,), "person.surname" if single else "person.known", figure

    def _side_in_context(self, scan: Scan, piece: Piece, title: Title) -> str | None:
        """Whose minister an unknown person is whose title names no state: the nearest foreign side, else the issuer's."""
        own = self.issuer.side if self.issuer else None
        here = [s for s in reversed(self.memory.said) if s.sentence == scan.sentence.index and s.first < piece.first]
        for said in here:
            side = said.parties[0].side
            if said.figure is not None and side != own and len(said.parties) == 1:
                return side
        if own and not any(s.parties[0].side != own for s in self.memory.said[-4:]):
            return own
        ahead = [a.value for a in scan.atoms if a.kind in ("state", "adjective") and a.value != own]
        if ahead:
            return ahead[0]
        for said in reversed(self.memory.said[-8:]):
            if said.parties[0].side and said.parties[0].side != own:
                return said.parties[0].side
        return own

    # -- offices -------------------------------------------------------------------------------------------------

    def _office(self, scan: Scan, piece: Piece, title: Title) -> tuple[tuple[Party, ...], str, Figure | None] | None:
        if title.head == "counterpart":
            return self._counterpart(scan, piece, title)
        if title.plural:
            return self._officers(scan, piece, title)
        if title.sides:
            side = title.sides[0]
            figure = None
            if title.det not in ("a", "an") and not title.former:
                figure = self.cast.holder(title.role, side, title.head)
            if figure is not None:
                self.cast.office(figure, office_words(scan, title), title.level, title.role)
                return (figure.party,), "office.holder", figure
            state, organisation = self.registry.party_side(side)
            level = None if title.former else title.level
            return (Party(None, state, organisation, office_words(scan, title), level),), "office.body", None
        figure = self._of_context(scan, piece, title)
        if figure is None:
            return (
                None
                if not title.capital and title.level not in ("leader", "minister")
                else ((), "office.unresolved", None)
            )
        return (figure.party,), "office.context", figure

    def _of_context(self, scan: Scan, piece: Piece, title: Title) -> Figure | None:
        """ "The President": the issuer's own, else the last named who holds such an office."""
        if title.det in ("his", "her", "their"):
            owner = self._person_before(scan, piece, None)
            return self.cast.holder(title.role, owner.side, title.head) if owner and owner.side else None
        own = self.issuer
        if title.det == "our" and own:
            return self.cast.holder(title.role, own.side, title.head)
        if (
            own
            and title.role
            and ((alike(own.role, title.role) and title.role != "leader") or own.role == "head-of-state")
        ):
            figure = self.cast.holder(title.role, own.side, title.head)
            if figure is not None:
                return figure
        recent = next((s.figure for s in reversed(self.memory.said) if s.figure and _holds(s.figure, title)), None)
        if recent is not None:
            return recent
        if own and title.role and title.role != "leader":
            return self.cast.holder(title.role, own.side, title.head)
        return None

    def _officers(self, scan: Scan, piece: Piece, title: Title) -> tuple[tuple[Party, ...], str, Figure | None]:
        """ "The presidents of Lithuania and Poland", "G7 leaders", "the two leaders"."""
        if not title.sides:
            return self._parties(self._set(scan, piece, title), "group.officers")
        parties: list[Party] = []
        for side in (m for s in title.sides for m in self._members(s)):
            figure = self.cast.holder(title.role, side, title.head) if title.level in ("leader", "minister") else None
            state, organisation = self.registry.party_side(side)
            several = len(title.sides) == 1 and not self._members(title.sides[0])[1:]
            if figure is None or several:
                parties.append(Party(None, state, organisation, office_words(scan, title), title.level))
            else:
                parties.append(figure.party)
        return tuple(parties), "group.of-sides", None

    def _members(self, value: str) -> tuple[str, ...]:
        group = self.registry.groups.get(value)
        return group.members if group is not None and len(group.members) < _BIG else (value,)

    def _group(self, value: str) -> tuple[Party, ...]:
        parties = []
        for side in self._members(value):
            state, organisation = self.registry.party_side(side)
            parties.append(Party(None, state, organisation, None, "body"))
        return tuple(parties)

    def _counterpart(self, scan: Scan, piece: Piece, title: Title) -> tuple[tuple[Party, ...], str, Figure | None]:
        role = self._subject_role(scan, piece)
        sides = title.sides or self._other_side(scan, piece)
        found: list[Party] = []
        figure: Figure | None = None
        for side in sides:
            state, organisation = self.registry.party_side(side)
            figure = self.cast.holder(role, side, "") if role and not title.plural else None
            found.append(figure.party if figure else Party(None, state, organisation, "counterpart", None))
        return self._parties(tuple(found), "counterpart")[:2] + (figure if len(found) == 1 else None,)

    def _subject_role(self, scan: Scan, piece: Piece) -> str | None:
        subject = self._person_before(scan, piece, None)
        return subject.role if subject else None

    def _other_side(self, scan: Scan, piece: Piece) -> tuple[str, ...]:
        subject = self._person_before(scan, piece, None)
        own = subject.side if subject else None
        for said in reversed(self.memory.said):
            if said.figure and said.figure.side not in (None, own):
                return (said.figure.side or "",)
        return ()

    # -- bodies --------------------------------------------------------------------------------------------------

    def _body(self, scan: Scan, piece: Piece) -> tuple[tuple[Party, ...], str, Figure | None] | None:
        if piece.values:
            state, organisation = self.registry.party_side(piece.values[0])
            rule = "state.adjective" if piece.adjective else "side.body" if piece.office else "side.name"
            return (Party(None, state, organisation, piece.office, piece.level),), rule, None
        side = self.issuer.side if self.issuer else self._last_side()
        if side is None:
            return None
        state, organisation = self.registry.party_side(side)
        return (Party(None, state, organisation, piece.office, "body"),), "side.context", None

    def _last_side(self) -> str | None:
        return next((s.parties[0].side for s in reversed(self.memory.said) if s.parties[0].side), None)

    # -- pronouns and sets -----------------------------------------------------------------------------------------

    def _pronoun(self, scan: Scan, piece: Piece) -> tuple[tuple[Party, ...], str, Figure | None] | None:
        word = piece.word
        if word in _FIRST:
            speaker = self.memory.speaker
            return ((speaker.party,), "pronoun.speaker", speaker) if speaker else None
        if word in _PLURAL:
            return self._parties(self._plural(scan, piece), "pronoun.plural")
        figure = self._person_before(scan, piece, word in _FEMALE)
        return ((figure.party,), "pronoun.person", figure) if figure else ((), "pronoun.unresolved", None)

    def _person_before(self, scan: Scan, piece: Piece, female: bool | None) -> Figure | None:
        """The person who is the subject: the first of this sentence before the piece, else of the sentence before."""
        index = scan.sentence.index
        for back in range(4):
            here = [
                s
                for s in self.memory.said
                if s.sentence == index - back and s.figure and (back or s.first < piece.first)
            ]
            fitting = [s for s in here if female is None or (s.figure.female is True) == female] if here else []
            if female and not fitting:
                fitting = [s for s in here if s.figure and s.figure.female is not False and s.figure.known is None]
            outside = [s for s in fitting if not s.quoted] or fitting
            if outside:
                return outside[0].figure
        return None

    def _plural(self, scan: Scan, piece: Piece) -> tuple[Party, ...]:
        index = scan.sentence.index
        if self.memory.last_set and index - self.memory.last_set[0] <= 3:
            return self.memory.last_set[1]
        for back in range(4):
            here = [s for s in self.memory.said if s.sentence == index - back and (back or s.first < piece.first)]
            people = _distinct([p for s in here if s.figure or len(s.parties) > 1 for p in s.parties])
            if len({p.side for p in people}) > 1:
                return people
            sides = _distinct([p for s in here for p in s.parties])
            if len({p.side for p in sides}) > 1:
                return sides[-2:] if not people else sides
        return ()

    def _set(self, scan: Scan, piece: Piece, title: Title | None) -> tuple[Party, ...]:
        """ "The two leaders", "the sides": the last so many people (of that rank) of different sides."""
        count = piece.count or (_count(scan, title) if title else None)
        wanted = None if title is None else title
        people = [s for s in reversed(self.memory.said) if s.figure and (wanted is None or _holds(s.figure, wanted))]
        chosen: dict[str | None, Party] = {}
        for said in people:
            for party in said.parties:
                if party.side and party.side not in chosen and len(chosen) < (count or 2):
                    chosen[party.side] = party
        if len(chosen) < 2 and title is not None and title.level in ("leader", "minister"):
            chosen = self._leaders_of_sides(title, chosen, count or 2)
        if len(chosen) < 2 and title is None:
            for said in reversed(self.memory.said):
                for party in said.parties:
                    if party.side and len(chosen) < (count or 2):
                        chosen.setdefault(party.side, party)
        parties = tuple(reversed(chosen.values())) if len(chosen) > 1 else ()
        if parties:
            self.memory.last_set = (scan.sentence.index, parties)
        return parties

    def _leaders_of_sides(self, title: Title, chosen: dict[str | None, Party], count: int) -> dict[str | None, Party]:
        found = dict(chosen)
        for said in reversed(self.memory.said):
            side = said.parties[0].side
            if side and side not in found and len(found) < count:
                figure = self.cast.holder(title.role, side, title.head)
                if figure is not None:
                    found[side] = figure.party
        return found


def office_words(scan: Scan, title: Title) -> str:
    """The title as the document gives it, without determiner and number."""
    first = title.first
    while scan.norms[first] in DETERMINERS or scan.norms[first] in ("two", "three", "both", "new", "then", "visiting"):
        first += 1
    return scan.words(min(first, title.start), title.last)


def _holds(figure: Figure, title: Title) -> bool:
    if title.role in ("leader", "head-of-state") or title.head == "leader":
        return figure.party.level == "leader"
    if title.role == "minister" or (title.role is None and title.head == "minister"):
        return figure.party.level == "minister"
    if title.role is None:
        return figure.party.level == title.level and title.head in (figure.party.office or "").lower()
    return alike(figure.role, title.role) and figure.role != "leader"


def _count(scan: Scan, title: Title) -> int | None:
    numbers = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5}
    return next((numbers[n] for n in scan.norms[title.first : title.start] if n in numbers), None)


def _distinct(parties: Sequence[Party]) -> tuple[Party, ...]:
    seen: dict[tuple[str | None, str | None], Party] = {}
    for party in parties:
        seen.setdefault((party.name, party.side), party)
    return tuple(seen.values())


def _quoted(scan: Scan) -> frozenset[int]:
    """Tokens between quotation marks."""
    marks = [t.text for t in scan.tokens if t.text in "“”«»"]
    inside, found = bool(marks) and marks[0] in "”»", set[int]()
    for at, token in enumerate(scan.tokens):
        if token.text in ("“", "«", "„"):
            inside = True
        elif token.text in ("”", "»"):
            inside = False
        elif token.text == '"':
            inside = not inside
        elif inside:
            found.add(at)
    return frozenset(found)


__all__ = ["PRONOUNS", "Resolver", "office_words"]
