"""What the clause of a contact says of it besides who and when: medium, place, initiator, duration."""

from __future__ import annotations

import re
from collections.abc import Sequence

from communique.extract.contacts.sides import Construction, Sides, trigger_of
from communique.extract.context import ActorMention, Context
from communique.extract.items import Items, Place, mentions_of
from communique.knowledge.grammar import word_class
from communique.knowledge.phrases import CLAUSE_ENDS, Item
from communique.model import Channel, Cited, Span

_CLAUSE_REACH = 10
REMOTE = frozenset(("phone", "video", "message"))
_ISO_DURATION = re.compile(r"PT(?:(\d+(?:\.\d+)?)H)?(?:(\d+)M)?$")
_LONGEST_CONTACT = 600
_SITUATED = word_class("situated")


def clause(row: Sequence[Item], at: int, reach: int = _CLAUSE_REACH) -> tuple[int, int]:
    """The stretch of items around ``at`` that no clause end interrupts, at most ``reach`` to either side."""
    start = stop = at
    while start > 0 and at - start < reach and row[start - 1].norm not in CLAUSE_ENDS:
        start -= 1
    while stop < len(row) and stop - at < reach + 5 and row[stop].norm not in CLAUSE_ENDS:
        stop += 1
    return start, stop


def channel_of(context: Context, items: Items, made: Construction) -> Cited[Channel] | None:
    """A medium named beside the trigger: "spoke … by phone", "met virtually"."""
    start, stop = clause(items.items, made.trigger)
    for firing in context.knowledge.rules.fire("channel", items.items, items.words):
        if start <= firing.match.start and firing.match.stop <= stop:
            span = items.span(context.document.id, firing.match.start, firing.match.stop)
            return Cited(firing.rule.sets["channel"], span, firing.rule.id)
    return None


def own_channel(items: Items, made: Construction, span: Span) -> Cited[Channel]:
    """What the trigger says; direct talks at a named place are a meeting."""
    trigger = trigger_of(items.items[made.trigger])
    channel: Channel = made.firing.rule.sets.get("channel", trigger.channel)
    start, stop = clause(items.items, made.trigger, 14)
    theirs = made.firing.match.slots.get("B")  # "talks with officials in Oslo" says whose officials
    around = range(start, stop)
    venue = any(items.items[i].kind == "place" and i != theirs and not _situates(items, i) for i in around)
    if channel == "talks" and venue and not any(items.items[i].norm == "indirect" for i in around):
        return Cited("meeting", span, "talks-at-a-place")
    return Cited(channel, span, trigger.rule)


def place_of(context: Context, items: Items, made: Construction) -> Cited[str] | None:
    """The nearest place named in the clause, those behind the trigger first; behind "discussed" it is a topic's."""
    if (to := made.firing.match.slots.get("P")) is not None:
        return _named_place(context, items.items[to])
    start, stop = clause(items.items, made.trigger, 14)
    stop = made.trigger if items.items[made.trigger].kind == "discusses" else stop
    places = [i for i in range(start, stop) if isinstance(items.items[i].value, Place) and not _situates(items, i)]
    if not places:
        return None
    best = min(places, key=lambda i: (i < made.trigger, abs(i - made.trigger)))
    return _named_place(context, items.items[best])


def _named_place(context: Context, item: Item) -> Cited[str]:
    """The place under an item; where it may stand for a state, too, the words of the mention ("to the White House")."""
    span = item.value.span if isinstance(item.value, Place) else mentions_of(item)[0].span
    text = context.document.part(span.part)[span.start : span.stop]
    return Cited(" ".join(text.split()).removeprefix("the "), span, "place-in")


def _situates(items: Items, at: int) -> bool:
    """Whether a place says where something else is: "the war in Norway", "elections in Chad"."""
    return at > 0 and items.items[at - 1].norm in _SITUATED


def initiator_of(context: Context, items: Items, sides: Sides) -> Cited[str] | None:
    """The party on whose initiative it took place, if the sentence says so."""
    for firing in context.knowledge.rules.fire("initiator", items.items, items.words):
        item = items.items[firing.match.slots["A"]] if "A" in firing.match.slots else None
        for mention in mentions_of(item) if item else ():
            if name := _named_among(mention, sides):
                return Cited(name, mention.span, firing.rule.id)
    return None


def _named_among(mention: ActorMention, sides: Sides) -> str | None:
    """The party of the contact that a mention stands for, by name, else by side."""
    for party in mention.parties:
        for other, _ in sides:
            if party.side == other.side:
                return other.name or party.name or other.side
    return None


def duration_of(context: Context, items: Items, made: Construction) -> Cited[int] | None:
    """How long it took, in minutes."""
    start, stop = clause(items.items, made.trigger)
    for item in items.items[start:stop]:
        if item.kind == "time" and item.value.kind == "DURATION" and (minutes := _minutes(item.value.timex)):
            return Cited(minutes, item.value.span, item.value.rule)
    return None


def _minutes(timex: str) -> int | None:
    found = _ISO_DURATION.match(timex)
    if not found or not any(found.groups()):
        return None
    minutes = int(float(found[1] or 0) * 60) + int(found[2] or 0)
    return minutes if 0 < minutes <= _LONGEST_CONTACT else None
