"""BibTeX: the documents, each with the contacts it tells of in its note."""

from __future__ import annotations

import re
from collections.abc import Iterator

from communique.export.clean import clean_for
from communique.export.formats import Exporter
from communique.export.material import Material, web_address
from communique.export.works import told_in
from communique.model import Document

_KEY = re.compile(r"[^A-Za-z0-9:_.-]+")
_URL = re.compile(r"[{}\\%\s]")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def pieces(material: Material) -> Iterator[str]:
    """An entry a document; a key that would come twice gets a number."""
    taken: dict[str, int] = {}
    for document in material.documents:
        key = _KEY.sub("-", document.id).strip("-") or "document"
        taken[key] = taken.get(key, 0) + 1
        yield _entry(material, document, key if taken[key] == 1 else f"{key}.{taken[key]}")


def _entry(material: Material, document: Document, key: str) -> str:
    clean = clean_for("bibtex")
    day = material.told(document)
    link = web_address(document)
    texts = {
        "title": document.title,
        "publisher": document.publisher,
        "language": document.language,
        "note": "; ".join(told_in(material, document)) or None,
        "annote": document.text if material.options.text else None,
    }
    fields = [f"  {name} = {{{clean(text)}}}" for name, text in texts.items() if text]
    fields += [f"  url = {{{_URL.sub(_percent, link)}}}"] if link else []
    fields += [f"  year = {{{day.year}}}", f"  month = {_MONTHS[day.month - 1]}", f"  date = {{{day}}}"] if day else []
    return f"@misc{{{key},\n" + ",\n".join(fields) + "\n}\n\n"


def _percent(match: re.Match[str]) -> str:
    return match[0] if match[0] == "%" else f"%{ord(match[0]):02X}"


EXPORTER = Exporter(
    "bib",
    "application/x-bibtex",
    pieces,
    {
        "contact": "note",
        "status": "note, where not held",
        "channel": "note",
        "person": "note",
        "side": "note",
        "document": "the key",
        "url": "url",
        "publisher": "publisher",
        "published": "date",
    },
)
