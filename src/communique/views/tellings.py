"""Words of an account beyond its fields: how the talk is said to have gone, and what is to come of it."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files

from communique.model import Document, Report, Span
from communique.text import Sentence, fold
from communique.views.documents import sentences

Told = tuple[tuple[str, Span], ...]
_TALK = frozenset(
    ("conversation", "call", "meeting", "talks", "talk", "discussion", "discussions", "exchange", "dialogue", "manner",
     "atmosphere")
)  # fmt: skip
_NEAR = 4


def tone_words(report: Report, document: Document) -> Told:
    """Words that say how the talk went, standing close to a word for the talk in a sentence that tells of it."""
    if not _may_hold(document, _table("tone")):
        return ()
    told = [report.trigger, *report.quotes, *(t.span for t in report.topics)]
    found: dict[Span, str] = {}
    for sentence in sentences(document):
        if any(s.part == sentence.part and s.start < sentence.stop and sentence.start < s.stop for s in told):
            found |= dict(_tones(sentence, document))
    return tuple((word, span) for span, word in sorted(found.items()))


def step_words(report: Report, document: Document, others: Collection[Span] = ()) -> Told:
    """What a readout says is to follow, from where it begins to tell of the contact up to where it tells of another.

    ``others`` are the words that tell of other contacts in the document.
    """
    if not _may_hold(document, _table("next_steps")):
        return ()
    start = report.trigger.start if report.trigger.part == "text" else 0
    stop = min((o.start for o in others if o.part == "text" and o.start > start), default=len(document.text))
    found: dict[Span, str] = {}
    for sentence in sentences(document):
        if sentence.part == "text" and sentence.stop > start and sentence.start < stop:
            found |= dict(_steps(sentence, document))
    return tuple((step, span) for span, step in sorted(found.items()))


def _may_hold(document: Document, phrases: Iterable[str]) -> bool:
    """False if the first word of none of the phrases stands there: then no sentence need be looked at."""
    words = fold(f"{document.title or ''}\n{document.text}")
    return any(phrase.partition(" ")[0] in words for phrase in phrases)


def _tones(sentence: Sentence, document: Document) -> Iterator[tuple[Span, str]]:
    tokens = sentence.tokens
    talks = [i for i, token in enumerate(tokens) if token.norm in _TALK]
    for i, token in enumerate(tokens):
        if token.norm in _table("tone") and any(abs(i - at) <= _NEAR for at in talks):
            yield Span(document.id, token.start, token.stop, sentence.part), token.norm


def _steps(sentence: Sentence, document: Document) -> Iterator[tuple[Span, str]]:
    norms = [token.norm for token in sentence.tokens]
    for phrase, step in _table("next_steps").items():
        words = phrase.split()
        for at in range(len(norms) - len(words) + 1):
            if norms[at : at + len(words)] == words:
                first, last = sentence.tokens[at], sentence.tokens[at + len(words) - 1]
                yield Span(document.id, first.start, last.stop, sentence.part), step


@cache
def _table(name: str) -> Mapping[str, str]:
    """The words of a table of English, folded, with what stands beside them."""
    table = files("communique.knowledge").joinpath(f"data/en/{name}.csv").read_text("utf-8")
    rows = csv.reader(table.splitlines()[1:])
    return {fold(row[0]): row[-1] for row in rows if row}
