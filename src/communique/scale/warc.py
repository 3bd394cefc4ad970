"""WARC, the only place that imports FastWARC: the answers in a stretch of an archive, and what is damaged.

The library raises at the first damage and hands out short bodies without a word. So lengths are compared, and behind
damage reading starts again at the next place where a record begins; what lies between is told of as skipped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from communique.model import Issue
from communique.scale.members import begins, mark_of, one_whole
from communique.scale.parts import Part
from communique.scale.problems import trouble
from communique.scale.raw import RawPage
from communique.scale.streams import inflated, opened
from communique.sources.catalogue import SetAsideError, issue
from communique.sources.files import open_raw
from communique.sources.options import SourceOptions

_HEAD = b"WARC/"
_LOOK = 1 << 20
_PAGES = ("text/html", "application/xhtml")
_UNPACKED = ("gzip", "x-gzip", "deflate")
_SLACK = 4  # bytes by which writers differ on what ends a record


def read_warc(part: Part, options: SourceOptions) -> Iterator[RawPage | Issue]:
    """The pages whose records begin within the part's bytes, in order, with what could not be read."""
    try:
        with open_raw(part.path) as stream:
            yield from _Reader(stream, part, options).pages()
    except SetAsideError as error:
        yield error.issue
    except OSError as error:
        yield issue("unreadable", path=part.path, why=error.strerror or str(error))


class _Reader:
    """Goes through a stretch of an archive; after damage it starts anew behind it."""

    def __init__(self, stream: BinaryIO, part: Part, options: SourceOptions) -> None:
        self._stream, self._part, self._options = stream, part, options
        stream.seek(0)
        self._mark = mark_of(stream.read(4))
        self._at = part.start

    def pages(self) -> Iterator[RawPage | Issue]:
        if self._mark and one_whole(self._stream, self._mark, self._options.max_bytes):
            yield from self._whole()
            return
        start: int | None = 0 if self._part.start == 0 else self._next(self._part.start)
        while start is not None and start < self._part.stop:
            try:
                for record, place in self._records(start):
                    yield from self._page(record, place)
                return
            except (OSError, ValueError) as error:
                bent = self._next(self._at + 1, sure=False) or self._at
                start = self._next(self._at + 1)
                skipped = (self._part.stop if start is None else start) - bent
                if skipped > 0:
                    yield trouble("skipped-bytes", self._part.path, count=skipped, start=bent, why=_reason(error))

    def _whole(self) -> Iterator[RawPage | Issue]:
        """The pages of an archive that is packed as one, unpacked on disk: all of them belong to its first part."""
        if self._part.start:
            return
        with opened(self._part.path) as packed, TemporaryFile() as plain:
            copyfileobj(packed, plain)
            yield from _Reader(plain, replace(self._part, stop=plain.tell()), self._options).pages()

    def _records(self, start: int) -> Iterator[tuple[Any, int]]:
        """The answers from a place on that begin in the stretch, with the byte where each begins."""
        from fastwarc.warc import ArchiveIterator, WarcRecordType

        self._at = start
        self._stream.seek(start)
        for record in ArchiveIterator(self._stream, record_types=WarcRecordType.any_type, parse_http=True):
            self._at = record.stream_pos
            if self._at >= self._part.stop:
                return
            if record.record_type == WarcRecordType.response:
                yield record, self._at

    def _page(self, record: Any, place: int) -> Iterator[RawPage | Issue]:
        told = int(record.headers.get("Content-Length") or 0)
        where = f"{self._part.path}@{place}"
        if told > self._options.max_bytes:
            yield issue("text-too-large", path=where, limit=self._options.max_bytes)
            raise ValueError("a record beyond the limit")
        expected = record.content_length
        body = record.reader.read(expected + 1)
        if len(body) < expected:
            yield trouble("truncated-record", where, have=len(body), told=expected)
            return
        headers = record.http_headers
        if headers is None or not _is_page(headers):
            return
        plain = _body(body, headers, self._options.max_bytes)
        if plain is None:
            yield issue("damaged-archive", path=where, why=f"the answer's {headers.get('Content-Encoding')}")
            return
        body, true = plain
        if true is not None and abs(true - len(body)) > _SLACK:
            yield trouble("lying-length", where, told=len(body), have=true)
            body = body[:true]
        yield RawPage(
            body, where, record.headers.get("WARC-Target-URI"), (record.headers.get("WARC-Date") or "")[:10] or None,
            record.http_charset,
        )  # fmt: skip

    def _next(self, start: int, sure: bool = True) -> int | None:
        """The next byte at which a record begins, or None; without ``sure``, or at which one seems to begin."""
        mark, at = self._mark or _HEAD, start
        self._stream.seek(at)
        held = b""
        while piece := self._stream.read(_LOOK):
            held += piece
            found = held.find(mark)
            while found >= 0:
                if not sure or self._begins(at + found):
                    return at + found
                found = held.find(mark, found + 1)
            keep = len(mark) - 1
            at += len(held) - keep
            held = held[-keep:]
            self._stream.seek(at + keep)
        return None

    def _begins(self, at: int) -> bool:
        """Whether a record begins at a byte, and not just bytes that look like it."""
        self._stream.seek(max(0, at - 2))
        head = self._stream.read(514)[min(at, 2) :]
        if not self._mark:
            return head.startswith((b"WARC/1.0\r\n", b"WARC/1.1\r\n", b"WARC/0.18\r\n"))
        return begins(self._mark, head)


def _is_page(headers: Any) -> bool:
    kind = (headers.get("Content-Type") or "").lower()
    return not kind or kind.startswith(_PAGES)


def _body(body: bytes, headers: Any, limit: int) -> tuple[bytes, int | None] | None:
    """The page unpacked, and its length by the server's account; None if it cannot be unpacked."""
    packing = (headers.get("Content-Encoding") or "").lower()
    if packing not in ("", "identity") and body.lstrip()[:1] != b"<":
        plain = inflated(body, limit) if packing in _UNPACKED else None
        return None if plain is None else (plain, None)
    length = headers.get("Content-Length") or ""
    chunked = (headers.get("Transfer-Encoding") or "").lower()
    return body, int(length) if length.isdigit() and not chunked and not packing else None


def _reason(error: Exception) -> str:
    return str(error)[:120] or type(error).__name__
