"""Known gatherings that words call by a place or a name: "last year's Tokyo summit", "the summit in Venice"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from communique.extract.contacts.sides import Construction
from communique.extract.contacts.status import read_status
from communique.extract.contacts.timing import time_of
from communique.extract.context import Context
from communique.extract.dating import publication_day
from communique.extract.items import Items, Place
from communique.knowledge.facts import Event
from communique.knowledge.grammar import word_class
from communique.knowledge.registry import Registry
from communique.knowledge.rules import Firing
from communique.knowledge.summits import called_by_place, edition, handles, in_capital, named_so

_SUMMITS = frozenset(("summit", "summits"))
_BETWEEN = word_class("edition")
_ECONOMIC = frozenset(("G7", "G8"))
_LONGEST = 4  # tokens of a name before "summit"
_BEHIND = 3
_TWO_SIDED = frozenset(("bilateral", "trilateral"))


def known_gathering(context: Context, items: Items, index: int, firing: Firing) -> tuple[Event, int] | None:
    """The gathering of the registry that the noun of a firing means, and the item at which its name begins.

    It is called by its place or by a name of its own, and was on the days told.
    """
    at = firing.match.slots["N"]
    registry, day = context.knowledge.registry, publication_day(context.document)
    known = handles(registry)
    callings = [(words, first) for words, first in _callings(items, at) if words in known]
    if not callings or not _TWO_SIDED.isdisjoint(items.text(max(0, at - 1), at + 1)):
        return None
    cues = list(context.knowledge.rules.fire("status", items.items, items.words))
    past = read_status(items, at, at + 1, cues).status not in ("planned", "proposed")
    told = _days(context, items, index, Construction(at, at, at + 1, (), firing))
    for words, first in callings:
        events = [e for e in known[words] if _fits(registry, e, words, items, at, told != (None, None))]
        if event := edition(events, words, day, told, past):
            return event, first
    return None


def _fits(registry: Registry, event: Event, words: tuple[str, ...], items: Items, at: int, dated: bool) -> bool:
    """Whether a name is an event's own, or a place stands before "summit" and says enough.

    "Economic" is that of the leading industrial states; a capital sees summits of many kinds: a day must be told.
    """
    if not called_by_place(event, words):
        return True
    if "economic" in items.text(max(0, at - 2), at):
        return not _ECONOMIC.isdisjoint(event.parties)
    return items.items[at].norm in _SUMMITS and (dated or named_so(event, words) or not in_capital(registry, event))


def _callings(items: Items, at: int) -> Iterator[tuple[tuple[str, ...], int]]:
    """Words that may call a gathering: "Tokyo" in "Tokyo economic summit", "Oslo" in "summit in Oslo"."""
    tokens, stop = items.sentence.tokens, items.items[at].first
    while stop > 0:
        for start in range(max(0, stop - _LONGEST), stop):
            if tokens[start].capital:
                yield tuple(t.norm for t in tokens[start:stop]), _item_at(items, start)
        if tokens[stop - 1].norm not in _BETWEEN:
            break
        stop -= 1
    for item in items.items[at + 1 : at + _BEHIND]:
        if isinstance(item.value, Place):
            span = item.value.span
            yield tuple(t.norm for t in tokens if span.start <= t.start < span.stop and t.norm != "the"), at


def _item_at(items: Items, token: int) -> int:
    return next(i for i, item in enumerate(items.items) if item.first <= token < item.last)


def _days(context: Context, items: Items, index: int, made: Construction) -> tuple[date | None, date | None]:
    time = time_of(context, items, index, made)
    return (time.when.earliest, time.when.latest) if time and time.when else (None, None)
