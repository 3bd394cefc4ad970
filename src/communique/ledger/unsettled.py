"""What has changed since the contacts were last worked out, and which reports lie near a stretch of time.

Contacts are worked out by a program with some knowledge; its ``mark`` is kept with the revision that stored them. Under
another mark, after a judgement, or where much has changed, everything has to be worked out anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from communique.ledger import schema
from communique.ledger.queries import ALL, Filters, chosen_readings, records, records_where
from communique.ledger.rows import REPORTS
from communique.model import Reading, Report

CONTACTS = "contacts"
MUCH = 0.2
"""From this share of changed documents on, working everything out anew is no slower."""


@dataclass(frozen=True, slots=True)
class Unsettled:
    """Readings that came since, and those that hold no longer: of both only documents and reports matter."""

    new: tuple[Reading, ...] = ()
    gone: tuple[Reading, ...] = ()


def settled_by(mark: str) -> str:
    """What a revision is called in which a program stored contacts."""
    return f"{CONTACTS} {mark}"


def unsettled(connection: Connection, mark: str) -> Unsettled | None:
    """The readings to look at; None if everything has to be."""
    last = _settled(connection, mark)
    if last is None:
        return None
    readings = schema.readings
    new = and_(readings.c.current, readings.c.added > last)
    gone = and_(readings.c.superseded > last, readings.c.added <= last)
    if _number(connection, or_(new, gone)) > MUCH * _number(connection, readings.c.current):
        return None
    return Unsettled(tuple(chosen_readings(connection, new)), tuple(chosen_readings(connection, gone)))


def _settled(connection: Connection, mark: str) -> int | None:
    """The revision in which contacts were stored last; None under another mark, or if somebody has judged since."""
    revisions = schema.revisions
    query = select(revisions.c.number, revisions.c.what).order_by(revisions.c.number.desc())
    for number, what in connection.execute(query):
        if what == settled_by(mark):
            return int(number)
        if what == "judgement" or what.startswith(CONTACTS):
            return None
    return None


def _number(connection: Connection, condition: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(schema.readings).where(condition)
    return int(connection.execute(query).scalar_one())


def reports_near(
    connection: Connection, sides: Sequence[str], first: date, last: date, slack: timedelta
) -> Iterator[Report]:
    """Reports of all these sides that touch these days, or whose documents were published within ``slack`` of them."""
    if not sides:
        yield from records(connection, REPORTS, ALL)
        return
    reports, readings = schema.reports, schema.readings
    until, since = _moved(last, slack), _moved(first, -slack)
    published: Any = select(readings.c.key).where(
        readings.c.current, readings.c.published_from <= until, readings.c.published_to >= since
    )
    dated = and_(reports.c.day_from <= last, reports.c.day_to >= first)
    near = or_(dated, reports.c.reading_key.in_(published))
    yield from records_where(connection, REPORTS, Filters(sides=tuple(sides)), near)


def _moved(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return date.max if by > timedelta(0) else date.min
