"""Reports and documents for tests, made in one line: the words they cite are invented and stand nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from communique.model import (
    Basis,
    Channel,
    Cited,
    Document,
    Judgement,
    JudgementKind,
    Level,
    Party,
    Published,
    Report,
    Span,
    Status,
    TopicTold,
    When,
)

PEOPLE = {
    "Biden": ("Joe Biden", "USA"),
    "Trump": ("Donald Trump", "USA"),
    "Putin": ("Vladimir Putin", "RUS"),
    "Xi": ("Xi Jinping", "CHN"),
    "Zelenskyy": ("Volodymyr Zelenskyy", "UKR"),
    "Macron": ("Emmanuel Macron", "FRA"),
    "Scholz": ("Olaf Scholz", "DEU"),
    "Draghi": ("Mario Draghi", "ITA"),
    "Johnson": ("Boris Johnson", "GBR"),
}
TEXT = "The two sides were in touch and the words that tell of it stand here. " * 4


def when(edtf: str, basis: Basis = "explicit", clock: str | None = None) -> When:
    first, _, last = edtf.partition("/")
    lo, hi = date.fromisoformat(first), date.fromisoformat(last or first)
    return When(edtf=edtf, earliest=lo, latest=hi, basis=basis, clock=clock)


def party(who: str, level: Level | None = None) -> Party:
    """A person of ``PEOPLE``, or a body by its state's code."""
    if who in PEOPLE:
        name, state = PEOPLE[who]
        return Party(name=name, state=state, office="President", level=level or "leader")
    return Party(state=who, level=level or "body") if len(who) == 3 else Party(organisation=who, level=level or "body")


def document(
    name: str, published: str | None = None, publisher: str | None = None, text: str = TEXT, url: str | None = None
) -> Document:
    given = Published(published, "given" if published else None)
    return Document(id=name, text=text, publisher=publisher, published=given, url=url)


def report(
    name: str,
    parties: Iterable[str | Party],
    day: str | When | None = None,
    *,
    doc: str | None = None,
    channel: Channel = "phone",
    status: Status = "held",
    topics: Iterable[str | tuple[str, str | None]] = (),
    told_by: Iterable[str] = (),
    place: str | None = None,
    initiator: str | None = None,
    minutes: int | None = None,
) -> Report:
    """A report ``name`` of document ``doc`` (by default the part of the name before a colon)."""
    home = doc or name.partition(":")[0]
    span = Span(home, 0, 9)

    def cited(value: object) -> Cited:  # type: ignore[type-arg]
        return Cited(value, span, "test")

    told = [(t, None) if isinstance(t, str) else t for t in topics]
    return Report(
        id=name,
        document=home,
        trigger=span,
        quotes=(span,),
        parties=tuple(cited(party(p) if isinstance(p, str) else p) for p in parties),
        channel=cited(channel),
        status=cited(status),
        when=cited(when(day) if isinstance(day, str) else day) if day else None,
        place=cited(place) if place else None,
        initiator=cited(initiator) if initiator else None,
        topics=tuple(cited(TopicTold(topic, teller)) for topic, teller in told),  # type: ignore[arg-type]
        told_by=tuple(cited(teller) for teller in told_by),
        duration_minutes=cited(minutes) if minutes else None,
    )


def judgement(
    kind: JudgementKind, *reports: str, at: str = "2026-01-01T00:00:00Z", undoes: str | None = None
) -> Judgement:
    return Judgement(
        id=f"{kind}-{'-'.join(reports)}-{at}", kind=kind, reports=reports, who="tester", at=at, undoes=undoes
    )
