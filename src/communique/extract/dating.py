"""When a document was published that does not say so: the evidence put together, and nothing beyond it.

The day and month come from the dateline, or from the latest day told without a year; the year from what the text
betrays (``evidence``). Of all years that the registry reaches, those remain that no observation rules out. One left:
that is the date, with its reasons. Several: all are candidates. No evidence: unknown. The clock of the machine is
never asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from communique import edtf
from communique.extract import evidence as ev
from communique.extract.context import TimeMention
from communique.extract.crawl import crawl_evidence, seen_by
from communique.extract.evidence import Evidence, Facts
from communique.extract.incumbents import tenure_evidence
from communique.extract.times import publication_day
from communique.extract.times import tense as tenses
from communique.extract.times.tagger import in_dateline
from communique.model import Document, Published
from communique.text import Sentence

__all__ = ["infer_published", "publication_day", "seen_by"]

_FIRST_YEAR = 1940
_MOST_CANDIDATES = 12
_SURE = 7  # days after a day said with its weekday within which its text is published
_LOOSE = 60  # the same for a day said without one
_UNDATED = re.compile(r"XXXX-(\d\d)-(\d\d)")


@dataclass(frozen=True, slots=True)
class Told:
    """A month and day without a year that the text tells, and the weekday said with it (1 Monday, or None)."""

    month: int
    day: int
    weekday: int | None
    words: str
    sentence: int
    first: int

    def on(self, year: int) -> date | None:
        """That day in a year; None on 29 February of others."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None


def infer_published(
    document: Document, sentences: Sequence[Sentence], registry: Facts, times: Sequence[Sequence[TimeMention]]
) -> Published:
    """The publication date with its reasons, or all candidates that the evidence leaves, or nothing.

    ``times`` are the mentions found without a reference day (``find_times(..., None)``). ``edtf`` is a day, a month or
    a year; ``candidates`` are days or years where several remain. A bound that is given ("../2024-05-01", the day of a
    crawl) rules out what lies after it, and stays where nothing better is found.
    """
    written = _written(sentences, times)
    if written:
        return written
    found = _inferred(document, sentences, registry, times)
    if found.edtf is None and document.published.edtf:
        return replace(document.published, reasons=found.reasons, candidates=found.candidates)
    return found


def _inferred(
    document: Document, sentences: Sequence[Sentence], registry: Facts, times: Sequence[Sequence[TimeMention]]
) -> Published:
    told = list(_told(document, sentences, times))
    found, crawl = _evidence(sentences, registry, times), crawl_evidence(document)
    day = _news_day(told)
    weekdays = [t for t in told if t.weekday]
    years = range(_FIRST_YEAR, _horizon(registry) + 1)
    if not found and not weekdays:
        return Published(None, None)
    found = [*found, *crawl]
    left = [d for y in years if (d := _fits(y, day, weekdays, found))]
    if not left:
        found = [*_without_contradiction([e for e in found if e.kind != "crawl"]), *crawl]
        left = [d for y in years if (d := _fits(y, day, weekdays, found))]
    return _published(left, day, weekdays, found)


def _written(sentences: Sequence[Sentence], times: Sequence[Sequence[TimeMention]]) -> Published | None:
    """A full date that stands alone as a line, or in a dateline, near the top or the bottom: a byline."""
    text = [(s, m) for s, m in zip(sentences, times, strict=True) if s.part == "text"]
    for sentence, mentions in [*text[:3], *text[-1:]]:
        for mention in mentions:
            when = mention.when
            if when and when.basis == "explicit" and when.earliest and when.earliest == when.latest:
                rest = len(sentence.tokens) - (mention.last - mention.first)
                if rest <= 6 or in_dateline(sentence, mention):
                    return Published(when.edtf, "text", (f"the text is dated {when.edtf}",))
    return None


def _told(document: Document, sentences: Sequence[Sentence], times: Sequence[Sequence[TimeMention]]) -> Iterable[Told]:
    end = ev.lead_end(sentences)
    for sentence, mentions in zip(sentences[: end + 1], times, strict=False):
        for mention in mentions:
            match = _UNDATED.fullmatch(mention.timex)
            if not match or not _counts(sentence, mention):
                continue
            words = document.part(sentence.part)[mention.span.start : mention.span.stop]
            yield Told(int(match[1]), int(match[2]), _weekday(sentence, mention), words, sentence.index, mention.first)


def _counts(sentence: Sentence, mention: TimeMention) -> bool:
    """Whether a day is told as past, or with its weekday and not as one to come."""
    tense = tenses.tense(sentence.tokens, mention.first, mention.last)
    return tense in ("past", "forced-past") or (
        tense == "none" and (_weekday(sentence, mention) is not None or mention.first <= 4)
    )


def _weekday(sentence: Sentence, mention: TimeMention) -> int | None:
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    inside = (t.norm for t in sentence.tokens[mention.first : mention.last])
    return next((names.index(norm) + 1 for norm in inside if norm in names), None)


def _evidence(sentences: Sequence[Sentence], facts: Facts, times: Sequence[Sequence[TimeMention]]) -> list[Evidence]:
    return [
        *tenure_evidence(sentences, facts),
        *dict.fromkeys(ev.event_evidence(sentences, facts)),
        *dict.fromkeys(ev.step_evidence(sentences, times, facts)),
        *ev.year_evidence(sentences, times),
    ]


def _news_day(told: Sequence[Told]) -> Told | None:
    """The day of the news: the latest one told, where the days lie within half a year of each other."""
    if not told:
        return None
    ordinals = sorted({_in_leap_year(t) for t in told})
    gaps = [(b - a, a) for a, b in zip(ordinals, [*ordinals[1:], ordinals[0] + 366], strict=True)]
    last = max(gaps)[1]
    latest = [t for t in told if _in_leap_year(t) == last]
    return next((t for t in latest if t.weekday), latest[0])


def _in_leap_year(told: Told) -> int:
    return (date(2000, told.month, told.day) - date(2000, 1, 1)).days


def _horizon(facts: Facts) -> int:
    """The last year that the registry knows of: its newest tenure or step began then."""
    starts = [edtf.bounds(t.since)[0] for t in facts.tenures if t.since]
    return max((d.year for d in starts if d), default=_FIRST_YEAR) + 1


def _fits(year: int, day: Told | None, weekdays: Sequence[Told], found: Sequence[Evidence]) -> date | None:
    """The day of publication in that year, if nothing rules it out (1 January stands for a whole year)."""
    if day is None:
        first, last = date(year, 1, 1), date(year, 12, 31)
        return first if ev.common(found, first, last) else None
    here = day.on(year)
    if here is None or not all(_weekday_fits(t, here) for t in weekdays):
        return None
    after = timedelta(_SURE if day.weekday else _LOOSE)
    return here if ev.common(found, here, here + after) else None


def _weekday_fits(told: Told, published: date) -> bool:
    """Whether the day said with its weekday exists within the half years around publication."""
    days = [told.on(y) for y in (published.year - 1, published.year, published.year + 1)]
    near = min((d for d in days if d), key=lambda d: abs((d - published).days), default=None)
    return near is not None and near.isoweekday() == told.weekday


def _without_contradiction(found: Sequence[Evidence]) -> list[Evidence]:
    """Evidence with the observations left out that fit the fewest others (a person told of as history)."""
    tenures = [e for e in found if e.kind == "tenure"]
    if len(tenures) < 3:
        return [e for e in found if e.kind in ("anniversary", "step")] or list(found)
    agreeing = {id(e): sum(_together(e, other) for other in tenures) for e in tenures}
    most = max(agreeing.values())
    return [e for e in found if e.kind != "tenure" or agreeing[id(e)] == most]


def _together(one: Evidence, other: Evidence) -> bool:
    return any(other.overlaps(first, last) for first, last in one.days)


def _published(
    left: Sequence[date], day: Told | None, weekdays: Sequence[Told], found: Sequence[Evidence]
) -> Published:
    if not left or len(left) > _MOST_CANDIDATES:
        return Published(None, None)
    values = tuple(d.isoformat() if day else edtf.year(d.year) for d in left)
    reasons = tuple(_reasons(left, day, weekdays, found))
    if len(left) == 1:
        return Published(values[0], "inferred", reasons)
    return Published(None, None, reasons, values)


def _reasons(
    left: Sequence[date], day: Told | None, weekdays: Sequence[Told], found: Sequence[Evidence]
) -> Iterable[str]:
    years = ", ".join(str(d.year) for d in left)
    if day:
        yield f"the latest day told is {day.words!r}"
    for told in weekdays:
        fitting = _weekday_years(told, left)
        yield f"{told.words!r} is that weekday in {fitting}"
    yield from dict.fromkeys(e.reason for e in found)
    yield f"what is left of the years: {years}"


def _weekday_years(told: Told, left: Sequence[date]) -> str:
    middle = left[len(left) // 2].year
    days = (told.on(y) for y in range(middle - 12, middle + 13))
    return ", ".join(str(d.year) for d in days if d and d.isoweekday() == told.weekday)
