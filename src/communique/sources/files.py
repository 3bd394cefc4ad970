"""From what the user typed to files that can be opened: paths, folders, globs; nothing that could hang."""

from __future__ import annotations

import errno
import gzip
import io
import os
import stat
import zlib
from collections.abc import Iterator
from glob import glob, has_magic
from pathlib import Path
from typing import BinaryIO

from communique.model import Issue
from communique.sources.catalogue import SetAsideError, issue

# Text shrinks to a third or a tenth; what shrinks to a two-hundredth was made to fill memory.
BOMB_RATIO = 200
_BOMB_FLOOR = 32_000_000
_GZIP = b"\x1f\x8b"
_SPECIAL = (
    (stat.S_ISFIFO, "a pipe"), (stat.S_ISCHR, "a device"), (stat.S_ISBLK, "a device"), (stat.S_ISSOCK, "a socket"),
)  # fmt: skip


def find(given: str) -> Iterator[Path | Issue]:
    """The files that one argument stands for, in order: itself, those of the folder, those of the pattern."""
    path = Path(given)
    if "\0" in given:
        yield issue("missing-file", path=given.replace("\0", "�"))
    elif has_magic(given) and not os.path.lexists(given):
        matches = sorted(glob(given, recursive=True))
        for match in matches:
            yield from _expand(Path(match), ())
        if not matches:
            yield issue("missing-file", path=given)
    else:
        yield from _expand(path, ())


def open_input(path: Path) -> io.BufferedReader:
    """Open a regular file for reading, unpacking gzip as it is read. Raises ``SetAsideError``."""
    return unpacked(open_raw(path), str(path))


def open_raw(given: str | Path) -> io.BufferedReader:
    """Open a regular file for reading, its bytes as they are. Raises ``SetAsideError``."""
    path = Path(given)
    try:
        _check_kind(os.stat(path).st_mode, path)
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise SetAsideError(_refused(path, error)) from None
    raw = open(descriptor, "rb")  # noqa: SIM115 - the caller closes it
    try:
        _check_kind(os.fstat(descriptor).st_mode, path)
    except SetAsideError:
        raw.close()
        raise
    return raw


def unpacked(raw: io.BufferedReader, path: str) -> io.BufferedReader:
    """The stream itself, or what is in it if it is compressed with gzip."""
    return io.BufferedReader(_Unpacking(raw, path)) if raw.peek(2)[:2] == _GZIP else raw


class _Unpacking(io.RawIOBase):
    """Reads gzip, and stops at bombs and damage by raising ``SetAsideError``."""

    def __init__(self, raw: BinaryIO, path: str) -> None:
        self._raw, self._path, self._size = raw, path, 0
        self._gzip = gzip.GzipFile(fileobj=raw)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            piece = self._gzip.read(len(buffer))
        except (OSError, EOFError, zlib.error) as error:
            raise SetAsideError(issue("damaged-archive", path=self._path, why=str(error))) from None
        self._size += len(piece)
        if self._size > max(_BOMB_FLOOR, BOMB_RATIO * self._packed()):
            raise SetAsideError(issue("decompression-bomb", path=self._path, ratio=BOMB_RATIO, size=self._size))
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        self._gzip.close()
        self._raw.close()
        super().close()

    def _packed(self) -> int:
        return self._raw.tell() if self._raw.seekable() else self._size


def _expand(path: Path, above: tuple[Path, ...]) -> Iterator[Path | Issue]:
    """The path if it is a file; if a folder, its files in order, leaving out hidden ones."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        yield _refused(path, error)
        return
    if not stat.S_ISDIR(mode):
        yield path
        return
    real = path.resolve()
    if real in above:
        yield issue("symlink-loop", path=str(path))
        return
    yield from _inside(path, (*above, real))


def _inside(folder: Path, above: tuple[Path, ...]) -> Iterator[Path | Issue]:
    try:
        entries = sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
    except OSError as error:
        yield _refused(folder, error)
        return
    if not entries and len(above) == 1:
        yield issue("empty-folder", path=str(folder))
    for entry in entries:
        yield from _expand(entry, above)


def _check_kind(mode: int, path: Path) -> None:
    for test, what in _SPECIAL:
        if test(mode):
            raise SetAsideError(issue("not-a-regular-file", path=str(path), what=what))
    if stat.S_ISDIR(mode):
        raise SetAsideError(issue("not-a-regular-file", path=str(path), what="a folder"))


def _refused(path: Path, error: OSError | ValueError) -> Issue:
    number = getattr(error, "errno", None)
    if number == errno.ELOOP:
        return issue("symlink-loop", path=str(path))
    if number in (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG):
        return issue("missing-file", path=str(path))
    if number == errno.ENXIO:
        return issue("not-a-regular-file", path=str(path), what="a socket or pipe")
    return issue("unreadable", path=str(path), why=getattr(error, "strerror", None) or str(error))
