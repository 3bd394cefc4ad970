"""What a text betrays of its own year: each piece of evidence is a set of stretches of days, with a reason.

Sources: who is called by which office (tenures), named events and agreements, anniversaries, ordinals, explicit years.
"""

from __future__ import annotations

import re
from collections import Counter
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
_FORMER = word_set("evidence", "former")
_NOT_THE_TITLE = word_set("evidence", "not-the-title")
_PARTICLES = word_set("evidence", "particles")
_CLOSED = word_set("evidence", "closed")
_TITLE_REACH = 14
_LEAD = 3
_WHOLE = 8
_ENDS = word_set("evidence", "ends")
_TO_BE = re.compile(" (?:prepar\\w+|upcoming|forthcoming|will|ahead|approaching|next|plans?) ")
_LOW = frozenset(("envoy", "expert"))  # whose tenures are known to the year at best
_NOT_YET = frozenset(("elect", "designate", "former", "ex", "acting"))
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


def tenure_evidence(sentences: Sequence[Sentence], facts: Facts) -> Iterator[Evidence]:
    """People called by an office: the text was published while they held it.

    Who is named in the title or the lead counts; who comes later counts if named twice and in step with the lead.
    """
    lead: list[tuple[Actor, tuple[Office, ...]]] = []
    later: list[tuple[Actor, tuple[Office, ...]]] = []
    counts: Counter[str] = Counter()
    end = lead_end(sentences)
    seen: set[tuple[str, str]] = set()
    for sentence in sentences:
        for actor, offices in _called(sentence.tokens, facts):
            counts[actor.id] += 1
            offices = tuple(o for o in offices if o.level not in _LOW)
            if offices and (actor.id, offices[0].role) not in seen:
                seen.add((actor.id, offices[0].role))
                (lead if sentence.index <= end else later).append((actor, offices))
    first = [_held(actor, offices, facts) for actor, offices in lead]
    yield from first
    for actor, offices in later:
        held = _held(actor, offices, facts)
        if first and counts[actor.id] > 1 and all(_meet(held, other) for other in first):
            yield held


def lead_end(sentences: Sequence[Sentence]) -> int:
    """The index of the last sentence of the lead: the third whole one of the text (headings and crumbs apart)."""
    whole = [s.index for s in sentences if s.part == "text" and len(s.tokens) >= _WHOLE and s.tokens[-1].norm in _ENDS]
    return whole[min(_LEAD, len(whole)) - 1] if whole else len(sentences)


def _meet(one: Evidence, other: Evidence) -> bool:
    return any(other.overlaps(first, last) for first, last in one.days)


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


def _called(tokens: Sequence[Token], facts: Facts) -> Iterator[tuple[Actor, tuple[Office, ...]]]:
    """Persons in a sentence with the offices by which they are called there (none: the name alone)."""
    for start, stop in _names(tokens):
        at = start
        while at < stop:
            found = _longest(tokens, at, stop, facts)
            if found is None:
                at += 1
                continue
            actor, last = found
            yield actor, _offices(actor, tokens, at, last, facts)
            at = last


def _longest(tokens: Sequence[Token], at: int, stop: int, facts: Facts) -> tuple[Actor, int] | None:
    for last in range(min(stop, at + 4), at, -1):
        if _PARTICLES & {_norm(tokens, last), _norm(tokens, last - 1), _norm(tokens, at - 1)}:
            continue
        if last - at == 1 and last < stop and (tokens[last].text.isupper() or last + 1 == stop):
            continue
        actor = _person(" ".join(t.text for t in tokens[at:last]), last - at, facts)
        if actor:
            return actor, last
    return None


@lru_cache(maxsize=20_000)
def _person(name: str, words: int, facts: Facts) -> Actor | None:
    """The one person of that name; a single word counts only if it is one person's alone."""
    found = facts.find_person(name)
    if words == 1 and len(found) != 1:
        return None
    return found[0] if found else None


def _norm(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].norm if 0 <= at < len(tokens) else ""


def _offices(actor: Actor, tokens: Sequence[Token], first: int, last: int, facts: Facts) -> tuple[Office, ...]:
    """The offices a person has held by which the words around the name call them; none for former ones."""
    before = [t.norm for t in tokens[max(0, first - _TITLE_REACH) : first]]
    after = [t.norm for t in tokens[last : last + 8]]
    held = {t.office for t in facts.tenures_of(actor.id)}
    fits: list[tuple[int, Office]] = []
    for office in (facts.offices[name] for name in sorted(held)):
        length = max(
            (sum(map(len, w)) for w in _office_words(office, facts) if _before(before, w) or _after(after, w)),
            default=0,
        )
        if length:
            fits.append((length, office))
    longest = max((length for length, _ in fits), default=0)
    return tuple(office for length, office in fits if length == longest)


def _before(before: Sequence[str], title: tuple[str, ...]) -> bool:
    """Whether a title stands right before the name, with at most "of the …" between, or in the plural before names."""
    for at in range(len(before) - len(title), -1, -1):
        words = tuple(before[at : at + len(title)])
        plural = words[:-1] == title[:-1] and words[-1] == title[-1] + "s"
        if words != title and not plural:
            continue
        if (at and before[at - 1] in _NOT_THE_TITLE) or any(w in _FORMER for w in before[max(0, at - 3) : at]):
            return False
        between = before[at + len(title) :]
        return not between or plural or (between[0] in ("of", "for", "to") and not _CLOSED & set(between))
    return False


def _after(after: Sequence[str], title: tuple[str, ...]) -> bool:
    """Whether a title stands in apposition: "…, the Russian president,"."""
    if after[:1] != [","]:
        return False
    stop = after.index(",", 1) if "," in after[1:] else len(after)
    words = after[1:stop]
    if _FORMER & set(words) or any(w in _NOT_THE_TITLE for w in words):
        return False
    ends = (words[at + len(title) :] for at in range(len(words)) if tuple(words[at : at + len(title)]) == title)
    return any(not rest or rest[0] in ("of", "for", "'s") for rest in ends)


@lru_cache(maxsize=20_000)
def _office_words(office: Office, facts: Facts) -> tuple[tuple[str, ...], ...]:
    role = facts.roles.get(office.role)
    words = (office.title, *office.words, *(role.words if role else ()))
    titles = dict.fromkeys(tuple(t.norm for t in tokenize(w)) for w in words)
    return tuple(title for title in titles if not _NOT_YET & set(title))


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
