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


def test_rounds_told_one_after_the_other_are_one_contact_each() -> None:
    text = (
        "Norway and Chad have held three rounds of talks. The first round took place in Oslo on March 1; "
        "the second, in Mali on March 8; and the third was held in Oslo on March 15."
    )
    assert [r.when.value.edtf for r in reports(text) if r.when] == ["2022-03-01", "2022-03-08", "2022-03-15"]
    assert all(sides(r) == {"NOR", "TCD"} for r in reports(text))


def test_the_first_round_of_something_else_is_no_contact() -> None:
    assert not reports("Norway looks at Chad. The first round of the elections will be held on April 12.")


def test_the_heads_of_delegations_stand_for_their_states() -> None:
    text = (
        "Talks between Russia and the United States took place in Oslo on Monday. The Russian delegation was headed "
        "by Sergey Lavrov, and the US team by Antony Blinken."
    )
    assert names(only(text)) == {"Sergey Lavrov", "Antony Blinken"}


def test_who_brokers_talks_takes_part() -> None:
    assert sides(only("Norway and Chad agreed on a truce in Mali-brokered talks.")) == {"NOR", "TCD", "MLI"}
    assert sides(only("Norway and Chad held talks mediated by Mali.")) == {"NOR", "TCD", "MLI"}


def test_counterparts_listed_behind_a_colon_are_met_one_by_one() -> None:
    counterparts = "France's Emmanuel Macron, Poland's Mateusz Morawiecki and Italy's Mario Draghi"
    assert len(reports(f"Olaf Scholz met with his counterparts: {counterparts}.")) == 3


def test_capitals_visited_in_a_row_are_visits_of_their_own() -> None:
    text = "Olaf Scholz went on visits to Kyiv, Moscow and Beijing in March."
    assert [sides(r) for r in reports(text)] == [{"DEU", "UKR"}, {"DEU", "RUS"}, {"DEU", "CHN"}]


def test_commas_join_in_a_headline_only() -> None:
    assert names(only("", title="Biden, Scholz meet in Berlin")) == {"Joe Biden", "Olaf Scholz"}


def test_a_title_says_what_is_to_come() -> None:
    assert only("", title="Lavrov to discuss fish at meeting with Blinken").status.value == "planned"


def test_what_is_not_expected_is_not_denied() -> None:
    assert all(r.status.value != "denied" for r in reports("Norway does not expect talks with Chad to succeed."))


def test_meetings_cut_off_are_cancelled() -> None:
    assert only("Norway said on Monday that it had cut off all meetings with Chad.").status.value == "cancelled"


def test_who_speaks_after_talks_speaks_on_their_day() -> None:
    said = "The answer was no, he thought. It is no, said Olaf Scholz following talks with Joe Biden."
    report = only("OSLO, April 5. /NEWSWIRE/. " + said)
    assert report.when
    assert report.when.value.edtf == "2022-04-05"


def test_discussions_may_be_held_apart() -> None:
    assert only("Joe Biden decided so after discussions with Olaf Scholz.").channel.value == "talks"


def test_an_envoy_in_the_title_is_the_one_whom_the_text_names() -> None:
    report = only("Sergey Lavrov met with Antony Blinken in Oslo on Monday.", title="Russian minister meets Blinken")
    assert names(report) == {"Sergey Lavrov", "Antony Blinken"}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Chad announced it on Monday, after the President of Norway visited Chad.", "held"),
        ("In February, Olaf Scholz travelled to Moscow to hold talks with Vladimir Putin.", "held"),
        ("Olaf Scholz plans to hold talks with Vladimir Putin in May.", "planned"),
    ],
)
def test_what_was_done_is_not_planned(text: str, status: str) -> None:
    assert [r.status.value for r in reports(text)] == [status]


def test_terms_are_met_and_nobody() -> None:
    assert not reports("Norway cut its output to meet the terms of the accord with Chad.")


def test_a_modal_is_shared_by_the_verbs_that_and_joins() -> None:
    found = reports("Olaf Scholz will have talks with Joe Biden and meet with Emmanuel Macron.")
    assert [r.status.value for r in found] == ["planned", "planned"]


def test_what_is_not_engaged_in_is_denied() -> None:
    assert only("Norway is not engaged in negotiations with Chad on fish.").status.value == "denied"


def test_an_agreement_with_another_is_no_side_of_the_talks() -> None:
    assert not reports("Norway said the talks, following agreements with Chad, would help.")


def test_who_did_not_take_part_was_not_there() -> None:
    assert not reports("Leaders said Norway and Chad did not take part in the talks.")
    assert not reports("Bankers hope that Norway and Chad will be sensible on peace talks.")


def test_a_log_that_begins_with_a_verb_tells_of_the_person_of_its_title() -> None:
    (report,) = reports("Met with President Macron at the Elysee.", "King Abdullah II (Jordan)")
    assert {p.value.name for p in report.parties} == {"Abdullah II", "Emmanuel Macron"}


def test_a_text_with_subjects_is_no_log() -> None:
    assert not reports("Protesters gathered. Met with President Macron at the Elysee.", "King Abdullah II (Jordan)")


def test_a_log_without_a_person_tells_of_the_side_of_its_title() -> None:
    (report,) = reports("Met with President Macron at the Elysee.", "Visit of the delegation from Jordan")
    assert sides(report) == {"JOR", "FRA"}


def test_those_who_are_meeting_today_and_tomorrow_meet_on_both_days() -> None:
    report = only("Officials of Norway and Chad are meeting today and tomorrow in Oslo.")
    assert report.status.value == "ongoing"
    assert report.when
    assert report.when.value.latest
    assert report.when.value.earliest
    assert (report.when.value.latest - report.when.value.earliest).days == 1
