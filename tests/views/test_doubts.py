from __future__ import annotations

from communique.model import Judgement, Reading
from communique.reconcile import Issuers
from communique.views.doubts import doubt_json, doubts, explain_reports
from communique.views.snapshot import Snapshot, snapshot
from tests.contacts import document, judgement, report, when

CALL = ("Trump", "Putin")


def held(*judgements: Judgement) -> Snapshot:
    readings = [
        Reading(document("a", "2020-07-23", "A"), (report("a", CALL, "2020-07-23"),)),
        Reading(document("b", "2020-07-23", "B", "Quite other words."), (report("b", CALL, "2020-07-23"),)),
        Reading(
            document("c", "2020-07-24", "C", "And again others."),
            (report("c", CALL, when("2020-07-24", "publication-default")),),
        ),
    ]
    return snapshot(readings, judgements, Issuers())


def test_the_pair_nearest_to_the_threshold_comes_first() -> None:
    (first, *_) = doubts(held())
    assert "c" in first.reports
    line = doubt_json(first)
    assert (line["merged"], line["threshold"], line["excluded"]) == (True, 5.0, None)
    assert [r["feature"] for r in line["reasons"]] == ["people", "date", "channel"]
    assert doubts(held(), limit=0) == ()


def test_what_was_judged_is_doubted_no_more() -> None:
    ledger = held(judgement("merge", "a", "c"), judgement("merge", "b", "c"))
    assert doubts(ledger) == ()


def test_two_reports_are_explained() -> None:
    ledger = held()
    why = explain_reports(ledger, ledger.reports["a"], ledger.reports["b"])
    assert why.alike


def disputed(*judgements: Judgement) -> Snapshot:
    minutes = {"a": 60, "b": 60, "c": 90}
    readings = [
        Reading(document(n, "2020-07-23", n), (report(n, CALL, "2020-07-23", minutes=m),)) for n, m in minutes.items()
    ]
    return snapshot(readings, judgements, Issuers())


def test_a_disputed_field_is_doubtful_with_what_either_says() -> None:
    (doubt,) = doubts(disputed())
    line = doubt_json(doubt)
    assert (line["reports"], line["merged"], line["field"], line["said"]) == (
        ["a", "c"],
        True,
        "duration_minutes",
        [60, 90],
    )
    assert doubt.margin == 0.5


def test_a_dispute_of_reports_read_rightly_is_settled() -> None:
    assert doubts(disputed(judgement("accept", "a"), judgement("accept", "c"))) == ()
    assert doubts(disputed(judgement("unsure", "a"), judgement("unsure", "c"))) == ()
    assert len(doubts(disputed(judgement("accept", "a")))) == 1
