"""Contacts out of sentences of our own: who, how, when, held or not; one contact or several."""

from datetime import date

import pytest

from communique.knowledge import load
from communique.model import Document, Published, Report
from communique.pipeline import read_document

KNOWLEDGE = load()


def reports(
    text: str, title: str | None = None, published: str = "2022-04-05", url: str | None = None
) -> tuple[Report, ...]:
    document = Document("d", text, title, url=url, published=Published(published, "given"))
    return read_document(document, KNOWLEDGE).reports


def only(text: str, title: str | None = None, published: str = "2022-04-05", url: str | None = None) -> Report:
    found = reports(text, title, published, url)
    assert len(found) == 1, [(r.status.value, r.channel.value, sides(r)) for r in found]
    return found[0]


def sides(report: Report) -> set[str | None]:
    return {p.value.side for p in report.parties}


def names(report: Report) -> set[str | None]:
    return {p.value.name for p in report.parties}


@pytest.mark.parametrize(
    ("text", "status", "channel"),
    [
        ("Emmanuel Macron spoke by phone with Olaf Scholz on Monday.", "held", "phone"),
        ("Emmanuel Macron telephoned Olaf Scholz.", "held", "phone"),
        ("Olaf Scholz spoke with Emmanuel Macron via video link.", "held", "video"),
        ("Emmanuel Macron met Olaf Scholz in Berlin.", "held", "meeting"),
        ("Emmanuel Macron told Vladimir Putin in a phone call that he agreed.", "held", "phone"),
        ("Emmanuel Macron will meet Olaf Scholz in Berlin in May.", "planned", "meeting"),
        ("Emmanuel Macron invited Volodymyr Zelenskyy to Paris.", "proposed", "visit"),
        ("The United States is still negotiating with Iran.", "ongoing", "talks"),
        ("The Kremlin denied that Vladimir Putin had met Joe Biden.", "denied", "meeting"),
        ("Emmanuel Macron has cancelled his visit to Poland planned for May.", "cancelled", "visit"),
        ("Xi Jinping's visit to Russia, planned for early April, has been postponed.", "postponed", "visit"),
        ("Vladimir Putin and Joe Biden had agreed on it in a telephone conversation.", "held", "phone"),
        (
            "Officials of the Russian Foreign Ministry are in correspondence with the United States.",
            "ongoing",
            "message",
        ),
        ("France summoned the Russian ambassador.", "held", "meeting"),
    ],
)
def test_status_and_channel(text: str, status: str, channel: str) -> None:
    report = only(text)
    assert (report.status.value, report.channel.value) == (status, channel)


@pytest.mark.parametrize(
    "text",
    [
        "The so-called Islamic State claimed the attack on Iraq.",
        "Germany welcomed France's decision on the border.",
        "Uganda was unable to meet its OPEC quota.",
        "Joe Biden met with his cabinet at the White House.",
        "The leaders agreed to stay in touch.",
        "Emmanuel Macron and Olaf Scholz have held six telephone conversations since March.",
    ],
)
def test_what_is_no_contact(text: str) -> None:
    assert reports(text) == ()


def test_counterparts_called_one_after_the_other_are_contacts_of_their_own() -> None:
    found = reports("Joe Biden held telephone calls with Emmanuel Macron and Olaf Scholz.")
    assert [sides(r) for r in found] == [{"USA", "FRA"}, {"USA", "DEU"}]
    assert len({r.id for r in found}) == 2


def test_counterparts_met_together_are_one_contact() -> None:
    report = only("Joe Biden met with Emmanuel Macron and Olaf Scholz in Brussels.")
    assert sides(report) == {"USA", "FRA", "DEU"}


def test_mentions_of_one_contact_are_one_report() -> None:
    report = only(
        "Emmanuel Macron spoke by phone with Olaf Scholz on Monday. The two leaders discussed the war. "
        "During the call, Macron thanked Scholz."
    )
    assert len(report.quotes) > 1
    assert report.when is not None
    assert report.when.value.edtf == "2022-04-04"


def test_the_title_and_the_first_sentence_tell_of_one_contact() -> None:
    report = only(
        "Vice President Kamala Harris spoke today with President Emmanuel Macron of France.",
        title="Readout of Vice President Kamala Harris Call with President Emmanuel Macron of France",
    )
    assert report.channel.value == "phone"


def test_the_issuer_stands_in_for_a_subject_that_is_not_written() -> None:
    report = only(
        "Cooperation was discussed.",
        title="Telephone conversation with Prime Minister of India Narendra Modi",
        url="http://en.kremlin.ru/events/president/news/1",
    )
    assert names(report) == {"Vladimir Putin", "Narendra Modi"}


def test_the_next_round_of_talks_is_a_contact_of_the_same_sides() -> None:
    found = reports(
        "Talks between Norway and Chad were held in Geneva on March 1. The talks will resume in Oslo on May 3."
    )
    assert [(r.status.value, r.when.value.edtf) for r in found if r.when] == [
        ("held", "2022-03-01"),
        ("planned", "2022-05-03"),
    ]


def test_a_visit_yields_to_the_meeting_held_during_it() -> None:
    report = only("Emmanuel Macron travelled to Berlin on Monday. In Berlin, Macron met Olaf Scholz on Monday.")
    assert report.channel.value == "meeting"


def test_news_without_a_date_happened_on_publication_day() -> None:
    report = only("Emmanuel Macron met Olaf Scholz.")
    assert report.when is not None
    assert (report.when.value.earliest, report.when.value.basis) == (date(2022, 4, 5), "publication-default")


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Emmanuel Macron met Olaf Scholz, who signed the 2015 deal.", "2022-04-05"),
        ("Emmanuel Macron said on Sunday that he wanted talks with Olaf Scholz.", None),
        ("Emmanuel Macron will meet Olaf Scholz on Friday.", "2022-04-08"),
        ("Emmanuel Macron met Olaf Scholz earlier this month.", "2022-04-01/2022-04-04"),
    ],
)
def test_the_time_that_dates_a_contact(text: str, edtf: str | None) -> None:
    report = only(text)
    assert (report.when.value.edtf if report.when else None) == edtf


def test_a_call_has_no_place() -> None:
    assert only("In Geneva, Joe Biden spoke by phone with Emmanuel Macron.").place is None


def test_a_contact_told_of_hundreds_of_times_is_one_with_a_few_quotes() -> None:
    text = "Emmanuel Macron spoke by phone with Olaf Scholz on Monday. " * 400
    report = only(text)
    assert len(report.quotes) <= 4


def test_participants_complete_a_contact_with_a_group() -> None:
    report = only(
        "President Joe Biden held a video call with European leaders today. Participants in the call included "
        "President Emmanuel Macron of France and Chancellor Olaf Scholz of Germany."
    )
    assert names(report) == {"Joe Biden", "Emmanuel Macron", "Olaf Scholz"}
