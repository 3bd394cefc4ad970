"""What a ledger held at an earlier revision."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from communique.errors import NotFoundError
from communique.ledger import Ledger, Run, open_ledger
from communique.model import Contact, Reading
from communique.reconcile import Issuers
from communique.views.stored import stored, stored_at
from tests.contacts import document, judgement, report

CALL = ("Trump", "Putin")
FIRST = Run("0", "k", "2026-05-01T10:00:00+00:00")
SECOND = Run("0", "k", "2026-05-03T10:00:00+00:00")


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Revision 1: a; 2: a and b are apart; 3: a anew with other words, and b; 4: contacts."""
    held = open_ledger(tmp_path / "l.db")
    old = Reading(document("a", "2020-07-23"), (report("a:1", CALL, "2020-07-23"),))
    held.put([old], FIRST)
    held.add_judgement(judgement("reject", "a:1", at="2026-05-02T10:00:00+00:00"))
    new = replace(old, document=replace(old.document, text="Other words. " * 20))
    held.put([new, Reading(document("b", "2020-07-23"), (report("b:1", CALL, "2020-07-23"),))], SECOND)
    held.put_contacts([Contact("c1", ("b:1",))], mark="m")
    return held


def seen(ledger: Ledger, moment: str) -> tuple[int, int, int, int]:
    number, then = stored_at(ledger, Issuers(), moment)
    return number, len(then.documents), len(then.contacts), len(then.judgements)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("1", (1, 1, 1, 0)),
        ("2", (2, 1, 0, 1)),
        ("4", (4, 2, 1, 1)),
        ("r2", (2, 1, 0, 1)),
        ("R0004", (4, 2, 1, 1)),
        ("00004", (4, 2, 1, 1)),
        ("2026-05-01", (1, 1, 1, 0)),
        ("2026-05-02T12:00", (2, 1, 0, 1)),
        ("2026-05-02", (2, 1, 0, 1)),
        ("2026", (4, 2, 1, 1)),
    ],
)
def test_a_ledger_as_it_was(ledger: Ledger, moment: str, expected: tuple[int, int, int, int]) -> None:
    assert seen(ledger, moment) == expected


def test_the_last_revision_is_what_the_ledger_holds(ledger: Ledger) -> None:
    _, then = stored_at(ledger, Issuers(), str(ledger.revision))
    assert then.documents == stored(ledger, Issuers()).documents
    assert stored_at(ledger, Issuers(), "1")[1].documents["a"].text != then.documents["a"].text


@pytest.mark.parametrize("moment", ["0", "5", "r2026", "r0", "9" * 5000, "r" + "9" * 5000, "2026-04-30", "2025"])
def test_there_is_nothing_before_the_first_revision_or_after_the_last(ledger: Ledger, moment: str) -> None:
    with pytest.raises(NotFoundError, match="no revision"):
        stored_at(ledger, Issuers(), moment)


def test_edited_documents_and_the_order_of_arrival(ledger: Ledger) -> None:
    assert ledger.edited() == ("a",)
    assert [d.id for d in ledger.arrivals()] == ["a", "b"]


def test_what_a_contact_hangs_on_is_the_same_as_in_the_whole_ledger(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "l.db") as held:
        told = {"a": CALL, "b": (*CALL, "Macron"), "c": ("Macron", "Merkel"), "d": ("Macron", "Johnson")}
        for name, parties in told.items():
            held.put([Reading(document(name, "2020-07-23"), (report(f"{name}:1", parties, "2020-07-23"),))], FIRST)
        held.add_judgement(judgement("merge", "a:1", "d:1"))
        _, whole = stored_at(held, Issuers(), "r5")
        _, part = stored_at(held, Issuers(), "r5", ("RUS", "USA"))
        assert [*part.documents] == ["a", "b", "d"]  # b names both, d was judged to be a
        assert {c: whole.contacts[c] for c in part.contacts} == part.contacts
        assert [*stored_at(held, Issuers(), "r5", ("FRA",))[1].documents] == ["a", "b", "c", "d"]
