"""Participants told in a list below, or in a sentence of their own; groups whose name stands for many."""

from tests.extract.test_contacts import names, only, reports, sides

NORDIC = {"DNK", "EST", "FIN", "ISL", "LVA", "LTU", "NOR", "SWE"}


def test_a_roll_below_a_colon_names_those_who_joined() -> None:
    text = (
        "Joe Biden spoke today with the Nordic-Baltic Eight. They spoke of fish.\n\nJoining the call were:\n\n"
        "- Danish Prime Minister Mette Frederiksen\n- Finnish President Sauli Niinistö\n"
    )
    found = only(text, published="2022-05-05")
    assert names(found) >= {"Joe Biden", "Mette Frederiksen", "Sauli Niinistö"}


def test_dashes_below_another_line_are_no_roll() -> None:
    text = "Joe Biden spoke today with Olaf Scholz. Topics:\n\n- Danish Prime Minister Mette Frederiksen\n"
    assert names(only(text, published="2022-05-05")) == {"Joe Biden", "Olaf Scholz"}


def test_those_taking_part_are_named_in_a_sentence_of_their_own() -> None:
    text = "Vladimir Putin and Xi Jinping held a summit. Taking part in the summit were Narendra Modi and Imran Khan."
    assert {"Narendra Modi", "Imran Khan"} <= {n for r in reports(text, published="2021-10-28") for n in names(r)}


def test_a_group_that_is_no_organisation_stands_for_its_members() -> None:
    assert sides(only("Joe Biden spoke with the Nordic-Baltic Eight.", published="2022-05-05")) == {"USA", *NORDIC}


def test_the_collective_security_council_is_nobodys_own() -> None:
    text = "Vladimir Putin proposed to hold a session of the CSTO Collective Security Council."
    found = only(text, published="2022-01-08", url="http://en.kremlin.ru/events/president/news/1")
    assert sides(found) == {"RUS", "CSTO"}
