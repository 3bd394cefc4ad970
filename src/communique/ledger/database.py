"""What a ledger needs of its database beside the SQL that all of them understand, and which database a name means.

``sqlite.File`` is the ledger of one machine, ``postgres.Server`` that of a team; both have the same tables.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from communique.errors import CommuniqueError, UsageError

FILE, SERVER = "sqlite", "postgresql"


class Database(Protocol):
    """A database that holds one ledger."""

    @property
    def engine(self) -> Engine:
        """Its connections; a reader sees one state for as long as its transaction lasts."""

    @property
    def name(self) -> str:
        """What people are told it is called: a path, or an address without the password."""

    def absent(self, create: bool) -> bool:
        """Whether there is nothing to open, or (if it may be made) nothing that could be one."""

    def copy_file(self, target: Path) -> bool:
        """Copies the ledger as one file, also while others write to it; False if it is no file."""

    def prepare(self) -> None:
        """Settings that stay with a new ledger."""

    def writing(self, connection: Connection, program: str) -> AbstractContextManager[Connection]:
        """A transaction that alone writes, for as long as it lasts; others are told that ``program`` does."""

    def migrating(self, connection: Connection) -> AbstractContextManager[None]:
        """What holds around a migration."""

    def keep_older(self, version: str) -> None:
        """Puts a copy of the ledger by before its tables are changed."""

    def take_stock(self, connection: Connection) -> None:
        """Looks how many rows there are of what, so that questions are answered by way of the right index."""

    def pulse(self) -> int | None:
        """A number that is another one as soon as anybody has written; None where only a question to the tables tells.

        It is much cheaper than a question, and means nothing to another process.
        """

    def let_go(self) -> None:
        """Closes all connections; they are made again when somebody asks."""

    def check_pages(self, connection: Connection) -> Iterator[str]:
        """What the database itself finds wrong with what it stores."""

    def explained(self, error: Exception) -> CommuniqueError:
        """What an error of the database means for whoever uses the ledger."""


def database(name: str | Path, *, create: bool, read_only: bool, patience: float, program: str) -> Database:
    """The database that a path, ``sqlite:///path`` or ``postgresql://…`` names. Raises UsageError for other schemes."""
    scheme, separator, rest = str(name).partition("://")
    kind = scheme.partition("+")[0] if separator else FILE
    if kind == SERVER:
        from communique.ledger.postgres import Server

        return Server(str(name), read_only=read_only, patience=patience, program=program)
    if kind == FILE:
        from communique.ledger.sqlite import File

        path = Path(rest.removeprefix("/") if separator else name)
        return File(path, create=create, read_only=read_only, patience=patience)
    remedy = "Name a file, or postgresql://user@host/database."
    raise UsageError(f"Not a ledger that can be opened: {scheme}://…", remedy)


@contextmanager
def explaining(held: Database) -> Iterator[None]:
    """Inside, errors of the database become those of ``communique.errors``."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        raise held.explained(error) from error
