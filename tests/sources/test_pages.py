"""HTML pages: the article, what the page says of itself, its date, and pages made to break parsers."""

import html
import os
import signal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.model import Document, Published
from communique.sources.about import Head, stated_days
from communique.sources.markup import declared_charset, looks_like_html, tamed
from communique.sources.page import article, digest
from communique.sources.worker import PageWorker
from communique.text import split

from .conftest import Read

SENTENCES = [
    "President Ann Poe met Prime Minister Bo Roe in the capital on Tuesday.",
    "The two leaders discussed trade, energy and the situation in the region.",
    "They agreed to continue contacts at the level of foreign ministers.",
    "The next round of talks is to be held in Rome in the coming weeks.",
    "The ministry said that the meeting had lasted for more than two hours.",
]
BODY = "".join(f"<p>{sentence} It was said once more that it is item {n}.</p>" for n, sentence in enumerate(SENTENCES))


def page(head: str = "", body: str = BODY, before: str = "", after: str = "") -> str:
    return (
        f'<!doctype html><html lang="en-GB"><head><title>Poe meets Roe | The Daily</title>{head}</head><body>'
        f"<nav><a href='/'>Home</a> <a href='/news'>News</a></nav>{before}<article>{body}</article>{after}"
        "<footer><p>© The Daily. All rights reserved.</p></footer></body></html>"
    )


def test_a_page_becomes_its_article(read: Read) -> None:
    head = (
        '<meta property="og:title" content="Poe meets Roe - The Daily">'
        '<meta property="og:site_name" content="The Daily">'
        '<link rel="canonical" href="https://www.example.org/news/poe">'
        '<script type="application/ld+json">{"@graph": [{"@type": "WebSite"},'
        '{"@type": "NewsArticle", "datePublished": "2021-03-04T10:00:00+01:00"}]}</script>'
    )
    documents, issues = read("a.html", page(head))
    document = documents[0]
    assert not issues
    assert document.title == "Poe meets Roe"
    assert document.publisher == "The Daily"
    assert document.url == "https://www.example.org/news/poe"
    assert document.language == "en"
    assert document.published == Published("2021-03-04T10:00:00+01:00", "metadata", ("JSON-LD datePublished",))
    assert all(sentence in document.text for sentence in SENTENCES)
    assert "All rights" not in document.text
    assert "News" not in document.text


@pytest.mark.parametrize(
    ("head", "before", "day", "where"),
    [
        ('<meta property="article:published_time" content="2021-03-04">', "", "2021-03-04",
         "meta article:published_time"),
        ('<meta name="DC.date.issued" content="2021-03-04">', "", "2021-03-04", "meta dc.date.issued"),
        ("", '<time class="published" datetime="2021-03-04T08:00Z">x</time>', "2021-03-04T08:00:00Z", "time element"),
        ("", "<time>March 4, 2021</time>", "2021-03-04", "time element"),
        ('<link rel="canonical" href="https://example.org/2021/03/04/poe.html">', "", "2021-03-04",
         "address of the page"),
        ('<script type="application/ld+json">{broken</script><meta name="date" content="4 March 2021">', "",
         "2021-03-04", "meta date"),
        ('<meta name="pubdate" content="2021"><meta name="date" content="2021-03-04">', "", "2021-03-04", "meta date"),
        ('<meta name="pubdate" content="2021">', "", "2021", "meta pubdate"),
        ('<meta name="date" content="soon"><meta name="pubdate" content="20210304">', "", "2021-03-04", "meta pubdate"),
    ],
)  # fmt: skip
def test_dates_of_pages(head: str, before: str, day: str, where: str) -> None:
    found = digest(page(head, before=before))
    assert (found.published, found.where, found.basis) == (day, where, "metadata")


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("2021/03/04/poe.html", "2021-03-04"), ("2021/3/4/", "2021-03-04"), ("20210304-poe", "2021-03-04"),
        ("news-2021/2021-03-04", "2021-03-04"), ("2021/12/poe.html", None), ("2021/1234/poe", None),
    ],
)  # fmt: skip
def test_dates_in_addresses(path: str, day: str | None) -> None:
    found = dict(stated_days(Head(), f"https://example.org/{path}"))
    assert found == ({day: "address of the page"} if day else {})


def test_a_byline_in_the_article_is_a_date_of_the_text() -> None:
    found = digest(page(body="<p>Published 4 March 2021</p>" + BODY))
    assert (found.published, found.basis) == ("2021-03-04", "text")


def test_a_day_that_the_article_tells_of_is_not_its_date() -> None:
    found = digest(page(body=BODY + "<p>The treaty had been signed on May 24, 2011 in Rome by both of the states.</p>"))
    assert (found.published, found.basis) == (None, None)


def test_an_impossible_date_is_told(read: Read) -> None:
    documents, issues = read("a.html", page('<meta name="date" content="31 February 2021">'))
    assert documents[0].published.edtf is None
    assert [one.code for one in issues] == ["impossible-date"]


@pytest.mark.parametrize(
    ("head", "before", "title"),
    [
        ("", "<h1> Poe  meets\nRoe </h1>", "Poe meets Roe"),
        ("", "", "Poe meets Roe"),
        ('<script type="application/ld+json">{"headline": "Roe and Poe meet"}</script>', "", "Roe and Poe meet"),
        ('<meta property="og:title" content="Poe: &quot;We met&quot;">', "<h1>Else</h1>", 'Poe: "We met"'),
    ],
)
def test_titles(head: str, before: str, title: str) -> None:
    assert digest(page(head, before=before)).title == title


def test_the_host_stands_for_a_site_without_a_name() -> None:
    assert digest(page('<link rel="canonical" href="https://www.example.org/a">')).publisher == "example.org"
    assert digest(page('<link rel="canonical" href="javascript:alert(1)">')).url is None


def test_the_encoding_that_the_page_names(read: Read) -> None:
    body = "".join(f"<p>Президент Анна По встретилась с Бо Роу в Риме {n}.</p>" for n in range(9))
    text = page('<meta charset="windows-1251">', body)
    documents, issues = read("a.html", text.encode("cp1251"))
    assert "Президент Анна По" in documents[0].text
    assert documents[0].language == "en"
    assert not issues


def test_pages_are_known_without_their_ending(read: Read) -> None:
    assert read("page", page())[0][0].title == "Poe meets Roe"
    assert looks_like_html(b"\xef\xbb\xbf <!-- a --><!DOCTYPE html>")
    assert looks_like_html(b"<div><p>a</p><p>b</p></div>")
    assert not looks_like_html(b"<p> is the mark of a paragraph")
    assert declared_charset(b'<?xml version="1.0" encoding="koi8-r"?>') == "koi8-r"


def test_scripts_and_hidden_words_are_not_the_article() -> None:
    text = digest(page(after="<script>document.write('Poe fled')</script><style>p{}</style>")).text
    assert "Poe fled" not in text


def test_the_quick_look_helps_where_the_careful_one_finds_nothing() -> None:
    deep = "<html><body>" + "<div>" * 900 + BODY + "</div>" * 900 + "</body></html>"
    assert SENTENCES[0] in digest(deep).text
    assert SENTENCES[0] in article(deep, None, simple=True)


def test_a_page_laid_out_as_a_table_keeps_its_paragraphs() -> None:
    table = f"<table><tr><td><a href='/'>Home</a></td><td>{BODY}</td></tr></table>"
    text = digest(f"<html><body>{table}</body></html>").text
    assert "|" not in text
    assert len(text.strip().splitlines()) >= len(SENTENCES)


def test_a_short_readout_is_enough() -> None:
    assert digest(page(body=f"<p>{SENTENCES[0]} {SENTENCES[1]}</p>")).text.endswith(SENTENCES[1])


def test_too_deep_a_page_is_set_aside() -> None:
    found = digest("<html><body>" + "<b><i>" * 9_000 + BODY)
    assert not found.text
    assert found.trouble.endswith("elements deep")


def test_a_tag_with_fifty_thousand_attributes_loses_them(read: Read) -> None:
    monster = "<div " + " ".join(f"a{n}='>'" for n in range(50_000)) + ">"
    documents, issues = read("a.html", page(body=monster + BODY + "</div>"))
    assert SENTENCES[0] in documents[0].text
    assert not issues


@pytest.mark.parametrize(
    ("markup", "depth"),
    [
        ("<div><p>a<p>b</div>", 1), ("<b><i>x</i></b>", 2), ("a < b > c", 0), ("<br><br/><img src='<b>'>", 0),
        ("<div title='</div>'>", 1), ("<!-- <div> --><b>", 2), ("<div", 0), ("<div a='", 0), ("", 0),
    ],
)  # fmt: skip
def test_depth(markup: str, depth: int) -> None:
    assert tamed(markup) == (markup, depth)


@given(st.text(alphabet="<>/ab='\" \n!-", max_size=200))
def test_taming_leaves_ordinary_markup_alone(markup: str) -> None:
    assert tamed(markup)[0] == markup


def test_the_worker_outlives_a_page_that_takes_too_long() -> None:
    with PageWorker(seconds=0.001, memory=1_500_000_000) as worker:
        found = worker.digest(page())
    assert not found.text
    assert "0.001 s" in found.trouble


def test_the_worker_is_replaced_when_it_dies() -> None:
    with PageWorker(seconds=60, memory=1_500_000_000) as worker:
        assert worker.digest(page()).text
        assert worker._child is not None
        os.kill(worker._child.pid, signal.SIGKILL)
        assert worker.digest(page()).text


def test_the_worker_imports_nothing_from_the_folder_it_is_started_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("open('ran', 'w')")
    monkeypatch.chdir(tmp_path)
    with PageWorker(seconds=60, memory=1_500_000_000) as worker:
        assert worker.digest(page()).text
    assert not (tmp_path / "ran").exists()


def test_the_worker_may_run_out_of_memory() -> None:
    with PageWorker(seconds=60, memory=1) as worker:
        assert not worker.digest(page()).text


WORDS = st.lists(st.sampled_from(SENTENCES), min_size=6, max_size=12)


@settings(max_examples=15)
@given(st.lists(WORDS, min_size=2, max_size=4))
def test_the_same_document_as_text_and_as_page_has_the_same_sentences(paragraphs: list[list[str]]) -> None:
    numbered = [
        " ".join(f"{sentence[:-1]} for time {n}.{m}." for m, sentence in enumerate(words))
        for n, words in enumerate(paragraphs)
    ]
    body = "".join(f"<p>{html.escape(words)}</p>" for words in numbered)
    assert sentences(digest(page(body=body)).text) == sentences("\n\n".join(numbered))


def sentences(text: str) -> list[str]:
    return [" ".join(text[one.start : one.stop].split()) for one in split(Document("d", text))]


_HEADED = """<html><head><title>{title} | The Paper</title></head><body><article><h1>{h1}</h1>
<p>Norway and Chad met in Oslo on May 3, 2021, and spoke of fish.</p><p>They will meet again.</p>
</article></body></html>"""


@pytest.mark.parametrize(
    ("h1", "first"),
    [
        ("Talks of  the spring", "Norway and Chad met in Oslo on May 3, 2021, and spoke of fish."),
        ("TALKS OF THE SPRING", "Norway and Chad met in Oslo on May 3, 2021, and spoke of fish."),
    ],
)
def test_a_heading_that_is_the_title_is_not_in_the_text(h1: str, first: str) -> None:
    page = digest(_HEADED.format(title="Talks of the spring", h1=h1))
    assert page.title is not None
    assert page.title.lower().split() == h1.lower().split()
    assert page.text.split("\n")[0] == first


def test_a_page_of_nothing_but_its_heading_keeps_it() -> None:
    page = digest("<html><body><article><h1>Norway and Chad met in Oslo</h1></article></body></html>")
    assert page.text.strip() in ("Norway and Chad met in Oslo", "")
