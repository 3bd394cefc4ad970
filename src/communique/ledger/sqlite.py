"""All that is particular to SQLite: connections, the lock of the one writer, errors, backups, the check of pages.

A ledger file is opened with write-ahead log, foreign keys, and ``trusted_schema`` off, so that a file from a stranger
runs nothing. While a program writes, a note beside the file says who it is; the lock itself is SQLite's own and goes
with its process, so that a note left behind by a crash hinders nobody.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, inspect
from sqlalchemy.exc import DBAPIError

from communique.errors import CommuniqueError, LedgerBusyError, LedgerDamagedError, LedgerError

#: Marks a file as a ledger ("Cmnq"), for file(1) and for ourselves.
APPLICATION_ID = 0x436D6E71
_MAX_NOTE = 4096
_LITTLE = 1_000_000


class File:
    """A ledger in a file; ``patience`` is how many seconds to wait for another writer."""

    def __init__(self, path: Path, *, create: bool = True, read_only: bool = False, patience: float = 5.0) -> None:
        self.path = path
        self.engine = _engine(_uri(path, create=create, read_only=read_only), patience)
        self._pulse, self._feeling = _uri(path, create=False, read_only=True), threading.Lock()
        self._felt: sqlite3.Connection | None = None

    @property
    def name(self) -> str:
        """The path."""
        return str(self.path)

    def absent(self, create: bool) -> bool:
        """Whether there is no file, and (if one may be made) something else bears the name."""
        return not self.path.is_file() and (not create or self.path.exists())

    def copy_file(self, target: Path) -> bool:
        """Copies page by page."""
        backup(self.path, target)
        return True

    def prepare(self) -> None:
        """Settings that stay with a new file."""
        with self.engine.connect() as connection, _raw(connection) as raw:
            raw.execute("PRAGMA journal_mode = WAL")
            raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")

    @contextmanager
    def writing(self, connection: Connection, program: str) -> Iterator[Connection]:
        """Writers take the lock at once: a reader that becomes a writer half way could not be made to wait."""
        writer = connection.execution_options(communique_writes=True)
        with writer.begin(), noted_writer(self.path, program):
            yield writer

    @contextmanager
    def migrating(self, connection: Connection) -> Iterator[None]:
        """A table may have to be built anew, so references are not followed; broken ones are an error at the end."""
        with _raw(connection) as raw:
            raw.execute("PRAGMA foreign_keys = OFF")
            try:
                yield
            finally:
                raw.execute("PRAGMA foreign_keys = ON")

    def keep_older(self, version: str) -> None:
        """The copy lies beside the file and bears the version of its tables."""
        backup(self.path, self.path.with_name(f"{self.path.name}.{version}.backup"))

    def take_stock(self, connection: Connection) -> None:
        """Counts rows by sample."""
        with _raw(connection) as raw:
            raw.execute("PRAGMA analysis_limit = 400")
            raw.execute("PRAGMA optimize")

    def pulse(self) -> int | None:
        """By a connection of its own: SQLite counts what all others wrote."""
        with self._feeling:
            if self._felt is None:
                self._felt = sqlite3.connect(self._pulse, uri=True, isolation_level=None, check_same_thread=False)
            return int(self._felt.execute("PRAGMA data_version").fetchone()[0])

    def let_go(self) -> None:
        """Connections to a file must not be open while a process is forked."""
        self.engine.dispose()
        with self._feeling:
            if self._felt is not None:
                self._felt.close()
            self._felt = None

    def check_pages(self, connection: Connection) -> Iterator[str]:
        """Damaged pages, broken indexes, broken references."""
        try:
            yield from _integrity(connection, "PRAGMA integrity_check")
        except DBAPIError:
            # A bent page can end the check before it says which: then each table is checked by itself.
            for table in inspect(connection).get_table_names():
                yield from _table_integrity(connection, table)
        for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            yield f"row {row} of {table} refers to a row of {parent} that is not there"

    def explained(self, error: Exception) -> CommuniqueError:
        """By the name that SQLite gives the error."""
        return explained(error, self.path)


def _engine(uri: str, patience: float) -> Engine:
    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(uri, uri=True, timeout=patience, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA foreign_keys = ON")
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, max_overflow=-1)
    event.listen(engine, "begin", _begin)
    return engine


def _uri(path: Path, *, create: bool, read_only: bool) -> str:
    """A file where nothing can be written is opened as one that nobody changes, if nobody is changing it."""
    mode = "ro" if read_only else "rwc" if create else "rw"
    stuck = not os.access(path.parent, os.W_OK) or _left(path) < _LITTLE
    still = read_only and stuck and not _pending(path)
    return f"{path.absolute().as_uri()}?mode={mode}{'&immutable=1' if still else ''}"


def _pending(path: Path) -> bool:
    """Whether a write-ahead log holds changes that are not in the file yet."""
    try:
        return path.with_name(path.name + "-wal").stat().st_size > 0
    except OSError:
        return False


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("communique_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _raw(connection: Connection) -> Iterator[sqlite3.Connection]:
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    yield raw


def _integrity(connection: Connection, check: str) -> Iterator[str]:
    for (message,) in connection.exec_driver_sql(check).all():
        if message != "ok":
            yield str(message).removeprefix("*** in database main ***\n")


def _table_integrity(connection: Connection, table: str) -> Iterator[str]:
    try:
        yield from _integrity(connection, f'PRAGMA integrity_check("{table}")')
    except DBAPIError as error:
        yield f"table {table}: {error.orig}"


def backup(path: Path, target: Path) -> None:
    """Copies a ledger that may be in use; the copy appears under its name when it is whole."""
    part = target.with_name(target.name + ".part")
    source = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    with closing(source), closing(sqlite3.connect(part)) as copy:
        source.backup(copy)
        # The copy is one file: whoever gets it need not know of write-ahead logs.
        copy.execute("PRAGMA journal_mode = DELETE")
    os.replace(part, target)


@contextmanager
def noted_writer(path: Path, program: str) -> Iterator[None]:
    """Beside the file stands who is writing to it, while it is being written to."""
    note = _note(path)
    with suppress(OSError):
        note.write_text(json.dumps({"program": program, "process": os.getpid(), "host": socket.gethostname()}), "utf-8")
    try:
        yield
    finally:
        with suppress(OSError):
            note.unlink()


def writer_of(path: Path) -> str:
    """Who is writing to a file, as far as its note tells."""
    try:
        note = json.loads(_note(path).read_bytes()[:_MAX_NOTE])
        program, process, host = str(note["program"]), int(note["process"]), str(note["host"])
    except (OSError, ValueError, KeyError, TypeError):
        return "another program"
    here = host == socket.gethostname()
    if here and not _lives(process):
        return "another program"
    return f"{program} (process {process}{'' if here else f' on {host}'})"


def _note(path: Path) -> Path:
    return path.with_name(path.name + ".writer")


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass
    return True


def explained(error: Exception, path: Path) -> CommuniqueError:
    """What an error of SQLite means for whoever uses the ledger."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    name = str(getattr(cause, "sqlite_errorname", "") or "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        remedy = "Wait until it has finished, then try again."
        return LedgerBusyError(f"{path} is being written to by {writer_of(path)}.", remedy)
    if name.startswith("SQLITE_NOTADB"):
        return LedgerDamagedError(f"{path} is not a ledger.", "Name another file, or restore a backup.")
    if name.startswith("SQLITE_CORRUPT"):
        message = f"{path} is damaged: {cause}."
        return LedgerDamagedError(message, "`communique verify` names what is damaged; restore a backup.")
    # With no space left, SQLite may fail in a place where it can only say that writing failed.
    full = name.startswith("SQLITE_IOERR") and _left(path) < _LITTLE
    return LedgerError(f"{path}: {cause}.", _remedy("SQLITE_FULL" if full else name))


def _left(path: Path) -> int:
    """Bytes that are free where a file lies."""
    try:
        return shutil.disk_usage(path.parent).free
    except OSError:
        return 0


def _remedy(name: str) -> str:
    remedies = {
        "SQLITE_FULL": "Free some space on the disk and run the command again; what was stored before is whole.",
        "SQLITE_READONLY": "Make the file and its folder writable, or name another ledger.",
        "SQLITE_CANTOPEN": "Check that the folder exists and can be read and written.",
        "SQLITE_IOERR": "Check the disk; what was stored before is whole.",
    }
    return next((remedy for prefix, remedy in remedies.items() if name.startswith(prefix)), "")
