"""POLECAT: 40 columns, tab-separated with a header; several values are joined with "; ", missing ones are "None"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from communique.export.actors import Coded, coded
from communique.export.codebook import contexts, plover
from communique.export.coding import Event, events
from communique.export.formats import Exporter
from communique.export.material import Material, joined
from communique.export.tabs import tab_line
from communique.model import Party

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name",
    "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw",
    "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector",
    "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City",
    "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type",
    "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip
MISSING = "None"


def pieces(material: Material) -> Iterator[str]:
    """The header and a line an event."""
    yield tab_line(COLUMNS)
    for event in events(material):
        yield tab_line(cells(event, material), MISSING)


def cells(event: Event, material: Material) -> Sequence[object]:
    """The cells of an event."""
    quad, score = plover(event.rule.plover, event.mode)
    document = event.documents[0]
    country = coded(event.host, material.registry).country_name if event.host else None
    parties = (*event.actors, *event.recipients)
    return (
        event.id, event.day, event.rule.plover, event.mode, score, quad, joined(contexts(event.topics)),
        *_actors(event.actors, material), *_actors(event.recipients, material), event.place, None, None, None, country,
        None, None, None, event.place, None, document.publisher, material.told(document),
        joined(p.name for p in parties), joined(p.organisation for p in parties), event.place, document.language,
        "communique",
    )  # fmt: skip


def _actors(parties: Sequence[Party], material: Material) -> Sequence[object]:
    codes = [coded(party, material.registry) for party in parties]
    sectors = joined(dict.fromkeys(map(_sector, codes)))
    names = joined(c.name for c in codes)
    countries = joined(c.country or c.plover for c in codes)
    return names, countries, None, sectors.partition("; ")[0], sectors, joined(p.office for p in parties), names, None


def _sector(code: Coded) -> str:
    return code.sector or ("" if code.country else code.plover)


EXPORTER = Exporter(
    "tsv",
    "text/tab-separated-values",
    pieces,
    {
        "contact": "Event ID",
        "status": "Event Type",
        "channel": "Event Mode, where there is one",
        "when": "Event Date",
        "place": "Placename, Raw Placename, Story Locations; Country of the host",
        "person": "Actor Name, Recipient Name, Story People",
        "office": "Actor Title, Recipient Title",
        "side": "Actor Country, Recipient Country",
        "topics": "Contexts",
        "initiator": "Actor, of proposals and cancellations",
        "publisher": "Source",
        "published": "Publication Date",
        "agreement": "Event Type",
    },
)
