"""One pass over a document's tokens: every mention of a time, with its value, basis and reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Literal

from communique.extract.context import TimeMention
from communique.extract.times import tense
from communique.extract.times.anchors import Env
from communique.extract.times.grammar import Grammar, Match, english_grammar
from communique.extract.times.guards import GUARDS
from communique.extract.times.values import OPS, Value
from communique.model import Document, Span
from communique.text import Sentence

Style = Literal["reading", "timex"]


def find_times(
    document: Document, sentences: Sequence[Sentence], reference: date | None, *, style: Style = "reading"
) -> tuple[tuple[TimeMention, ...], ...]:
    """All mentions of time, grouped by sentence index.

    ``reference`` is the day the document is told on (publication, in the issuer's local day); None leaves years open
    (``XXXX-05-22``, basis ``undecided``). ``style`` "timex" keeps the ends of a range apart, as TIMEX3 does.
    """
    grammar, env = english_grammar(), Env(reference)
    out: list[tuple[TimeMention, ...]] = []
    for sentence in sentences:
        out.append(tuple(_tag(document, sentence, grammar, env)))
    return tuple(out)


def _tag(document: Document, sentence: Sentence, grammar: Grammar, env: Env) -> list[TimeMention]:
    tokens, first_words, found = sentence.tokens, grammar.first, []
    scan, at, count = None, 0, len(sentence.tokens)
    while at < count:
        norm = tokens[at].norm
        if norm not in first_words and not norm[0].isdigit():
            at += 1
            continue
        scan = scan or grammar.scan(tokens)
        mention = None
        for match in scan.matches("time", at):
            mention = _mention(document, sentence, match, env)
            if mention is not None:
                break
        if mention is None:
            at += 1
            continue
        found.append(mention)
        at = mention.last
    return found


def _mention(document: Document, sentence: Sentence, match: Match, env: Env) -> TimeMention | None:
    tokens = sentence.tokens
    if not all(GUARDS[name](tokens, match) for name in match.rule.guard):
        return None
    env.tense = partial(tense.tense, tokens, match.start, match.stop)
    value = OPS[match.rule.op](match.fields, env)
    if value is None:
        return None
    span = Span(document.id, tokens[match.start].start, tokens[match.stop - 1].stop, sentence.part)
    _remember(value, span, match.rule.op, env)
    return TimeMention(
        sentence.index, match.start, match.stop, span, value.kind, value.timex, value.when, match.rule.id
    )


def _remember(value: Value, span: Span, op: str, env: Env) -> None:
    period = value.period
    if value.kind == "DURATION" and value.timex in ("P9M", "P6M", "P1Y"):
        env.said_quarter = None
    if period is None or period.first is None or value.kind in ("DURATION", "SET"):
        return
    env.said = (period, span)
    if period.grain == "Q" and op == "quarter":
        env.said_quarter = env.said
    if period.first == period.last:
        env.said_day = (period.first, span)
