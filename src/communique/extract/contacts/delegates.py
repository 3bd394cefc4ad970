"""Who heads the delegation of a side: where only the state was named, its head of delegation was there for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from communique.extract.contacts.drafts import Draft
from communique.extract.context import ActorMention, Context
from communique.extract.items import Items, mentions_of
from communique.knowledge.grammar import word_class
from communique.knowledge.phrases import Item
from communique.model import Cited, Party

_DELEGATION = word_class("delegation-word")
_HEAD = word_class("head-of-delegation")
_HEADED = word_class("headed")
HEADING = ("delegation-head", "delegation-title")
_CHANNELS = ("talks", "meeting", "visit")

Heads = Mapping[str, tuple[Cited[Party], ...]]


def heads_of(context: Context, items: Sequence[Items]) -> Heads:
    """The named heads of delegation of each side: the first that the text names, and who leads it with him."""
    found: dict[str, tuple[Cited[Party], ...]] = {}
    for row in items:
        if row.words & _DELEGATION:
            heads: dict[str, list[Cited[Party]]] = {}
            for party, mention, rule in (*_titled(row), *_told(context, row), *_folded(row)):
                heads.setdefault(party.side or "", []).append(Cited(party, mention.span, rule))
            for side, named in heads.items():
                found.setdefault(side, tuple({c.value: c for c in named if c.rule == named[0].rule}.values()))
    return found


def _folded(row: Items) -> Iterator[tuple[Party, ActorMention, str]]:
    """ "The Norwegian team, headed by X and Y", which is read as its heads."""
    for item in row.items:
        words = {t.norm for t in row.sentence.tokens[item.first : item.last]} if item.kind == "actor" else set()
        if words & _DELEGATION and words & _HEADED:
            yield from ((p, m, "delegation-head") for m in mentions_of(item) for p in m.parties if p.name)


def _titled(row: Items) -> Iterator[tuple[Party, ActorMention, str]]:
    """ "Head of the Norwegian delegation X"."""
    for mention in (m for item in row.items for m in mentions_of(item) if m.kind == "person"):
        words = {t.norm for t in row.sentence.tokens[mention.first : mention.last]}
        if words & _DELEGATION and words & _HEAD:
            yield from ((p, mention, "delegation-title") for p in mention.parties if p.name)


def _told(context: Context, row: Items) -> Iterator[tuple[Party, ActorMention, str]]:
    """ "The Norwegian delegation is led by X"."""
    for firing in context.knowledge.rules.fire("delegation", row.items, row.words):
        slots = firing.match.slots
        side = _last_side(row.items[slots["S"]])
        for mention in mentions_of(row.items[slots["H"]]):
            if _DELEGATION & set(row.text(firing.match.start, firing.match.stop)):
                yield from ((p, mention, firing.rule.id) for p in mention.parties if p.name and p.side == side)


def _last_side(item: Item) -> str | None:
    sides = [p.side for m in mentions_of(item)[-1:] for p in m.parties]
    return sides[0] if len(sides) == 1 else None


def represented(drafts: Sequence[Draft], heads: Heads) -> list[Draft]:
    """The drafts of talks with heads of delegation in the place of states that nobody is named for."""
    return [
        _headed(d, heads) if heads and d.channel.value in _CHANNELS and d.trigger.part == "text" else d for d in drafts
    ]


def _headed(draft: Draft, heads: Heads) -> Draft:
    named = {p.value.side for p in draft.parties if p.value.name}
    sides = ((p,) if p.value.side in named else _heads(p, heads) for p in draft.parties)
    return replace(draft, parties=tuple(p for people in sides for p in people))


def _heads(party: Cited[Party], heads: Heads) -> tuple[Cited[Party], ...]:
    return heads.get(party.value.side or "", (party,)) if party.value.level == "body" else (party,)
