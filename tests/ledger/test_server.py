"""Ledgers on a server: several programs at once, an older ledger, what the server refuses."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from communique.errors import LedgerDamagedError, LedgerError, LedgerTooNewError, NotFoundError
from communique.ledger import open_ledger, upgrade
from communique.ledger.postgres import Server
from tests.ledger.test_store import RUN
from tests.ledger.writers import the_second_waits
from tests.readings import sample

WRITER = """
import sys
from communique.ledger import Run, open_ledger
from tests.readings import sample
run = Run("1.0", "k1", sys.argv[2])
with open_ledger(sys.argv[1], program="writer", patience=60) as ledger:
    for n in range(6):
        ledger.put([sample(f"{sys.argv[2]}-{n}-{m}") for m in range(5)] + [sample(f"both-{n}")], run)
"""


def begun(*arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, *arguments], cwd=Path(__file__).parents[2], stderr=subprocess.PIPE)


def test_several_writers_and_readers_at_once_lose_nothing_and_double_nothing(make_location):
    location = str(make_location())
    writers = [begun("-c", WRITER, location, name) for name in ("w1", "w2", "w3")]
    with open_ledger(location, read_only=True) as ledger:
        while any(writer.poll() is None for writer in writers):
            read = [reading.document.id for reading in ledger.readings()]
            assert len(read) == len(set(read))
    assert [writer.communicate()[1] for writer in writers] == [b"", b"", b""]
    wanted = sorted({f"{w}-{n}-{m}" for w in ("w1", "w2", "w3") for n in range(6) for m in range(5)})
    with open_ledger(location) as ledger:
        assert [document.id for document in ledger.documents()] == [f"both-{n}" for n in range(6)] + wanted
        assert list(ledger.verify()) == []


def test_a_second_writer_waits_and_is_told_who_holds_the_ledger(on_server):
    location = on_server()
    with (
        open_ledger(location, program="communique read") as first,
        open_ledger(location, patience=0.05) as second,
    ):
        the_second_waits(first, second, r"by communique read \(process \d+ on ")


KILLED = """
import os, signal, sys
from communique.ledger import Run, open_ledger
from tests.readings import sample
def readings():
    yield from (sample(f"b{n:03}") for n in range(250))
    os.kill(os.getpid(), signal.SIGKILL)
with open_ledger(sys.argv[1]) as ledger:
    ledger.put([sample("a1")], Run("1.0", "k1", "2031-03-05"))
    ledger.put(readings(), Run("1.0", "k1", "2031-03-05"))
"""


def test_a_killed_writer_leaves_no_lock_and_nothing_half_done(on_server):
    location = on_server()
    killed = begun("-c", KILLED, location)
    killed.communicate()
    assert killed.returncode == -9
    with open_ledger(location, patience=30) as ledger:
        ledger.put([sample("a2")], RUN)
        assert [document.id for document in ledger.documents()] == ["a1", "a2"]
        assert list(ledger.verify()) == []


def older(address: str, revision: str) -> None:
    held = Server(address)
    upgrade.migrate(held, revision)
    with held.engine.begin() as connection:
        connection.execute(text("INSERT INTO documents VALUES (1, 'a1', 1, 'title', 'some words', 'hash')"))
    held.engine.dispose()


@pytest.mark.parametrize("revision", ["0001", "0002", "0003"])
def test_an_older_ledger_is_migrated_after_a_copy_in_a_schema_beside_it(new_database, revision):
    address = new_database()
    older(address, revision)
    with pytest.raises(LedgerError, match="has older tables"):
        open_ledger(address, read_only=True)
    with open_ledger(address) as ledger, ledger._held.engine.connect() as connection:
        kept = connection.execute(text(f'SELECT id FROM "public_{revision}_backup".documents')).scalars().all()
        found = connection.execute(text("SELECT document_key FROM full_text")).scalars().all()
    assert (kept, found) == (["a1"], [1])


def test_a_migration_that_breaks_off_changes_nothing(new_database, monkeypatch):
    address = new_database()
    older(address, "0001")

    def breaks_off(connection, target):
        connection.exec_driver_sql("CREATE TABLE half_way (x int)")
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(upgrade, "_run", breaks_off)
        with pytest.raises(KeyboardInterrupt):
            open_ledger(address)
    with open_ledger(address) as ledger, ledger._held.engine.connect() as connection:
        assert connection.execute(text("SELECT to_regclass('half_way')")).scalar() is None


def test_ledgers_that_cannot_be_opened(new_database, on_server):
    with pytest.raises(NotFoundError, match="There is no ledger in"):
        open_ledger(new_database(), create=False)
    held = Server(new_database())
    with held.engine.begin() as connection:
        connection.execute(text("CREATE TABLE bookmarks (url text)"))
    with pytest.raises(LedgerDamagedError, match="is not a ledger"):
        open_ledger(held._url.render_as_string(hide_password=False))
    held.engine.dispose()
    held = Server(address := new_database())
    upgrade.migrate(held)
    with held.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    held.engine.dispose()
    with pytest.raises(LedgerTooNewError, match="written by a later version"):
        open_ledger(address)


def test_a_server_that_is_not_there_is_an_error_that_tells_no_password():
    with pytest.raises(LedgerError) as raised:
        open_ledger("postgresql://eve:secret@127.0.0.1:1/none")
    assert "secret" not in str(raised.value)
    assert "postgresql://eve:***@127.0.0.1:1/none" in str(raised.value)
    assert "Check that the server runs" in raised.value.remedy
