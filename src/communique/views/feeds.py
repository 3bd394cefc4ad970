"""How watched feeds stand: what came by them, which answer, which have fallen silent, and what was edited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Literal

from communique.ledger import Ledger
from communique.ledger.feeds import FeedState, Seen

Standing = Literal["answers", "silent", "does not answer", "not asked yet"]
#: A feed is silent when nothing came for so many times its usual pause, and for so many days at least.
_PAUSES, _DAYS = 4, 7


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed with the items seen in it, newest first; ``silent`` says in words for how long nothing came.

    ``fresh`` are the addresses that the last round found, ``edited`` the documents of it that have had several texts.
    """

    state: FeedState
    items: tuple[Seen, ...]
    silent: str
    fresh: frozenset[str]
    edited: frozenset[str]

    @property
    def name(self) -> str:
        """What it calls itself, or its address."""
        return self.state.title or self.state.url

    @property
    def standing(self) -> Standing:
        """Whether it answers."""
        if not self.state.last_tried:
            return "not asked yet"
        return "does not answer" if self.state.trouble else "silent" if self.silent else "answers"

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents that came by it."""
        return tuple(dict.fromkeys(one.document for one in self.items if one.document))


def feed_rows(ledger: Ledger, today: date) -> tuple[FeedRow, ...]:
    """The feeds that a ledger watches, by address."""
    edited = frozenset(ledger.edited())
    return tuple(feed_row(state, ledger.seen_in(state.url), today, edited) for state in ledger.feeds())


def feed_row(state: FeedState, items: Iterable[Seen], today: date, edited: frozenset[str] = frozenset()) -> FeedRow:
    """A feed as it stands on a day; ``edited`` are documents of which there are several texts."""
    seen = tuple(sorted(items, key=lambda one: (one.first_seen, one.published, one.url), reverse=True))
    fresh = frozenset(one.url for one in seen if one.first_seen == state.last_answer)
    own = frozenset(one.document for one in seen if one.document) & edited
    return FeedRow(state, seen, silence(days_of(seen), today), fresh, own)


def feed_json(row: FeedRow) -> Mapping[str, object]:
    """A feed as JSON answers hold it."""
    return {
        "feed": row.state.url, "title": row.state.title, "standing": row.standing, "silent": row.silent,
        "trouble": row.state.trouble or "", "last_tried": row.state.last_tried or None,
        "last_answer": row.state.last_answer, "items": len(row.items), "documents": len(row.documents),
        "new": len(row.fresh), "edited": len(row.edited),
    }  # fmt: skip


def days_of(items: Iterable[Seen]) -> list[date]:
    """The days on which items were published, or were first seen where they do not say."""
    found = (day_of(one.published) or datetime.fromisoformat(one.first_seen).date() for one in items)
    return sorted(set(found))


def day_of(text: str) -> date | None:
    """The day that a text is; None if it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def silence(days: list[date], today: date) -> str:
    """In words, that nothing has come for much longer than usual; empty if something has, or too little is known.

    >>> silence([date(2021, 3, n) for n in (1, 2, 4, 5)], date(2021, 4, 1))
    'nothing since 2021-03-05, 27 days; usually every 1'
    """
    pauses = [(after - before).days for before, after in pairwise(days)]
    if len(pauses) < 3:
        return ""
    usual, since = median(pauses), today - days[-1]
    if since <= timedelta(days=max(_DAYS, _PAUSES * usual)):
        return ""
    return f"nothing since {days[-1]}, {since.days} days; usually every {usual:g}"
