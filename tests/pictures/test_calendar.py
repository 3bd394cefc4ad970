"""The calendar: every contact once, in a cell that says no more than is known of its time."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique import edtf
from communique.pictures.calendar import contact_calendar, slot
from communique.views.agree import Interval
from communique.views.contacts import ContactRow
from tests.pictures.drawn import contact, days, labels, many, parsed, shown


@settings(max_examples=30)
@given(many, st.frozensets(days, max_size=3))
def test_every_contact_stands_there_once(rows: list[ContactRow], uncovered: frozenset[date]) -> None:
    picture = contact_calendar(rows, "All", uncovered)
    assert sorted(shown(picture)) == sorted(row.id for row in rows)
    assert picture.svg() == contact_calendar(rows, "All", uncovered).svg()
    assert [row[0] for row in picture.table.rows] == [row.id for row in rows]


@settings(max_examples=30)
@given(many)
def test_a_day_is_marked_only_where_the_day_is_known(rows: list[ContactRow]) -> None:
    known = {row.id for row in rows if row.when and row.when.day}
    for label, held in labels(contact_calendar(rows, "All")):
        assert label[:3] not in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun") or {*held} <= known


@pytest.mark.parametrize(
    ("when", "kind", "first"),
    [
        ("2021-07-09", "day", date(2021, 7, 9)),
        ("2021-07", "month", date(2021, 7, 1)),
        ("2021-07-05/2021-07-07", "week", date(2021, 7, 5)),
        ("2021-07-09/2021-07-12", "month", date(2021, 7, 1)),
        ("2021", "year", date(2021, 1, 1)),
        ("2021-01-01/2021-01-02", "week", date(2021, 1, 1)),
        ("2020-12-31/2021-01-01", "open", date.min),
        ("2021-07-09/..", "open", date.min),
    ],
)
def test_the_smallest_cell_that_holds_a_time(when: str, kind: str, first: date) -> None:
    assert slot(Interval(when, *edtf.bounds(when))) == (kind, first)


def test_a_month_leads_to_its_contacts_and_a_single_contact_to_itself() -> None:
    rows = [contact("c1", "2021-07"), contact("c2", "2021-07"), contact("c3", "2021-07-09")]
    root = parsed(contact_calendar(rows, "All", (), lambda kind, identity: f"/{kind}/{identity}"))
    assert {found.get("href") for found in root.iter() if found.get("href")} == {"/month/2021-07-01", "/contact/c3"}


def test_years_without_contacts_are_told_in_a_line() -> None:
    picture = contact_calendar([contact("c1", "2015-01-05"), contact("c2", "2019-01-07")], "All")
    assert "2016 to 2018: no contact in the ledger" in picture.svg()


def test_a_call_and_a_plan_on_one_day_share_a_cell() -> None:
    rows = [
        contact("c1", "2021-07-09"),
        contact("c2", "2021-07-09", "meeting", "planned"),
        contact("c3", "2021-07-12", status="denied"),
    ]
    said = {tuple(held): label for label, held in labels(contact_calendar(rows, "All"))}
    assert said["c1", "c2"].startswith("Fri 9 Jul 2021: held call, Ana Silva (BRA), Ivo Marek (FRD); planned meeting")
    assert (
        "3 contacts: 1 took place, 1 planned or proposed, 1 cancelled or denied." in contact_calendar(rows, "All").svg()
    )


def test_an_empty_calendar_says_so() -> None:
    assert "0 contacts" in contact_calendar([], "Nobody").svg()
