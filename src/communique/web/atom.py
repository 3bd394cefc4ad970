"""An Atom feed (RFC 4287) of contacts: what came into the ledger, or changed in it, last.

What documents say is text in it, never markup. Ids hang on the contact alone, so that a reader knows it again on
whatever host and port the ledger is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from html import escape
from uuid import NAMESPACE_URL, uuid5

from communique.pictures.svg import Element, el
from communique.views.evidence import standing
from communique.views.newest import BEGINNING, Arrival
from communique.views.passages import around
from communique.views.shelf import Held
from communique.views.words import clean, contact_words, when_words
from communique.web import links

MOST = 50
_SPACE = "http://www.w3.org/2005/Atom"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_STANDING = {"several sides": "told by several sides", "one side": "told by one side", "media only": "told by media"}


def feed(held: Held, title: str, address: str, page: str, arrivals: Iterable[Arrival], base: str) -> str:
    """The feed at an address, of the contacts that a page lists; ``base`` is what both begin with."""
    found = tuple(arrivals)
    damaged = held.ledger.damaged(sorted({d for one in found for d in one.row.documents}))
    updated = max((one.last for one in found), default=BEGINNING)
    return _HEAD + str(
        el(
            "feed",
            el("id", _urn(f"feed {held.ledger.short_name} {address}")),
            el("title", f"{title} · Communique"),
            el("updated", _stamp(updated)),
            el("author", el("name", "Communique")),
            el("link", rel="self", type="application/atom+xml", href=base + address),
            el("link", rel="alternate", type="text/html", href=base + page),
            *(_entry(held, one, damaged, base) for one in found),
            xmlns=_SPACE,
        )
    )


def _entry(held: Held, one: Arrival, damaged: frozenset[str], base: str) -> Element:
    row = one.row
    return el(
        "entry",
        el("id", _urn(f"contact {row.id}")),
        el("title", f"{when_words(row.when)}: {contact_words(row)}"),
        el("link", rel="alternate", type="text/html", href=base + links.contact(row.id)),
        el("published", _stamp(one.first)),
        el("updated", _stamp(one.last)),
        *(el("category", term=name) for name in (row.channel, row.status, *row.topics)),
        el("summary", _summary(held, one)),
        el("content", "".join(_content(held, one, damaged)), type="html"),
    )


def _summary(held: Held, one: Arrival) -> str:
    row = one.row
    counts = ((row.reports, "report"), (row.outlets, "outlet"), (row.independent, "independent source"))
    told = ", ".join(f"{n} {word}{'' if n == 1 else 's'}" for n, word in counts)
    disputed = f"disputed: {', '.join(row.disputed)}" if row.disputed else ""
    parts = (row.place or "", _STANDING[standing(held.snapshot, row)], told, disputed)
    return clean(" · ".join(part for part in parts if part))


def _content(held: Held, one: Arrival, damaged: frozenset[str]) -> Iterator[str]:
    """What it is, and the words of each report, as HTML in which everything is escaped."""
    yield f"<p>{escape(_summary(held, one))}</p>"
    for report in held.snapshot.accounts(one.row.id):
        document = held.snapshot.documents[report.document]
        pieces = () if document.id in damaged else around(document, report.trigger, "channel").pieces
        words = clean("".join(piece.text for piece in pieces)) or "evidence damaged"
        source = clean(document.publisher or document.title or document.id)
        yield f"<blockquote><p>{escape(words)}</p></blockquote><p>{escape(source)}</p>"


def _urn(name: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'communique {name}')}"


def _stamp(moment: datetime) -> str:
    """A time as RFC 3339 has it, to the second."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
