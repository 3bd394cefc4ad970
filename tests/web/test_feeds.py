"""Feeds from the pages: added, asked, edited, silent, forgotten; from a server on the loopback."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from communique.sources.web.feeds import named_in
from communique.web.access import Access
from communique.web.app import create_app
from communique.web.desk import Desk
from tests.sources.web_server import Answer, Site, site
from tests.test_watching import CALL, feed, page
from tests.web.conftest import FEED, HERE, OWN

NOW = "2021-07-{:02}T12:00:00+00:00"


class Office:
    """A ledger's pages, a site with a feed, and a day that tests move on."""

    def __init__(self, client: TestClient, served: Site) -> None:
        self.client, self.served, self.day = client, served, 10
        self.url = f"{served.address}/feed"

    def now(self) -> str:
        return NOW.format(self.day)

    def post(self, place: str, **data: str) -> Any:
        return self.client.post(place, data=data, headers=OWN)

    def asked(self, **data: str) -> str:
        """The page of a round, once it is done."""
        place = self.post("/feeds/ask", **data).headers["location"]
        for _ in range(400):
            if self.client.get(f"{place}.json").json()["done"]:
                return str(self.client.get(place).text)
            time.sleep(0.02)
        raise AssertionError(place)

    def row(self) -> dict[str, Any]:
        (found,) = self.client.get("/feeds.json").json()["items"]
        return dict(found)


@pytest.fixture
def office(ledger: Path) -> Iterator[Office]:
    with site() as served:
        days: list[Office] = []
        desk, access = Desk(ledger, clock=lambda: days[0].now(), vouched=(served.host,)), Access()
        with TestClient(create_app(desk, access, ["127.0.0.1:8035"]), HERE, follow_redirects=False) as client:
            days.append(Office(client, served))
            with desk.writing() as held:
                held.drop_feed(FEED)
            client.get("/open", params={"key": access.new_key()})
            served.answers["/feed"] = Answer(
                feed((f"{served.address}/a", "Fri, 09 Jul 2021 18:00:00 GMT")).encode(), headers={"ETag": '"1"'}
            )
            served.answers["/a"] = page(CALL)
            yield days[0]
        desk.close()


def test_a_feed_is_added_asked_edited_and_forgotten(office: Office) -> None:
    assert office.post("/feeds", text=f"# ours\n{office.url}\n").status_code == 303
    assert office.row()["standing"] == "not asked yet"
    told = office.asked()
    assert "Office" in told
    assert "1 new, 0 edited" in told
    assert (office.row()["standing"], office.row()["new"]) == ("answers", 1)
    (document,) = office.client.get("/documents.json?publisher=Office").json()["items"]
    assert (document["published"], document["contacts"]) == ("2021-07-09", 1)
    office.day += 1
    office.served.answers["/a"] = page(CALL.replace("trade", "sanctions"))
    told = office.asked(url=office.url)
    assert "<del> trade</del><ins> sanctions</ins>" in told
    assert ("/feed", '"1"') in [(path, headers.get("If-None-Match")) for path, headers in office.served.asked]
    one = office.client.get(f"/feeds/{office.url.replace('/', '%2F')}")
    assert "<del> trade</del><ins> sanctions</ins>" in one.text
    assert office.row()["edited"] == 1
    assert office.post("/feeds/remove", url=office.url).status_code == 303
    assert office.client.get("/feeds.json").json()["items"] == []
    assert office.client.get("/documents.json?title=Call").json()["total"] >= 1
    assert office.post("/feeds/remove", url=office.url).status_code == 404


def test_what_fell_silent_or_does_not_answer_is_told(office: Office) -> None:
    days = [(f"{office.served.address}/{n}", f"2021-07-{n:02}") for n in range(1, 6)]
    office.served.answers["/feed"] = Answer(feed(*days).encode())
    office.post("/feeds", text=office.url)
    office.asked()
    assert office.row()["standing"] == "answers"
    office.day = 30
    assert office.row()["silent"] == "nothing since 2021-07-05, 25 days; usually every 1"
    assert "Silent: nothing since" in office.asked()
    office.served.answers["/feed"] = Answer(status=404)
    office.day = 31
    assert "It does not answer: the server answers 404" in office.asked()
    assert (office.row()["standing"], office.row()["trouble"]) == ("does not answer", "the server answers 404")


def test_a_feed_is_not_asked_twice_in_a_minute(office: Office) -> None:
    office.post("/feeds", text=office.url)
    office.asked()
    asked = len(office.served.asked)
    refused = office.post("/feeds/ask")
    assert refused.status_code == 400
    assert "asked less than 60 seconds ago" in refused.text
    assert len(office.served.asked) == asked


def test_robots_and_addresses_are_minded(office: Office) -> None:
    office.served.answers["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /\n")
    office.post("/feeds", text=f"{office.url}\nhttp://127.0.0.1:9/feed\n")
    told = office.asked()
    assert told.count("It does not answer") == 2
    assert "robots.txt" in told
    assert "/feed" not in office.served.paths()


@pytest.mark.parametrize(
    "named", ["", "file:///etc/passwd", "javascript:alert(1)", "https://me:secret@example.org/f", "<opml><body>"]
)
def test_what_is_no_feed_is_not_added(office: Office, named: str) -> None:
    assert office.post("/feeds", text=named).status_code == 400
    assert office.client.get("/feeds.json").json()["total"] == 0


def test_feeds_come_and_go_as_opml(office: Office) -> None:
    named = '<opml version="2.0"><body><outline text="A &amp; B" xmlUrl="https://a.example/f?x=1&amp;y=2"/></body></opml>'
    answer = office.client.post("/feeds", files={"file": ("feeds.opml", named.encode())}, headers=OWN)
    assert answer.status_code == 303
    taken = office.client.get("/feeds.opml")
    assert taken.headers["content-disposition"] == "attachment"
    assert named_in(taken.content) == ("https://a.example/f?x=1&y=2",) == named_in(named.encode())


def test_strangers_change_no_feeds(reader: TestClient) -> None:
    for place in ("/feeds", "/feeds/ask", "/feeds/remove"):
        assert reader.post(place, data={"text": "https://a.example/f"}, headers=OWN).status_code == 403
        assert reader.post(place, data={}, headers={"Origin": "https://evil.example"}).status_code == 403
    assert reader.get("/feeds.json").json()["total"] == 1


def test_a_feed_with_words_that_mean_harm_is_shown_as_words(office: Office) -> None:
    hurt = "&lt;script&gt;window.hurt=1&lt;/script&gt;"
    item = f"<item><title>{hurt}</title><link>{office.served.address}/a</link></item>"
    office.served.answers["/feed"] = Answer(
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>{hurt}</title>{item}</channel></rss>'.encode()
    )
    office.post("/feeds", text=office.url)
    told = office.asked() + office.client.get("/feeds").text
    told += office.client.get(f"/feeds/{office.url.replace('/', '%2F')}").text
    assert "window.hurt" in told
    assert not re.search(r"<script[^>]*>window", told)
