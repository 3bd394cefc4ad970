"""How documents, contacts and answers look in a notebook: HTML with everything of an article escaped.

Notebooks ask an object for ``_repr_html_``. The nouns know nothing of how they are shown; :func:`teach` gives them the
method, and the Python interface calls it once when it is imported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

from communique.model import Document, Reading, Span
from communique.pictures.faces import value_words
from communique.pictures.picture import Table, table_html
from communique.views.check import Verdict
from communique.views.compare import Comparison
from communique.views.contacts import ContactRow
from communique.views.tables import Cell
from communique.views.words import clean, parties_words, when_words

_METHOD = "_repr_html_"
_CONTACTS = ("id", "when", "status", "channel", "parties", "place", "reports", "disputed")
MOST = 200
"""So many rows are shown; the rest is counted."""


def contacts_html(rows: Sequence[ContactRow]) -> str:
    """Contacts as a table."""
    shown = tuple(map(_cells, rows[:MOST]))
    rest = f"<p>and {len(rows) - MOST:,} more</p>" if len(rows) > MOST else ""
    return table_html(Table(_CONTACTS, shown)) + rest


def contact_html(row: ContactRow) -> str:
    """One contact as a table of its fields."""
    cells = zip(_CONTACTS, _cells(row), strict=True)
    return table_html(Table(("field", "value"), tuple((name, cell) for name, cell in cells if cell not in (None, ""))))


def document_html(document: Document, marked: Iterable[Span] = ()) -> str:
    """A document's text; ``marked`` words are highlighted."""
    about = [document.publisher, (document.published.edtf or "undated")[:10], document.id]
    head = (
        f"<h4>{_text(document.title or document.id)}</h4><p><small>{_text(' · '.join(filter(None, about)))}</small></p>"
    )
    spans = sorted({(s.start, s.stop) for s in marked if s.part == "text"})
    return f'{head}<div style="white-space:pre-wrap;max-width:46em">{"".join(_marked(document.text, spans))}</div>'


def reading_html(reading: Reading) -> str:
    """A document with the words that tell of contacts highlighted, and what was read of each."""
    document = reading.document
    rows = tuple(
        (
            report.status.value,
            report.channel.value,
            report.when.value.edtf if report.when else None,
            parties_words(p.value for p in report.parties),
            report.place.value if report.place else None,
            document.part(report.trigger.part)[report.trigger.start : report.trigger.stop],
        )
        for report in reading.reports
    )
    table = table_html(Table(("status", "channel", "when", "parties", "place", "words"), rows)) if rows else ""
    others = f"<p>{len(reading.claims)} claims, {len(reading.agreements)} steps of agreements</p>"
    return document_html(document, (report.trigger for report in reading.reports)) + table + others


def verdict_html(verdict: Verdict) -> str:
    """A verdict, why, and the contacts that count or may."""
    told = [(("yes", *_cells(one.row))) for one in verdict.contacts]
    told += [(("perhaps", *_cells(one.row))) for one in verdict.could_count]
    table = table_html(Table(("counts", *_CONTACTS), tuple(told))) if told else ""
    return f"<p><b>{_text(verdict.verdict)}</b>: {_text(verdict.why)}</p>{table}"


def comparison_html(comparison: Comparison) -> str:
    """Topics and fields by who mentions them."""
    sides = tuple(account.side for account in comparison.accounts)
    topics = ((row.topic, *("●" if side in row.said_by else "" for side in sides)) for row in comparison.topics)
    fields = ((row.field, *(_said(row.values, side) for side in sides)) for row in comparison.fields)
    return table_html(Table(("", *sides), (*topics, *fields)))


def _said(values: Sequence[tuple[str, Any, Any]], side: str) -> str:
    return next((value_words(value) for teller, value, _ in values if teller == side), "")


def _cells(row: ContactRow) -> tuple[Cell, ...]:
    about = (row.id, when_words(row.when), row.status, row.channel, parties_words(row.parties), row.place)
    return (*about, row.reports, ", ".join(row.disputed))


def _marked(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    at = 0
    for start, stop in spans:
        if start >= at:
            yield f"{_lines(text[at:start])}<mark>{_lines(text[start:stop])}</mark>"
            at = stop
    yield _lines(text[at:])


def _lines(text: str) -> str:
    return "\n".join(map(_text, text.split("\n")))


def _text(words: str) -> str:
    return escape(clean(words))


SHOWN: Mapping[type, Callable[[Any], str]] = {
    ContactRow: contact_html,
    Document: document_html,
    Reading: reading_html,
    Verdict: verdict_html,
    Comparison: comparison_html,
}


def teach() -> None:
    """Give what the Python interface returns the method by which notebooks show it."""
    for kind, shown in SHOWN.items():
        setattr(kind, _METHOD, shown)
