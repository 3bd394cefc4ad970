"""What ``watch`` remembers: feeds, whether they answer, and the items that were seen in them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from sqlalchemy import Connection, Table, delete, insert, select

from communique.ledger import schema


@dataclass(frozen=True, slots=True)
class FeedState:
    """A feed: what it said of itself last, when it was tried (ISO times), how often in a row in vain, and why.

    ``first_tried`` is when it was first named; ``last_tried`` is empty as long as it was not asked.
    """

    url: str
    first_tried: str
    last_tried: str
    title: str | None = None
    etag: str | None = None
    modified: str | None = None
    last_answer: str | None = None
    failures: int = 0
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """An item of a feed, when it was first seen, and the document it became."""

    feed: str
    url: str
    title: str
    published: str
    first_seen: str
    etag: str | None = None
    modified: str | None = None
    document: str | None = None


def states(connection: Connection) -> tuple[FeedState, ...]:
    """All feeds, by address."""
    rows = connection.execute(select(schema.feeds).order_by(schema.feeds.c.url)).mappings()
    return tuple(FeedState(**row) for row in rows)


def seen(connection: Connection, feed: str) -> tuple[Seen, ...]:
    """The items that were ever seen in a feed, by address."""
    table = schema.feed_entries
    rows = connection.execute(select(table).where(table.c.feed == feed).order_by(table.c.url)).mappings()
    return tuple(Seen(**row) for row in rows)


def put(connection: Connection, state: FeedState, items: Sequence[Seen]) -> None:
    """Keeps how a feed stands and what was seen in it now; what was seen before stays."""
    kept: dict[str, Any] = {one.url: one for one in seen(connection, state.url)}
    kept |= {one.url: one for one in items}
    feeds: Table = schema.feeds
    connection.execute(delete(schema.feed_entries).where(schema.feed_entries.c.feed == state.url))
    connection.execute(delete(feeds).where(feeds.c.url == state.url))
    connection.execute(insert(feeds).values(asdict(state)))
    if kept:
        connection.execute(insert(schema.feed_entries), [asdict(one) for one in kept.values()])


def drop(connection: Connection, url: str) -> bool:
    """Forgets a feed and what was seen in it; whether it was there. Documents that came by it stay."""
    connection.execute(delete(schema.feed_entries).where(schema.feed_entries.c.feed == url))
    return connection.execute(delete(schema.feeds).where(schema.feeds.c.url == url)).rowcount > 0


class Watched(Protocol):
    """The part of a ledger that remembers feeds."""

    def _reading(self) -> AbstractContextManager[Connection]: ...

    def _writing(self) -> AbstractContextManager[Connection]: ...

    def feeds(self) -> tuple[FeedState, ...]:
        """The feeds that are watched, by address."""
        with self._reading() as connection:
            return states(connection)

    def seen_in(self, feed: str) -> tuple[Seen, ...]:
        """The items that were ever seen in a feed."""
        with self._reading() as connection:
            return seen(connection, feed)

    def put_feed(self, state: FeedState, items: Sequence[Seen] = ()) -> None:
        """Keeps how a feed stands and what was seen in it now."""
        with self._writing() as connection:
            put(connection, state, items)

    def drop_feed(self, url: str) -> bool:
        """Watches a feed no longer; whether it was watched. The documents that came by it stay."""
        with self._writing() as connection:
            return drop(connection, url)
