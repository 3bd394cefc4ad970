"""In a notebook: what the Python interface returns, as HTML in which nothing of an article is markup."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import communique
from communique.model import Reading
from communique.pictures.notebook import SHOWN, contacts_html, document_html, reading_html
from communique.views.contacts import ContactRow
from tests.cli.program import called
from tests.pictures.drawn import HOSTILE, many
from tests.readings import readings

TAGS = {"h4", "p", "small", "div", "mark", "table", "thead", "tbody", "tr", "th", "td", "b"}


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        assert not [name for name, _ in attrs if name != "style"]


@settings(max_examples=30)
@given(readings(), many, st.sampled_from(HOSTILE))
def test_nothing_of_an_article_is_markup(reading: Reading, rows: list[ContactRow], said: str) -> None:
    for html in (reading_html(reading), document_html(reading.document), contacts_html(rows)):
        assert Tags(html).found <= TAGS


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    assert called(["read", "--ledger", "l.db", "--samples"])[0] == 0
    return tmp_path / "l.db"


def test_answers_show_themselves(held: Path) -> None:
    reading = communique.read("Joe Biden spoke by phone with Vladimir Putin today.", published="2021-07-09")
    assert "<mark>spoke by phone</mark>" in reading._repr_html_()  # type: ignore[attr-defined]
    with communique.open(held) as ledger:
        rows = ledger.contacts(between=("RUS", "USA"))
        assert "Vladimir Putin (RUS)" in rows._repr_html_()
        (verdict,) = ledger.check("Putin and Biden held six telephone conversations in 2021", "2021-12-31")
        shown = [rows[0], reading.document, reading, verdict, ledger.compare(rows[0].id)]
        assert [type(one) for one in shown] == list(SHOWN)
        assert all(one._repr_html_() for one in shown)


def test_pictures_of_a_ledger(held: Path) -> None:
    with communique.open(held) as ledger:
        contact = ledger.contacts(between=("RUS", "USA"), channel="video")[0].id
        pictures = [
            ledger.calendar(person="Putin"),
            ledger.timeline("RUS", "USA", since="2021"),
            ledger.network(of="states"),
            ledger.faces(contact),
            *ledger.staircases("Putin and Biden held six telephone conversations in 2021", "2021-12-31"),
        ]
    assert [picture.kind for picture in pictures] == ["calendar", "lanes", "network", "faces", "staircase"]
    assert all(picture._repr_html_().startswith("<style>") for picture in pictures)
