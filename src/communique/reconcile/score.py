"""How much speaks for two reports being one contact: reasons with weights, and things that exclude it.

The weights are of the size of binary log-odds, set by hand and checked on annotated contacts; ``THRESHOLD`` is what two
reports must reach. Nothing here depends on which of the two comes first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from communique.reconcile.copies import COPY
from communique.reconcile.features import LONGEST, NEWS_DAYS, Trait
from communique.reconcile.issuers import hours_east, seat_clocks
from communique.reconcile.names import same_person

THRESHOLD = 5.0
ENOUGH_ALONE = 4.5
"""What a vague report must reach to join the one firm contact that it fits; that there is but one counts too."""
FAR_CLOCKS = 5.0
"""From so many hours of difference on, a call in the evening of one side is often one of the next day for the other."""
APART_MINUTES = 150
_REMOTE: frozenset[str] = frozenset({"phone", "video"})
_IN_PERSON: frozenset[str] = frozenset({"meeting", "visit"})
_OPEN = frozenset({"unspecified", "talks"})
_VIRTUAL: frozenset[str] = frozenset({"meeting", "video"})
"""A meeting by video is often told of as a meeting; on one day nobody holds both."""
_CALLED: frozenset[str] = frozenset({"meeting", "phone"})
_TOGETHER: Mapping[frozenset[str], float] = {_REMOTE: 0.3, _IN_PERSON: 1.0, _VIRTUAL: -1.0}
Likeness = Callable[[str, str], float]


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for (positive) or against (negative) two reports being one contact."""

    feature: str
    weight: float
    words: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why two reports are, or are not, taken for one contact. ``excluded`` is what rules it out, whatever the score."""

    score: float
    threshold: float
    excluded: str | None
    reasons: tuple[Reason, ...]

    @property
    def alike(self) -> bool:
        """True if the two alone would be merged."""
        return self.excluded is None and self.score >= self.threshold


@dataclass(frozen=True, slots=True)
class Scorer:
    """The comparison of two traits; ``likeness`` compares the texts of two documents, ``clocks`` are hours of UTC."""

    likeness: Likeness = field(default=lambda a, b: 1.0 if a == b else 0.0)
    clocks: Mapping[str, float] = field(default_factory=seat_clocks)

    def explain(self, a: Trait, b: Trait) -> Explanation:
        """Everything that speaks for and against."""
        reasons = tuple(self._reasons(a, b))
        against = self.excluded(a, b) or ranks_differ(a, b)
        return Explanation(sum(r.weight for r in reasons), THRESHOLD, against, reasons)

    def score(self, a: Trait, b: Trait) -> float:
        """The sum of the weights."""
        return sum(reason.weight for reason in self._reasons(a, b))

    def excluded(self, a: Trait, b: Trait, bridged: bool = False, by_video: bool = False) -> str | None:
        """What rules out that two reports are one contact, or None.

        ``bridged`` if others have shown that both days are one, seen from two sides: third parties may have either.
        ``by_video`` if others say that it was by video, which some call a meeting and some a call.
        """
        return (
            _stages_exclude(a, b)
            or _sides_exclude(a, b)
            or _people_exclude(a, b)
            or _channels_exclude(a, b, by_video)
            or (None if bridged and _next_day(a, b) else self._days_exclude(a, b))
            or _clocks_exclude(a, b)
        )

    def _days_exclude(self, a: Trait, b: Trait) -> str | None:
        if not a.placed or not b.placed:
            return None if a.placed == b.placed else "one of them lies nowhere in time"
        if a.lo <= b.hi and b.lo <= a.hi:
            return _too_vague(a, b)
        return None if self.slack(a, b) else f"different days ({_span(a)} and {_span(b)})"

    def slack(self, a: Trait, b: Trait) -> str | None:
        """Why two days that follow each other can be one: clocks far apart, or a date taken from publication."""
        first, second = (a, b) if a.hi < b.lo else (b, a)
        if second.lo - first.hi != 1 or "none" in (a.dating, b.dating):
            return None
        if hours_east(self.clocks, second.issuer, first.issuer) >= FAR_CLOCKS:
            return f"the clock of {second.issuer} is ahead of that of {first.issuer}"
        if first.document == second.document or _same_voice(a, b):
            return None
        if second.dating == "default":
            return "the later day is only that of publication"
        return self._far_sides(first, second)

    def _far_sides(self, first: Trait, second: Trait) -> str | None:
        """A third party may date a call by the clock of the side whose own account is not there."""
        if len(first.sides) != 2 or first.sides != second.sides or {first.channel, second.channel} & _IN_PERSON:
            return None
        west, east = sorted(first.sides, key=lambda side: self.clocks.get(side, 0.0))
        own = first.issuer == west or second.issuer == east
        if not own or hours_east(self.clocks, east, west) < FAR_CLOCKS or first.issuer == east or second.issuer == west:
            return None
        return f"the clock of {east} is ahead of that of {west}"

    def _reasons(self, a: Trait, b: Trait) -> Iterator[Reason]:
        yield from _people(a, b)
        yield from self._date(a, b)
        yield _channel(a, b)
        yield from _place(a, b)
        yield from _length(a, b)
        yield from _topics(a, b)
        if a.quoted and b.quoted and not {*a.quoted}.isdisjoint(b.quoted):
            yield Reason("quotations", 1.0, "the same words are quoted")
        if not (a.firm and b.firm) and self.likeness(a.document, b.document) >= COPY and a.document != b.document:
            yield Reason("copies", 3.0, "the documents are copies of one text")

    def _date(self, a: Trait, b: Trait) -> Iterator[Reason]:
        if "none" in (a.dating, b.dating):
            yield from _by_publication(a, b)
        elif a.dating == "span" or b.dating == "span":
            yield _overlap(a, b)
        elif a.lo == b.lo:
            weak = "default" in (a.dating, b.dating)
            yield Reason("date", 3.5 if weak else 4.0, "same day" + (", by publication" if weak else ""))
        elif why := self.slack(a, b):
            yield Reason("date", 1.5, f"one day apart, but {why}")

    def bridge(self, a: Trait, b: Trait) -> bool:
        """True if the sides' own accounts have different days only because of their clocks."""
        told = None not in (a.issuer, b.issuer) or _own(a, b)
        return _next_day(a, b) and told and self.slack(a, b) is not None


def _next_day(a: Trait, b: Trait) -> bool:
    """True if the days follow each other and not one voice tells of both."""
    exact = a.lo == a.hi and b.lo == b.hi and "none" not in (a.dating, b.dating)
    return exact and abs(a.lo - b.lo) == 1 and not _same_voice(a, b)


def _own(a: Trait, b: Trait) -> bool:
    """True if one of them is the own account of a side that took part, and both days are told, not taken over."""
    return (a.issuer in a.sides or b.issuer in b.sides) and "default" not in (a.dating, b.dating)


def _same_voice(a: Trait, b: Trait) -> bool:
    return a.issuer is not None and a.issuer == b.issuer


def _span(a: Trait) -> str:
    lo, hi = date.fromordinal(a.lo).isoformat(), date.fromordinal(a.hi).isoformat()
    return lo if lo == hi else f"{lo}/{hi}"


def _stages_exclude(a: Trait, b: Trait) -> str | None:
    if a.stage == b.stage:
        return None
    if "foreseen" in (a.stage, b.stage):
        return "one tells of what was to come, the other of what has been: linked, not merged"
    same = a.placed and (a.lo, a.hi) == (b.lo, b.hi) and "unspecified" not in (a.channel, b.channel)
    return None if same else "a denial that does not name the same day and channel"


def _sides_exclude(a: Trait, b: Trait) -> str | None:
    if a.sides == b.sides:
        return None
    if min(len(a.sides), len(b.sides)) < 3:
        return "different sides"
    common = len(set(a.sides) & set(b.sides))
    return None if common * 2 >= len(set(a.sides) | set(b.sides)) else "too few sides in common"


def _people_exclude(a: Trait, b: Trait) -> str | None:
    for side in a.sides:
        left, right = _of(a.people, side), _of(b.people, side)
        if left and right and not any(same_person(x, y) for x in left for y in right):
            return f"different people for {side} ({', '.join(left)}; {', '.join(right)})"
    return None


def ranks_differ(a: Trait, b: Trait) -> str | None:
    """What keeps two reports apart, but not two groups of which few members disagree: a leader and not a leader."""
    for side in a.sides if len(a.sides) == 2 else ():
        named = _of(a.people, side) and _of(b.people, side)
        if not named and _ranks_exclude(_of(a.levels, side), _of(b.levels, side)):
            return f"different ranks for {side}"
    return None


def _same_rank(a: Trait, b: Trait, side: str) -> bool:
    """True if a side has somebody of one rank, named in one report only."""
    named = bool(_of(a.people, side)) != bool(_of(b.people, side))
    left, right = ({*_of(x.levels, side)} - {"body"} for x in (a, b))
    return named and len(left) == 1 and left == right


def _of(pairs: tuple[tuple[str, str], ...], side: str) -> list[str]:
    return [value for key, value in pairs if key == side]


def _ranks_exclude(left: list[str], right: list[str]) -> bool:
    ranks, others = {*left} - {"body"}, {*right} - {"body"}
    return bool(ranks and others) and not ranks & others and "leader" in ranks | others


def _channels_exclude(a: Trait, b: Trait, by_video: bool) -> str | None:
    said = {a.channel, b.channel}
    if len(said) == 1 or (said & _OPEN and "message" not in said):
        return None
    if "message" in said:
        return "a message is not a conversation"
    virtual = (said == _VIRTUAL or (by_video and said == _CALLED)) and a.firm and b.firm and a.lo == b.lo
    return (
        None
        if virtual or said <= _REMOTE or said <= _IN_PERSON
        else f"different channels ({' and '.join(sorted(said))})"
    )


def _too_vague(a: Trait, b: Trait) -> str | None:
    if max(a.hi - a.lo, b.hi - b.lo) <= LONGEST or (a.lo, a.hi) == (b.lo, b.hi):
        return None
    return "the interval is too long to say which contact is meant"


def _clocks_exclude(a: Trait, b: Trait) -> str | None:
    if a.clock is None or b.clock is None or a.lo != b.lo or a.issuer != b.issuer:
        return None
    return "different times of day" if abs(a.clock - b.clock) > APART_MINUTES else None


def _people(a: Trait, b: Trait) -> Iterator[Reason]:
    sides = [side for side in a.sides if side in b.sides]
    known = [side for side in sides if _of(a.people, side) and _of(b.people, side)]
    if known:
        yield Reason("people", min(3.0, 1.5 * len(known)), f"same people for {', '.join(known)}")
    ranked = [side for side in sides if side not in known and _same_rank(a, b, side)]
    if ranked and known:
        yield Reason("people", 1.0, f"one of the same rank for {', '.join(ranked)}, but not always named")
    bodies = [side for side in sides if not _of(a.people, side) and not _of(b.people, side)]
    if bodies:
        yield Reason("people", min(1.0, 0.5 * len(bodies)), f"nobody named for {', '.join(bodies)}")
    if len(a.sides) != len(b.sides):
        yield Reason("sides", -0.5, "not all sides in common")


def _overlap(a: Trait, b: Trait) -> Reason:
    if a.lo == b.lo and a.hi == b.hi:
        return Reason("date", 2.5, f"same interval {_span(a)}")
    width = max(a.hi - a.lo, b.hi - b.lo) + 1
    weight = 2.0 if width <= 7 else 1.0 if width <= 31 else 0.3
    return Reason("date", weight, f"intervals overlap ({_span(a)} and {_span(b)})")


def _by_publication(a: Trait, b: Trait) -> Iterator[Reason]:
    told = [x.published if x.dating == "none" else x.hi for x in (a, b)]
    if told[0] is None or told[1] is None:
        yield Reason("date", -2.0, "no date, and no publication to go by")
        return
    days = abs(told[0] - told[1])
    soon = a.people and b.people and days <= NEWS_DAYS
    weight = 1.0 if days <= 1 else 0.5 if days <= 3 else 0.0 if soon else -1.0
    yield Reason("date", weight, f"no date; {days} days apart by publication")


def _channel(a: Trait, b: Trait) -> Reason:
    said = frozenset({a.channel, b.channel})
    if len(said) == 1:
        return Reason("channel", 0.5 if a.channel == "unspecified" else 1.5, f"both {a.channel}")
    vague = a.dating == b.dating == "none"
    return Reason("channel", -0.5 if vague else _TOGETHER.get(said, 0.5), f"{' and '.join(sorted(said))} can be one")


def _place(a: Trait, b: Trait) -> Iterator[Reason]:
    if a.place and b.place:
        same = a.place in b.place or b.place in a.place
        yield Reason("place", 1.0 if same else -0.5, f"{min(a.place, b.place)} and {max(a.place, b.place)}")


def _length(a: Trait, b: Trait) -> Iterator[Reason]:
    if a.minutes and b.minutes:
        same = abs(a.minutes - b.minutes) <= 10
        shorter, longer = sorted((a.minutes, b.minutes))
        yield Reason("duration", 1.0 if same else -0.3, f"{shorter} and {longer} minutes")


def _topics(a: Trait, b: Trait) -> Iterator[Reason]:
    if a.topics and b.topics:
        common = a.topics & b.topics
        share = len(common) / len(a.topics | b.topics)
        words = f"topics in common: {', '.join(sorted(common))}" if common else "no topic in common"
        yield Reason("topics", share if common else -0.3, words)
