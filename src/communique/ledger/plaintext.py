"""The ledger as text that people read and diff, printed and parsed without loss::

    document a1
      title Marek, Silva discuss trade
      published 2031-03-04 · given
      contact held · phone · 2031-03-04  "spoke by phone" @27-41 #a1-r1
        quote  "President Marek spoke by phone with Ana Silva on Tuesday." @11-68
        status  "spoke" @27-32 rule.of.status
        when weekday-from-publication  "on Tuesday" @57-67 rule.of.time
        party Ivo Marek · FRD · President · leader  "President Marek" @11-26 rule.of.actor

The head of a record states its status, channel, day and the like; the lines under it give the words for each, with
their place and the rule that read them. Blank lines and lines that begin with ``;`` are nothing. A document's text is
printed only if asked for; otherwise it is handed in when the ledger is parsed, and every quote is held against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from communique.ledger.fields import Field, Record, all_cited
from communique.ledger.plainline import INDENT, Line, Place, PlainTextError, Values, quoted, write_line
from communique.ledger.plainparse import HEADS, parse_document, tree_of
from communique.ledger.plainvalues import when_lines, write_value
from communique.ledger.values import WHEN
from communique.model import Cited, Claim, Document, Issue, Reading, Report, Span, When

__all__ = ["PlainTextError", "parse_readings", "print_lines", "print_readings"]


def print_readings(readings: Iterable[Reading], with_text: bool = False) -> str:
    """Readings as plain text, one block a document."""
    return "\n".join("".join(f"{line}\n" for line in print_lines(reading, with_text)) for reading in readings)


def parse_readings(source: str, texts: Mapping[str, str] | None = None) -> tuple[Reading, ...]:
    """The readings again. ``texts`` holds the text of each document (by id) that is not printed with it.

    Raises PlainTextError, which names the line, for what cannot be read and for quotes that do not stand
    at their place.
    """
    return tuple(parse_document(node, texts or {}) for node in tree_of(source))


def print_lines(reading: Reading, with_text: bool = False) -> Iterator[str]:
    """The block of one document, line by line, without line ends."""
    document = reading.document
    yield from map(write_line, _document_lines(document))
    if with_text:
        yield from _text_lines(document.text)
    records: tuple[Record, ...] = (*reading.reports, *reading.claims, *reading.agreements)
    for record in records:
        yield from map(write_line, _record_lines(record, document))
    for issue in reading.issues:
        yield from map(write_line, _issue_lines(issue))


def _document_lines(document: Document) -> Iterator[Line]:
    yield Line(0, "document", (document.id,))
    for name in ("title", "publisher", "url", "path", "language"):
        value = getattr(document, name)
        if value is not None:
            yield Line(1, name, (value,))
    published = document.published
    if published.edtf or published.basis or published.reasons or published.candidates:
        yield Line(1, "published", (published.edtf, published.basis))
    yield from (Line(2, "because", (reason,)) for reason in published.reasons)
    if published.candidates:
        yield Line(2, "perhaps", published.candidates)


def _text_lines(text: str) -> Iterator[str]:
    yield INDENT + "text"
    for line in text.split("\n"):
        yield INDENT * 2 + (f"| {line}".rstrip(" ") if _is_tidy(line) else quoted(line))


def _is_tidy(line: str) -> bool:
    return line.isprintable() and not line.endswith(" ")


def _record_lines(record: Record, document: Document) -> Iterator[Line]:
    yield _head(record, document)
    for span in record.quotes:
        yield Line(2, "quote", (), _place(document, span))
    if isinstance(record, Claim) and record.comparator is not None:
        yield Line(2, "comparator", (record.comparator,))
    for field, _, cited in all_cited(record):
        yield from _cited_lines(record, field, cited, document)


def _head(record: Record, document: Document) -> Line:
    keyword, names = HEADS[type(record)]
    held = {field.name: cited.value for field, _, cited in all_cited(record)}
    values = tuple(_in_head(held.get(name)) for name in names)
    place = _place(document, record.trigger) if isinstance(record, Report) else None
    return Line(1, keyword, values, place, f"#{record.id}")


def _in_head(value: Any) -> str | None:
    """A value as the head states it: of a time, its date."""
    return value.edtf if isinstance(value, When) else value


def _cited_lines(record: Record, field: Field, cited: Cited[Any], document: Document) -> Iterator[Line]:
    word, values = write_value(field, cited.value)
    yield Line(2, word, _beside_head(record, field, values), _place(document, cited.span), cited.rule)
    if field.codec is WHEN:
        yield from when_lines(cited.value, 3, lambda span: _place(document, span))


def _beside_head(record: Record, field: Field, values: Values) -> Values:
    """What the head does not state already (its last value is a date, and a time has more than that)."""
    return values[1:] if field.name in HEADS[type(record)][1] else values


def _place(document: Document, span: Span) -> Place:
    words = document.part(span.part)[span.start : span.stop]
    return Place(span.part, span.start, span.stop, words)


def _issue_lines(issue: Issue) -> Iterator[Line]:
    yield Line(1, "issue", (issue.code, issue.message))
    if issue.start is not None or issue.stop is not None:
        yield Line(2, "at", tuple(None if offset is None else str(offset) for offset in (issue.start, issue.stop)))
    for name, value in (("remedy", issue.remedy or None), ("path", issue.path), ("excerpt", issue.excerpt)):
        if value is not None:
            yield Line(2, name, (value,))
    if issue.line is not None:
        yield Line(2, "line", (str(issue.line),))
    if issue.fatal:
        yield Line(2, "fatal")
