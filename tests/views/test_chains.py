"""What came before a contact and after it."""

from __future__ import annotations

from pathlib import Path

from communique.knowledge.registry import Registry
from communique.ledger import open_ledger
from communique.views.chains import chain
from communique.views.shelf import Held
from communique.views.snapshot import snapshot
from tests.contacts import report
from tests.views.test_plans import PLAN, told


def test_a_plan_nobody_reported_on_belongs_to_no_other_contact(tmp_path: Path) -> None:
    other = told("2021-06-20", report("x", ("Macron", "Scholz"), "2021-06-19"))
    with open_ledger(tmp_path / "ledger.db") as ledger:
        held = Held(ledger, 0, snapshot([PLAN, other]), Registry())
        roles = {row.status: [link.role for link in chain(held, row)] for row in held.rows}
    assert roles == {"planned": ["this"], "held": ["this"]}
