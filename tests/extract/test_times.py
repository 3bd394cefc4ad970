"""Anchors, reasons and choices of times beyond the table of cases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique import edtf
from communique.extract.context import TimeMention
from communique.extract.times import choose_time, find_times, narrow, publication_day
from communique.extract.times.published import host_zone
from communique.model import Document, Published, When
from communique.text import Sentence, split

FRIDAY = date(2020, 5, 22)


def mentions(text: str, day: date | None = FRIDAY, **more: str) -> list[TimeMention]:
    document = Document("d", text, url=more.get("url"))
    return [m for s in find_times(document, split(document), day) for m in s]


def when(text: str, day: date | None = FRIDAY) -> When:
    found = next(m.when for m in mentions(text, day) if m.when)
    assert found is not None
    return found


def test_a_weekday_that_contradicts_its_date_is_said() -> None:
    value = when("They spoke on Monday, May 21, 2020.")
    assert value.edtf == "2020-05-21"
    assert "the text says Monday, but 2020-05-21 is a Thursday" in value.why


def test_every_value_has_a_basis_an_anchor_and_a_reason() -> None:
    value = when("They spoke on Thursday.")
    assert (value.basis, value.anchor) == ("weekday-from-publication", "publication")
    assert value.why == "Thursday: the latest on or before (published Friday 2020-05-22)"


def test_anaphora_point_to_the_words_they_hang_on() -> None:
    text = "On May 7 they spoke. The next day they met."
    value = mentions(text)[1].when
    assert value is not None
    assert value.anchor == "mentioned-date"
    assert value.anchor_span is not None
    assert text[value.anchor_span.start : value.anchor_span.stop] == "May 7"


def test_a_quotation_with_its_own_day_is_the_anchor() -> None:
    value = mentions('"We met yesterday," he said on Wednesday.')[0].when
    assert value is not None
    assert (value.edtf, value.anchor) == ("2020-05-19", "quotation")


def test_without_a_reference_the_year_stays_open() -> None:
    value = when("They spoke on May 7.", None)
    assert (value.edtf, value.earliest, value.basis) == ("XXXX-05-07", None, "undecided")


def test_a_clock_time_keeps_its_zone() -> None:
    value = when("They spoke on May 20 at 9:30 GMT.")
    assert (value.edtf, value.clock) == ("2020-05-20", "09:30+00:00")


def test_impossible_dates_are_no_dates() -> None:
    assert [
        m.when for m in mentions("They spoke on February 31, 2020.") if m.when and m.timex.startswith("2020-02-")
    ] == []


def test_a_heading_gives_its_year_to_what_stands_under_it() -> None:
    found = mentions("2014\n\nMarch 18: the treaty is signed in the capital.\n\nApril 17: the ministers meet.")
    assert [m.when.edtf for m in found if m.when] == ["2014", "2014-03-18", "2014-04-17"]


def test_day_and_month_go_by_publisher() -> None:
    british = mentions("The note of 03/05/2020 was read.", url="https://www.gov.uk/news/1")
    american = mentions("The note of 03/05/2020 was read.", url="https://www.state.gov/news/1")
    assert [m.timex for m in british + american] == ["2020-05-03", "2020-03-05"]


def test_timex_style_leaves_anniversaries_out() -> None:
    document = Document("d", "They marked the 75th anniversary today.")
    found = find_times(document, split(document), FRIDAY, style="timex")
    assert [m.timex for s in found for m in s] == ["2020-05-22"]


def chosen(text: str, trigger: str) -> str | None:
    document = Document("d", text)
    sentence: Sentence = split(document)[0]
    at = next(i for i, t in enumerate(sentence.tokens) if t.norm == trigger)
    found = choose_time(find_times(document, (sentence,), FRIDAY)[0], sentence, at)
    return found.when.edtf if found and found.when else None


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("The envoy said on Friday that they met on Tuesday.", "met", "2020-05-19"),
        (
            "On May 7, Trump, after a telephone conversation with Putin, said that an accord is near.",
            "conversation",
            "2020-05-07",
        ),
        ("They met on May 7 and will speak on May 30.", "met", "2020-05-07"),
        ("They met on May 7 and will speak on May 30.", "speak", "2020-05-30"),
        ("The minister visited from May 3 to May 6 and left.", "visited", "2020-05-03/2020-05-06"),
        ("They met on May 7 and May 8 in Oslo.", "met", "2020-05-07/2020-05-08"),
        ("They met on May 7 and May 12 in Oslo.", "met", "2020-05-07"),
        ("They met on the 75th anniversary of the victory.", "met", None),
        ("They met for three days.", "met", None),
    ],
)
def test_the_time_that_dates_a_contact(text: str, trigger: str, expected: str | None) -> None:
    assert chosen(text, trigger) == expected


def test_a_stretch_is_narrowed_by_whether_it_lies_ahead() -> None:
    week = when("They met this week.", date(2020, 5, 20))
    assert narrow(week, date(2020, 5, 20), ahead=False).edtf == "2020-05-18/2020-05-20"
    assert narrow(week, date(2020, 5, 20), ahead=True).edtf == "2020-05-20/2020-05-24"
    assert narrow(week, date(2020, 6, 20), ahead=True) == week
    assert narrow(week, None, ahead=True) == week


@pytest.mark.parametrize(
    ("published", "url", "day"),
    [
        ("2022-05-17T22:25:00Z", "http://en.kremlin.ru/events/1", date(2022, 5, 17)),
        ("2022-05-17T22:25:00+03:00", "http://en.kremlin.ru/events/1", date(2022, 5, 17)),
        ("2022-05-17T22:25:00Z", "https://example.org/1", date(2022, 5, 17)),
        ("2022-05-17", None, date(2022, 5, 17)),
        ("2022-05", None, None),
        (None, None, None),
        ("no date", None, None),
        ("2022-05-17T22:25:00Z", "http://[broken", date(2022, 5, 17)),
    ],
)
def test_the_day_of_publication_is_as_stamped(published: str | None, url: str | None, day: date | None) -> None:
    assert publication_day(Document("d", "", url=url, published=Published(published, "metadata"))) == day


def test_a_zone_may_be_given() -> None:
    document = Document("d", "", published=Published("2022-05-17T22:25:00Z", "metadata"))
    assert publication_day(document, "Asia/Tokyo") == date(2022, 5, 18)


def test_hosts_have_zones() -> None:
    assert host_zone("http://en.kremlin.ru/events/1") == "Europe/Moscow"
    assert host_zone("https://www.mfa.gov.ua/news") == "Europe/Kyiv"
    assert host_zone("https://example.org/1") is None
    assert host_zone("http://[broken") is None


def test_datelines_cross_the_new_year() -> None:
    months = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
    for start in (date(2025, 12, 20), date(2019, 12, 25)):
        for n in range(25):
            day = start + timedelta(n)
            for late in (0, 1, 2):
                text = f"VIENNA, {months[day.month - 1]} {day.day}. /NEWS/. The talks went on."
                assert when(text, day + timedelta(late)).earliest == day


WORDS = st.lists(
    st.sampled_from(
        [
            "May",
            "March",
            "on",
            "in",
            "the",
            "5",
            "15",
            "2020",
            ",",
            ".",
            "Friday",
            "last",
            "next",
            "week",
            "of",
            "early",
            "-",
            "and",
            "to",
            "3rd",
            "year",
            "ago",
            "two",
            "months",
            "later",
            "that",
            "day",
            "quarter",
            "first",
            "9:30",
            "p.m.",
            "noon",
            "yesterday",
            "the",
            "end",
            "half",
            "past",
            "since",
            "until",
            "by",
            "Q3",
            "'",
            "90s",
            "1990s",
            "31",
            "February",
            "30",
            "9999",
            "0000",
            "weekend",
            "following",
            "century",
            "45th",
            "anniversary",
        ]
    ),
    max_size=25,
)


@given(WORDS, st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_any_row_of_time_words_is_read_without_error(words: list[str], day: date | None) -> None:
    text = " ".join(words)
    for mention in mentions(text, day):
        assert text[mention.span.start : mention.span.stop].strip()
        if mention.when:
            assert edtf.valid(mention.when.edtf)
            assert mention.when.why or mention.when.basis == "explicit"
