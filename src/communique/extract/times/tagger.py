"""One pass over a document's tokens: every mention of a time, with its value, basis and reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import accumulate
from typing import Literal

from communique.extract.context import TimeMention
from communique.extract.times import tense
from communique.extract.times.anchors import Env
from communique.extract.times.grammar import Fields, Grammar, Match, Scan, grammar_of
from communique.extract.times.guards import GUARDS
from communique.extract.times.lexicon import word_set
from communique.extract.times.periods import Period
from communique.extract.times.published import host_zone
from communique.extract.times.value import Value
from communique.extract.times.values import OPS
from communique.model import AnchorKind, Document, Span
from communique.text import Sentence, Token

Style = Literal["reading", "timex"]

_NUMERIC = re.compile(r"\b(\d{1,2})/(\d{1,2})/\d{2,4}\b")
_JOINS = word_set("tagger", "joins")
_QUOTE = frozenset(('"', "``", "''"))
_SAID = word_set("tagger", "said")
_COUNTED_FROM_NOW = frozenset(("today", "unit", "ago", "weekend", "window"))
_DATELINE_DAYS = 10  # a dateline farther than this from publication is not the day of the news
_NOT_REMEMBERED = frozenset(("anniversary", "year-ago", "same-period"))
_CALENDAR = range(1000, 3000)  # years of publication that can be; others are no day to count from
_READING_ONLY = "reading-only"


def find_times(
    document: Document, sentences: Sequence[Sentence], reference: date | None, *, style: Style = "reading"
) -> tuple[tuple[TimeMention, ...], ...]:
    """All mentions of time, grouped by sentence index.

    ``reference`` is the day the document is told on (publication, in the issuer's local day); None leaves years open
    (``XXXX-05-22``, basis ``undecided``). ``style`` "timex" leaves out what TIMEX3 does not mark (anniversaries).
    """
    tagger = _Tagger(document, reference, style)
    return tuple(tagger.sentence(sentence) for sentence in sentences)


class _Tagger:
    """The state of one document's reading: what was said so far."""

    def __init__(self, document: Document, reference: date | None, style: Style) -> None:
        self.document, self.style = document, style
        self.grammar: Grammar = grammar_of(document.language)
        self.published = reference if reference and reference.year in _CALENDAR else None
        self.env = Env(self.published, day_first=_day_first(document))
        self.text_sentences = 0

    def sentence(self, sentence: Sentence) -> tuple[TimeMention, ...]:
        """The mentions of one sentence."""
        self.text_sentences += sentence.part == "text"
        found = [mention for mention, _ in self._pairs(sentence)]
        return tuple(found)

    def _pairs(self, sentence: Sentence) -> list[tuple[TimeMention, Match]]:
        pairs = list(self._mentions(sentence))
        if pairs:
            self._learn(sentence, pairs)
            if len(pairs) > 1 and any(t.norm in _QUOTE for t in sentence.tokens):
                pairs = self._quoted(sentence, pairs)
        return pairs

    def _mentions(self, sentence: Sentence) -> Iterator[tuple[TimeMention, Match]]:
        norms, may_begin = (*sentence.norms, ""), self.grammar.may_begin
        scan, at, count = None, 0, len(sentence.tokens)
        while at < count:
            if may_begin(norms[at], norms[at + 1]):
                scan = scan or self.grammar.scan(sentence.tokens)
                pair = self._at(sentence, scan, at)
                if pair is not None:
                    yield pair
                    at = pair[0].last
                    continue
            at += 1

    def _at(self, sentence: Sentence, scan: Scan, at: int) -> tuple[TimeMention, Match] | None:
        """The longest match at a token that its guards let pass and that has a value."""
        for match in scan.matches("time", at):
            if not all(GUARDS[name](sentence.tokens, match) for name in match.rule.guard):
                continue
            if self.style == "timex" and _READING_ONLY in match.rule.set:
                continue
            match = _with_shared_year(scan, match)
            mention = self._mention(sentence, match)
            if mention is not None:
                return mention, match
        return None

    def _mention(self, sentence: Sentence, match: Match) -> TimeMention | None:
        tokens, env = sentence.tokens, self.env
        env.tense = partial(tense.tense, tokens, match.start, match.stop)
        value = OPS[match.rule.op](match.fields, env)
        if value is None:
            return None
        span = Span(self.document.id, tokens[match.start].start, tokens[match.stop - 1].stop, sentence.part)
        self._remember(value, span, match.rule.op)
        return TimeMention(
            sentence.index, match.start, match.stop, span, value.kind, value.timex, value.when, match.rule.id
        )

    def _remember(self, value: Value, span: Span, op: str) -> None:
        period, env = value.period, self.env
        if value.kind == "DURATION" and value.timex in ("P9M", "P6M", "P1Y"):
            env.said_quarter = None
        if period is None or period.first is None or value.kind in ("DURATION", "SET") or op in _NOT_REMEMBERED:
            return
        env.said = (period, span)
        if period.grain == "Q" and op == "quarter" and not self._outlook(period):
            env.said_quarter = env.said
        if period.first == period.last:
            env.said_day = (period.first, span)

    def _outlook(self, period: Period) -> bool:
        """Whether a quarter is only looked forward to, after one that is over was told of: it is not in question."""
        said, day = self.env.said_quarter, self.env.reference
        return bool(said and day and said[0].last and said[0].last < day and period.last and period.last >= day)

    def _learn(self, sentence: Sentence, pairs: Sequence[tuple[TimeMention, Match]]) -> None:
        """Take over a dateline as the day of telling, and a heading's year for what stands under it."""
        mention = pairs[0][0]
        when = mention.when
        if sentence.part == "title" or when is None or when.earliest is None:
            return
        if self.text_sentences <= 2 and when.earliest == when.latest and in_dateline(sentence, mention):
            near = self.published is None or abs((self.published - when.earliest).days) <= _DATELINE_DAYS
            if near and (when.basis == "explicit" or self.published is not None):
                self._tell_from(when.earliest, "dateline", mention.span)
        elif when.basis == "explicit" and len(sentence.tokens) - (mention.last - mention.first) <= 1:
            self.env.year = (when.earliest.year, mention.span)

    def _tell_from(self, day: date, anchor: AnchorKind, span: Span) -> None:
        self.env.reference, self.env.anchor, self.env.anchor_span = day, anchor, span

    def _quoted(
        self, sentence: Sentence, pairs: list[tuple[TimeMention, Match]]
    ) -> list[tuple[TimeMention, Match]]:
        """Words counted from now inside a quotation count from the day on which it is said to have been spoken."""
        inside = _inside_quotes(sentence.tokens)
        spoken = next((m for m, _ in pairs if not inside[m.first] and _spoken_on(sentence, m)), None)
        if spoken is None or spoken.when is None or spoken.when.earliest is None:
            return pairs
        return [
            (self._from(sentence, match, spoken) or mention, match)
            if match.rule.op in _COUNTED_FROM_NOW and inside[mention.first]
            else (mention, match)
            for mention, match in pairs
        ]

    def _from(self, sentence: Sentence, match: Match, spoken: TimeMention) -> TimeMention | None:
        kept = self.env
        day = spoken.when.earliest if spoken.when else None
        self.env = replace(kept, reference=day, anchor="quotation", anchor_span=spoken.span)
        found = self._mention(sentence, match)
        self.env = kept
        return found


def in_dateline(sentence: Sentence, mention: TimeMention) -> bool:
    """Whether a date stands in a dateline: capitals before it, a dash, stop or bracket after it."""
    before = sentence.tokens[: mention.first]
    after = sentence.tokens[mention.last].norm if mention.last < len(sentence.tokens) else "."
    if not 0 < len(before) <= 8 or after not in ("-", ".", ":", "(", "/", "_"):
        return False
    return before[0].text.isupper() and len(before[0].text) > 2


def _with_shared_year(scan: Scan, match: Match) -> Match:
    """ "On March 5 and April 2, 2015": a date takes the year of the one it is joined to."""
    fields, tokens = match.fields, scan.tokens
    if "month" not in fields or "year" in fields or "yy" in fields or match.stop + 1 >= len(tokens):
        return match
    if tokens[match.stop].norm not in _JOINS or match.rule.op != "calendar":
        return match
    year = _year_after(scan, match.stop + 1, "date" if "dom" in fields else "mo")
    return match._replace(fields={**fields, "year": year}) if year else match


def _year_after(scan: Scan, at: int, group: str) -> str | None:
    if group not in scan.grammar.groups:
        return None
    following: Fields = next((m.fields for m in scan.matches(group, at)), {})
    return following.get("year")


def _inside_quotes(tokens: Sequence[Token]) -> list[bool]:
    """Of each token, whether it stands inside quotation marks."""
    return [count % 2 == 1 for count in accumulate(t.norm in _QUOTE for t in tokens)]


def _spoken_on(sentence: Sentence, mention: TimeMention) -> bool:
    """Whether a day outside the quotation stands at its reporting verb: "…", he said on Tuesday."""
    if mention.when is None or mention.when.earliest != mention.when.latest:
        return False
    near = sentence.tokens[max(0, mention.first - 3) : mention.last + 2]
    return any(t.norm in _SAID for t in near)


def _day_first(document: Document) -> bool:
    """Whether 03/04/2020 is the third of April: by the text's own clear cases, else by where it is published."""
    if "/" in document.text:
        for first, second in _NUMERIC.findall(document.text):
            if (int(first) > 12) != (int(second) > 12):
                return int(first) > 12
    zone = host_zone(document.url)
    return zone is not None and not zone.startswith("America/")
