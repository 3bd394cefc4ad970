"""Whose accounts of a contact a document relays: the tellers of the words that tell of it."""

from __future__ import annotations

from communique.extract.context import Context
from communique.extract.tellers import Tellers
from communique.model import Cited, Report, Span

__all__ = ["told_by"]


def told_by(tellers: Tellers, report: Report) -> tuple[Cited[str], ...]:
    """Whose accounts of a contact the document relays: those that govern the words which tell of it."""
    found: dict[str, Cited[str]] = {}
    places = [locate(tellers.context, report.trigger), *(last_place(tellers.context, q) for q in report.quotes)]
    for place in dict.fromkeys(places):
        if place:
            for who in tellers.all_at(*place):
                found.setdefault(who.value, who)
    return tuple(found.values())


def locate(context: Context, span: Span) -> tuple[int, int] | None:
    """The sentence and token where a span starts."""
    for sentence in context.sentences:
        if sentence.part == span.part and sentence.start <= span.start < sentence.stop:
            token = next((i for i, t in enumerate(sentence.tokens) if t.stop > span.start), 0)
            return sentence.index, token
    return None


def last_place(context: Context, span: Span) -> tuple[int, int] | None:
    """The sentence and token where a span ends."""
    return locate(context, Span(span.document, max(span.start, span.stop - 1), span.stop, span.part))
