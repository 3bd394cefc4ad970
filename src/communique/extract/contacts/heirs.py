"""Sides that a sentence leaves to the one before it: "Talks are due to begin on Wednesday"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from communique.extract.contacts.sides import nominative
from communique.extract.context import ActorMention
from communique.extract.items import Items, mentions_of, parties_of
from communique.knowledge.grammar import word_class
from communique.model import Cited, Party

_LOGGED = word_class("logged")
_OFTEN = 3


def heir(items: Sequence[Items], index: int) -> Party | None:
    """Who is the subject of the sentence before, of one side: "meetings with A" in the next one are theirs."""
    row = items[index - 1] if index else None
    if row is None or row.sentence.part != items[index].sentence.part:
        return None
    subject = next((x for i, x in enumerate(row.items) if parties_of(x) and nominative(row.items, i)), None)
    found = [p for p, _ in parties_of(subject) if p.side] if subject else []
    return found[0] if len(found) == 1 else None


def entered(items: Sequence[Items]) -> Party | None:
    """Whose doings a text lists that begins with a verb and no subject: the one person or side of its title.

    So do logs of visits and travels: "President A of Chad", and below "Met with President B at the White House."
    """
    titles = [row for row in items if row.sentence.part == "title"]
    opening = next((row for row in items if row.sentence.part == "text"), None)
    if opening is None or not opening.items or opening.items[0].norm not in _LOGGED:
        return None
    named = {m.parties[0] for row in titles for m in _mentions(row)}
    people = {party for party in named if party.name} or {_body(party) for party in named}
    return next(iter(people)) if len(people) == 1 else None


def heirs(items: Sequence[Items], index: int) -> tuple[Cited[Party], ...]:
    """The two sides, as bodies, that the sentence before speaks of, or else the title; nothing if there are more."""
    here = items[index].sentence.part
    for row in (items[index - 1], items[0]):
        found = {m.parties[0].side: m for m in _mentions(row)}
        if len(found) == 2 and row.sentence.part in (here, "title") and row is not items[index]:
            return _bodies(found.values(), "discourse-sides")
    return ()


def two_throughout(items: Sequence[Items]) -> tuple[Cited[Party], ...]:
    """The two states, as bodies, that a document speaks of again and again, if it speaks of no other side so."""
    often = Counter(p.side for row in items for x in row.items for p, _ in parties_of(x))
    named = {m.parties[0].side: m for row in reversed(items) for m in _mentions(row)}
    two = [side for side, number in often.items() if side and number >= _OFTEN]
    found = [named[side] for side in two if side in named and named[side].parties[0].state]
    return _bodies(found, "document-sides") if len(two) == len(found) == 2 else ()


def _bodies(mentions: Iterable[ActorMention], rule: str) -> tuple[Cited[Party], ...]:
    return tuple(Cited(_body(m.parties[0]), m.span, rule) for m in mentions)


def _mentions(row: Items) -> Iterator[ActorMention]:
    return (m for x in row.items for m in mentions_of(x) if len(m.parties) == 1 and m.parties[0].side)


def _body(party: Party) -> Party:
    return Party(None, party.state, party.organisation, None, "body")
