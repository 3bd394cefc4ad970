"""People and pairs of states: who was in touch with whom, and how often."""

from __future__ import annotations

from communique.errors import NotFoundError, UsageError
from communique.reconcile.names import fold
from communique.views.asking import side_named
from communique.views.contacts import contact_json
from communique.views.facets import facets
from communique.views.people import met, offices_held, pairs
from communique.views.shelf import Held
from communique.web import links
from communique.web.answers import Asked, Page, listed, part
from communique.web.pages.contacts import COLUMNS, cells, feed_of, ordered, standings
from communique.web.pictured import draw


def listing(asked: Asked) -> Page:
    """Everybody named as a party, most contacts first."""
    words, side = fold(asked.one("name") or ""), asked.one("side")
    rows = tuple(
        p for p in asked.held.people if words in fold(p.name) and (side is None or side in p.sides)
    )
    found = part(asked, rows, lambda p: p.name)
    columns = ("name", "sides", "offices", "contacts", "first", "last")
    return Page(
        "people.html", "People", {"part": found},
        lambda: listed(asked, found, ({c: getattr(p, c) for c in columns} for p in found.items)),
        columns,
        lambda: ((p.name, ", ".join(p.sides), "; ".join(p.offices), p.contacts, p.first, p.last) for p in rows),
    )  # fmt: skip


def person(asked: Asked) -> Page:
    """One person: offices, whom he or she was in touch with, and every contact."""
    held, name = asked.held, asked.path["identity"]
    rows = held.of_person(name)
    if not rows:
        raise NotFoundError(f"Nobody in this ledger is called {name[:200]}.", "Search finds names in any spelling.")
    chosen = ordered(asked, rows)
    found = part(asked, chosen, lambda row: row.id)
    offices, others = offices_held(held.registry, name), met(rows, name)
    return Page(
        "person.html", name,
        {
            "name": name, "part": found, "rows": rows, "offices": offices, "met": others,
            "spellings": held.names.spellings(name), "facets": facets(rows), "standing": standings(held),
        },
        lambda: listed(asked, found, map(contact_json, found.items)) | {
            "name": name, "met": [{"name": m.name, "side": m.side, "contacts": m.contacts} for m in others],
            "offices": [{"title": o.title, "side": o.side, "since": o.since, "until": o.until} for o in offices],
        },
        COLUMNS, lambda: cells(chosen), feed=feed_of(asked, f"Contacts of {name}", rows),
    )  # fmt: skip


def all_pairs(held: Held) -> tuple[tuple[tuple[str, str], int], ...]:
    """Every pair of sides and the number of its contacts."""
    return pairs(held.rows)


def pair_listing(asked: Asked) -> Page:
    """Pairs of sides, most contacts first."""
    rows = asked.held.remembered(all_pairs)
    found = part(asked, rows, lambda p: "~".join(p[0]))
    return Page(
        "pairs.html", "Pairs of states", {"part": found},
        lambda: listed(asked, found, ({"sides": list(sides), "contacts": n} for sides, n in found.items)),
        ("a", "b", "contacts"), lambda: ((a, b, n) for (a, b), n in rows),
    )  # fmt: skip


def pair(asked: Asked) -> Page:
    """Two sides: their contacts, plans and agreements."""
    held = asked.held
    given = asked.path["a"], asked.path["b"]
    sides = tuple(sorted(side_named(held.registry, side) for side in given))
    if links.pair(*given) != links.pair(*sides):
        return Page("", "Moved", moved=f"{links.pair(*sides)}{{form}}")
    rows = held.between(sides)
    chosen = ordered(asked, rows)
    found = part(asked, chosen, lambda row: row.id)
    plans = held.plans_between(sides)
    return Page(
        "pair.html", " and ".join(sides),
        {
            "sides": sides, "part": found, "rows": rows, "plans": plans, "facets": facets(rows),
            "standing": standings(held), "gaps": _gaps(asked, sides),
        },
        lambda: listed(asked, found, map(contact_json, found.items)) | {"sides": list(sides)},
        COLUMNS, lambda: cells(chosen), feed=feed_of(asked, f"Contacts of {' and '.join(sides)}", rows),
    )  # fmt: skip


def network(asked: Asked) -> Page:
    """Who met whom in a window of time, drawn; the picture's data is the page's."""
    what = {name: asked.one(name) for name in ("since", "until")} | {"of": asked.one("of") or "people"}
    try:
        table = draw(asked.desk, asked.held, "network", **what).table
    except ValueError as error:
        raise UsageError(str(error), "Valid: people, states.") from None
    return Page(
        "network.html", "Who met whom", what,
        lambda: {
            "revision": asked.held.revision,
            "items": [dict(zip(table.columns, row, strict=True)) for row in table.rows],
        },
        table.columns, lambda: table.rows,
    )  # fmt: skip


def _gaps(asked: Asked, sides: tuple[str, ...]) -> tuple[object, ...]:
    """Days of which the ledger cannot know, between the first and the last contact."""
    days = [r.when.earliest for r in asked.held.between(sides) if r.when and r.when.earliest]
    return asked.held.coverage.gaps(min(days), max(days), sides) if days else ()
