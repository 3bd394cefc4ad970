"""Officials told by their state and their field: "French export credit officials" are France."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from communique.knowledge.grammar import word_class
from communique.knowledge.phrases import Item
from communique.text import Token

OFFICIALS = word_class("state-official")
_FIELD = 3


def with_officials(items: Sequence[Item], tokens: Sequence[Token]) -> list[Item]:
    """The items with each adjective of a state that leads to its officials folded with them into one actor."""
    out: list[Item] = []
    i = 0
    while i < len(items):
        stop = i + 1 if _shares(items, i, tokens) else _officials(items, i, tokens)
        out.append(items[i] if stop is None else _folded(items[i], items[stop - 1].last, tokens))
        i = stop or i + 1
    return out


def _officials(items: Sequence[Item], at: int, tokens: Sequence[Token]) -> int | None:
    """The end of the words for the officials of the state whose adjective is the item ``at``."""
    if items[at].kind != "adjective":
        return None
    for i in range(at + 1, min(len(items), at + 2 + _FIELD)):
        if items[i].norm in OFFICIALS:
            return i + 1
        if items[i].kind != "word" or not items[i].norm.isalpha() or tokens[items[i].first].capital:
            return None
    return None


def _shares(items: Sequence[Item], at: int, tokens: Sequence[Token]) -> bool:
    """Whether an adjective shares its officials with the next side: "Danish and Finnish officials"."""
    if items[at].kind != "adjective" or at + 2 >= len(items) or items[at + 1].norm != "and":
        return False
    return items[at + 2].kind == "actor" and tokens[items[at + 2].last - 1].norm in OFFICIALS


def _folded(item: Item, last: int, tokens: Sequence[Token]) -> Item:
    mentions = tuple(
        replace(m, last=last, span=replace(m.span, stop=tokens[last - 1].stop), adjective=False) for m in item.value
    )
    return Item("", item.first, last, "actor", mentions)
