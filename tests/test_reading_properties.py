"""What must hold of every reading, whatever the document says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

import pytest
from benchmarks.offsets import faults
from hypothesis import example, given, settings
from hypothesis import strategies as st

from communique.knowledge import load
from communique.ledger.plaintext import parse_readings, print_readings
from communique.model import Document, Published, Reading, Report
from communique.pipeline import read_document
from communique.sources import SourceOptions, read_inputs, read_text

KNOWLEDGE = load()
PUBLISHED = Published("2021-06-20", "given")

# Sentences that each tell of one contact, with its day, of sides that occur in no other: none leans on another.
ALONE = [
    "President of Ukraine Volodymyr Zelenskyy spoke by phone with Canadian Premier Justin Trudeau on May 3, 2021.",
    "Japanese Foreign Minister Toshimitsu Motegi met Indian Foreign Minister S. Jaishankar in London on 4 May 2021.",
    "On 12 April 2021 Recep Tayyip Erdogan held talks with Libyan Prime Minister Abdul Hamid Dbeibeh in Ankara.",
    "The foreign ministers of Egypt and Sudan met in Khartoum on 6 March 2021.",
    "Chinese President Xi Jinping and German Chancellor Angela Merkel held a video conference on April 7, 2021.",
    "Brazil and Argentina exchanged letters on trade on 26 March 2021.",
    "A meeting between Norway and Finland planned for 9 June 2021 was cancelled.",
]
# Pieces that lean on each other, with what articles bring along.
PIECES = [
    *ALONE, "The two leaders discussed trade and the fight against terrorism.", "They agreed to meet again next week.",
    "“We talked for an hour,” he said.", "Washington and Moscow have held six rounds of talks since March.",
    "It was the first call since the inauguration.", "The two sides signed an agreement on fisheries last month.",
    "The Kremlin, in turn, reported that the talks will go on.", "Home / News / World", "12 months ago",
    "Leave a Comment", "KYIV, June 18. /TASS/.", "LONDON (Reuters) -", "Biden: we spoke. Putin: yes.", "🇺🇦🤝🇨🇦",
    "e\u0301lan vital",
]  # fmt: skip
noise = st.text(max_size=20)
articles = st.lists(st.sampled_from(PIECES) | noise, max_size=6).map(" ".join)
titles = st.none() | st.sampled_from(PIECES) | noise
anything = st.text(st.characters(), max_size=200)


def read(text: str, title: str | None = None, published: Published = PUBLISHED) -> Reading:
    return read_document(Document("d", text, title=title, published=published), KNOWLEDGE)


@given(articles, titles, st.sampled_from([PUBLISHED, Published(None, None), Published("2021", "given")]))
@settings(max_examples=40)
def test_every_quote_lies_in_its_document(text: str, title: str | None, published: Published) -> None:
    assert list(faults(read(text, title, published))) == []


@given(articles, titles)
@settings(max_examples=20)
def test_reading_twice_gives_the_same(text: str, title: str | None) -> None:
    assert read(text, title) == read(text, title)


@given(articles, titles)
@settings(max_examples=20)
def test_what_was_read_prints_and_parses_back(text: str, title: str | None) -> None:
    reading = read(text, title)
    assert parse_readings(print_readings([reading]), {"d": text}) == (reading,)


@given(anything, st.none() | anything)
@settings(max_examples=60)
@example("\ud83d President Biden spoke with \udcffPresident Putin \x00 today", "\x00")
@example("(((((" * 40 + "President" + ")" * 40, None)
@example("Biden " * 60, "Biden, " * 30)
@example("\u202eProsident Biden met Putin\u202c \x1b[2J", None)
def test_no_text_makes_the_reader_fail(text: str, title: str | None) -> None:
    for one in read_text(text):
        if isinstance(one, Document):
            assert list(faults(read_document(replace(one, title=title), KNOWLEDGE))) == []


@dataclass(frozen=True)
class Told:
    """What a report says, with the places of its words moved by so many characters."""

    parties: tuple[object, ...]
    fields: tuple[object, ...]
    trigger: tuple[int, int]

    @classmethod
    def by(cls, report: Report, shift: int = 0) -> Told:
        cited = (report.channel, report.status, report.when, report.place)
        fields = tuple(c and (getattr(c.value, "edtf", c.value), c.span.start + shift) for c in cited)
        parties = tuple((p.value, p.span.start + shift) for p in report.parties)
        return cls(parties, fields, (report.trigger.start + shift, report.trigger.stop + shift))


@given(st.lists(st.sampled_from(ALONE), min_size=2, max_size=5, unique=True), st.integers(1, 4))
@settings(max_examples=30)
def test_two_documents_read_as_one_say_what_each_says_alone(sentences: list[str], cut: int) -> None:
    a, b = "\n\n".join(sentences[:cut]), "\n\n".join(sentences[cut:])
    together = [Told.by(r) for r in read(f"{a}\n\n{b}").reports]
    assert together == [Told.by(r) for r in read(a).reports] + [Told.by(r, len(a) + 2) for r in read(b).reports]


@pytest.mark.parametrize("sentence", ALONE)
def test_the_sentences_of_the_property_before_tell_of_one_contact_each(sentence: str) -> None:
    assert len(read(sentence).reports) == 1


PAGE = """<!DOCTYPE html><html lang="en"><head><title>{title}</title></head><body>
<nav><a href="/">Home</a> <a href="/news">News</a> <a href="/contact">Contact us</a></nav>
<main><article><h1>{title}</h1>{paragraphs}</article></main>
<footer><p>© The Office of the President</p></footer></body></html>"""


@pytest.mark.parametrize("count", [3, 5, 7])
def test_a_text_and_a_page_of_it_give_the_same_reports(tmp_path: Path, count: int) -> None:
    paragraphs = ALONE[:count]
    options = SourceOptions(published="2021-06-20")
    (tmp_path / "a.txt").write_text("\n\n".join(paragraphs), encoding="utf-8")
    body = "".join(f"<p>{escape(p)}</p>" for p in paragraphs)
    (tmp_path / "b.html").write_text(PAGE.format(title="Talks of the spring", paragraphs=body), encoding="utf-8")
    plain, page = (
        [_content(one) for one in read_inputs((tmp_path / name,), options) if isinstance(one, Document)]
        for name in ("a.txt", "b.html")
    )
    assert plain == page
    assert len(plain[0]) == count


def _content(document: Document) -> list[tuple[object, ...]]:
    return [
        (tuple(p.value for p in r.parties), r.status.value, r.channel.value, r.when and r.when.value.edtf)
        for r in read_document(document, KNOWLEDGE).reports
    ]
