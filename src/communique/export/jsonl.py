"""JSON Lines without loss: what a ledger holds, a line a thing, and ``load`` that makes a ledger of it again.

======================  ===========================================================================================
``kind``                the line
======================  ===========================================================================================
``ledger``              the first line: the ``version`` of this format, and by what contacts were ``settled``
``document``            a line of ``read --json`` with the text, the rules it was ``read_by``, ``superseded`` or not
``set-aside``           an input that could not be read: the issue, and its ``original`` bytes (base64) if kept
``judgement``           a person's decision, with the place of every report it speaks of
``contact``             an id and the reports that are one contact
``former-contact``      with ``--history``: an id that has become part of another
======================  ===========================================================================================

Neither the order in which documents were read nor the number of runs or processes shows in it.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from communique.errors import UsageError
from communique.export.formats import FIELDS, Exporter
from communique.export.material import Material
from communique.ledger.moving import Kept, Place, Placed
from communique.model import Contact, Issue, Judgement
from communique.views.records import issue_record, parse_record, reading_record
from communique.views.words import json_line

VERSION = 1
_ISSUE = ("code", "message", "remedy", "path", "line", "excerpt", "fatal")
_DECISION = ("id", "kind", "who", "at", "why", "field", "value", "undoes")
Json = dict[str, Any]


def pieces(material: Material) -> Iterator[str]:
    """Every line of a ledger. Raises UsageError if there is no store to read them from."""
    if material.store is None:
        raise UsageError("Only a whole ledger can be written without loss.", "Leave out the choice of contacts.")
    return (json_line(record) + "\n" for record in records(material.store, material.options.history))


def records(store: Any, history: bool) -> Iterator[Json]:
    """The lines as objects."""
    yield {"kind": "ledger", "version": VERSION, "settled": store.settled_by}
    yield from map(_document, store.kept(history))
    yield from (_aside(issue, original) for issue, original in store.aside())
    yield from map(_judgement, store.placed_judgements())
    for contact in store.contacts():
        yield {"kind": "contact", "id": contact.id, "reports": list(contact.reports)}
    if history:
        for old, new in store.former_contacts():
            yield {"kind": "former-contact", "id": old, "successor": new}


def _document(kept: Kept) -> Json:
    rules: Json = {"program": kept.program, "knowledge": kept.knowledge}
    head = {"kind": "document", "read_by": rules, "superseded": not kept.current}
    return head | reading_record(kept.reading, with_text=True)


def _aside(issue: Issue, original: bytes | None) -> Json:
    kept = None if original is None else b64encode(original).decode("ascii")
    return {"kind": "set-aside", "issue": issue_record(issue), "original": kept}


def _judgement(placed: Placed) -> Json:
    said = {name: getattr(placed.judgement, name) for name in _DECISION}
    return {"kind": "judgement", "judgement": said, "places": [asdict(place) for place in placed.places]}


def document_of(line: Json) -> Kept:
    """A document line again; raises KeyError, TypeError or ValueError for one that is none."""
    rules = line["read_by"]
    return Kept(parse_record(line), rules["program"], rules["knowledge"], not line["superseded"], "")


def aside_of(line: Json) -> tuple[Issue, bytes | None]:
    """A set-aside input again."""
    row = line["issue"]
    known = {name: row[name] for name in _ISSUE if name in row}
    original = line["original"]
    issue = Issue(start=row["start"], stop=row["end"], **known)
    return issue, None if original is None else b64decode(original, validate=True)


def judgement_of(line: Json) -> Placed:
    """A judgement again."""
    places = tuple(Place(**place) for place in line["places"])
    said = line["judgement"]
    made = Judgement(reports=tuple(p.report for p in places), **{name: said[name] for name in _DECISION})
    return Placed(made, places)


def contact_of(line: Json) -> Contact:
    """A contact again."""
    return Contact(str(line["id"]), tuple(map(str, line["reports"])))


EXPORTER = Exporter("jsonl", "application/jsonl", pieces, dict.fromkeys(FIELDS, "as it is"), whole=True)
