"""Who belongs to an organisation or a group on a day, and which gathering a place stands for ("Tokyo summit")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

from communique import edtf
from communique.knowledge.facts import Event
from communique.knowledge.registry import Registry, bounds
from communique.model import Party
from communique.text import norms

_NOUNS = frozenset(("summit", "meeting", "conference", "talks"))
_ARTICLES = frozenset(("the", "a", "an"))
_YEAR = 500  # days
Handles = Mapping[tuple[str, ...], tuple[Event, ...]]
Days = tuple[date | None, date | None]


def members(registry: Registry, side: str, day: date | None) -> frozenset[str]:
    """The states and organisations that belong to an organisation or a group on a day; empty if nothing is known."""
    group = registry.groups.get(side)
    if group is not None and group.id not in registry.memberships:
        return frozenset(group.members) if _alive(group.since, group.until, day) else frozenset()
    rows = (m for m in registry.memberships.get(side, ()) if _alive(m.since, m.until, day))
    return frozenset(state for row in rows for state in row.states)


def handles(registry: Registry) -> Handles:
    """The words before "summit" by which gatherings are called, folded, each with those so called."""
    return _handles(registry)


def gathered_at(registry: Registry, event: Event) -> tuple[Party, ...]:
    """Who met at an event: organisations, states and the members of a group, and the holders of offices on its day."""
    day = edtf.bounds(event.date)[0]
    return tuple(_party(registry, side, day) for item in event.parties for side in _sides(registry, item))


def _sides(registry: Registry, item: str) -> tuple[str, ...]:
    group = registry.groups.get(item) if item not in registry.organisations else None
    return group.members if group else (item,)


def gathering_names(registry: Registry) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Names that gatherings have of their own ("Alaska summit"), each with the sides that met there."""
    for event in registry.events:
        sides = tuple(p.side for p in gathered_at(registry, event) if p.side)
        for name in (event.name, *event.aliases) if sides else ():
            if norms(name)[:-1] in _called(event):
                yield name, sides


def may_name(registry: Registry, words: frozenset[str]) -> bool:
    """Whether all words of any such name are among those of a sentence."""
    return not words.isdisjoint(_NOUNS) and any(name <= words for name in _word_sets(registry))


def in_capital(registry: Registry, event: Event) -> bool:
    """Whether an event was in a capital, where there are summits of many kinds."""
    return any(event.place in names for names in registry.capitals.values())


@lru_cache(maxsize=4)
def _handles(registry: Registry) -> Handles:
    table: dict[tuple[str, ...], dict[str, Event]] = {}
    for event in registry.events:
        for words in set(_called(event)) if event.parties else ():
            table.setdefault(words, {})[event.name] = event
    return {words: tuple(found.values()) for words, found in table.items()}


@lru_cache(maxsize=4)
def _word_sets(registry: Registry) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(norms(name)) for name, _ in gathering_names(registry))


def _called(event: Event) -> Iterator[tuple[str, ...]]:
    """What stands before its noun: its place, if it is a summit, and its names without the noun ("Plaza meeting")."""
    if event.place and event.kind == "summit":
        yield norms(event.place)
    for name in (event.name, *event.aliases):
        words = norms(name)
        if words[-1] in _NOUNS and not any(w.isdigit() for w in words) and not _ARTICLES & {*words}:
            yield words[:-1]


def _party(registry: Registry, item: str, day: date | None) -> Party:
    office = registry.offices.get(item)
    if office is None:
        return Party(None, *registry.party_side(item), None, "body")
    holder = next(iter(registry.holders_of(item, day)), None)
    state, organisation = registry.party_side(office.holder)
    return Party(holder.name if holder else None, state, organisation, office.title, office.level)


def _alive(since: str | None, until: str | None, day: date | None) -> bool:
    return day is None or bounds(since, True)[0] <= day <= bounds(until, False)[1]


def called_by_place(event: Event, words: tuple[str, ...]) -> bool:
    """Whether words that call an event are only the place it was at."""
    return event.place is not None and words == norms(event.place)


def named_so(event: Event, words: tuple[str, ...]) -> bool:
    """Whether words are an event's own name without its noun: "Reykjavik" in "Reykjavik summit"."""
    return any(norms(name)[:-1] == words for name in (event.name, *event.aliases))


def edition(events: Sequence[Event], words: tuple[str, ...], day: date | None, told: Days, past: bool) -> Event | None:
    """The event meant by words said on ``day``: of the days that are told, else the nearest before ``day`` (or after).

    Where only a place calls it so, it was on the days told, or is one of that year or so.
    """
    named = [e for e in events if not called_by_place(e, words)]
    fitting = [e for e in events if _overlaps(edtf.bounds(e.date), told)] or named
    if day is None:
        return fitting[0] if len(fitting) == 1 else None
    if told == (None, None):
        fitting = [e for e in fitting if e in named or ((_last(e) <= day) == past and _away(e, day) < _YEAR)]
    return min(fitting, key=lambda e: ((_last(e) <= day) != past, _away(e, day)), default=None)


def _away(event: Event, day: date) -> int:
    return abs((_last(event) - day).days)


def _last(event: Event) -> date:
    return edtf.bounds(event.date)[1] or date.max


def _overlaps(a: Days, b: Days) -> bool:
    starts = a[0] is None or b[1] is None or a[0] <= b[1]
    return starts and (a[1] is None or b[0] is None or b[0] <= a[1])
