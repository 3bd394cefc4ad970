"""Drafts: one mention of a contact, with what its own sentence says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from communique.extract.contacts.hosts import hosted
from communique.extract.contacts.roles import constructions
from communique.extract.contacts.sides import Construction, Sides, trigger_of
from communique.extract.contacts.standing import anaphoric, aside, background, setting
from communique.extract.contacts.status import StatusRead, read_status
from communique.extract.contacts.timing import time_of
from communique.extract.contacts.triggers import governor, mark_triggers
from communique.extract.context import ActorMention, Context, TimeMention
from communique.extract.issuer import issuer_of
from communique.extract.items import Items, Place, mentions_of, parties_of
from communique.knowledge.grammar import word_class
from communique.knowledge.phrases import CLAUSE_ENDS, Item
from communique.knowledge.rules import Firing
from communique.model import Channel, Cited, Party, Span, When

_CLAUSE_REACH = 10
REMOTE = frozenset(("phone", "video", "message"))
_ISO_DURATION = re.compile(r"PT(?:(\d+(?:\.\d+)?)H)?(?:(\d+)M)?$")
_LONGEST_CONTACT = 600
_CEREMONIAL = frozenset(("noun-greetings", "verb-write"))
_HOLDING = word_class("holding")
_NUMBERS = word_class("several")
_SERIAL = word_class("serial-noun")
_PLURAL = word_class("plural-noun")
_SITUATED = word_class("situated")


@dataclass(frozen=True, slots=True)
class Draft:
    """One mention of a contact, with what its sentence says.

    ``weak``: too little to stand alone; ``anaphoric``: its sides are pronouns or groups; ``bare``: its words name no
    side ("the talks"); ``implied``: the issuer's protagonist stands in for a side; ``open``: a side is a group that
    the words do not name; ``news``: the day of publication, if the mention is undated and what the document is
    published for; ``setting``: the occasion of what is told; ``aside``: two met apart from a gathering of many.
    """

    sentence: int
    trigger: Span
    quote: Span
    parties: tuple[Cited[Party], ...]
    channel: Cited[Channel]
    status: StatusRead
    status_span: Span
    rule: str
    when: Cited[When] | None = None
    place: Cited[str] | None = None
    initiator: Cited[str] | None = None
    duration: Cited[int] | None = None
    background: bool = False
    anaphoric: bool = False
    bare: bool = False
    implied: bool = False
    open: bool = False
    official: bool = False
    also: bool = False
    setting: bool = False
    aside: bool = False
    weak: bool = False
    news: date | None = None


def drafts_of(
    context: Context, items: Items, index: int, protagonist: Party | None = None, heir: Party | None = None
) -> Iterator[Draft]:
    """The contacts that sentence ``index`` tells of, each with what the sentence says of it.

    ``protagonist`` and ``heir`` stand in for a subject that is not named: the issuer's person, and whom the sentence
    before is about.
    """
    rules = context.knowledge.rules
    marked = mark_triggers(items, rules)
    cues: list[Firing] | None = None
    for made in constructions(marked, rules, protagonist, heir):
        if _counted(marked, made) or _vague(marked, made):
            continue
        if cues is None:
            cues = list(rules.fire("status", marked.items, marked.words))
        draft = _draft(context, marked, index, hosted(marked.items, _between_states(marked, made)), cues)
        yield from split(draft, marked, made)


def _vague(items: Items, made: Construction) -> bool:
    """Whether a word like "dialogue" or "engagement" with a mere body tells of no contact in particular."""
    trigger = trigger_of(items.items[made.trigger])
    if trigger.rule != "noun-unspecified" or made.bare:
        return False
    named = {p.side for p, _ in made.sides if p.name}
    return len(named) < 2 and made.firing.rule.id in ("noun-with", "noun-pair-with")


def _between_states(items: Items, made: Construction) -> Construction:
    """Who speaks *of* talks with a body is not in them: his state is ("commented on the talks with Kiev")."""
    at = items.items[made.trigger]
    held = governor(items.items, made.trigger) in _HOLDING
    if trigger_of(at).channel != "talks" or made.firing.rule.id != "noun-with" or held or made.subject is None:
        return made
    if any(p.name for p, _ in made.sides[1:]) or not made.sides or made.subject > made.trigger:
        return made
    first, mention = made.sides[0]
    body = Party(None, first.state, first.organisation, None, "body")
    return replace(made, sides=((body, mention), *made.sides[1:]))


def _counted(items: Items, made: Construction) -> bool:
    """Whether the words count contacts and tell of none: "six telephone calls since March", "spoke four times"."""
    row, at = items.items, made.trigger
    if trigger_of(row[at]).channel in ("phone", "video", "unspecified"):
        before = {x.norm for x in row[max(0, at - 3) : at]}
        if row[at].kind == "noun" and row[at].norm.endswith("s") and before & _NUMBERS:
            return True
    return any(x.norm == "times" and row[i - 1].norm in _NUMBERS for i, x in enumerate(row[at : at + 8], at) if i)


def participants_of(context: Context, items: Items) -> tuple[Cited[Party], ...]:
    """The people of a list of participants in a sentence: "Participants in the call included A, B and C"."""
    found: dict[Party, Cited[Party]] = {}
    for firing in context.knowledge.rules.fire("participants", items.items, items.words):
        for party, mention in parties_of(items.items[firing.match.slots["AB"]]):
            if party.side and (party.name or party.level != "body"):
                found.setdefault(party, Cited(party, mention.span, firing.rule.id))
    return tuple(found.values())


def split(draft: Draft, items: Items, made: Construction) -> Iterator[Draft]:
    """One draft, or one for each counterpart: "calls with A and B", "met separately with A and B"."""
    slots = made.firing.match.slots
    others = parties_of(items.items[slots["B"]]) if "B" in slots else ()
    if len(others) < 2 or not (
        _separately(items, made) if len({p.side for p, _ in others}) > 1 else _each_received(others)
    ):
        yield draft
        return
    theirs = {p for p, _ in others}
    ours = tuple(p for p in draft.parties if p.value not in theirs)
    each = [(p,) for p in ours] if "respective" in items.words else [ours]
    for us in each:
        for party, mention in others:
            both = (*us, Cited(party, mention.span, mention.rule))
            if len({p.value.side for p in both}) > 1:
                yield replace(
                    draft,
                    parties=both,
                    trigger=replace(draft.trigger, start=mention.span.start, stop=mention.span.stop),
                )


def _each_received(others: Sides) -> bool:
    """Whether the counterparts are leaders of one state, who receive a guest one after the other."""
    return all(p.name and p.level == "leader" for p, _ in others)


def _separately(items: Items, made: Construction) -> bool:
    at = items.items[made.trigger]
    near = {x.norm for x in items.items[max(0, made.trigger - 3) : made.firing.match.slots["B"]]}
    listed = items.items[made.firing.match.slots["B"]]
    if any(t.norm == "with" for t in items.sentence.tokens[listed.first : listed.last]):
        return True
    plural = at.kind == "noun" and (at.norm in _PLURAL or (at.norm in _SERIAL and made.subject is not None))
    if trigger_of(at).channel == "visit" or made.firing.rule.sets.get("channel") == "visit":
        return True
    if at.kind == "speaks" and trigger_of(at).channel in ("phone", "unspecified"):
        return True
    return plural or bool(near & {"separately", "separate", "respective", "individually"})


def _draft(context: Context, items: Items, index: int, made: Construction, cues: Sequence[Firing]) -> Draft:
    document = context.document.id
    row = items.items
    trigger = trigger_of(row[made.trigger])
    span = items.span(document, made.trigger, made.trigger + 1)
    status = read_status(items, made.trigger, made.stop, cues)
    if trigger.status and not status.rule.startswith(("status-will", "status-proposed")):
        status = replace(status, status=trigger.status, rule=trigger.rule, said=True)
    if "status" in made.firing.rule.sets:
        status = replace(status, status=made.firing.rule.sets["status"], rule=made.firing.rule.id, said=True)
    channel = _channel(context, items, made)
    time = time_of(context, items, index, made)
    return Draft(
        sentence=index,
        trigger=span,
        quote=_quote(items, document, made, status, time),
        parties=tuple(Cited(p, m.span, m.rule) for p, m in made.sides),
        channel=channel or _own_channel(items, made, span),
        status=status,
        status_span=items.span(document, status.start, max(status.stop, status.start + 1)),
        rule=made.firing.rule.id,
        when=Cited(time.when, time.span, time.rule) if time and time.when else None,
        place=_place(context, items, made),
        initiator=_initiator(context, items, made.sides),
        duration=_duration(context, items, made),
        background=background(items, made),
        anaphoric=not made.bare and anaphoric(made),
        setting=setting(items, made),
        aside=aside(items, made),
        bare=made.bare,
        implied=made.implied,
        open=made.open,
        official=issuer_of(context.document) is not None,
        also=any(x.norm == "also" for x in row[max(0, made.trigger - 3) : made.trigger]),
        weak=made.implied or trigger.rule in _CEREMONIAL,
    )


def _quote(items: Items, document: str, made: Construction, status: StatusRead, time: TimeMention | None) -> Span:
    start, stop = min(made.start, status.start), max(made.stop, status.stop, made.trigger + 1)
    whole = items.span(document, start, stop)
    if time and time.span.part == whole.part:
        whole = replace(whole, start=min(whole.start, time.span.start), stop=max(whole.stop, time.span.stop))
    return whole


def clause(row: Sequence[Item], at: int, reach: int = _CLAUSE_REACH) -> tuple[int, int]:
    """The stretch of items around ``at`` that no clause end interrupts, at most ``reach`` to either side."""
    start = stop = at
    while start > 0 and at - start < reach and row[start - 1].norm not in CLAUSE_ENDS:
        start -= 1
    while stop < len(row) and stop - at < reach + 5 and row[stop].norm not in CLAUSE_ENDS:
        stop += 1
    return start, stop


def _channel(context: Context, items: Items, made: Construction) -> Cited[Channel] | None:
    """A medium named beside the trigger: "spoke … by phone", "met virtually"."""
    start, stop = clause(items.items, made.trigger)
    for firing in context.knowledge.rules.fire("channel", items.items, items.words):
        if start <= firing.match.start and firing.match.stop <= stop:
            span = items.span(context.document.id, firing.match.start, firing.match.stop)
            return Cited(firing.rule.sets["channel"], span, firing.rule.id)
    return None


def _own_channel(items: Items, made: Construction, span: Span) -> Cited[Channel]:
    """What the trigger says; direct talks at a named place are a meeting."""
    trigger = trigger_of(items.items[made.trigger])
    channel: Channel = made.firing.rule.sets.get("channel", trigger.channel)
    start, stop = clause(items.items, made.trigger, 14)
    around = items.items[start:stop]
    if channel == "talks" and any(x.kind == "place" for x in around) and not any(x.norm == "indirect" for x in around):
        return Cited("meeting", span, "talks-at-a-place")
    return Cited(channel, span, trigger.rule)


def _place(context: Context, items: Items, made: Construction) -> Cited[str] | None:
    """The nearest place named in the clause, those behind the trigger first; behind "discussed" it is a topic's."""
    start, stop = clause(items.items, made.trigger, 14)
    stop = made.trigger if items.items[made.trigger].kind == "discusses" else stop
    places = [i for i in range(start, stop) if isinstance(items.items[i].value, Place) and not _situates(items, i)]
    if not places:
        return None
    best = min(places, key=lambda i: (i < made.trigger, abs(i - made.trigger)))
    span = items.items[best].value.span
    text = context.document.part(span.part)[span.start : span.stop]
    return Cited(" ".join(text.split()).removeprefix("the "), span, "place-in")


def _situates(items: Items, at: int) -> bool:
    """Whether a place says where something else is: "the war in Norway", "elections in Chad"."""
    return at > 0 and items.items[at - 1].norm in _SITUATED


def _initiator(context: Context, items: Items, sides: Sides) -> Cited[str] | None:
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


def _duration(context: Context, items: Items, made: Construction) -> Cited[int] | None:
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
