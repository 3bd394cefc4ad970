"""The fields of an action beside its agreement: when, where, on what condition, by whom it is told."""

from __future__ import annotations

from hashlib import sha256

from communique.extract.context import Context
from communique.extract.items import Items, Place
from communique.knowledge.rules import Firing
from communique.model import Cited, Span, When

_CLOSERS = frozenset((".", ";", ":", "!", "?", '"'))
_FARTHEST = 6


def identity(document: str, span: Span, words: Span) -> str:
    """An id that hangs on the place of the words, not on how they were read."""
    return sha256(f"{document}\0agreement\0{span.part}\0{span.start}\0{words.start}".encode()).hexdigest()[:16]


def when_of(folded: Items, firing: Firing) -> Cited[When] | None:
    """The time nearest to the words that tell the action, within their clause; inside the name only if nothing else."""
    best: tuple[int, int] | None = None
    for k, item in enumerate(folded.items):
        if item.kind == "time" and item.value.when is not None:
            away = max(firing.match.start - k, k - firing.match.stop + 1, 0)
            if best is None or away < best[0]:
                best = (away, k)
    if best is None or best[0] > _FARTHEST:
        return None
    mention = folded.items[best[1]].value
    return Cited(mention.when, mention.span, mention.rule)


def place_of(folded: Items, firing: Firing) -> Cited[str] | None:
    """The place named among the words or right behind them."""
    for k in range(firing.match.start, min(len(folded.items), firing.match.stop + 3)):
        item = folded.items[k]
        if item.kind == "place" and isinstance(item.value, Place):
            span = item.value.span
            tokens = [t for t in folded.sentence.tokens if span.start <= t.start < span.stop]
            return Cited(" ".join(t.text for t in tokens), span, "agreement-place")
    return None


def condition_of(context: Context, folded: Items, firing: Firing) -> Cited[str] | None:
    """The condition an action hangs on: from its first word to the end of the clause, as it stands in the text."""
    for found in context.knowledge.rules.fire("condition", folded.items, folded.words):
        start = found.match.stop - 1 if folded.items[found.match.stop - 1].norm == "if" else found.match.start
        if start < firing.match.stop:
            continue
        stop = start + 1
        while stop < len(folded.items) and folded.items[stop].norm not in _CLOSERS and stop - start < 30:
            stop += 1
        if stop <= found.match.stop:
            continue
        span = folded.span(context.document.id, start, stop)
        return Cited(context.document.part(span.part)[span.start : span.stop], span, found.rule.id)
    return None


def side_of(context: Context, teller: str | None) -> str | None:
    """The side a teller stands for, if the document or the registry knows it."""
    if teller is None:
        return None
    for mentions in context.actors:
        for mention in mentions:
            for party in mention.parties:
                if teller in (party.name, party.organisation):
                    return party.side
    return context.knowledge.registry.side(teller)


