"""What in the registry cannot be, or should be looked into: impossible spans, two holders at once, gaps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal, get_args

from communique.knowledge.registry import Registry, bounds
from communique.model import Office, Tenure

Kind = Literal["impossible", "overlap", "gap", "out-of-life"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_HANDOVER = 31  # days for which two holders, or none, are no news: caretakers, swearing-in
_SEVERAL = 2  # overlaps that make an office one of several holders, if a third of its tenures overlap
_SINGLE = frozenset(("minister", "leader"))
_LONGEST = 80 * 366  # days; nobody holds an office for longer


@dataclass(frozen=True, slots=True)
class Fault:
    """One finding: its kind, the office, the tenures it is about, the days concerned and what is the matter."""

    kind: Kind
    office: Office
    tenures: tuple[Tenure, ...]
    since: date
    until: date
    what: str


def faults(registry: Registry) -> Iterator[Fault]:
    """All findings, office by office, in order of time.

    Overlaps and gaps are looked for in posts that one person holds (leaders and ministers, but for offices that have
    several holders as a rule), and only where both dates are known to the day; a month of handing over is none.
    """
    grouped: dict[str, list[Tenure]] = {}
    for tenure in registry.tenures:
        grouped.setdefault(tenure.office, []).append(tenure)
    for name in sorted(grouped):
        office = registry.offices[name]
        row = sorted(grouped[name], key=lambda t: (bounds(t.since, True)[0], bounds(t.until, False)[1]))
        yield from (f for t in row for f in _alone(registry, office, t))
        if office.level in _SINGLE:
            found = list(_between(registry, office, row))
            yield from found if not _shared(found, row) else ()


def _alone(registry: Registry, office: Office, tenure: Tenure) -> Iterator[Fault]:
    """What is the matter with one tenure by itself: it ends before it begins, its state was not there yet."""
    first, last = bounds(tenure.since, True)[0], bounds(tenure.until, False)[1]
    if last < first:
        yield Fault("impossible", office, (tenure,), last, first, "it ends before it begins")
    elif tenure.since and tenure.until and (last - first).days > _LONGEST:
        yield Fault("impossible", office, (tenure,), first, last, "longer than anybody holds an office")
    state = registry.states.get(office.holder)
    if state is not None and tenure.since and tenure.until:
        born, gone = bounds(state.since, True)[0], bounds(state.until, False)[1]
        if last < born or first > gone:
            yield Fault("out-of-life", office, (tenure,), first, last, f"{state.name} did not exist then")


def _shared(found: Sequence[Fault], row: Sequence[Tenure]) -> bool:
    """Whether several hold an office at once as a rule: captains regent, deputy prime ministers."""
    overlaps = sum(f.kind == "overlap" for f in found)
    return overlaps >= _SEVERAL and overlaps * 3 >= len(row) - 1


def _between(registry: Registry, office: Office, row: Sequence[Tenure]) -> Iterator[Fault]:
    """Two holders at once, and nobody, between tenures in order."""
    reach: Tenure | None = None
    for before, after in pairwise(row):
        reach = before if reach is None or _end(before) >= _end(reach) else reach
        begun = _exact(after.since)
        if begun is None or not reach.until:
            if begun is not None and not reach.until and reach.actor != after.actor:
                what = f"{_name(registry, reach)} has no end, {_name(registry, after)} follows"
                yield Fault("overlap", office, (reach, after), begun, _end(after), what)
            continue
        over = _exact(reach.until)
        if over is None or reach.actor == after.actor:
            continue
        days = (begun - over).days
        both = f"{_name(registry, reach)} until {over}, {_name(registry, after)} from {begun}"
        if days < -_HANDOVER:
            yield Fault("overlap", office, (reach, after), begun, min(over, _end(after)), both)
        elif days > _HANDOVER:
            yield Fault("gap", office, (reach, after), over, begun, both)


def _end(tenure: Tenure) -> date:
    return bounds(tenure.until, False)[1]


def _exact(text: str | None) -> date | None:
    """The day, where a date is known to the day."""
    first, last = bounds(text, True)
    return first if text and first == last else None


def _name(registry: Registry, tenure: Tenure) -> str:
    return registry.people[tenure.actor].name
