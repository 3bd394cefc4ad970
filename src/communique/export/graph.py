"""Contacts as a network: people and bodies, and who was in touch with whom.

A contact of two parties is an edge of its own. One of more is a node, joined to each of its parties.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from communique.export.clean import clean_for
from communique.export.material import Material
from communique.export.tables import cell
from communique.model import Party
from communique.views.contacts import ContactRow
from communique.views.words import contact_words, party_words

Values = Mapping[str, str | int]
#: The attributes of nodes and edges, with the type that GEXF and GraphML give them.
NODE = {"kind": "string", "side": "string", "office": "string", "level": "string"}
EDGE = {
    "contact": "string", "status": "string", "channel": "string", "when": "string", "place": "string",
    "topics": "string", "disputed": "string", "reports": "integer", "outlets": "integer", "independent": "integer",
    "initiator": "string", "minutes": "integer", "quote": "string", "documents": "string", "links": "string",
    "publishers": "string", "fulfils": "string",
}  # fmt: skip
HOLDS = {
    "contact": "contact", "status": "status", "channel": "channel", "when": "when", "interval": "when, as EDTF",
    "place": "place", "person": "label of a node", "office": "office", "side": "side", "topics": "topics",
    "initiator": "initiator", "duration": "minutes", "quote": "quote: the first account",
    "counts": "reports, outlets, independent", "disputed": "disputed", "plan": "fulfils: the plan",
    "document": "documents", "url": "links", "publisher": "publishers",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Node:
    """A person, a body, or a contact of more than two parties."""

    id: str
    label: str
    values: Values


@dataclass(frozen=True, slots=True)
class Edge:
    """A contact of two parties, or the part of one party in a contact of several; with its first and last day."""

    id: str
    source: str
    target: str
    label: str
    values: Values
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes and edges, in a fixed order."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def graph(material: Material) -> Graph:
    """The network of the contacts asked for."""
    people: dict[str, Node] = {}
    gatherings: dict[str, Node] = {}
    edges: list[Edge] = []
    for row in material.contacts:
        found = [_person(party) for party in row.parties]
        people |= {node.id: node for node in found}
        ends = [node.id for node in found]
        if len(ends) == 2:
            edges.append(_edge(material, row, row.id, ends[0], ends[1]))
        else:
            gatherings[row.id] = Node(f"contact:{row.id}", contact_words(row), {"kind": "contact"})
            edges += [_edge(material, row, f"{row.id}-{n}", end, f"contact:{row.id}") for n, end in enumerate(ends, 1)]
    nodes = (*sorted(people.values(), key=lambda n: n.id), *gatherings.values())
    return Graph(nodes, tuple(edges))


def _person(party: Party) -> Node:
    kind = "person" if party.name else "body"
    values = {"kind": kind, "side": party.side, "office": party.office, "level": party.level}
    known = {name: value for name, value in values.items() if value}
    return Node(f"{kind}:{party.side or ''}:{party.name or party.office or ''}", party_words(party), known)


def _edge(material: Material, row: ContactRow, identity: str, source: str, target: str) -> Edge:
    when = row.when
    values: dict[str, str | int | None] = {
        "contact": row.id, "status": row.status, "channel": row.channel, "when": when.edtf if when else None,
        "place": row.place, "topics": cell(row.topics), "disputed": cell(row.disputed), "reports": row.reports,
        "outlets": row.outlets, "independent": row.independent, "initiator": row.answers["initiator"].value,
        "minutes": row.answers["duration_minutes"].value, "quote": material.quote(row),
        "documents": cell(row.documents), "links": cell(material.links(row)),
        "publishers": cell(material.publishers(row)), "fulfils": row.fulfils,
    }  # fmt: skip
    known = {name: value for name, value in values.items() if value is not None and value != ""}
    first, last = (day.isoformat() if day else None for day in ((when.earliest, when.latest) if when else (None, None)))
    return Edge(identity, source, target, contact_words(row), known, first, last)


def attributes(**values: object) -> str:
    """Attributes of an element, cleaned and escaped; line ends and tabs are kept as references."""
    clean = clean_for("xml")
    kept = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
    pairs = ((name.rstrip("_"), value) for name, value in values.items() if value is not None)
    return "".join(f" {name}={quoteattr(clean(str(value)), kept)}" for name, value in pairs)


def lines(*pieces: Iterator[str] | str) -> Iterator[str]:
    """Pieces of a document, a line each."""
    for piece in pieces:
        yield from (f"{line}\n" for line in ([piece] if isinstance(piece, str) else piece))
