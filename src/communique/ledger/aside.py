"""Inputs that were set aside: the reason, the bytes, how often they were tried, and how they were to be read."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from communique.ledger import schema
from communique.ledger.rows import Row, issue_of, issue_row
from communique.model import Issue

_OURS = schema.issues.c.reading_key.is_(None)


@dataclass(frozen=True, slots=True)
class Aside:
    """An input that was set aside: its number, the reason, the ``size`` of what was kept of it in bytes (None:

    nothing), how often it was tried, and the options (those of ``read``) it was tried with.
    """

    key: int
    issue: Issue
    size: int | None
    attempts: int
    options: Mapping[str, Any]


def put(
    connection: Connection, issues: Iterable[Issue], options: Mapping[str, Any] | None, anew: Collection[str]
) -> int:
    """Keeps problems, each once; what was kept of the inputs ``anew`` gives way. How many were kept that were not.

    An input set aside again has been tried once more than before.
    """
    tried = {(row.path, row.sha256): row.attempts or 1 for row in connection.execute(_tried(anew))}
    if anew:
        connection.execute(delete(schema.issues).where(_OURS, schema.issues.c.path.in_(sorted(anew))))
    known = set(map(issue_of, connection.execute(select(schema.issues).where(_OURS)).mappings()))
    new = [issue for issue in dict.fromkeys(issues) if issue not in known]
    for number, issue in enumerate(new):
        connection.execute(insert(schema.issues), _row(issue, number, options, tried))
    return len(new)


def _tried(paths: Collection[str]) -> Any:
    columns = schema.issues.c
    return select(columns.path, columns.sha256, columns.attempts).where(_OURS, columns.path.in_(sorted(paths)))


def _row(
    issue: Issue, number: int, options: Mapping[str, Any] | None, tried: Mapping[tuple[str | None, str | None], int]
) -> Row:
    mark = None if issue.original is None else sha256(issue.original).hexdigest()
    return issue_row(issue, number) | {
        "reading_key": None,
        "original": issue.original,
        "sha256": mark,
        "attempts": tried.get((issue.path, mark), 0) + 1,
        "options": json.dumps(dict(options or {}), sort_keys=True),
    }


def listed(connection: Connection) -> Iterator[Aside]:
    """All of them by path and line, without their bytes."""
    columns = schema.issues.c
    rest = [column for column in columns if column.name != "original"]
    query = select(*rest, func.length(columns.original).label("size")).where(_OURS)
    query = query.order_by(columns.path.nulls_first(), columns.line.nulls_first(), columns.key)
    for row in connection.execute(query).mappings():
        options = json.loads(row["options"] or "{}")
        yield Aside(row["key"], issue_of(row), row["size"], row["attempts"] or 1, options)


def original(connection: Connection, key: int) -> bytes | None:
    """The bytes that were kept of one."""
    columns = schema.issues.c
    return connection.execute(select(columns.original).where(_OURS, columns.key == key)).scalar()


def retried(connection: Connection, key: int, issues: Sequence[Issue]) -> None:
    """Puts issues in the place of one; each has been tried once more than that, with the same options."""
    table = schema.issues
    old = connection.execute(select(table).where(_OURS, table.c.key == key)).mappings().one()
    connection.execute(delete(table).where(_OURS, table.c.key == key))
    for number, issue in enumerate(issues):
        shared = {"attempts": (old["attempts"] or 1) + 1, "options": old["options"]}
        connection.execute(insert(table), _row(issue, number, None, {}) | shared)


def broken(connection: Connection, codes: Collection[str], times: int) -> frozenset[str]:
    """The marks of inputs that were set aside for one of these reasons so many times or more."""
    columns = schema.issues.c
    often: ColumnElement[bool] = columns.attempts >= times
    query = select(columns.sha256).where(_OURS, often, columns.code.in_(sorted(codes)), columns.sha256.is_not(None))
    return frozenset(connection.execute(query).scalars())
