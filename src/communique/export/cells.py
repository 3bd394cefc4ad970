"""The rows of each table, from the material."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from communique.export.material import Material
from communique.ledger.fields import Record, all_cited
from communique.model import Cited, Party, TopicTold, When
from communique.views.agree import Interval
from communique.views.claims import claim_rows as claims_checked
from communique.views.contacts import ContactRow
from communique.views.words import party_words

Value = str | int | bool | date | tuple[str, ...] | None
Row = tuple[Value, ...]


def contact_rows(material: Material) -> Iterator[Row]:
    """A row a contact."""
    return map(cells_of, material.contacts)


def cells_of(row: ContactRow) -> Row:
    """A contact as a row of the table ``contacts``."""
    return (
        row.id, row.status, row.channel, *_span(row.when), row.place, tuple(map(party_words, row.parties)),
        tuple(sorted(row.sides)), row.topics, row.reports, row.outlets, row.independent, row.plan_of, row.fulfils,
        row.disputed, row.documents,
    )  # fmt: skip


def party_rows(material: Material) -> Iterator[Row]:
    """A row a party of a contact."""
    for row in material.contacts:
        for party in row.parties:
            yield row.id, party.name, party.state, party.organisation, party.office, party.level


def report_rows(material: Material) -> Iterator[Row]:
    """A row a report."""
    for row in material.contacts:
        for report, document in material.accounts(row):
            when: When | None = _said(report.when)
            yield (
                report.id, row.id, document.id, report.status.value, report.channel.value, *_span(when),
                when.basis if when else None, _said(report.place), _said(report.initiator),
                _said(report.duration_minutes), tuple(t.value for t in report.told_by),
                material.words(report.trigger), material.words(report.quotes[0]),
            )  # fmt: skip


def _span(when: When | Interval | None) -> tuple[str | None, date | None, date | None]:
    return (when.edtf, when.earliest, when.latest) if when else (None, None, None)


def _said(cited: Cited[Any] | None) -> Any:
    return cited.value if cited else None


def evidence_rows(material: Material) -> Iterator[Row]:
    """A row a value with its words."""
    for record in records_read(material):
        for field, _, cited in all_cited(record):
            span = cited.span
            yield (
                record.id, field.name, _value(cited.value), record.document, span.part, span.start, span.stop,
                material.words(span), cited.rule,
            )  # fmt: skip


def records_read(material: Material) -> Iterator[Record]:
    """The reports of the contacts asked for, and the claims and steps of agreements of their documents."""
    for row in material.contacts:
        yield from (report for report, _ in material.accounts(row))
    yield from (claim for claim in material.ledger.claims if claim.document in material.chosen)
    yield from (action for action in material.ledger.agreements if action.document in material.chosen)


def _value(value: Any) -> str:
    if isinstance(value, When):
        return value.edtf
    if isinstance(value, TopicTold):
        return value.topic
    return party_words(value) if isinstance(value, Party) else str(value)


def document_rows(material: Material) -> Iterator[Row]:
    """A row a document; its text last, if that is asked for."""
    for document in material.documents:
        published = document.published
        about = (document.title, document.publisher, document.url, document.language)
        text = (document.text,) if material.options.text else ()
        yield (document.id, *about, published.edtf, material.told(document), published.basis, *text)


def claim_rows(material: Material) -> Iterator[Row]:
    """A row a claim, with the verdict."""
    from communique.views.check import book

    for row in claims_checked(material.ledger, book(material.ledger)):
        claim, verdict = row.claim, row.verdict
        if claim.document in material.chosen:
            since, until = _said(claim.since), _said(claim.until)
            yield (
                claim.id, claim.document, claim.kind.value, _said(claim.count), claim.comparator, claim.channel.value,
                tuple(party_words(p.value) for p in claim.parties), since and since.earliest, until and until.latest,
                _said(claim.by), verdict.verdict, verdict.counted, verdict.why, material.words(claim.quotes[0]),
            )  # fmt: skip


def agreement_rows(material: Material) -> Iterator[Row]:
    """A row a step of an agreement, as a document reports it."""
    for action in material.ledger.agreements:
        if action.document in material.chosen:
            when = _said(action.when)
            yield (
                action.id, action.document, action.agreement.value, action.action.value,
                tuple(b.value for b in action.by), *_span(when),
                _said(action.place), _said(action.condition), material.words(action.quotes[0]),
            )  # fmt: skip


def plan_rows(material: Material) -> Iterator[Row]:
    """A row a plan."""
    for plan in material.plans:
        yield (
            plan.id, plan.outcome, plan.channel, plan.announced, *_span(plan.foreseen), plan.contact,
            tuple(map(party_words, plan.parties)), plan.chain, plan.documents, plan.by,
        )  # fmt: skip


def judgement_rows(material: Material) -> Iterator[Row]:
    """A row a judgement."""
    for judgement in material.ledger.judgements:
        what = (judgement.field, judgement.value, judgement.undoes)
        yield (judgement.id, judgement.kind, judgement.reports, judgement.who, judgement.at, judgement.why, *what)
