"""A ledger that grows document by document has the contacts that it would have if all had come at once."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique import pipeline
from communique.knowledge import load
from communique.ledger import Ledger, Run, new_judgement, open_ledger
from communique.ledger import unsettled as pending
from communique.model import Document, Reading, Report
from tests.contacts import document, report
from tests.reconcile.test_clusters import CALL, ledgers

RUN = Run("0.1", "k1", "2031-03-07T09:00:00+00:00")
BETTER = Run("0.2", "k2", "2031-04-07T09:00:00+00:00")


@pytest.fixture(autouse=True)
def never_all_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pending, "MUCH", 10.0)


def reading(document: Document, reports: Sequence[Report]) -> Reading:
    """The ledger's ids are unique over documents, and spans lie within the text."""
    return Reading(document, tuple(r for r in reports if r.document == document.id))


def told(reports: Sequence[Report], documents: Sequence[Document]) -> list[Reading]:
    return [reading(d, reports) for d in documents]


def settled(
    batches: Sequence[Sequence[Reading]], judged: Callable[[Ledger, int], None] = lambda ledger, at: None
) -> set[tuple[str, ...]]:
    """The contacts after so many runs, which are also those worked out from all reports at once."""
    knowledge = load()
    with TemporaryDirectory() as folder, open_ledger(Path(folder) / "ledger.db") as ledger:
        for at, batch in enumerate(batches):
            ledger.put(batch, RUN)
            judged(ledger, at)
            pipeline.settle(ledger, knowledge)
        found = tuple(ledger.contacts())
        assert found == pipeline.contacts_of(ledger, knowledge)
        return {c.reports for c in found}


@settings(max_examples=25, deadline=None)
@given(ledgers(), st.integers(1, 5), st.randoms(use_true_random=False))
def test_many_runs_give_what_one_gives(
    case: tuple[list[Report], list[Document]], size: int, dice: random.Random
) -> None:
    readings = told(*case)
    shuffled = dice.sample(readings, len(readings))
    assert settled([shuffled[at : at + size] for at in range(0, len(shuffled), size)]) == settled([readings])


@settings(max_examples=15, deadline=None)
@given(ledgers(), st.randoms(use_true_random=False))
def test_what_is_read_anew_or_no_more_leaves_no_trace(
    case: tuple[list[Report], list[Document]], dice: random.Random
) -> None:
    readings = told(*case)
    knowledge = load()
    with TemporaryDirectory() as folder, open_ledger(Path(folder) / "ledger.db") as ledger:
        ledger.put(readings, RUN)
        pipeline.settle(ledger, knowledge)
        for one in dice.sample(readings, 2):
            other = dice.choice(readings).reports[0]
            anew = [replace(r, when=other.when, parties=other.parties) for r in one.reports]
            ledger.put([replace(one, reports=tuple(anew if dice.random() < 0.6 else ()))], BETTER)
            pipeline.settle(ledger, knowledge)
            assert tuple(ledger.contacts()) == pipeline.contacts_of(ledger, knowledge)


def test_a_judgement_between_two_runs_holds() -> None:
    names = ("a", "b", "c")
    days = ("2021-12-07", "2021-12-08", "2021-12-08")
    readings = told(
        [report(n, CALL, d) for n, d in zip(names, days, strict=True)],
        [document(n, d) for n, d in zip(names, days, strict=True)],
    )

    def merged(ledger: Ledger, at: int) -> None:
        if at == 0:
            ledger.add_judgement(new_judgement("merge", ("a", "b"), "eve", "2031-03-07T10:00:00+00:00"))

    assert settled([readings[:2], readings[2:]], merged) == {("a", "b", "c")}


def test_a_new_document_fetches_only_what_lies_near(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    days = [f"{year}-0{month}-07" for year in range(2001, 2021) for month in (1, 5, 9)]
    names = [f"d{n}" for n in range(len(days))]
    readings = told(
        [report(n, CALL, d) for n, d in zip(names, days, strict=True)],
        [document(n, d) for n, d in zip(names, days, strict=True)],
    )
    knowledge = load()
    with open_ledger(tmp_path / "ledger.db") as ledger:
        ledger.put(readings, RUN)
        pipeline.settle(ledger, knowledge)
        ledger.put(told([report("new", CALL, "2010-05-07")], [document("new", "2010-05-08")]), RUN)
        fetched: list[str] = []
        near = ledger.reports_near

        def watched(*arguments: object) -> list[Report]:
            found = list(near(*arguments))  # type: ignore[arg-type]
            fetched.extend(r.id for r in found)
            return found

        monkeypatch.setattr(ledger, "reports_near", watched)
        monkeypatch.setattr(ledger, "reports", None)
        assert pipeline.settle(ledger, knowledge) == 1
        assert {*fetched} <= {"new", "d28"}
        assert [c.reports for c in ledger.contacts_holding(["new"])] == [("d28", "new")]
