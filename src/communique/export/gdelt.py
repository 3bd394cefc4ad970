"""GDELT 2.0 events: 61 columns, tab-separated without a header, a row a pair of sides and direction."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from communique.export.actors import coded
from communique.export.coding import Dyad, Event
from communique.export.formats import Exporter
from communique.export.material import Material, web_address
from communique.export.tabs import line_a_pair
from communique.model import Party

_ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
    "Type2Code", "Type3Code",
)  # fmt: skip
_GEO = ("Type", "Fullname", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
COLUMNS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor{n}{name}" for n in (1, 2) for name in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
    "NumSources", "NumArticles", "AvgTone",
    *(f"{who}Geo_{name}" for who in ("Actor1", "Actor2", "Action") for name in _GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
_NOWHERE = (0, *(None,) * 7)


def cells(event: Event, number: int, dyad: Dyad, material: Material) -> Sequence[object]:
    """The cells of a pair."""
    day, code = event.day, dyad.event
    fraction = round(day.year + (day.month * 30 + day.day) / 365, 4)
    added = next((told for d in event.documents if (told := material.told(d))), day)
    link = next((link for d in event.documents if (link := web_address(d))), None)
    where = (0, event.place, *(None,) * 6)
    return (
        _number(f"{event.id}-{number}"), f"{day:%Y%m%d}", f"{day:%Y%m}", day.year, f"{fraction:.4f}",
        *_actor(dyad.source, material), *_actor(dyad.target, material), 1, code.code, code.code[:3], code.root,
        code.quad, code.goldstein, *event.counts, None, *_NOWHERE, *_NOWHERE, *where, f"{added:%Y%m%d}000000", link,
    )  # fmt: skip


def _actor(party: Party, material: Material) -> Sequence[object]:
    one = coded(party, material.registry)
    types = (*one.types, None, None, None)[:3]
    return one.code, one.name.upper(), one.country, one.group, None, None, None, *types


def _number(identity: str) -> int:
    """A number of 60 bits that stands for an id, as GDELT has only numbers."""
    return int(sha256(identity.encode()).hexdigest()[:15], 16)


EXPORTER = Exporter(
    "tsv",
    "text/tab-separated-values",
    line_a_pair(cells),
    {
        "contact": "GLOBALEVENTID, as a number made of it",
        "status": "EventCode: 036, 161, 04x",
        "channel": "EventCode: 041 to 046; none for video and letters",
        "when": "SQLDATE and its likes",
        "place": "ActionGeo_Fullname",
        "person": "Actor1Name, Actor2Name, in capitals",
        "side": "Actor1CountryCode, Actor2CountryCode, or the KnownGroupCode",
        "initiator": "Actor1, of proposals and cancellations",
        "counts": "NumMentions (reports), NumSources (outlets), NumArticles (documents)",
        "url": "SOURCEURL: of the first document",
        "published": "DATEADDED: of the first document",
        "agreement": "EventCode",
    },
)
