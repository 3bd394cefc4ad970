"""JSON Lines, and JSON arrays, of documents."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from communique.model import Document, Issue
from communique.sources.catalogue import SetAsideError, issue
from communique.sources.gate import clean, decode, refuse_binary
from communique.sources.options import SourceOptions
from communique.sources.originals import keeping, kept
from communique.sources.record import document_of

_HEAD = 65_536
_MANY = 4  # an array holds many documents, but has to be kept in memory whole


def read_lines(stream: BinaryIO, path: str, options: SourceOptions) -> Iterator[Document | Issue]:
    """The documents of a JSON Lines stream, one line at a time; a wrong line costs only itself."""
    head = stream.readline(options.max_bytes + 1)
    refuse_binary(head[:_HEAD], path, options.encoding)
    if not head.strip():
        head = _first_with_text(stream, options.max_bytes)
    if _whole(head):
        yield from _array(head + stream.read(_MANY * options.max_bytes), path, options)
        return
    number, line = 1, head
    while line:
        yield from keeping(_record(line, path, number, options), line)
        if len(line) > options.max_bytes and not line.endswith(b"\n"):
            _skip_rest(stream)
        number, line = number + 1, stream.readline(options.max_bytes + 1)


def _first_with_text(stream: BinaryIO, limit: int) -> bytes:
    for line in iter(lambda: stream.readline(limit + 1), b""):
        if line.strip():
            return line
    return b""


def _whole(head: bytes) -> bool:
    """Whether the file is one JSON value over many lines: an array, an object laid out, or UTF-16."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"["):
        return True
    return head[:2] in (b"\xff\xfe", b"\xfe\xff") or start.rstrip() == b"{"


def _array(data: bytes, path: str, options: SourceOptions) -> Iterator[Document | Issue]:
    if len(data) >= _MANY * options.max_bytes:
        raise SetAsideError(issue("text-too-large", path=path, limit=_MANY * options.max_bytes))
    text = decode(data, path=path, forced=options.encoding).text
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        yield from _lines_after_all(text, path, options, error)
        return
    for record in value if isinstance(value, list) else [value]:
        yield from keeping(document_of(record, options, path), json.dumps(record).encode())


def _lines_after_all(text: str, path: str, options: SourceOptions, error: Exception) -> Iterator[Document | Issue]:
    """A file that looked like one value but is not: lines if its first line parses, else one problem."""
    lines = text.split("\n")
    try:
        json.loads(lines[0])
    except (ValueError, RecursionError):
        found = issue("bad-json", path=path, line=getattr(error, "lineno", None), why=_why(error), excerpt=text)
        yield kept(found, text.encode())
        return
    for number, line in enumerate(lines, 1):
        yield from keeping(_parsed(line, path, number, options), line.encode())


def _record(line: bytes, path: str, number: int, options: SourceOptions) -> Iterator[Document | Issue]:
    if len(line) > options.max_bytes:
        yield issue("text-too-large", path=path, line=number, limit=options.max_bytes)
        return
    try:
        text = line.decode(options.encoding or "utf-8-sig")
    except UnicodeDecodeError:
        try:
            decoded = decode(line, path=path, forced=options.encoding)
        except SetAsideError as error:
            yield replace(error.issue, line=number)
            return
        yield from (replace(one, line=number) for one in decoded.issues)
        text = decoded.text
    yield from _parsed(text, path, number, options)


def _parsed(text: str, path: str, number: int, options: SourceOptions) -> Iterator[Document | Issue]:
    text = text.strip("\r\n \t\0\ufeff")
    if not text:
        return
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        yield issue("bad-json-line", path=path, line=number, why=_why(error), excerpt=clean(text[:200]))
        return
    yield from document_of(value, options, path, number)


def _why(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "nested too deep"
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at column {error.colno}"
    return str(error)


def _skip_rest(stream: BinaryIO) -> None:
    while True:
        piece = stream.readline(1 << 20)
        if not piece or piece.endswith(b"\n"):
            return
