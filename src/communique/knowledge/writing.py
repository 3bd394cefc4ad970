"""Rows of the registry written into a folder of one's own, in the form in which the registry reads them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from communique.knowledge.imports import Additions
from communique.knowledge.tables import COLUMNS


def write_additions(found: Additions, folder: Path, source: str) -> tuple[Path, ...]:
    """Add the rows to people.csv, offices.csv and tenures.csv of a folder, sorted, each row once; the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    rows: dict[str, list[Sequence[str]]] = {
        "people": [(p.id, p.name, "|".join(p.aliases), source) for p in found.people.values()],
        "offices": [(o.id, o.holder, o.role, o.title, "|".join(o.words), source) for o in found.offices.values()],
        "tenures": [(t.actor, t.office, t.since or "", t.until or "", t.source) for t in found.tenures],
    }
    return tuple(_merge(folder / f"{table}.csv", COLUMNS[table], new) for table, new in rows.items() if new)


def _merge(path: Path, columns: Sequence[str], new: Iterable[Sequence[str]]) -> Path:
    before = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))[1:] if path.exists() else []
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(sorted({tuple(row) for row in (*before, *new)}))
    return path
