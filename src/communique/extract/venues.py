"""Places in the tokens of a sentence: seats of government, and names behind a preposition ("at the White House")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from communique.extract.context import ActorMention, TimeMention
from communique.knowledge import Registry
from communique.knowledge.grammar import word_class
from communique.model import Party
from communique.text import Token, norms

PLACE_PREPOSITIONS = word_class("before-place")
#: Folded names by their first word, with the state.
Seats = Mapping[str, Mapping[tuple[str, ...], Party]]
_INNER = word_class("inside-name")


@lru_cache(maxsize=64)
def seats_of(registry: Registry, year: str) -> Seats:
    """Capitals and seats of government with the state whose they were in a year (now, if it is unknown)."""
    found: dict[str, dict[tuple[str, ...], Party]] = {}
    for code, names in registry.capitals.items():
        state = registry.states[code]
        if (state.until or "9999") >= (year or "9999") >= (state.since or "0000")[:4]:
            for words in map(norms, names):
                found.setdefault(words[0], {})[words] = Party(None, code, None, None, "body")
    return found


def seat_at(tokens: Sequence[Token], first: int, seats: Seats) -> tuple[int, Party | None]:
    """The end of the seat of government that starts at a token, and its state."""
    known = seats.get(tokens[first].norm)
    for last in range(min(len(tokens), first + 3), first, -1) if known else ():
        party = known.get(tuple([t.norm for t in tokens[first:last]])) if known else None
        if party:
            return last, party
    return first, None


def place_at(
    tokens: Sequence[Token], i: int, actors: dict[int, ActorMention], times: dict[int, TimeMention]
) -> tuple[int, int] | None:
    """Tokens ``[first, last)`` of a place name behind the preposition at ``i``."""
    if tokens[i].norm not in PLACE_PREPOSITIONS:
        return None
    first = i + 1
    if first in actors:
        return None
    if first < len(tokens) and tokens[first].norm == "the":
        first += 1
    last = first
    while last < len(tokens) and _belongs(tokens, last, first) and last not in times and last not in actors:
        last += 1
    while last > first and not tokens[last - 1].capital:
        last -= 1
    if last == first:
        return None
    region = last + 1 < len(tokens) and tokens[last].norm == "," and tokens[last + 1].capital
    if region and last + 1 not in actors and last + 1 not in times and _closes(tokens, last + 2):
        last += 2
    return first, last


def _belongs(tokens: Sequence[Token], at: int, first: int) -> bool:
    token = tokens[at]
    return (token.capital and token.text[:1].isalpha()) or (at > first and token.norm in _INNER)


def _closes(tokens: Sequence[Token], at: int) -> bool:
    return at >= len(tokens) or tokens[at].norm in {",", ".", ";", ")", "on", "to", "in", "and"}
