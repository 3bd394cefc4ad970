"""Values in words for people: parties, times, topics, and the words of a document that state them."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from communique.cli.output import clean
from communique.model import Document, Party, Span, TopicTold, When
from communique.views.agree import Interval
from communique.views.naming import parties_words, party_words

__all__ = [
    "document_words",
    "json_words",
    "parties_words",
    "party_words",
    "quote_words",
    "value_words",
    "when_words",
]

QUOTE = 240
"""Longer words are cut in the middle when shown; JSON has them whole."""


def when_words(when: Interval | None) -> str:
    """An interval as EDTF, or ``undated``."""
    return when.edtf if when else "undated"


def value_words(value: Any) -> str:
    """Any value that a field can have."""
    if isinstance(value, Party):
        office = f", {value.office}" if value.name and value.office else ""
        return f"{party_words(value)}{office}"
    if isinstance(value, When):
        return f"{value.edtf} ({value.basis}{f': {value.why}' if value.why else ''})"
    if isinstance(value, TopicTold):
        return f"{value.topic}{f', told by {value.teller}' if value.teller else ''}"
    return json_words(value)


def json_words(value: Any) -> str:
    """A value as JSON answers hold it, in words."""
    if isinstance(value, dict) and "edtf" in value:
        return str(value["edtf"])
    if isinstance(value, dict):
        return str(value.get("name") or value.get("office") or value.get("state") or value.get("organisation"))
    if isinstance(value, list):
        return ", ".join(json_words(one) for one in value)
    return "" if value is None else str(value)


def quote_words(document: Document, span: Span) -> str:
    """The words in quotation marks, with their place."""
    words = clean(document.part(span.part)[span.start : span.stop])
    if len(words) > QUOTE:
        words = f"{words[: QUOTE - 60].rstrip()} … {words[-50:].lstrip()}"
    return f"“{words}” {'title ' if span.part == 'title' else ''}@{span.start}-{span.stop}"


def document_words(document: Document) -> str:
    """A document in one line: id, publisher, day, title (or the file's name)."""
    day = (document.published.edtf or "undated")[:10]
    about = [document.publisher, day, document.title or PurePath(document.path or "").name]
    return clean(" · ".join([document.id, *(part for part in about if part)]))
