"""Feeds watched from a server on the loopback: what is new, edited, silent, bent or hostile."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import feedparser  # type: ignore[import-untyped]
import pytest

from communique.ledger import open_ledger
from communique.sources.web.feeds import MOST_ENTRIES, FeedError, named_in, parse
from communique.views.feeds import silence
from tests.cli.program import called
from tests.sources.web_server import Answer, Site, site

PAGE = "<html><head><title>Call</title></head><body><article><p>{}</p></article></body></html>"
CALL = "Joe Biden spoke by phone with Vladimir Putin on July 9, 2021. They discussed trade and many other questions."
ITEM = "<item><title>{title}</title><link>{link}</link><pubDate>{day}</pubDate></item>"
RSS = '<?xml version="1.0"?><rss version="2.0"><channel><title>Office</title>{items}</channel></rss>'
BOMB = '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><rss version="2.0">&b;</rss>'
REFERENCE = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0">&x;</rss>'


def feed(*items: tuple[str, str]) -> str:
    return RSS.format(items="".join(ITEM.format(title="Call", link=link, day=day) for link, day in items))


def page(text: str) -> Answer:
    return Answer(PAGE.format(text).encode(), headers={"Content-Type": "text/html"})


def watched(folder: Path, served: Site) -> tuple[int, list[dict[str, object]], str]:
    (folder / "feeds.txt").write_text(f"# the office\n{served.address}/feed\n", "utf-8")
    words = ["watch", "feeds.txt", "--allow-host", served.host, "--ledger", "l.db", "--json"]
    code, out, err = called(words)
    return code, [json.loads(line) for line in out.splitlines()], err


def test_what_is_new_and_what_was_edited_is_told_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with site() as served:
        served.answers["/feed"] = Answer(feed((f"{served.address}/a", "Fri, 09 Jul 2021 18:00:00 GMT")).encode())
        served.answers["/a"] = page(CALL)
        code, (first,), _ = watched(tmp_path, served)
        assert (code, first["title"], len(first["new"]), first["edited"]) == (0, "Office", 1, [])  # type: ignore[arg-type]
        assert watched(tmp_path, served)[1][0]["new"] == []
        served.answers["/a"] = page(CALL.replace("trade", "sanctions"))
        (third,) = watched(tmp_path, served)[1]
        assert third["edited"][0]["changes"] == "[-trade-][+sanctions+]"  # type: ignore[index]
        served.answers["/feed"] = Answer(status=404)
        code, (fourth,), _ = watched(tmp_path, served)
        again = called(["watch", "--allow-host", served.host, "--ledger", "l.db"])
    assert (code, fourth["trouble"]) == (3, "the server answers 404")
    assert (again[0], "the server answers 404" in again[1]) == (3, True)
    assert called(["watch", "--ledger", "empty.db"])[0] == 2
    with open_ledger(tmp_path / "l.db") as ledger:
        (document,) = ledger.documents()
        assert document.published.edtf == "2021-07-09"
        assert len(ledger.versions(document.id)) == 2
        assert [state.failures for state in ledger.feeds()] == [2]
        assert [one.document for one in ledger.seen_in(f"{served.address}/feed")] == [document.id]


@pytest.mark.parametrize("said", ["Wed, 31 Feb 2021 10:00:00 GMT", "Fri, 31 Dec 9999 18:00:00 GMT"])
def test_a_date_that_is_none_is_told_and_never_made_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with site() as served:
        served.answers["/feed"] = Answer(feed((f"{served.address}/a", said)).encode())
        served.answers["/a"] = page("Ann Poe met Bo Roe in Rome and they spoke at length about many questions.")
        code, _, err = watched(tmp_path, served)
        seen = f"{served.address}/feed"
    assert said in err
    assert "impossible-date" in err
    assert code == 3
    with open_ledger(tmp_path / "l.db") as ledger:
        assert [one.published for one in ledger.seen_in(seen)] == [said]
        published = next(ledger.documents()).published
    assert (published.edtf, published.basis) == (None, None)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("Fri, 09 Jul 2021 18:00:00 GMT", date(2021, 7, 9)),
        ("2021-07-09T18:00:00Z", date(2021, 7, 9)),
        ("Wed, 31 Feb 2021 10:00:00 GMT", None),
        ("31 February 2021", None),
        ("2021-02-31", None),
        ("yesterday", None),
        ("today", None),
        ("Fri, 31 Dec 9999 18:00:00 GMT", None),
        ("9999-12-31T00:00:00Z", None),
        ("", None),
    ],
)
def test_days_of_items(said: str, day: date | None) -> None:
    (entry,) = parse(feed(("https://example.org/a", said)).encode()).entries
    assert (entry.published, entry.day) == (said, day)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (BOMB.encode(), "declares entities"),
        (REFERENCE.encode(), "declares entities"),
        (BOMB.encode("utf-16"), "UTF-16"),
        (b"<html><body>Not found</body></html>", "no feed"),
        (b"", "no feed"),
        (b"<rss>" + b" " * 9_000_000, "longer than"),
    ],
)
def test_what_is_no_feed_or_a_bomb_is_refused(content: bytes, told: str) -> None:
    with pytest.raises(FeedError, match=told):
        parse(content)


def test_a_feed_of_very_many_items_is_cut() -> None:
    many = feed(*((f"https://example.org/{n}", "") for n in range(MOST_ENTRIES + 50)))
    found = parse(many.encode())
    assert (len(found.entries), found.left_out) == (MOST_ENTRIES, 50)


@pytest.mark.parametrize("item", ["<item/>", "<item><title>A</title></item>", "<a:entry>\n</a:entry>"])
def test_the_parser_never_sees_three_hundred_thousand_items(item: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    real = feedparser.parse

    def parsed(data: bytes, **options: bool) -> Any:
        sizes.append(len(data))
        return real(data, **options)

    monkeypatch.setattr("feedparser.parse", parsed)
    count = min(300_000, 7_900_000 // len(item))
    first = ITEM.format(title="Call", link="https://example.org/a", day="2021-07-09")
    found = parse(RSS.format(items=first + item * count).encode())
    assert (found.title, [one.url for one in found.entries]) == ("Office", ["https://example.org/a"])
    assert found.left_out == count + 1 - MOST_ENTRIES
    assert sizes[0] < MOST_ENTRIES * 100


def test_three_hundred_thousand_whole_items_are_too_long_a_feed() -> None:
    with pytest.raises(FeedError, match="longer than 8,000,000 bytes"):
        parse(RSS.format(items=ITEM.format(title="Call", link="https://example.org/a", day="") * 300_000).encode())


def test_lists_and_opml() -> None:
    opml = '<opml><body><outline text="x"><outline xmlUrl="https://a.example/f"/></outline><outline/></body></opml>'
    assert named_in(opml.encode()) == ("https://a.example/f",)
    assert named_in(b"# ours\nhttps://a.example/f # one\n\nhttps://a.example/f\n") == ("https://a.example/f",)
    with pytest.raises(FeedError):
        named_in(b"<opml><body>")
    with pytest.raises(FeedError, match="declares entities"):
        named_in(BOMB.encode())


def test_silence_is_much_longer_than_usual() -> None:
    days = [date(2021, 3, n) for n in (1, 2, 4, 5)]
    assert silence(days, date(2021, 3, 10)) == ""
    assert silence(days[:3], date(2022, 1, 1)) == ""
    assert silence(days, date(2021, 4, 1)) == "nothing since 2021-03-05, 27 days; usually every 1"
