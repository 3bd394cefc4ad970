"""Why a passage was read as it was: every mention, every rule that fired, which won and which lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from communique.extract.contacts.roles import constructions
from communique.extract.contacts.sides import Construction
from communique.extract.contacts.status import read_status
from communique.extract.contacts.triggers import mark_triggers
from communique.extract.context import ActorMention, Context, TimeMention
from communique.extract.items import Items, build_items
from communique.knowledge.rules import Firing, RuleBook
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
    won = {_place(w.firing): w.firing.phrase.source for w in winners}
    fired = {_place(f): f for f in rules.fire("contact", marked.items, marked.words)}
    for place, firing in fired.items():
        span = marked.span(context.document.id, firing.match.start, firing.match.stop)
        outcome: Outcome = "won" if place in won else "lost"
        says = won.get(place, firing.phrase.source)
        yield Line(span, _words(context, span), "contact", firing.rule.id, outcome, says)
    yield from _statuses(context, marked, winners, rules)


def _place(firing: Firing) -> tuple[str, int, int]:
    """A rule at its words: two of its phrases that match the same ones are one."""
    return firing.rule.id, firing.match.start, firing.match.stop


def _statuses(context: Context, marked: Items, made: Sequence[Construction], rules: RuleBook) -> Iterator[Line]:
    """The cues of status, each once: won where it governs one of the contacts."""
    cues = list(rules.fire("status", marked.items, marked.words)) if made else []
    read = {(won.rule, won.start) for won in (read_status(marked, m.trigger, m.stop, cues) for m in made)}
    for firing in {_place(cue): cue for cue in cues}.values():
        span = marked.span(context.document.id, firing.match.start, firing.match.stop)
        outcome: Outcome = "won" if (firing.rule.id, firing.match.start) in read else "lost"
        yield Line(span, _words(context, span), "status", firing.rule.id, outcome, firing.rule.sets["status"])
