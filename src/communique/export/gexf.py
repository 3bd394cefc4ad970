"""GEXF 1.3 for Gephi: a network whose edges last from their first to their last day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from communique.export.formats import Exporter
from communique.export.graph import EDGE, HOLDS, NODE, Edge, Node, Values, attributes, graph, lines
from communique.export.material import Material

_NAMESPACE = "http://gexf.net/1.3"


def pieces(material: Material) -> Iterator[str]:
    """The document, line by line."""
    held = graph(material)
    yield from lines(
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<gexf xmlns="{_NAMESPACE}" version="1.3">',
        "<meta><creator>Communique</creator></meta>",
        '<graph defaultedgetype="undirected" mode="dynamic" timeformat="date">',
        _declared("node", NODE),
        _declared("edge", EDGE),
        "<nodes>",
        map(_node, held.nodes),
        "</nodes>",
        "<edges>",
        map(_edge, held.edges),
        "</edges>",
        "</graph>",
        "</gexf>",
    )


def _declared(kind: str, names: Mapping[str, str]) -> Iterator[str]:
    yield f'<attributes class="{kind}">'
    for name, type_ in names.items():
        yield f"<attribute{attributes(id=f'{kind}-{name}', title=name, type=type_)}/>"
    yield "</attributes>"


def _node(node: Node) -> str:
    return f"<node{attributes(id=node.id, label=node.label)}>{_values('node', node.values)}</node>"


def _edge(edge: Edge) -> str:
    head = attributes(
        id=edge.id, source=edge.source, target=edge.target, label=edge.label, start=edge.first, end=edge.last
    )
    return f"<edge{head}>{_values('edge', edge.values)}</edge>"


def _values(kind: str, values: Values) -> str:
    inner = (f"<attvalue{attributes(for_=f'{kind}-{name}', value=value)}/>" for name, value in values.items())
    return f"<attvalues>{''.join(inner)}</attvalues>"


EXPORTER = Exporter(
    "gexf", "application/gexf+xml", pieces, {**HOLDS, "interval": "start and end of an edge, when as EDTF"}
)
