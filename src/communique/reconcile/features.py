"""What of a report tells whether it is the same contact as another: small, comparable, with no text in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from sys import intern
from typing import Literal

from communique.model import Channel, Document, Report, Status, When
from communique.reconcile.issuers import Issuers
from communique.reconcile.names import fold
from communique.reconcile.quoted import quoted_words

Stage = Literal["happened", "foreseen", "denied"]
Dating = Literal["day", "default", "span", "none"]

STAGES: Mapping[Status, Stage] = {
    "held": "happened",
    "ongoing": "happened",
    "planned": "foreseen",
    "proposed": "foreseen",
    "postponed": "foreseen",
    "cancelled": "foreseen",
    "denied": "denied",
}
NEWS_DAYS = 10
"""For how many days before its publication a report without a date is taken to tell of something recent."""
EAST = 1
"""By how many days a contact may lie ahead of a publication that tells of it: farther east it is tomorrow already."""
LONGEST = 62
"""Intervals of more days are too vague to say which contact is meant."""
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")


@dataclass(frozen=True, slots=True)
class Trait:
    """A report in brief. Days are proleptic ordinals; ``sides`` is sorted; ``people`` are (side, name) pairs.

    ``lo``/``hi`` bound the contact. For ``dating`` "none" they are bounds that publication suggests, or equal to
    ``NOWHERE`` where nothing is known. ``issuer`` is the side whose own account the document is; ``quoted`` a sketch of
    the words quoted.
    """

    id: str
    document: str
    stage: Stage
    status: Status
    channel: Channel
    sides: tuple[str, ...]
    people: tuple[tuple[str, str], ...]
    levels: tuple[tuple[str, str], ...]
    dating: Dating
    lo: int
    hi: int
    clock: int | None = None
    place: str | None = None
    minutes: int | None = None
    issuer: str | None = None
    published: int | None = None
    topics: frozenset[str] = frozenset()
    quoted: tuple[int, ...] = ()

    @property
    def placed(self) -> bool:
        """True if the report lies anywhere in time."""
        return self.lo != NOWHERE

    @property
    def firm(self) -> bool:
        """True if it tells the day and a person by name: enough to stand for a contact by itself."""
        return self.dating in ("day", "default") and bool(self.people)


NOWHERE = 0


def trait(report: Report, document: Document | None, issuers: Issuers) -> Trait:
    """The brief of a report; the document may be missing."""
    parties = [p.value for p in report.parties if p.value.side]
    published = _published(document)
    dating, lo, hi = _days(report.when.value if report.when else None, published, STAGES[report.status.value])
    return Trait(
        id=report.id,
        document=report.document,
        stage=STAGES[report.status.value],
        status=report.status.value,
        channel=report.channel.value,
        sides=tuple(sorted({intern(p.side) for p in parties if p.side})),
        people=tuple(sorted({(intern(p.side), intern(p.name)) for p in parties if p.side and p.name})),
        levels=tuple(sorted({(intern(p.side), p.level) for p in parties if p.side and p.level})),
        dating=dating,
        lo=lo,
        hi=hi,
        clock=_minute(report.when.value.clock if report.when else None),
        place=fold(report.place.value) or None if report.place else None,
        minutes=report.duration_minutes.value if report.duration_minutes else None,
        issuer=issuers.of(document) if document else None,
        published=published,
        topics=frozenset(t.value.topic for t in report.topics),
        quoted=quoted_words(report, document) if document else (),
    )


def published_day(document: Document | None) -> date | None:
    """The day a document was published, if it is known to the day."""
    text = (document.published.edtf or "")[:10] if document else ""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _published(document: Document | None) -> int | None:
    day = published_day(document)
    return day.toordinal() if day else None


def _days(when: When | None, published: int | None, stage: Stage) -> tuple[Dating, int, int]:
    if when is None or when.earliest is None or when.latest is None:
        return _undated(published, stage)
    lo, hi = when.earliest.toordinal(), when.latest.toordinal()
    if lo == hi:
        return "default" if when.basis == "publication-default" else "day", lo, hi
    return "span", lo, hi


def _undated(published: int | None, stage: Stage) -> tuple[Dating, int, int]:
    if published is None:
        return "none", NOWHERE, NOWHERE
    ahead, back = (NEWS_DAYS, 0) if stage == "foreseen" else (EAST, NEWS_DAYS)
    return "none", published - back, published + ahead


def _minute(clock: str | None) -> int | None:
    match = _CLOCK.match(clock or "")
    return int(match[1]) * 60 + int(match[2]) if match else None
