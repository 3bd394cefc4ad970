"""The dates of a document as records: ``times --json`` and the TIMEX3 lines of ``times --timex``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from communique.extract.context import TimeMention
from communique.extract.times import find_times, publication_day
from communique.extract.times.tagger import Style
from communique.model import Document
from communique.text import split

Mentions = Sequence[Sequence[TimeMention]]


def read_times(document: Document, style: Style = "reading") -> Mentions:
    """All mentions of time in a document, told on its day of publication."""
    return find_times(document, split(document), publication_day(document), style=style)


def times_record(document: Document, mentions: Mentions | None = None) -> dict[str, Any]:
    """``{"id", "times": [{"start", "end", "text", "edtf", "from", "to", "basis", "anchor", "why"}]}``.

    ``mentions`` are those of :func:`read_times` unless given. Durations, sets and words like "now" name no date: their
    ``edtf`` and what follows are null. ``kind`` and ``value`` are TIMEX3's; ``in`` says "title" for the title's.
    """
    found = read_times(document) if mentions is None else mentions
    return {"id": document.id, "times": [_time(document, m) for m in _flat(found)]}


def timex_record(document: Document, mentions: Mentions | None = None) -> dict[str, Any]:
    """``{"id", "timex": [{"start", "end", "type", "value"}]}`` of the text (TIMEX3 knows no title)."""
    found = read_times(document, "timex") if mentions is None else mentions
    return {"id": document.id, "timex": [_timex(m) for m in _flat(found) if m.span.part == "text"]}


def _flat(mentions: Mentions) -> Iterable[TimeMention]:
    return (mention for sentence in mentions for mention in sentence)


def _timex(mention: TimeMention) -> dict[str, Any]:
    return {"start": mention.span.start, "end": mention.span.stop, "type": mention.kind, "value": mention.timex}


def _time(document: Document, mention: TimeMention) -> dict[str, Any]:
    when, span = mention.when, mention.span
    record: dict[str, Any] = {
        "start": span.start,
        "end": span.stop,
        "text": document.part(span.part)[span.start : span.stop],
        "edtf": when.edtf if when else None,
        "from": when.earliest.isoformat() if when and when.earliest else None,
        "to": when.latest.isoformat() if when and when.latest else None,
        "basis": when.basis if when else None,
        "anchor": when.anchor if when else None,
        "why": when.why if when else None,
        "kind": mention.kind,
        "value": mention.timex,
    }
    if span.part == "title":
        record["in"] = "title"
    if when and when.clock:
        record["clock"] = when.clock
    if when and when.candidates:
        record["candidates"] = list(when.candidates)
    return record
