"""What a ledger held at an earlier revision, and which of its documents were edited: nothing that was kept is lost."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from sqlalchemy import Connection, func, or_, select

from communique.errors import NotFoundError
from communique.ledger import schema
from communique.ledger.deciding import current
from communique.ledger.queries import chosen_readings
from communique.ledger.writing import revision
from communique.model import Judgement, Reading

JUDGEMENT = "judgement"


def revision_at(connection: Connection, moment: str) -> int:
    """The revision of this number, or the last one of this day or time (ISO); raises NotFoundError for none."""
    newest = revision(connection)
    number = int(moment) if moment.isdecimal() and len(moment) != 4 else _last_by(connection, moment, newest)
    if not 0 < number <= newest:
        raise NotFoundError(f"The ledger has no revision {moment}.", f"It has those from 1 to {newest}.")
    return number


def _last_by(connection: Connection, moment: str, newest: int) -> int:
    """The revision before the first that was made later; a day, month or year is over when its last moment is."""
    table = schema.revisions
    rows = connection.execute(
        select(table.c.number, table.c.at).where(table.c.at.is_not(None)).order_by(table.c.number)
    )
    return next((number - 1 for number, at in rows if at[: len(moment)] > moment), newest)


def readings_at(connection: Connection, number: int) -> Iterator[Reading]:
    """The readings that held at a revision."""
    table = schema.readings
    alive = or_(table.c.superseded.is_(None), table.c.superseded > number)
    return chosen_readings(connection, (table.c.added <= number) & alive)


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
