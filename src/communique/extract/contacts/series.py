"""Conversations that a speaker tells one after the other, without a word for the contact in each.

"Today was a marathon of phone calls. I thanked President A. We agreed with Prime Minister B. With President C, too."
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from communique.extract.contacts.drafts import Draft
from communique.extract.contacts.rolls import Entry, entries, quote_of
from communique.extract.contacts.status import StatusRead
from communique.extract.context import SPEAKER, Context
from communique.extract.issuer import issuer_of
from communique.extract.items import Items, parties_of
from communique.knowledge.rules import Firing
from communique.model import Channel, Cited, Party, Span

_LONGEST = 30  # sentences through which a series goes on
_NEXT = 2
_ELLIPSIS = 4  # sentences that may stand between "I spoke with A." and "With B."
_PAIR = 2
Announced = tuple[int, Cited[Channel]]


def in_series(context: Context, items: Sequence[Items], drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, with those that a series tells of without words for them, and the medium and day it gives to all."""
    if issuer_of(context.document) is None:
        return list(drafts)
    announced = _announced(context, items)
    deeds = _in_words_of_deeds(context, items, drafts, announced) if announced else ()
    untold = [*_elliptic(context, items, drafts), *deeds]
    out: list[Draft] = []
    for draft in sorted((*drafts, *untold), key=lambda d: d.sentence):
        draft = _by_medium(draft, announced) if announced else draft
        out.append(_on_the_day(draft, out[-1]) if out else draft)
    return out


def _in_words_of_deeds(
    context: Context, items: Sequence[Items], drafts: Sequence[Draft], announced: Announced
) -> Iterator[Draft]:
    """What an announced series holds besides the conversations that have a word of their own."""
    told = list(_untold(context, items, drafts, announced))
    yield from told
    for entry in entries(items, announced[0]):
        if not any(_tells(d, entry) for d in (*drafts, *told)):
            yield _called(entry, items, announced[1])


def _tells(draft: Draft, entry: Entry) -> bool:
    """Whether a draft tells of the conversation that an entry of a roll stands for."""
    sides = {p.value.side for p in draft.parties}
    held = draft.status.status == "held" and {entry.heading.value.side, entry.speaker.value.side} <= sides
    return held and entry.first <= draft.sentence < entry.last


def _called(entry: Entry, items: Sequence[Items], channel: Cited[Channel]) -> Draft:
    trigger, rule = entry.heading.span, "roll-of-states"
    status = StatusRead("held", rule, 0, 1, True)
    parties = (entry.speaker, entry.counterpart)
    return _draft(entry.first, trigger, quote_of(entry, items), parties, channel, status, rule)


def _announced(context: Context, items: Sequence[Items]) -> Announced | None:
    """The sentence that announces many conversations, and their medium."""
    for row in items:
        for firing in context.knowledge.rules.fire("series", row.items, row.words):
            span = row.span(context.document.id, firing.match.start, firing.match.stop)
            return row.sentence.index, Cited(firing.rule.sets["channel"], span, firing.rule.id)
    return None


def _untold(context: Context, items: Sequence[Items], drafts: Sequence[Draft], announced: Announced) -> Iterator[Draft]:
    """What a speaker did in conversations of the series that have no word for them: "I thanked President A"."""
    told = {d.sentence for d in drafts if d.status.status == "held"}
    for row in items:
        index = row.sentence.index
        if not announced[0] < index <= announced[0] + _LONGEST or index in told:
            continue
        for firing in context.knowledge.rules.fire("series-told", row.items, row.words):
            draft = _told(context, row, firing, announced[1])
            if draft is not None:
                yield draft
                break


def _elliptic(context: Context, items: Sequence[Items], drafts: Sequence[Draft]) -> Iterator[Draft]:
    """ "I spoke with President A. With Prime Minister B." """
    last = {d.sentence: d for d in drafts if d.parties and d.parties[0].rule == SPEAKER and len(d.parties) == _PAIR}
    for row in items:
        index = row.sentence.index
        before = next((last[i] for i in range(index - 1, index - 1 - _ELLIPSIS, -1) if i in last), None)
        if before is None or row.items[0].norm not in ("with", "and", "also"):
            continue
        for firing in context.knowledge.rules.fire("series-ellipsis", row.items, row.words):
            quote = row.span(context.document.id, firing.match.start, firing.match.stop)
            for party, mention in parties_of(row.items[firing.match.slots["B"]]):
                if _leads(party) and party.side != before.parties[0].value.side:
                    theirs = Cited(party, mention.span, mention.rule)
                    parties = (before.parties[0], theirs)
                    yield replace(before, sentence=index, trigger=mention.span, quote=quote, parties=parties)


def _told(context: Context, row: Items, firing: Firing, channel: Cited[Channel]) -> Draft | None:
    slots = firing.match.slots
    ours = [Cited(p, m.span, m.rule) for p, m in parties_of(row.items[slots["A"]]) if m.rule == SPEAKER]
    theirs = [Cited(p, m.span, m.rule) for p, m in parties_of(row.items[slots["B"]]) if _leads(p)]
    if not ours or len(theirs) != 1 or theirs[0].value.side == ours[0].value.side:
        return None
    quote = row.span(context.document.id, firing.match.start, firing.match.stop)
    status = StatusRead("held", firing.rule.id, firing.match.start, firing.match.stop, True)
    return _draft(row.sentence.index, theirs[0].span, quote, (*ours, *theirs), channel, status, firing.rule.id)


def _draft(
    sentence: int,
    trigger: Span,
    quote: Span,
    parties: tuple[Cited[Party], ...],
    channel: Cited[Channel],
    status: StatusRead,
    rule: str,
) -> Draft:
    return Draft(sentence, trigger, quote, parties, channel, status, quote, rule, official=True, setting=True)


def _leads(party: Party) -> bool:
    return party.name is not None and party.level in ("leader", "minister")


def _by_medium(draft: Draft, announced: Announced) -> Draft:
    """A conversation told within the series was held on its day and by its medium, unless another is said."""
    within = announced[0] < draft.sentence <= announced[0] + _LONGEST
    if not within or draft.status.status != "held" or draft.channel.value not in ("unspecified", announced[1].value):
        return draft
    return replace(draft, channel=announced[1], setting=True)


def _on_the_day(draft: Draft, before: Draft) -> Draft:
    """ "Yesterday I spoke with A. I spoke with B": on the same day."""
    same = (draft.rule, draft.status.status, draft.channel.value) == (
        before.rule,
        before.status.status,
        before.channel.value,
    )
    near = draft.when is None and before.when is not None and draft.sentence - before.sentence <= _NEXT
    spoken = all(d.parties and d.parties[0].rule == SPEAKER for d in (draft, before))
    called = draft.channel.value in ("phone", "unspecified")
    if not (same and near and spoken and called) or draft.background:
        return draft
    return replace(draft, when=replace(before.when, rule="in-series") if before.when else None)
