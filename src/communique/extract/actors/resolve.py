"""Who the pieces of a document stand for: a pass through the sentences with a memory of who was named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from communique.extract.actors.cast import Cast, Figure, alike, vague_role
from communique.extract.actors.coreference import FIRST_PERSON, PLURAL, Coreference, holds
from communique.extract.actors.memory import Memory, Said
from communique.extract.actors.owners import Owners
from communique.extract.actors.pieces import Piece, Scan, Title
from communique.extract.actors.signs import (
    acts_after,
    alone,
    kind_of,
    office_words,
    opens,
    person_like,
    quoted_tokens,
    vocative,
)
from communique.extract.context import SPEAKER, ActorMention
from communique.extract.issuer import Issuer
from communique.knowledge.names import keys
from communique.knowledge.registry import Registry
from communique.knowledge.titles import Titles
from communique.model import Level, Party, Span

Resolved = tuple[tuple[Party, ...], str, Figure | None]
_BIG = 6  # members of an organisation that its name does not stand for
_LARGEST = 10  # members of a group that is none, for whom its name stands
_FEW = re.compile(r"G\d")  # a small group that is also listed as an organisation
_LATER = ("pronoun", "set")


class Resolver:
    """Turns pieces into mentions, sentence by sentence; keeps the cast of the document."""

    def __init__(
        self,
        registry: Registry,
        titles: Titles,
        day: date | None,
        issuer: Issuer | None,
        document: str,
        sides: frozenset[str] = frozenset(),
    ) -> None:
        self.registry, self.titles, self.issuer, self.document = registry, titles, issuer, document
        self.cast = Cast(registry, titles, day, sides)
        self.memory = Memory()
        self.owners = Owners(self.memory, issuer)
        self.later = Coreference(self.cast, self.memory, registry, issuer)

    def speaks(self) -> None:
        """Make the issuer's leader the one who says "I"."""
        if self.issuer and self.issuer.role in self.registry.roles:
            self.memory.speaker = self.cast.holder(self.issuer.role, self.issuer.side, "")

    def sentence(self, scan: Scan, found: Sequence[Piece]) -> tuple[ActorMention, ...]:
        """The mentions of one sentence, in order; names and offices are resolved before the pronouns between them."""
        quoted = quoted_tokens(scan)
        self._turn(scan, found)
        mentions: list[ActorMention] = []
        for piece in sorted(found, key=lambda p: (p.kind in _LATER, p.first)):
            resolved = self._resolve(scan, piece, found, quoted)
            if resolved is None:
                continue
            parties, rule, figure = resolved
            mentions.append(self._mention(scan, piece, parties, rule))
            if piece.kind not in _LATER and parties and not piece.adjective:
                self.memory.add(self._said(scan, piece, parties, figure, quoted))
        return tuple(sorted(mentions, key=lambda m: m.first))

    def _turn(self, scan: Scan, found: Sequence[Piece]) -> None:
        """A speaker's label ("Vladimir Putin: …") decides who says "I" from here on."""
        for piece in found[:2]:
            if piece.kind in ("titled", "name") and piece.name is not None and scan.norms[piece.last] == ":":
                resolved = self._resolve(scan, piece, found, frozenset())
                if resolved is not None and resolved[2] is not None and opens(scan, piece.first):
                    self.memory.speaker = resolved[2]

    def _said(
        self, scan: Scan, piece: Piece, parties: tuple[Party, ...], figure: Figure | None, quoted: frozenset[int]
    ) -> Said:
        owned = scan.norms[piece.last] in ("'s", "'")
        listed = self._listed(scan, piece)
        leads = listed is None or listed.subject or listed.figure is figure
        oblique = piece.first and scan.isa(piece.first - 1, "oblique") and not acts_after(scan, piece)
        return Said(
            scan.sentence.index,
            piece.first,
            piece.last,
            parties,
            figure,
            piece.first in quoted,
            not owned and not oblique and (leads or acts_after(scan, piece)),
            listed is not None,
        )

    def _listed(self, scan: Scan, piece: Piece) -> Said | None:
        """The mention before, where only "and", "the" or a comma stands between it and this one."""
        here = [s for s in self.memory.by_sentence.get(scan.sentence.index, ()) if s.last <= piece.first]
        before = max(here, key=lambda s: s.last, default=None)
        joins = before is not None and set(scan.norms[before.last : piece.first]) <= {"and", "the", ",", "-", "&"}
        return before if joins else None

    def _resolve(self, scan: Scan, piece: Piece, found: Sequence[Piece], quoted: frozenset[int]) -> Resolved | None:
        if piece.kind == "titled" and piece.title is not None:
            named = piece.name is not None
            return self._titled(scan, piece, piece.title, found) if named else self._office(scan, piece, piece.title)
        if piece.kind == "name":
            return self._name(scan, piece)
        if piece.kind in ("body", "group") and self._domestic(scan, piece):
            return None
        if piece.kind in ("body", "people"):
            return self._body(piece)
        if piece.kind == "group":
            return self._known_group(piece), "group.known", None
        if piece.kind == "set":
            parties = self.later.group(scan, piece, None)
            return parties, "group.sides" if parties else "group.unresolved", None
        return self._pronoun(scan, piece, piece.first in quoted)

    def _mention(self, scan: Scan, piece: Piece, parties: tuple[Party, ...], rule: str) -> ActorMention:
        tokens = scan.tokens
        span = Span(self.document, tokens[piece.first].start, tokens[piece.last - 1].stop, scan.sentence.part)
        possessive = scan.norms[piece.last] in ("'s", "'") or piece.word in ("his", "her", "their", "my", "our")
        plural = len(parties) > 1 or piece.kind == "set" or bool(piece.title and piece.title.plural and not piece.name)
        return ActorMention(
            scan.sentence.index, piece.first, piece.last, span, kind_of(piece, parties), parties, rule, piece.adjective,
            possessive, plural,
        )  # fmt: skip

    # -- persons -------------------------------------------------------------------------------------------------

    def _titled(self, scan: Scan, piece: Piece, title: Title, found: Sequence[Piece]) -> Resolved | None:
        assert piece.name is not None
        name = scan.words(*piece.name)
        side = self._owner(scan, piece) or (piece.values[0] if piece.values else None)
        role = None if title.former else title.role
        if title.head == "counterpart":
            subject = self.later.owner(scan, piece)
            role = subject.role if subject else None
        figure, rule = self.cast.named(name, None if title.assumed else side), "person.introduced"
        if figure is None:
            figure, rule = self.cast.known(name, side, title.role or role, True, title.former), "person.known"
        if figure is None and title.assumed and piece.name[1] - piece.name[0] > 1:
            figure, rule = self.cast.known(name, None, None, True, title.former), "person.known"
        if figure is None and side is not None and piece.last == len(scan.tokens):
            figure = self.cast.truncated(name, side, role)
        if figure is None:
            listed = self.owners.listed(scan, piece, found)
            if side is None and listed is None and (title.owned or not self.owners.public(title)):
                return None
            high = title.level in ("leader", "minister")
            if not person_like(scan, piece.name, bool(side or listed or self.issuer), high):
                return self._nobody(scan, title, side) if side and high else None
            side = side or listed or self.owners.nearby(scan, piece)
            if side is None:
                return None
            figure, rule = self.cast.new(name, side, role, None if title.former else title.level), "person.titled"
        elif figure.side is None:
            own = self.cast.one_side(figure) if piece.name[1] - piece.name[0] > 1 else None
            self._place(
                figure, side or own or self.owners.listed(scan, piece, found) or self.owners.nearby(scan, piece)
            )
        elsewhere = title.assumed and figure.side not in title.sides  # a senator who is a minister of another state
        office = None if title.head == "counterpart" or elsewhere else office_words(scan, title)
        self.cast.office(figure, office, None if title.former else self._level(title, figure), role)
        return (figure.party,), rule, figure

    @staticmethod
    def _level(title: Title, figure: Figure) -> Level:
        """The title's level; "Chairman" or "Sheikh" alone does not lower one who is known to lead."""
        known = figure.party.level if figure.known and not title.sides and not title.complement else None
        vague = len(title.core) == 1 and (title.role is None or vague_role(title.role))
        return known if vague and known == "leader" else title.level

    def _owner(self, scan: Scan, piece: Piece) -> str | None:
        """The side of the person whose envoy or aide is spoken of."""
        if piece.owner is None:
            return None
        name = scan.words(*piece.owner)
        figure = self.cast.named(name) or self.cast.known(name, None, None, False)
        return figure.side if figure else None

    def _place(self, figure: Figure, side: str | None) -> None:
        if side:
            state, organisation = self.registry.party_side(side)
            figure.party = replace(figure.party, state=state, organisation=organisation)

    def _name(self, scan: Scan, piece: Piece) -> Resolved | None:
        assert piece.name is not None
        name = scan.words(*piece.name)
        side = piece.values[0] if piece.values else None
        figure = self.cast.named(name, side)
        if figure is not None and piece.word == "government":
            return self._government(figure)
        if figure is not None:
            return (figure.party,), "person.again", figure
        single = piece.name[1] - piece.name[0] == 1
        if single and not alone(scan, piece.name[0]):
            return None
        figure = self.cast.known(name, side, None, False)
        if figure is None and side is not None and piece.word == "peer":
            subject = self.later.owner(scan, piece)
            figure = self.cast.new(
                name, side, subject.role if subject else None, subject.party.level if subject else None
            )
        if figure is None and not single:
            self.cast.strangers.add(keys(name)[-1])
        if figure is None:
            return None if side is None else (self._group(side), "side.name", None)
        if piece.word == "government":
            return self._government(figure)
        return (figure.party,), "person.surname" if single else "person.known", figure

    @staticmethod
    def _government(figure: Figure) -> Resolved | None:
        """ "The Trump administration": the state for which its leader stands."""
        party = Party(None, figure.party.state, figure.party.organisation, None, "body")
        return ((party,), "side.of-leader", None) if figure.side else None

    # -- offices -------------------------------------------------------------------------------------------------

    def _office(self, scan: Scan, piece: Piece, title: Title) -> Resolved | None:
        if title.head == "counterpart":
            parties, figure = self.later.counterparts(scan, piece, title)
            return parties, "counterpart" if parties else "counterpart.unresolved", figure
        if title.plural:
            return self._officers(scan, piece, title)
        owner = self._owner(scan, piece)
        if owner or title.sides:
            return self._officer(scan, title, owner or title.sides[0])
        if scan.norms[title.last] in ("of", "for") or (title.complement and scan.norms[title.last] in ("'s", "'")):
            return None
        if vocative(scan, piece.first):
            return None
        if title.det is None and not title.capital:
            return None
        figure = self._of_context(scan, piece, title)
        if figure is not None:
            return (figure.party,), "office.context", figure
        return ((), "office.unresolved", None) if title.capital or title.level in ("leader", "minister") else None

    def _officer(self, scan: Scan, title: Title, side: str) -> Resolved:
        """ "The Prime Minister of Slovakia": the holder on the day; a body without a name where none is known."""
        figure = None
        if title.det not in ("a", "an") and not title.former:
            figure = self.cast.holder(title.role, side, title.head) or self.cast.named_office(side, title.phrases)
        if figure is not None:
            self.cast.office(figure, office_words(scan, title), title.level, title.role)
            return (figure.party,), "office.holder", figure
        return self._nobody(scan, title, side)

    def _nobody(self, scan: Scan, title: Title, side: str) -> Resolved:
        """An office whose holder is not known."""
        state, organisation = self.registry.party_side(side)
        level = None if title.former else title.level
        return (Party(None, state, organisation, office_words(scan, title), level),), "office.body", None

    def _of_context(self, scan: Scan, piece: Piece, title: Title) -> Figure | None:
        """ "The President": the issuer's own, else the last named who holds such an office."""
        if title.det in ("his", "her", "their"):
            owner = self.later.owner(scan, piece)
            return self.cast.holder(title.role, owner.side, title.head) if owner and owner.side else None
        own = self.issuer
        if title.complement and (title.role == "leader" or (title.level == "senior" and title.role is None)):
            return None
        if own and title.det == "our":
            return self.cast.holder(title.role, own.side, title.head)
        if own and title.role not in (None, "leader") and alike(own.role, title.role):
            figure = self.cast.holder(title.role, own.side, title.head)
            if figure is not None:
                return figure
        recent = next((f for f in self.memory.figures() if holds(f, title)), None)
        if recent is None and own and title.role and title.role != "leader":
            return self.cast.holder(title.role, own.side, title.head)
        return recent

    def _officers(self, scan: Scan, piece: Piece, title: Title) -> Resolved | None:
        """ "The presidents of Lithuania and Poland", "G7 leaders", "the two leaders"."""
        fields = self._fields(title)
        if fields and (title.sides or title.det == "our"):
            sides = title.sides or ((self.issuer.side,) if self.issuer else ())
            held = [self.cast.holder(role, side, "") for side in sides for role in fields]
            return tuple(f.party for f in held if f), "group.of-sides", None
        if not title.sides:
            if scan.norms[title.last] == "of":
                return None
            parties = self.later.group(scan, piece, title)
            return parties, "group.officers" if parties else "group.officers.unresolved", None
        if scan.norms[piece.first - 1] == "of" and scan.norms[piece.first - 2] in ("cabinet", "council", "committee"):
            return self._group(title.sides[0]), "side.body", None
        members = [m for side in title.sides for m in self._members(side)]
        single = len(members) == 1 or title.level not in ("leader", "minister")
        found: list[Party] = []
        for side in members:
            figure = None if single else self.cast.holder(title.role, side, title.head)
            state, organisation = self.registry.party_side(side)
            found.append(
                figure.party if figure else Party(None, state, organisation, " ".join(title.core), title.level)
            )
        if len(found) > 1:
            self.memory.named_set = (scan.sentence.index, tuple(found))
        return tuple(found), "group.of-sides", None

    def _fields(self, title: Title) -> tuple[str, ...]:
        """The roles of "foreign and defence ministers"; empty for a title of one field."""
        if "and" not in title.core:
            return ()
        roles = (self.registry.role_of(f"{word} {title.head}") for word in title.core[:-1] if word != "and")
        return tuple(role.id for role in roles if role is not None)

    def _members(self, value: str) -> tuple[str, ...]:
        group = self.registry.groups.get(value)
        most = _BIG if value in self.registry.organisations else _LARGEST
        return group.members if group is not None and len(group.members) < most else (value,)

    def _domestic(self, scan: Scan, piece: Piece) -> bool:
        """Whether "the Security Council" in a state's own text is that state's, and not the United Nations'."""
        words = scan.norms[piece.first : piece.last]
        named = {"collective", "un", "u.n.", "united"} & {*words}
        if "council" not in words or "security" not in words or not self.issuer or named:
            return False
        offices = self.registry.offices_for(self.issuer.side)
        return any(office.role == "security-council-secretary" for office in offices)

    def _known_group(self, piece: Piece) -> tuple[Party, ...]:
        """The members of a named group: their leaders for "Quad leaders", else the states."""
        parties = self._group(piece.values[0])
        if piece.word != "leaders" or len(parties) < 2:
            return parties
        leaders = [(self.cast.holder("leader", p.side, "leader") if p.side else None) for p in parties]
        return tuple(f.party if f else p for f, p in zip(leaders, parties, strict=True))

    def _group(self, value: str) -> tuple[Party, ...]:
        sides = (self.registry.party_side(side) for side in self._members(value))
        return tuple(Party(None, state, organisation, None, "body") for state, organisation in sides)

    # -- bodies and pronouns -----------------------------------------------------------------------------------------

    def _body(self, piece: Piece) -> Resolved | None:
        if piece.values:
            if _FEW.fullmatch(piece.values[0]) and self._members(piece.values[0])[1:]:
                return self._group(piece.values[0]), "group.known", None
            state, organisation = self.registry.party_side(piece.values[0])
            rule = "state.adjective" if piece.adjective else "side.body" if piece.office else "side.name"
            return (Party(None, state, organisation, piece.office, piece.level),), rule, None
        side = self.issuer.side if self.issuer else next(self.memory.sides(), None)
        if side is None:
            return None
        state, organisation = self.registry.party_side(side)
        return (Party(None, state, organisation, piece.office, "body"),), "side.context", None

    def _pronoun(self, scan: Scan, piece: Piece, quoted: bool) -> Resolved | None:
        if piece.word in FIRST_PERSON:
            if quoted and piece.word in ("we", "our"):
                return None
            figure = self.memory.speaker_here(scan.sentence.index) if quoted else self.memory.speaker
            return ((figure.party,), SPEAKER, figure) if figure else None
        if piece.word in PLURAL:
            parties = self.later.several(scan, piece)
            return parties, "pronoun.plural" if parties else "pronoun.unresolved", None
        figure = self.later.person(scan, piece)
        return ((figure.party,), "pronoun.person", figure) if figure else ((), "pronoun.unresolved", None)
