"""The registry's CSV tables, read with errors that name file, line and the valid choices."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from communique import edtf

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "states": ("code", "name", "aliases", "adjectives", "people", "capital", "metonyms", "from", "to", "source"),
    "organisations": ("name", "aliases", "kind", "seat", "metonyms", "source"),
    "groups": ("id", "aliases", "members", "from", "to", "source"),
    "roles": ("role", "level", "words", "source"),
    "offices": ("id", "holder", "role", "title", "words", "source"),
    "people": ("id", "name", "aliases", "source"),
    "tenures": ("person", "office", "from", "to", "source"),
    "agreements": ("name", "aliases", "parties", "signed", "in_force", "ended", "notice", "place", "source"),
    "agreement_steps": ("agreement", "action", "by", "date", "source"),
    "events": ("name", "aliases", "date", "kind", "ordinal", "place", "parties", "source"),
    "memberships": ("organisation", "states", "from", "to", "source"),
}
_OPTIONAL = frozenset(("source", "words", "parties"))  # columns that a user's file may leave out


class RegistryError(Exception):
    """A row of a registry table that cannot be used: the message names file, line, what is wrong and what is right."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table with its place, for errors."""

    table: str
    path: str
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def get(self, column: str) -> str | None:
        """The cell, or None where it is empty."""
        return self.cells[column] or None

    def items(self, column: str) -> tuple[str, ...]:
        """The items of a cell, which '|' separates."""
        return tuple(item.strip() for item in self.cells[column].split("|") if item.strip())

    def error(self, problem: str) -> RegistryError:
        """An error that names this row."""
        return RegistryError(f"{self.path}:{self.line}: {problem}")

    def one_of(self, column: str, choices: Sequence[str]) -> str:
        """The cell, which must be one of ``choices``."""
        if self.cells[column] not in choices:
            known = ", ".join(sorted(choices)[:40])
            raise self.error(f"unknown {column} {self.cells[column]!r}; valid: {known}")
        return self.cells[column]

    def need(self, column: str) -> str:
        """The cell, which must not be empty."""
        if not self.cells[column]:
            raise self.error(f"{column} is empty")
        return self.cells[column]

    def date(self, column: str) -> str | None:
        """The cell as an EDTF string, checked; None where it is empty."""
        text = self.cells[column]
        if not text:
            return None
        try:
            edtf.parse(text)
        except edtf.EdtfError as problem:
            raise self.error(f"{column}: {problem}") from None
        return text


def read(table: str, directories: Sequence[Path]) -> Iterator[Row]:
    """All rows of a table: ours first, then those of the user's directories."""
    for root in (files("communique.knowledge") / "data", *directories):
        file: Traversable = root / f"{table}.csv"
        if file.is_file():
            name = str(file) if isinstance(root, Path) and root in directories else file.name
            yield from parse(table, file.read_text(encoding="utf-8-sig"), name)


def parse(table: str, text: str, path: str) -> Iterator[Row]:
    """The rows of one table's text."""
    reader = csv.reader(io.StringIO(text))
    header = tuple(cell.strip() for cell in next(reader, ()))
    expected = COLUMNS[table]
    wrong = [column for column in header if column not in expected]
    if wrong or not set(header) >= set(expected) - _OPTIONAL:
        raise RegistryError(f"{path}:1: columns are {', '.join(header)}; valid: {', '.join(expected)}")
    for cells in reader:
        if not any(cells):
            continue
        if len(cells) != len(header):
            raise RegistryError(f"{path}:{reader.line_num}: {len(cells)} cells; the header has {len(header)}")
        row = dict.fromkeys(expected, "") | {c: cell.strip() for c, cell in zip(header, cells, strict=True)}
        yield Row(table, path, reader.line_num, row)
