"""Contacts as governments tell of them: readouts, transcripts, daily addresses. Sentences of our own."""

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
