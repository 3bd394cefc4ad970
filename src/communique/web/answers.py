"""A page as HTML, JSON or CSV: what is asked is the address, what is shown is the same in each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from communique.errors import NotFoundError, UsageError
from communique.views.shelf import Held
from communique.views.tables import Cell, csv_text
from communique.web.desk import Desk

Form = Literal["html", "json", "csv", "atom", "opml"]
MEDIA: Mapping[Form, str] = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "opml": "text/x-opml; charset=utf-8",
}
SIZE = 50
MOST = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: what the address says, of which ledger, as it is now."""

    desk: Desk
    held: Held
    path: Mapping[str, str]
    query: QueryParams
    route: str
    base: str = ""

    def one(self, name: str) -> str | None:
        """A value of the query, None if it is not there or empty."""
        return self.query.get(name, "").strip() or None

    def several(self, name: str) -> tuple[str, ...]:
        """All values of a name, each once."""
        return tuple(dict.fromkeys(v.strip() for v in self.query.getlist(name) if v.strip()))

    def number(self, name: str, default: int, most: int) -> int:
        """A count from the query; raises UsageError for what is none."""
        words = self.one(name)
        if words is None:
            return default
        if not words.isascii() or not words.isdigit() or not 0 <= int(words[:9]) <= most:
            raise UsageError(f"{name} is no number up to {most:,}: {words[:40]!r}")
        return int(words)

    def like(self, **changed: Any) -> str:
        """The query with some values changed (None: taken out), to link to."""
        pairs = [(k, v) for k, v in self.query.multi_items() if k not in changed and v]
        for name, value in changed.items():
            values = value if isinstance(value, (list, tuple)) else [] if value is None else [value]
            pairs += [(name, str(one)) for one in values]
        return f"?{urlencode(pairs)}" if pairs else "?"


@dataclass(frozen=True, slots=True)
class Page:
    """An answer: a template with what it shows, and the same as data and as a table.

    ``moved``: the address where this is found now. ``kept``: whether it hangs on the ledger and the address alone.
    ``held``: the state of the ledger that it shows, where that is an earlier one. ``feed``: it as an Atom feed;
    ``opml``: as a list of feeds.
    """

    template: str
    title: str
    show: Mapping[str, Any] = field(default_factory=dict)
    data: Callable[[], Any] = dict
    columns: Sequence[str] = ()
    rows: Callable[[], Iterable[Sequence[Cell]]] = tuple
    status: int = 200
    moved: str | None = None
    kept: bool = True
    held: Held | None = None
    feed: Callable[[], str] | None = None
    opml: Callable[[], str] | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a long list: the items, how many there are in all, and where the next stretch begins."""

    items: tuple[Any, ...]
    total: int
    start: int
    following: str | None


def part(asked: Asked, items: Sequence[Any], key: Callable[[Any], str]) -> Part:
    """The stretch of a list after the item named ``after`` in the query; raises UsageError if nothing has that key."""
    size = max(1, asked.number("limit", SIZE, MOST))
    after = asked.one("after")
    start = 0
    if after is not None:
        places = (n for n, item in enumerate(items) if key(item) == after)
        start = next(places, -1) + 1
        if not start:
            raise UsageError("this list no longer has the place where the last page ended", "Begin at its first page.")
    shown = tuple(items[start : start + size])
    more = start + size < len(items)
    return Part(shown, len(items), start, asked.like(after=key(shown[-1])) if more and shown else None)


def listed(asked: Asked, found: Part, records: Iterable[Any]) -> dict[str, Any]:
    """A stretch as JSON: ``{"revision", "total", "items", "next"}``."""
    return {
        "revision": asked.held.revision,
        "total": found.total,
        "items": list(records),
        "next": f"{asked.route}.json{found.following}" if found.following else None,
    }


def body(page: Page, form: Form, render: Callable[[Page], str]) -> bytes:
    """The page in a form; raises NotFoundError for one that it does not have."""
    ways: Mapping[Form, Callable[[], str] | None] = {
        "html": lambda: render(page),
        "json": lambda: json.dumps(page.data(), ensure_ascii=False, indent=1, default=str) + "\n",
        "csv": lambda: csv_text(page.columns, page.rows()),
        "atom": page.feed,
        "opml": page.opml,
    }
    way = ways[form]
    if way is None:
        raise NotFoundError(f"This page cannot be had as {form}.")
    return way().encode("utf-8", "replace")
