"""Contacts as news agencies tell them: sides left to the clause or to the sentence before, venues, settings."""

import pytest

from tests.extract.test_contacts import names, only, reports, sides


@pytest.mark.parametrize(
    "text",
    [
        "Following talks, Norway and Chad said they had reached an agreement.",
        "Norway and Chad agreed in the wake of a high-level meeting to trade more.",
        "Both countries agreed at their civil aviation talks. Norway and Chad will fly more.",
    ],
)
def test_an_occasion_is_of_those_who_acted_there(text: str) -> None:
    assert sides(reports("Norway and Chad were glad. " + text)[0]) == {"NOR", "TCD"}


def test_an_occasion_is_no_contact_of_people_who_met_others_there() -> None:
    found = reports("Ahead of the meeting, Emmanuel Macron met with Olaf Scholz.")
    assert [names(r) for r in found] == [{"Emmanuel Macron", "Olaf Scholz"}]


@pytest.mark.parametrize("place", ["Moscow", "Oslo", "Paris"])
def test_a_city_right_before_the_noun_is_its_venue(place: str) -> None:
    report = only(f"Olaf Scholz praised his {place} talks with Joe Biden.")
    assert names(report) == {"Olaf Scholz", "Joe Biden"}
    assert report.place
    assert report.place.value == place


def test_a_room_is_no_side() -> None:
    assert names(only("Joe Biden thanked Olaf Scholz during an Oval Office meeting on Monday.")) == {
        "Joe Biden",
        "Olaf Scholz",
    }


def test_a_subject_that_is_understood_is_the_one_before() -> None:
    report = only("Joe Biden wants peace. Despite meetings with Vladimir Putin, none is near.")
    assert names(report) == {"Joe Biden", "Vladimir Putin"}


def test_talks_that_name_no_side_are_of_the_two_spoken_of() -> None:
    text = "Norway will lower what Chad owes. The talks are due to begin in Oslo on Wednesday."
    assert (only(text).status.value, sides(only(text))) == ("planned", {"NOR", "TCD"})
    assert not reports("Norway, Mali and Chad are poor. The talks are due to begin in Oslo on Wednesday.")


def test_before_governs_its_own_noun_only() -> None:
    assert only("Before his arrest, Emmanuel Macron met with Olaf Scholz.").status.value == "held"
    assert only("Emmanuel Macron flew home before his talks with Olaf Scholz.").status.value == "planned"


def test_an_adverb_does_not_make_a_verb_a_noun() -> None:
    assert only("Olaf Scholz said he would soon visit Joe Biden.").channel.value == "visit"
