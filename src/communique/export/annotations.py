"""W3C Web Annotations: every value that was read, tied to the words that state it; JSON Lines of annotations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from communique.export.cells import records_read
from communique.export.formats import Exporter
from communique.export.material import Material, address, urn
from communique.ledger.fields import Field, Record, all_cited
from communique.model import AgreementAction, Cited, Claim, Report, Span
from communique.views.words import json_line, value_words

Json = dict[str, Any]
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_KINDS = {Report: "report", Claim: "claim", AgreementAction: "agreement"}


def pieces(material: Material) -> Iterator[str]:
    """An annotation a line: first one for the words of the record, then one for each value."""
    for record in records_read(material):
        kind = _KINDS[type(record)]
        group = material.ledger.contact_of.get(record.id)
        yield _line(material, record.quotes[0], f"{kind}:{record.id}", kind, record.id, "identifying", group)
        for field, ordinal, cited in all_cited(record):
            yield _value(material, record, field, ordinal, cited)


def _value(material: Material, record: Record, field: Field, ordinal: int, cited: Cited[Any]) -> str:
    name = f"{_KINDS[type(record)]}:{record.id}:{field.name}:{ordinal}"
    return _line(material, cited.span, name, field.name, value_words(cited.value), "classifying", cited.rule)


def _line(
    material: Material, span: Span, name: str, field: str, value: str, purpose: str, about: str | None
) -> str:  # fmt: skip
    document = material.ledger.documents[span.document]
    bodies: list[Json] = [{"type": "TextualBody", "purpose": purpose, "value": value}]
    bodies.append({"type": "TextualBody", "purpose": "tagging", "value": field})
    bodies += [{"type": "TextualBody", "purpose": "describing", "value": about}] if about else []
    annotation = {
        "@context": CONTEXT,
        "id": urn("annotation", name),
        "type": "Annotation",
        "motivation": purpose,
        "body": bodies,
        "target": {"source": address(document), "selector": list(_selectors(material, span))},
    }
    return json_line(annotation) + "\n"


def _selectors(material: Material, span: Span) -> Iterator[Json]:
    part = material.ledger.documents[span.document].part(span.part)
    around = {"prefix": part[max(0, span.start - 32) : span.start], "suffix": part[span.stop : span.stop + 32]}
    context = {name: words for name, words in around.items() if words} if material.options.text else {}
    yield {"type": "TextQuoteSelector", "exact": part[span.start : span.stop], **context}
    if span.part == "text":
        yield {"type": "TextPositionSelector", "start": span.start, "end": span.stop}


EXPORTER = Exporter(
    "annotations.jsonl",
    "application/ld+json",
    pieces,
    {
        "contact": "body of the report's annotation, purpose describing",
        "status": "body",
        "channel": "body",
        "when": "body, as EDTF with its reason",
        "interval": "body, as EDTF",
        "place": "body",
        "person": "body",
        "office": "body",
        "side": "body",
        "topics": "body",
        "initiator": "body",
        "duration": "body",
        "quote": "target.selector.exact",
        "document": "target.source, of documents without an address",
        "url": "target.source",
        "claim": "body",
        "agreement": "body",
    },
)
