"""The plain text read: lines into a tree by their indent, the tree into readings. See ``plaintext``."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar, cast, get_args

from communique.ledger.fields import Field, Record, fields_of, gather
from communique.ledger.plainline import Line, PlainTextError, read_line
from communique.ledger.plainvalues import Node, by_word, choice, number, present, read_value, text, unpack
from communique.ledger.values import WHEN
from communique.model import (
    COMPARATORS,
    AgreementAction,
    Cited,
    Claim,
    Comparator,
    Document,
    Issue,
    Published,
    PublishedBasis,
    Reading,
    Report,
    Span,
)

HEADS: dict[type[Record], tuple[str, tuple[str, ...]]] = {
    Report: ("contact", ("status", "channel", "when")),
    Claim: ("claim", ("kind", "channel")),
    AgreementAction: ("agreement", ("action", "agreement", "when")),
}
_T = TypeVar("_T", Report, Claim, AgreementAction)
_NAMES = ("title", "publisher", "url", "path", "language")
_RECORDS = ("contact", "claim", "agreement", "issue")
_BASES: tuple[str, ...] = get_args(PublishedBasis)


def tree_of(source: str) -> tuple[Node, ...]:
    """The document blocks of a plain text; PlainTextError where the indent jumps."""
    return _nodes(tuple(_lines(source)), 0)


def _lines(source: str) -> Iterator[Line]:
    for index, content in enumerate(source.split("\n"), 1):
        mark = content.lstrip(" ")[:1]
        if mark in ("|", '"'):
            yield _text_line(index, content)
        elif mark and mark != ";":
            yield read_line(index, content)


def _text_line(index: int, content: str) -> Line:
    words = content.lstrip(" ")
    depth = (len(content) - len(words)) // 2
    return Line(depth, "|", (_unquoted(index, words),), number=index)


def _unquoted(index: int, words: str) -> str:
    if words.startswith("|"):
        return words[1:].removeprefix(" ")
    try:
        return str(json.loads(words))
    except ValueError as error:
        raise PlainTextError(index, f"not a quoted text: {error}") from None


def _nodes(lines: Sequence[Line], depth: int) -> tuple[Node, ...]:
    starts = [index for index, line in enumerate(lines) if line.depth <= depth]
    if lines and (not starts or starts[0] != 0):
        raise PlainTextError(lines[0].number, "indented under nothing")
    stops = [*starts[1:], len(lines)] if starts else []
    return tuple(
        Node(lines[start], _nodes(lines[start + 1 : stop], depth + 1))
        for start, stop in zip(starts, stops, strict=True)
    )


def parse_document(node: Node, texts: Mapping[str, str]) -> Reading:
    """The reading that one document block holds."""
    _expect(node, ("document",))
    document = _document(node, texts)
    by_kind = {kind: [child for child in node.children if child.line.keyword == kind] for kind in _RECORDS}
    return Reading(
        document,
        tuple(_report(child, document) for child in by_kind["contact"]),
        tuple(_claim(child, document) for child in by_kind["claim"]),
        tuple(_record(AgreementAction, child, document) for child in by_kind["agreement"]),
        tuple(_issue(child) for child in by_kind["issue"]),
    )


def _expect(node: Node, keywords: Sequence[str]) -> None:
    if node.line.keyword not in keywords:
        raise PlainTextError(node.line.number, f"{node.line.keyword!r} is none of: {', '.join(keywords)}")


def _document(node: Node, texts: Mapping[str, str]) -> Document:
    for child in node.children:
        _expect(child, (*_NAMES, "published", "text", *_RECORDS))
    held = {child.line.keyword: child for child in node.children}
    names = {name: text(held[name].line) for name in _NAMES if name in held}
    published = _published(held["published"]) if "published" in held else Published(None, None)
    return Document(text(node.line), _text(node, held.get("text"), texts), published=published, **names)


def _text(node: Node, block: Node | None, texts: Mapping[str, str]) -> str:
    if block is not None:
        for child in block.children:
            _expect(child, ("|",))
        return "\n".join(text(child.line) for child in block.children)
    identity = text(node.line)
    if identity not in texts:
        raise PlainTextError(node.line.number, f"the text of document {identity} is neither here nor handed in")
    return texts[identity]


def _published(node: Node) -> Published:
    edtf, basis = unpack(node.line, 0, 2)
    if basis is not None:
        choice(node.line, basis, _BASES)
    reasons = tuple(text(child.line) for child in node.children if child.line.keyword == "because")
    candidates = [present(child.line) for child in node.children if child.line.keyword == "perhaps"]
    return Published(edtf, cast(PublishedBasis | None, basis), reasons, sum(candidates, ()))


def _span_in(document: Document, line: Line) -> Span:
    """The place a line cites, held against the text."""
    place = line.place
    if place is None:
        raise PlainTextError(line.number, f"{line.keyword}: the words that state it are missing")
    found = document.part(place.part)[place.start : place.stop]
    if found != place.words:
        message = (
            f"{place.words[:60]!r} is not what stands at {place.start}-{place.stop} of {document.id}: {found[:60]!r}"
        )
        raise PlainTextError(line.number, message)
    return Span(document.id, place.start, place.stop, place.part)


def _report(node: Node, document: Document) -> Report:
    return _record(Report, node, document, trigger=_span_in(document, node.line))


def _claim(node: Node, document: Document) -> Claim:
    lines = [child.line for child in node.children if child.line.keyword == "comparator"]
    comparator = choice(lines[0], text(lines[0]), COMPARATORS) if lines else None
    return _record(Claim, node, document, comparator=cast(Comparator | None, comparator))


def _record(kind: type[_T], node: Node, document: Document, **more: Any) -> _T:
    tail = node.line.tail or ""
    if not tail.startswith("#"):
        raise PlainTextError(node.line.number, f"{node.line.keyword}: an id like #a1 is missing at the end")
    quotes = tuple(_span_in(document, child.line) for child in node.children if child.line.keyword == "quote")
    arguments = gather(kind, _cited(kind, node, document))
    try:
        return kind(id=tail[1:], document=document.id, quotes=quotes, **arguments, **more)
    except TypeError as error:
        raise PlainTextError(node.line.number, f"{node.line.keyword}: not all is there ({error})") from None


def _cited(kind: type[Record], node: Node, document: Document) -> Iterator[tuple[str, Cited[Any]]]:
    fields = by_word(fields_of(kind))
    stated = _stated_in_head(kind, node.line)
    for child in node.children:
        _expect(child, (*fields, "quote", *(["comparator"] if kind is Claim else [])))
        field = fields.get(child.line.keyword)
        if field is not None:
            yield (
                field.name,
                _cited_value(field, _with_head(child, field, stated), lambda line: _span_in(document, line)),
            )


def _stated_in_head(kind: type[Record], line: Line) -> dict[str, str | None]:
    """Field and value for what the head states."""
    names = HEADS[kind][1]
    return dict(zip(names, unpack(line, 1, len(names)), strict=True))


def _with_head(node: Node, field: Field, stated: Mapping[str, str | None]) -> Node:
    """The line as if it stated its value itself."""
    if field.name not in stated:
        return node
    line = node.line
    values = (stated[field.name], *line.values)
    if len(values) > 1 and field.codec is not WHEN:
        raise PlainTextError(line.number, f"{line.keyword}: its value stands in the head")
    return Node(Line(line.depth, line.keyword, values, line.place, line.tail, line.number), node.children)


def _cited_value(field: Field, node: Node, span_of: Callable[[Line], Span]) -> Cited[Any]:
    if node.line.tail is None:
        raise PlainTextError(node.line.number, f"{node.line.keyword}: the rule is missing at the end")
    return Cited(read_value(field, node, span_of), span_of(node.line), node.line.tail)


def _issue(node: Node) -> Issue:
    code, message = unpack(node.line, 2, 2)
    held = {child.line.keyword: child.line for child in node.children}
    names: dict[str, Any] = {name: text(held[name]) for name in ("remedy", "path", "excerpt") if name in held}
    start, stop = unpack(held["at"], 0, 2) if "at" in held else (None, None)
    return Issue(
        code or "",
        message or "",
        line=number(held["line"], text(held["line"])) if "line" in held else None,
        start=None if start is None else number(held["at"], start),
        stop=None if stop is None else number(held["at"], stop),
        fatal="fatal" in held,
        **names,
    )
