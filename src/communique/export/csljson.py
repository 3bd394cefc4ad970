"""CSL-JSON: the documents as Zotero, Pandoc and other citation processors take them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from communique.export.formats import Exporter
from communique.export.material import Material, web_address
from communique.export.works import told_in
from communique.model import Document
from communique.views.words import json_line


def pieces(material: Material) -> Iterator[str]:
    """One list, an item a line."""
    yield "[\n"
    for number, document in enumerate(material.documents, 1):
        yield json_line(item(material, document)) + (",\n" if number < len(material.documents) else "\n")
    yield "]\n"


def item(material: Material, document: Document) -> dict[str, Any]:
    """A document as an item; keys without a value are left out."""
    day = material.told(document)
    fields = {
        "id": document.id,
        "type": "webpage" if web_address(document) else "document",
        "title": document.title,
        "publisher": document.publisher,
        "language": document.language,
        "URL": web_address(document),
        "issued": {"date-parts": [[day.year, day.month, day.day]]} if day else None,
        "note": "; ".join(told_in(material, document)),
        "abstract": document.text if material.options.text else None,
    }
    return {name: value for name, value in fields.items() if value}


EXPORTER = Exporter(
    "csl.json",
    "application/vnd.citationstyles.csl+json",
    pieces,
    {
        "contact": "note",
        "status": "note, where not held",
        "channel": "note",
        "person": "note",
        "side": "note",
        "document": "id",
        "url": "URL",
        "publisher": "publisher",
        "published": "issued",
    },
)
