"""The persons of a document: who has been named so far, and which person a name or an office means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import SequenceMatcher

from communique.knowledge.names import keys, same_name, split_name
from communique.knowledge.registry import Registry, end_year, start_year, years_away
from communique.knowledge.titles import Titles
from communique.model import Actor, Level, Office, Party

_ALIKE: dict[str, tuple[str, ...]] = {
    "head-of-state": ("president", "monarch", "supreme-leader", "leader", "head-of-state", "junta-head"),
    "head-of-government": ("prime-minister", "head-of-government"),
    "prime-minister": ("prime-minister", "head-of-government"),
    "president": ("president", "head-of-state", "leader", "junta-head"),
    "secretary-general": ("secretary-general", "organisation-head"),
    "organisation-head": ("organisation-head", "secretary-general"),
    "minister": (),
}
_LEADERS = (
    "president", "prime-minister", "monarch", "leader", "supreme-leader", "junta-head", "organisation-head",
    "secretary-general",
)  # fmt: skip
# roles of which a side has many at a time, so that the office alone names nobody
_SHARED = frozenset({
    "expert", "legislator", "special-envoy", "ambassador", "deputy-minister", "agency-head", "spokesperson", "minister",
    "governor", "party-official", "diplomatic-adviser", "deputy-foreign-minister", "military-chief",
    "deputy-head-of-organisation",
})  # fmt: skip
_GENERIC = frozenset({"minister", "agency-head", "expert", "party-official"})
_FAMILY_FIRST = frozenset({"CHN", "KOR", "PRK", "TWN", "VNM", "KHM", "HKG"})
# those who bear these go by a first name, which alone may be anybody's
_BY_FIRST_NAME = frozenset({"monarch", "crown-prince", "pope", "first-lady"})
_RECENT = 4
_MANY = 8
_LIKE = 0.89
_NEAR = 300
_SOON = 12
_LIFE = 50


@dataclass(slots=True, eq=False)
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
    """Finds and keeps figures. ``day`` is the document's; ``sides`` are those that the document mentions."""

    def __init__(self, registry: Registry, titles: Titles, day: date | None, sides: frozenset[str]) -> None:
        self.registry, self.titles, self.day, self.sides = registry, titles, day, sides
        self.figures: list[Figure] = []
        self.strangers: set[str] = set()
        self._by_word: dict[str, list[Figure]] = {}

    def named(self, name: str, side: str | None = None) -> Figure | None:
        """The figure already introduced whom these name words mean."""
        said = keys(name)
        for figure in reversed(list(dict.fromkeys(f for word in said for f in self._by_word.get(word, ())))):
            if (side is None or figure.side in (None, side)) and _means(said, figure):
                return figure
        return None

    def known(self, name: str, side: str | None, role: str | None, titled: bool, former: bool = False) -> Figure | None:
        """The person of the registry whom a name not yet introduced means, on the document's day (or ever before)."""
        said = keys(name)
        role = None if role in _GENERIC else role
        candidates = self.registry.find_person(name, self.day, side, role)[:4]
        candidates = tuple(a for a in candidates if self._of_the_time(a))
        if titled:
            fitting = [a for a in candidates if self._fits_title(a, said, side, role, former)]
        else:
            fitting = [a for a in candidates if self._fits_bare(a, name, side, len(candidates))]
        return self._figure(fitting[0], side, role) if fitting else None

    def _of_the_time(self, actor: Actor) -> bool:
        """Whether a person can be spoken of on the document's day: in office up to a life before, or soon after."""
        if self.day is None:
            return True
        tenures = self.registry.tenures_of(actor.id)
        starts = [start_year(t) - self.day.year for t in tenures]
        ends = [self.day.year - end_year(t) for t in tenures]
        return not tenures or (min(starts) <= _SOON and min(ends) <= _LIFE)

    def _fits_title(self, actor: Actor, said: Sequence[str], side: str | None, role: str | None, former: bool) -> bool:
        offices = self.registry.offices_of(actor.id, None) if former else self._recent_offices(actor)
        if side is not None and self.registry.tenures_of(actor.id) and side not in self._sides_of(actor):
            return False
        if len(said) > 1:
            return True
        return any(side in (None, o.holder) and (role is None or alike(o.role, role)) for o in offices)

    def _fits_bare(self, actor: Actor, name: str, side: str | None, rivals: int) -> bool:
        said = keys(name)
        if (side is not None and side not in self._sides_of(actor)) or not _spelt(name, actor):
            return False
        if len(said) > 1:
            return True
        if said[0] not in self.registry.called(actor.id) or said[0] in self.strangers:
            return False
        held = self.registry.offices_of(actor.id, self.day) or self._lately_great(actor)
        now = [o for o in held if o.role not in _BY_FIRST_NAME]
        here = any(o.holder in self.sides for o in now)
        if said[0] in self.titles.words["common_surnames"] or said[0] in self.registry.given_names:
            return here and any(o.level in ("leader", "minister") for o in now)
        if any(o.level in ("leader", "minister") and (here or self._prominent(o.holder)) for o in now):
            return True
        return rivals == 1 and ((here and len(said[0]) > 4) or (len(said[0]) > 5 and any(map(self._great, now))))

    def _lately_great(self, actor: Actor) -> tuple[Office, ...]:
        """Leading offices of great powers that somebody left not long ago, or takes soon."""
        near = (t for t in self.registry.tenures_of(actor.id) if years_away(t, self.day) <= _RECENT)
        offices = (self.registry.offices[t.office] for t in near)
        return tuple(o for o in offices if o.role in ("president", "prime-minister") and self._great(o))

    def _prominent(self, side: str) -> bool:
        """Whether the registry knows many offices of a side, so that its leaders go by their surnames anywhere."""
        return len(self.registry.offices_for(side)) >= _MANY

    def _great(self, office: Office) -> bool:
        return len(self.registry.offices_for(office.holder)) >= 2 * _MANY

    def _sides_of(self, actor: Actor) -> frozenset[str]:
        return frozenset(self.registry.offices[t.office].holder for t in self.registry.tenures_of(actor.id))

    def one_side(self, figure: Figure) -> str | None:
        """The state for which a known person has every office of these years."""
        actor = self.registry.people.get(figure.known or "")
        sides = {o.holder for o in self._recent_offices(actor)} & self.registry.states.keys() if actor else set()
        return next(iter(sides)) if len(sides) == 1 else None

    def _recent_offices(self, actor: Actor) -> tuple[Office, ...]:
        """Offices held on the day, else those of a few years around it."""
        now = self.registry.offices_of(actor.id, self.day)
        near = (t for t in self.registry.tenures_of(actor.id) if years_away(t, self.day) <= _RECENT)
        return now or tuple(self.registry.offices[t.office] for t in near)

    def _figure(self, actor: Actor, side: str | None, role: str | None) -> Figure:
        """A known person as the side and role say; without a side, as the office held on the day says."""
        held = [o for o in self._recent_offices(actor) if side in (None, o.holder)]
        ever = [o for o in self.registry.offices_of(actor.id, None) if side in (None, o.holder)]
        held = sorted(held or ever, key=lambda o: o.holder not in self.registry.states)
        office = next((o for o in (*held, *ever) if alike(o.role, role)), None)
        if office is None and (role is None or side is not None or role in _SHARED):
            office = next(iter(held), None)
        holder = side or (office.holder if office else None)
        state, organisation = self.registry.party_side(holder) if holder else (None, None)
        return self.add(
            Figure(
                Party(actor.name, state, organisation, None, office.level if office else None),
                keys(actor.name),
                role or (office.role if office else None),
                self.female(actor.name),
                actor.id,
                self.registry.called(actor.id),
            )
        )

    def add(self, figure: Figure) -> Figure:
        """Keep a figure, unless the same known person is there already."""
        for old in self._by_word.get(figure.words[-1], ()) if figure.known else ():
            if old.known == figure.known and old.side == figure.side:
                return old
        self.figures.append(figure)
        for word in dict.fromkeys((*figure.words, *figure.called)):
            self._by_word.setdefault(word, []).append(figure)
        return figure

    def new(self, name: str, side: str | None, role: str | None, level: Level | None) -> Figure:
        """A person whom the registry does not know."""
        state, organisation = self.registry.party_side(side) if side else (None, None)
        words = keys(name)
        first = state in _FAMILY_FIRST and len(words) < 4
        called = frozenset({words[-1], words[0]} if first else {words[-1]})
        party = Party(name, state, organisation, None, level)
        return self.add(Figure(party, words, role, self.female(name), None, called))

    def office(self, figure: Figure, office: str | None, level: Level | None, role: str | None) -> None:
        """Note the office that the document gives a person; the first one stays."""
        if office and figure.party.office is None:
            figure.party = replace(figure.party, office=office, level=level or figure.party.level)
        figure.role = figure.role or role

    def female(self, name: str) -> bool | None:
        """True for a given name that is mostly a woman's; None where it is not known."""
        return True if name.split(" ")[0].lower() in self.titles.words["women"] else None

    def truncated(self, name: str, side: str, role: str | None) -> Figure | None:
        """The holder of an office whose name a text breaks off ("President Vladimir Puti")."""
        said = split_name(name)
        for actor in self.registry.holders(role, side, self.day) if role else ():
            full = split_name(actor.name)
            if len(said) > 1 and said[:-1] == full[: len(said) - 1] and full[len(said) - 1].startswith(said[-1]):
                return self._figure(actor, side, role)
        return None

    def named_office(self, side: str, phrases: Sequence[str]) -> Figure | None:
        """Who holds the one office that has exactly such a title ("Kremlin spokesman")."""
        for phrase in phrases:
            office = self.registry.office_named(side, phrase)
            holders = self.registry.holders_of(office.id, self.day) if office and self.day else ()
            if office and len(holders) == 1:
                return self._figure(holders[0], side, office.role)
        return None

    def holder(self, role: str | None, side: str, head: str) -> Figure | None:
        """Who held an office of a side on the document's day; a figure of the document goes first."""
        for wanted in self._roles(role, side, head):
            figure = next((f for f in reversed(self.figures[-_NEAR:]) if f.side == side and f.role == wanted), None)
            if figure is not None:
                return figure
            holders = self.registry.holders(wanted, side, self.day) if self.day and wanted not in _SHARED else ()
            if holders:
                return self._figure(holders[0], side, wanted)
        return None

    def _roles(self, role: str | None, side: str, head: str) -> tuple[str, ...]:
        """The roles that may be meant by a title, likeliest first; "leader" is whoever leads that state."""
        if role == "leader" or (role is None and head in ("leader", "ruler")):
            first = self.titles.leading.get(side, "president")
            return tuple(dict.fromkeys((first, *_LEADERS)))
        return _ALIKE.get(role, (role,)) if role else ()


def vague_role(role: str) -> bool:
    """Whether a role is what titles are taken for that may be anything: "Chairman", "Secretary", "Director"."""
    return role in _GENERIC


def alike(a: str | None, b: str | None) -> bool:
    """Whether two roles can be the same office."""
    if a is None or b is None:
        return False
    return (
        a == b
        or b in _ALIKE.get(a, ())
        or a in _ALIKE.get(b, ())
        or (a in _LEADERS and b in _LEADERS and "leader" in (a, b))
    )


def _spelt(name: str, actor: Actor) -> bool:
    """Whether a surname is written as the registry has it, or is long and begins alike: "Li" is not "Lee"."""
    words = split_name(name)
    if len(words) > 1 and keys(name)[0] in keys(actor.name)[-1:]:
        return True
    said = words[-1]
    known = {word for full in (actor.name, *actor.aliases) for word in split_name(full)}
    return said in known or (len(said) > 3 and max(SequenceMatcher(None, said, w).ratio() for w in known) >= _LIKE)


def _means(said: tuple[str, ...], figure: Figure) -> bool:
    if not said:
        return False
    if len(said) == 1:
        return said[0] in figure.called or said[0] == figure.words[-1]
    return same_name(said, figure.words) or same_name(figure.words, said)
