"""All that is particular to PostgreSQL: connections, the lock of the one writer, errors, the copy before a migration.

Readers see one state for as long as they read (REPEATABLE READ). A writer takes an advisory lock first, which ends
with its transaction, however that ends; whoever waits for it too long is told the program that holds it.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from communique.errors import CommuniqueError, LedgerBusyError, LedgerDamagedError, LedgerError, UsageError

#: "Cmnq": tells our advisory locks from those of other programs in the same database.
LOCK = 0x436D6E71
_REPAIR = "Install it: pip install 'communique[postgres]'"
_TAKE = text("SELECT pg_advisory_xact_lock(:lock, hashtext(current_schema()))")
_HOLDER = text(
    "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid WHERE l.locktype = 'advisory' "
    "AND l.granted AND l.classid = :lock AND l.objid = hashtext(current_schema())::bigint & 4294967295"
)
#: SQLSTATE, or its class → what to do.
_REMEDIES = {
    "53100": "Free some space on the server's disk and run the command again; what was stored before is whole.",
    "42501": "Ask for the right to write to this database, or name another ledger.",
    "25006": "The ledger was opened for reading, or the server takes no changes now.",
    "28": "Check the user and the password.",
    "3D": "Make the database first: createdb NAME",
    "": "Check that the server runs and can be reached, and the names in the address.",
}
_LOCKED = ("55P03", "40P01", "40001")
_DAMAGED = ("XX001", "XX002")


class Server:
    """A ledger in a database of a server; ``patience`` is how many seconds to wait for another writer."""

    def __init__(self, address: str, *, read_only: bool = False, patience: float = 5.0, program: str = "") -> None:
        self._url = _url(address)
        self._read_only, self._patience = read_only, patience
        self._told = f"{program} (process {os.getpid()} on {socket.gethostname()})"[:63]

    @property
    def name(self) -> str:
        """The address as it was given, without the password."""
        return self._url.set(drivername="postgresql").render_as_string(hide_password=True)

    @cached_property
    def engine(self) -> Engine:
        """Connections that see one state while they read; no query of ours is worth compiling."""
        options = f"{self._url.query.get('options', '')} -c jit=off -c lock_timeout={max(1, self._patience * 1000):.0f}"
        if self._read_only:
            options += " -c default_transaction_read_only=on"
        given: dict[str, object] = {"options": options, "application_name": self._told, "connect_timeout": 10}
        try:
            return create_engine(self._url, isolation_level="REPEATABLE READ", max_overflow=-1, connect_args=given)
        except ModuleNotFoundError as error:
            raise UsageError("A ledger in PostgreSQL needs the package psycopg.", _REPAIR) from error

    def absent(self, create: bool) -> bool:
        """Shows only when the server is asked."""
        return False

    def copy_file(self, target: Path) -> bool:
        """There is no file that could be copied."""
        return False

    def prepare(self) -> None:
        """Nothing has to be set."""

    @contextmanager
    def writing(self, connection: Connection, program: str) -> Iterator[Connection]:
        """Who has waited for the lock must see what was written meanwhile, so every statement sees what is there."""
        writer = connection.execution_options(isolation_level="READ COMMITTED")
        with writer.begin():
            writer.execute(_TAKE, {"lock": LOCK})
            yield writer

    @contextmanager
    def migrating(self, connection: Connection) -> Iterator[None]:
        """Changes of tables are part of the transaction like any other."""
        yield

    def keep_older(self, version: str) -> None:
        """The copy is a schema beside the ledger's, and bears the version of its tables."""
        with self.engine.begin() as connection:
            here = str(connection.execute(text("SELECT current_schema()")).scalar_one())
            quoted = connection.dialect.identifier_preparer.quote
            copy = quoted(f"{here}_{version}_backup")
            connection.execute(text(f"DROP SCHEMA IF EXISTS {copy} CASCADE"))
            connection.execute(text(f"CREATE SCHEMA {copy}"))
            for table in inspect(connection).get_table_names():
                connection.execute(text(f"CREATE TABLE {copy}.{quoted(table)} AS TABLE {quoted(table)}"))

    def take_stock(self, connection: Connection) -> None:
        """The server does it by itself."""

    def pulse(self) -> int | None:
        """A server has no such number."""
        return None

    def let_go(self) -> None:
        """Ends the sessions."""
        self.engine.dispose()

    def check_pages(self, connection: Connection) -> Iterator[str]:
        """The server checks its pages when it reads them, and everything is read to verify it."""
        yield from ()

    def explained(self, error: Exception) -> CommuniqueError:
        """By the code that the server gives the error."""
        cause = error.orig if isinstance(error, DBAPIError) else error
        code = str(getattr(cause, "sqlstate", None) or "")
        if code in _LOCKED:
            holder = self._holder()
            return LedgerBusyError(f"{self.name} is being written to by {holder}.", "Wait, then try again.")
        message = f"{self.name}: {' '.join(str(cause).split())}"
        if code in _DAMAGED:
            return LedgerDamagedError(message, "Restore a backup: communique restore")
        return LedgerError(message, _REMEDIES.get(code) or _REMEDIES.get(code[:2], ""))

    def _holder(self) -> str:
        try:
            with self.engine.connect() as connection:
                return str(connection.execute(_HOLDER, {"lock": LOCK}).scalar() or "another program")
        except SQLAlchemyError:
            return "another program"


def _url(address: str) -> URL:
    try:
        return make_url(address).set(drivername="postgresql+psycopg")
    except ArgumentError as error:
        raise UsageError(f"Not an address of a database: {error}", "Write postgresql://user@host/database") from error
