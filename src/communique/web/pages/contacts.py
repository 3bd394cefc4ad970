"""The list of contacts with its facets, and one contact in full."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from communique.errors import UsageError
from communique.model import Report
from communique.reconcile.features import published_day
from communique.reconcile.names import fold
from communique.views import citing
from communique.views.asking import side_name, wanted
from communique.views.chains import chain
from communique.views.compare import compare, compare_json, with_sentences
from communique.views.contacts import ContactRow, Wanted, contact_json, show_json
from communique.views.damage import withheld
from communique.views.evidence import Standing, evidence, standing
from communique.views.facets import facets, year_of
from communique.views.newest import newest
from communique.views.shelf import Held
from communique.views.since import Since, since
from communique.views.tables import Cell
from communique.views.words import clean, parties_words
from communique.web import atom, links
from communique.web.answers import MOST, Asked, Page, listed, part

COLUMNS = ("id", "when", "status", "channel", "parties", "place", "topics", "reports", "outlets", "independent",
           "plan_of", "fulfils", "disputed")  # fmt: skip
FACETS = ("between", "year", "channel", "status", "topic")
ORDERS = ("newest", "oldest")


def cells(rows: Iterable[ContactRow]) -> Iterable[tuple[Cell, ...]]:
    """Contacts as the command line prints them."""
    for row in rows:
        when = row.when.edtf if row.when else None
        counts = (row.reports, row.outlets, row.independent)
        about = (row.id, when, row.status, row.channel, clean(parties_words(row.parties)), row.place)
        yield (*about, ", ".join(row.topics), *counts, row.plan_of, row.fulfils, ", ".join(row.disputed))


def listing(asked: Asked) -> Page:
    """Contacts chosen by facets, newest first."""
    held, rows = asked.held, ordered(asked, chosen(asked))
    found = part(asked, rows, lambda row: row.id)
    return Page(
        "contacts.html", "Contacts",
        {
            "part": found, "facets": held.facets if len(rows) == len(held.rows) else facets(rows),
            "chosen": _chosen(asked), "standing": standings(held),
        },
        lambda: listed(asked, found, map(contact_json, found.items)), COLUMNS, lambda: cells(rows),
        feed=feed_of(asked, "Contacts", rows),
    )  # fmt: skip


def feed_of(asked: Asked, title: str, rows: Sequence[ContactRow]) -> Callable[[], str]:
    """A list of contacts as an Atom feed: those that came or changed last."""

    def told() -> str:
        most = max(1, asked.number("limit", atom.MOST, MOST))
        query = asked.like(after=None, order=None)
        query = "" if query == "?" else query
        found = newest(asked.held, rows, most)
        return atom.feed(asked.held, title, f"{asked.route}.atom{query}", f"{asked.route}{query}", found, asked.base)

    return told


def chosen(asked: Asked) -> tuple[ContactRow, ...]:
    """The contacts that the query chooses; raises UsageError for what nobody knows."""
    wish, only, place = wish_of(asked), asked.one("only"), fold(asked.one("place") or "")
    years = tuple(map(_year, asked.several("year")))
    if wish == Wanted() and not years and not only:
        return asked.held.rows
    return tuple(
        row
        for row in _narrowest(asked.held, wish, years)
        if wish.fits(row)
        and (not years or year_of(row) in years)
        and (only != "disputed" or row.disputed)
        and place in fold(row.place or "")
    )


def _narrowest(held: Held, wish: Wanted, years: Sequence[str]) -> Iterable[ContactRow]:
    """Rows among which those wanted are, in the order of time: as few as can be had without looking at each."""
    if wish.between:
        return held.between(wish.between)
    if wish.person:
        return held.of_person(wish.person)
    return held.of_year(years[0]) if len(years) == 1 else held.rows


def wish_of(asked: Asked) -> Wanted:
    """The query as views take it."""
    return wanted(
        asked.held.registry, asked.several("between"), asked.one("person"), asked.one("since"), asked.one("until"),
        asked.several("channel"), asked.several("status"), asked.several("topic"),
    )  # fmt: skip


def ordered(asked: Asked, rows: tuple[ContactRow, ...]) -> tuple[ContactRow, ...]:
    """Newest first unless asked otherwise; those without a date always last."""
    order = asked.one("order") or "newest"
    if order not in ORDERS:
        raise UsageError(f"contacts cannot be ordered {order!r}", "Valid: newest, oldest.")
    if order == "oldest":
        return rows
    dated = [row for row in rows if row.when and row.when.earliest]
    return (*reversed(dated), *(row for row in rows if not (row.when and row.when.earliest)))


def standings(held: Held) -> Any:
    """Who tells of a contact, for templates."""

    def told(row: ContactRow) -> Standing:
        return standing(held.snapshot, row)

    return told


def _year(words: str) -> str:
    if words == "undated" or (words.isascii() and words.isdigit() and len(words) == 4):
        return words
    raise UsageError(f"no year is called {words[:40]!r}", "Write it as 2021, or undated.")


def _chosen(asked: Asked) -> tuple[tuple[str, str, str], ...]:
    """What is chosen: name, value, and the address without it."""
    pairs = [(name, value) for name in FACETS for value in asked.several(name)]
    pairs += [(name, value) for name in ("person", "place", "since", "until", "only") if (value := asked.one(name))]
    return tuple((name, value, without(asked, name, value)) for name, value in pairs)


def without(asked: Asked, name: str, value: str) -> str:
    """The query without one value."""
    return asked.like(after=None, **{name: [v for v in asked.several(name) if v != value]})


@dataclass(frozen=True, slots=True)
class Told:
    """A report with its document, for a page."""

    report: Report
    document: Any
    side: str | None
    day: Any


def one(asked: Asked) -> Page:
    """One contact: what is known of it, by whose words, and how it stands; with a revision, as it was then."""
    held, identity, past = asked.held, asked.path["identity"], None
    revision = asked.number("revision", held.revision, 10**9)
    if revision < held.revision:
        then, past = _earlier(asked, identity, revision)
        if past.then is not None:
            return _shown(asked, then, past.then, past)
    current = held.contact(identity)
    return _moved(asked, identity, current) if current != identity else _shown(asked, held, held.row(identity), past)


def _earlier(asked: Asked, identity: str, revision: int) -> tuple[Held, Since]:
    """The ledger as it was, and what became of a contact; raises NotFoundError for a revision that there was not."""
    then = asked.desk.at(revision, identity)
    past = since(then, asked.held, identity)
    if past.then is None:  # it may have had other sides then
        then = asked.desk.at(revision)
        past = since(then, asked.held, identity)
    return then, past


def _shown(asked: Asked, held: Held, row: ContactRow, past: Since | None) -> Page:
    """A contact as it is in a state of the ledger."""
    address = f"{links.contact(row.id)}?revision={held.revision}"
    bad, named = damage(held, row), partial(side_name, held.registry)
    full = asked.base + address
    return Page(
        "contact.html", citing.about(row, named),
        {
            "row": row, "fields": evidence(held.snapshot, row), "standing": standing(held.snapshot, row),
            "comparison": with_sentences(held.snapshot, held.comparison(row.id)), "told": told(held, row),
            "chain": chain(held, row), "address": address,
            "cite": citing.plain(row, full, held.revision, named),
            "bibtex": citing.bibtex(row, full, held.revision, named),
            "formerly": asked.one("formerly"), "damage": bad, "near": near(held, row), "past": past,
        },
        lambda: withheld(_told_json(held, row), bad) | _since_json(past),
        ("field", "value", "disputed", "source", "report", "document", "start", "end", "words"),
        lambda: _evidence_cells(held, row, bad),
        held=None if held is asked.held else held,
    )  # fmt: skip


def _told_json(held: Held, row: ContactRow) -> dict[str, Any]:
    """A contact with every account of it, and these face to face."""
    faces = compare_json(held.snapshot, compare(held.snapshot, row.id))
    return show_json(held.snapshot, row.id) | {"revision": held.revision, "compare": faces}


def _since_json(past: Since | None) -> dict[str, Any]:
    """What became of a contact since the revision that was asked for."""
    if past is None:
        return {}
    changed = {c.name: {"before": c.before, "now": c.now} for c in past.changed}
    told = {"now": past.now.id if past.now else None, "changed": changed, "documents": list(past.documents)}
    return {"since": told | {"judgements": [j.id for j in past.decided]}}


def _moved(asked: Asked, former: str, current: str) -> Page:
    """A merged id leads on, and the page it leads to says so."""
    return Page("", "Moved", moved=f"{links.contact(current)}{{form}}?formerly={former}")


def told(held: Held, row: ContactRow) -> tuple[Told, ...]:
    """The reports of a contact in the order of publication."""
    found = []
    for report in held.snapshot.accounts(row.id):
        document = held.snapshot.documents[report.document]
        found.append(Told(report, document, held.snapshot.issuers.of(document), published_day(document)))
    return tuple(sorted(found, key=lambda t: (str(t.day or "9999"), t.report.id)))


def damage(held: Held, row: ContactRow) -> frozenset[str]:
    """Documents of a contact whose stored text is not the one that was read: their words are not shown."""
    return held.ledger.damaged(row.documents)


def near(held: Held, row: ContactRow) -> tuple[ContactRow, ...]:
    """Contacts of the same sides on days close by, which may be the same."""
    if row.when is None or row.when.earliest is None:
        return ()
    first, own = row.when.earliest, (row.id, row.plan_of, row.fulfils)
    close = (r for r in held.between(row.sides) if r.id not in own and r.when and r.when.earliest)
    return tuple(r for r in close if r.when and r.when.earliest and abs((r.when.earliest - first).days) <= 3)[:6]


def _evidence_cells(held: Held, row: ContactRow, damaged: Collection[str]) -> Iterable[tuple[Cell, ...]]:
    for field in evidence(held.snapshot, row):
        for stated in field.stated:
            for e in stated.evidence:
                words = held.snapshot.documents[e.span.document].part(e.span.part)[e.span.start : e.span.stop]
                place = (e.report, e.span.document, e.span.start, e.span.stop)
                told = None if e.span.document in damaged else clean(words)
                yield (field.name, clean(stated.words), "yes" if field.disputed else "no", e.source, *place, told)
