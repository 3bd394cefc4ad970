from __future__ import annotations

from datetime import date

import pytest

from communique.model import Reading
from communique.views.clustering import GoldContact, bcubed, gold_contact, pairwise, score_contacts, scores_json
from communique.views.snapshot import snapshot
from tests.contacts import document, report

CALL = ("Trump", "Putin")


def test_scores_of_a_known_example() -> None:
    truth = {"a": "1", "b": "1", "c": "1", "d": "2", "e": "2"}
    found = {"a": "x", "b": "x", "c": "y", "d": "y", "e": "y"}
    pairs, cubed = pairwise(truth, found), bcubed(truth, found)
    assert (pairs.precision, pairs.recall, pairs.f1) == (0.5, 0.5, 0.5)
    assert cubed.precision == pytest.approx((1 + 1 + 1 / 3 + 2 / 3 + 2 / 3) / 5)
    assert cubed.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5)


def test_nothing_to_score_is_no_error() -> None:
    assert pairwise({}, {}).f1 == bcubed({}, {}).f1 == 1.0


def test_a_plan_counts_with_what_came_of_it_and_the_right_report_is_found() -> None:
    readings = [
        Reading(document("a", "2020-07-20"), (report("a", CALL, "2020-07-23", status="planned"),)),
        Reading(document("b", "2020-07-23"), (report("b:1", CALL, "2020-07-23"), report("b:2", CALL, "2020-06-01"))),
        Reading(document("c", "2020-07-23"), (report("c", ("Trump", "Xi"), "2020-07-23"),)),
    ]
    gold = GoldContact("g", ("Donald Trump", "Vladimir Putin"), date(2020, 7, 23), ("a", "b", "c"))
    scores = score_contacts(snapshot(readings), [gold])
    assert scores_json(scores) == {
        "pairwise": {"precision": 1.0, "recall": 1.0, "f1": 1.0},
        "bcubed": {"precision": 1.0, "recall": 1.0, "f1": 1.0},
        "reports": 2,
        "missing": [["g", "c"]],
    }


def test_two_forms_of_gold_are_read() -> None:
    own = {"id": "g", "parties": ["A", "B"], "day": "2020-07-23", "documents": ["a"]}
    other = {"id": "g", "gold": {"participants": ["A", "B"], "event_date": "2020-07-23"}, "docs": [{"id": "a"}]}
    assert gold_contact(own) == gold_contact(other) == GoldContact("g", ("A", "B"), date(2020, 7, 23), ("a",))
