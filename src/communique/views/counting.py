"""Which contacts a claim speaks of: each one surely, possibly (and why not surely), or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from communique.model import Channel, Claim, Party, When
from communique.reconcile.names import same_person
from communique.views.contacts import ContactRow

Fit = Literal["surely", "edge", "possibly", "no"]
"""``edge``: it counts, but lies where the time claimed is vague ("since late March": on the 22nd)."""
ORDER: tuple[Fit, ...] = ("surely", "edge", "possibly", "no")
_DAY = timedelta(1)
_WEEK = timedelta(7)
_VAGUE = (8, 16)
"""Of how many days a vague part of a month is: no week, and no month."""
_RECENT = timedelta(30)
"""How long after a contact of unknown date a document may still speak of it as news."""

# What each unit counts: the channels that surely are one, and those that are one if the words are read otherwise.
UNITS: dict[Channel, tuple[frozenset[Channel], frozenset[Channel]]] = {
    "phone": (frozenset({"phone"}), frozenset({"video", "talks", "unspecified"})),
    "video": (frozenset({"video"}), frozenset({"phone", "talks", "unspecified"})),
    "meeting": (frozenset({"meeting", "visit"}), frozenset({"talks", "unspecified"})),
    "visit": (frozenset({"visit"}), frozenset({"meeting", "talks", "unspecified"})),
    "message": (frozenset({"message"}), frozenset({"unspecified"})),
    "talks": (frozenset({"talks", "meeting"}), frozenset({"visit", "phone", "video", "unspecified"})),
    "unspecified": (frozenset({"unspecified", "phone", "video", "talks"}), frozenset({"meeting", "visit"})),
}


@dataclass(frozen=True, slots=True)
class Window:
    """The days a claim speaks of. Its ends may be vague: outside ``first..last`` nothing counts, inside
    ``sure_first..sure_last`` everything does. An end that the claim leaves open is far away."""

    first: date = date.min
    sure_first: date = date.min
    sure_last: date = date.max
    last: date = date.max

    def fit(self, row: ContactRow, told: tuple[date, ...]) -> tuple[Fit, str]:
        """Whether a contact lies inside; ``told`` are the days on which reports of it were published."""
        if row.when is None or (row.when.earliest is None and row.when.latest is None):
            return self._undated(told)
        earliest, latest = row.when.earliest or date.min, row.when.latest or date.max
        if latest < self.first or earliest > self.last:
            return "no", ""
        if self.sure_first <= earliest and latest <= self.sure_last:
            return "surely", ""
        inside = self.first <= earliest and latest <= self.last
        return ("edge", "") if inside else ("possibly", "its date is not sure to lie within the time claimed")

    def _undated(self, told: tuple[date, ...]) -> tuple[Fit, str]:
        near = any(self.first <= day and day - _RECENT <= self.last for day in told)
        return ("possibly", "its date is unknown") if near else ("no", "")


@dataclass(frozen=True, slots=True)
class Counted:
    """A contact that counts, or may; ``doubts`` say why not surely."""

    row: ContactRow
    fit: Fit
    doubts: tuple[str, ...] = ()


def spoken_of(claim: Claim, told: date | None) -> Window:
    """The days in which contacts count for or against a claim made on a day."""
    return window(claim, told) if claim.kind.value == "count" else between(claim, told)


def window(claim: Claim, told: date | None) -> Window:
    """The window of a claim made on a day: its last day is that day where the claim names none."""
    since, until = _value(claim.since), _value(claim.until)
    if since and until and since.edtf == until.edtf:
        return Window(
            since.earliest or date.min, since.earliest or date.min, until.latest or date.max, until.latest or date.max
        )
    first, sure_first = _start(since)
    if since and _this_week(since, until, told):
        first = min(first, (told or sure_first) - _WEEK)
    sure_last, last = _end(until, told or date.max)
    return Window(first, sure_first, max(sure_last, sure_first), last)


def between(claim: Claim, told: date | None) -> Window:
    """The days strictly between the two contacts of a "previous" or "first" claim, or after the last of a "none"."""
    since, until = _value(claim.since), _value(claim.until)
    day = until.earliest if until else told
    before = (day - _DAY if claim.kind.value != "none" else day) if day else date.max
    if since is None:
        return Window(last=before, sure_last=before)
    after = _after(since.latest) if since.latest else date.min
    return Window(after, after, before, before)


def count(
    claim: Claim, rows: Iterable[ContactRow], span: Window, told: Callable[[ContactRow], tuple[date, ...]]
) -> tuple[Counted, ...]:
    """The contacts that count or may, in the order of rows. Announcements never do."""
    judged = (_judge(claim, row, span, told) for row in rows if row.status in ("held", "ongoing"))
    found = tuple(c for c in judged if c.fit != "no")
    distinct = _distinct(found)
    return tuple(c if c.fit == "possibly" or c.row.id in distinct else _again(c) for c in found)


def may_coincide(one: Counted, others: Iterable[Counted]) -> bool:
    """True if a contact with a vague date, or with nobody named, may be one of the others, told of once more."""
    return any(_may_be(one.row, other.row) for other in others)


def _distinct(found: Sequence[Counted]) -> frozenset[str]:
    """Those of the contacts that surely count which cannot be one of the others, the best known first."""
    kept: list[ContactRow] = []
    for row in sorted((c.row for c in found if c.fit != "possibly"), key=_vagueness):
        if not any(_may_be(row, other) for other in kept):
            kept.append(row)
    return frozenset(row.id for row in kept)


def _vagueness(row: ContactRow) -> tuple[timedelta, int, str]:
    first, last = _days(row)
    return last - first, -sum(p.name is not None for p in row.parties), row.id


def _may_be(vague: ContactRow, known: ContactRow) -> bool:
    """True if ``vague`` says less than ``known``, and nothing that speaks against being it."""
    (first, last), (start, stop) = _days(vague), _days(known)
    nameless = {p.side for p in vague.parties if p.name} < {p.side for p in known.parties if p.name}
    less = last - first > stop - start or (first == start and nameless)
    return less and first <= start and stop <= last and not _other_people(vague, known)


def _other_people(a: ContactRow, b: ContactRow) -> bool:
    for side in a.sides & b.sides:
        left, right = ([p.name for p in row.parties if p.side == side and p.name] for row in (a, b))
        if left and right and not any(same_person(x, y) for x in left for y in right):
            return True
    return False


def _days(row: ContactRow) -> tuple[date, date]:
    when = row.when
    return (when.earliest or date.min, when.latest or date.max) if when else (date.min, date.max)


def _again(one: Counted) -> Counted:
    return Counted(one.row, "possibly", ("it may be one already counted",))


def _judge(claim: Claim, row: ContactRow, span: Window, told: Callable[[ContactRow], tuple[date, ...]]) -> Counted:
    parties = _parties(claim, row)
    if parties[0] == "no":
        return Counted(row, "no")
    fits = [parties, _unit(claim.channel.value, row), _status(row), span.fit(row, told(row))]
    doubts = tuple(doubt for fit, doubt in fits if fit == "possibly")
    if parties[0] == "possibly" and len(doubts) > 1:
        return Counted(row, "no")  # who it was is unsure, and something else too: that could be any contact
    return Counted(row, max((fit for fit, _ in fits), key=ORDER.index), doubts)


def _status(row: ContactRow) -> tuple[Fit, str]:
    if row.status == "ongoing":
        return "possibly", "it was still going on"
    return ("possibly", "somebody denies it") if "status" in row.disputed else ("surely", "")


def _unit(unit: Channel, row: ContactRow) -> tuple[Fit, str]:
    sure, other = UNITS[unit]
    said = {s.value for s in row.answers["channel"].sayings} if "channel" in row.answers else {row.channel}
    if row.channel in sure:
        return "surely", ""
    doubtful = row.channel in other or bool(said & sure)
    return ("possibly", f"its channel is given as {row.channel}") if doubtful else ("no", "")


def _parties(claim: Claim, row: ContactRow) -> tuple[Fit, str]:
    wanted = [p.value for p in claim.parties if p.value.side]
    fits = [_party(party, row) for party in wanted]
    if not wanted or any(fit == "no" for fit, _ in fits):
        return "no", ""
    doubts = [doubt for fit, doubt in fits if fit == "possibly"]
    others = row.sides - {p.side for p in wanted}
    if others and len(wanted) > 1:
        doubts.append(f"{', '.join(sorted(others))} took part too")
    return ("possibly", doubts[0]) if doubts else ("surely", "")


def _party(wanted: Party, row: ContactRow) -> tuple[Fit, str]:
    same = [p for p in row.parties if p.side == wanted.side]
    if not same:
        return "no", ""
    if wanted.name:
        return _person(wanted, same)
    if wanted.level in (None, "body") or any(p.level == wanted.level for p in same):
        return "surely", ""
    open_rank = any(p.level in (None, "body") for p in same)
    return ("possibly", f"who spoke for {wanted.side} is not said") if open_rank else ("no", "")


def _person(wanted: Party, same: list[Party]) -> tuple[Fit, str]:
    if any(p.name and same_person(wanted.name or "", p.name) for p in same):
        return "surely", ""
    nameless = [p for p in same if not p.name and (p.level in (None, "body") or wanted.level in (None, p.level))]
    return ("possibly", f"who spoke for {wanted.side} is not said") if nameless else ("no", "")


def _start(since: When | None) -> tuple[date, date]:
    """From when a contact may, and from when it surely does count: "since March" is from the 1st.

    Only of a vague part of a month ("since late March") the first half is uncertain.
    """
    if since is None or since.earliest is None:
        return date.min, date.min
    return since.earliest, since.earliest + _uncertain(since)


def _end(until: When | None, far: date) -> tuple[date, date]:
    """Until when a contact surely does, and until when it may count."""
    last = (until.latest or until.earliest) if until else None
    return (last - _uncertain(until), last) if until and last else (far, far)


def _uncertain(when: When) -> timedelta:
    if when.earliest is None or when.latest is None:
        return timedelta(0)
    length = when.latest - when.earliest
    return length // 2 if _VAGUE[0] <= length.days <= _VAGUE[1] else timedelta(0)


def _after(day: date) -> date:
    return day if day == date.max else day + _DAY


def _this_week(since: When, until: When | None, told: date | None) -> bool:
    """True for "this week" said in the middle of it: it may mean the last seven days as well as those since Monday."""
    monday = since.earliest
    if since.basis != "relative" or monday is None or monday != since.latest or told is None:
        return False
    ends = until is None or until.latest == told
    return monday.weekday() == 0 and monday <= told < monday + _WEEK and ends


def _value(cited: object) -> When | None:
    return getattr(cited, "value", None)
