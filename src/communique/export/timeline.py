"""TimelineJS: contacts as events of a timeline in one JSON object; what it takes for HTML is escaped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from communique.export.clean import clean_for
from communique.export.formats import Exporter
from communique.export.material import Material
from communique.views.contacts import ContactRow
from communique.views.words import contact_words, json_line

Json = dict[str, Any]


def pieces(material: Material) -> Iterator[str]:
    """The events; contacts without a first day are left out and counted."""
    dated = [row for row in material.contacts if row.when and row.when.earliest]
    if len(dated) < len(material.contacts):
        material.left_out["contacts without a day"] += len(material.contacts) - len(dated)
    yield '{"events": [\n'
    for number, row in enumerate(dated, 1):
        yield json_line(_event(material, row), markup=False) + (",\n" if number < len(dated) else "\n")
    yield "]}\n"


def _event(material: Material, row: ContactRow) -> Json:
    clean = clean_for("html")
    when = row.when
    assert when is not None
    assert when.earliest is not None
    last = when.latest if when.latest and when.latest != when.earliest else None
    quoted = material.quote(row)
    told = ", ".join(material.publishers(row))
    place = f"<p>{clean(row.place)}</p>" if row.place else ""
    links = " ".join(map(_link, map(clean, material.links(row))))
    counts = f"{row.reports} reports, {row.outlets} outlets, {row.independent} independent"
    text = f"<blockquote>{clean(quoted)}</blockquote>{place}<p>{clean(told)} ({counts})</p><p>{links}</p>"
    return {
        "unique_id": row.id,
        "start_date": _date(when.earliest),
        **({"end_date": _date(last)} if last else {}),
        "display_date": when.edtf,
        "group": row.channel,
        "text": {"headline": clean(contact_words(row)), "text": text},
    }


def _link(escaped: str) -> str:
    return f'<a href="{escaped}" rel="noopener noreferrer nofollow">{escaped}</a>'


def _date(day: date) -> Json:
    return {"year": day.year, "month": day.month, "day": day.day}


EXPORTER = Exporter(
    "timeline.json",
    "application/json",
    pieces,
    {
        "contact": "unique_id",
        "status": "text.headline, where not held",
        "channel": "group, text.headline",
        "when": "start_date, end_date",
        "interval": "display_date, as EDTF",
        "place": "text.text",
        "person": "text.headline",
        "side": "text.headline",
        "quote": "text.text: the first account",
        "counts": "text.text",
        "url": "text.text, as links",
        "publisher": "text.text",
    },
)
