"""The formats that a ledger is written in: ours, and those of other packages.

A package adds a format by the entry point ``communique.exporters``: a name, and an ``Exporter``::

    [project.entry-points."communique.exporters"]
    nexus = "mypackage.nexus:EXPORTER"
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, cast

from communique.errors import CommuniqueError, unknown

if TYPE_CHECKING:
    from communique.export.material import Material

GROUP = "communique.exporters"

#: What a ledger says that a format may hold; ``Exporter.holds`` says where it does.
FIELDS = (
    "contact", "status", "channel", "when", "interval", "place", "person", "office", "side", "topics", "initiator",
    "duration", "quote", "counts", "disputed", "plan", "document", "url", "publisher", "published", "claim",
    "agreement",
)  # fmt: skip

#: name → one line about it; the module of the same name is imported when the format is asked for.
OURS: Mapping[str, str] = {
    "csv": "a table as CSV, formulas disarmed (--table, --raw)",
    "jsonl": "everything, without loss; `communique import jsonl` reads it back",
    "parquet": "a table as Parquet (--table)",
    "plover": "events by PLOVER, JSON Lines",
    "polecat": "events by PLOVER in the 40 columns of POLECAT",
    "icews": "CAMEO events in the 20 columns of ICEWS",
    "phoenix": "CAMEO events in the 26 columns of Phoenix",
    "gdelt": "CAMEO events in the 61 columns of GDELT 2.0",
    "gexf": "the network of contacts for Gephi",
    "graphml": "the network of contacts for igraph, NetworkX, yEd",
    "ical": "plans as a calendar",
    "timeline": "contacts as a timeline (TimelineJS)",
    "jsonld": "contacts as Event, checked claims as ClaimReview (schema.org)",
    "ftm": "people, bodies and contacts as FollowTheMoney entities",
    "annotations": "every value with its words as W3C Web Annotations",
    "bibtex": "the documents as BibTeX",
    "csljson": "the documents as CSL-JSON",
}


class MissingPackageError(CommuniqueError):
    """A format needs a package that is not installed."""


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format: how files of it end, its media type, how a ledger is written in it, and what it can hold of it.

    ``pieces`` gives the output in pieces; ``holds`` names, for each of ``FIELDS`` that the format has a place for, that
    place. What is not there is lost. ``whole``: the format takes no choice of contacts.
    """

    suffix: str
    media_type: str
    pieces: Callable[[Material], Iterable[str | bytes]]
    holds: Mapping[str, str] = field(default_factory=dict)
    whole: bool = False

    def chunks(self, material: Material) -> Iterator[bytes]:
        """The output as bytes."""
        for piece in self.pieces(material):
            yield piece.encode() if isinstance(piece, str) else piece


def names() -> dict[str, str]:
    """Every format with a line about it."""
    return {**OURS, **dict.fromkeys(_installed(), f"from another package ({GROUP})")}


def exporter(name: str) -> Exporter:
    """The format of that name. Raises ConfigError for a name nobody knows."""
    if name in OURS:
        module = import_module(f"communique.export.{name.replace('-', '_')}")
        return cast(Exporter, module.EXPORTER)
    if name in _installed():
        return _installed()[name]
    raise unknown("format", name, names())


@cache
def _installed() -> Mapping[str, Exporter]:
    from importlib.metadata import entry_points

    return {entry.name: cast(Exporter, entry.load()) for entry in entry_points(group=GROUP) if entry.name not in OURS}


def needs(package: str, extra: str = "export") -> MissingPackageError:
    """The error for a package that is not there, naming the extra that brings it."""
    return MissingPackageError(f"This needs {package}, which is not installed.", f"pip install 'communique[{extra}]'")
