"""PLOVER and CAMEO by their own rules: who acts, who receives, which code, on which day."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from communique.export.codebook import cameo, contexts, plover, rows, rule
from communique.export.coding import Event, events, host_of, representatives
from communique.export.gdelt import COLUMNS
from communique.export.gdelt import cells as gdelt_cells
from communique.model import ACTIONS, CHANNELS, STATUSES, TOPICS, Party
from tests.export.ledgers import material, registry, told
from tests.readings import sample

#: what is told → (PLOVER type and mode, actors, recipients, the CAMEO codes with how many records of each)
CASES: dict[str, tuple[dict[str, Any], tuple[str, str], str, str, dict[str, int]]] = {
    "a call": ({}, ("CONSULT", "phone"), "FRA USA", "", {"041": 2}),
    "a video call": ({"channel": "video"}, ("CONSULT", "phone"), "FRA USA", "", {"040": 2}),
    "a letter": ({"channel": "message"}, ("CONSULT", ""), "FRA USA", "", {"040": 2}),
    "talks": ({"channel": "talks"}, ("CONSULT", ""), "FRA USA", "", {"046": 2}),
    "a meeting at home": (
        {"channel": "meeting", "place": "Paris"}, ("CONSULT", "visit"), "USA", "FRA", {"042": 1, "043": 1},
    ),
    "a visit": ({"channel": "visit", "place": "Paris"}, ("CONSULT", "visit"), "USA", "FRA", {"042": 1, "043": 1}),
    "a meeting in a third place": (
        {"channel": "meeting", "place": "Geneva"}, ("CONSULT", "third-party"), "FRA USA", "",
        {"044": 2, "042": 2, "043": 2},
    ),
    "a meeting nobody knows where": ({"channel": "meeting"}, ("CONSULT", ""), "FRA USA", "", {"040": 2}),
    "a meeting of three": (
        {"channel": "meeting", "sides": ("FRA", "USA", "DEU"), "place": "Paris"}, ("CONSULT", "multilateral"),
        "DEU USA", "FRA", {"042": 2, "043": 2, "044": 2},
    ),
    "a call of three": ({"sides": ("FRA", "USA", "DEU")}, ("CONSULT", "phone"), "DEU FRA USA", "", {"041": 6}),
    "a plan": ({"status": "planned", "day": "2031-06-04"}, ("AGREE", ""), "FRA USA", "", {"036": 2}),
    "an invitation": (
        {"status": "proposed", "channel": "visit", "initiator": "Head of FRA"}, ("AGREE", ""), "FRA", "USA", {"036": 1},
    ),
    "a proposal": (
        {"status": "proposed", "initiator": "Head of USA"}, ("REQUEST", "meet"), "USA", "FRA", {"036": 1},
    ),
    "a cancellation": (
        {"status": "cancelled", "initiator": "Head of USA"}, ("REJECT", "meet"), "USA", "FRA", {"161": 1},
    ),
}  # fmt: skip


def coded(**about: Any) -> list[Event]:
    return list(events(material([told("one", about.pop("sides", ("FRA", "USA")), **about)])))


def sides(parties: tuple[Party, ...]) -> str:
    return " ".join(p.side or "" for p in parties)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_contacts_are_coded(case: Any) -> None:
    about, kind, actors, recipients, codes = case
    (event,) = coded(**about)
    assert (event.rule.plover, event.mode) == kind
    assert (sides(event.actors), sides(event.recipients)) == (actors, recipients)
    assert Counter(dyad.event.code for dyad in event.dyads) == codes


def test_visitor_and_host_are_not_mixed_up() -> None:
    (event,) = coded(channel="visit", place="Paris")
    assert {(d.source.side, d.target.side, d.event.code) for d in event.dyads} == {
        ("USA", "FRA", "042"),
        ("FRA", "USA", "043"),
    }


def test_what_is_to_come_is_an_event_of_the_day_it_was_announced() -> None:
    (event,) = coded(status="planned", day="2031-06-04", published="2031-03-05")
    assert event.day == date(2031, 3, 5)
    assert event.about == "foreseen 2031-06-04"


LEFT_OUT: list[dict[str, Any]] = [
    {"status": "denied"},
    {"status": "postponed"},
    {"day": None},
    {"day": "2031-01-01/2031-03-04"},
    {"sides": ("FRA",)},
]


@pytest.mark.parametrize("about", LEFT_OUT)
def test_what_has_no_code_or_day_is_left_out_and_counted(about: dict[str, Any]) -> None:
    held = material([told("one", **{"sides": ("FRA", "USA"), **about})])
    assert list(events(held)) == []
    assert sum(held.left_out.values()) == 1


def test_signatures_are_reciprocal() -> None:
    reading = sample()
    (step,) = reading.agreements
    step = replace(step, by=(replace(step.by[0], value="FRA"), replace(step.by[0], value="USA")))
    (event,) = (e for e in events(material([replace(reading, agreements=(step,))])) if e.rule.plover == "SUPPORT")
    assert Counter(dyad.event.code for dyad in event.dyads) == {"057": 2}


def test_leaving_an_agreement_is_done_to_its_other_parties() -> None:
    reading = sample()
    (step,) = reading.agreements
    step = replace(
        step,
        agreement=replace(step.agreement, value="Treaty on Open Skies"),
        action=replace(step.action, value="withdrawn"),
        by=(replace(step.by[0], value="USA"),),
    )
    found = [e for e in events(material([replace(reading, agreements=(step,))])) if e.rule.plover == "SANCTION"]
    assert [sides(event.actors) for event in found] == ["USA"]
    assert "RUS" in sides(found[0].recipients)


def test_a_side_stands_by_its_highest() -> None:
    leader, minister = Party("A", "FRA", level="leader"), Party("B", "FRA", level="minister")
    assert representatives([minister, leader, Party(None, "USA", level="body")])[0] == leader


@pytest.mark.parametrize(
    ("place", "host"),
    [("Moscow", "RUS"), ("the Kremlin, Moscow", "RUS"), ("Geneva", "CHE"), ("Nowhere", None), (None, None)],
)
def test_the_host_is_where_the_place_is(place: str | None, host: str | None) -> None:
    found = host_of(place, [Party("A", "FRA"), Party("B", "RUS")], registry())
    assert (found and found.side) == host


def test_gdelt_has_scores_and_classes() -> None:
    (event,) = coded(channel="talks")
    held = material([told("one", ("FRA", "USA"), "talks")])
    row = dict(zip(COLUMNS, gdelt_cells(event, 1, event.dyads[0], held), strict=True))
    assert (row["EventCode"], row["EventRootCode"], row["QuadClass"], row["GoldsteinScale"]) == ("046", "04", 1, 7.0)
    assert (row["Actor1Code"], row["Actor1CountryCode"], row["SQLDATE"]) == ("FRAGOV", "FRA", "20310304")


def test_every_status_and_action_is_spoken_of() -> None:
    for status in set(STATUSES) - {"ongoing"}:
        for channel in CHANNELS:
            rule("contact", status, channel if channel != "meeting" or status != "held" else "third")
    for action in ACTIONS:
        rule("agreement", action)
    assert {row["topic"] for row in rows("contexts")} <= set(TOPICS)
    assert contexts(("trade", "finance", "culture")) == ("economic",)


def test_the_tables_fit_each_other() -> None:
    for row in rows("coding"):
        assert row["why"]
        if row["plover"]:
            assert cameo(row["cameo"]).root in {r["root"] for r in rows("roots")}
            for mode in (row["mode"], row["mode_of_many"]):
                plover(row["plover"], mode)
    assert {r["state"] for r in rows("cities")} <= registry().states.keys()
    known = registry().states.keys() | registry().organisations.keys()
    assert [r["side"] for r in rows("sides") if r["side"] not in known] == []
