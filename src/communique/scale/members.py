"""How an archive is packed: record by record, as WARC asks for and as it can be cut into parts, or as one whole."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

GZIP, ZSTD = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"
_SIP = 2_048  # packed bytes taken at once: even a bomb makes no more of them than memory bears
_LONGEST_HEAD = 65_536
_HEAD = re.compile(
    rb"WARC/.*?^Content-Length:[ \t]*(\d{1,18})[ \t]*\r?$.*?\r?\n\r?\n", re.DOTALL | re.MULTILINE | re.IGNORECASE
)
_SLACK = 4  # bytes that end a record


def mark_of(first: bytes) -> bytes:
    """The bytes with which each packed record begins; none if the archive is not packed."""
    return next((mark for mark in (GZIP, ZSTD) if first.startswith(mark)), b"")


def begins(mark: bytes, head: bytes) -> bool:
    """Whether packed bytes are the beginning of a record, and not just bytes that look like it."""
    return next(_unpacked(iter((head,)), mark, 64), b"").startswith(b"WARC/")


def one_whole(stream: BinaryIO, mark: bytes, limit: int) -> bool:
    """Whether several records are packed together, so that they can only be read from the beginning.

    The first record tells; one of more than ``limit`` bytes is taken to stand alone.
    """
    stream.seek(0)
    head, size, told = b"", 0, None
    for piece in _unpacked(iter(lambda: stream.read(_SIP), b""), mark):
        size += len(piece)
        if told is None:
            head += piece
            match = _HEAD.match(head)
            told = match.end() + int(match[1]) + _SLACK if match else None
        if size > (limit if told is None else told) or (told is None and size > _LONGEST_HEAD):
            break
    return told is not None and size > told


def _unpacked(pieces: Iterator[bytes], mark: bytes, most: int = 0) -> Iterator[bytes]:
    """What the first packed stretch of these bytes holds, as far as it is sound."""
    unpack, ended, damage = _decoder(mark, most)
    for piece in pieces:
        try:
            yield unpack(piece)
        except damage:
            return
        if ended():
            return


def _decoder(mark: bytes, most: int) -> tuple[Callable[[bytes], bytes], Callable[[], bool], type[Exception]]:
    if mark == GZIP:
        gzip = zlib.decompressobj(zlib.MAX_WBITS | 16)
        return (lambda data: gzip.decompress(data, most)), (lambda: gzip.eof), zlib.error
    import zstandard

    zstd = zstandard.ZstdDecompressor(max_window_size=1 << 27).decompressobj()
    return zstd.decompress, (lambda: zstd.eof), zstandard.ZstdError
