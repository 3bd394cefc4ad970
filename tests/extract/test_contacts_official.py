"""Contacts as governments tell of them: readouts, transcripts, daily addresses. Sentences of our own."""

import pytest

from communique.knowledge import load
from communique.model import Document, Published, Report
from communique.pipeline import read_document

KNOWLEDGE = load()
KREMLIN = "http://en.kremlin.ru/events/president/news/1"
KYIV = "https://www.president.gov.ua/en/news/1"
WASHINGTON = "https://www.whitehouse.gov/briefing-room/1"


def reports(text: str, title: str | None, url: str, published: str = "2022-05-12") -> tuple[Report, ...]:
    """What a government's own text tells of."""
    document = Document("d", text, title, url=url, published=Published(published, "given"))
    return read_document(document, KNOWLEDGE).reports


def told(found: tuple[Report, ...]) -> list[tuple[str, str, str | None, list[str]]]:
    """Status, channel, day and parties of each, bodies by their side."""
    return [
        (
            r.status.value,
            r.channel.value,
            r.when.value.edtf if r.when else None,
            sorted(p.value.name or p.value.side or "" for p in r.parties),
        )
        for r in found
    ]


MACRON = "Telephone conversation with President of France Emmanuel Macron"


def test_they_go_on_with_a_conversation_whatever_it_was_about() -> None:
    found = reports(
        "Vladimir Putin spoke with President of France Emmanuel Macron. They exchanged views on Chad, Mali and Niger. "
        "They also discussed the harvest in the Sahel.",
        MACRON,
        KREMLIN,
    )
    assert told(found) == [("held", "phone", "2022-05-12", ["Emmanuel Macron", "Vladimir Putin"])]


def test_an_earlier_meeting_is_not_the_one_published_today() -> None:
    found = reports(
        "Vladimir Putin received President of France Emmanuel Macron. They recalled what they had agreed at their "
        "June 2021 meeting in Rome.",
        "Meeting with President of France Emmanuel Macron",
        KREMLIN,
    )
    assert [day for _, _, day, _ in told(found)] == ["2022-05-12", "2021-06"]


def test_you_and_i_met_recalls_an_earlier_contact_of_those_who_converse() -> None:
    text = (
        "Vladimir Putin met in the Kremlin with President of France Emmanuel Macron. "
        "Vladimir Putin: Mr President, welcome. You and I recently spoke on the telephone about grain. "
        "We met in March 2019 in Nice. We met today to go on with it."
    )
    found = told(reports(text, "Meeting with President of France Emmanuel Macron", KREMLIN))
    assert [(channel, day) for _, channel, day, _ in found] == [
        ("meeting", "2022-05-12"),
        ("phone", None),
        ("meeting", "2019-03"),
    ]
    assert all(parties == ["Emmanuel Macron", "Vladimir Putin"] for _, _, _, parties in found)


def test_officials_named_by_office_in_the_title_are_those_named_in_the_text() -> None:
    found = reports(
        "Volodymyr Zelenskyy met with Speaker of the Parliament of Latvia Anna Berzina, Speaker of the Parliament of "
        "Estonia Mart Tamm and Speaker of the Parliament of Lithuania Jonas Petrauskas.",
        "President met with the Speakers of the Parliaments of Latvia, Estonia and Lithuania",
        KYIV,
    )
    assert len(found) == 1
    assert {p.value.side for p in found[0].parties} == {"UKR", "LVA", "EST", "LTU"}
    assert all(p.value.name for p in found[0].parties)


def test_a_place_behind_discussed_is_a_topic() -> None:
    found = reports(
        "President Joe Biden spoke today with President Emmanuel Macron of France. The President and President Macron "
        "discussed the famine in the Sahel.",
        "Readout of President Biden's Call with President Macron of France",
        WASHINGTON,
    )
    assert len(found) == 1


@pytest.mark.parametrize(
    ("text", "counterpart"),
    [
        ("Volodymyr Zelenskyy met with a delegation of the Norwegian parliament.", "NOR"),
        ("Volodymyr Zelenskyy met with a French delegation led by President Emmanuel Macron.", "Emmanuel Macron"),
        ("Volodymyr Zelenskyy met with a large delegation from the government of Chad.", "TCD"),
        (
            "Volodymyr Zelenskyy received a delegation of the Senate of Chad headed by Deputy Speaker Amina Idriss.",
            "Amina Idriss",
        ),
    ],
)
def test_a_delegation_is_its_head_or_its_state(text: str, counterpart: str) -> None:
    (found,) = told(reports(text, None, KYIV))
    assert found[3] == sorted(["Volodymyr Zelenskyy", counterpart])


def test_a_delegation_of_people_at_home_is_no_counterpart() -> None:
    assert reports("Volodymyr Zelenskyy met with a delegation of the Ukrainian World Congress.", None, KYIV) == ()


def test_the_setting_of_a_statement_happened_that_day() -> None:
    text = "I want peace, and I say so. There was a fruitful conversation with President of France Emmanuel Macron."
    found = told(reports(text, "Address by President Volodymyr Zelenskyy", KYIV))
    assert [day for _, _, day, _ in found] == ["2022-05-12"]


def test_what_was_agreed_during_an_undated_meeting_does_not_date_it() -> None:
    text = "Grain is dear. So is bread. Vladimir Putin praised the deals made during a meeting with Emmanuel Macron."
    assert [found[2] for found in told(reports(text, "Statement", KREMLIN))] == [None]


def test_the_inviter_receives_the_visitor() -> None:
    text = "Emmanuel Macron spoke with Olaf Scholz on Monday. Olaf Scholz invited him to visit Germany."
    visit = next(r for r in reports(text, None, "") if r.channel.value == "visit")
    assert {p.value.name for p in visit.parties} == {"Emmanuel Macron", "Olaf Scholz"}


def test_a_state_receives_a_visitor_whom_nobody_named_invited() -> None:
    (visit,) = reports("Emmanuel Macron praised the harvest after his visit to Chad.", None, "")
    assert {p.value.side for p in visit.parties} == {"FRA", "TCD"}


@pytest.mark.parametrize(
    "text",
    [
        "Vladimir Putin gave an assessment of the talks with Norwegian representatives.",
        "Vladimir Putin spoke in the context of talks with the representatives of Norway.",
        "Vladimir Putin commented on the talks between Russia and Norway.",
    ],
)
def test_talks_that_are_only_spoken_of_are_going_on_between_the_states(text: str) -> None:
    assert told(reports(text, MACRON, KREMLIN))[-1] == ("ongoing", "talks", None, ["NOR", "RUS"])


def test_further_people_met_are_contacts_of_their_own_though_the_subject_is_not_repeated() -> None:
    found = reports(
        "Andriy Yermak met with Prime Minister of Denmark Mette Frederiksen. During the meeting with Minister of "
        "Defence of Denmark Jens Holm, aid was discussed.",
        None,
        KYIV,
    )
    assert [parties for *_, parties in told(found)] == [
        ["Andriy Yermak", "Mette Frederiksen"],
        ["Andriy Yermak", "Jens Holm"],
    ]


def test_two_leaders_of_a_state_receive_a_guest_one_after_the_other() -> None:
    found = reports(
        "Jake Sullivan met today with President Emmanuel Macron, Prime Minister Jean Castex and Speaker Richard "
        "Ferrand of France.",
        None,
        WASHINGTON,
        "2022-02-02",
    )
    assert len(found) > 1
    assert all("Jake Sullivan" in parties for *_, parties in told(found))


def test_what_comes_after_publication_is_planned() -> None:
    text = "Vladimir Putin spoke with Emmanuel Macron. They welcomed a Russia-France summit in Paris on June 16."
    assert ("planned", "2022-06-16") in [(status, day) for status, _, day, _ in told(reports(text, MACRON, KREMLIN))]


def test_a_dialogue_to_be_continued_is_no_contact_of_its_own() -> None:
    for promise in (
        "The parties agreed to continue an active dialogue.",
        "They expressed their readiness to maintain the Russian-French dialogue.",
        "Vladimir Putin reaffirmed his commitment to further contacts with Emmanuel Macron.",
    ):
        assert len(reports(f"Vladimir Putin spoke with Emmanuel Macron. {promise}", MACRON, KREMLIN)) == 1


def test_the_day_of_a_meeting_is_not_that_of_the_visit_it_was_about() -> None:
    text = "Jake Sullivan met today with Akiba Takeo of Japan to discuss the President's upcoming trip to Chad."
    visit = next(r for r in reports(text, None, WASHINGTON) if r.channel.value == "visit")
    assert visit.when is None


def test_people_whom_nobody_names_are_no_leaders_abroad() -> None:
    text = "Volodymyr Zelenskyy stressed that a record number of tourists visited Chad last year."
    assert reports(text, None, KYIV) == ()


def test_a_visit_that_is_the_setting_of_a_meeting_is_that_meeting() -> None:
    text = "During a working visit to Brussels, Volodymyr Zelenskyy met with President Emmanuel Macron."
    assert [channel for _, channel, _, _ in told(reports(text, None, KYIV))] == ["meeting"]


def test_participants_at_home_make_no_contact() -> None:
    text = (
        "Volodymyr Zelenskyy met with representatives of farmers. The meeting was attended by Deputy Head of the "
        "Office of the President Ihor Zhovkva and Minister of Foreign Affairs Dmytro Kuleba."
    )
    assert reports(text, None, KYIV) == ()


def test_a_capital_that_is_a_first_name_is_no_state() -> None:
    (found,) = reports("Under Secretary Victoria Nuland met with Emmanuel Macron.", None, WASHINGTON, "2022-05-12")
    assert {p.value.name for p in found.parties} == {"Victoria Nuland", "Emmanuel Macron"}


def test_the_first_president_of_a_state_is_not_the_one_in_office() -> None:
    text = "Vladimir Putin met with the First President of the Republic of Kazakhstan Nursultan Nazarbayev."
    (found,) = reports(text, None, KREMLIN)
    assert {p.value.name for p in found.parties} == {"Vladimir Putin", "Nursultan Nazarbayev"}


def test_the_summit_of_a_named_group_is_no_bilateral_meeting_of_its_members() -> None:
    text = (
        "Volodymyr Zelenskyy met with Federal Chancellor of Germany Olaf Scholz in Kyiv. He spoke of the need for a "
        "summit of the leaders of the Normandy Four."
    )
    parties = [parties for *_, parties in told(reports(text, None, KYIV))]
    assert parties[0] == ["Olaf Scholz", "Volodymyr Zelenskyy"]


ADDRESS = "Address by President Volodymyr Zelenskyy"


def test_conversations_told_in_a_row_need_no_word_for_each() -> None:
    text = (
        "I am glad of this day, which was a marathon of phone conversations. Poland. I thanked President Andrzej Duda "
        "for his aid. Spain. We agreed with Prime Minister Pedro Sánchez to speak again. I thanked our firefighters."
    )
    assert told(reports(text, ADDRESS, KYIV)) == [
        ("held", "phone", "2022-05-12", ["Andrzej Duda", "Volodymyr Zelenskyy"]),
        ("held", "phone", "2022-05-12", ["Pedro Sánchez", "Volodymyr Zelenskyy"]),
    ]


def test_thanks_outside_a_series_are_no_contact() -> None:
    assert reports("I slept well. I thanked President Andrzej Duda for his aid.", ADDRESS, KYIV) == ()


def test_a_fragment_goes_on_with_the_conversations_of_the_day_told_before() -> None:
    text = (
        "I slept well. Yesterday I spoke with President Andrzej Duda. I spoke with Prime Minister Pedro Sánchez. And "
        "with President of France Emmanuel Macron. With France we share a dream."
    )
    assert [(day, parties) for _, _, day, parties in told(reports(text, ADDRESS, KYIV))] == [
        ("2022-05-11", ["Andrzej Duda", "Volodymyr Zelenskyy"]),
        ("2022-05-11", ["Pedro Sánchez", "Volodymyr Zelenskyy"]),
        ("2022-05-11", ["Emmanuel Macron", "Volodymyr Zelenskyy"]),
    ]


def test_participants_join_the_call_whose_partners_were_not_named() -> None:
    found = reports(
        "President Biden held a video call with European leaders today. They reviewed recent engagements with Russia. "
        "Participants in the call included President Emmanuel Macron of France and Chancellor Olaf Scholz of Germany.",
        None,
        WASHINGTON,
    )
    assert {p.value.name for p in found[0].parties} == {"Joe Biden", "Emmanuel Macron", "Olaf Scholz"}


def test_advisers_to_leaders_are_not_the_leaders() -> None:
    (found,) = reports("Zelenskyy received advisers to leaders of France and Germany.", None, KYIV)
    assert {p.value.name for p in found.parties} == {"Volodymyr Zelenskyy", None}


@pytest.mark.parametrize(
    ("days", "when"),
    [("May 10-11", "2022-05-10/2022-05-11"), ("May 10", "2022-05-10")],
)
def test_news_without_a_day_takes_the_days_just_over_that_a_later_mention_names(days: str, when: str) -> None:
    found = reports(
        f"Vladimir Putin met with Emmanuel Macron. It was cold. Their meeting in the Kremlin on {days} was long.",
        "Meeting with President of France Emmanuel Macron",
        KREMLIN,
    )
    assert [r.when.value.edtf for r in found if r.when] == [when]


ROLL = "It was a day of the telephone marathon. {} I thanked our firefighters."


def test_the_states_of_a_roll_were_called_one_after_the_other() -> None:
    text = ROLL.format(
        "Latvia. We agreed with Mr. Prime Minister Krišjānis Kariņš on grain. Next - Denmark. I expressed gratitude "
        "for the aid. I noted the words of Mrs. Frederiksen. Greece. I was glad of the support."
    )
    assert told(reports(text, ADDRESS, KYIV)) == [
        ("held", "phone", "2022-05-12", ["Krišjānis Kariņš", "Volodymyr Zelenskyy"]),
        ("held", "phone", "2022-05-12", ["Mette Frederiksen", "Volodymyr Zelenskyy"]),
        ("held", "phone", "2022-05-12", ["GRC", "Volodymyr Zelenskyy"]),
    ]


def test_two_states_by_themselves_make_no_roll() -> None:
    assert reports(ROLL.format("Poland. It stands with us. Greece. We love it."), ADDRESS, KYIV) == ()


def test_a_roll_that_no_calls_announce_tells_of_none() -> None:
    text = "Who helps us? Latvia. We love it. Denmark. We love it. Greece. We love it, too."
    assert reports(text, ADDRESS, KYIV) == ()


def test_a_fragment_goes_on_after_thanks_in_between() -> None:
    text = (
        "I slept well. I spoke today with President Andrzej Duda. We have support. Thank you. "
        "With Prime Minister Pedro Sánchez."
    )
    assert [parties for *_, parties in told(reports(text, ADDRESS, KYIV))] == [
        ["Andrzej Duda", "Volodymyr Zelenskyy"],
        ["Pedro Sánchez", "Volodymyr Zelenskyy"],
    ]


def test_prospects_that_were_discussed_were_discussed() -> None:
    text = "I slept well. I asked much. The prospects of grain were discussed with Chancellor Olaf Scholz."
    assert [status for status, *_ in told(reports(text, ADDRESS, KYIV))] == ["held"]
