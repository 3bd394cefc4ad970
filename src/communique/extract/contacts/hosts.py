"""Who receives a visitor: the person who invited him, or went along, in place of the state that he visits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from communique.extract.contacts.sides import Construction, Sides
from communique.extract.context import ActorMention
from communique.extract.items import mentions_of
from communique.knowledge.grammar import word_class
from communique.knowledge.phrases import Item
from communique.model import Party

_JOURNEYS = frozenset(("visit-to", "trip-to", "noun-possessive-with"))
_REACH = 5
_INVITING = word_class("inviting")


def hosted(items: Sequence[Item], made: Construction) -> Construction:
    """The construction of a journey with its host named: "Norway's king invited him to visit Oslo"."""
    if made.firing.rule.id not in _JOURNEYS or len(made.sides) != 2:
        return made
    visitor, host = made.sides
    if visitor[0].name is None or host[0].name is not None or host[0].level != "body":
        return made
    person = _inviter(items, made.trigger, host[0].side) or _companion(items, made.trigger, visitor[0], host[0].side)
    return replace(made, sides=(visitor, person)) if person else made


def _inviter(items: Sequence[Item], at: int, side: str | None) -> tuple[Party, ActorMention] | None:
    """Somebody of that side before the word for the journey, if an invitation is spoken of."""
    if not any(x.norm in _INVITING for x in items[:at]):
        return None
    return next((found for item in reversed(items[:at]) if (found := _of_side(_named(item), side))), None)


def _companion(items: Sequence[Item], at: int, visitor: Party, side: str | None) -> tuple[Party, ActorMention] | None:
    """Who acted together with the visitor meanwhile: "the treaty the King and I signed during his visit to Oslo"."""
    if not any(x.norm == "during" for x in items[max(0, at - _REACH) : at]):
        return None
    for item in reversed(items[:at]):
        people = _named(item)
        if any(party == visitor for party, _ in people) and (found := _of_side(people, side)) and _speaks(found):
            return found
    return None


def _speaks(found: tuple[Party, ActorMention]) -> bool:
    return found[1].kind == "pronoun"


def _named(item: Item) -> Sides:
    return tuple((p, m) for m in mentions_of(item) for p in m.parties if p.name and p.level)


def _of_side(people: Sides, side: str | None) -> tuple[Party, ActorMention] | None:
    return next(((party, mention) for party, mention in people if party.side == side), None)
