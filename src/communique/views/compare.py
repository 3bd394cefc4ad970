"""The accounts of a contact face to face: what both sides say, what only one says, where they differ.

An account is all that one voice says: a side in the documents it issued and where others relay it, an outlet in its own
words. Silence is shown as silence: a side that has an account and does not mention a topic is not among ``said_by``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import eq
from typing import Any, Literal

from communique.ledger.values import party_json
from communique.model import Report, Span
from communique.views import agree
from communique.views.contacts import Wanted, contact_rows, interval_json
from communique.views.snapshot import Snapshot
from communique.views.voices import own_voice, relayed, topic_voice

Json = dict[str, Any]
Agreement = Literal["agree", "differ", "only"]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document in a side's account."""

    side: str
    span: Span


@dataclass(frozen=True, slots=True)
class Account:
    """A voice, its documents, and whether it is a party's own (not an outlet's or a third state's)."""

    side: str
    documents: tuple[str, ...]
    party: bool


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic and who mentions it."""

    topic: str
    said_by: tuple[str, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field and what each side says of it (as JSON); sides that say nothing of it are not there."""

    field: str
    verdict: Agreement
    values: tuple[tuple[str, Any, tuple[Quote, ...]], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A contact as each voice tells it. ``follows``: for each outlet the side whose topics and words it relays most."""

    id: str
    accounts: tuple[Account, ...]
    topics: tuple[TopicRow, ...]
    fields: tuple[FieldRow, ...]
    follows: Mapping[str, str]


def compare(ledger: Snapshot, contact: str) -> Comparison:
    """The accounts of one contact compared; raises KeyError if there is no such contact."""
    reports = ledger.accounts(contact)
    accounts = _accounts(ledger, reports)
    topics = _topics(ledger, reports)
    fields = tuple(_fields(ledger, reports))
    return Comparison(contact, accounts, topics, fields, _follows(accounts, topics, _relays(ledger, reports)))


def compare_json(ledger: Snapshot, comparison: Comparison) -> Json:
    """``compare ID --json``."""
    return {
        "id": comparison.id,
        "accounts": [{"side": a.side, "documents": list(a.documents)} for a in comparison.accounts],
        "topics": [
            {"topic": t.topic, "said_by": list(t.said_by), "quotes": [quote_json(ledger, q) for q in t.quotes]}
            for t in comparison.topics
        ],
        "fields": [_field_json(ledger, f) for f in comparison.fields],
        "follows": dict(comparison.follows),
    }


def quote_json(ledger: Snapshot, quote: Quote) -> Json:
    """``{"side", "document", "start", "end", "text"}``, and ``"in": "title"`` for a title's words."""
    span = quote.span
    document = ledger.documents[span.document]
    place = {"side": quote.side, "document": span.document, "start": span.start, "end": span.stop}
    words = {"text": document.part(span.part)[span.start : span.stop]}
    return place | words | ({} if span.part == "text" else {"in": span.part})


def _accounts(ledger: Snapshot, reports: Sequence[Report]) -> tuple[Account, ...]:
    parties = {p.value.side for r in reports for p in r.parties}
    found: dict[str, set[str]] = defaultdict(set)
    for report in reports:
        for voice in _voices(ledger, report):
            found[voice].add(report.document)
    made = (Account(side, tuple(sorted(documents)), side in parties) for side, documents in found.items())
    return tuple(sorted(made, key=lambda a: (not a.party, a.side)))


def _voices(ledger: Snapshot, report: Report) -> Iterator[str]:
    document = ledger.documents[report.document]
    yield own_voice(report, document, ledger.issuers)
    yield from relayed(report, document, ledger.issuers).values()
    yield from (_topic_side(ledger, report, i) for i in range(len(report.topics)))


def _topic_side(ledger: Snapshot, report: Report, index: int) -> str:
    told = report.topics[index]
    document = ledger.documents[report.document]
    return topic_voice(told.value.teller, told.span, report, document, ledger.issuers)


def _topics(ledger: Snapshot, reports: Sequence[Report]) -> tuple[TopicRow, ...]:
    table: dict[str, set[Quote]] = defaultdict(set)
    for report in reports:
        for index, told in enumerate(report.topics):
            table[told.value.topic].add(Quote(_topic_side(ledger, report, index), told.span))
    rows = (
        TopicRow(topic, tuple(sorted({q.side for q in quotes})), tuple(sorted(quotes, key=_quote_order)))
        for topic, quotes in table.items()
    )
    return tuple(sorted(rows, key=lambda t: (-len(t.said_by), t.topic)))


def _fields(ledger: Snapshot, reports: Sequence[Report]) -> Iterator[FieldRow]:
    by_side: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        by_side[own_voice(report, ledger.documents[report.document], ledger.issuers)].append(report)
    for name, (value, cited) in _FIELDS.items():
        stated = [
            (side, found, tuple(Quote(side, span) for span in sorted({s for r in told for s in cited(r)})))
            for side, told in sorted(by_side.items())
            if (found := value(told)) not in (None, [])
        ]
        if stated:
            yield FieldRow(name, _verdict(name, [found for _, found, _ in stated]), tuple(stated))


def _verdict(name: str, values: Sequence[Any]) -> Agreement:
    if len(values) == 1:
        return "only"
    same: Callable[[Any, Any], bool] = _ALIKE.get(name, eq)
    return "agree" if all(same(values[0], other) for other in values[1:]) else "differ"


def _dated(told: Sequence[Report]) -> list[Report]:
    """Those that say themselves when it was; a day taken from publication is said by nobody."""
    return [r for r in told if r.when and r.when.value.basis != "publication-default"]


def _same_parties(a: Sequence[Json], b: Sequence[Json]) -> bool:
    return _heads(a) == _heads(b)


def _heads(parties: Sequence[Json]) -> set[tuple[Any, ...]]:
    return {(p["name"], p["state"], p["organisation"]) for p in parties}


def _same_days(a: Json, b: Json) -> bool:
    """Two intervals agree if they share a day; a field left open excludes nothing."""
    ends = [(x["from"] or "", x["to"] or "9999") for x in (a, b)]
    return ends[0][0] <= ends[1][1] and ends[1][0] <= ends[0][1]


def _same_channel(a: str, b: str) -> bool:
    return a == b or "unspecified" in (a, b) or "talks" in (a, b)


_ALIKE: Mapping[str, Callable[[Any, Any], bool]] = {
    "parties": _same_parties,
    "when": _same_days,
    "channel": _same_channel,
    "duration_minutes": lambda a, b: abs(a - b) <= 5,
}
_FIELDS: Mapping[str, tuple[Callable[[Sequence[Report]], Any], Callable[[Report], Iterable[Span]]]] = {
    "channel": (lambda told: agree.channel(told).value, lambda r: [r.channel.span]),
    "when": (lambda told: interval_json(agree.when(_dated(told)).value), lambda r: [r.when.span] if r.when else []),
    "place": (lambda told: agree.place(told).value, lambda r: [r.place.span] if r.place else []),
    "parties": (lambda told: [party_json(p) for p in agree.parties(told)], lambda r: [p.span for p in r.parties]),
    "initiator": (
        lambda told: agree.plain(told, lambda r: r.initiator).value,
        lambda r: [r.initiator.span] if r.initiator else [],
    ),
    "duration_minutes": (
        lambda told: agree.plain(told, lambda r: r.duration_minutes).value,
        lambda r: [r.duration_minutes.span] if r.duration_minutes else [],
    ),
}


def _field_json(ledger: Snapshot, row: FieldRow) -> Json:
    values = [
        {"side": side, "value": value, "quotes": [quote_json(ledger, q) for q in quotes]}
        for side, value, quotes in row.values
    ]
    return {"field": row.field, "verdict": row.verdict, "values": values}


def _relays(ledger: Snapshot, reports: Sequence[Report]) -> Mapping[str, Counter[str]]:
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for report in reports:
        document = ledger.documents[report.document]
        own = own_voice(report, document, ledger.issuers)
        table[own].update(v for v in relayed(report, document, ledger.issuers).values() if v != own)
    return table


def _follows(
    accounts: Sequence[Account], topics: Sequence[TopicRow], relays: Mapping[str, Counter[str]]
) -> Mapping[str, str]:
    """The side that an outlet relays most, else that with which it shares most topics; none where that is even."""
    sides = [a.side for a in accounts if a.party]
    found = {}
    for outlet in (a.side for a in accounts if not a.party):
        shared = {s: (relays[outlet][s], sum({outlet, s} <= {*t.said_by} for t in topics)) for s in sides}
        ranked = sorted(shared, key=lambda s: (shared[s], s), reverse=True)
        if ranked and any(shared[ranked[0]]) and (len(ranked) == 1 or shared[ranked[0]] > shared[ranked[1]]):
            found[outlet] = ranked[0]
    return found


def _quote_order(quote: Quote) -> tuple[str, Span]:
    return quote.side, quote.span


@dataclass(frozen=True, slots=True)
class Habit:
    """How a side tells of its contacts with another.

    Of ``both`` contacts with accounts of both sides: how often it left out a topic that the other mentioned
    (``left_out``), or was alone in mentioning one (``alone``). Of ``silent`` contacts only the other has an account.
    """

    side: str
    both: int
    silent: int
    left_out: tuple[tuple[str, int], ...]
    alone: tuple[tuple[str, int], ...]


def compare_pair(ledger: Snapshot, sides: tuple[str, str], since: date | None = None) -> tuple[Habit, Habit]:
    """What each of two sides habitually leaves out of its accounts of their contacts."""
    wanted = Wanted(between=sides, since=since, statuses=frozenset({"held"}))
    compared = [compare(ledger, row.id) for row in contact_rows(ledger, wanted)]
    return _habit(sides[0], sides[1], compared), _habit(sides[1], sides[0], compared)


def habit_json(habit: Habit) -> Json:
    """``{"side", "both", "silent", "left_out": [{"topic", "times"}], "alone": […]}``."""
    return {
        "side": habit.side,
        "both": habit.both,
        "silent": habit.silent,
        "left_out": [{"topic": topic, "times": times} for topic, times in habit.left_out],
        "alone": [{"topic": topic, "times": times} for topic, times in habit.alone],
    }


def _habit(side: str, other: str, compared: Sequence[Comparison]) -> Habit:
    voices = [{a.side for a in c.accounts} for c in compared]
    both = [c for c, heard in zip(compared, voices, strict=True) if {side, other} <= heard]
    silent = sum(other in heard and side not in heard for heard in voices)
    return Habit(side, len(both), silent, _told_by_one(both, other, side), _told_by_one(both, side, other))


def _told_by_one(compared: Iterable[Comparison], side: str, other: str) -> tuple[tuple[str, int], ...]:
    """The topics that one side mentions and the other does not, most often first."""
    rows = (t for c in compared for t in c.topics)
    return _ranked(Counter(t.topic for t in rows if side in t.said_by and other not in t.said_by))


def _ranked(counter: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counter.items(), key=lambda item: (-item[1], item[0])))
