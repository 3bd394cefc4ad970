"""Relatives told by whose they are: "Chad's president's son, X" is X; whose son he is was not there."""

from __future__ import annotations

from collections.abc import Sequence

from communique.knowledge.grammar import word_class
from communique.knowledge.phrases import Item

KIN = word_class("kin")
_LONGEST = 7
_OWNERS = frozenset(("'s", "'"))


def with_relatives(items: Sequence[Item]) -> list[Item]:
    """The items with each relative and the person he is named by folded into one actor, the relative."""
    out: list[Item] = []
    i = 0
    while i < len(items):
        stop = _relative(items, i)
        if stop is None:
            out.append(items[i])
        else:
            out.append(items[stop - 1]._replace(norm="", first=items[i].first))
        i = stop or i + 1
    return out


def _relative(items: Sequence[Item], at: int) -> int | None:
    """The end of the name of the relative of the person at ``at``."""
    if items[at].kind != "actor" or at + 1 >= len(items) or items[at + 1].norm not in _OWNERS:
        return None
    kin = False
    for i in range(at + 2, min(len(items), at + 2 + _LONGEST)):
        if items[i].kind == "actor":
            return i + 1 if kin else None
        if items[i].kind != "word" or not (items[i].norm.isalpha() or items[i].norm in ("-", ",")):
            return None
        kin = kin or items[i].norm in KIN
    return None
