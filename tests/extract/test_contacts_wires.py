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
