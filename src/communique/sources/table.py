"""CSV, and tables separated by tabs or semicolons, of documents."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import Any, BinaryIO

from communique.model import Document, Issue
from communique.sources.catalogue import SetAsideError, issue
from communique.sources.gate import decode, refuse_binary
from communique.sources.options import SourceOptions
from communique.sources.originals import keeping
from communique.sources.record import document_of

Rows = Any  # what csv.reader returns has no public name before Python 3.13
# bytes that are not UTF-8 are kept as such until the whole cell can be judged
_ERRORS = {"utf-8-sig": "surrogateescape", "utf-8": "surrogateescape"}
_ESCAPED = re.compile("[\udc80-\udcff]")
_SAMPLE = 65_536
_SEPARATORS = ",;\t|"


def read_table(stream: BinaryIO, path: str, options: SourceOptions) -> Iterator[Document | Issue]:
    """The documents of a CSV stream whose first row names the fields; a wrong row costs only itself."""
    sample = stream.peek(_SAMPLE)[:_SAMPLE] if isinstance(stream, io.BufferedReader) else b""
    refuse_binary(sample, path, options.encoding)
    rows = _rows(stream, path, options, sample)
    header = next(rows, None)
    if isinstance(header, Issue):
        yield header
        return
    if header is None:
        raise SetAsideError(issue("empty-file", path=path))
    names = [name.strip().lstrip("\ufeff") for name in header[1]]
    for row in rows:
        if isinstance(row, Issue):
            yield row
        else:
            yield from keeping(_document(names, row, path, options), _as_table(names, row[1]))


def _as_table(names: list[str], cells: list[str]) -> bytes:
    """A row under the names of its columns, as a table of its own."""
    text = io.StringIO()
    csv.writer(text).writerows((names, cells))
    return text.getvalue().encode("utf-8", "surrogateescape")


def _rows(
    stream: BinaryIO, path: str, options: SourceOptions, sample: bytes
) -> Iterator[tuple[int, list[str]] | Issue]:
    """Rows with the line they begin on; the module's limit on cells is widened while they are read."""
    encoding = options.encoding or _encoding(sample, path)
    text = io.TextIOWrapper(stream, encoding=encoding, errors=_ERRORS.get(encoding, "replace"), newline="")
    first = text.readline(_SAMPLE)
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(chain([first], text), delimiter=separator)
    before = csv.field_size_limit(options.max_bytes)
    try:
        yield from _each(reader, path)
    finally:
        csv.field_size_limit(before)
        text.detach()


def _each(reader: Rows, path: str) -> Iterator[tuple[int, list[str]] | Issue]:
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield issue("bad-csv", path=path, line=line, why=f"line {line}: {error}")
            continue
        if row and any(cell.strip() for cell in row):
            yield line, row


def _encoding(sample: bytes, path: str) -> str:
    """The encoding of a table by its beginning, cut where a character cannot be split."""
    whole = sample[: sample.rfind(b"\n") + 1] or sample
    found = decode(whole, path=path).encoding
    return "utf-8-sig" if found == "utf-8" else found


def _document(
    names: list[str], row: tuple[int, list[str]], path: str, options: SourceOptions
) -> Iterator[Document | Issue]:
    line, cells = row
    if len(cells) > len(names):
        why = f"line {line} has {len(cells)} cells where the header names {len(names)}"
        yield issue("bad-csv", path=path, line=line, why=why, excerpt=" | ".join(cells))
        return
    fields: dict[str, str | None] = dict.fromkeys(names)
    for name, cell in zip(names, cells, strict=False):
        if not _ESCAPED.search(cell):
            fields[name] = cell or None
            continue
        try:
            decoded = decode(cell.encode("utf-8", "surrogateescape"), path=path)
        except SetAsideError as error:
            yield replace(error.issue, line=line)
            return
        yield from (replace(one, line=line) for one in decoded.issues)
        fields[name] = decoded.text
    yield from document_of(fields, options, path, line)
