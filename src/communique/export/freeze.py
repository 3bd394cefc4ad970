"""A dated release of a ledger: tables as CSV and Parquet, a codebook, how to cite it, and checksums.

Nothing in it depends on when or where it is made: the same ledger, date and words give the same bytes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from communique import __version__
from communique.errors import UsageError
from communique.export.cells import Row
from communique.export.csv import lines
from communique.export.formats import exporter
from communique.export.material import Material
from communique.export.parquet import written
from communique.export.tables import TABLES, Table, columns_of
from communique.views.words import json_line

SUMS = "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class Release:
    """What a release is called, of which day it is, and who made it."""

    day: date
    title: str
    authors: tuple[str, ...]
    version: str = "1"
    licence: str | None = None


def files(material: Material, release: Release) -> Iterator[tuple[str, bytes]]:
    """Every file of a release by its path, the checksums last."""
    sums: dict[str, str] = {}
    for name, data in _contents(material, release):
        sums[name] = sha256(data).hexdigest()
        yield name, data
    yield SUMS, "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items())).encode()


def freeze(material: Material, release: Release, folder: Path) -> int:
    """Writes a release into a folder that is empty or not there yet; returns how many files. Raises UsageError."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is not empty.", "Name a new folder: a release is never written over another one.")
    count = 0
    for name, data in files(material, release):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(path.name + ".part")
        part.write_bytes(data)
        os.replace(part, path)
        count += 1
    return count


def _contents(material: Material, release: Release) -> Iterator[tuple[str, bytes]]:
    counts: dict[str, int] = {}
    for table in TABLES.values():
        rows = list(table.rows(material))
        counts[table.name] = len(rows)
        yield from _table(table, rows, material)
    if material.store is not None and material.options.text:
        whole = replace(material.options, table="contacts")
        yield "ledger.jsonl", b"".join(exporter("jsonl").chunks(replace(material, options=whole)))
    yield "CODEBOOK.md", _codebook(material, release, counts).encode()
    yield "CITATION.cff", _citation(release).encode()


def _table(table: Table, rows: list[Row], material: Material) -> Iterator[tuple[str, bytes]]:
    columns = columns_of(table, material)
    yield f"csv/{table.name}.csv", "".join(lines([c.name for c in columns], rows)).encode()
    yield f"parquet/{table.name}.parquet", written(columns, rows)


def _codebook(material: Material, release: Release, counts: Mapping[str, int]) -> str:
    out = [f"# {release.title}", "", f"Version {release.version}, {release.day}, by {', '.join(release.authors)}.", ""]
    out += [f"Written by Communique {__version__} of what documents say; nothing here is known to be true.", ""]
    out += [
        "In CSV, lists are joined with semicolons, and an apostrophe stands before what a spreadsheet could take for"
    ]
    out += ["a formula. Days are ISO 8601, dates of unsure precision EDTF (ISO 8601-2).", ""]
    for table in TABLES.values():
        out += [f"## {table.name}", "", f"{table.about} {counts[table.name]:,} rows.", ""]
        out += ["| column | type | what it says |", "|---|---|---|"]
        out += [f"| `{c.name}` | {c.kind} | {c.about} |" for c in columns_of(table, material)] + [""]
    return "\n".join(out)


def _citation(release: Release) -> str:
    """CITATION.cff 1.2.0; its texts are JSON strings, which YAML reads as they are."""
    out = ["cff-version: 1.2.0", 'message: "If you use these data, please cite them as below."', "type: dataset"]
    out += [f"title: {_quoted(release.title)}", f"version: {_quoted(release.version)}", f"date-released: {release.day}"]
    out += [f"license: {_quoted(release.licence)}"] if release.licence else []
    out += ["authors:", *(f"  - name: {_quoted(author)}" for author in release.authors)]
    return "\n".join(out) + "\n"


def _quoted(text: str) -> str:
    return json_line({"": text})[5:-1]
