from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from communique.knowledge.registry import Agreement, AgreementStep, Registry
from communique.model import Action, AgreementAction, Cited, Reading, Span
from communique.views.agreements import after, life_lines, line_json
from communique.views.snapshot import snapshot
from tests.contacts import document, when

OPEN_SKIES = Agreement(
    name="Treaty on Open Skies",
    aliases=("Open Skies Treaty",),
    signed="1992-03-24",
    in_force="2002-01-01",
    notice="P6M",
)
REGISTRY = Registry(agreements={OPEN_SKIES.name: OPEN_SKIES})


def done(
    name: str,
    agreement: str,
    action: Action,
    day: str | None = None,
    by: tuple[str, ...] = (),
    condition: str | None = None,
) -> AgreementAction:
    span = Span(name, 0, 9)

    def cited(value: Any) -> Cited[Any]:
        return Cited(value, span, "test")

    return AgreementAction(
        id=f"{name}:{action}",
        document=name,
        quotes=(span,),
        agreement=cited(agreement),
        action=cited(action),
        by=tuple(cited(b) for b in by),
        when=cited(when(day)) if day else None,
        condition=cited(condition) if condition else None,
    )


def told(day: str, *actions: AgreementAction) -> Reading:
    return Reading(document(actions[0].document, day), agreements=actions)


def test_a_withdrawal_takes_effect_after_the_notice_period() -> None:
    one = told("2020-05-22", done("a", "Open Skies Treaty", "withdrawal-announced", "2020-05-21", ("USA",)))
    two = told("2020-05-23", done("b", "the Treaty on Open Skies", "withdrawal-announced", "2020-05-22", ("USA",)))
    (line,) = life_lines(snapshot([one, two]), REGISTRY)
    assert (line.agreement, line.status, line.status_since) == (
        "Treaty on Open Skies",
        "withdrawal announced",
        date(2020, 5, 21),
    )
    assert [(s.action, s.when and s.when.edtf, s.documents, s.basis) for s in line.steps] == [
        ("signed", "1992-03-24", (), "registry"),
        ("in-force", "2002-01-01", (), "registry"),
        ("withdrawal-announced", "2020-05-21", ("a", "b"), "documents"),
        ("withdrawn", "2020-11-21", (), "notice"),
    ]
    (later,) = life_lines(snapshot([one, two]), REGISTRY, date(2021, 1, 1))
    assert later.status == "withdrawn from"


def test_a_known_effective_day_has_it_over_the_computed_one() -> None:
    step = AgreementStep(OPEN_SKIES.name, "withdrawn", ("USA",), "2020-11-22")
    registry = Registry(agreements={OPEN_SKIES.name: OPEN_SKIES}, agreement_steps=(step,))
    one = told("2020-05-22", done("a", "Open Skies Treaty", "withdrawal-announced", "2020-05-21", ("USA",)))
    (line,) = life_lines(snapshot([one]), registry)
    assert [s.when and s.when.edtf for s in line.steps if s.action == "withdrawn"] == ["2020-11-22"]


def test_conditions_and_undated_steps_join_the_dated_ones() -> None:
    readings = [
        told("2020-05-22", done("a", "New Pact", "suspended", "2020-05-20", ("RUS",), "unless talks resume")),
        told("2020-06-22", done("b", "the Pact, New", "suspended", None, ("RUS",))),
        told("2020-06-23", done("c", "New Pact", "suspended", None, ("USA",))),
    ]
    (line,) = life_lines(snapshot(readings), Registry())
    assert line_json(line) == {
        "agreement": "New Pact",
        "steps": [
            {
                "action": "suspended",
                "by": ["RUS"],
                "when": "2020-05-20",
                "documents": ["a", "b"],
                "basis": "documents",
                "conditions": ["unless talks resume"],
            },
            {"action": "suspended", "by": ["USA"], "when": None, "documents": ["c"], "basis": "documents"},
        ],
        "status": "suspended",
        "status_since": "2020-06-23",
    }


@pytest.mark.parametrize(
    ("day", "period", "then"),
    [("2020-05-22", "P6M", "2020-11-22"), ("2019-08-31", "P6M", "2020-02-29"), ("2020-05-22", "P1Y10D", "2021-06-01")],
)
def test_periods(day: str, period: str, then: str) -> None:
    assert after(date.fromisoformat(day), period) == date.fromisoformat(then)


def test_a_period_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="no period"):
        after(date(2020, 1, 1), "six months")
