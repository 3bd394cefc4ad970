"""Contacts as wires, cables and headlines tell them: seen, told, signed, handed over, ahead of somebody's meeting."""

import pytest

from tests.extract.test_contacts import names, only, reports, sides


@pytest.mark.parametrize(
    "text",
    [
        "Emmanuel Macron saw Olaf Scholz today.",
        "On Monday, Emmanuel Macron saw Olaf Scholz.",
        "Emmanuel Macron saw Olaf Scholz in Oslo.",
    ],
)
def test_to_see_somebody_at_a_time_or_place_is_to_meet(text: str) -> None:
    assert (only(text).channel.value, names(only(text))) == ("meeting", {"Emmanuel Macron", "Olaf Scholz"})


@pytest.mark.parametrize("text", ["Emmanuel Macron saw Olaf Scholz win.", "Emmanuel Macron saw Norway on Monday."])
def test_to_see_somebody_act_is_not(text: str) -> None:
    assert not reports(text)


def test_who_told_somebody_was_in_touch() -> None:
    report = only("Emmanuel Macron told Olaf Scholz that bread was dear.")
    assert (report.channel.value, report.status.value) == ("unspecified", "held")
    assert not reports("Emmanuel Macron told Norway that bread was dear.")
    assert not reports("Emmanuel Macron told reporters that Olaf Scholz was late.")


def test_what_was_told_at_a_meeting_is_no_contact_of_its_own() -> None:
    text = "Emmanuel Macron met Olaf Scholz in Oslo on Monday. Emmanuel Macron told Olaf Scholz that bread was dear."
    assert only(text).channel.value == "meeting"


@pytest.mark.parametrize(
    "text",
    [
        "Norway and Chad signed a pact in Oslo on Monday.",
        "The pact signed here yesterday between Norway and Chad is secret.",
        "In Oslo, Norway and Chad initialled a pact.",
        "Emmanuel Macron signed a pact with Norway in Oslo.",
    ],
)
def test_who_signs_somewhere_together_meets(text: str) -> None:
    assert (only(text).channel.value, only(text).status.value) == ("meeting", "held")


@pytest.mark.parametrize(
    "text", ["Norway and Chad signed a pact.", "Norway signed a law in Oslo.", "The sign between Norway and Chad fell."]
)
def test_a_signature_without_a_place_or_of_one_side_is_no_contact(text: str) -> None:
    assert not reports(text)


def test_a_pact_signed_earlier_is_signed_whatever_follows_from_it() -> None:
    report = only("Coal would be sold under a pact signed here yesterday between Norway and Chad.")
    assert report.status.value == "held"


@pytest.mark.parametrize(
    "text",
    [
        "Norway has been in talks with mediators in Egypt.",
        "Norway held talks with senior officials in Cairo.",
        "The King of Norway met with government officials in Cairo.",
    ],
)
def test_officials_somewhere_are_of_the_state_there(text: str) -> None:
    assert sides(only(text)) == {"NOR", "EGY"}


def test_an_own_capital_is_no_other_side() -> None:
    assert not reports("Norway held talks with officials in Oslo.")


@pytest.mark.parametrize(
    "text",
    [
        "Emmanuel Macron's letter, addressed to Olaf Scholz, was long.",
        "Norway handed a strong note of protest to Chad.",
        "Norway has delivered a new proposal to Chad.",
    ],
)
def test_what_is_handed_over_is_a_message(text: str) -> None:
    assert (only(text).channel.value, only(text).status.value) == ("message", "held")


def test_a_proposal_that_nobody_delivers_is_none() -> None:
    assert not reports("Norway praised a new proposal on Chad.")


def test_a_joint_news_conference_is_a_meeting() -> None:
    found = only("At a joint news conference by Emmanuel Macron and Olaf Scholz, bread came up.")
    assert (found.channel.value, names(found)) == ("meeting", {"Emmanuel Macron", "Olaf Scholz"})
    assert not reports("Emmanuel Macron spoke of Olaf Scholz at a news conference.")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Olaf Scholz lands in Paris ahead of Macron meeting", "planned"),
        ("OLAF SCHOLZ DENIES CLAIM AHEAD OF MACRON TALKS", "planned"),
        ("OLAF SCHOLZ SHARES BREAD AFTER MACRON CALL", "held"),
    ],
)
def test_a_meeting_may_be_named_for_the_other(text: str, status: str) -> None:
    assert (names(only(text)), only(text).status.value) == ({"Olaf Scholz", "Emmanuel Macron"}, status)


def test_a_meeting_named_for_a_body_is_its_own() -> None:
    assert not reports("Olaf Scholz spoke after the NATO meeting.")


def test_contacts_of_two_with_two_are_four() -> None:
    text = "The contacts held by Emmanuel Macron and Olaf Scholz with Joe Biden and Xi Jinping help."
    assert len(reports(text)) == 4


@pytest.mark.parametrize("envoy", ["US ENVOY", "CHINESE AMBASSADOR"])
def test_a_verb_in_capitals_is_no_name(envoy: str) -> None:
    assert only(f"DENMARK SUMMONS {envoy} OVER REMARKS").channel.value == "meeting"


def test_who_was_briefed_by_officials_was_in_touch_with_them() -> None:
    report = only("US officials were briefed on the fire by Norwegian officials.")
    assert (report.status.value, sides(report)) == ("held", {"USA", "NOR"})
    assert not reports("US officials were briefed on the fire by reporters.")


@pytest.mark.parametrize(
    "text",
    [
        "Emmanuel Macron and Olaf Scholz laid flowers at the wall.",
        "Emmanuel Macron together with Olaf Scholz visited the mill.",
        "Emmanuel Macron toured a mill together with Olaf Scholz.",
    ],
)
def test_who_tours_together_meets(text: str) -> None:
    assert (only(text).channel.value, names(only(text))) == ("meeting", {"Emmanuel Macron", "Olaf Scholz"})


@pytest.mark.parametrize("text", ["Emmanuel Macron toured a mill.", "Norway and Chad unveiled a plan."])
def test_a_tour_alone_or_of_states_is_no_contact(text: str) -> None:
    assert not reports(text)


@pytest.mark.parametrize(
    "text",
    [
        "Negotiations on the next Norway-Chad textile agreement are due to begin in May.",
        "Talks for a new Norway-Chad free trade deal were halted.",
        "Negotiations on the next Chad-U.S. Textile agreement are due to begin in May.",
    ],
)
def test_talks_on_a_pact_of_two_are_theirs(text: str) -> None:
    assert len(sides(only(text))) == 2


def test_talks_on_a_war_of_two_may_be_of_others() -> None:
    assert not reports("Talks on the Norway-Chad war are due to begin in May.")


def test_states_that_each_summon_an_ambassador_each_meet_one() -> None:
    found = reports("Norway, Chad and Mali said they would summon their Israeli ambassadors.")
    assert [sides(r) for r in found] == [{"NOR", "ISR"}, {"TCD", "ISR"}, {"MLI", "ISR"}]
    assert len(reports("Norway said it would summon its Israeli ambassador.")) == 1


def test_they_whom_nothing_explains_are_those_of_the_sentence_before() -> None:
    text = "Vietnamese officials want peace. They met with administration officials in Washington this week."
    assert sides(only(text)) == {"VNM", "USA"}


def test_days_of_talks_are_of_the_two_states_that_the_document_is_about() -> None:
    text = "Norway and Chad trade. Fish of Norway is dear. Chad buys it.\n\nA pact came last year after heated talks."
    report = only(text + "\n\nNorway and Chad like it.")
    assert (report.status.value, sides(report)) == ("held", {"NOR", "TCD"})
    assert not reports("Norway trades. A pact was reached last year after heated talks.")


def test_a_relative_is_himself() -> None:
    report = only("Olaf Scholz met with Steve Witkoff and Donald Trump's son-in-law, Jared Kushner.")
    assert names(report) == {"Olaf Scholz", "Steve Witkoff", "Jared Kushner"}
    assert names(only("Olaf Scholz met with Steve Witkoff and Donald Trump.")) == {
        "Olaf Scholz",
        "Steve Witkoff",
        "Donald Trump",
    }


def test_officials_of_two_states_are_of_both() -> None:
    found = reports("The King of Chad came for meetings with Danish and Finnish officials.")
    assert [sides(r) for r in found] == [{"TCD", "DNK"}, {"TCD", "FIN"}]


def test_counterparts_alone_are_no_contact() -> None:
    assert not reports("There was talk of meetings with Danish and Finnish officials.")


def test_presence_told_behind_a_contact_does_not_date_it() -> None:
    report = only("Olaf Scholz had spoken with Steve Witkoff, whom he praised on Sunday.")
    assert report.when is None or report.when.rule != "weekday-from-publication"


def test_talks_that_say_whose_they_were_are_of_no_others() -> None:
    text = "Norway sells. Chad buys. Norway and Chad like it. Norway and Chad agree. He left after talks with bankers."
    assert not reports(text)


def test_days_of_talks_amid_an_organisation_may_be_its_own() -> None:
    text = "NATO met. Norway is in NATO. Chad is not in NATO. Norway and Chad agree. Norway and Chad like it."
    assert not reports(text + " It was reached after eight days of talks.")


@pytest.mark.parametrize(
    "text",
    [
        "Norway did not agree to the Chadian ceasefire proposal.",
        "Norway rejected Chad's offer.",
        "Norway accepts a Chadian offer.",
    ],
)
def test_who_answers_an_offer_had_it(text: str) -> None:
    report = only(text)
    assert (report.channel.value, report.status.value, sides(report)) == ("unspecified", "held", {"NOR", "TCD"})


@pytest.mark.parametrize("text", ["Norway rejected the offer.", "Norway rejected Chad's claims."])
def test_who_rejects_something_else_had_no_offer(text: str) -> None:
    assert not reports(text)


def test_what_was_relayed_to_somebody_was_said_to_him() -> None:
    assert names(only("As Joe Biden had relayed to Olaf Scholz, bread is dear.")) == {"Joe Biden", "Olaf Scholz"}
    assert not reports("Joe Biden relayed this to Norway.")


def test_who_was_glad_to_see_somebody_saw_him() -> None:
    report = only("Olaf Scholz was happy to see in Berlin a great friend of Germany, Emmanuel Macron.")
    assert (report.status.value, names(report)) == ("held", {"Olaf Scholz", "Emmanuel Macron"})


def test_a_headline_goes_on_with_the_same_two() -> None:
    found = reports("It is so.", "Macron, Scholz discuss bread, agree to meet in Oslo")
    assert [(r.status.value, names(r)) for r in found] == [
        ("held", {"Emmanuel Macron", "Olaf Scholz"}),
        ("planned", {"Emmanuel Macron", "Olaf Scholz"}),
    ]
