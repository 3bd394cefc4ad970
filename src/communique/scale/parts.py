"""Archives cut into parts: stretches of bytes, row groups or files that are read apart and written once."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Literal

from communique.errors import UsageError
from communique.model import Issue
from communique.scale.problems import trouble
from communique.sources.files import find

Kind = Literal["lines", "warc", "table", "pages"]
_KINDS: dict[str, Kind] = {
    ".jsonl": "lines", ".ndjson": "lines", ".json": "lines", ".warc": "warc", ".arc": "warc", ".parquet": "table",
    ".pq": "table", ".html": "pages", ".htm": "pages", ".xhtml": "pages",
}  # fmt: skip
PACKED = (".gz", ".zst")
PAGES = 500
"""So many pages of a folder make a part."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of work: bytes ``[start, stop)`` of a file, row groups of a table, or the files of ``pages``."""

    number: int
    kind: Kind
    path: str
    start: int = 0
    stop: int = 0
    pages: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Bytes to be read, as far as that is known beforehand."""
        if self.kind == "pages":
            return sum(os.path.getsize(page) for page in self.pages if os.path.exists(page))
        return self.stop - self.start if self.kind != "table" else 0


def plan(inputs: Iterable[str], size: int) -> tuple[tuple[Part, ...], tuple[Issue, ...]]:
    """The parts of all inputs, in order, and what cannot be scanned; ``size`` is how many bytes make a part."""
    files, issues = _files(inputs)
    pieces = [piece for kind, path in _archives(files) for piece in _pieces(kind, path, size)]
    pages = iter([str(path) for path in files if kind_of(path) == "pages"])
    while several := tuple(islice(pages, PAGES)):
        pieces.append(Part(0, "pages", str(Path(several[0]).parent), pages=several))
    numbered = (Part(n, p.kind, p.path, p.start, p.stop, p.pages) for n, p in enumerate(pieces))
    return tuple(numbered), tuple(issues)


def kind_of(path: Path) -> Kind | None:
    """What sort of archive a file is, by its name; None if it is none that can be scanned."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    while suffixes and suffixes[-1] in PACKED:
        suffixes.pop()
    return _KINDS.get(suffixes[-1]) if suffixes else None


def packed(path: str) -> bool:
    """Whether a file is compressed, so that it can only be read from its beginning."""
    return path.lower().endswith(PACKED)


def _files(inputs: Iterable[str]) -> tuple[list[Path], list[Issue]]:
    files: list[Path] = []
    issues: list[Issue] = []
    for given in inputs:
        for found in find(given):
            if isinstance(found, Issue):
                issues.append(found)
            elif kind_of(found) is None:
                issues.append(trouble("not-an-archive", str(found), names=", ".join(sorted(_KINDS))))
            else:
                files.append(found)
    if not files and not issues:
        raise UsageError("nothing to scan", "Name archives or folders: WARC, Parquet, JSON Lines, HTML pages.")
    return files, issues


def _archives(files: Sequence[Path]) -> Iterator[tuple[Kind, Path]]:
    for path in files:
        kind = kind_of(path)
        if kind and kind != "pages":
            yield kind, path


def _pieces(kind: Kind, path: Path, size: int) -> Iterator[Part]:
    if kind == "table":
        yield from _row_groups(path, size)
        return
    length = path.stat().st_size
    whole = (kind == "lines" and packed(str(path))) or str(path).lower().endswith(".zst")
    for start in range(0, max(length, 1), length + 1 if whole else size):
        yield Part(0, kind, str(path), start, min(length, start + size) if not whole else length)


def _row_groups(path: Path, size: int) -> Iterator[Part]:
    from communique.scale.tables import row_groups

    start, held = 0, 0
    groups = row_groups(str(path))
    for number, length in enumerate(groups):
        held += length
        if held >= size or number + 1 == len(groups):
            yield Part(0, "table", str(path), start, number + 1)
            start, held = number + 1, 0
    if not groups:
        yield Part(0, "table", str(path), 0, 0)
