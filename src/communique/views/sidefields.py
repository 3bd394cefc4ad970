"""What each side says of the fields of a contact: who agrees, who differs, who alone says anything at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from operator import eq
from typing import Any, Literal

from communique.ledger.values import party_json
from communique.model import Report, Span
from communique.views import agree
from communique.views.contacts import interval_json
from communique.views.snapshot import Snapshot
from communique.views.tellings import step_words, tone_words
from communique.views.voices import own_voice

Json = dict[str, Any]
_AHEAD = ("planned", "proposed", "postponed")
RECALLED = timedelta(7)
Agreement = Literal["agree", "differ", "only"]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document in a side's account."""

    side: str
    span: Span


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field and what each side says of it (as JSON); sides that say nothing of it are not there."""

    field: str
    verdict: Agreement
    values: tuple[tuple[str, Any, tuple[Quote, ...]], ...]

    @property
    def said(self) -> Mapping[str, Any]:
        """The value that each side says."""
        return {side: value for side, value, _ in self.values}


def quote_json(ledger: Snapshot, quote: Quote) -> Json:
    """``{"side", "document", "start", "end", "text"}``, and ``"in": "title"`` for a title's words."""
    span = quote.span
    document = ledger.documents[span.document]
    place = {"side": quote.side, "document": span.document, "start": span.start, "end": span.stop}
    words = {"text": document.part(span.part)[span.start : span.stop]}
    return place | words | ({} if span.part == "text" else {"in": span.part})


def field_json(ledger: Snapshot, row: FieldRow) -> Json:
    """``{"field", "verdict", "values": [{"side", "value", "quotes"}]}``."""
    values = [
        {"side": side, "value": value, "quotes": [quote_json(ledger, q) for q in quotes]}
        for side, value, quotes in row.values
    ]
    return {"field": row.field, "verdict": row.verdict, "values": values}


def field_rows(ledger: Snapshot, reports: Sequence[Report]) -> Iterator[FieldRow]:
    """What the accounts say of each field, by the voice that issued them."""
    by_side: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        by_side[own_voice(report, ledger.documents[report.document], ledger.issuers)].append(report)
    placed = agree.place(reports).value is not None
    for name, (value, cited) in _FIELDS.items() if placed else _NOWHERE.items():
        stated = [
            (side, found, tuple(Quote(side, span) for span in sorted({s for r in told for s in cited(r)})))
            for side, told in sorted(by_side.items())
            if (found := value(told)) not in (None, [])
        ]
        if stated:
            yield FieldRow(name, _verdict(name, [found for _, found, _ in stated]), tuple(stated))
    yield from _row("next_steps", {side: _next_steps(ledger, told) for side, told in by_side.items()})
    yield from _row("tone", {side: _tone(ledger, told) for side, told in by_side.items()})


def _row(name: str, said: Mapping[str, list[tuple[str, Span]]]) -> Iterator[FieldRow]:
    """A field with several values a side, each with the words that state it."""
    stated = tuple(
        (side, sorted({v for v, _ in told}), tuple(Quote(side, s) for s in sorted({s for _, s in told})))
        for side, told in sorted(said.items())
        if told
    )
    if stated:
        yield FieldRow(name, _verdict(name, [values for _, values, _ in stated]), stated)


def _next_steps(ledger: Snapshot, told: Sequence[Report]) -> list[tuple[str, Span]]:
    """What a side says is to follow: contacts of the same sides announced beside this one, and work to be done."""
    sides = {p.value.side for r in told for p in r.parties}
    beside = (r for name in sorted({r.document for r in told}) for r in ledger.reports_of.get(name, ()))
    event = {_event(ledger, r) for r in told}
    plans = (r for r in beside if r.status.value in _AHEAD and _event(ledger, r) not in event)
    announced = [(_plan_words(r), r.trigger) for r in plans if len({p.value.side for p in r.parties} & sides) > 1]
    return announced + [step for r in told if r.status.value == "held" for step in _step_words(ledger, r)]


def _step_words(ledger: Snapshot, report: Report) -> tuple[tuple[str, Span], ...]:
    """What an official account says is to follow; a paper's sentences may be about anything."""
    document = ledger.documents[report.document]
    if ledger.issuers.of(document) is None:
        return ()
    beside = ledger.reports_of.get(report.document, ())
    news = (r for r in beside if r.status.value == "held" and not _long_past(r, report))
    return step_words(report, document, [r.trigger for r in news if _event(ledger, r) != _event(ledger, report)])


def _long_past(other: Report, report: Report) -> bool:
    """True for what a readout only recalls: "the outcomes of the summit in June"."""
    last, first = (other.when.value.latest, report.when.value.earliest) if other.when and report.when else (None, None)
    return last is not None and first is not None and last < first - RECALLED


def _event(ledger: Snapshot, report: Report) -> str:
    """The contact of a report, or the one that fulfilled it."""
    contact = ledger.contact_of.get(report.id, report.id)
    return ledger.fulfilled.get(contact, contact)


def _plan_words(report: Report) -> str:
    when = report.when.value.edtf if report.when else None
    place = report.place.value if report.place else None
    channel = report.channel.value if report.channel.value != "unspecified" else "contact"
    return ", ".join(part for part in (f"{report.status.value} {channel}", when, place) if part)


def _tone(ledger: Snapshot, told: Sequence[Report]) -> list[tuple[str, Span]]:
    return [found for r in told for found in tone_words(r, ledger.documents[r.document])]


def _any_common(a: Iterable[str], b: Iterable[str]) -> bool:
    return bool({*a} & {*b})


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
    "next_steps": _any_common,
    "tone": _any_common,
    "duration_minutes": lambda a, b: abs(a - b) <= 5,
}
_FIELDS: Mapping[str, tuple[Callable[[Sequence[Report]], Any], Callable[[Report], Iterable[Span]]]] = {
    "channel": (lambda told: agree.channel(told, one_voice=True).value, lambda r: [r.channel.span]),
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
_NOWHERE = {name: field for name, field in _FIELDS.items() if name != "place"}
