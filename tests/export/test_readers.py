"""Each format as another program reads it; whatever words a document brings come back as the gate let them through."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

import bibtexparser
import duckdb
import followthemoney
import icalendar
import networkx as nx
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest
import rdflib
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyld import jsonld

from communique.export import gdelt, icews, phoenix, polecat
from communique.export.clean import Target, clean_for
from communique.export.formats import OURS, exporter
from communique.export.material import Material, Options
from communique.views.tables import unguarded
from tests.export.ledgers import hostile, material, told

VOCABULARY = {"@context": {"@vocab": "https://schema.org/"}}
HOSTILE = '</script><b onclick="x">\x1b[31m=1+1 \\input{x} %&#;,\r\n\t"{}~^\u202e\u2028]]> éЖ中\U0001f600'


def two() -> Material:
    """A meeting of three sides, and a visit planned."""
    return material(
        [
            told("one", ("FRA", "USA", "NATO"), "meeting", place="Paris", topics=("trade", "energy")),
            told("two", ("FRA", "USA"), "visit", "planned", "2031-06-04/2031-06-06", place="Washington"),
        ]
    )


def output(name: str, of: Material) -> bytes:
    return b"".join(exporter(name).chunks(of))


def tabs(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline=""), delimiter="\t", quoting=csv.QUOTE_NONE))


def strings(value: Any) -> Iterator[str]:
    """Every text in what a reader of JSON gives."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)


def read_csv(data: bytes) -> list[str]:
    rows = list(csv.reader(io.StringIO(data.decode(), newline="")))
    assert len({len(row) for row in rows}) == 1
    return [unguarded(cell) for row in rows for cell in row]


def read_parquet(data: bytes) -> list[str]:
    return list(strings(pq.read_table(io.BytesIO(data)).to_pylist()))


def read_lines(data: bytes) -> list[str]:
    return [text for line in data.decode().split("\n") if line for text in strings(json.loads(line))]


def read_json(data: bytes) -> list[str]:
    assert b"<" not in data
    return list(strings(json.loads(data)))


def read_list(data: bytes) -> list[str]:
    return list(strings(json.loads(data)))


def read_tabs(columns: int) -> Callable[[bytes], list[str]]:
    def read(data: bytes) -> list[str]:
        rows = tabs(data)
        assert {len(row) for row in rows} <= {columns}
        return [cell for row in rows for cell in row]

    return read


def read_xml(parse: Callable[[io.BytesIO], Any]) -> Callable[[bytes], list[str]]:
    def read(data: bytes) -> list[str]:
        graph = parse(io.BytesIO(data))
        values = [*(v for _, v in graph.nodes(data=True)), *(v for *_, v in graph.edges(data=True))]
        return [str(text) for held in values for text in held.values()]

    return read


def read_calendar(data: bytes) -> list[str]:
    calendar = icalendar.Calendar.from_ical(data)
    return [str(value) for event in calendar.walk("VEVENT") for value in event.values()]


def read_bibtex(data: bytes) -> list[str]:
    library = bibtexparser.parse_string(data.decode())
    assert not library.failed_blocks
    return [str(field.value) for entry in library.entries for field in entry.fields]


def read_ftm(data: bytes) -> list[str]:
    proxies = [followthemoney.model.get_proxy(json.loads(line)) for line in data.decode().split("\n") if line]
    return [value for proxy in proxies for _, value in proxy.itervalues()]


GEXF: Callable[[io.BytesIO], Any] = lambda data: nx.read_gexf(data, version="1.3")  # noqa: E731
READ: dict[str, tuple[Target, Callable[[bytes], list[str]]]] = {
    "csv": ("raw", read_csv),
    "parquet": ("raw", read_parquet),
    "plover": ("raw", read_lines),
    "polecat": ("tsv", read_tabs(40)),
    "icews": ("tsv", read_tabs(20)),
    "phoenix": ("tsv", read_tabs(26)),
    "gdelt": ("tsv", read_tabs(61)),
    "gexf": ("xml", read_xml(GEXF)),
    "graphml": ("xml", read_xml(nx.read_graphml)),
    "ical": ("ical", read_calendar),
    "timeline": ("html", read_json),
    "jsonld": ("raw", read_json),
    "ftm": ("raw", read_ftm),
    "annotations": ("raw", read_lines),
    "bibtex": ("bibtex", read_bibtex),
    "csljson": ("raw", read_list),
}


def test_every_format_has_a_reader() -> None:
    assert READ.keys() | {"jsonl"} == OURS.keys()


@settings(max_examples=25)
@given(st.text(min_size=1, max_size=20))
@example(HOSTILE)
@pytest.mark.parametrize("name", READ)
def test_any_words_come_back(name: str, words: str) -> None:
    target, read = READ[name]
    options = Options(table="reports" if name in ("csv", "parquet") else "contacts")
    found = read(output(name, material([hostile(words, "planned" if name == "ical" else "held")], options)))
    assert any(expected(name, target, words) in text for text in found)


def expected(name: str, target: Target, words: str) -> str:
    """What of the words a reader is to find: as they are, or as the gate let them through."""
    clean = clean_for(target)(words)
    if name == "ical":
        return re.sub(r"\\([\\;,n])", lambda m: "\n" if m[1] == "n" else m[1], clean)
    return clean


def test_event_data_have_their_columns() -> None:
    assert [len(module.COLUMNS) for module in (polecat, icews, phoenix, gdelt)] == [40, 20, 26, 61]
    assert tabs(output("polecat", two()))[0] == list(polecat.COLUMNS)
    assert tabs(output("icews", two()))[0] == list(icews.COLUMNS)
    assert list(gdelt.COLUMNS[25:35]) == [
        "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
        "NumSources", "NumArticles", "AvgTone",
    ]  # fmt: skip
    assert gdelt.COLUMNS[-2:] == ("DATEADDED", "SOURCEURL")


def test_a_network_joins_many_by_a_node_and_two_by_an_edge() -> None:
    for name, parse in (("gexf", GEXF), ("graphml", nx.read_graphml)):
        graph = parse(io.BytesIO(output(name, two())))
        kinds = [data["kind"] for _, data in graph.nodes(data=True)]
        assert sorted(kinds) == ["body", "contact", "person", "person"]
        assert graph.number_of_edges() == 4
        (gathering,) = (node for node, data in graph.nodes(data=True) if data["kind"] == "contact")
        assert graph.degree(gathering) == 3


def test_plans_are_events_of_whole_days() -> None:
    calendar = icalendar.Calendar.from_ical(output("ical", two()))
    (event,) = calendar.walk("VEVENT")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2031, 6, 4), date(2031, 6, 7))
    assert (event["STATUS"], str(event["LOCATION"])) == ("TENTATIVE", "Washington")
    assert all(len(line) <= 75 for line in output("ical", two()).split(b"\r\n"))


def linked(data: dict[str, Any]) -> rdflib.Graph:
    """JSON-LD as a graph; what pyld makes of it is read by rdflib."""
    triples = jsonld.to_rdf(data, {"format": "application/n-quads"})
    return rdflib.Graph().parse(data=triples, format="nt")


def test_json_ld_is_linked_data() -> None:
    data = json.loads(output("jsonld", two()))
    assert data["@context"] == "https://schema.org"
    (expanded, *_) = jsonld.expand(data | VOCABULARY)
    graph = linked(data | VOCABULARY)
    event = rdflib.URIRef("https://schema.org/Event")
    assert len(set(graph.subjects(rdflib.RDF.type, event))) == 2
    assert expanded


def test_annotations_are_linked_data() -> None:
    for line in output("annotations", two()).decode().splitlines():
        annotation = json.loads(line)
        assert annotation["type"] == "Annotation"
        exact = next(s for s in annotation["target"]["selector"] if s["type"] == "TextQuoteSelector")
        assert exact["exact"]
        vocabulary = {"@vocab": "http://www.w3.org/ns/oa#", "id": "@id", "type": "@type"}
        graph = linked(annotation | {"@context": vocabulary})
        assert (rdflib.URIRef(annotation["id"]), rdflib.RDF.type, None) in graph


def test_follow_the_money_takes_its_entities() -> None:
    lines = output("ftm", two()).decode().splitlines()
    proxies = [followthemoney.model.get_proxy(json.loads(line), cleaned=False) for line in lines]
    assert [proxy.to_dict()["properties"] for proxy in proxies] == [json.loads(line)["properties"] for line in lines]
    assert {proxy.schema.name for proxy in proxies} == {"Person", "Organization", "Article", "Event"}
    meeting = next(p for p in proxies if p.schema.name == "Event" and p.first("location") == "Paris")
    assert len(meeting.get("involved")) == 3
    assert {proxy.first("country") for proxy in proxies if proxy.schema.name == "Person"} == {"fr", "us"}


def test_parquet_is_read_by_three_others() -> None:
    data = output("parquet", two())
    frame = pl.read_parquet(io.BytesIO(data))
    assert frame["first_day"].to_list() == [date(2031, 3, 4), date(2031, 6, 4)]
    assert frame["sides"].to_list() == [["FRA", "NATO", "USA"], ["FRA", "USA"]]
    assert pd.read_parquet(io.BytesIO(data))["place"].tolist() == ["Paris", "Washington"]
    held = pq.read_table(io.BytesIO(data))
    assert duckdb.sql("select count(*) from held where 'NATO' in sides").fetchall() == [(1,)]
    assert held.schema.field("place").metadata == {b"about": b"where"}


def test_references_are_dated_and_linked() -> None:
    library = bibtexparser.parse_string(output("bibtex", two()).decode())
    (entry, _) = library.entries
    assert (entry.key, entry["date"], entry["url"]) == ("d-one", "2031-03-05", "https://example.org/one")
    (item, _) = json.loads(output("csljson", two()))
    assert item["issued"] == {"date-parts": [[2031, 3, 5]]}
    assert item["note"].startswith("Meeting: Head of FRA (FRA), NATO, Head of USA (USA)")


def test_only_addresses_of_the_web_become_links() -> None:
    for name in READ:
        assert b"javascript:" not in output(name, material([hostile("x")])), name


def test_xml_is_well_formed_whatever_it_holds() -> None:
    for name in ("gexf", "graphml"):
        ET.fromstring(output(name, material([hostile(HOSTILE)])))
