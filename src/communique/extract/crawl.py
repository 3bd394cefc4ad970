"""When a page was seen, as a bound of when it was published: "../2024-05-01", and "12 months ago" on that day."""

from __future__ import annotations

from datetime import date, timedelta

from communique import edtf
from communique.extract.evidence import Evidence
from communique.extract.times.periods import shift
from communique.model import Document
from communique.text import age

_CODES = {"day": "D", "week": "W", "month": "M", "year": "Y"}
_EVER = date.min + timedelta(366)


def seen_by(document: Document) -> date | None:
    """The day by which a document was out, where all that is given is such a bound: EDTF open towards the past."""
    text = document.published.edtf
    if text is None or not text.startswith(("../", "/")):
        return None
    try:
        return edtf.parse(text).latest
    except edtf.EdtfError:
        return None


def crawl_evidence(document: Document) -> tuple[Evidence, ...]:
    """That bound as evidence, moved back by the age that the page states of itself; none without a bound.

    The age is no more than a bound either: pages round it, and copies are kept for long.
    """
    seen = seen_by(document)
    if seen is None:
        return ()
    stated, why = age(document), f"the page was seen by {seen}"
    if stated and stated.unit in _CODES:
        back = shift(_CODES[stated.unit], seen, 1 - stated.count)
        if back:
            seen, why = back, f"{why} and called itself {stated.count} {stated.unit}(s) old: out by {back}"
    return (Evidence("crawl", ((_EVER, seen),), why),)
