"""Bytes out of files, packed or not, a piece at a time and never more than was bargained for."""

from __future__ import annotations

import io
import zlib
from pathlib import Path
from typing import BinaryIO

from communique.sources.catalogue import SetAsideError, issue
from communique.sources.files import BOMB_RATIO, open_input

_BOMB_FLOOR = 32_000_000
_SIP = 2_048  # packed bytes taken at once: even a bomb makes no more of them than memory bears
_ZSTD = b"\x28\xb5\x2f\xfd"


def opened(path: str) -> io.BufferedReader:
    """A file's bytes, unpacked from gzip or zstd as they are read. Raises ``SetAsideError``."""
    stream = open_input(Path(path))
    return io.BufferedReader(_Zstd(stream, path)) if stream.peek(4)[:4] == _ZSTD else stream


class _Zstd(io.RawIOBase):
    """Reads zstd a little at a time, and stops at bombs and damage by raising ``SetAsideError``."""

    def __init__(self, raw: BinaryIO, path: str) -> None:
        import zstandard

        self._raw, self._path, self._size = raw, path, 0
        self._error = zstandard.ZstdError
        self._new = zstandard.ZstdDecompressor(max_window_size=1 << 27).decompressobj
        self._frame, self._begun = self._new(), False
        self._held = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._held:
            packed = self._frame.unused_data if self._frame.eof else b""
            if self._frame.eof:
                self._frame, self._begun = self._new(), False
            packed = packed or self._raw.read(_SIP)
            if not packed:
                return self._end()
            self._held, self._begun = memoryview(self._unpacked(packed)), True
        length = min(len(buffer), len(self._held))
        buffer[:length] = self._held[:length]
        self._held = self._held[length:]
        return length

    def _unpacked(self, packed: bytes) -> bytes:
        try:
            plain: bytes = self._frame.decompress(packed)
        except self._error as error:
            raise SetAsideError(issue("damaged-archive", path=self._path, why=str(error))) from None
        self._size += len(plain)
        if self._size > max(_BOMB_FLOOR, BOMB_RATIO * self._raw.tell()):
            raise SetAsideError(issue("decompression-bomb", path=self._path, ratio=BOMB_RATIO, size=self._size))
        return plain

    def _end(self) -> int:
        if self._begun:
            raise SetAsideError(issue("damaged-archive", path=self._path, why="it ends within a frame"))
        return 0

    def close(self) -> None:
        self._raw.close()
        super().close()


def inflated(data: bytes, limit: int) -> bytes | None:
    """The body of an answer packed with gzip or deflate; None if it is damaged or longer than ``limit``."""
    for wrapping in (zlib.MAX_WBITS | 32, -zlib.MAX_WBITS):
        decoder = zlib.decompressobj(wrapping)
        try:
            body = decoder.decompress(data, limit + 1)
        except zlib.error:
            continue
        return body if len(body) <= limit else None
    return None
