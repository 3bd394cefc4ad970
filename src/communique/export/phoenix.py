"""Phoenix: 26 columns of CAMEO events, tab-separated without a header, a row a pair of sides and direction."""

from __future__ import annotations

from collections.abc import Sequence

from communique.export.actors import coded
from communique.export.coding import Dyad, Event
from communique.export.formats import Exporter
from communique.export.material import Material, joined, web_address
from communique.export.tabs import line_a_pair
from communique.model import Party

COLUMNS = (
    "EventID", "Date", "Year", "Month", "Day", "SourceActorFull", "SourceActorEntity", "SourceActorRole",
    "SourceActorAttribute", "TargetActorFull", "TargetActorEntity", "TargetActorRole", "TargetActorAttribute",
    "EventCode", "EventRootCode", "PentaClass", "GoldsteinScore", "Issues", "Lat", "Lon", "LocationName", "StateName",
    "CountryCode", "SentenceID", "URLs", "NewsSources",
)  # fmt: skip


def cells(event: Event, number: int, dyad: Dyad, material: Material) -> Sequence[object]:
    """The cells of a pair."""
    day, code = event.day, dyad.event
    links = ";".join(link for document in event.documents if (link := web_address(document)))
    sources = joined(dict.fromkeys(d.publisher for d in event.documents))
    country = coded(event.host, material.registry).country if event.host else None
    return (
        f"{event.id}-{number}", f"{day:%Y%m%d}", day.year, f"{day:%m}", f"{day:%d}", *_actor(dyad.source, material),
        *_actor(dyad.target, material), code.code, code.root, code.penta, code.goldstein, joined(event.topics), None,
        None, event.place, None, country, event.documents[0].id, links, sources,
    )  # fmt: skip


def _actor(party: Party, material: Material) -> Sequence[object]:
    one = coded(party, material.registry)
    return one.code, one.country or one.group or "".join(one.types), one.sector, None


EXPORTER = Exporter(
    "tsv",
    "text/tab-separated-values",
    line_a_pair(cells),
    {
        "contact": "EventID, before the dash",
        "status": "EventCode: 036, 161, 04x",
        "channel": "EventCode: 041 to 046; none for video and letters",
        "when": "Date",
        "place": "LocationName; CountryCode of the host",
        "side": "SourceActorEntity, TargetActorEntity",
        "topics": "Issues",
        "initiator": "Source, of proposals and cancellations",
        "document": "SentenceID: the first document",
        "url": "URLs",
        "publisher": "NewsSources",
        "published": "Date, of what is announced",
        "agreement": "EventCode",
    },
)
