"""Documents as evidence: which days a source covers, and which it leaves out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

from communique.model import Document
from communique.reconcile.features import published_day
from communique.reconcile.issuers import Issuers
from communique.text import Sentence, split

SILENT = 4
"""A source that published nothing for so many days running has a gap there; a long week-end is none."""
UNNAMED = "unnamed source"
_DAY = timedelta(1)
_GAP = timedelta(SILENT + 1)


@dataclass(frozen=True, slots=True)
class Gap:
    """Days, inclusive, of which the ledger cannot know, and why."""

    first: date
    last: date
    why: str


@dataclass(frozen=True, slots=True)
class Source:
    """A publisher with the days it published on, sorted; ``side`` if it speaks for a state or organisation."""

    name: str
    side: str | None
    days: tuple[date, ...]


@dataclass(frozen=True)
class Coverage:
    """Which sources the ledger has, and when they spoke."""

    sources: tuple[Source, ...] = ()

    def of(self, sides: Iterable[str]) -> tuple[Source, ...]:
        """The sources that speak for one of the sides; where none does, all of them taken as one without a name."""
        wanted = set(sides)
        own = tuple(s for s in self.sources if s.side in wanted)
        return own or (self._together,)

    @cached_property
    def _together(self) -> Source:
        """All sources taken as one."""
        return Source(UNNAMED, None, tuple(sorted({d for s in self.sources for d in s.days})))

    def gaps(self, first: date, last: date, sides: Iterable[str] = ()) -> tuple[Gap, ...]:
        """What no source of these sides covers between two days; none if a single source covers it all."""
        if last < first:
            return ()
        sources = self.of(sides)
        if not any(first <= day <= last + _DAY for source in sources for day in source.days):
            return (Gap(first, last, "no document of these days is in the ledger"),)
        found = [tuple(_silences(source, first, last)) for source in sources]
        return () if any(not gaps for gaps in found) else tuple(sorted({g for gaps in found for g in gaps}, key=_place))

    def uncovered(self, first: date, last: date, sides: Iterable[str] = ()) -> frozenset[date]:
        """The days on which every source of these sides is silent."""
        silent = [_days(_silences(source, first, last)) for source in self.of(sides)]
        return frozenset.intersection(*silent) if first <= last else frozenset()


@lru_cache(maxsize=64)
def sentences(document: Document) -> tuple[Sentence, ...]:
    """The sentences of a document, kept for the few looks that one question takes at it."""
    return split(document)


def coverage(documents: Iterable[Document], issuers: Issuers) -> Coverage:
    """The coverage that documents give; a document without a day of publication covers nothing."""
    days: dict[str, set[date]] = defaultdict(set)
    for document in documents:
        if day := published_day(document):
            days[source_name(document)].add(day)
    return Coverage(tuple(Source(name, issuers.side(name), tuple(sorted(days[name]))) for name in sorted(days)))


def source_name(document: Document) -> str:
    """What coverage calls a document's source; sections of a publisher ("White House / remarks") are one source."""
    return (document.publisher or UNNAMED).partition(" / ")[0]


def gap_json(gap: Gap) -> dict[str, str]:
    """``{"from", "to", "why"}``."""
    return {"from": gap.first.isoformat(), "to": gap.last.isoformat(), "why": gap.why}


def _days(gaps: Iterable[Gap]) -> frozenset[date]:
    return frozenset(gap.first + n * _DAY for gap in gaps for n in range((gap.last - gap.first).days + 1))


def _place(gap: Gap) -> tuple[date, date, str]:
    return gap.first, gap.last, gap.why


def _silences(source: Source, first: date, last: date) -> Iterator[Gap]:
    """Runs of silent days; what is published on a day covers it and the day before."""
    at = first
    spoken = source.days[bisect_left(source.days, first) : bisect_right(source.days, last + _DAY)]
    for day in (*spoken, last + 2 * _DAY):
        if day - at < _GAP and day <= last:
            at = max(at, day + _DAY)
            continue
        stop = min(day - 2 * _DAY, last)
        if (stop - at).days + 1 >= SILENT or (stop >= at and at == first and stop == last):
            yield Gap(at, stop, f"no document of these days {_from(source)}is in the ledger")
        at = max(at, day + _DAY)


def _from(source: Source) -> str:
    return "" if source.name == UNNAMED else f"from {source.name} "
