"""The Python interface: reading without a database, a ledger to ask."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pyarrow as pa
import pytest

import communique
from communique.errors import CommuniqueError, NotFoundError, UsageError
from communique.library import read_all
from tests.cli.program import called

CALL = "Joe Biden spoke by phone with Vladimir Putin on July 9, 2021."


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "call.txt").write_text(CALL, "utf-8")
    assert called(["read", "--ledger", "l.db", "--published", "2021-07-10", "call.txt"])[0] == 0
    return tmp_path / "l.db"


def test_a_text_or_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "call.txt").write_text(CALL, "utf-8")
    for source in (CALL, tmp_path / "call.txt", str(tmp_path / "call.txt")):
        reading = communique.read(source, published="2021-07-10")
        assert [r.channel.value for r in reading.reports] == ["phone"]
        assert reading.document.published.edtf == "2021-07-10"


def test_what_cannot_be_read_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no such file") as told:
        communique.read(tmp_path / "none.txt")
    assert told.value.remedy
    (tmp_path / "two.jsonl").write_text('{"text": "One."}\n{"text": "Two."}\n', "utf-8")
    with pytest.raises(UsageError, match="holds 2 documents"):
        communique.read(tmp_path / "two.jsonl")
    assert [r.document.text for r in read_all(tmp_path / "two.jsonl")] == ["One.", "Two."]


def test_notes_come_with_the_reading() -> None:
    reading = communique.read("Joe Biden \x1b met Vladimir Putin.")
    assert [issue.code for issue in reading.issues] == ["control-characters"]


def test_a_ledger_is_asked(ledger: Path) -> None:
    with communique.open(ledger) as held:
        rows = held.contacts(between=("Russia", "USA"), since="2021-07", channel="phone")
        assert len(rows) == 1
        assert rows[0].when is not None
        assert rows[0].when.edtf == "2021-07-09"
        assert len(rows[:1]) == 1
        assert rows.to_dicts()[0]["status"] == "held"
        assert not held.contacts(until="2020")
        assert held.compare(rows[0].id).id == rows[0].id
        (verdict,) = held.check("Putin and Biden held two telephone conversations in July 2021.", "2021-08-01")
        assert verdict.counted == 1
        with pytest.raises(NotFoundError):
            held.compare("nothing")
        with pytest.raises(UsageError, match="no state or organisation"):
            held.contacts(between=("Atlantis",))


def test_answers_are_tables_for_others(ledger: Path) -> None:
    with communique.open(ledger) as held:
        rows = held.contacts()
        parties = held.table("parties")
        assert len(parties) == 2
        assert parties.to_dicts()[0]["state"] == "RUS"
        assert repr(parties) == "<2 rows of parties>"
        assert "text" in held.table("documents", text=True).to_dicts()[0]
        with pytest.raises(UsageError, match="unknown table"):
            held.table("people")
    for answer in (rows, parties):
        assert pa.table(answer).num_rows == len(answer)
        assert pl.DataFrame(answer).height == len(answer)
        assert answer.to_pandas().shape[0] == len(answer)
        assert answer.to_polars().columns == answer.to_arrow().column_names
        arrow = pa.RecordBatchReader.from_stream(answer)
        assert duckdb.from_arrow(arrow).fetchall()
    assert rows.to_polars()["first_day"].to_list() == [date(2021, 7, 9)]


def test_a_package_that_is_missing_is_named_with_its_extra(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with communique.open(ledger) as held, pytest.raises(CommuniqueError, match="needs pyarrow") as told:
        held.contacts().to_pandas()
    assert "communique[export]" in told.value.remedy


def test_only_these_names_are_public() -> None:
    assert set(communique.__all__) == {"__version__", "open", "read"}
    with pytest.raises(AttributeError):
        _ = communique.nothing
