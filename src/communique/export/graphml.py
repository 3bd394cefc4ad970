"""GraphML: the network for igraph, NetworkX, yEd and others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape

from communique.export.clean import clean_for
from communique.export.formats import Exporter
from communique.export.graph import EDGE, HOLDS, NODE, Edge, Node, Values, attributes, graph, lines
from communique.export.material import Material

_TYPES = {"string": "string", "integer": "int"}


def pieces(material: Material) -> Iterator[str]:
    """The document, line by line."""
    held = graph(material)
    yield from lines(
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
        _declared("node", {"label": "string", **NODE}),
        _declared("edge", {"label": "string", **EDGE}),
        '<graph id="contacts" edgedefault="undirected">',
        map(_node, held.nodes),
        map(_edge, held.edges),
        "</graph>",
        "</graphml>",
    )


def _declared(kind: str, names: Mapping[str, str]) -> Iterator[str]:
    for name, type_ in names.items():
        head = {"id": f"{kind}-{name}", "for_": kind, "attr.name": name, "attr.type": _TYPES[type_]}
        yield f"<key{attributes(**head)}/>"


def _node(node: Node) -> str:
    return f"<node{attributes(id=node.id)}>{_data('node', {'label': node.label, **node.values})}</node>"


def _edge(edge: Edge) -> str:
    head = attributes(id=edge.id, source=edge.source, target=edge.target)
    return f"<edge{head}>{_data('edge', {'label': edge.label, **edge.values})}</edge>"


def _data(kind: str, values: Values) -> str:
    clean = clean_for("xml")
    cells = ((f"{kind}-{name}", escape(clean(str(value)), {"\r": "&#13;"})) for name, value in values.items())
    return "".join(f"<data{attributes(key=key)}>{text}</data>" for key, text in cells)


EXPORTER = Exporter("graphml", "application/graphml+xml", pieces, HOLDS)
