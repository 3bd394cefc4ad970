"""What a ledger held at an earlier revision, and which of its documents were edited: nothing that was kept is lost."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import islice

from sqlalchemy import ColumnElement, Connection, distinct, func, or_, select, true

from communique.errors import NotFoundError
from communique.ledger import schema
from communique.ledger.deciding import current
from communique.ledger.queries import chosen_readings
from communique.ledger.writing import revision
from communique.model import Judgement, Reading

JUDGEMENT = "judgement"
_NUMBER = re.compile(r"(?:[rR]|(?!\d{4}$))0*(\d+)", re.ASCII)
"""Four digits alone are a year; ``r2021`` is a revision whatever its number."""


def revision_at(connection: Connection, moment: str) -> int:
    """The revision of this number (``r12``, or ``12``), or the last one of this day or time (ISO).

    Four digits alone are a year. Raises NotFoundError where there is none.
    """
    newest = revision(connection)
    named = _NUMBER.fullmatch(moment)
    number = int(named[1][:20]) if named else _last_by(connection, moment, newest)
    if not 0 < number <= newest:
        raise NotFoundError(f"The ledger has no revision {moment}.", f"It has those from r1 to r{newest}.")
    return number


def _last_by(connection: Connection, moment: str, newest: int) -> int:
    """The revision before the first that was made later; a day, month or year is over when its last moment is."""
    table = schema.revisions
    rows = connection.execute(
        select(table.c.number, table.c.at).where(table.c.at.is_not(None)).order_by(table.c.number)
    )
    return next((number - 1 for number, at in rows if at[: len(moment)] > moment), newest)


def readings_at(connection: Connection, number: int, sides: Collection[str] = ()) -> Iterator[Reading]:
    """The readings that held at a revision; with ``sides``, those that a contact of these sides can hang on.

    They are those with a report that names two of the sides (or the only one), and those that people judged: of others
    no report can be the same contact (``reconcile.candidates``).
    """
    table = schema.readings
    alive = or_(table.c.superseded.is_(None), table.c.superseded > number)
    concerned = _concerned(sides) if sides else true()
    return chosen_readings(connection, (table.c.added <= number) & alive & concerned)


def _concerned(sides: Collection[str]) -> ColumnElement[bool]:
    reports, fields, readings = schema.reports, schema.report_fields, schema.readings
    found = (
        select(reports.c.reading_key)
        .join(fields, fields.c.owner == reports.c.key)
        .where(fields.c.side.in_(sorted(sides)))
        .group_by(reports.c.reading_key)
        .having(func.count(distinct(fields.c.side)) >= min(2, len(sides)))
    )
    judged = select(reports.c.document).where(reports.c.id.in_(select(schema.judgement_reports.c.report)))
    return or_(readings.c.key.in_(found), readings.c.document.in_(judged))


def judgements_at(connection: Connection, number: int) -> Iterator[Judgement]:
    """The decisions made up to a revision; each decision was a revision of its own."""
    table = schema.revisions
    made = select(func.count()).select_from(table).where(table.c.what == JUDGEMENT, table.c.number <= number)
    return islice(current(connection), int(connection.execute(made).scalar_one()))


def edited(connection: Connection) -> tuple[str, ...]:
    """The documents of which the ledger has several texts, by id."""
    table = schema.documents
    several = select(table.c.id).group_by(table.c.id).having(func.count() > 1).order_by(table.c.id)
    return tuple(connection.execute(several).scalars())
