from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from communique.knowledge.registry import Registry
from communique.ledger import open_ledger
from communique.ledger.writing import Run
from communique.model import Reading
from communique.pictures.ask import calendar, network
from communique.reconcile import Issuers, reconcile
from communique.views.contacts import Wanted, contact_json, contact_rows
from communique.views.plans import plan_rows
from communique.views.snapshot import Snapshot, lately, snapshot
from communique.views.stored import stored
from tests.contacts import document, judgement, report

CALL = ("Trump", "Putin")
ISSUERS = Issuers(seats={"white house": "USA", "kremlin": "RUS"})
READINGS = (
    Reading(document("w", "2020-07-23", "White House"), (report("w", CALL, "2020-07-23", topics=("health",)),)),
    Reading(document("k", "2020-07-24", "Kremlin"), (report("k", CALL, "2020-07-23", minutes=50),)),
    Reading(document("p", "2020-07-20", "Courier"), (report("p", CALL, "2020-07-23", status="planned"),)),
)


def test_a_ledger_and_its_readings_answer_alike(tmp_path: Path) -> None:
    fix = replace(judgement("correct", "w"), field="channel", value='"video"')
    expected = snapshot(READINGS, [fix], ISSUERS)
    with open_ledger(tmp_path / "a.db") as ledger:
        ledger.put(READINGS, Run("1", "1", "2026-01-01"))
        ledger.add_judgement(fix)
        documents = {d.id: d for d in ledger.documents()}
        ledger.put_contacts(reconcile(ledger.reports(), documents, tuple(ledger.judgements()), ISSUERS))
        kept = stored(ledger, ISSUERS)
    rows = [contact_json(r) for r in contact_rows(kept)]
    assert rows == [contact_json(r) for r in contact_rows(expected)]
    assert {r["status"]: r["disputed"] for r in rows} == {"held": ["channel"], "planned": []}


def test_what_is_known_of_a_snapshot() -> None:
    held = snapshot(READINGS, issuers=ISSUERS)
    ((plan, done),) = held.fulfilled.items()
    assert held.plans_of == {done: plan}
    assert held.contact_of["w"] == held.contact_of["k"] == done
    assert held.side_of("Vladimir Putin") == held.side_of("the Kremlin") == "RUS"
    assert [r.id for r in held.reports_of["k"]] == ["k"]
    assert held.side_of("nobody") is None


def test_of_questions_without_end_the_last_answers_are_remembered() -> None:
    asked: list[int] = []

    @lately(2)
    def question(ledger: Snapshot, number: int) -> int:
        asked.append(number)
        return number

    held = snapshot(READINGS)
    assert [question(held, n) for n in (1, 2, 1, 3, 1)] == [1, 2, 1, 3, 1]
    assert asked == [1, 2, 3, 1]
    assert question(snapshot(READINGS), 3) == 3
    assert asked == [1, 2, 3, 1, 3]


def test_pictures_of_many_windows_and_people_leave_nothing_behind() -> None:
    held = snapshot(READINGS)
    registry = Registry()
    sizes = set()
    for n in range(1, 20):
        network(held, "people", Wanted(since=date(2020, 7, n)))
        calendar(held, registry, Wanted(person=f"Somebody {n}"))
        plan_rows(held, date(2020, 7, n))
        if n > 10:
            sizes.add((len(held.answers), sum(len(a) for a in held.answers.values() if isinstance(a, dict))))
    assert len(sizes) == 1
