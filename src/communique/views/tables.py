"""Rows as CSV that no spreadsheet can take for a program."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

Cell = str | int | None

_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)*%?")


def guarded(cell: Cell) -> Cell:
    """A cell that no spreadsheet takes for a formula: an apostrophe is set before it. Numbers stay as they are."""
    return _guard(cell) if isinstance(cell, str) else cell


def unguarded(cell: str) -> str:
    """A guarded cell as it was before."""
    return cell[1:] if cell.startswith("'") and _guard(cell[1:]) == cell else cell


def _guard(cell: str) -> str:
    # A cell that has apostrophes before a formula already gets one more, so that taking one away is never a mistake.
    bare = cell.lstrip("'")
    return "'" + cell if _FORMULA.match(bare) and not _NUMBER.fullmatch(bare) else cell


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A header and rows as CSV with line feeds; every cell guarded."""
    return "".join(csv_line(map(guarded, line)) for line in (columns, *rows))


def csv_line(cells: Iterable[Cell]) -> str:
    """One line of CSV, its cells as they are."""
    out = io.StringIO()
    # Cells are quoted for the line ends of RFC 4180: a lone carriage return in one would end the line.
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue().removesuffix("\r\n") + "\n"
