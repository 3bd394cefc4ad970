"""Atom feeds of what is new: valid, of what their pages list, and harmless."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import feedparser  # type: ignore[import-untyped]
import pytest
from starlette.testclient import TestClient

from tests.web.conftest import paste


def entries(reader: TestClient, address: str) -> list[Any]:
    """The entries of a feed that two readers of feeds understand: one strict about XML, one about Atom."""
    answer = reader.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/atom+xml; charset=utf-8")
    root = ElementTree.fromstring(answer.content)
    space = "{http://www.w3.org/2005/Atom}"
    for one in (root, *root.iter(f"{space}entry")):
        for name in ("id", "title", "updated"):
            assert len(one.findall(f"{space}{name}")) == 1, name
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", one.findtext(f"{space}updated", ""))
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", one.findtext(f"{space}id", ""))
    assert root.findtext(f"{space}author/{space}name")
    assert any(link.get("rel") == "self" for link in root.findall(f"{space}link"))
    found = feedparser.parse(answer.content)
    assert (found.bozo, found.version) == (False, "atom10")
    assert len({one.id for one in found.entries}) == len(found.entries)
    return list(found.entries)


def test_new_contacts_are_a_feed(writer: TestClient) -> None:
    before = entries(writer, "/contacts.atom")
    assert len(before) == writer.get("/contacts.json").json()["total"]
    paste(writer, "Joe Biden spoke by phone with Xi Jinping in Geneva on February 10, 2021.", "2021-02-10")
    after = entries(writer, "/contacts.atom?limit=1")
    assert [one.title for one in after] == ["2021-02-10: Phone call: Xi Jinping (CHN), Joe Biden (USA)"]
    assert "spoke by phone with Xi Jinping" in after[0].content[0].value
    assert after[0].id not in {one.id for one in before}
    assert writer.get(after[0].link).status_code == 200
    assert {one.id for one in before} < {one.id for one in entries(writer, "/contacts.atom")}


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/contacts.atom?between=RUS&channel=video", "/contacts.json?between=RUS&channel=video"),
        ("/contacts.atom?place=geneva", "/contacts.json?place=Geneva"),
        ("/contacts.atom?person=Lavrov", "/contacts.json?person=Lavrov"),
        ("/people/Joe%20Biden.atom", "/people/Joe%20Biden.json"),
        ("/pairs/RUS/USA.atom", "/pairs/RUS/USA.json"),
    ],
)
def test_a_feed_holds_what_its_page_does(reader: TestClient, address: str, page: str) -> None:
    listed = reader.get(page).json()["items"]
    assert listed
    assert {one.link.rpartition("/")[2] for one in entries(reader, address)} == {row["id"] for row in listed}


def test_pages_name_their_feeds_and_others_have_none(reader: TestClient) -> None:
    for place in ("/contacts?between=RUS", "/people/Joe%20Biden", "/pairs/RUS/USA"):
        linked = re.search(r'<link rel="alternate" type="application/atom[^>]* href="([^"]+)"', reader.get(place).text)
        assert linked
        assert entries(reader, linked[1].replace("&amp;", "&"))
    assert reader.get("/plans.atom").status_code == 404
    assert reader.get("/documents/wh-2021-12-07.atom").status_code == 404
    assert "alternate" not in reader.get("/plans").text


def test_a_feed_takes_hostile_words_for_words(reader: TestClient) -> None:
    for one in entries(reader, "/contacts.atom"):
        assert "<script" not in one.content[0].value
        assert "javascript:" not in one.link
    answer = reader.get("/contacts.atom")
    again = reader.get("/contacts.atom", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
