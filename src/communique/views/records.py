"""The JSON form of records: what one document says, as ``docs/records`` and its schema fix it, and back again.

Beyond the schema each record carries ``id`` and ``evidence``: for every field the words that state it and the rule
that read them, so that a line can be read back without loss. Lists in the record hold each value once; ``of`` in the
evidence is the index of the value that the words state.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from communique.ledger.fields import Field, Record, cited_values, fields_of, gather
from communique.ledger.values import Json, party_json, span_json, span_of, topic_json, when_json
from communique.model import AgreementAction, Cited, Claim, Document, Issue, Published, Reading, Report, Span, When

_STAMP = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]")
_T = TypeVar("_T", Report, Claim, AgreementAction)


def reading_record(reading: Reading, with_text: bool = False) -> Json:
    """One line of ``read --json``: the document, its contacts, claims, agreements and issues."""
    document = reading.document
    return {
        "document": document_record(document, with_text),
        "contacts": [report_record(report, document) for report in reading.reports],
        "claims": [claim_record(claim, document) for claim in reading.claims],
        "agreements": [agreement_record(action, document) for action in reading.agreements],
        "issues": [issue_record(issue) for issue in reading.issues],
    }


def document_record(document: Document, with_text: bool = False) -> Json:
    """The head of a line. ``published`` is a day at most; a stamp with its time is kept beside it."""
    published = document.published
    day = published_day(published.edtf)
    record: Json = {
        "id": document.id,
        "path": document.path,
        "url": document.url,
        "title": document.title,
        "publisher": document.publisher,
        "language": document.language,
        "published": day,
        "published_basis": published.basis,
        "published_reasons": list(published.reasons),
    }
    extras: Json = {"published_candidates": list(published.candidates)} if published.candidates else {}
    extras |= {"published_stamp": published.edtf} if day != published.edtf else {}
    return record | extras | ({"text": document.text} if with_text else {})


def published_day(edtf: str | None) -> str | None:
    """The day of a stamp in the stamp's own offset; any other EDTF date as it is."""
    stamp = _STAMP.match(edtf or "")
    return stamp[1] if stamp else edtf


def quote(document: Document, span: Span) -> Json:
    """Words of a document with their place: ``{"start", "end", "text"[, "in"]}``."""
    place = span_json(span)
    text = document.part(span.part)[span.start : span.stop]
    return {"start": place.pop("start"), "end": place.pop("end"), "text": text} | place


def report_record(report: Report, document: Document) -> Json:
    """A contact as this document tells of it."""
    evidence = _evidence(report, document) | {"trigger": quote(document, report.trigger)}
    return {
        "id": report.id,
        "status": report.status.value,
        "channel": report.channel.value,
        "when": _bounded(report.when),
        "place": _value(report.place),
        "parties": [party_json(party) for party in _once(report.parties)],
        "initiator": _value(report.initiator),
        "topics": list(_topics(report, document)),
        "told_by": _once(report.told_by),
        "duration_minutes": _value(report.duration_minutes),
        "quotes": [quote(document, span) for span in report.quotes],
        "evidence": evidence,
    }


def claim_record(claim: Claim, document: Document) -> Json:
    """A statement about contacts; ``from``/``to`` are the first and last day it can speak of."""
    since, until = _value(claim.since), _value(claim.until)
    return {
        "id": claim.id,
        "kind": claim.kind.value,
        "count": _value(claim.count),
        "comparator": claim.comparator,
        "channel": claim.channel.value,
        "parties": [party_json(party) for party in _once(claim.parties)],
        "from": since.earliest.isoformat() if since and since.earliest else None,
        "to": until.latest.isoformat() if until and until.latest else None,
        "by": _value(claim.by),
        "quotes": [quote(document, span) for span in claim.quotes],
        "evidence": _evidence(claim, document),
    }


def agreement_record(action: AgreementAction, document: Document) -> Json:
    """What was done to an agreement."""
    return {
        "id": action.id,
        "agreement": action.agreement.value,
        "action": action.action.value,
        "by": _once(action.by),
        "when": _bounded(action.when),
        "place": _value(action.place),
        "condition": _value(action.condition),
        "quotes": [quote(document, span) for span in action.quotes],
        "evidence": _evidence(action, document),
    }


def issue_record(issue: Issue) -> Json:
    """A problem with an input; what does not apply is left out, ``start`` and ``end`` are always there."""
    record: Json = {"code": issue.code, "message": issue.message, "start": issue.start, "end": issue.stop}
    extras = {"remedy": issue.remedy, "fatal": issue.fatal}
    places = {"path": issue.path, "line": issue.line, "excerpt": issue.excerpt}
    known = {key: value for key, value in places.items() if value is not None}
    return record | {key: value for key, value in extras.items() if value} | known


def parse_record(record: Json, text: str | None = None) -> Reading:
    """A line read back. ``text`` is the document's, if the line does not hold it; without either it is empty.

    A record without ``evidence`` (from another program, say) has its first quote stand for every field, with no rule.
    Raises KeyError or TypeError for what is not a record.
    """
    document = _document(record["document"], text)
    return Reading(
        document,
        tuple(_report(row, document.id) for row in record["contacts"]),
        tuple(_claim(row, document.id) for row in record["claims"]),
        tuple(_action(row, document.id) for row in record["agreements"]),
        tuple(_issue(row) for row in record["issues"]),
    )


def _value(cited: Cited[Any] | None) -> Any:
    return cited.value if cited else None


def _once(cited: Iterable[Cited[Any]]) -> list[Any]:
    return list(dict.fromkeys(item.value for item in cited))


def _bounded(cited: Cited[When] | None) -> Json | None:
    """A time with both ends; the schema has no half-open ones (the evidence keeps them)."""
    return when_json(cited.value) if cited and cited.value.earliest and cited.value.latest else None


def _topics(report: Report, document: Document) -> Iterator[Json]:
    for told in _once(report.topics):
        spans = dict.fromkeys(cited.span for cited in report.topics if cited.value == told)
        yield topic_json(told) | {"quotes": [quote(document, span) for span in spans]}


def _evidence(record: Record, document: Document) -> Json:
    """The words and the rule of every field; several for fields that hold several."""
    evidence: Json = {}
    for field in fields_of(type(record)):
        values = _once(cited_values(record, field))
        stated = [_stated(cited, field, values.index(cited.value), document) for cited in cited_values(record, field)]
        if stated:
            evidence[field.name] = stated if field.many else stated[0]
    return evidence


def _stated(cited: Cited[Any], field: Field, index: int, document: Document) -> Json:
    stated = quote(document, cited.span) | {"rule": cited.rule}
    if field.many:
        return stated | {"of": index}
    lost = isinstance(cited.value, When) and (field.name != "when" or _bounded(cited) is None)
    return stated | {"value": when_json(cited.value)} if lost else stated


def _document(head: Json, text: str | None) -> Document:
    published = Published(
        head.get("published_stamp", head["published"]),
        head["published_basis"],
        tuple(head.get("published_reasons", ())),
        tuple(head.get("published_candidates", ())),
    )
    names = {key: head[key] for key in ("id", "path", "url", "title", "publisher", "language")}
    return Document(text=head.get("text", text or ""), published=published, **names)


def _report(row: Json, document: str) -> Report:
    trigger = row.get("evidence", {}).get("trigger") or row["quotes"][0]
    return _record(Report, row, document, trigger=span_of(trigger, document))


def _claim(row: Json, document: str) -> Claim:
    return _record(Claim, row | _window(row), document, comparator=row.get("comparator"))


def _action(row: Json, document: str) -> AgreementAction:
    return _record(AgreementAction, row, document)


def _window(row: Json) -> Json:
    """The ends of a claim's window as times, for claims whose evidence does not tell more."""
    ends = {"since": row["from"], "until": row["to"]}
    return {name: day and {"edtf": day, "from": day, "to": day} for name, day in ends.items()}


def _record(kind: type[_T], row: Json, document: str, **more: Any) -> _T:
    quotes = tuple(span_of(place, document) for place in row["quotes"])
    identity = row.get("id") or f"{document}@{quotes[0].start}-{quotes[0].stop}"
    cited = gather(kind, _cited(kind, row, document))
    return kind(id=identity, document=document, quotes=quotes, **cited, **more)


def _cited(kind: type[Record], row: Json, document: str) -> Iterator[tuple[str, Cited[Any]]]:
    for field in fields_of(kind):
        for stated, value in _stated_values(row, field) if "evidence" in row else _quoted_values(row, field):
            span = span_of(stated, document)
            yield field.name, Cited(field.codec.of_json(value, document), span, stated.get("rule", ""))


def _stated_values(row: Json, field: Field) -> Iterator[tuple[Json, Any]]:
    """The words that state each value of a field, and the value."""
    stated = row["evidence"].get(field.name)
    if field.many:
        yield from ((item, row[field.name][item["of"]]) for item in stated or ())
    elif stated:
        yield stated, stated.get("value", row.get(field.name))


def _quoted_values(row: Json, field: Field) -> Iterator[tuple[Json, Any]]:
    """The same for a record without evidence: its first quote stands for every value."""
    value = row.get(field.name)
    for item in value or () if field.many else [value]:
        if item is not None:
            quotes = item.get("quotes") if isinstance(item, dict) else None
            yield (quotes or row["quotes"])[0], item


def _issue(row: Json) -> Issue:
    names = ("remedy", "path", "line", "excerpt", "fatal")
    known = {key: row[key] for key in names if key in row}
    return Issue(row["code"], row["message"], start=row.get("start"), stop=row.get("end"), **known)
