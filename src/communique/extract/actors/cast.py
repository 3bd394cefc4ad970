"""The persons of a document: who has been named so far, and which person a name or an office means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from communique.knowledge.names import key, keys, same_name
from communique.knowledge.registry import Registry
from communique.knowledge.titles import Titles
from communique.model import Actor, Level, Party

_ALIKE = {
    "head-of-state": ("president", "monarch", "supreme-leader", "leader", "head-of-state"),
    "head-of-government": ("prime-minister",),
    "prime-minister": ("prime-minister", "head-of-government"),
    "monarch": ("monarch",),
    "president": ("president", "head-of-state", "leader"),
    "secretary-general": ("secretary-general", "organisation-head"),
    "organisation-head": ("organisation-head", "secretary-general"),
    "minister": (),
}
_LEADERS = (
    "president",
    "prime-minister",
    "monarch",
    "leader",
    "supreme-leader",
    "organisation-head",
    "secretary-general",
)
_VAGUE = frozenset({"expert", "legislator", "special-envoy", "ambassador", "deputy-minister", "agency-head", "spokesperson",
                    "minister", "governor", "party-official", "diplomatic-adviser", "deputy-foreign-minister"})  # fmt: skip


@dataclass(slots=True)
class Figure:
    """A person of the document: what is known of them so far."""

    party: Party
    words: tuple[str, ...]
    role: str | None = None
    female: bool | None = None
    known: str | None = None
    called: frozenset[str] = field(default_factory=frozenset)

    @property
    def side(self) -> str | None:
        """The state or organisation the person stands for."""
        return self.party.side


class Cast:
    """Finds and keeps figures. ``day`` is the document's; registry look-ups are made for it."""

    def __init__(self, registry: Registry, titles: Titles, day: date | None) -> None:
        self.registry, self.titles, self.day = registry, titles, day
        self.figures: list[Figure] = []

    def named(self, name: str, side: str | None = None) -> Figure | None:
        """The figure already introduced whom these name words mean."""
        said = keys(name)
        for figure in reversed(self.figures):
            if (side is None or figure.side in (None, side)) and _means(said, figure):
                return figure
        return None

    def known(self, name: str, side: str | None, role: str | None, titled: bool) -> Figure | None:
        """The person of the registry whom a name not yet introduced means, on the document's day."""
        said = keys(name)
        for actor in self.registry.find_person(name, self.day, side, role)[:3]:
            if self._fits(actor, said, side, role, titled):
                return self._figure(actor, side, role)
        return None

    def _fits(self, actor: Actor, said: Sequence[str], side: str | None, role: str | None, titled: bool) -> bool:
        held = self.registry.offices_of(actor.id, None)
        if side is not None and held and side not in {o.holder for o in held}:
            return False
        if len(said) > 1:
            return True
        now = self.registry.offices_of(actor.id, self.day)
        if titled:
            return any(
                (side is None or o.holder == side) and (role is None or alike(o.role, role)) for o in now or held
            )
        return said[0] in self.registry.called(actor.id) and any(o.level in ("leader", "minister") for o in now)

    def _figure(self, actor: Actor, side: str | None, role: str | None) -> Figure:
        held = self.registry.offices_of(actor.id, self.day) or self.registry.offices_of(actor.id, None)[:1]
        office = next((o for o in held if alike(o.role, role) and side in (None, o.holder)), None) or next(
            (o for o in held if side in (None, o.holder)), None
        )
        state, organisation = self.registry.party_side(side or office.holder) if side or office else (None, None)
        level = office.level if office else None
        figure = Figure(
            Party(actor.name, state, organisation, None, level), keys(actor.name), role or (office.role if office else None),
            self.female(actor.name), actor.id, self.registry.called(actor.id),
        )  # fmt: skip
        return self.add(figure)

    def add(self, figure: Figure) -> Figure:
        """Keep a figure, unless the same known person is there already."""
        if figure.known:
            for old in self.figures:
                if old.known == figure.known and old.side == figure.side:
                    return old
        self.figures.append(figure)
        return figure

    def new(self, name: str, side: str | None, role: str | None, level: Level | None) -> Figure:
        """A person whom the registry does not know."""
        state, organisation = self.registry.party_side(side) if side else (None, None)
        words = keys(name)
        family_first = state in ("CHN", "KOR", "PRK", "TWN", "VNM", "KHM") and len(words) < 4
        called = frozenset({words[-1], words[0]} if family_first else {words[-1]})
        return self.add(
            Figure(Party(name, state, organisation, None, level), words, role, self.female(name), None, called)
        )

    def office(self, figure: Figure, office: str | None, level: Level | None, role: str | None) -> None:
        """Note the office that the document gives a person; the first one stays."""
        if office and figure.party.office is None:
            figure.party = replace(figure.party, office=office, level=level or figure.party.level)
        figure.role = figure.role or role

    def female(self, name: str) -> bool | None:
        """True for a given name that is mostly a woman's; None where it is not known."""
        return True if name.split(" ")[0].lower() in self.titles.words["women"] else None

    def holder(self, role: str | None, side: str, head: str) -> Figure | None:
        """Who held an office of a side on the document's day; a figure of the document goes first."""
        for wanted in self.roles(role, side, head):
            for figure in reversed(self.figures):
                if figure.side == side and figure.role == wanted:
                    return figure
            if wanted in _VAGUE:
                continue
            holders = self.registry.holders(wanted, side, self.day) if self.day else ()
            if len(holders) == 1 or (holders and wanted not in ("legislator",)):
                return self._figure(holders[0], side, wanted)
        return None

    def roles(self, role: str | None, side: str, head: str) -> tuple[str, ...]:
        """The roles that may be meant by a title, likeliest first; "leader" is whoever leads that state."""
        if role == "leader" or head in ("leader", "ruler"):
            first = self.titles.leading.get(side, "president")
            return tuple(dict.fromkeys((first, *_LEADERS)))
        return _ALIKE.get(role, (role,)) if role else ()

    def by_role(self, role: str | None, head: str) -> Iterator[Figure]:
        """Figures that hold such an office, the last named first."""
        for figure in reversed(self.figures):
            if (role and alike(figure.role, role)) or (head == "leader" and figure.party.level == "leader"):
                yield figure


def alike(a: str | None, b: str | None) -> bool:
    """Whether two roles can be the same office."""
    return (
        a is not None
        and b is not None
        and (a == b or b in _ALIKE.get(a, ()) or a in _ALIKE.get(b, ()) or "leader" in (a, b))
    )


def _means(said: tuple[str, ...], figure: Figure) -> bool:
    if not said:
        return False
    if len(said) == 1:
        return said[0] in figure.called or said[0] == figure.words[-1]
    return same_name(said, figure.words) or same_name(figure.words, said)


def surname_key(word: str) -> str:
    """The key of a single name word."""
    return key(word)
