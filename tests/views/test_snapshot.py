from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from communique.ledger import open_ledger
from communique.ledger.writing import Run
from communique.model import Reading
from communique.reconcile import Issuers, reconcile
from communique.views.contacts import contact_json, contact_rows
from communique.views.snapshot import snapshot
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
