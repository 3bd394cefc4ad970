"""Dates of publication as stated in fields, headers, bylines and datelines."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique import edtf
from communique.sources.bylines import header, stated
from communique.sources.stated import NoDateError, edtf_of


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("2020-05-22", "2020-05-22"), ("2020-05", "2020-05"), ("2020", "2020"), ("20200522", "2020-05-22"),
        ("2022-05-17T19:25:00Z", "2022-05-17T19:25:00Z"), ("2022-05-17 19:25:00.123+0300", "2022-05-17T19:25:00+03:00"),
        ("1987-04-03T09:30:53", "1987-04-03T09:30:53"), ("2021-01-01T99:00:00Z", "2021-01-01"),
        ("Tue, 17 May 2022 19:25:00 GMT", "2022-05-17T19:25:00Z"), ("1589000000", "2020-05-09T04:53:20Z"),
        ("May 22, 2020", "2020-05-22"), ("7 May 2025 21:25", "2025-05-07"), ("11th February, 1925", "1925-02-11"),
        ("Wednesday, May 21, 2025  11:05 pm (Paris)", "2025-05-21"), ("2022年9月29日", "2022-09-29"),
        ("22/05/2020", "2020-05-22"), ("05/22/2020", "2020-05-22"), ("05/06/2020", "2020"), ("2020/5/2", "2020-05-02"),
        ("Sept. 3 2021", "2021-09-03"), ("3rd of March 2021", "2021-03-03"), ("2020-05-22~", "2020-05-22~"),
    ],
)  # fmt: skip
def test_stated_dates(value: str, wanted: str) -> None:
    assert edtf_of(value) == wanted


@pytest.mark.parametrize(
    "value", ["", "today", "31 February 2021", "2021-02-31", "2021-13-01", "9999-01-01", "45/45/2020"]
)
def test_what_is_no_date(value: str) -> None:
    with pytest.raises(NoDateError):
        edtf_of(value)


@given(st.text(max_size=40) | st.from_regex(r"[0-9]{1,4}[-/. ][0-9]{1,2}[-/. ][0-9]{1,4}", fullmatch=True))
def test_any_words_are_a_date_or_none(value: str) -> None:
    with suppress(NoDateError):
        assert edtf.valid(edtf_of(value))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Poe meets Roe\n\nMay 22, 2020\n\nThey met.", "2020-05-22"),
        ("Poe meets Roe\nPublished 3 March 2021\nThey met.", "2021-03-03"),
        ("Poe meets Roe\nBy Ann Poe | 7 May 2025 21:25 GMT\nThey met.", "2025-05-07"),
        ("Updated: 4 March 2021\nPublished: 3 March 2021\nThey met.", "2021-03-03"),
        ("Last updated: 4 March 2021\n\nThey met.", "2021-03-04"),
        ("Wednesday, May 21, 2025  11:05 pm (Paris)\n\nThey met.", "2025-05-21"),
        ("ROME, May 21, 2025 (Wire) — Poe met Roe.", "2025-05-21"),
        ("LIMA, Peru, 3 April 2020. /WIRE/. Poe met Roe.", "2020-04-03"),
        ("London, 8 March 1950\n\n1013. Roe spoke.", "1950-03-08"),
        ("Cablegram K12 [QUITO], 4 June 1948\n\nSECRET\n\nRoe spoke.", "1948-06-04"),
        ("13 November 1979\n\nCONFIDENTIAL\n\nRoe spoke.", "1979-11-13"),
    ],
)
def test_dates_that_the_text_states(text: str, wanted: str) -> None:
    found = stated(text)
    assert found is not None
    assert found.edtf == wanted
    assert found.words in text


@pytest.mark.parametrize(
    "text",
    [
        "Poe meets Roe\n\n12 months ago\n\nOn Friday, May 22, Poe met Roe.",
        "On May 7, 2020, Poe met Roe in Rome and they talked about trade.",
        "The treaty was signed on March 24, 1992 in Rome by 23 states.",
        "ROME, May 21 (Wire) — Poe met Roe.", "31 February 2021\n\nThey met.", "", "Poe met Roe in 2021.",
        "Updated rules of 3 March 2021 were discussed by the ministers of both of the states in the talks they held.",
    ],
)  # fmt: skip
def test_dates_of_other_things_are_left(text: str) -> None:
    assert stated(text) is None


def test_a_header_needs_two_fields() -> None:
    assert header("Title: T\nDate: 3 March 2021\n\nText.") == {"title": "T", "published": "3 March 2021"}
    assert header("---\ntitle: 'T'\n---\nText.") == {"title": "T"}
    assert header("Source: the ministry said so.\nPoe met Roe.") == {}
