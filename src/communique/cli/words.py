"""Values in words for people: parties, times, topics, and the words of a document that state them."""

from __future__ import annotations

from pathlib import PurePath

from communique.model import Document, Span
from communique.views.words import clean

QUOTE = 240
"""Longer words are cut in the middle when shown; JSON has them whole."""


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
