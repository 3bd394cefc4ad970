"""FollowTheMoney entities, JSON Lines: people, bodies, contacts as Event, documents as Article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from communique.export.codebook import two_letters
from communique.export.formats import Exporter
from communique.export.material import Material, web_address
from communique.model import Document, Party
from communique.views.contacts import ContactRow
from communique.views.words import CHANNEL_WORDS, contact_words, json_line

Json = dict[str, Any]


def pieces(material: Material) -> Iterator[str]:
    """The entities, a line each; everybody once."""
    seen: set[str] = set()
    for entity in entities(material):
        if entity["id"] not in seen:
            seen.add(entity["id"])
            yield json_line(entity) + "\n"


def entities(material: Material) -> Iterator[Json]:
    """Contacts, each after its people and documents."""
    for row in material.contacts:
        parties = [_party(material, party) for party in row.parties]
        documents = [_document(material, document) for document in _once(material, row)]
        yield from (*parties, *documents)
        yield _event(material, row, parties, documents)


def _once(material: Material, row: ContactRow) -> Iterable[Document]:
    return {document.id: document for _, document in material.accounts(row)}.values()


def _id(*parts: str | None) -> str:
    return sha256("\0".join(part or "" for part in parts).encode()).hexdigest()[:40]


def _entity(identity: str, schema: str, **values: object) -> Json:
    """An entity; values that are None or empty are left out, the others are lists of text."""
    lists = {name: value if isinstance(value, list) else [value] for name, value in values.items() if value}
    known = {name: [str(one) for one in held if one] for name, held in lists.items()}
    return {"id": identity, "schema": schema, "properties": {name: held for name, held in known.items() if held}}


def _party(material: Material, party: Party) -> Json:
    state = material.registry.states.get(party.state or "")
    country = two_letters(party.state) if party.state else None
    identity = _id("party", party.side, party.name or party.office)
    if party.name:
        summary = None if country else party.side
        return _entity(identity, "Person", name=party.name, position=party.office, country=country, summary=summary)
    name = party.office or (state.name if state else party.side)
    return _entity(identity, "PublicBody" if party.state else "Organization", name=name, country=country)


def _document(material: Material, document: Document) -> Json:
    return _entity(
        _id("document", document.id),
        "Article",
        title=document.title,
        fileName=document.id,
        publisher=document.publisher,
        sourceUrl=web_address(document),
        publishedAt=material.told(document),
        bodyText=document.text if material.options.text else None,
    )


def _event(material: Material, row: ContactRow, parties: Iterable[Json], documents: Iterable[Json]) -> Json:
    first, last = (row.when.earliest, row.when.latest) if row.when else (None, None)
    day = row.when.day if row.when else None
    counts = f"{row.reports} reports, {row.outlets} outlets, {row.independent} independent"
    disputed = f"disputed: {', '.join(row.disputed)}" if row.disputed else None
    minutes, began = (row.answers[name].value for name in ("duration_minutes", "initiator"))
    return _entity(
        _id("contact", row.id),
        "Event",
        name=contact_words(row),
        recordId=row.id,
        date=day,
        startDate=None if day else first,
        endDate=None if day else last,
        location=row.place,
        involved=[party["id"] for party in parties],
        proof=[document["id"] for document in documents],
        keywords=[row.status, CHANNEL_WORDS[row.channel], *row.topics],
        summary=material.quote(row),
        description=[counts, disputed, minutes and f"{minutes} minutes", began and f"initiator: {began}"],
        notes=row.fulfils and f"fulfils {row.fulfils}",
        sourceUrl=list(material.links(row)),
    )


EXPORTER = Exporter(
    "ftm.json",
    "application/jsonl",
    pieces,
    {
        "contact": "Event recordId",
        "status": "Event keywords",
        "channel": "Event keywords",
        "when": "Event date, startDate, endDate",
        "interval": "Event startDate and endDate; not that it is one day unknown within them",
        "place": "Event location",
        "person": "Person name",
        "office": "Person position",
        "side": "country; organisations as summary",
        "topics": "Event keywords",
        "initiator": "Event description",
        "duration": "Event description",
        "quote": "Event summary: the first account",
        "counts": "Event description",
        "disputed": "Event description",
        "plan": "Event notes",
        "document": "Article fileName",
        "url": "sourceUrl",
        "publisher": "Article publisher",
        "published": "Article publishedAt",
    },
)
