"""JSON Lines: the lines that begin in a stretch of a file, each a record; a wrong line costs only itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from communique.model import Issue
from communique.scale.parts import Part, packed
from communique.scale.raw import RawFields
from communique.scale.streams import opened
from communique.sources.catalogue import SetAsideError, issue
from communique.sources.options import SourceOptions


def read_lines(part: Part, options: SourceOptions) -> Iterator[RawFields | Issue]:
    """The records whose lines begin within the part's bytes, in order."""
    try:
        with opened(part.path) as stream:
            yield from _packed(stream, part, options) if packed(part.path) else _stretch(stream, part, options)
    except SetAsideError as error:
        yield error.issue
    except OSError as error:
        yield issue("unreadable", path=part.path, why=error.strerror or str(error))


def _packed(stream: BinaryIO, part: Part, options: SourceOptions) -> Iterator[RawFields | Issue]:
    at = 0
    while line := stream.readline(options.max_bytes + 1):
        yield from _record(line, part.path, at, options)
        at += len(line)
        if _cut(line, options):
            at += _skip_rest(stream)


def _stretch(stream: BinaryIO, part: Part, options: SourceOptions) -> Iterator[RawFields | Issue]:
    """A line belongs to the stretch in which its first byte lies."""
    at = part.start
    if at:
        stream.seek(at - 1)
        at += _skip_rest(stream) - 1
    while at < part.stop and (line := stream.readline(options.max_bytes + 1)):
        yield from _record(line, part.path, at, options)
        at += len(line)
        if _cut(line, options):
            at += _skip_rest(stream)


def _cut(line: bytes, options: SourceOptions) -> bool:
    return len(line) > options.max_bytes and not line.endswith(b"\n")


def _skip_rest(stream: BinaryIO) -> int:
    """Go to the beginning of the next line; how many bytes that took."""
    skipped = 0
    while piece := stream.readline(1 << 20):
        skipped += len(piece)
        if piece.endswith(b"\n"):
            break
    return skipped


def _record(line: bytes, path: str, at: int, options: SourceOptions) -> Iterator[RawFields | Issue]:
    if len(line) > options.max_bytes:
        yield issue("text-too-large", path=f"{path}@{at}", limit=options.max_bytes)
        return
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        if line.strip(b"\r\n \t\0\xef\xbb\xbf"):
            yield issue("bad-json", path=f"{path}@{at}", why=str(error)[:120])
        return
    if isinstance(value, dict):
        yield RawFields(value, at)
    else:
        yield issue("not-a-record", path=f"{path}@{at}", what=type(value).__name__)
