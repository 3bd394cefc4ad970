"""Status, channel, days and parties of contacts, each mechanism with its counter-example. Sentences of our own."""

import pytest

from communique.knowledge import load
from communique.model import Document, Published, Report
from communique.pipeline import read_document

KNOWLEDGE = load()
KYIV = "https://www.president.gov.ua/en/news/1"
WASHINGTON = "https://www.whitehouse.gov/briefing-room/1"


def reports(
    text: str, title: str | None = None, published: str = "2022-05-12", url: str | None = None
) -> tuple[Report, ...]:
    document = Document("d", text, title, url=url, published=Published(published, "given"))
    return read_document(document, KNOWLEDGE).reports


def people(report: Report) -> list[str]:
    return sorted(p.value.name or p.value.side or "" for p in report.parties)


def day(report: Report) -> str | None:
    return report.when.value.edtf if report.when else None


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Sergey Lavrov will discuss trade at the talks with Hakan Fidan.", "planned"),
        ("Grain is expected to be discussed during the summit between Emmanuel Macron and Olaf Scholz.", "planned"),
        ("Emmanuel Macron stressed that France will grow during a meeting with Olaf Scholz.", "held"),
        ("Emmanuel Macron lifted the ban last week before meeting Olaf Scholz.", "held"),
        ("Emmanuel Macron will lift the ban before meeting Olaf Scholz.", "planned"),
        ("A meeting between Emmanuel Macron and Olaf Scholz started in Berlin.", "ongoing"),
        ("A meeting between Emmanuel Macron and Olaf Scholz started in Berlin on May 2.", "held"),
        ("Germany awaits the meeting of Emmanuel Macron and Olaf Scholz.", "planned"),
    ],
)
def test_status_of_an_occasion_is_that_of_its_clause(text: str, status: str) -> None:
    assert [r.status.value for r in reports(text)] == [status]


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("Emmanuel Macron welcomed Olaf Scholz to Paris on Monday.", "visit"),
        ("Emmanuel Macron will host Olaf Scholz for a state visit in June.", "visit"),
        ("Emmanuel Macron welcomed Olaf Scholz at the airport in Paris on Monday.", "meeting"),
        ("Ukraine is discussing a trade deal with the United States.", "talks"),
        ("Ukraine paused trade talks with Israel over the escalation in Gaza.", "talks"),
        ("Ukraine paused trade talks with Israel in Geneva.", "meeting"),
    ],
)
def test_channel(text: str, channel: str) -> None:
    assert [r.channel.value for r in reports(text)] == [channel]


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Emmanuel Macron said at a news conference on Monday that he would meet Olaf Scholz.", None),
        ("Emmanuel Macron said after talks with Olaf Scholz on Monday that he agreed.", "2022-05-09"),
        ("Emmanuel Macron agreed on Monday that he would visit Berlin.", None),
        ("Ties improved this year, Emmanuel Macron told Olaf Scholz in a call on Monday.", "2022-05-09"),
        ("Emmanuel Macron spoke ahead of his meeting with Olaf Scholz on Monday.", "2022-05-16"),
    ],
)
def test_a_time_dates_what_it_stands_with(text: str, when: str | None) -> None:
    assert [day(r) for r in reports(text)] == [when]


def test_this_week_is_the_next_one_at_its_end() -> None:
    text = "This week, Joe Biden will travel to Poland."
    assert [day(r) for r in reports(text, published="2022-03-20")] == ["2022-03-21/2022-03-27"]
    assert [day(r) for r in reports(text, published="2022-03-16")] == ["2022-03-16/2022-03-20"]


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("The EU welcomed the talks between Turkey and Greece, and he agreed.", ["GRC", "TUR"]),
        (
            "Joe Biden discussed the result of Emmanuel Macron's talks with Olaf Scholz.",
            ["Emmanuel Macron", "Olaf Scholz"],
        ),
        (
            "The Nigerian team, headed by Finance Minister Chu Okongwu and Central Bank Governor Abdulkadir Ahmed, "
            "will hold talks with France.",
            ["Abdulkadir Ahmed", "Chu Okongwu", "FRA"],
        ),
        ("The Norwegian-Chadian talks chaired by Jonas Gahr Støre opened in Oslo.", ["Jonas Gahr Støre", "TCD"]),
        (
            "Jake Sullivan, accompanied by Brett McGurk, met with Olaf Scholz.",
            ["Brett McGurk", "Jake Sullivan", "Olaf Scholz"],
        ),
    ],
)
def test_parties(text: str, parties: list[str]) -> None:
    assert [people(r) for r in reports(text)] == [parties]


def test_who_went_along_on_a_journey_was_not_at_the_talks_before() -> None:
    text = "Jake Sullivan met with Olaf Scholz on Monday. Sullivan, accompanied by Brett McGurk, is touring Europe."
    assert people(reports(text)[0]) == ["Jake Sullivan", "Olaf Scholz"]


def test_a_comma_stands_for_and_between_people_at_the_end_of_a_title() -> None:
    (report,) = reports("", "Donald Trump hopes to meet with Vladimir Putin, Volodymyr Zelenskyy", "2025-11-25")
    assert people(report) == ["Donald Trump", "Vladimir Putin", "Volodymyr Zelenskyy"]
    (report,) = reports("", "Donald Trump to meet with Vladimir Putin, Volodymyr Zelenskyy says", "2025-11-25")
    assert people(report) == ["Donald Trump", "Vladimir Putin"]


@pytest.mark.parametrize(
    "text",
    [
        "The President of Ukraine and the Chancellor of Germany will meet with the media.",
        "Emmanuel Macron had not had a visit from a German official in years.",
    ],
)
def test_no_contact(text: str) -> None:
    assert reports(text) == ()


def test_people_met_on_a_visit_make_it_a_meeting() -> None:
    text = (
        "National Security Advisor Jake Sullivan and Coordinator Brett McGurk traveled to Egypt on May 10-11. "
        "Mr. Sullivan discussed with President Abdel Fattah al-Sisi the harvest in the Sahel."
    )
    (report,) = reports(text, "Statement on Jake Sullivan's visit to Egypt", url=WASHINGTON)
    assert (report.channel.value, people(report)) == (
        "meeting",
        ["Abdel Fattah el-Sisi", "Brett McGurk", "Jake Sullivan"],
    )


def test_further_meetings_of_one_visit_share_its_day() -> None:
    text = "Hakan Fidan met Bashar al-Assad on Monday. Fidan met with Foreign Minister Faisal Mekdad of Syria."
    assert [day(r) for r in reports(text)] == ["2022-05-09", "2022-05-09"]
    text = "Hakan Fidan met Bashar al-Assad on Monday. Fidan had met with Foreign Minister Faisal Mekdad of Syria."
    assert [day(r) for r in reports(text)] == ["2022-05-09", None]


def test_what_follows_a_meeting_under_way_is_planned_for_its_day() -> None:
    title = "President started a meeting with Olaf Scholz"
    text = (
        "The meeting between President of Ukraine Volodymyr Zelenskyy and Olaf Scholz started in Kyiv. "
        "After the meeting, Ukrainian-German talks will take place."
    )
    found = reports(text, title, url=KYIV)
    assert [(r.status.value, day(r)) for r in found] == [("ongoing", "2022-05-12"), ("planned", "2022-05-12")]
    found = reports(text.replace("After the meeting, ", ""), title, url=KYIV)
    assert [(r.status.value, day(r)) for r in found] == [("ongoing", "2022-05-12"), ("planned", None)]


@pytest.mark.parametrize(
    ("text", "status", "when"),
    [
        ("This will be the first meeting between Emmanuel Macron and Olaf Scholz.", "planned", None),
        ("This was the first meeting between Emmanuel Macron and Olaf Scholz.", "held", "2022-05-12"),
        (
            "During the talks between Emmanuel Macron and Olaf Scholz, the two leaders will sign a pact.",
            "planned",
            None,
        ),
        ("Emmanuel Macron will fly home on Sunday, having completed a visit to Poland.", "held", "2022-05-12"),
        ("Boris Pistorius is attending a meeting of EU defence ministers.", "ongoing", "2022-05-12"),
        ("Norway said its talks with Chad were going well.", "ongoing", None),
        ("Emmanuel Macron met Olaf Scholz recently.", "held", None),
    ],
)
def test_what_is_to_come_and_what_is_over(text: str, status: str, when: str | None) -> None:
    assert [(r.status.value, day(r)) for r in reports(text)] == [(status, when)]


def test_greetings_for_a_feast_are_not_sent_on_it() -> None:
    text = "Vladimir Putin sent Christmas and New Year greetings to President of France Emmanuel Macron."
    (report,) = reports(text, "Greetings", "2021-12-30", "http://en.kremlin.ru/events/president/news/1")
    assert day(report) == "2021-12-30"


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Joe Biden hosted President Hassan Sheikh Mohamud of Somalia.", ["Hassan Sheikh Mohamud", "Joe Biden"]),
        (
            "Andriy Yermak had a call with US President's National Security Advisor Jake Sullivan.",
            ["Andriy Yermak", "Jake Sullivan"],
        ),
        ("Rha Woong-bae held talks with Canadian officials and businessmen.", ["CAN", "Rha Woong-bae"]),
        (
            "Principal Deputy National Security Advisor Jon Finer, joined by Brett McGurk, met with Olaf Scholz.",
            ["Brett McGurk", "Jon Finer", "Olaf Scholz"],
        ),
    ],
)
def test_who_was_there(text: str, parties: list[str]) -> None:
    assert [people(r) for r in reports(text)] == [parties]


def test_a_state_that_a_topic_names_was_not_there() -> None:
    text = (
        "Kamala Harris met with Jens Stoltenberg on Monday. "
        "They discussed the readiness of the U.S. and NATO to engage in dialogue with Russia."
    )
    assert people(reports(text)[0]) == ["Jens Stoltenberg", "Kamala Harris"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Joe Biden looks forward to the meeting with Emmanuel Macron in Rome later this month.", ["planned"]),
        ("The two sides agreed to remain in contact with Chad.", []),
        ("Norway praised the negotiations with Chad, which are being held in Oslo.", ["ongoing"]),
        ("Joe Biden led a delegation to Ghana and Senegal to discuss ports.", []),
        ("Ghana and Senegal plan to discuss ports.", ["planned"]),
    ],
)
def test_what_words_before_and_behind_say(text: str, told: list[str]) -> None:
    assert [r.status.value for r in reports(text)] == told


def test_a_gathering_at_whose_margins_two_met_is_no_party() -> None:
    (report,) = reports(
        "President Joe Biden spoke today on the margins of the NATO Summit with President Andrzej Duda."
    )
    assert people(report) == ["Andrzej Duda", "Joe Biden"]


def test_a_statement_on_a_meeting_is_not_the_meeting_of_who_made_it() -> None:
    title = "Statement by NSC Spokesperson Emily Horne on Meeting with European Commission"
    assert all("Emily Horne" not in people(r) for r in reports("The two sides talked.", title, url=WASHINGTON))


def test_negotiations_of_which_a_head_of_state_speaks_are_those_of_the_states() -> None:
    text = "Now about the negotiations with the Russian Federation. Our delegation has a clear task."
    (report,) = reports(text, "Address by the President of Ukraine", url=KYIV)
    assert people(report) == ["RUS", "UKR"]


def test_the_supreme_leader_is_not_the_president() -> None:
    (report,) = reports("Iran's Supreme Leader met Recep Tayyip Erdoğan on Monday.")
    assert people(report) == ["Ali Khamenei", "Recep Tayyip Erdoğan"]


def test_a_title_in_ing_tells_of_what_goes_on() -> None:
    assert [r.status.value for r in reports("", "Russia, Sri Lanka negotiating construction of terminal")] == [
        "ongoing"
    ]


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("President Biden will participate in a U.S.-EU summit.", ["European Union", "Joe Biden"]),
        ("Joe Biden said that the U.S.-EU summit was useful.", ["European Union", "USA"]),
        ("Norway awaits the meeting of the heads of its ministries with Emmanuel Macron.", []),
    ],
)
def test_who_takes_part_for_a_side(text: str, parties: list[str]) -> None:
    assert [p for r in reports(text) for p in people(r)] == parties


@pytest.mark.parametrize(
    ("title", "told"),
    [
        (
            "Trump says Witkoff, Jared Kushner to meet with Putin",
            [("planned", ["Jared Kushner", "Steve Witkoff", "Vladimir Putin"])],
        ),
        ("Russia not taking part in talks with Ukraine", [("denied", ["RUS", "UKR"])]),
        ("Russia taking part in talks with Ukraine", [("held", ["RUS", "UKR"])]),
    ],
)
def test_titles(title: str, told: list[tuple[str, list[str]]]) -> None:
    assert [(r.status.value, people(r)) for r in reports("", title, "2025-11-26")] == told


def test_taken_note_is_no_note() -> None:
    text = 'Ukraine asked for aid of the two countries, and Russia had taken "note" of this request of Norway.'
    assert all(r.channel.value != "message" for r in reports(text))
    (report,) = reports("Russia sent a note to Norway.")
    assert report.channel.value == "message"


def test_a_journey_told_of_far_down_is_not_of_the_day() -> None:
    text = "Thank you all. We talked about fish. There is much to do. Ambassador Linda Thomas-Greenfield went to Ghana."
    (report,) = reports(text, "Background press call", url=WASHINGTON)
    assert day(report) is None


def test_letters_of_ones_own_head_are_news_of_the_day_however_told() -> None:
    text = (
        "The President thanks all. There is much to do. Fish are well. "
        "In a message of greetings to President of Serbia Aleksandar Vucic, Vladimir Putin wished him well."
    )
    found = reports(text, "Greetings to heads of state", "2021-12-30", "http://en.kremlin.ru/events/president/news/1")
    assert [(r.channel.value, day(r)) for r in found] == [("message", "2021-12-30")]


def test_a_day_of_what_is_told_about_is_not_the_day_of_the_call() -> None:
    text = (
        "Vladimir Putin had a telephone conversation with President of Finland Sauli Niinistö. Vladimir Putin told "
        "Sauli Niinistö about the results of his talks with Joe Biden held on December 7."
    )
    title = "Telephone conversation with President of Finland"
    found = reports(text, title, "2021-12-14", "http://en.kremlin.ru/events/president/news/1")
    assert ["Sauli Niinistö", "Vladimir Putin"] in [people(r) for r in found if day(r) == "2021-12-14"]


def test_what_is_planned_was_not_years_ago() -> None:
    text = "As agreed in Paris in December 2019, Emmanuel Macron will hold talks with Olaf Scholz."
    assert [(r.status.value, day(r)) for r in reports(text)] == [("planned", None)]
