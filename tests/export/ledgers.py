"""Ledgers for the tests of exports: one made by hand with a bit of everything, and any that hypothesis draws."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache

from communique.export.material import Material, Options
from communique.knowledge.registry import Registry, load_registry
from communique.ledger import Ledger, Run
from communique.model import Cited, Contact, Document, Party, Published, Reading, Report, Span, Status, TopicTold, When
from communique.views.contacts import Wanted
from communique.views.snapshot import Snapshot, snapshot
from communique.views.stored import stored
from tests.readings import sample

RUN = Run("1.0", "k1", "2031-03-05T10:00:00+00:00")


@cache
def registry() -> Registry:
    return load_registry()


def material(readings: Iterable[Reading], options: Options | None = None, wanted: Wanted | None = None) -> Material:
    return Material(snapshot(readings), registry(), wanted or Wanted(), options or Options())


def of_store(ledger: Ledger, options: Options | None = None) -> Material:
    return Material(stored(ledger, Snapshot({}, {}, {}).issuers), registry(), Wanted(), options or Options(), ledger)


def filled(ledger: Ledger, readings: Iterable[Reading], run: Run = RUN) -> None:
    """Stores readings, each report a contact of its own."""
    held = list(readings)
    ledger.put(held, run)
    ledger.put_contacts([Contact(f"c-{r.id}", (r.id,)) for r in ledger.reports()], mark="1.0 k1")


def told(
    name: str,
    sides: Iterable[str | Party],
    channel: str = "phone",
    status: Status = "held",
    day: str | None = "2031-03-04",
    place: str | None = None,
    published: str = "2031-03-05",
    **more: object,
) -> Reading:
    """A document that tells of one contact between sides (by code, as leaders) in one sentence of its own."""
    people = [_party(side) for side in sides]
    text = f"{', '.join(p.name or p.side or '' for p in people)}: {channel} {status}, {name}."
    document = Document(
        f"d-{name}", text, f"About {name}", url=f"https://example.org/{name}", publisher="Example Wire",
        language="en", published=Published(published, "given"),
    )  # fmt: skip
    span = Span(document.id, 0, len(text))

    def cite(value: object) -> Cited:  # type: ignore[type-arg]
        return Cited(value, span, "test.rule")

    first = date.fromisoformat(day.partition("/")[0]) if day else None
    last = date.fromisoformat(day.rpartition("/")[2]) if day else None
    when = cite(When(day, first, last, "explicit")) if day else None
    topics = tuple(cite(TopicTold(topic)) for topic in more.get("topics", ("trade",)))  # type: ignore[attr-defined]
    report = Report(
        id=f"r-{name}", document=document.id, trigger=span, quotes=(span,), parties=tuple(map(cite, people)),
        channel=cite(channel), status=cite(status), when=when, place=cite(place) if place else None, topics=topics,
        initiator=cite(more["initiator"]) if "initiator" in more else None,
        duration_minutes=cite(more["minutes"]) if "minutes" in more else None,
    )  # fmt: skip
    return Reading(document, (report,), (), more.get("agreements", ()))  # type: ignore[arg-type]


def _party(side: str | Party) -> Party:
    if isinstance(side, Party):
        return side
    if len(side) == 3:
        return Party(f"Head of {side}", side, None, "President", "leader")
    return Party(None, None, side, None, "body")


def hostile(words: str, status: Status = "held") -> Reading:
    """The sample with the same words wherever a document can bring its own."""
    reading = sample()
    document = replace(
        reading.document, title=words, publisher=words, text=reading.document.text, url="javascript:alert(1)"
    )
    parties = tuple(
        replace(p, value=replace(p.value, name=p.value.name + words, office=words))
        for p in reading.reports[0].parties
        if p.value.name
    )
    place = replace(reading.reports[0].parties[0], value=words)
    report = replace(
        reading.reports[0], parties=parties, place=place, initiator=place, topics=reading.reports[0].topics[:1]
    )
    report = replace(report, status=replace(report.status, value=status))
    action = replace(reading.agreements[0], agreement=place, condition=place)
    return Reading(document, (report,), reading.claims, (action,), ())
