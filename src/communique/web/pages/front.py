"""The front page, and search over everything."""

from __future__ import annotations

from collections.abc import Collection

from communique.views.contacts import contact_json
from communique.views.finding import Hit, find
from communique.web.answers import MOST, SIZE, Asked, Page
from communique.web.pages.contacts import COLUMNS, cells, standings
from communique.web.pages.documents import document_json
from communique.web.pages.people import all_pairs
from communique.web.pages.sources import counts

LATEST = 8
DEEPEST = 10_000


def front(asked: Asked) -> Page:
    """What is newest, what is in dispute, who is most in touch, and where to begin."""
    held = asked.held
    taken = [r for r in held.rows if r.when and r.when.earliest and r.status in ("held", "ongoing")]
    latest = tuple(reversed(taken[-LATEST:]))
    disputed = tuple(r for r in held.rows if r.disputed)[-LATEST:][::-1]
    return Page(
        "front.html", "A sourced ledger of diplomatic contacts",
        {
            "latest": latest, "disputed": disputed, "figures": counts(held),
            "pairs": held.remembered(all_pairs)[:LATEST], "people": held.people[:LATEST], "standing": standings(held),
            "open": [p for p in held.plans if p.outcome == "unreported"][-LATEST:][::-1],
        },
        lambda: counts(held) | {"latest": [contact_json(r) for r in latest]}, COLUMNS, lambda: cells(latest),
    )  # fmt: skip


def search(asked: Asked) -> Page:
    """People, states, agreements, contacts and documents that some words lead to."""
    words = (asked.one("q") or "")[:400]
    skip = asked.number("skip", 0, DEEPEST)
    limit = max(1, asked.number("limit", SIZE // 2, MOST))
    found = find(asked.held, words, limit, skip)
    rows = asked.held.row_of
    damage = asked.held.ledger.damaged(sorted({hit.document.id for hit in found.documents}))
    following = asked.like(skip=skip + limit) if found.more and skip + limit <= DEEPEST else None
    return Page(
        "search.html", f"Search: {words}" if words else "Search",
        {"found": found, "words": words, "rows": rows, "following": following, "skip": skip, "damage": damage},
        lambda: {
            "revision": asked.held.revision, "query": words, "people": [p.name for p in found.people],
            "sides": found.sides, "agreements": found.agreements, "contacts": found.contacts,
            "spellings": found.spellings,
            "items": [document_json(h.document) | {"passage": words_of(h, damage)} for h in found.documents],
            "next": f"/search.json{following}" if following else None,
        },
        ("kind", "id", "words"),
        lambda: [
            *(("person", p.name, ", ".join(p.sides)) for p in found.people),
            *(("agreement", name, "") for name in found.agreements),
            *(("document", h.document.id, words_of(h, damage)) for h in found.documents),
        ],
    )  # fmt: skip


def words_of(hit: Hit, damaged: Collection[str]) -> str | None:
    """The passage of a hit as plain text; None if its document is damaged."""
    return None if hit.document.id in damaged else "".join(piece.text for piece in hit.passage.pieces)
