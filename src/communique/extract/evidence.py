"""What a text betrays of its own year: each piece of evidence is a set of stretches of days, with a reason.

Sources: who is called by which office (tenures), named events and agreements, anniversaries, ordinals, explicit years.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Protocol

from communique import edtf
from communique.extract.context import TimeMention
from communique.extract.times.numbers import ORDINALS
from communique.knowledge.facts import Agreement, AgreementStep, Event, Role
from communique.model import Actor, Office, Tenure
from communique.text import Sentence, Token, tokenize

Stretch = tuple[date, date]
_FORMER = frozenset("former ex then-president then late predecessor successor future ex-president".split())
_FORMER_SPAN = 6
_PLAN = frozenset("by until till through to before".split())
_ANNIVERSARY = frozenset(("anniversary", "anniversaries", "jubilee"))


class Facts(Protocol):
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
    """Days on which the text can have been published, as one observation has it, and the reason in words.
    """

    kind: str
    days: tuple[Stretch, ...]
    reason: str

    def allows(self, day: date) -> bool:
        """Whether the observation fits publication on that day."""
        return any(first <= day <= last for first, last in self.days)

    def overlaps(self, first: date, last: date) -> bool:
        """Whether the observation fits publication on some day of a stretch."""
        return any(start <= last and first <= stop for start, stop in self.days)


def tenure_evidence(sentences: Sequence[Sentence], facts: Facts) -> Iterator[Evidence]:
    """People called by an office: the text was published while they held it."""
    seen: set[tuple[str, str]] = set()
    for sentence in sentences:
        for start, stop in _names(sentence.tokens):
            for actor, offices in _holders(sentence.tokens, start, stop, facts):
                key = (actor.id, offices[0].role)
                if key in seen:
                    continue
                seen.add(key)
                yield _held(actor, offices, facts)


def _held(actor: Actor, offices: Sequence[Office], facts: Facts) -> Evidence:
    wanted = {o.id for o in offices}
    stretches = tuple(_stretch(t.since, t.until) for t in facts.tenures_of(actor.id) if t.office in wanted)
    said = " and ".join(f"{first} to {_end(last)}" for first, last in stretches)
    return Evidence("tenure", stretches, f"{actor.name} was {offices[0].title} ({offices[0].holder}) from {said}")


def _end(day: date) -> str:
    return "the present of the registry" if day == date.max else day.isoformat()


def _stretch(since: str | None, until: str | None) -> Stretch:
    first = edtf.bounds(since)[0] if since else None
    last = edtf.bounds(until)[1] if until else None
    return first or date.min, last or date.max


def _names(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Rows of capitalised words: what may be names."""
    at = 0
    while at < len(tokens):
        if not _name_word(tokens[at]):
            at += 1
            continue
        stop = at + 1
        while stop < len(tokens) and _name_word(tokens[stop]):
            stop += 1
        yield at, stop
        at = stop


def _name_word(token: Token) -> bool:
    return token.capital and token.text[:1].isalpha() and len(token.text) > 1


def _holders(
    tokens: Sequence[Token], start: int, stop: int, facts: Facts
) -> Iterator[tuple[Actor, tuple[Office, ...]]]:
    """Persons in a row of capitalised words who are called by an office that they have held."""
    at = start
    while at < stop:
        found = None
        for last in range(min(stop, at + 4), at, -1):
            found = _person(" ".join(t.text for t in tokens[at:last]), last - at, facts)
            if found:
                break
        if not found:
            at += 1
            continue
        around = _words_around(tokens, at, last)
        offices = _offices(found, around, facts) if around else ()
        if offices:
            yield found, offices
        at = last


@lru_cache(maxsize=20_000)
def _person(name: str, words: int, facts: Facts) -> Actor | None:
    """The one person of that name; a single word counts only if it is one person's alone."""
    found = facts.find_person(name)
    if words == 1 and len(found) != 1:
        return None
    return found[0] if found else None


def _words_around(tokens: Sequence[Token], first: int, last: int) -> str:
    """Folded words before and after a name in which an office may be said; empty where it is a former one."""
    before = [t.norm for t in tokens[max(0, first - 14) : first]]
    after = [t.norm for t in tokens[last : last + 9]] if _norm(tokens, last) in (",", "(", "-") else []
    if any(word in _FORMER for word in before[-_FORMER_SPAN:]) or any(word in _FORMER for word in after[:4]):
        return ""
    return f" {' '.join(before)} | {' '.join(after)} "


def _norm(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].norm if 0 <= at < len(tokens) else ""


def _offices(actor: Actor, around: str, facts: Facts) -> tuple[Office, ...]:
    held = {t.office for t in facts.tenures_of(actor.id)}
    fits: dict[str, list[Office]] = {}
    best = 0
    for office in (facts.offices[name] for name in sorted(held)):
        length = max((len(w) for w in _office_words(office, facts) if f" {w} " in around or f" {w}s " in around), default=0)
        if length:
            fits.setdefault(office.role, []).append(office)
            best = max(best, length)
    return tuple(o for offices in fits.values() for o in offices) if best else ()


@lru_cache(maxsize=20_000)
def _office_words(office: Office, facts: Facts) -> tuple[str, ...]:
    role = facts.roles.get(office.role)
    words = (office.title, *office.words, *(role.words if role else ()))
    return tuple(dict.fromkeys(" ".join(t.norm for t in tokenize(w)) for w in words))


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
    if number is not None:
        year = first.year + number
        days = ((date(year - 1, 12, 1), date(year, 12, 31)),)
        yield Evidence("anniversary", days, f"{number}th anniversary of {event.name} ({event.date}): {year}")
    elif event.kind == "event" or event.ordinal is not None:
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
        days = [m.timex[5:] for m in mentions if re.fullmatch(r"XXXX-\d\d-\d\d", m.timex)]
        if not days:
            continue
        line = _line(sentence.tokens)
        agreed = {name for alias, name in names if f" {alias} " in line}
        for step in facts.agreement_steps:
            if step.agreement in agreed and step.date[5:] in days and len(step.date) == 10:
                day = date.fromisoformat(step.date)
                ahead = date.fromordinal(day.toordinal() + 182)
                yield Evidence("step", ((day, ahead),), f"{step.agreement}: {step.action} by {', '.join(step.by)} on {step.date}")  # fmt: skip


@lru_cache(maxsize=4)
def _agreement_names(facts: Facts) -> tuple[tuple[str, str], ...]:
    return tuple(
        (_line(tokenize(alias)).strip(), agreement.name)
        for agreement in facts.agreements.values()
        for alias in (agreement.name, *agreement.aliases)
    )


def agreement_evidence(sentences: Sequence[Sentence], facts: Facts) -> Iterator[Evidence]:
    """Agreements called by name: not long before they were signed."""
    lines = [_line(s.tokens) for s in sentences]
    seen: set[str] = set()
    for alias, name in _agreement_names(facts):
        if name in seen or len(alias) < 4 or not any(f" {alias} " in line for line in lines):
            continue
        seen.add(name)
        signed = edtf.bounds(facts.agreements[name].signed)[0]
        if signed and signed.year > 3:
            yield Evidence("agreement", ((signed.replace(year=signed.year - 3, day=1), date.max),), f"{name} was signed {facts.agreements[name].signed}")  # fmt: skip


def year_evidence(
    sentences: Sequence[Sentence], times: Sequence[Sequence[TimeMention]]
) -> Iterator[Evidence]:
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
    ahead = {"will", "would", "shall", "plan", "plans", "planned", "scheduled", "expected", "due", "upcoming", "next",
             "future", "to", "for", "strategy", "agenda", "vision", "target", "goal", "goals", "programme", "program"}  # fmt: skip
    after = {t.norm for t in sentence.tokens[mention.last : mention.last + 8]}
    return not ahead & set(before) and not {"will", "agenda", "strategy", "vision"} & after


def ruled_in(day: date, evidence: Iterable[Evidence]) -> bool:
    """Whether all observations fit publication on that day."""
    return all(e.allows(day) for e in evidence)

