"""Why a passage was read as it was: every mention, every rule that fired, which won and which lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from communique.extract.contacts.roles import constructions
from communique.extract.contacts.status import read_status
from communique.extract.contacts.triggers import mark_triggers
from communique.extract.context import ActorMention, Context, TimeMention
from communique.extract.items import Items, build_items
from communique.knowledge.rules import RuleBook
from communique.model import Party, Span

Outcome = Literal["won", "lost", "mention"]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was seen: its words, the field, the rule, whether it won, and what it says."""

    span: Span
    words: str
    field: str
    rule: str
    outcome: Outcome
    says: str


def explain(context: Context) -> Iterator[Line]:
    """Everything seen in a document, sentence by sentence."""
    for index in range(len(context.sentences)):
        yield from (_actor(context, m) for m in context.actors[index])
        yield from (_time(context, m) for m in context.times[index])
        yield from _rules(context, index)


def _words(context: Context, span: Span) -> str:
    return " ".join(context.document.part(span.part)[span.start : span.stop].split())


def party_line(party: Party) -> str:
    """A party in one line: name, office and side."""
    who = party.name or party.office or "(body)"
    office = f", {party.office}" if party.name and party.office else ""
    return f"{who}{office} [{party.side or '?'}; {party.level or '?'}]"


def _actor(context: Context, mention: ActorMention) -> Line:
    says = " + ".join(map(party_line, mention.parties)) or "nobody known"
    return Line(mention.span, _words(context, mention.span), f"actor ({mention.kind})", mention.rule, "mention", says)


def _time(context: Context, mention: TimeMention) -> Line:
    says = f"{mention.when.edtf} ({mention.when.basis}: {mention.when.why})" if mention.when else mention.timex
    return Line(mention.span, _words(context, mention.span), "time", mention.rule, "mention", says)


def _rules(context: Context, index: int) -> Iterator[Line]:
    rules = context.knowledge.rules
    marked = mark_triggers(build_items(context, index), rules)
    winners = list(constructions(marked, rules))
    won = {(w.firing.rule.id, w.firing.match.start, w.firing.match.stop) for w in winners}
    for firing in rules.fire("contact", marked.items, marked.words):
        span = marked.span(context.document.id, firing.match.start, firing.match.stop)
        is_won = (firing.rule.id, firing.match.start, firing.match.stop) in won
        yield Line(
            span, _words(context, span), "contact", firing.rule.id, "won" if is_won else "lost", firing.phrase.source
        )
    for made in winners:
        yield from _status(context, marked, made.trigger, made.stop, rules)


def _status(context: Context, marked: Items, trigger: int, stop: int, rules: RuleBook) -> Iterator[Line]:
    cues = list(rules.fire("status", marked.items, marked.words))
    read = read_status(marked, trigger, stop, cues)
    for firing in cues:
        span = marked.span(context.document.id, firing.match.start, firing.match.stop)
        is_won = (firing.rule.id, firing.match.start) == (read.rule, read.start)
        says = firing.rule.sets["status"]
        yield Line(span, _words(context, span), "status", firing.rule.id, "won" if is_won else "lost", says)
