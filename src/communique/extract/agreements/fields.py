"""The fields of an action beside its agreement: when, where, on what condition, by whom it is told."""

from __future__ import annotations

from hashlib import sha256

from communique.extract.agreements.mention import AgreementMention
from communique.extract.context import Context
from communique.extract.items import Items, Place
from communique.extract.times import publication_day
from communique.knowledge.rules import Firing
from communique.model import Cited, Span, When

_CLOSERS = frozenset((".", ";", ":", "!", "?", '"'))
_UNTIL = frozenset(("until", "till", "through"))
_FARTHEST = 6
_LEAD = 2
_AFTER = frozenset(("after", "following", "at", "during"))
_OCCASIONS = frozenset(("talks", "meeting", "negotiations", "summit", "ceremony", "consultations"))
_PERFECT = frozenset(("had", "would", "will", "could", "may", "might", "if"))


def identity(document: str, span: Span, words: Span) -> str:
    """An id that hangs on the place of the words, not on how they were read."""
    return sha256(f"{document}\0agreement\0{span.part}\0{span.start}\0{words.start}".encode()).hexdigest()[:16]


def when_of(folded: Items, firing: Firing) -> Cited[When] | None:
    """The time nearest to the words that tell the action, within their clause; inside the name only if nothing else."""
    best: tuple[int, int] | None = None
    for k, item in enumerate(folded.items):
        if item.kind == "time" and item.value.when is not None and not _ends(folded, k):
            away = max(firing.match.start - k, k - firing.match.stop + 1, 0)
            if best is None or away < best[0]:
                best = (away, k)
    if best is None or best[0] > _FARTHEST:
        return None
    mention = folded.items[best[1]].value
    return Cited(mention.when, mention.span, mention.rule)


def _ends(folded: Items, k: int) -> bool:
    """Whether a time is the end of what is agreed ("extended until February 5"), and not its day."""
    tokens, first = folded.sentence.tokens, folded.items[k].first
    return tokens[first].norm in _UNTIL or (first > 0 and tokens[first - 1].norm in _UNTIL)


def news_day(context: Context, folded: Items, firing: Firing, mention: AgreementMention) -> Cited[When] | None:
    """Publication day for a signing after talks or a meeting that a text is about, if nothing else dates it."""
    day = publication_day(context.document)
    row, sentence = folded.items, folded.sentence
    first = next((s.index for s in context.sentences if s.part == "text"), 0)
    lead = sentence.part == "title" or sentence.index < first + _LEAD
    told = lead and firing.rule.sets["action"] == "signed" and not mention.back and mention.when is None
    if day is None or not told or any(item.kind == "time" and item.value.when for item in row):
        return None
    norms = [item.norm for item in row]
    after = any(norms[k] in _AFTER and _OCCASIONS & set(norms[k + 1 : k + 4]) for k in range(len(norms)))
    if "signed" not in norms[firing.match.start : firing.match.stop] or _PERFECT & set(norms) or not after:
        return None
    when = When(
        day.isoformat(), day, day, "publication-default", anchor="publication", why="signed after the talks told"
    )
    return Cited(when, folded.span(context.document.id, firing.match.start, firing.match.stop), "publication-default")


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
