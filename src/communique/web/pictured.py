"""Pictures inside pages: the drawing, its downloads, and its table underneath."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, get_args
from urllib.parse import urlencode

from markupsafe import Markup, escape

from communique.pictures.ask import calendar, claim, face_to_face, network, timeline
from communique.pictures.network import Of
from communique.pictures.picture import Picture, Table
from communique.views.asking import first_day, last_day
from communique.views.contacts import Wanted
from communique.views.shelf import Held
from communique.web import links
from communique.web.desk import Desk

MOST_ROWS = 400


def _calendar(desk: Desk, held: Held, person: str | None = None, between: tuple[str, ...] = ()) -> Picture:
    return calendar(held.snapshot, held.registry, Wanted(between=tuple(between), person=person), links.link, held)


def _lanes(desk: Desk, held: Held, between: tuple[str, ...]) -> Picture:
    return timeline(held.snapshot, held.registry, (between[0], between[1]), link=links.link, kept=held)


def _network(desk: Desk, held: Held, of: Of = "people", since: str | None = None, until: str | None = None) -> Picture:
    if of not in get_args(Of):
        raise ValueError(f"nothing is drawn of {of[:40]!r}")
    wanted = Wanted(since=first_day(since), until=last_day(until))
    return network(held.snapshot, of, wanted, link=links.link, kept=held)


def _compare(desk: Desk, held: Held, contact: str) -> Picture:
    return face_to_face(held.snapshot, contact, link=links.link, kept=held)


def _claim(desk: Desk, held: Held, sentence: str, published: str = "", number: int | str = 0) -> Picture:
    """The staircase of one of the claims that a sentence makes."""
    found = desk.read_sentence(sentence, published or None).claims[int(number)]
    quote = found.quotes[0]
    return claim(
        held.snapshot, found, sentence[quote.start : quote.stop], last_day(published or None), links.link, held
    )


KINDS: Mapping[str, Callable[..., Picture]] = {
    "calendar": _calendar, "lanes": _lanes, "network": _network, "compare": _compare, "claim": _claim,
}  # fmt: skip


def draw(desk: Desk, held: Held, kind: str, **what: Any) -> Picture:
    """A picture by its kind; raises KeyError, TypeError, IndexError or ValueError for one there cannot be."""
    return KINDS[kind](desk, held, **what)


def picture(desk: Desk, held: Held, kind: str, more: Mapping[str, Any], **what: Any) -> Markup:
    """A figure: the drawing, where to get it as a file (asked for with ``more`` besides), and the data as a table."""
    drawn = draw(desk, held, kind, **what)
    query = urlencode({k: v for k, v in {**what, **more}.items() if v}, doseq=True)
    files = (f'<a href="{escape(f"/pictures/{kind}.{form}?{query}")}">{form.upper()}</a>' for form in FORMS)
    return Markup(
        f'<figure class="picture {escape(kind)}">'
        f'<div class="scroll" tabindex="0" role="group" aria-label="{escape(drawn.title)}">'
        f"{drawn.inline()}</div><figcaption><details><summary>The same as a table</summary>"
        f'<div class="scroll" tabindex="0" role="group" aria-label="Table: {escape(drawn.title)}">{_table(drawn.table)}'
        f'</div></details><span class="files">{" ".join(files)}</span></figcaption></figure>'
    )


FORMS = ("svg", "png", "csv")


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in table.columns)
    rows = "".join(_row(table, n) for n in range(min(len(table.rows), MOST_ROWS)))
    rest = len(table.rows) - MOST_ROWS
    more = f'<tr><td colspan="{len(table.columns)}">and {rest:,} more in the CSV</td></tr>' if rest > 0 else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}{more}</tbody></table>"


def _row(table: Table, n: int) -> str:
    address = links.link(*table.links[n]) if n < len(table.links) else None
    cells = ["" if cell is None else str(escape(cell)) for cell in table.rows[n]]
    if address and cells:
        cells[0] = f'<a href="{escape(address)}">{cells[0]}</a>'
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
