"""Which time of a sentence dates a contact: its own, and no other event's."""

from __future__ import annotations

from collections.abc import Sequence

from communique.extract.contacts.sides import Construction, trigger_of
from communique.extract.contacts.triggers import KINDS, VERBS
from communique.extract.context import Context, TimeMention
from communique.extract.items import Items
from communique.extract.times import choose_time
from communique.extract.times.tagger import in_dateline
from communique.knowledge.grammar import word_class
from communique.knowledge.phrases import Item
from communique.text import Token

_DISCUSS_REACH = 3
_BARE_REACH = 8
_FARTHEST = 30  # words behind which a time dates something else
_ADJACENT = 2
_OPENING = 1
_POSSESSIVES = word_class("possessive")
_ABOUT = word_class("about")
_EXCHANGED = frozenset(("exchange", "exchanged"))
_OTHER_EVENT = word_class("other-event")
_ARTICLES = word_class("article")
_AFTER_DATES = word_class("after-date")
_OWNERS = word_class("owner")
_REPORTING = word_class("reporting")
_FEAST = frozenset(("and", "new", "year", "day", "eve", "'s"))
_STATEMENTS = word_class("statement")


def time_of(context: Context, items: Items, index: int, made: Construction) -> TimeMention | None:
    """The time that dates the contact; behind "discussed" a time belongs to what was discussed."""
    at = items.items[made.trigger]
    times = tuple(
        t for t in context.times[index] if not _of_reporting(items, t, at.first) and not _of_another(items, t, made)
    )
    told = tuple(t for t in times if not in_dateline(items.sentence, t))
    time = choose_time(_of_own_clause(items, told or times, at), items.sentence, at.first)
    if time and _of_other_event(items, time, made):
        return None
    if time and _attributive(items, time, at.first):
        return None
    if time and time.first - at.last > _FARTHEST:
        return None
    if time and made.bare and min(abs(time.first - at.last), abs(at.first - time.last)) > _BARE_REACH:
        return None
    if time and _topical(at) and max(time.first - at.last, at.first - time.last) > _DISCUSS_REACH:
        return None
    return time


def _topical(at: Item) -> bool:
    """Whether a trigger takes a topic: "discussed", "exchanged views", "told him about"."""
    return at.kind in ("discusses", "tells") or (at.kind == "speaks" and at.norm in _EXCHANGED)


def _of_own_clause(items: Items, times: tuple[TimeMention, ...], at: Item) -> tuple[TimeMention, ...]:
    """The times behind a trigger with no comma between, if those before it stand behind one: they date another."""
    tokens = items.sentence.tokens
    behind = tuple(t for t in times if t.first >= at.last and not _parted(tokens[at.last : t.first]))
    before = tuple(t for t in times if t.last <= at.first and t.first > _OPENING and _parted(tokens[t.last : at.first]))
    return tuple(t for t in times if t not in before) if behind and before else times


def _parted(between: Sequence[Token]) -> bool:
    return any(t.norm in (",", "and", ";") for t in between)


def _of_other_event(items: Items, time: TimeMention, made: Construction) -> bool:
    """Whether a time stands behind words that lead to another event: "the meeting follows his speech on Wednesday"."""
    last = items.items[made.stop - 1].last
    return any(t.norm in _OTHER_EVENT for t in items.sentence.tokens[last : time.first])


def _attributive(items: Items, time: TimeMention, trigger: int) -> bool:
    """Whether a time only names another thing: "a replacement for the 2015 deal", "since a February 2022 invasion"."""
    tokens = items.sentence.tokens
    if (
        time.last >= len(tokens)
        or time.first == 0
        or tokens[time.first - 1].norm not in _ARTICLES
        or time.last == trigger
    ):
        return False
    after = tokens[time.last]
    return after.text.isalpha() and after.norm not in _AFTER_DATES and trigger < time.first


def _of_another(items: Items, time: TimeMention, made: Construction) -> bool:
    """Whether a time belongs to the words of another contact: "spoke about her June 2021 visit"."""
    at = items.items[made.trigger]
    tokens = items.sentence.tokens
    if _of_verb_before(items, time, made.trigger) or _greeted(tokens, time, at):
        return True
    if not time.first or tokens[time.first - 1].norm not in _OWNERS:
        return False
    for i, other in enumerate(items.items):
        if i == made.trigger or other.kind not in KINDS:
            continue
        if other.kind == "noun" and at.last <= time.first and time.last <= other.first <= time.last + _ADJACENT:
            return True
    return False


def _greeted(tokens: Sequence[Token], time: TimeMention, at: Item) -> bool:
    """Whether a feast is what a message is sent for: "Christmas and New Year greetings"."""
    before = trigger_of(at).channel == "message" and time.last <= at.first
    return before and all(t.norm in _FEAST for t in tokens[time.last : at.first])


def _of_verb_before(items: Items, time: TimeMention, trigger: int) -> bool:
    """Whether a time right behind a verb is that verb's: "met today with X to discuss her trip to Chad"."""
    row, own = items.items, items.items[trigger]
    verb = next((x for x in row[:trigger] if x.kind in VERBS and x.last <= time.first <= x.last + _ADJACENT), None)
    between = items.sentence.tokens[time.last : own.first] if verb and time.last <= own.first else ()
    return any(t.norm in _ABOUT for t in between)


def _of_reporting(items: Items, time: TimeMention, trigger: int) -> bool:
    """Whether a time says when something was said: "said on Wednesday he wanted a meeting"."""
    tokens = items.sentence.tokens
    if _of_statement(tokens, time) or _of_what_was_agreed(tokens, time, trigger):
        return True
    if time.first and time.last == trigger and tokens[time.first - 1].norm in _POSSESSIVES:
        return False
    before = [t.norm for t in tokens[max(0, time.first - 3) : time.first]]
    if time.last <= trigger:
        after = [t.norm for t in tokens[time.last : min(trigger, time.last + 9)]]
        return bool(_REPORTING & {*before, *after})
    return bool(_REPORTING & set(before)) and not _REPORTING & {tokens[trigger].norm}


def _of_statement(tokens: Sequence[Token], time: TimeMention) -> bool:
    """Whether a time dates words that were spoken: "said at a news conference on Tuesday", "her Friday interview"."""
    before = time.first - 1
    before -= before > 0 and tokens[before].norm == "on"
    return _names_speech(tokens, before) or _names_speech(tokens, time.last)


def _names_speech(tokens: Sequence[Token], at: int) -> bool:
    """Whether the token at ``at`` is a noun of what is said in public; a conference is one of the press."""
    if not 0 <= at < len(tokens) or tokens[at].norm not in _STATEMENTS:
        return False
    return tokens[at].norm != "conference" or (at > 0 and tokens[at - 1].norm in ("news", "press"))


def _of_what_was_agreed(tokens: Sequence[Token], time: TimeMention, trigger: int) -> bool:
    """Whether a time dates an agreement on what is to come: "agreed yesterday that he would visit Oslo"."""
    agreed = any(t.norm == "agreed" for t in tokens[: time.first])
    return agreed and time.last < trigger and tokens[time.last].norm == "that"
