"""ICEWS: 20 columns, tab-separated with a header, a row a pair of sides and direction, CAMEO codes and intensities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from communique.export.actors import coded
from communique.export.coding import Dyad, Event, events
from communique.export.formats import Exporter
from communique.export.material import Material
from communique.export.tabs import tab_line
from communique.model import Party

COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City",
    "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip


def pieces(material: Material) -> Iterator[str]:
    """The header and a line a pair."""
    yield tab_line(COLUMNS)
    for event in events(material):
        yield from (tab_line(cells(event, dyad, material)) for dyad in event.dyads)


def cells(event: Event, dyad: Dyad, material: Material) -> Sequence[object]:
    """The cells of a pair."""
    document = event.documents[0]
    host = coded(event.host, material.registry).country_name if event.host else None
    return (
        event.id, event.day, *_actor(dyad.source, material), dyad.event.name, dyad.event.code, dyad.event.goldstein,
        *_actor(dyad.target, material), document.id, None, document.publisher, event.place, None, None, host, None,
        None,
    )  # fmt: skip


def _actor(party: Party, material: Material) -> Sequence[object]:
    one = coded(party, material.registry)
    return one.name, "Government" if one.sector else None, one.country_name or "International"


EXPORTER = Exporter(
    "tsv",
    "text/tab-separated-values",
    pieces,
    {
        "contact": "Event ID, with Event Date",
        "status": "CAMEO Code: 036, 161, 04x",
        "channel": "CAMEO Code: 041 to 046; none for video and letters",
        "when": "Event Date",
        "place": "City; Country of the host",
        "person": "Source Name, Target Name: one for each side",
        "side": "Source Country, Target Country",
        "initiator": "Source, of proposals and cancellations",
        "document": "Story ID: the first document",
        "publisher": "Publisher: of the first document",
        "published": "Event Date, of what is announced",
        "agreement": "CAMEO Code",
    },
)
