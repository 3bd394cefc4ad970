"""What a text betrays of its own year: each piece of evidence is a set of stretches of days, with a reason.

Sources: who is called by which office (``incumbents``), named events, agreements, anniversaries, years written out.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Protocol

from communique import edtf
from communique.extract.context import TimeMention
from communique.extract.times.lexicon import word_set
from communique.extract.times.numbers import ORDINALS
from communique.extract.times.tagger import in_dateline
from communique.knowledge.facts import Agreement, AgreementStep, Event, Role
from communique.model import Actor, Office, Tenure
from communique.text import Sentence, Token, tokenize

Stretch = tuple[date, date]
_LEAD = 3
_WHOLE = 8
_ENDS = word_set("evidence", "ends")
_TO_BE = re.compile(" (?:prepar\\w+|upcoming|forthcoming|will|ahead|approaching|next|plans?) ")
_BEFORE_IT = 150  # days before an anniversary from which it is spoken of as present
_AFTER_IT = 200  # and after it
_PLAN = word_set("evidence", "plan")
_ANNIVERSARY = frozenset(("anniversary", "anniversaries", "jubilee"))


class Facts(Hashable, Protocol):
    """What is asked of the registry."""

    @property
    def offices(self) -> Mapping[str, Office]:
        """All offices by id."""

    @property
    def roles(self) -> Mapping[str, Role]:
        """All roles by id."""

    @property
    def people(self) -> Mapping[str, Actor]:
        """All people by id."""

    @property
    def tenures(self) -> tuple[Tenure, ...]:
        """Who held what."""

    @property
    def events(self) -> tuple[Event, ...]:
        """Events with dates."""

    @property
    def agreements(self) -> Mapping[str, Agreement]:
        """Agreements by name."""

    @property
    def agreement_steps(self) -> tuple[AgreementStep, ...]:
        """Known dated steps of agreements."""

    def find_person(self, name: str, near_day: date | None = None) -> tuple[Actor, ...]:
        """Persons whom name words can mean."""

    def tenures_of(self, actor: str) -> tuple[Tenure, ...]:
        """Tenures of a person."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Days on which the text can have been published, as one observation has it, and the reason in words."""

    kind: str
    days: tuple[Stretch, ...]
    reason: str

    def overlaps(self, first: date, last: date) -> bool:
        """Whether the observation fits publication on some day of a stretch."""
        return any(start <= last and first <= stop for start, stop in self.days)


def lead_end(sentences: Sequence[Sentence]) -> int:
    """The index of the last sentence of the lead: the third whole one of the text (headings and crumbs apart)."""
    whole = [s.index for s in sentences if s.part == "text" and len(s.tokens) >= _WHOLE and s.tokens[-1].norm in _ENDS]
    return whole[min(_LEAD, len(whole)) - 1] if whole else len(sentences)


def event_evidence(sentences: Sequence[Sentence], facts: Facts) -> Iterator[Evidence]:
    """Named events: an anniversary gives its year, an ordinal its edition, a mere mention a lower bound."""
    index = _event_index(facts)
    for sentence in sentences:
        line = _line(sentence.tokens)
        if not index.pattern:
            return
        for match in index.pattern.finditer(line):
            for event in index.events[match.group(1)]:
                yield from _event(event, line, sentence.tokens, match.start())


@dataclass(frozen=True)
class _Index:
    pattern: re.Pattern[str] | None
    events: Mapping[str, tuple[Event, ...]]


@lru_cache(maxsize=4)
def _event_index(facts: Facts) -> _Index:
    table: dict[str, list[Event]] = {}
    for event in facts.events:
        for name in (event.name, *event.aliases):
            table.setdefault(_line(tokenize(name)).strip(), []).append(event)
    if not table:
        return _Index(None, {})
    names = sorted(map(re.escape, table), key=len, reverse=True)
    return _Index(re.compile(f"(?<= )({'|'.join(names)})(?= )"), {n: tuple(e) for n, e in table.items()})


def _line(tokens: Sequence[Token]) -> str:
    return f" {' '.join(t.norm for t in tokens)} "


def _event(event: Event, line: str, tokens: Sequence[Token], at: int) -> Iterator[Evidence]:
    first, last = edtf.bounds(event.date)
    if first is None or last is None:
        return
    number = _anniversary(line, at)
    if number is not None and _TO_BE.search(line):
        return
    if number is not None:
        year = first.year + number
        middle = date(year, first.month, min(first.day, 28)).toordinal()
        days = ((date.fromordinal(middle - _BEFORE_IT), date.fromordinal(middle + _AFTER_IT)),)
        yield Evidence("anniversary", days, f"{number}th anniversary of {event.name} ({event.date}): {year}")
    elif event.kind == "event" and event.ordinal is None:
        yield Evidence("event", ((first, date.max),), f"{event.name} was on {event.date}: not before")


def _anniversary(line: str, at: int) -> int | None:
    """The ordinal of an anniversary told shortly before a named event."""
    before = line[max(0, at - 90) : at].split()
    for i in range(len(before) - 1, -1, -1):
        if before[i] in _ANNIVERSARY:
            return _ordinal(" ".join(before[max(0, i - 2) : i]).replace(" - ", "-").split()[-1:])
    return None


def _ordinal(words: Sequence[str]) -> int | None:
    word = words[0] if words else ""
    match = re.fullmatch(r"(\d{1,3})(?:st|nd|rd|th)?", word)
    if match:
        return int(match[1])
    tens, _, unit = word.partition("-")
    if unit in ORDINALS and tens + "ieth" not in ORDINALS:
        base = ORDINALS.get(tens[:-1] + "ieth")
        return base + ORDINALS[unit] if base else None
    return ORDINALS.get(word)


def step_evidence(
    sentences: Sequence[Sentence], times: Sequence[Sequence[TimeMention]], facts: Facts
) -> Iterator[Evidence]:
    """A known step of an agreement told with its month and day: "On May 21 … withdrawal from Open Skies"."""
    names = _agreement_names(facts)
    for sentence, mentions in zip(sentences, times, strict=True):
        told = (m for m in mentions if re.fullmatch(r"XXXX-\d\d-\d\d", m.timex) and not in_dateline(sentence, m))
        days = [m.timex[5:] for m in told]
        if not days:
            continue
        line = _line(sentence.tokens)
        agreed = {name for alias, name in names if f" {alias} " in line}
        for step in facts.agreement_steps:
            if step.agreement in agreed and step.date[5:] in days and len(step.date) == 10:
                day = date.fromisoformat(step.date)
                ahead = date.fromordinal(day.toordinal() + 182)
                yield Evidence(
                    "step", ((day, ahead),), f"{step.agreement}: {step.action} by {', '.join(step.by)} on {step.date}"
                )


@lru_cache(maxsize=4)
def _agreement_names(facts: Facts) -> tuple[tuple[str, str], ...]:
    return tuple(
        (_line(tokenize(alias)).strip(), agreement.name)
        for agreement in facts.agreements.values()
        for alias in (agreement.name, *agreement.aliases)
    )


def year_evidence(sentences: Sequence[Sentence], times: Sequence[Sequence[TimeMention]]) -> Iterator[Evidence]:
    """Years written out: told as past they are a lower bound; plans are left aside."""
    latest: tuple[date, TimeMention] | None = None
    for sentence, mentions in zip(sentences, times, strict=True):
        for mention in mentions:
            if _bound(mention, sentence) and mention.when and mention.when.earliest:
                found = mention.when.earliest
                if latest is None or found > latest[0]:
                    latest = found, mention
    if latest:
        day = latest[0]
        yield Evidence("year", ((day, date.max),), f"the text speaks of {latest[1].timex} as past: not before")


def _bound(mention: TimeMention, sentence: Sentence) -> bool:
    if mention.when is None or mention.when.basis != "explicit" or mention.kind in ("DURATION", "SET"):
        return False
    before = [t.norm for t in sentence.tokens[max(0, mention.first - 12) : mention.first]]
    if before[-1:] and before[-1] in _PLAN:
        return False
    ahead = {
        "will",
        "would",
        "shall",
        "plan",
        "plans",
        "planned",
        "scheduled",
        "expected",
        "due",
        "upcoming",
        "next",
        "future",
        "to",
        "for",
        "strategy",
        "agenda",
        "vision",
        "target",
        "goal",
        "goals",
        "programme",
        "program",
    }
    after = {t.norm for t in sentence.tokens[mention.last : mention.last + 8]}
    return not ahead & set(before) and not {"will", "agenda", "strategy", "vision"} & after


def common(evidence: Iterable[Evidence], first: date, last: date) -> tuple[Stretch, ...]:
    """The days between two on which all observations fit."""
    left: tuple[Stretch, ...] = ((first, last),)
    for one in evidence:
        pairs = ((max(a, c), min(b, d)) for a, b in left for c, d in one.days)
        left = tuple((start, stop) for start, stop in pairs if start <= stop)
    return left
