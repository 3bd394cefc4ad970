"""Brings a ledger to the tables of this program: makes them, or migrates them after a backup, in one transaction."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from communique.errors import LedgerDamagedError, LedgerError, LedgerTooNewError
from communique.ledger import sqlite

#: The newest migration; a test holds it against the files.
NEWEST = "0003"
_MIGRATIONS = Path(__file__).parent / "migrations"
_EMPTY = ""


def bring_up_to_date(engine: Engine, path: Path, *, read_only: bool = False) -> None:
    """Migrates where needed. Raises LedgerTooNewError for a ledger of a later program, and LedgerError for a file

    that is no ledger or (opened for reading only) an older one.
    """
    with engine.connect() as connection:
        version = stored_version(connection)
    if version == NEWEST:
        return
    _refuse(version, path, read_only)
    if version == _EMPTY:
        sqlite.prepare_file(engine)
    else:
        sqlite.backup(path, path.with_name(f"{path.name}.{version}.backup"))
    migrate(engine)


def migrate(engine: Engine, target: str = NEWEST) -> None:
    """Runs the migrations up to ``target`` in one transaction; another program may have been quicker."""
    with engine.connect() as connection, sqlite.without_foreign_keys(connection):
        writer = connection.execution_options(communique_writes=True)
        with writer.begin():
            if stored_version(writer) != target:
                _run(writer, target)


def stored_version(connection: Connection) -> str | None:
    """The migration that the tables stand at; empty for a file without tables, None for somebody else's tables."""
    tables = inspect(connection).get_table_names()
    if "alembic_version" not in tables:
        return None if tables else _EMPTY
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none() or _EMPTY)


def _refuse(version: str | None, path: Path, read_only: bool) -> None:
    if version is None:
        raise LedgerDamagedError(f"{path} is not a ledger.", "It holds other tables; name another file.")
    if version != _EMPTY and version not in _known():
        message = f"{path} was written by a later version of Communique (tables {version}, known up to {NEWEST})."
        raise LedgerTooNewError(message, "Install that version, or restore a backup made before the change.")
    if read_only:
        what = "is empty" if version == _EMPTY else f"has older tables ({version})"
        raise LedgerError(f"{path} {what} and cannot be changed.", "Open it once for writing.")


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
