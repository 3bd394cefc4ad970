"""Documents as works to cite: what the formats of references share."""

from __future__ import annotations

from collections.abc import Iterator

from communique.export.material import Material
from communique.model import Document
from communique.views.words import contact_words


def told_in(material: Material, document: Document) -> Iterator[str]:
    """The contacts that a document tells of, as headlines with their ids."""
    for report in material.ledger.reports_of.get(document.id, ()):
        row = material.by_id.get(material.ledger.contact_of.get(report.id, ""))
        if row:
            yield f"{contact_words(row)} [{row.id}]"
