"""Colleagues, styles and dignities, heads of ministries, seats, chairs that go round; the day decides."""

from __future__ import annotations

from datetime import date

import pytest

from communique.extract.actors import find_actors
from communique.extract.context import ActorMention
from communique.knowledge.registry import load_registry
from communique.model import Document
from communique.text import split


def mentions(text: str, day: str) -> dict[str, ActorMention]:
    document = Document("d", text)
    found = find_actors(document, split(document), load_registry(), date.fromisoformat(day))
    return {text[m.span.start : m.span.stop]: m for row in found for m in row if not m.adjective}


def who(mention: ActorMention) -> str:
    return " + ".join(f"{p.name or p.office or '-'}/{p.side}/{p.level}" for p in mention.parties)


@pytest.mark.parametrize(
    ("text", "day", "words", "person"),
    [
        (
            "Blinken met his German colleague Annalena Baerbock.",
            "2022-03-01",
            "his German colleague Annalena Baerbock",
            "Annalena Baerbock/DEU/minister",
        ),
        (
            "Blinken saw his opposite number from Japan, Yoshimasa Hayashi.",
            "2022-03-01",
            "his opposite number from Japan, Yoshimasa Hayashi",
            "Yoshimasa Hayashi/JPN/minister",
        ),
        (
            "Blinken rang. He met his German opposite number.",
            "2022-03-01",
            "his German opposite number",
            "Annalena Baerbock/DEU/minister",
        ),
        (
            "He greeted Senator the Hon. Penny Wong.",
            "2023-05-01",
            "Senator the Hon. Penny Wong",
            "Penny Wong/AUS/minister",
        ),
        (
            "He greeted Australian Foreign Minister Senator Penny Wong.",
            "2023-05-01",
            "Senator Penny Wong",
            "Penny Wong/AUS/minister",
        ),
        ("North Korea's Kim sent flowers.", "2022-06-01", "North Korea's Kim", "Kim Jong-un/PRK/leader"),
        (
            "The head of the Polish Foreign Ministry resigned.",
            "2022-06-01",
            "The head of the Polish Foreign Ministry",
            "Zbigniew Rau/POL/minister",
        ),
        (
            "The deputy head of the Polish Foreign Ministry resigned.",
            "2022-06-01",
            "The deputy head of the Polish Foreign Ministry",
            "deputy head of the Polish Foreign Ministry/POL/senior",
        ),
        ("Chairman Khrushchev wrote back.", "1962-10-27", "Chairman Khrushchev", "Nikita Khrushchev/SUN/leader"),
        (
            "His Majesty King Abdullah II flew home.",
            "2022-07-01",
            "His Majesty King Abdullah II",
            "Abdullah II/JOR/leader",
        ),
        (
            "Her Excellency President Samia Suluhu Hassan spoke.",
            "2022-07-01",
            "Her Excellency President Samia Suluhu Hassan",
            "Samia Suluhu Hassan/TZA/leader",
        ),
        ("NSA Sullivan landed.", "2022-07-01", "NSA Sullivan", "Jake Sullivan/USA/senior"),
        ("India's NSA Ajit Doval landed.", "2022-07-01", "India's NSA Ajit Doval", "Ajit Doval/IND/senior"),
        (
            "Northern Ireland First Minister Arlene Foster spoke.",
            "2020-07-31",
            "Northern Ireland First Minister Arlene Foster",
            "Arlene Foster/GBR/minister",
        ),
        ("The Commonwealth Government agrees.", "1948-07-31", "The Commonwealth Government", "-/AUS/body"),
        ("The IDF told Oslo.", "2024-03-31", "The IDF", "IDF/ISR/body"),
        ("Kirgiz President Sadyr Japarov rang.", "2023-05-27", "Kirgiz President Sadyr Japarov",
         "Sadyr Japarov/KGZ/leader"),
    ],
)  # fmt: skip
def test_titles_in_other_words(text: str, day: str, words: str, person: str) -> None:
    found = mentions(text, day)
    assert words in found, sorted(found)
    # the office's words stand in for a name where there is none
    assert who(found[words]) == person


def test_a_colleague_of_nobody_elses_side_is_no_counterpart() -> None:
    assert "his colleague" not in mentions("Blinken met his colleague on Monday.", "2022-03-01")


def test_an_agency_of_the_same_letters_is_no_adviser() -> None:
    assert not mentions("NSA Whistleblower Bo Quill spoke.", "2022-03-01")


def test_a_dignity_alone_is_one_mention() -> None:
    found = mentions("King Abdullah II of Jordan flew home. His Majesty spoke of trade.", "2022-07-01")
    assert who(found["His Majesty"]) == "Abdullah II/JOR/leader"
    assert not found["His Majesty"].possessive


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Brussels told London that the European Commission would not move.", "European Union"),
        ("Brussels told London that it would not move.", "BEL"),
        ("Brussels told London that the EU would ask Belgium first.", "BEL"),
    ],
)
def test_brussels_is_the_union_where_the_text_names_it_and_not_belgium(text: str, side: str) -> None:
    assert [p.side for p in mentions(text, "2019-03-31")["Brussels"].parties] == [side]


def test_his_after_a_clause_is_its_subject() -> None:
    text = "Macron rang Trump hours after Prime Minister Keir Starmer announced his government had paused the talks."
    assert who(mentions(text, "2025-05-27")["his"]) == "Keir Starmer/GBR/leader"


def test_leaders_of_several_states_at_a_summit_lead_them() -> None:
    found = mentions("The leaders of Norway and Finland at the economic summit smiled.", "2022-03-10")
    assert [p.level for m in found.values() for p in m.parties] == ["leader", "leader"]


def test_a_chair_that_goes_round_comes_after_the_office_in_a_state() -> None:
    held = load_registry().offices_of("macky-sall", date(2022, 6, 3))
    assert held[0].holder == "SEN"
