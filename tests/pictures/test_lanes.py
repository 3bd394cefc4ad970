"""Lanes: every contact and plan within the time shown once, at its level, confirmed by whom."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from communique.model import Party
from communique.pictures.lanes import Pair, lanes
from communique.views.agree import Interval
from communique.views.agreements import LifeLine, Step
from communique.views.confirming import level_of
from communique.views.contacts import ContactRow
from communique.views.plans import PlanRow
from tests.pictures.drawn import SVG, contact, labels, many, parsed, plans, shown

SIDES = ("BRA", "FRD")


@settings(max_examples=30)
@given(many, st.lists(plans, max_size=6, unique_by=lambda plan: plan.id))
def test_what_has_a_time_stands_there_once(rows: list[ContactRow], planned: list[PlanRow]) -> None:
    pair = Pair(SIDES, tuple(rows), {}, tuple(planned))
    picture = lanes(pair, "Both", (date(1800, 1, 1), date(2200, 1, 1)))
    dated = [row.id for row in rows if row.when]
    told = [name for plan in planned if plan.announced or plan.foreseen for name in plan.chain]
    assert sorted(shown(picture)) == sorted(dated + told)
    assert picture.svg() == lanes(pair, "Both", (date(1800, 1, 1), date(2200, 1, 1))).svg()


@settings(max_examples=30)
@given(many, st.lists(plans, max_size=4))
def test_the_time_shown_by_itself_is_drawn(rows: list[ContactRow], planned: list[PlanRow]) -> None:
    parsed(lanes(Pair(SIDES, tuple(rows), {}, tuple(planned)), "Both"))


def test_marks_say_who_confirms() -> None:
    rows = (contact("c1", "2021-07-09"), contact("c2", "2021-07-12"), contact("c3", "2021-08-01"))
    pair = Pair(SIDES, rows, {"c1": frozenset(SIDES), "c2": frozenset(["BRA"]), "c3": frozenset(["USA"])})
    said = {held[0]: label.partition("; ")[2] for label, held in labels(lanes(pair, "Both"))}
    assert said == {"c1": "confirmed by BRA and FRD", "c2": "confirmed by BRA", "c3": "told by media only"}


def test_a_plan_says_how_it_ended() -> None:
    plan = PlanRow(
        "p1", "postponed", date(2021, 7, 1), Interval("2021-08", date(2021, 8, 1), date(2021, 8, 31)), None,
        (Party("Ana Silva", "BRA"),), "visit", ("p1",), (), None,
    )  # fmt: skip
    (said,) = [label for label, _ in labels(lanes(Pair(SIDES, (), {}, (plan,)), "Both"))]
    assert said == "plan, postponed: visit, Ana Silva (BRA); announced 2021-07-01, foreseen 2021-08"


def test_agreements_are_bars_with_steps() -> None:
    steps = tuple(
        Step(action, ("BRA",), Interval(day, date.fromisoformat(day), date.fromisoformat(day)), ("d",))  # type: ignore[arg-type]
        for action, day in (
            ("signed", "2021-02-01"),
            ("in-force", "2021-05-01"),
            ("withdrawal-announced", "2021-09-01"),
        )
    )
    line = LifeLine("River Treaty", steps, "withdrawal announced", date(2021, 9, 1))
    root = parsed(lanes(Pair(SIDES, agreements=(line,)), "Both", (date(2021, 1, 1), date(2021, 12, 31))))
    drawn = [found.get("class") for found in root.iter() if found.tag == f"{SVG}rect"]
    assert drawn[1:4] == ["cq-signed", "cq-force", "cq-ending"]
    earlier = lanes(Pair(SIDES, agreements=(line,)), "Both", (date(2020, 1, 1), date(2020, 12, 31)))
    assert "River Treaty" not in earlier.inline()


def test_the_level_is_that_of_the_lower_side() -> None:
    leader, minister, body = (
        Party(None, s, level=rank) for s, rank in (("A", "leader"), ("B", "minister"), ("B", "body"))
    )  # type: ignore[arg-type]
    assert level_of((leader, minister), ("A", "B")) == "minister"
    assert level_of((leader, body), ("A", "B")) == "leader"
    assert level_of((body,), ("A", "B")) == "body"
