"""Ledgers moved between databases, and ledgers from strangers."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from communique.errors import LedgerDamagedError, LedgerError
from communique.ledger import Ledger, copy_ledger, new_judgement, open_ledger, restore_ledger
from communique.ledger.schema import metadata
from communique.model import Contact, Issue
from tests.ledger.test_store import BETTER, RUN, misread
from tests.readings import TEXT, sample


def filled(location: str | Path) -> str | Path:
    """A ledger with something in every table that tests can fill by the store."""
    with open_ledger(location) as ledger:
        ledger.put([misread(sample("a1")), sample("a2")], RUN)
        ledger.put([sample("a1"), sample("a2", "UPDATED. " + TEXT)], BETTER)
        ledger.finish(BETTER, "2031-03-06T11:00:00+00:00")
        ledger.put_contacts([Contact("c1", ("a1-r1",)), Contact("c2", ("a2-r1",))])
        ledger.put_contacts([Contact("c1", ("a1-r1", "a2-r1"))], mark="m")
        ledger.add_judgement(new_judgement("accept", ("a1-r1",), "eve", "2031-03-07T09:00:00+00:00"))
        ledger.put_aside([Issue("not-text", "no text", path="x.bin", fatal=True)], bytes(range(256)))
    return location


def rows(ledger: Ledger) -> dict[str, list[tuple[object, ...]]]:
    with ledger._held.engine.connect() as connection:
        tables = metadata.sorted_tables
        return {t.name: [tuple(r) for r in connection.execute(select(t).order_by(*t.primary_key))] for t in tables}


@pytest.mark.parametrize(("there", "back"), [("in_files", "on_server"), ("on_server", "in_files")])
def test_a_ledger_moves_to_another_database_and_back_without_loss(request, there, back):
    make, other = request.getfixturevalue(there), request.getfixturevalue(back)
    source, moved, returned = filled(make()), other(), make()
    count = copy_ledger(source, moved)
    assert copy_ledger(moved, returned) == count
    with open_ledger(source) as one, open_ledger(moved) as two, open_ledger(returned) as three:
        assert rows(one) == rows(two) == rows(three)
        assert list(one.readings()) == list(two.readings())
        assert list(one.judgements()) == list(two.judgements())
        assert [hit.document for hit in two.search("river treaty updated")] == ["a2"]
        assert two.put([sample("a3")], BETTER).new == 1
        assert list(two.verify()) == []


def test_a_backup_of_a_server_is_a_file(on_server, tmp_path):
    copy = tmp_path / "copy.db"
    with open_ledger(filled(on_server())) as ledger:
        ledger.backup(copy)
        with open_ledger(copy, read_only=True) as other:
            assert rows(ledger) == rows(other)
    assert [path.name for path in tmp_path.iterdir()] == ["copy.db"]


def test_a_ledger_that_holds_something_is_not_copied_over(in_files):
    with pytest.raises(LedgerError, match="is not empty"):
        copy_ledger(filled(in_files()), filled(in_files()))


def test_a_backup_is_restored_in_the_place_of_what_is_there(make_location, tmp_path):
    location, saved = filled(make_location()), tmp_path / "saved.db"
    with open_ledger(location) as ledger:
        before = rows(ledger)
        ledger.backup(saved)
        ledger.put([sample("a9")], BETTER)
    restore_ledger(saved, location)
    with open_ledger(location) as ledger:
        assert rows(ledger) == before
        assert [hit.document for hit in ledger.search("trade")] == ["a1", "a2"]
        assert list(ledger.verify()) == []


STRANGE = [
    ("CREATE VIEW documents_seen AS SELECT load_extension('x') FROM documents", "a view 'documents_seen'"),
    ("CREATE TRIGGER t AFTER INSERT ON documents BEGIN SELECT 1; END", "a trigger 't'"),
    ("ALTER TABLE names ADD COLUMN more AS (upper(name))", "a computed column names.more"),
    ("UPDATE documents SET text = replace(text, 'Marek', 'Silva')", "is not the one that was stored"),
    ("UPDATE report_fields SET start = 1 WHERE field = 'channel'", "channel: the words at 1-"),
    ("UPDATE report_fields SET value = '{]' WHERE field = 'parties'", "a row cannot be read"),
    ("UPDATE readings SET published_reasons = 'x'", "a row cannot be read"),
]


@pytest.mark.parametrize(("statement", "told"), STRANGE)
def test_a_ledger_from_a_stranger_is_checked_before_anything_of_it_is_kept(in_files, statement, told):
    source, target = filled(in_files()), in_files()
    with closing(sqlite3.connect(source)) as connection, connection:
        connection.execute(statement)
    before = Path(source).read_bytes()
    with pytest.raises(LedgerDamagedError, match="is not copied") as raised:
        copy_ledger(source, target)
    assert told in str(raised.value)
    assert Path(source).read_bytes() == before
    with open_ledger(target) as ledger:
        assert list(ledger.documents()) == []


def test_a_view_in_the_place_of_a_table_runs_nothing(in_files):
    source = filled(in_files())
    with closing(sqlite3.connect(source)) as connection, connection:
        connection.execute("ALTER TABLE names RENAME TO held")
        endless = "WITH RECURSIVE n(name) AS (SELECT 'x' UNION ALL SELECT name FROM n) SELECT name FROM n"
        connection.execute(f"CREATE VIEW names AS {endless}")
    with pytest.raises(LedgerDamagedError, match="a view 'names'"):
        copy_ledger(source, in_files())


def test_what_is_copied_can_be_judged_and_read_on(in_files):
    source, target = filled(in_files()), in_files()
    copy_ledger(source, target)
    with open_ledger(target) as ledger:
        undone = ledger.undo(next(ledger.judgements()).id, "ann", "2031-03-08T09:00:00+00:00")
        assert replace(undone, id="") in [replace(one, id="") for one in ledger.judgements()]
