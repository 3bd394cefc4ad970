"""The words that a report quotes, as a sketch: two accounts that quote the same words speak of one occasion.

Source of method: bottom-k sketches of runs of words, as for copies (``reconcile.copies``), of what stands between
quotation marks close to the words that tell of the contact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from zlib import crc32

from communique.model import Document, Report
from communique.text import quoted_spans

RUN = 6
"""Shorter runs are phrases that people repeat on every occasion ("nothing about Ukraine without Ukraine")."""
SIZE = 12
BEFORE, BEHIND = 200, 600
"""How many characters before and behind a report's own words a quotation still belongs to it."""
_WORD = re.compile(r"\w+")
_MARK = re.compile(r"[\"“”„«»「『]")


def quoted_words(report: Report, document: Document) -> tuple[int, ...]:
    """The ``SIZE`` smallest hashes of all runs of ``RUN`` words quoted close to a report, sorted."""
    return tuple(sorted({crc32(run.encode("utf-8", "replace")) for run in _runs(report, document.text)})[:SIZE])


def _runs(report: Report, text: str) -> Iterator[str]:
    places = [s for s in (report.trigger, *report.quotes) if s.part == "text"]
    if not places:
        return
    start = max(0, min(s.start for s in places) - BEFORE)
    stop = min(len(text), max(s.stop for s in places) + BEHIND)
    if not _MARK.search(text, start, stop):
        return
    for first, last in quoted_spans(text, start, stop):
        words = _WORD.findall(text[first:last].lower())
        yield from (" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))
