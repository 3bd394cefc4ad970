"""Values as JSON and back: the one form that the tables, the plain text and the printed records share.

The keys are those of ``docs/records``: a party is ``{"name", "state", "organisation", "office", "level"}``, a time
``{"edtf", "from", "to", "basis"}`` and whatever else is known of it. Nothing is lost on the way there and back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from communique.model import Party, Span, TopicTold, When

Json = dict[str, Any]


def span_json(span: Span) -> Json:
    """A place in a document: ``{"start", "end"}``, and ``"in": "title"`` where it stands in the title."""
    place: Json = {"start": span.start, "end": span.stop}
    return place if span.part == "text" else place | {"in": span.part}


def span_of(place: Json, document: str) -> Span:
    """The place again; ``document`` is the id of the document it lies in."""
    return Span(document, place["start"], place["end"], place.get("in", "text"))


def party_json(party: Party) -> Json:
    """A party, every key present."""
    return {
        "name": party.name,
        "state": party.state,
        "organisation": party.organisation,
        "office": party.office,
        "level": party.level,
    }


def party_of(value: Json, _document: str = "") -> Party:
    """The party again."""
    return Party(**{key: value.get(key) for key in ("name", "state", "organisation", "office", "level")})


def topic_json(told: TopicTold) -> Json:
    """A topic and who told of it."""
    return {"topic": told.topic, "told_by": told.teller}


def topic_of(value: Json, _document: str = "") -> TopicTold:
    """The topic again."""
    return TopicTold(value["topic"], value.get("told_by"))


def when_json(when: When) -> Json:
    """A time; ``from`` and ``to`` are ISO days, None where that end is open. What is not known is left out."""
    value: Json = {
        "edtf": when.edtf,
        "from": when.earliest.isoformat() if when.earliest else None,
        "to": when.latest.isoformat() if when.latest else None,
        "basis": when.basis,
    }
    extras: Json = {
        "approximate": when.approximate,
        "anchor": when.anchor,
        "anchor_at": span_json(when.anchor_span) if when.anchor_span else None,
        "why": when.why,
        "candidates": list(when.candidates),
    }
    known = {key: extra for key, extra in extras.items() if extra}
    return value | known | ({} if when.clock is None else {"clock": when.clock})


def when_of(value: Json, document: str) -> When:
    """The time again; a time without a basis counts as explicit."""
    return When(
        edtf=value["edtf"],
        earliest=_day(value.get("from")),
        latest=_day(value.get("to")),
        basis=value.get("basis", "explicit"),
        approximate=value.get("approximate", False),
        anchor=value.get("anchor"),
        anchor_span=span_of(value["anchor_at"], document) if value.get("anchor_at") else None,
        why=value.get("why", ""),
        candidates=tuple(value.get("candidates", ())),
        clock=value.get("clock"),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@dataclass(frozen=True, slots=True, eq=False)
class Codec:
    """How values of one kind become JSON and values again (the second argument is the document's id)."""

    to_json: Callable[[Any], Any]
    of_json: Callable[[Any, str], Any]


def _same(value: Any, _document: str = "") -> Any:
    return value


PLAIN = Codec(_same, _same)
NUMBER = Codec(_same, _same)
PARTY = Codec(party_json, party_of)
TOPIC = Codec(topic_json, topic_of)
WHEN = Codec(when_json, when_of)
