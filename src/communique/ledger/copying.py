"""A ledger moved to another database row by row: the same rows under the same keys, in one transaction.

Whoever hands over the ledger may be a stranger: it is opened for reading only and trusts nothing in its file
(``ledger.sqlite``), it may hold nothing but our tables, every quote must stand in its text, and every row must be one
that the program can read before any of them is kept.
"""

from __future__ import annotations

from collections import deque
from itertools import chain, islice
from pathlib import Path

from sqlalchemy import Connection, Table, delete, func, insert, inspect, select, text

from communique.errors import LedgerDamagedError, LedgerError
from communique.ledger import deciding, fulltext, queries, schema, verifying
from communique.ledger.database import FILE, SERVER, Database, database, explaining
from communique.ledger.upgrade import bring_up_to_date

_TOLD = 5
_TABLES = schema.metadata.sorted_tables


def copy(source: Database, target: Database, replacing: bool = False) -> int:
    """Checks a ledger and copies it whole into an empty one, or in the place of what is there; how many rows.

    Raises LedgerError for a target that holds something, LedgerDamagedError for a source that is not as it should be.
    """
    with explaining(source), source.engine.connect() as reader, reader.begin():
        check(source, reader)
        with (
            explaining(target),
            target.engine.connect() as connection,
            target.writing(connection, "communique copy") as writer,
        ):
            _make_room(target, writer, replacing)
            count = sum(_copy_table(reader, writer, table) for table in _TABLES)
            fulltext.index_all(writer)
            return count


def to_file(source: Database, target: Path) -> None:
    """Copies a ledger into a file, which appears under its name when it is whole."""
    part = target.with_name(target.name + ".rows")
    part.unlink(missing_ok=True)
    made = database(part, create=True, read_only=False, patience=0, program="communique backup")
    try:
        bring_up_to_date(made)
        copy(source, made)
        made.copy_file(target)
    finally:
        made.engine.dispose()
        for ending in ("", "-wal", "-shm"):
            part.with_name(part.name + ending).unlink(missing_ok=True)


def check(held: Database, connection: Connection) -> None:
    """Raises LedgerDamagedError for a ledger that holds other things than a ledger does, or bent ones."""
    found = _foreign_objects(connection) or [_words(one) for one in _damage(held, connection)]
    if found:
        more = f" and {len(found) - _TOLD} more" if len(found) > _TOLD else ""
        message = f"{held.name} is not copied: {'; '.join(found[:_TOLD])}{more}."
        raise LedgerDamagedError(message, "`communique verify` names all of it; ask for another copy.")


def _damage(held: Database, connection: Connection) -> list[verifying.Damage]:
    return list(islice(verifying.verify(connection, held.check_pages), 100)) or list(_unreadable(connection))


def _unreadable(connection: Connection) -> list[verifying.Damage]:
    """What would break whoever reads it: rows that make no record of the model."""
    try:
        deque(chain(queries.readings(connection), queries.contacts(connection), deciding.current(connection)), 0)
    except (ValueError, KeyError, TypeError, LookupError) as error:
        return [verifying.Damage("ledger", "", f"a row cannot be read: {type(error).__name__}: {error}")]
    return []


def _words(damage: verifying.Damage) -> str:
    return f"{damage.what} {damage.id}".strip() + f": {damage.message}"


def _foreign_objects(connection: Connection) -> list[str]:
    """Views, triggers and computed columns, of which no ledger has any."""
    if connection.dialect.name == SERVER:
        return [f"a view {name}" for name in inspect(connection).get_view_names()]
    query = text("SELECT type, name FROM sqlite_schema WHERE type IN ('view', 'trigger') ORDER BY name")
    found = [f"a {kind} {name!r}" for kind, name in connection.execute(query)]
    computed = text("SELECT name FROM pragma_table_xinfo(:table) WHERE hidden > 1")
    for table in schema.metadata.tables:
        found += [f"a computed column {table}.{name}" for (name,) in connection.execute(computed, {"table": table})]
    return found


def _make_room(target: Database, connection: Connection, replacing: bool) -> None:
    full = any(connection.execute(select(table).limit(1)).first() for table in _TABLES)
    if full and not replacing:
        raise LedgerError(f"{target.name} is not empty.", "Name a ledger that is not there yet.")
    if full:
        fulltext.forget_all(connection)
        for table in reversed(_TABLES):
            connection.execute(delete(table))


def _copy_table(reader: Connection, writer: Connection, table: Table) -> int:
    count = 0
    for rows in queries.partitions(reader, select(table).order_by(*table.primary_key)):
        writer.execute(insert(table), [dict(row) for row in rows])
        count += len(rows)
    _go_on_from(writer, table)
    return count


def _go_on_from(writer: Connection, table: Table) -> None:
    """The server's own numbering of rows goes on from the highest key; SQLite's does by itself."""
    key = table.autoincrement_column
    if writer.dialect.name == FILE or key is None:
        return
    highest = select(func.coalesce(func.max(key), 0) + 1).scalar_subquery()
    sequence = func.pg_get_serial_sequence(table.name, key.name)
    writer.execute(select(func.setval(sequence, highest, False)))
