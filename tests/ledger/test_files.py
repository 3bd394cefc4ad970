"""Ledgers as files: migrations, several programs at once, damage, backups."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from communique.errors import LedgerBusyError, LedgerDamagedError, LedgerError, LedgerTooNewError
from communique.ledger import fulltext, open_ledger, sqlite, upgrade
from communique.ledger.schema import metadata
from tests.ledger.test_store import RUN
from tests.ledger.writers import the_second_waits
from tests.readings import sample


@pytest.fixture
def path(tmp_path):
    return tmp_path / "ledger.db"


def file_at(path, create=True):
    return sqlite.File(path, create=create, patience=1)


def of_ours(thing, name, kind, *_):
    """Whether something is of ``schema``, which leaves out the index of words: each database has its own."""
    return not str(name if kind == "table" else thing.table.name).startswith(fulltext.TABLE)


def older(path, revision="0001"):
    """A ledger as an older program left it, with a document in it."""
    held = file_at(path)
    held.prepare()
    upgrade.migrate(held, revision)
    with held.engine.connect() as connection:
        raw = connection.connection.driver_connection
        raw.execute("INSERT INTO documents VALUES (1, 'a1', 1, 'title', 'text', 'hash')")
    held.engine.dispose()


def columns(path):
    with closing(sqlite3.connect(path)) as connection:
        return {row[1] for row in connection.execute("PRAGMA table_info(issues)")}


def test_the_migrations_lead_to_the_schema(location):
    with open_ledger(location) as ledger, ledger._held.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": of_ours})
        assert compare_metadata(context, metadata) == []


def test_the_newest_migration_is_known():
    folder = Path(upgrade.__file__).parent / "migrations"
    assert ScriptDirectory(str(folder)).get_heads() == [upgrade.NEWEST]


def test_an_older_ledger_is_migrated_after_a_backup(path):
    older(path)
    assert "original" not in columns(path)
    with open_ledger(path) as ledger:
        assert ledger.revision == 0
    assert "original" in columns(path)
    backup = path.with_name("ledger.db.0001.backup")
    assert "original" not in columns(backup)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT id FROM documents").fetchall() == [("a1",)]


def test_a_migration_that_breaks_off_changes_nothing(path, monkeypatch):
    older(path)

    def breaks_off(connection, target):
        connection.exec_driver_sql("CREATE TABLE half_way (x)")
        raise KeyboardInterrupt

    monkeypatch.setattr(upgrade, "_run", breaks_off)
    with pytest.raises(KeyboardInterrupt):
        open_ledger(path)
    monkeypatch.undo()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master WHERE name = 'half_way'").fetchall() == []
    with open_ledger(path) as ledger:
        assert list(ledger.documents()) == []


def test_an_older_ledger_opened_for_reading_is_refused(path):
    older(path)
    with pytest.raises(LedgerError, match="has older tables"):
        open_ledger(path, read_only=True)


def test_a_ledger_of_a_later_program_is_refused_with_a_hint(path):
    open_ledger(path).close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(LedgerTooNewError, match="written by a later version") as raised:
        open_ledger(path)
    assert "Install that version" in raised.value.remedy


def test_other_files_are_no_ledgers(path, tmp_path):
    path.write_text("This is a letter, and long enough to be taken for a file of pages." * 20)
    with pytest.raises(LedgerDamagedError, match="is not a ledger"):
        open_ledger(path)
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection, connection:
        connection.execute("CREATE TABLE bookmarks (url)")
    with pytest.raises(LedgerDamagedError, match="is not a ledger"):
        open_ledger(other)


def test_a_second_writer_waits_and_is_told_who_holds_the_ledger(path):
    with open_ledger(path, program="communique read") as first, open_ledger(path, patience=0.05) as second:
        the_second_waits(first, second, rf"communique read \(process {os.getpid()}\)")
    assert not path.with_name("ledger.db.writer").exists()


def test_a_note_left_behind_hinders_nobody(path):
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    note = path.with_name("ledger.db.writer")
    with open_ledger(path, patience=0.05) as ledger:
        note.write_text(json.dumps({"program": "old", "process": ended.pid, "host": os.uname().nodename}))
        assert sqlite.writer_of(path) == "another program"
        ledger.put([sample()], RUN)
        note.write_text("{]")
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(LedgerBusyError, match="another program"):
                ledger.put([sample("a2")], RUN)
    note.write_text(json.dumps({"program": "far", "process": 1, "host": "elsewhere"}))
    assert sqlite.writer_of(path) == "far (process 1 on elsewhere)"


KILLED = """
import os, signal, sys
from communique.ledger import Run, open_ledger
from tests.readings import sample
run = Run("1.0", "k1", "2031-03-05")
def readings():
    yield from (sample(f"b{n:03}") for n in range(250))
    os.kill(os.getpid(), signal.SIGKILL)
with open_ledger(sys.argv[1]) as ledger:
    ledger.put([sample("a1")], run)
    ledger.put(readings(), run)
"""


def test_what_was_put_in_outlives_a_killed_writer_and_nothing_half_does(path):
    root = Path(__file__).parents[2]
    killed = subprocess.run([sys.executable, "-c", KILLED, str(path)], cwd=root, check=False)
    assert killed.returncode == -9
    with open_ledger(path) as ledger:
        assert [document.id for document in ledger.documents()] == ["a1"]
        assert list(ledger.verify()) == []
        ledger.put([sample("a2")], RUN)


def test_the_pulse_changes_when_somebody_else_writes(path):
    with open_ledger(path) as ledger, open_ledger(path, read_only=True) as reader:
        before = reader.pulse()
        assert reader.pulse() == before
        ledger.put([sample()], RUN)
        assert reader.pulse() != before
        reader.close()
        assert (reader.pulse() is not None, reader.revision) == (True, ledger.revision)


def test_connections_distrust_the_file(path):
    open_ledger(path).close()
    held = file_at(path, create=False)
    with held.engine.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("trusted_schema", "foreign_keys", "journal_mode", "application_id")
        }
    held.engine.dispose()
    assert settings == {
        "trusted_schema": 0,
        "foreign_keys": 1,
        "journal_mode": "wal",
        "application_id": sqlite.APPLICATION_ID,
    }


def change(path, statement, *arguments):
    with closing(sqlite3.connect(path)) as connection, connection:
        assert connection.execute(statement, arguments).rowcount > 0


DAMAGE = [
    ("UPDATE documents SET text = replace(text, 'Marek', 'Silva')", "document", "a1", "is not the one that was stored"),
    ("UPDATE documents SET title = 'Another'", "document", "a1", "is not the one that was stored"),
    ("UPDATE report_fields SET start = 1 WHERE field = 'channel'", "report", "a1-r1", "channel: the words at 1-"),
    ("UPDATE report_fields SET stop = 99999 WHERE field = 'quote'", "report", "a1-r1", "quote: the words at"),
    ("UPDATE claim_fields SET start = 1 WHERE field = 'count'", "claim", "a1-c1", "count: the words at 1-"),
    ("UPDATE action_fields SET part = 'title' WHERE field = 'by'", "agreementaction", "a1-g1", "by: the words at"),
    ("UPDATE reports SET trigger_start = 0", "report", "a1-r1", "the words at 0-"),
    ("INSERT INTO contacts VALUES ('c1')", None, None, None),
    ("INSERT INTO contact_members VALUES ('c1', 0, 'nowhere')", "contact", "c1", "report nowhere is not in the ledger"),
    ("UPDATE reports SET reading_key = 77", "page", "", "row 1 of reports refers to a row of readings"),
]


@pytest.mark.parametrize(("statement", "what", "identity", "message"), DAMAGE)
def test_verify_names_what_is_bent(path, statement, what, identity, message):
    with open_ledger(path) as ledger:
        ledger.put([sample()], RUN)
    change(path, statement)
    with open_ledger(path) as ledger:
        found = list(ledger.verify())
    if what is None:
        assert found == []
    else:
        assert any((damage.what, damage.id) == (what, identity) and message in damage.message for damage in found)


def test_verify_names_a_damaged_page_and_goes_on(path):
    with open_ledger(path) as ledger:
        ledger.put((sample(f"a{n:04}") for n in range(300)), RUN)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    content = bytearray(path.read_bytes())
    page = content.rindex(sample("a0299").document.text.encode()) // size
    content[page * size : (page + 1) * size] = b"\xff" * size
    path.write_bytes(content)
    with open_ledger(path) as ledger:
        found = list(ledger.verify())
    assert any(damage.what == "page" and "documents" in damage.message for damage in found)
    lost = {damage.id for damage in found if damage.what == "document"}
    assert "a0299" in lost
    assert "a0001" not in lost


def test_reading_a_damaged_file_is_an_error_that_says_so(path):
    with open_ledger(path) as ledger:
        ledger.put((sample(f"a{n:04}") for n in range(300)), RUN)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    content = bytearray(path.read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    path.write_bytes(content)
    with pytest.raises(LedgerDamagedError, match="is damaged"), open_ledger(path) as ledger:
        list(ledger.readings())


def test_a_backup_of_a_ledger_in_use(path, tmp_path):
    copy = tmp_path / "copy.db"
    with open_ledger(path) as ledger:
        ledger.put([sample()], RUN)
        stream = ledger.reports()
        next(stream)
        ledger.backup(copy)
        stream.close()
    with open_ledger(copy, create=False, read_only=True) as ledger:
        assert list(ledger.readings()) == [sample()]
        assert list(ledger.verify()) == []


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(LedgerError, match="unable to open") as raised:
        open_ledger(tmp_path / "none" / "ledger.db")
    assert "folder" in raised.value.remedy


def test_a_full_disk_leaves_the_ledger_as_it_was(path):
    with open_ledger(path) as ledger:
        ledger.put([sample("a1")], RUN)
        with ledger._held.engine.connect() as connection:
            raw = connection.connection.driver_connection
            pages = raw.execute("PRAGMA page_count").fetchone()[0]
            raw.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(LedgerError, match="full") as raised:
            ledger.put((sample(f"b{n}") for n in range(100)), RUN)
        assert "Free some space" in raised.value.remedy
        assert [document.id for document in ledger.documents()] == ["a1"]
        assert list(ledger.verify()) == []
