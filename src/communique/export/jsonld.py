"""JSON-LD with the words of schema.org: contacts as Event, checked claims as ClaimReview."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from communique.export.formats import Exporter
from communique.export.material import Material, address, urn
from communique.model import Document, Party
from communique.views.check import Judgment, book
from communique.views.claims import ClaimRow, claim_rows
from communique.views.contacts import ContactRow
from communique.views.words import contact_words, json_line

Json = dict[str, Any]
_STATUS = {"cancelled": "EventCancelled", "postponed": "EventPostponed"}
_MODE = {"phone": "OnlineEventAttendanceMode", "video": "OnlineEventAttendanceMode"}
_RATING: dict[Judgment, int] = {"contradicted": 1, "cannot-tell": 3, "within-uncertainty": 4, "supported": 5}
_SCHEMA = "https://schema.org/"


def pieces(material: Material) -> Iterator[str]:
    """One object; its graph an entry a line, with nothing in it that a page could take for a tag."""
    entries = [*(_event(material, row) for row in material.contacts), *_reviews(material)]
    yield '{"@context": "https://schema.org", "@graph": [\n'
    for number, entry in enumerate(entries, 1):
        yield json_line(_known(entry), markup=False) + (",\n" if number < len(entries) else "\n")
    yield "]}\n"


def _known(value: Any) -> Any:
    """Without keys that have no value."""
    if isinstance(value, dict):
        return {key: _known(item) for key, item in value.items() if item not in (None, "", [], {})}
    return [_known(item) for item in value] if isinstance(value, list) else value


def _event(material: Material, row: ContactRow) -> Json:
    first, last = (row.when.earliest, row.when.latest) if row.when else (None, None)
    mode = _MODE.get(row.channel, "OfflineEventAttendanceMode" if row.channel in ("meeting", "visit") else None)
    minutes = row.answers["duration_minutes"].value
    return {
        "@type": "Event",
        "@id": urn("contact", row.id),
        "identifier": row.id,
        "name": contact_words(row),
        "startDate": first and first.isoformat(),
        "endDate": last and last.isoformat(),
        "eventStatus": _SCHEMA + _STATUS.get(row.status, "EventScheduled"),
        "eventAttendanceMode": mode and _SCHEMA + mode,
        "additionalType": row.channel,
        "disambiguatingDescription": row.status,
        "duration": minutes and f"PT{minutes}M",
        "location": row.place and {"@type": "Place", "name": row.place},
        "attendee": [_party(party) for party in row.parties],
        "organizer": _initiator(row),
        "keywords": list(row.topics),
        "description": material.quote(row),
        "isBasedOn": row.fulfils and {"@id": urn("contact", row.fulfils)},
        "subjectOf": [_work(material, document) for document in _documents(material, row)],
    }


def _documents(material: Material, row: ContactRow) -> list[Document]:
    return list({document.id: document for _, document in material.accounts(row)}.values())


def _initiator(row: ContactRow) -> Json | None:
    name = row.answers["initiator"].value
    return {"@type": "Organization", "name": name} if name else None


def _party(party: Party) -> Json:
    side = {"@type": "Country" if party.state else "Organization", "name": party.side} if party.side else None
    if not party.name:
        return side or {"@type": "Organization", "name": party.office or "unknown"}
    return {"@type": "Person", "name": party.name, "jobTitle": party.office, "affiliation": side}


def _work(material: Material, document: Document) -> Json:
    day = material.told(document)
    return {
        "@type": "CreativeWork",
        "@id": address(document),
        "identifier": document.id,
        "name": document.title,
        "publisher": document.publisher and {"@type": "Organization", "name": document.publisher},
        "datePublished": day and day.isoformat(),
        "inLanguage": document.language,
        "text": document.text if material.options.text else None,
    }


def _reviews(material: Material) -> Iterator[Json]:
    rows = claim_rows(material.ledger, book(material.ledger))
    return (_review(material, row) for row in rows if row.claim.document in material.chosen)


def _review(material: Material, row: ClaimRow) -> Json:
    claim, verdict = row.claim, row.verdict
    document = material.ledger.documents[claim.document]
    words = material.words(claim.quotes[0])
    day = material.last_day()
    return {
        "@type": "ClaimReview",
        "@id": urn("claim", claim.id),
        "url": urn("claim", claim.id),
        "author": {"@type": "Organization", "name": "Communique"},
        "datePublished": day and day.isoformat(),
        "claimReviewed": words,
        "reviewBody": verdict.why,
        "itemReviewed": {
            "@type": "Claim",
            "text": words,
            "author": claim.by and {"@type": "Organization", "name": claim.by.value},
            "appearance": _work(material, document),
        },
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": _RATING[verdict.verdict],
            "bestRating": 5,
            "worstRating": 1,
            "alternateName": verdict.verdict,
        },
    }


EXPORTER = Exporter(
    "jsonld",
    "application/ld+json",
    pieces,
    {
        "contact": "@id, identifier",
        "status": "eventStatus where it has one, disambiguatingDescription",
        "channel": "eventAttendanceMode, additionalType",
        "when": "startDate, endDate",
        "interval": "startDate, endDate; not that it is one day unknown within them",
        "place": "location",
        "person": "attendee.name",
        "office": "attendee.jobTitle",
        "side": "attendee.affiliation",
        "topics": "keywords",
        "initiator": "organizer",
        "duration": "duration",
        "quote": "description: the first account",
        "plan": "isBasedOn",
        "document": "subjectOf.identifier",
        "url": "subjectOf.@id",
        "publisher": "subjectOf.publisher",
        "published": "subjectOf.datePublished",
        "claim": "ClaimReview",
    },
)
