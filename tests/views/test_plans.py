from __future__ import annotations

from datetime import date

from communique.model import Reading, Report
from communique.views.contacts import contact_rows
from communique.views.plans import PlanRow, plan_json, plan_rows
from communique.views.snapshot import Snapshot, snapshot
from tests.contacts import document, report

PAIR = ("Biden", "Putin")


def told(day: str, *reports: Report) -> Reading:
    return Reading(document(reports[0].document, day), reports)


def only(*readings: Reading, by: date | None = None) -> PlanRow:
    (row,) = plan_rows(snapshot(readings), by)
    return row


PLAN = told("2021-12-04", report("plan", PAIR, "2021-12-07", channel="video", status="planned"))


def test_a_plan_that_was_held_is_linked_and_counted_once() -> None:
    readout = told("2021-12-07", report("readout", PAIR, "2021-12-07", channel="video"))
    row = only(PLAN, readout)
    assert (row.outcome, row.announced) == ("held", date(2021, 12, 4))
    rows = {r.status: r for r in contact_rows(snapshot([PLAN, readout]))}
    assert set(rows) == {"planned", "held"}
    assert rows["held"].id == row.contact == rows["planned"].plan_of
    assert rows["held"].fulfils == rows["planned"].id


def test_a_planned_call_held_by_video_and_told_of_as_a_meeting_is_held() -> None:
    call = told("2021-12-04", report("plan", PAIR, "2021-12-07", channel="phone", status="planned"))
    video = told("2021-12-07", report("w", PAIR, "2021-12-07", channel="video"))
    meeting = told("2021-12-07", report("k", PAIR, "2021-12-07", channel="meeting"))
    assert only(call, video, meeting).outcome == "held"
    assert [r.channel for r in contact_rows(snapshot([call, video, meeting])) if r.status == "held"] == ["video"]


def test_a_contact_before_the_announcement_fulfils_nothing() -> None:
    assert only(PLAN, told("2021-12-01", report("old", PAIR, "2021-12-01", channel="video"))).outcome == "unreported"


def test_a_plan_of_others_or_by_another_channel_stays_open() -> None:
    other = told("2021-12-07", report("o", ("Biden", "Xi"), "2021-12-07", channel="video"))
    letter = told("2021-12-08", report("m", PAIR, "2021-12-07", channel="message"))
    row = only(PLAN, other, letter)
    assert plan_json(row) | {"id": ""} == {
        "id": "",
        "outcome": "unreported",
        "announced": "2021-12-04",
        "foreseen": "2021-12-07",
        "contact": None,
        "chain": [row.id],
        "documents": ["plan"],
        "by": "2021-12-08",
    }


def test_put_off_and_announced_anew_is_one_plan() -> None:
    late = told("2021-12-06", report("late", PAIR, "2021-12-07", channel="video", status="postponed"))
    assert only(PLAN, late).outcome == "postponed"
    anew = told("2021-12-10", report("anew", PAIR, "2021-12-20", channel="video", status="planned"))
    row = only(PLAN, late, anew)
    assert (row.outcome, len(row.chain), row.foreseen and row.foreseen.edtf) == ("unreported", 2, "2021-12-20")
    held = told("2021-12-20", report("held", PAIR, "2021-12-20", channel="video"))
    assert only(PLAN, late, anew, held).outcome == "held"


def test_a_plan_called_off() -> None:
    off = told("2021-12-06", report("off", PAIR, "2021-12-07", channel="video", status="cancelled"))
    assert only(PLAN, off).outcome == "cancelled"


def test_an_undated_plan_finds_the_contact_that_follows_soon() -> None:
    soon = told("2021-12-01", report("soon", PAIR, channel="phone", status="planned"))
    held = told("2021-12-09", report("held", PAIR, "2021-12-09", channel="phone"))
    much_later = told("2022-06-09", report("later", PAIR, "2022-06-09", channel="phone"))
    assert only(soon, held).outcome == "held"
    assert only(soon, much_later).outcome == "unreported"


def test_plans_announced_after_the_day_asked_for_are_left_out() -> None:
    ledger: Snapshot = snapshot([PLAN])
    assert plan_rows(ledger, date(2021, 12, 1)) == ()
