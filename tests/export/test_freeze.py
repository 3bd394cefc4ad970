"""A release is whole, says what it is, and is the same to the byte when it is made again."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from communique.errors import UsageError
from communique.export.freeze import SUMS, Release, files, freeze
from communique.export.material import Material, Options
from communique.export.tables import TABLES
from communique.ledger import open_ledger
from tests.cli.program import called
from tests.export.ledgers import filled, material, of_store, told
from tests.readings import sample

RELEASE = Release(date(2031, 5, 22), 'Calls: "of" 2030\n', ("Ana Silva", "Ivo #Marek"), licence="CC-BY-4.0")


def held() -> Material:
    return material([sample(), told("one", ("FRA", "USA")), told("two", ("FRA", "USA"), status="planned")])


def test_a_release_made_again_is_the_same() -> None:
    assert list(files(held(), RELEASE)) == list(files(held(), RELEASE))
    assert list(files(held(), RELEASE)) != list(files(held(), replace(RELEASE, day=date(2031, 5, 23))))


def test_every_file_has_its_checksum(tmp_path: Path) -> None:
    count = freeze(held(), RELEASE, tmp_path / "release")
    folder = tmp_path / "release"
    sums = dict(reversed(line.split("  ")) for line in (folder / SUMS).read_text("utf-8").splitlines())  # type: ignore[misc]
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert sums.keys() | {SUMS} == there
    assert len(there) == count
    assert all(sha256((folder / name).read_bytes()).hexdigest() == digest for name, digest in sums.items())


def test_csv_parquet_and_codebook_agree(tmp_path: Path) -> None:
    folder = tmp_path / "release"
    freeze(held(), RELEASE, folder)
    codebook = (folder / "CODEBOOK.md").read_text("utf-8")
    for name, table in TABLES.items():
        with (folder / f"csv/{name}.csv").open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        columns = pq.read_table(folder / f"parquet/{name}.parquet")
        assert columns.column_names == [column.name for column in table.columns]
        assert columns.num_rows == len(rows)
        assert f"{len(rows):,} rows." in codebook
        assert all(f"`{column.name}`" in codebook for column in table.columns)


def test_the_citation_is_what_was_said() -> None:
    citation = dict(files(held(), RELEASE))["CITATION.cff"].decode()
    assert 'title: "Calls: \\"of\\" 2030\\n"' in citation
    assert citation.endswith('authors:\n  - name: "Ana Silva"\n  - name: "Ivo #Marek"\n')
    assert "date-released: 2031-05-22" in citation


def test_texts_only_where_they_are_asked_for(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "l.db") as ledger:
        filled(ledger, [sample()])
        without = dict(files(of_store(ledger), RELEASE))
        whole = dict(files(of_store(ledger, Options(text=True)), RELEASE))
    assert whole.keys() - without.keys() == {"ledger.jsonl"}
    assert b"since late January" in whole["csv/documents.csv"]
    assert b"since late January" not in without["csv/documents.csv"]


def test_no_release_is_written_over_another(tmp_path: Path) -> None:
    freeze(held(), RELEASE, tmp_path / "release")
    with pytest.raises(UsageError, match="not empty"):
        freeze(held(), RELEASE, tmp_path / "release")


def test_the_command_wants_a_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with open_ledger("l.db") as ledger:
        filled(ledger, [sample()])
    assert called(["freeze", "out", "--ledger", "l.db"])[0] == 2
    assert called(["freeze", "out", "--ledger", "l.db", "--date", "May"])[0] == 2
    assert called(["freeze", "out", "--ledger", "l.db", "--date", "2031-05-22"])[0] == 0
    assert (tmp_path / "out" / SUMS).is_file()
