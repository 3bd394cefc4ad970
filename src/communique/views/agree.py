"""What the reports of a contact say of each field together: an agreed value, or a disagreement with who says what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from communique import edtf
from communique.model import Channel, Cited, Party, Report, Status, When
from communique.reconcile.names import fold, same_person

T = TypeVar("T")
V = TypeVar("V")
_GENERAL: tuple[Channel, ...] = ("unspecified", "talks")
_WIDER: tuple[tuple[Channel, Channel], ...] = (("visit", "meeting"), ("meeting", "video"))
_REMOTE: tuple[Channel, ...] = ("phone", "video", "message")
_RANK: tuple[Status, ...] = ("held", "ongoing", "cancelled", "postponed", "planned", "proposed", "denied")


@dataclass(frozen=True, slots=True)
class Saying(Generic[T]):
    """A value and the reports that say it."""

    value: T
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """A field of a contact: the value to go by, all that was said, and whether reports contradict each other."""

    value: T | None
    sayings: tuple[Saying[T], ...] = ()
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Interval:
    """A day or an interval of days, inclusive; an end is None where it is open."""

    edtf: str
    earliest: date | None
    latest: date | None

    @property
    def day(self) -> date | None:
        """The day, if it is one."""
        return self.earliest if self.earliest == self.latest else None


def said(reports: Iterable[Report], value: Callable[[Report], T | None]) -> tuple[Saying[T], ...]:
    """What reports say, most said first (then in the order of the values as words); silence is left out."""
    table: dict[T, list[str]] = defaultdict(list)
    for report in reports:
        found = value(report)
        if found is not None:
            table[found].append(report.id)
    sayings = (Saying(v, tuple(sorted(ids))) for v, ids in table.items())
    return tuple(sorted(sayings, key=lambda s: (-len(s.reports), str(s.value))))


def status(reports: Sequence[Report], day: Callable[[Report], date | None]) -> Answer[Status]:
    """Held if anybody tells of it; of a plan, what was said last. A denial beside a report is a dispute."""
    sayings: tuple[Saying[Status], ...] = said(reports, _status_of)
    values = {s.value for s in sayings}
    if values & {"held", "ongoing"}:
        best: Status = "held" if "held" in values else "ongoing"
    else:
        best = max(reports, key=lambda r: (day(r) or date.min, -_RANK.index(r.status.value))).status.value
    return Answer(best, sayings, disputed="denied" in values and len(values) > 1)


def channel(reports: Sequence[Report], one_voice: bool = False) -> Answer[Channel]:
    """The plainest channel; "unspecified" and "talks" contradict nothing.

    Nor does a visit its meeting, or a meeting the video link over which it was held; nor, from one and the same
    voice, a "call" its video link.
    """
    sayings: tuple[Saying[Channel], ...] = said(reports, _channel_of)
    plain = [s for s in sayings if s.value not in _GENERAL]
    values = {s.value for s in plain}
    wider = (*_WIDER, ("phone", "video")) if one_voice else _WIDER
    covered = {wide for wide, narrow in wider if narrow in values}
    plain = [s for s in plain if s.value not in covered]
    specific = plain or [s for s in sayings if s.value == "talks"] or list(sayings)
    return Answer(specific[0].value, sayings, disputed=len(plain) > 1)


def when(reports: Sequence[Report]) -> Answer[Interval]:
    """The narrowest interval that all allow; where none is, the best attested day, disputed."""
    dated = [r for r in reports if r.when and r.when.value.earliest and r.when.value.latest]
    sayings = said(dated, lambda r: _interval(r.when))
    if not sayings:
        return Answer(None, said(reports, lambda r: _interval(r.when)))
    firm = [r for r in dated if r.when and r.when.value.basis != "publication-default"]
    known = said(firm, lambda r: _interval(r.when)) or sayings
    lo, hi = max(_first(s) for s in known), min(_last(s) for s in known)
    if lo <= hi:
        return Answer(_spanning(lo, hi), sayings)
    narrow = min(known, key=lambda s: ((_last(s) - _first(s)).days, -len(s.reports), _first(s)))
    return Answer(narrow.value, sayings, disputed=True)


def place(reports: Sequence[Report]) -> Answer[str]:
    """The place most said; places of which one name holds the other do not contradict each other.

    Of a contact by telephone or video only those know a place who know that.
    """
    if channel(reports).value in _REMOTE:
        reports = [r for r in reports if r.channel.value in _REMOTE]
    sayings = said(reports, lambda r: r.place.value if r.place else None)
    names = [fold(s.value) for s in sayings]
    apart = any(a not in b and b not in a for a in names for b in names)
    return Answer(sayings[0].value if sayings else None, sayings, disputed=apart)


def plain(reports: Sequence[Report], value: Callable[[Report], Cited[V] | None]) -> Answer[V]:
    """The value most said of any other field; different values are a dispute."""

    def stated(report: Report) -> V | None:
        found = value(report)
        return found.value if found else None

    sayings = said(reports, stated)
    return Answer(sayings[0].value if sayings else None, sayings, disputed=len(sayings) > 1)


def parties(reports: Iterable[Report]) -> tuple[Party, ...]:
    """Everybody whom a report names, each person once; a body is left out where somebody of its side is named."""
    people: list[Party] = []
    for party in sorted({p.value for r in reports for p in r.parties}, key=_fullest):
        if not any(_same(party, other) for other in people):
            people.append(party)
    named = {p.side for p in people if p.name}
    kept = [p for p in people if p.name or p.side not in named]
    return tuple(sorted(kept, key=lambda p: (p.side or "", p.name or "")))


def _status_of(report: Report) -> Status:
    return report.status.value


def _channel_of(report: Report) -> Channel:
    return report.channel.value


def _fullest(party: Party) -> tuple[bool, int, bool, int, str]:
    return not party.name, -len(party.name or ""), not party.office, -len(party.office or ""), str(party)


def _same(a: Party, b: Party) -> bool:
    if a.side != b.side:
        return False
    return same_person(a.name, b.name) if a.name and b.name else not a.name and not b.name


def _interval(cited: Cited[When] | None) -> Interval | None:
    return Interval(cited.value.edtf, cited.value.earliest, cited.value.latest) if cited else None


def _first(saying: Saying[Interval]) -> date:
    return saying.value.earliest or date.min


def _last(saying: Saying[Interval]) -> date:
    return saying.value.latest or date.max


def _spanning(lo: date, hi: date) -> Interval:
    return Interval(edtf.interval(lo, hi), lo, hi)
