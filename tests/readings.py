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

# The gate (communique.sources.gate) lets no NUL and no lone surrogate through, and a server would take neither.
_TEXT = st.characters(exclude_characters="\0", exclude_categories=("Cs",))
words = st.text(_TEXT, min_size=1, max_size=12) | st.sampled_from(
    ["Ana · B", " x ", "a  b", '"q"', "-", "[NATO]", "#", "| z", "⁠"]
)
maybe = st.none() | words
edtf = (
    st.sampled_from(["2020-05-22", "2020-05", "2020-03-21/2020-05-22", "2020-05-22T10:00:00+03:00", "2020~/.."]) | words
)
days = st.dates(date(1900, 1, 1), date(2100, 1, 1))


Places = st.SearchStrategy[Span]


@st.composite
def places(draw: st.DrawFn, document: Document) -> list[Span]:
    """A few places of a document, drawn once: drawing each span afresh would take most of the time."""
    parts: list[Any] = ["text", "title"] if document.title else ["text"]
    drawn = []
    for part in draw(st.lists(st.sampled_from(parts), min_size=2, max_size=4)):
        start = draw(st.integers(0, len(document.part(part)) - 1))
        drawn.append(Span(document.id, start, draw(st.integers(start + 1, len(document.part(part)))), part))
    return drawn


documents = st.builds(
    Document,
    id=words,
    text=st.text(_TEXT, min_size=1, max_size=80),
    title=st.none() | st.text(_TEXT, max_size=20),
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


def whens(spans: Places) -> st.SearchStrategy[When]:
    return st.builds(
        When,
        edtf=edtf,
        earliest=st.none() | days,
        latest=st.none() | days,
        basis=st.sampled_from(get_args(Basis)),
        approximate=st.booleans(),
        anchor=st.none() | st.sampled_from(get_args(AnchorKind)),
        anchor_span=st.none() | spans,
        why=st.just("") | words,
        candidates=st.lists(words, max_size=2).map(tuple),
        clock=st.none() | words,
    )


def cited(spans: Places, values: st.SearchStrategy[Any]) -> st.SearchStrategy[Cited[Any]]:
    return st.builds(Cited, values, spans, words)


def _some(strategy: st.SearchStrategy[Any], least: int = 0) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, min_size=least, max_size=least + 1).map(tuple)


def _optional(spans: Places, values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | cited(spans, values)


def reports(document: Document, spans: Places) -> st.SearchStrategy[Report]:
    return st.builds(
        Report,
        id=words,
        document=st.just(document.id),
        trigger=spans,
        quotes=_some(spans, 1),
        parties=_some(cited(spans, parties), 2),
        channel=cited(spans, st.sampled_from(CHANNELS)),
        status=cited(spans, st.sampled_from(STATUSES)),
        when=_optional(spans, whens(spans)),
        place=_optional(spans, words),
        initiator=_optional(spans, words),
        topics=_some(cited(spans, st.builds(TopicTold, st.sampled_from(TOPICS), maybe))),
        told_by=_some(cited(spans, words)),
        duration_minutes=_optional(spans, st.integers(0, 10**6)),
    )


def claims(document: Document, spans: Places) -> st.SearchStrategy[Claim]:
    return st.builds(
        Claim,
        id=words,
        document=st.just(document.id),
        quotes=_some(spans, 1),
        kind=cited(spans, st.sampled_from(CLAIM_KINDS)),
        channel=cited(spans, st.sampled_from(CHANNELS)),
        parties=_some(cited(spans, parties), 1),
        count=_optional(spans, st.integers(0, 10**6)),
        comparator=st.none() | st.sampled_from(COMPARATORS),
        since=_optional(spans, whens(spans)),
        until=_optional(spans, whens(spans)),
        by=_optional(spans, words),
    )


def actions(document: Document, spans: Places) -> st.SearchStrategy[AgreementAction]:
    return st.builds(
        AgreementAction,
        id=words,
        document=st.just(document.id),
        quotes=_some(spans, 1),
        agreement=cited(spans, words),
        action=cited(spans, st.sampled_from(ACTIONS)),
        by=_some(cited(spans, words)),
        when=_optional(spans, whens(spans)),
        place=_optional(spans, words),
        condition=_optional(spans, words),
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
    return places(document).flatmap(lambda drawn: _readings_at(document, st.sampled_from(drawn)))


def _readings_at(document: Document, spans: Places) -> st.SearchStrategy[Reading]:
    return st.builds(
        Reading,
        document=st.just(document),
        reports=_some(reports(document, spans)).map(_unique),
        claims=_some(claims(document, spans)).map(_unique),
        agreements=_some(actions(document, spans)).map(_unique),
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
