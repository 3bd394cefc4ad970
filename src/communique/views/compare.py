"""The accounts of a contact face to face: what both sides say, what only one says, where they differ.

An account is all that one voice says: a side in the documents it issued and where others relay it, an outlet in its own
words. Silence is shown as silence: a side that has an account and does not mention a topic is not among ``said_by``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from communique.model import Document, Report, Span
from communique.views.align import Aligned, align
from communique.views.sidefields import FieldRow, Quote, field_json, field_rows, quote_json
from communique.views.snapshot import Snapshot
from communique.views.voices import own_voice, relayed, topic_voice

Json = dict[str, Any]


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
class Comparison:
    """A contact as each voice tells it.

    ``follows``: for each outlet the side that it relays most. ``aligned``: sentences of different sides' own accounts
    that tell of the same thing. ``silent``: sides that took part and of which there is no account.
    """

    id: str
    accounts: tuple[Account, ...]
    topics: tuple[TopicRow, ...]
    fields: tuple[FieldRow, ...]
    follows: Mapping[str, str]
    aligned: tuple[Aligned, ...] = ()
    silent: tuple[str, ...] = ()


def compare(ledger: Snapshot, contact: str, sentences: bool = True) -> Comparison:
    """The accounts of one contact compared; raises KeyError if there is none. Aligning ``sentences`` takes time."""
    found = _compared(ledger, contact)
    return with_sentences(ledger, found) if sentences else found


def with_sentences(ledger: Snapshot, comparison: Comparison) -> Comparison:
    """A comparison with the sentences of different sides' own accounts that tell of the same."""
    aligned = align(_own_documents(ledger, ledger.accounts(comparison.id)))
    return replace(comparison, aligned=aligned)


def _compared(ledger: Snapshot, contact: str) -> Comparison:
    reports = ledger.accounts(contact)
    accounts = _accounts(ledger, reports)
    topics = _topics(ledger, reports)
    fields = tuple(field_rows(ledger, reports))
    follows = _follows(accounts, topics, _relays(ledger, reports))
    heard = {account.side for account in accounts}
    silent = {p.value.side for r in reports for p in r.parties if p.value.side} - heard
    return Comparison(contact, accounts, topics, fields, follows, silent=tuple(sorted(silent)))


def compare_json(ledger: Snapshot, comparison: Comparison) -> Json:
    """``compare ID --json``."""
    return {
        "id": comparison.id,
        "accounts": [{"side": a.side, "documents": list(a.documents)} for a in comparison.accounts],
        "topics": [
            {"topic": t.topic, "said_by": list(t.said_by), "quotes": [quote_json(ledger, q) for q in t.quotes]}
            for t in comparison.topics
        ],
        "fields": [field_json(ledger, f) for f in comparison.fields],
        "silent": list(comparison.silent),
        "follows": dict(comparison.follows),
        "aligned": [
            {
                "score": a.score,
                "sentences": [quote_json(ledger, Quote(s, p)) for s, p in zip(a.sides, a.spans, strict=True)],
            }
            for a in comparison.aligned
        ],
    }


def _accounts(ledger: Snapshot, reports: Sequence[Report]) -> tuple[Account, ...]:
    parties = {p.value.side for r in reports for p in r.parties}
    found: dict[str, set[str]] = defaultdict(set)
    for report in reports:
        for voice in _voices(ledger, report):
            found[voice].add(report.document)
    made = (Account(side, tuple(sorted(documents)), side in parties) for side, documents in found.items())
    return tuple(sorted(made, key=lambda a: (not a.party, a.side)))


def _own_documents(ledger: Snapshot, reports: Sequence[Report]) -> Mapping[str, Sequence[Document]]:
    """What each side issued itself; outlets are left out."""
    found: dict[str, list[Document]] = defaultdict(list)
    for name in sorted({r.document for r in reports}):
        if side := ledger.issuers.of(ledger.documents[name]):
            found[side].append(ledger.documents[name])
    return found


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
