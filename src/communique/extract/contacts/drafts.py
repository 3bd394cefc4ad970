"""Drafts: one mention of a contact, with what its own sentence says of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from communique.extract.contacts.fields import channel_of, clause, duration_of, initiator_of, own_channel, place_of
from communique.extract.contacts.hosts import hosted
from communique.extract.contacts.roles import constructions, resolved
from communique.extract.contacts.sides import Construction, Sides, trigger_of
from communique.extract.contacts.standing import anaphoric, aside, background, setting
from communique.extract.contacts.status import StatusRead, read_status
from communique.extract.contacts.timing import time_of
from communique.extract.contacts.triggers import governor, mark_triggers
from communique.extract.context import Context, TimeMention
from communique.extract.issuer import issuer_of
from communique.extract.items import Items, mentions_of, parties_of
from communique.knowledge.grammar import word_class
from communique.knowledge.phrases import Item
from communique.knowledge.rules import Firing
from communique.model import Channel, Cited, Party, Span, When

_PERFECT_REACH, _SINCE_REACH = 5, 9
_GOING = word_class("going")
_PUBLIC_REACH = 4
_PUBLIC = word_class("public")
_CEREMONIAL = frozenset(("noun-greetings", "verb-write"))
_STRETCHES = frozenset(("decades", "months", "weeks", "years"))
_HOLDING = word_class("holding")
_NUMBERS = word_class("several")
_JOINED = frozenset(("-", "plus"))
_SERIAL = word_class("serial-noun")
_PLURAL = word_class("plural-noun")
_SUMMONS = word_class("summoning")


@dataclass(frozen=True, slots=True)
class Draft:
    """One mention of a contact, with what its sentence says.

    ``weak``: too little to stand alone; ``anaphoric``: its sides are pronouns or groups; ``bare``: its words name no
    side ("the talks"); ``implied``: the issuer's protagonist stands in for a side; ``open``: a side is a group that
    the words do not name; ``news``: the day of publication, if the mention is undated and what the document is
    published for; ``setting``: the occasion of what is told; ``aside``: two met apart from a gathering of many;
    ``counted``: several rounds at once.
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
    counted: bool = False
    news: date | None = None

    @property
    def gathering(self) -> bool:
        """Whether the words tell of a gathering of a body, beside which people meet for themselves."""
        return self.rule.startswith("gathering-")


def drafts_of(
    context: Context, items: Items, index: int, protagonist: Party | None = None, heir: Party | None = None
) -> Iterator[Draft]:
    """The contacts that sentence ``index`` tells of, each with what the sentence says of it.

    ``protagonist`` and ``heir`` stand in for a subject that is not named: the issuer's person, and whom the sentence
    before is about.
    """
    rules = context.knowledge.rules
    marked = mark_triggers(items, rules)
    if marked is items:  # without a trigger no rule can find a contact
        return
    cues: list[Firing] | None = None
    for made in constructions(marked, rules, protagonist, heir):
        if _counted(marked, made) or _vague(marked, made) or _with_the_public(marked.items, made):
            continue
        if cues is None:
            cues = list(rules.fire("status", marked.items, marked.words))
        draft = drafted(context, marked, index, hosted(marked.items, _between_states(marked, made)), cues)
        if _silent_since(marked, made, draft):
            continue
        yield from split(draft, marked, made)


def _silent_since(items: Items, made: Construction, draft: Draft) -> bool:
    """Whether the words deny a stretch of contacts and none in particular: "have not met since March", "in years"."""
    row, at = items.items, made.trigger
    perfect = any(x.norm in ("have", "has", "had", "n't") for x in row[max(0, at - _PERFECT_REACH) : at])
    behind = items.text(at, min(len(row), at + _SINCE_REACH))
    stretch = "since" in behind or any(a == "in" and b in _STRETCHES for a, b in pairwise(behind))
    return draft.status.status == "denied" and perfect and stretch


def _with_the_public(row: Sequence[Item], made: Construction) -> bool:
    """Whether those named met others together: "the presidents will meet with the media"."""
    behind = row[made.trigger + 1 : made.trigger + 1 + _PUBLIC_REACH]
    named = next((i for i, x in enumerate(behind) if x.norm in _PUBLIC), 0)
    return bool(named) and behind[0].norm == "with" and all(x.kind == "word" for x in behind[:named])


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
    if trigger_of(at).channel != "talks" or made.firing.rule.id != "noun-with" or held:
        return made
    if any(p.name for p, _ in made.sides[1:]) or not made.sides:
        return made
    if made.subject is None and not made.implied:
        return made
    if made.subject is not None and made.subject > made.trigger:
        return made
    if made.subject is not None and any(x.norm in _GOING for x in items.items[made.subject : made.trigger]):
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


def _rounds(row: Sequence[Item], at: int) -> bool:
    """Whether rounds are counted: "have held four rounds of talks", and not "two-plus-two talks"."""
    near = range(max(1, at - 2), at)
    return row[at].kind == "noun" and any(row[i].norm in _NUMBERS and row[i - 1].norm not in _JOINED for i in near)


def participants_of(context: Context, items: Items) -> tuple[Cited[Party], ...]:
    """The people of a list of participants in a sentence: "Participants in the call included A, B and C"."""
    found: dict[Party, Cited[Party]] = {}
    for firing in context.knowledge.rules.fire("participants", items.items, items.words):
        for party, mention in parties_of(items.items[firing.match.slots["AB"]]):
            if party.side and (party.name or party.level != "body") and mention.kind != "pronoun":
                found.setdefault(party, Cited(party, mention.span, firing.rule.id))
    ours = issuer_of(context.document)
    there = {p.side for p, cited in found.items() if cited.rule == "participants-there"}
    return () if ours is not None and there == {ours.side} else tuple(found.values())


def _mediators(context: Context, items: Items, made: Construction) -> Iterator[Cited[Party]]:
    """Who brought the sides together, as a body, or as the person named: "US-brokered talks", "mediated by Oman"."""
    start, stop = clause(items.items, made.trigger, 14)
    sides = {p.side for p, _ in made.sides}
    for firing in context.knowledge.rules.fire("mediator", items.items, items.words):
        if start <= firing.match.start < stop:
            for party, mention in parties_of(items.items[firing.match.slots["M"]]):
                if party.side and party.side not in sides:
                    yield Cited(party, mention.span, firing.rule.id)


def split(draft: Draft, items: Items, made: Construction) -> Iterator[Draft]:
    """One draft, or one for each counterpart: "calls with A and B", "met separately with A and B"."""
    b = resolved(items.items, made.firing.match.slots).get("B")
    others = parties_of(items.items[b]) if b is not None else ()
    if others and items.items[made.trigger].norm in _SUMMONS:
        named = {p.side for item in items.items[: made.trigger] for p, m in parties_of(item) if m.kind == "state"}
        yield from _each_summons(draft, {p for p, _ in others}, named)
        return
    if (
        b is None
        or len(others) < 2
        or not (_separately(items, made, b) if len({p.side for p, _ in others}) > 1 else _each_received(others))
    ):
        yield draft
        return
    theirs = {p for p, _ in others}
    ours = tuple(p for p in draft.parties if p.value not in theirs)
    apart = "respective" in items.words or made.firing.rule.sets.get("each")
    each = [(p,) for p in ours] if apart else [ours]
    for us in each:
        for party, mention in others:
            both = (*us, Cited(party, mention.span, mention.rule))
            if len({p.value.side for p in both}) > 1:
                yield replace(
                    draft,
                    parties=both,
                    trigger=replace(draft.trigger, start=mention.span.start, stop=mention.span.stop),
                )


def _each_summons(draft: Draft, summoned: Collection[Party], named: Collection[str | None]) -> Iterator[Draft]:
    """One draft for each state that summons, if they are named: "Norway and Chad summoned their Malian ambassadors"."""
    hosts = [p for p in draft.parties if p.value not in summoned]
    guests = tuple(p for p in draft.parties if p.value in summoned)
    if len(hosts) < 2 or any(p.value.side not in named or p.value.level != "body" for p in hosts):
        yield draft
        return
    for host in hosts:
        yield replace(draft, parties=(host, *guests))


def _each_received(others: Sides) -> bool:
    """Whether two leaders of one state are among those met, who receive a guest one after the other."""
    return all(p.name for p, _ in others) and sum(p.level == "leader" for p, _ in others) > 1


def _separately(items: Items, made: Construction, b: int) -> bool:
    at = items.items[made.trigger]
    near = {x.norm for x in items.items[max(0, made.trigger - 3) : b]}
    listed = items.items[b]
    if "together" in near or {m.rule for m in mentions_of(listed)} == {"group.known"}:
        return False
    if items.items[b - 1].norm == ":" or any(
        t.norm == "with" for t in items.sentence.tokens[listed.first : listed.last]
    ):
        return True
    plural = at.kind == "noun" and (at.norm in _PLURAL or (at.norm in _SERIAL and made.subject is not None))
    if trigger_of(at).channel == "visit" or made.firing.rule.sets.get("channel") == "visit":
        return True
    if at.kind == "speaks" and trigger_of(at).channel in ("phone", "unspecified"):
        return True
    return plural or bool(near & {"separately", "separate", "respective", "individually"})


def drafted(context: Context, items: Items, index: int, made: Construction, cues: Sequence[Firing]) -> Draft:
    """What a sentence says of the contact that a construction found in it; ``cues``: its cues of status."""
    document = context.document.id
    row = items.items
    trigger = trigger_of(row[made.trigger])
    span = items.span(document, made.trigger, made.trigger + 1)
    status = read_status(items, made.trigger, made.stop, cues)
    if trigger.status and not status.rule.startswith(("status-will", "status-proposed")):
        status = replace(status, status=trigger.status, rule=trigger.rule, said=True)
    if "status" in made.firing.rule.sets:
        status = replace(status, status=made.firing.rule.sets["status"], rule=made.firing.rule.id, said=True)
    channel = channel_of(context, items, made)
    time = time_of(context, items, index, made)
    return Draft(
        sentence=index,
        trigger=span,
        quote=_quote(items, document, made, status, time),
        parties=(*(Cited(p, m.span, m.rule) for p, m in made.sides), *_mediators(context, items, made)),
        channel=channel or own_channel(items, made, span),
        status=status,
        status_span=items.span(document, status.start, max(status.stop, status.start + 1)),
        rule=made.firing.rule.id,
        when=Cited(time.when, time.span, time.rule) if time and time.when else None,
        place=place_of(context, items, made),
        initiator=initiator_of(context, items, made.sides),
        duration=duration_of(context, items, made),
        background=background(items, made),
        anaphoric=not made.bare and anaphoric(made),
        setting=setting(items, made),
        aside=aside(items, made),
        bare=made.bare,
        implied=made.implied,
        open=made.open,
        official=issuer_of(context.document) is not None,
        also=any(x.norm == "also" for x in row[max(0, made.trigger - 3) : made.trigger]),
        weak=made.implied or trigger.rule in _CEREMONIAL or "weak" in made.firing.rule.sets or trigger.kind == "tells",
        counted=_rounds(row, made.trigger),
    )


def _quote(items: Items, document: str, made: Construction, status: StatusRead, time: TimeMention | None) -> Span:
    start, stop = min(made.start, status.start), max(made.stop, status.stop, made.trigger + 1)
    whole = items.span(document, start, stop)
    if time and time.span.part == whole.part:
        whole = replace(whole, start=min(whole.start, time.span.start), stop=max(whole.stop, time.span.stop))
    return whole
