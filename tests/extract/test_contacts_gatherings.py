"""Gatherings of bodies and groups: who was there is said beside them, known by their name, or not at all."""

import pytest

from tests.extract.test_contacts import names, only, reports, sides

SEVEN = {"USA", "JPN", "DEU", "FRA", "GBR", "ITA", "CAN"}


@pytest.mark.parametrize(
    "text",
    [
        "The targets go back to last year's Tokyo summit.",
        "The targets go back to the Tokyo summit of seven leading industrial nations in 1986.",
        "It was agreed at the 1986 Tokyo economic summit.",
    ],
)
def test_a_summit_called_by_its_city_is_of_those_who_met_there(text: str) -> None:
    assert sides(only(text, published="1987-04-03")) == SEVEN


@pytest.mark.parametrize(
    ("text", "published", "people"),
    [
        ("The understandings of the Alaska summit are still valid.", "2026-01-07", {"Vladimir Putin", "Donald Trump"}),
        ("It fails to honour the Reykjavik summit.", "1987-05-01", {"Ronald Reagan", "Mikhail Gorbachev"}),
        ("Arms were cut after the June 2021 Geneva summit.", "2022-01-07", {"Vladimir Putin", "Joe Biden"}),
    ],
)
def test_a_summit_of_two_called_by_its_place_is_of_its_people(text: str, published: str, people: set[str]) -> None:
    report = only(text, published=published)
    assert (report.status.value, names(report)) == ("held", people)


@pytest.mark.parametrize(
    "text",
    [
        "The Moscow summit was praised.",  # a capital sees many
        "They climbed to the summit in Hokkaido.",
        "The annual bilateral summit in Okinawa was short.",
        "The Oslo summit was short.",
    ],
)
def test_a_place_alone_is_no_known_summit(text: str) -> None:
    assert not reports(text, published="2001-01-15")


@pytest.mark.parametrize(
    "text",
    [
        "Stoltenberg spoke of a NATO-Russia Council meeting in Brussels.",
        "A Russia-NATO Council meeting was held.",
    ],
)
def test_a_joint_council_is_of_both_sides(text: str) -> None:
    assert sides(only(text, published="2022-01-20")) == {"NATO", "RUS"}


def test_a_format_stands_for_its_members() -> None:
    report = only("A new summit in the Normandy format is possible.", published="2021-12-21")
    assert (report.status.value, sides(report)) == ("proposed", {"DEU", "FRA", "RUS", "UKR"})


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Emmanuel Macron offered to set up a G7 meeting in Paris.", {"FRA", "G7"}),
        ("Olaf Scholz said this will be discussed at next week's meeting of the NATO council.", {"DEU", "NATO"}),
        ("Next week, during the European Council meeting, Denmark will support it.", {"DNK", "European Union"}),
        ("A BRICS summit hosted by China will take place in June.", {"CHN", "BRICS"}),
        ("They spoke of a NATO summit in June, which Spain will host.", {"ESP", "NATO"}),
        ("The CSTO summit will be held in June and chaired by Armenia.", {"ARM", "CSTO"}),
    ],
)
def test_hosts_callers_and_those_who_speak_of_it_are_there(text: str, parties: set[str]) -> None:
    assert sides(only(text, published="2022-05-05")) == parties


@pytest.mark.parametrize(
    "text",
    [
        "Ukraine hopes for a decision at the next meeting of the European Council.",  # no member
        "The declaration of the 2010 OSCE summit is known.",
        "They also discussed preparations for the NATO summit.",
        "At a NATO news conference next week, Olaf Scholz will explain it.",
        "The meeting of the UN Security Council is next week.",
        "Hamas held a meeting next week.",
    ],
)
def test_a_body_alone_is_no_contact(text: str) -> None:
    assert not reports(text, published="2022-05-05")


LEADS = ["after the CSTO summit", "following a session of the CSTO", "ahead of a CSTO summit"]


@pytest.mark.parametrize("lead", LEADS)
def test_two_who_met_after_a_gathering_were_at_it(lead: str) -> None:
    found = reports(f"Vladimir Putin met with Sadyr Japarov {lead}.", published="2022-05-05")
    assert [sides(r) for r in found] == [{"RUS", "KGZ"}, {"RUS", "KGZ", "CSTO"}]


def test_two_who_met_on_its_margins_met_each_other() -> None:
    text = "Joe Biden met with Mario Draghi on the margins of the G7 summit."
    assert names(only(text, published="2021-06-12")) == {"Joe Biden", "Mario Draghi"}


def test_a_guest_of_a_gathering_is_no_member() -> None:
    found = reports("Vladimir Putin met with Narendra Modi after the CSTO summit.", published="2022-05-05")
    assert sides(found[0]) == {"RUS", "IND"}
    assert all("IND" not in sides(r) for r in found[1:])


def test_mentions_of_one_gathering_have_the_parties_of_all() -> None:
    text = "Next week's NATO summit, which Spain will host, is near. Joe Biden will speak at the NATO summit."
    assert sides(reports(text, published="2022-06-20")[0]) >= {"ESP", "NATO", "USA"}


def test_the_state_of_a_venue_is_there_if_the_text_tells_of_its_contacts() -> None:
    text = "Sergey Lavrov held talks with Ararat Mirzoyan. It was considered in Yerevan as part of a CSTO summit."
    assert [sides(r) for r in reports(text, published="2025-05-21")] == [{"RUS", "ARM"}, {"ARM", "CSTO"}]


def test_what_will_take_place_has_no_outcome_yet() -> None:
    text = "Spain and Chad held talks. The outcome of the NATO summit in Madrid, which will take place in May, is open."
    assert [r.status.value for r in reports(text, published="2022-05-05")] == ["held", "planned"]
