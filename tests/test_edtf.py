from __future__ import annotations

from datetime import date, timedelta

import edtf as oracle
import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique import edtf

DAYS = st.dates(date(1000, 1, 1), date(9000, 12, 31))


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2020", "2020-01-01", "2020-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2020-05-22", "2020-05-22", "2020-05-22"),
        ("2020-05-22T19:25:00Z", "2020-05-22", "2020-05-22"),
        ("2020~", "2020-01-01", "2020-12-31"),
        ("198X", "1980-01-01", "1989-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("2020-21", "2020-03-01", "2020-05-31"),
        ("2020-24", "2020-12-01", "2021-02-28"),
        ("2020-35", "2020-07-01", "2020-09-30"),
        ("2020-40", "2020-01-01", "2020-06-30"),
        ("2020-XX-05", "2020-01-05", "2020-12-05"),
        ("2020-02-XX", "2020-02-01", "2020-02-29"),
        ("2020-03-21/2020-03-31", "2020-03-21", "2020-03-31"),
        ("2020-03/2021", "2020-03-01", "2021-12-31"),
        ("2020-03-21/..", "2020-03-21", None),
        ("../2020-03-21", None, "2020-03-21"),
        ("2020-03-21/", "2020-03-21", None),
        ("/2020-03-21", None, "2020-03-21"),
        ("[2015-05-22,2020-05-22]", "2015-05-22", "2020-05-22"),
        ("{1960,1961-12}", "1960-01-01", "1961-12-31"),
        ("[..2020-03]", None, "2020-03-31"),
        ("2004-06-~11", "2004-06-11", "2004-06-11"),
        ("XXXX-05-22", None, None),
        ("Y-170000002", None, None),
        ("-0100", None, None),
    ],
)
def test_bounds(text: str, earliest: str | None, latest: str | None) -> None:
    found = edtf.bounds(text)
    assert found == tuple(date.fromisoformat(d) if d else None for d in (earliest, latest))


@pytest.mark.parametrize(
    "text",
    ["", "May 22", "2020-13", "2020-02-30", "2021-02-29", "2020-00-10", "2020-05-32", "22.05.2020", "2021/2020", "/",
     "../..", "[]", "2020-21-05", "2020-05T10:00", "2020/2021/2022", "20-05-22"],
)  # fmt: skip
def test_impossible_dates_are_named(text: str) -> None:
    assert not edtf.valid(text)
    with pytest.raises(edtf.EdtfError):
        edtf.parse(text)


def test_qualifiers() -> None:
    assert edtf.parse("2020-05~").approximate
    assert edtf.parse("2020-05?").uncertain
    both = edtf.parse("2020-05%")
    assert both.approximate
    assert both.uncertain
    assert edtf.parse("2020~/2021").approximate


def test_a_day_is_one_only_if_it_is_sure() -> None:
    assert edtf.parse("2020-05-22").day == date(2020, 5, 22)
    assert edtf.parse("2020-05-22~").day is None
    assert edtf.parse("2020-05").day is None
    assert edtf.parse("2020-05-22/2020-05-22").day is None


def test_open_ends_are_told_from_unknown_ones() -> None:
    assert edtf.parse("2020/..").open_end
    assert not edtf.parse("2020/").open_end


def test_writing() -> None:
    assert edtf.interval(date(2020, 1, 1), date(2020, 12, 31)) == "2020"
    assert edtf.interval(date(2020, 2, 1), date(2020, 2, 29)) == "2020-02"
    assert edtf.interval(date(2020, 2, 1), date(2020, 2, 28)) == "2020-02-01/2020-02-28"
    assert edtf.interval(None, date(2020, 2, 28)) == "../2020-02-28"
    assert edtf.one_of(["2020", "2020"]) == "2020"
    assert edtf.one_of(["2015", "2020"]) == "[2015,2020]"
    assert edtf.approximate("2020-05") == "2020-05~"
    assert edtf.approximate("2020-05/..") == "2020-05~/.."
    assert edtf.approximate("2020?") == "2020%"
    assert edtf.year(-44) == "-0044"


def test_overlap() -> None:
    assert edtf.overlap("2020-03-21/2020-03-31", "2020-03")
    assert not edtf.overlap("2020-03", "2020-04-01")
    assert edtf.overlap("2020-03-21/..", "2025")
    assert not edtf.overlap("../2020-03-21", "2020-04")


@given(DAYS, DAYS)
def test_intervals_come_back(one: date, other: date) -> None:
    first, last = min(one, other), max(one, other)
    assert edtf.bounds(edtf.interval(first, last)) == (first, last)


@given(DAYS, st.sampled_from(["{:%Y-%m-%d}", "{:%Y-%m}", "{:%Y}"]), st.sampled_from(["", "?", "~", "%"]))
def test_the_edtf_package_agrees(day: date, form: str, mark: str) -> None:
    text = form.format(day) + mark
    theirs, ours = oracle.parse_edtf(text), edtf.parse(text)
    assert ours.earliest is not None
    assert ours.latest is not None
    assert tuple(theirs.lower_strict()[:3]) == ours.earliest.timetuple()[:3]
    assert tuple(theirs.upper_strict()[:3]) == ours.latest.timetuple()[:3]


@given(DAYS, st.integers(0, 4000))
def test_the_edtf_package_agrees_on_intervals(day: date, length: int) -> None:
    last = min(day + timedelta(length), date(9000, 12, 31))
    text = f"{day.isoformat()}/{last.isoformat()}"
    theirs, ours = oracle.parse_edtf(text), edtf.parse(text)
    assert ours.earliest is not None
    assert ours.latest is not None
    assert tuple(theirs.lower_strict()[:3]) == ours.earliest.timetuple()[:3]
    assert tuple(theirs.upper_strict()[:3]) == ours.latest.timetuple()[:3]


@given(st.text(alphabet="0123456789-/X~?%.[]{},YTZ:", max_size=20))
def test_any_text_is_read_or_named(text: str) -> None:
    try:
        value = edtf.parse(text)
    except edtf.EdtfError:
        return
    assert value.earliest is None or value.latest is None or value.earliest <= value.latest
