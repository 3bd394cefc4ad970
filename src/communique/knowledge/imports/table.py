"""Own tables: CSV with the columns person, title, side, from, to; aliases ("|" between them) and role if wanted."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from communique.edtf import EdtfError
from communique.knowledge.imports.holdings import Holding, Refused, day

NEEDED = ("person", "title", "side", "from", "to")


def read(text: str, name: str) -> Iterator[Holding | Refused]:
    """The rows of a table. Raises ``ValueError`` if its header lacks a column."""
    reader = csv.DictReader(io.StringIO(text), restval="")
    lacking = [column for column in NEEDED if column not in (reader.fieldnames or ())]
    if lacking:
        raise ValueError(f"no column {', '.join(lacking)}; needed: {', '.join(NEEDED)}; also: aliases, role")
    for row in reader:
        yield _holding({k: (v or "").strip() for k, v in row.items() if k}, f"{name}: line {reader.line_num}")


def _holding(row: Mapping[str, str], place: str) -> Holding | Refused:
    empty = [column for column in NEEDED[:3] if not row[column]]
    if empty:
        return Refused(place, " · ".join(row.values()), f"{', '.join(empty)} is empty")
    try:
        since, until = day(row["from"]), day(row["to"])
    except EdtfError as problem:
        return Refused(place, row["person"], f"a date that is none: {problem}")
    aliases = tuple(a.strip() for a in row.get("aliases", "").split("|") if a.strip())
    return Holding(row["person"], row["title"], row["side"], since, until, place, aliases, row.get("role") or None)
