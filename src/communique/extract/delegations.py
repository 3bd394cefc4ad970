"""Delegations as one side of a contact: "a delegation of the Norwegian parliament headed by its speaker X" is X."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from communique.extract.context import ActorMention
from communique.knowledge.grammar import word_class
from communique.knowledge.phrases import Item
from communique.model import Party
from communique.text import Token

DELEGATION = word_class("delegation")
_CHAMBER = word_class("chamber")
_HEADED = word_class("headed")
_ARTICLES = word_class("article")
_QUALIFIERS = 4
_REACH = 7
_TITLE = 14


def with_heads(items: list[Item], tokens: Sequence[Token]) -> list[Item]:
    """The items with each delegation of a state folded into one actor: its head if he is named, else the state."""
    out: list[Item] = []
    i = 0
    while i < len(items):
        found = _delegation(items, i, tokens)
        if found is None:
            out.append(items[i])
            i += 1
            continue
        item, i = _headed(items, *found)
        determiner = next((k for k in range(1, _QUALIFIERS) if k <= len(out) and out[-k].norm in _ARTICLES), 0)
        if determiner:
            item = item._replace(first=out[-determiner].first)
            del out[-determiner:]
        out.append(item)
    return out


def _delegation(items: Sequence[Item], at: int, tokens: Sequence[Token]) -> tuple[Item, int] | None:
    """The delegation that begins at an item, and the item behind it."""
    item = items[at]
    if item.kind == "actor" and any(p.office in DELEGATION for m in item.value for p in m.parties):
        return item, at + 1
    if item.norm not in DELEGATION or at + 1 == len(items) or items[at + 1].norm not in ("of", "from"):
        return None
    side = next((k for k in range(at + 2, min(len(items), at + _REACH)) if items[k].kind != "word"), None)
    if side is None or items[side].kind not in ("actor", "adjective") or not _of_one_side(items[side]):
        return None
    stop = side + 1
    while stop < len(items) and (items[stop].norm in _CHAMBER or (items[stop].norm == "of" and _chamber(items, stop))):
        stop += 1
    if items[side].kind == "adjective" and stop == side + 1:
        return None
    return _body(item, items[side], items[stop - 1].last, tokens), stop


def _chamber(items: Sequence[Item], at: int) -> bool:
    return at + 1 < len(items) and items[at + 1].norm in _CHAMBER


def _of_one_side(item: Item) -> bool:
    sides = {p.side for m in item.value for p in m.parties}
    return len(sides) == 1 and None not in sides


def _body(head: Item, side: Item, last: int, tokens: Sequence[Token]) -> Item:
    mention: ActorMention = side.value[0]
    named = mention.parties[0]
    party = Party(None, named.state, named.organisation, "delegation", "body")
    span = replace(mention.span, start=tokens[head.first].start, stop=tokens[last - 1].stop)
    whole = replace(mention, first=head.first, last=last, span=span, parties=(party,), adjective=False)
    return Item("", head.first, last, "actor", (whole,))


def _headed(items: Sequence[Item], item: Item, stop: int) -> tuple[Item, int]:
    """The delegation as its head, if the words go on with him: "…, led by Foreign Minister X"."""
    at = stop + (stop < len(items) and items[stop].norm == ",")
    if at + 2 >= len(items) or items[at].norm not in _HEADED or items[at + 1].norm != "by":
        return item, stop
    side = item.value[0].parties[0].side
    for k in range(at + 2, min(len(items), at + 2 + _TITLE)):
        people = [p for m in items[k].value for p in m.parties] if items[k].kind == "actor" else []
        if people and people[0].name and people[0].side == side:
            return items[k]._replace(first=item.first), k + 1
        if items[k].norm in (",", ";", "."):
            break
    return item, stop
