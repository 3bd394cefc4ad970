"""Brings a ledger to the tables of this program: makes them, or migrates them after a backup, in one transaction."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from communique.errors import LedgerDamagedError, LedgerError, LedgerTooNewError, NotFoundError
from communique.ledger.database import Database

#: The newest migration; a test holds it against the files.
NEWEST = "0004"
_MIGRATIONS = Path(__file__).parent / "migrations"
_EMPTY = ""
NO_LEDGER = "`communique read` makes one; --ledger names another."


def bring_up_to_date(held: Database, *, create: bool = True, read_only: bool = False) -> None:
    """Migrates where needed. Raises LedgerTooNewError for a ledger of a later program, LedgerError for what is no

    ledger or (opened for reading only) an older one, and NotFoundError where there is none and none is to be made.
    """
    with held.engine.connect() as connection:
        version = stored_version(connection)
    if version == NEWEST:
        return
    if version == _EMPTY and not create:
        raise NotFoundError(f"There is no ledger in {held.name}.", NO_LEDGER)
    _refuse(version, held.name, read_only)
    if version == _EMPTY:
        held.prepare()
    else:
        held.keep_older(version or "")
    migrate(held)


def migrate(held: Database, target: str = NEWEST) -> None:
    """Runs the migrations up to ``target`` in one transaction; another program may have been quicker."""
    with (
        held.engine.connect() as connection,
        held.migrating(connection),
        held.writing(connection, "a migration") as writer,
    ):
        if stored_version(writer) != target:
            _run(writer, target)


def stored_version(connection: Connection) -> str | None:
    """The migration that the tables stand at; empty for a file without tables, None for somebody else's tables."""
    tables = inspect(connection).get_table_names()
    if "alembic_version" not in tables:
        return None if tables else _EMPTY
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none() or _EMPTY)


def _refuse(version: str | None, name: str, read_only: bool) -> None:
    if version is None:
        raise LedgerDamagedError(f"{name} is not a ledger.", "It holds other tables; name another one.")
    if version != _EMPTY and version not in _known():
        message = f"{name} was written by a later version of Communique (tables {version}, known up to {NEWEST})."
        raise LedgerTooNewError(message, "Install that version, or restore a backup made before the change.")
    if read_only:
        what = "is empty" if version == _EMPTY else f"has older tables ({version})"
        raise LedgerError(f"{name} {what} and cannot be changed.", "Open it once for writing.")


def _known() -> set[str]:
    from alembic.script import ScriptDirectory

    return {script.revision for script in ScriptDirectory(str(_MIGRATIONS)).walk_revisions()}


def _run(connection: Connection, target: str) -> None:
    # Alembic takes a while to import and is needed only here.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, target)
