"""Readings for tests: ``readings()`` draws any the model allows; ``sample()`` is one made by hand."""

from dataclasses import replace
from datetime import date
from typing import Any, get_args

from hypothesis import strategies as st

from communique.model import (
    ACTIONS,
    CHANNELS,
    CLAIM_KINDS,
    COMPARATORS,
    LEVELS,
    STATUSES,
    TOPICS,
    AgreementAction,
    AnchorKind,
    Basis,
    Cited,
    Claim,
    Document,
    Issue,
    Party,
    Published,
    PublishedBasis,
    Reading,
    Report,
    Span,
    TopicTold,
    When,
)

words = st.text(min_size=1, max_size=12) | st.sampled_from(
    ["Ana · B", " x ", "a  b", '"q"', "-", "[NATO]", "#", "| z", "⁠"]
)
maybe = st.none() | words
edtf = (
    st.sampled_from(["2020-05-22", "2020-05", "2020-03-21/2020-05-22", "2020-05-22T10:00:00+03:00", "2020~/.."]) | words
)
days = st.dates(date(1900, 1, 1), date(2100, 1, 1))


def spans(document: Document) -> st.SearchStrategy[Span]:
    parts = [st.just("text")] + ([st.just("title")] if document.title else [])
    return st.one_of(parts).flatmap(lambda part: _spans_in(document, part))


def _spans_in(document: Document, part: Any) -> st.SearchStrategy[Span]:
    size = len(document.part(part))
    starts = st.integers(0, size - 1)
    return starts.flatmap(
        lambda start: st.builds(Span, st.just(document.id), st.just(start), st.integers(start + 1, size), st.just(part))
    )


documents = st.builds(
    Document,
    id=words,
    text=st.text(min_size=1, max_size=80),
    title=st.none() | st.text(max_size=20),
    path=maybe,
    url=maybe,
    publisher=maybe,
    language=maybe,
    published=st.builds(
        Published,
        st.none() | edtf,
        st.none() | st.sampled_from(get_args(PublishedBasis)),
        st.lists(words, max_size=2).map(tuple),
        st.lists(words, max_size=2).map(tuple),
    ),
)
parties = st.builds(
    Party,
    name=maybe,
    state=st.none() | st.sampled_from(["RUS", "USA"]) | words,
    organisation=maybe | st.just("NATO"),
    office=maybe,
    level=st.none() | st.sampled_from(LEVELS),
)


def whens(document: Document) -> st.SearchStrategy[When]:
    return st.builds(
        When,
        edtf=edtf,
        earliest=st.none() | days,
        latest=st.none() | days,
        basis=st.sampled_from(get_args(Basis)),
        approximate=st.booleans(),
        anchor=st.none() | st.sampled_from(get_args(AnchorKind)),
        anchor_span=st.none() | spans(document),
        why=st.just("") | words,
        candidates=st.lists(words, max_size=2).map(tuple),
        clock=st.none() | words,
    )


def cited(document: Document, values: st.SearchStrategy[Any]) -> st.SearchStrategy[Cited[Any]]:
    return st.builds(Cited, values, spans(document), words)


def _some(strategy: st.SearchStrategy[Any], least: int = 0) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, min_size=least, max_size=3).map(tuple)


def _optional(document: Document, values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | cited(document, values)


def reports(document: Document, ids: st.SearchStrategy[str] = words) -> st.SearchStrategy[Report]:
    return st.builds(
        Report,
        id=ids,
        document=st.just(document.id),
        trigger=spans(document),
        quotes=_some(spans(document), 1),
        parties=_some(cited(document, parties), 2),
        channel=cited(document, st.sampled_from(CHANNELS)),
        status=cited(document, st.sampled_from(STATUSES)),
        when=_optional(document, whens(document)),
        place=_optional(document, words),
        initiator=_optional(document, words),
        topics=_some(cited(document, st.builds(TopicTold, st.sampled_from(TOPICS), maybe))),
        told_by=_some(cited(document, words)),
        duration_minutes=_optional(document, st.integers(0, 10**6)),
    )


def claims(document: Document) -> st.SearchStrategy[Claim]:
    return st.builds(
        Claim,
        id=words,
        document=st.just(document.id),
        quotes=_some(spans(document), 1),
        kind=cited(document, st.sampled_from(CLAIM_KINDS)),
        channel=cited(document, st.sampled_from(CHANNELS)),
        parties=_some(cited(document, parties), 1),
        count=_optional(document, st.integers(0, 10**6)),
        comparator=st.none() | st.sampled_from(COMPARATORS),
        since=_optional(document, whens(document)),
        until=_optional(document, whens(document)),
        by=_optional(document, words),
    )


def actions(document: Document) -> st.SearchStrategy[AgreementAction]:
    return st.builds(
        AgreementAction,
        id=words,
        document=st.just(document.id),
        quotes=_some(spans(document), 1),
        agreement=cited(document, words),
        action=cited(document, st.sampled_from(ACTIONS)),
        by=_some(cited(document, words)),
        when=_optional(document, whens(document)),
        place=_optional(document, words),
        condition=_optional(document, words),
    )


issues = st.builds(
    Issue,
    code=words,
    message=words,
    remedy=st.just("") | words,
    path=maybe,
    line=st.none() | st.integers(0, 99),
    start=st.none() | st.integers(0, 99),
    stop=st.none() | st.integers(0, 99),
    excerpt=maybe,
    fatal=st.booleans(),
)


def _unique(records: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple({record.id: record for record in records}.values())


def readings_of(document: Document) -> st.SearchStrategy[Reading]:
    return st.builds(
        Reading,
        document=st.just(document),
        reports=_some(reports(document)).map(_unique),
        claims=_some(claims(document)).map(_unique),
        agreements=_some(actions(document)).map(_unique),
        issues=_some(issues),
    )


def readings() -> st.SearchStrategy[Reading]:
    return documents.flatmap(readings_of)


TEXT = (
    "MOSCOW, March 4. President Ivo Marek of Freedonia spoke by phone with President Ana Silva of Sylvania on Tuesday. "
    "They discussed trade. It was their third call since late January. Freedonia signed the River Treaty."
)


def sample(name: str = "a1", text: str = TEXT) -> Reading:
    """A document that tells of one call, makes one claim and reports one signature."""
    document = Document(
        name,
        text,
        title="Marek, Silva discuss trade",
        publisher="Example Wire",
        published=Published("2031-03-04", "given"),
    )

    def at(words: str, part: Any = "text") -> Span:
        start = document.part(part).index(words)
        return Span(name, start, start + len(words), part)

    def cite(value: Any, words: str, part: Any = "text") -> Cited[Any]:
        return Cited(value, at(words, part), "test." + words.split()[0].lower())

    marek = Party("Ivo Marek", "FRD", None, "President", "leader")
    silva = Party("Ana Silva", "SYL", None, "President", "leader")
    sides = (cite(marek, "President Ivo Marek of Freedonia"), cite(silva, "President Ana Silva of Sylvania"))
    tuesday = When(
        "2031-03-04",
        date(2031, 3, 4),
        date(2031, 3, 4),
        "weekday-from-publication",
        anchor="dateline",
        anchor_span=at("March 4"),
    )
    january = When(
        "2031-01-21/2031-01-31", date(2031, 1, 21), date(2031, 1, 31), "year-from-publication", approximate=True
    )
    report = Report(
        id=f"{name}-r1",
        document=name,
        trigger=at("spoke by phone"),
        quotes=(
            at("President Ivo Marek of Freedonia spoke by phone with President Ana Silva of Sylvania on Tuesday."),
        ),
        parties=sides,
        channel=cite("phone", "by phone"),
        status=cite("held", "spoke"),
        when=cite(tuesday, "on Tuesday"),
        topics=(cite(TopicTold("trade"), "trade"), cite(TopicTold("trade"), "trade", "title")),
    )
    claim = Claim(
        id=f"{name}-c1",
        document=name,
        quotes=(at("It was their third call since late January."),),
        kind=cite("count", "third call"),
        channel=cite("phone", "call"),
        parties=sides,
        count=cite(3, "third"),
        comparator="ordinal",
        since=cite(january, "since late January"),
    )
    action = AgreementAction(
        id=f"{name}-g1",
        document=name,
        quotes=(at("Freedonia signed the River Treaty."),),
        agreement=cite("River Treaty", "River Treaty"),
        action=cite("signed", "signed"),
        by=(cite("FRD", "Freedonia"),),
    )
    issue = Issue("unknown-holder", "no holder of an office is known", start=0, stop=6)
    return Reading(document, (report,), (claim,), (action,), (issue,))


def published(reading: Reading, day: str) -> Reading:
    """The same reading of a document given another date of publication."""
    return replace(reading, document=replace(reading.document, published=Published(day, "given")))
