"""Contacts are worked out by every program that reads; those that write meanwhile are waited for, never overlooked."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique import pipeline
from communique.knowledge import load
from communique.ledger import Ledger, Run, open_ledger
from communique.library import read_all

RUN = Run("1.0", "k", "2031-03-05T10:00:00+00:00")
TEXT = "President Biden spoke by phone with President Putin of Russia on July {day}, 2021."


def store(ledger: Ledger, *days: int) -> None:
    ledger.put([one for day in days for one in read_all(TEXT.format(day=day), "2021-08-01")], RUN)


def test_what_another_program_reads_while_contacts_are_worked_out_is_in_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work_out, other_days = pipeline.contacts_of, [7, 8]
    with open_ledger(tmp_path / "l.db") as ours, open_ledger(tmp_path / "l.db") as theirs:

        def meanwhile(*arguments: object) -> object:
            found = work_out(*arguments)  # type: ignore[arg-type]
            if other_days:
                store(theirs, other_days.pop())
            return found

        monkeypatch.setattr(pipeline, "contacts_of", meanwhile)
        store(ours, 1, 2)
        assert pipeline.settle(ours, load()) == 4
        held = [report for contact in ours.contacts() for report in contact.reports]
        assert sorted(held) == sorted(report.id for report in ours.reports())
        assert len(held) == 4
        assert pipeline.settle(theirs, load()) == 0
