from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from communique.model import Judgement, Party, Reading, Report
from communique.reconcile import Issuers
from communique.views.contacts import Wanted, contact_json, contact_row, contact_rows, show_json
from communique.views.snapshot import Snapshot, snapshot
from tests.contacts import document, judgement, report, when

CALL = ("Trump", "Putin")
ISSUERS = Issuers(seats={"white house": "USA", "kremlin": "RUS"})
WORDS = "A wire item of some length that two papers printed word for word, with a few more words of their own."


def held(*reports: Report, judgements: tuple[Judgement, ...] = (), **publishers: str) -> Snapshot:
    readings: dict[str, Reading] = {}
    for one in reports:
        fallback = document(
            one.document, "2020-07-24", publishers.get(one.document, one.document), f"Text {one.document}."
        )
        reading = readings.get(one.document) or Reading(fallback)
        readings[one.document] = replace(reading, reports=(*reading.reports, one))
    return snapshot(readings.values(), judgements, ISSUERS)


def row_of(ledger: Snapshot) -> Any:
    (contact,) = ledger.contacts
    return contact_row(ledger, contact)


def test_a_contact_that_all_agree_on() -> None:
    ledger = held(
        report("w", CALL, "2020-07-23", topics=("health",)), report("k", CALL, "2020-07-23", channel="unspecified")
    )
    line = contact_json(row_of(ledger))
    assert list(line) == [
        "id", "status", "channel", "when", "place", "parties", "documents", "reports", "outlets", "independent",
        "plan_of", "fulfils", "disputed",
    ]  # fmt: skip
    assert line | {"id": "", "parties": []} == {
        "id": "",
        "status": "held",
        "channel": "phone",
        "when": {"edtf": "2020-07-23", "from": "2020-07-23", "to": "2020-07-23"},
        "place": None,
        "parties": [],
        "documents": ["k", "w"],
        "reports": 2,
        "outlets": 2,
        "independent": 2,
        "plan_of": None,
        "fulfils": None,
        "disputed": [],
    }
    assert [(p["state"], p["name"]) for p in line["parties"]] == [("RUS", "Vladimir Putin"), ("USA", "Donald Trump")]


def test_copies_are_one_source_and_sections_of_one_outlet_one_outlet() -> None:
    texts = (WORDS, WORDS + " So it went.", "Something else altogether was written here by another hand, of its own.")
    readings = [
        Reading(document(name, "2020-07-24", publisher, text), (report(name, CALL, "2020-07-23"),))
        for name, publisher, text in zip("abc", ("Courier", "Herald / World", "Herald / Europe"), texts, strict=True)
    ]
    row = row_of(snapshot(readings))
    assert (row.reports, row.outlets, row.independent) == (3, 2, 2)


def test_what_is_disputed_is_shown_with_who_says_what() -> None:
    ledger = held(
        report("w", CALL, "2020-07-23", initiator="Vladimir Putin", place="Helsinki"),
        report("k", CALL, "2020-07-23", channel="video", initiator="Donald Trump", place="Vienna"),
        report("d", CALL, "2020-07-23", status="denied"),
    )
    row = row_of(ledger)
    assert row.disputed == ("status", "channel", "place", "initiator")
    assert (row.status, row.channel) == ("held", "phone")
    line = show_json(ledger, row.id)
    assert [a["document"] for a in line["accounts"]] == ["d", "k", "w"]
    initiator = next(f for f in line["fields"] if f["field"] == "initiator")
    assert initiator["said"] == [
        {"value": "Donald Trump", "reports": ["k"]},
        {"value": "Vladimir Putin", "reports": ["w"]},
    ]


def test_the_narrowest_date_that_all_allow_is_taken() -> None:
    vague = report("v", CALL, "2020-07-20/2020-07-26")
    row = row_of(held(report("w", CALL, "2020-07-23"), vague))
    assert (row.when.edtf, row.disputed) == ("2020-07-23", ())
    late = report("l", CALL, when("2020-07-24", "publication-default"))
    assert row_of(held(report("w", CALL, "2020-07-23"), late)).disputed == ()


def test_two_days_of_one_call_are_a_dispute() -> None:
    clocks = Issuers(seats={"white house": "USA", "zhongnanhai": "CHN"})
    readings = [
        Reading(document("w", "2020-03-14", "White House"), (report("w", ("Trump", "Xi"), "2020-03-14"),)),
        Reading(document("e", "2020-03-15", "Zhongnanhai"), (report("e", ("Trump", "Xi"), "2020-03-15"),)),
    ]
    row = row_of(snapshot(readings, issuers=clocks))
    assert (row.when.edtf, row.disputed) == ("2020-03-14", ("when",))


def test_a_visit_is_told_by_its_meeting_and_a_body_by_its_leader() -> None:
    visit = report("v", ("Trump", "RUS"), "2020-07-22/2020-07-24", channel="visit")
    row = row_of(held(visit, report("m", CALL, "2020-07-23", channel="meeting")))
    assert (row.channel, row.disputed) == ("meeting", ())
    assert [p.name for p in row.parties] == ["Vladimir Putin", "Donald Trump"]


def test_a_plan_goes_by_what_was_said_last() -> None:
    plan = report("a", CALL, "2020-07-30", status="planned")
    readings = [
        Reading(document("a", "2020-07-01"), (plan,)),
        Reading(document("b", "2020-07-05"), (report("b", CALL, "2020-07-30", status="cancelled"),)),
    ]
    assert row_of(snapshot(readings)).status == "cancelled"


def test_corrections_count_and_can_be_undone() -> None:
    fix = replace(judgement("correct", "w"), field="channel", value='"video"')
    ledger = held(report("w", CALL, "2020-07-23"), judgements=(fix,))
    assert row_of(ledger).channel == "video"
    undo = judgement("correct", at="2026-02-01", undoes=fix.id)
    assert row_of(held(report("w", CALL, "2020-07-23"), judgements=(fix, undo))).channel == "phone"
    day = replace(judgement("correct", "w"), field="when", value='"2020-07-22"')
    assert row_of(held(report("w", CALL, "2020-07-23"), judgements=(day,))).when.edtf == "2020-07-22"
    bad = replace(judgement("correct", "w"), field="mood", value='"grim"')
    with pytest.raises(ValueError, match="cannot be corrected; those that can"):
        held(report("w", CALL, "2020-07-23"), judgements=(bad,))


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), {"a", "b", "c"}),
        (Wanted(between=("RUS", "USA")), {"a", "c"}),
        (Wanted(person="Xi"), {"b"}),
        (Wanted(since=date(2020, 7, 24)), {"b"}),
        (Wanted(until=date(2020, 7, 23)), {"a"}),
        (Wanted(channels=frozenset({"meeting"})), {"b"}),
        (Wanted(statuses=frozenset({"planned"})), {"c"}),
        (Wanted(topics=frozenset({"trade"})), {"b"}),
    ],
)
def test_filters(wanted: Wanted, found: set[str]) -> None:
    ledger = held(
        report("a", CALL, "2020-07-23"),
        report("b", ("Trump", "Xi"), "2020-07-25", channel="meeting", topics=("trade",)),
        report("c", CALL, status="planned"),
    )
    assert {d for row in contact_rows(ledger, wanted) for d in row.documents} == found


def test_one_person_is_named_once_in_the_fullest_form() -> None:
    short = report("s", ("Trump", Party("Putin", "RUS", level="leader")), "2020-07-23")
    row = row_of(held(short, report("w", CALL, "2020-07-23")))
    assert [p.name for p in row.parties] == ["Vladimir Putin", "Donald Trump"]
