"""PLOVER: a JSON object a line, one event each (manual, draft 0.8 of 2024)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from communique.export.actors import coded
from communique.export.codebook import contexts
from communique.export.codebook import plover as scored
from communique.export.coding import Event, events
from communique.export.formats import Exporter
from communique.export.material import Material, web_address
from communique.model import Party
from communique.views.words import json_line

Json = dict[str, Any]


def pieces(material: Material) -> Iterator[str]:
    """The events, a line each."""
    return (json_line(record(event, material)) + "\n" for event in events(material))


def record(event: Event, material: Material) -> Json:
    """An event; keys without a value are left out."""
    quad, score = scored(event.rule.plover, event.mode)
    document = event.documents[0]
    place = event.place or (event.host.side if event.host else None)
    fields: Json = {
        "id": event.id,
        "date": event.day.isoformat(),
        "enddate": event.last.isoformat() if event.last > event.day else None,
        "actor": _entities(event.actors, material),
        "recipient": _entities(event.recipients, material),
        "event": [event.rule.plover],
        "mode": [event.mode] if event.mode else None,
        "context": list(contexts(event.topics)),
        "quad_code": quad,
        "event_scale": score,
        "event_loc": {"extracted_place": place} if place else None,
        "event_text": event.quote,
        "text_info": {"text_story": document.text} if material.options.text else None,
        "cite_info": _cite(event),
        "comment": event.about,
    }
    return {key: value for key, value in fields.items() if value not in (None, "", [])}


def _entities(parties: Iterable[Party], material: Material) -> list[Json]:
    return [_entity(party, material) for party in parties]


def _entity(party: Party, material: Material) -> Json:
    one = coded(party, material.registry)
    entity = {"code": one.plover, "sector": one.sector, "entity_text": one.name, "office": party.office}
    return {key: value for key, value in entity.items() if value}


def _cite(event: Event) -> Json:
    document = event.documents[0]
    cite = {
        "url": web_address(document),
        "title": document.title,
        "language": document.language,
        "publication": document.publisher,
        "citation": ", ".join(d.id for d in event.documents),
        "coder": "Communique",
        "codebook": "PLOVER",
        "version": "0.8",
    }
    return {key: value for key, value in cite.items() if value}


EXPORTER = Exporter(
    "jsonl",
    "application/jsonl",
    pieces,
    {
        "contact": "id",
        "status": "event: AGREE, CONSULT, REJECT, REQUEST",
        "channel": "mode, where there is one: phone, visit, third-party, multilateral",
        "when": "date",
        "interval": "enddate, up to a week",
        "place": "event_loc.extracted_place",
        "person": "entity_text",
        "office": "office",
        "side": "code",
        "topics": "context",
        "initiator": "actor, of proposals and cancellations",
        "quote": "event_text",
        "document": "cite_info.citation",
        "url": "cite_info.url",
        "publisher": "cite_info.publication",
        "published": "date, of what is announced",
        "agreement": "event and comment",
    },
)
