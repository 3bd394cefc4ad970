"""Who was at a gathering, as its sentence tells: hosts, those who call it, speak of it or meet at it, and its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from communique.extract.contacts.drafts import Draft
from communique.extract.contacts.sides import Construction, Sides, nominative, subject_of, union
from communique.extract.context import ActorMention, Context
from communique.extract.dating import publication_day
from communique.extract.items import Items, Place, parties_of
from communique.knowledge.grammar import word_class
from communique.knowledge.phrases import Item
from communique.model import Party

_MODIFIERS = word_class("edition") | word_class("gathering-modifier")
_AFTER = (("after",), ("following",))
_LEADING_TO = (("ahead", "of"), ("arrived", "for"), ("prepare", "for"))
_TOPICAL = (("about",), ("for",), ("on",), ("to",))
_SETTINGS = (("at",), ("during",), ("in",))
_TO_COME = word_class("to-come")
_HOST_REACH = 12
_PLACE_REACH = 5
_PREPOSITION = 3


@dataclass(frozen=True, slots=True)
class Told:
    """A gathering's sentence with what is known of it: its items, the contacts of the text, and what it says itself."""

    context: Context
    items: Items
    others: Sequence[Draft]
    draft: Draft

    def here(self) -> Iterator[Draft]:
        """The other contacts that the sentence tells of."""
        return (d for d in self.others if d.sentence == self.draft.sentence)


def attending(told: Told, made: Construction) -> Sides:
    """Everybody whom the sentence tells to have been at a gathering, or to be going there."""
    people = (*_hosts(told, made), *_callers(told, made), *_pair(told, made), *_speaker(told, made))
    return union_of((*people, *_seat(told, made)))


def union_of(sides: Sides) -> Sides:
    """Parties without repetition, the mention that names each first kept."""
    found: dict[Party, ActorMention] = {}
    for party, mention in sides:
        if party.side:
            found.setdefault(party, mention)
    return tuple(found.items())


def _hosts(told: Told, made: Construction) -> Iterator[tuple[Party, ActorMention]]:
    """ "Hosted by Norway", "which Norway will host"."""
    items = told.items
    for firing in told.context.knowledge.rules.fire("gathering-host", items.items, items.words):
        if made.trigger < firing.match.start <= made.trigger + _HOST_REACH:
            yield from parties_of(items.items[firing.match.slots["P"]])


def _callers(told: Told, made: Construction) -> Sides:
    """ "Norway offered to set up a NATO meeting", "Norway's proposal to hold it"."""
    items = told.items
    calls = told.context.knowledge.rules.fire("gathering-caller", items.items, items.words)
    near = [f for f in calls if made.start - _PREPOSITION <= f.match.stop <= made.start]
    best = max(near, key=lambda f: f.match.start, default=None)
    return union((items.items[best.match.slots["P"]],)) if best else ()


def _lead_in(told: Told, made: Construction) -> tuple[str, ...]:
    """The two words before a gathering, its modifiers and its day: "ahead of", "discussed at"."""
    tokens, last = told.items.sentence.tokens, told.items.items[made.start].first
    days = [t for t in told.context.times[told.draft.sentence] if t.last <= last]
    while last > 0:
        time = next((t.first for t in days if t.first < last <= t.last), None)
        if time is None and tokens[last - 1].norm not in _MODIFIERS:
            break
        last = last - 1 if time is None else time
    return tuple(t.norm for t in tokens[max(0, last - 2) : last])


def _pair(told: Told, made: Construction) -> Iterator[tuple[Party, ActorMention]]:
    """Those who met after or ahead of the gathering, if people are named on two sides.

    Who met "on its margins" is told to have met each other, and nobody else.
    """
    before = _lead_in(told, made)
    if before[-1:] not in _AFTER and before not in _LEADING_TO:
        return
    for draft in told.here():
        people = [p for p in draft.parties if p.value.name]
        if len({p.value.side for p in people}) > 1:
            mentions = {p: m for x in told.items.items for p, m in parties_of(x)}
            yield from ((p.value, mentions[p.value]) for p in people if p.value in mentions)
            return


def _speaker(told: Told, made: Construction) -> Sides:
    """The subject of a clause that says what will be done at a gathering to come."""
    items = told.items
    if _lead_in(told, made)[-1:] not in _SETTINGS or not _to_come(told, made):
        return ()
    row = items.items
    behind = range(made.stop, min(len(row), made.stop + _HOST_REACH))
    fronted = next((i for i in behind if row[i - 1].norm == "," and nominative(row, i)), None)
    subject = fronted if fronted is not None else subject_of(row, made.trigger)
    return union((row[subject],)) if subject is not None and not made.start <= subject < made.stop else ()


def _to_come(told: Told, made: Construction) -> bool:
    """Whether the gathering is said to be near: by its day, which is not past, or as the next one."""
    day = publication_day(told.context.document)
    first = told.draft.when.value.earliest if told.draft.when else None
    if told.draft.status.status in ("planned", "proposed") or (day is not None and first is not None and first > day):
        return True
    near = told.items.text(max(0, made.start - _PREPOSITION), min(len(told.items.items), made.stop + _PREPOSITION))
    return not _TO_COME.isdisjoint(near)


def _seat(told: Told, made: Construction) -> Iterator[tuple[Party, ActorMention]]:
    """The state that a gathering takes place in, if the text tells of contacts of it: not that of the body's seat."""
    registry, row = told.context.knowledge.registry, told.items.items
    body = registry.organisations.get(made.sides[0][0].organisation or "")
    club = body is not None and body.name in registry.groups and body.name not in registry.memberships
    if body is None or club or _lead_in(told, made)[-1:] in _TOPICAL:
        return
    sides = {p.value.side for d in told.others for p in d.parties}
    for i in range(max(0, made.start - _PLACE_REACH), min(len(row), made.stop + _PLACE_REACH)):
        value = row[i].value
        if not isinstance(value, Place) or value.party is None or _parted(row, i, made):
            continue
        span = value.span
        text = told.context.document.part(span.part)[span.start : span.stop]
        if value.party.state in sides and (body.seat is None or body.seat not in text):
            yield from parties_of(row[i])
            return


def _parted(row: Sequence[Item], i: int, made: Construction) -> bool:
    """Whether an "and" parts what is at ``i`` from a gathering: "agreed in Oslo and at the NATO summit"."""
    between = row[i + 1 : made.start] if i < made.start else row[made.stop : i]
    return any(x.norm in ("and", "or", "but") for x in between)
