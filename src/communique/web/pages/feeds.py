"""Watched feeds: the list, and one with what came by it and what was edited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from communique.errors import NotFoundError
from communique.ledger.feeds import Seen
from communique.model import Document
from communique.views.feeds import FeedRow, feed_json, feed_row, feed_rows
from communique.views.tables import Cell
from communique.views.versions import changes
from communique.web.answers import Asked, Page, listed, part
from communique.web.polling import opml

COLUMNS = ("feed", "title", "standing", "silent", "trouble", "last_tried", "last_answer", "items", "documents", "new",
           "edited")  # fmt: skip
MOST_EDITS = 12


def listing(asked: Asked) -> Page:
    """Every watched feed and how it stands."""
    rows = feed_rows(asked.held.ledger, _today(asked))
    found = part(asked, rows, lambda row: row.state.url)
    return Page(
        "feeds.html", "Feeds", {"part": found},
        lambda: listed(asked, found, map(feed_json, found.items)), COLUMNS, lambda: map(_cells, rows), kept=False,
        opml=lambda: opml([(row.name, row.state.url) for row in rows]),
    )  # fmt: skip


def one(asked: Asked) -> Page:
    """One feed: its items, newest first, and the last edits of its documents."""
    url, ledger = asked.path["identity"], asked.held.ledger
    state = next((known for known in ledger.feeds() if known.url == url), None)
    if state is None:
        raise NotFoundError(f"No feed here has the address {url[:200]}.")
    row = feed_row(state, ledger.seen_in(url), _today(asked), frozenset(ledger.edited()))
    found = part(asked, row.items, lambda item: item.url)
    edits = tuple(_edits(asked, row))
    return Page(
        "feed.html", row.name, {"row": row, "part": found, "edits": edits, "documents": asked.held.snapshot.documents},
        lambda: listed(asked, found, (_item(row, item) for item in found.items)) | dict(feed_json(row)) | {
            "changes": [{"document": d.id, "words": [[c.kind, c.old, c.new] for c in told]} for d, told in edits],
        },
        ("item", "title", "published", "first_seen", "document", "new", "edited"),
        lambda: (tuple(_item(row, item).values()) for item in row.items), kept=False,
    )  # fmt: skip


def _today(asked: Asked) -> date:
    return date.fromisoformat(asked.desk.clock()[:10])


def _cells(row: FeedRow) -> tuple[Cell, ...]:
    told: Any = feed_json(row)
    return tuple(told[name] for name in COLUMNS)


def _item(row: FeedRow, item: Seen) -> dict[str, Any]:
    return {
        "item": item.url, "title": item.title, "published": item.published, "first_seen": item.first_seen,
        "document": item.document, "new": item.url in row.fresh, "edited": item.document in row.edited,
    }  # fmt: skip


def _edits(asked: Asked, row: FeedRow) -> Iterator[tuple[Document, Iterable[Any]]]:
    """The last edit of each edited document, word by word; damaged texts are left out."""
    edited = [document for document in row.documents if document in row.edited][:MOST_EDITS]
    damaged = asked.held.ledger.damaged(edited)
    for identity in edited:
        texts = asked.held.ledger.versions(identity)
        if identity not in damaged and len(texts) > 1:
            yield texts[-1], changes(texts[-2].text, texts[-1].text)
