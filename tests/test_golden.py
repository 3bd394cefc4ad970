"""The golden corpus: what is right is read, at least as well as before, and some documents without any fault.

``python -m pytest tests/test_golden.py --golden-update`` drafts an ``expected.ledger`` where there is none (to be put
right by hand), adds documents that are now read without a fault to those that must stay so, and raises the floor. Where
anything is read worse than before it changes nothing, and neither does it where CI is set.
"""

from __future__ import annotations

import os

import pytest

from communique.ledger.plaintext import print_readings
from communique.model import Issue
from communique.sources import read_inputs
from communique.views.quality import SCORED
from tests.golden import CORPUS, FLOOR, Floor, Golden, corpus, floor, measured, raised, said

DOCUMENTS = corpus()
FLOOR_BEFORE = floor()
BY_SLUG = {golden.slug: golden for golden in DOCUMENTS}
each = pytest.mark.parametrize("golden", DOCUMENTS, ids=lambda golden: golden.slug)


@pytest.fixture(scope="module", autouse=True)
def _updated(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--golden-update"):
        update()


def update() -> None:
    """Draft what is missing and raise the floor."""
    if os.environ.get("CI"):
        pytest.exit("--golden-update is for people, who look at what it changes; it does nothing where CI is set", 1)
    for golden in DOCUMENTS:
        if not (golden.folder / "expected.ledger").exists():
            (golden.folder / "expected.ledger").write_text(print_readings([golden.reading]), encoding="utf-8")
    FLOOR.write_text(str(raised(DOCUMENTS, FLOOR_BEFORE)), encoding="utf-8")


@each
def test_a_document_is_complete_and_makes_no_trouble(golden: Golden) -> None:
    assert (golden.folder / "why.md").read_text(encoding="utf-8").strip()
    assert [one for one in read_inputs((golden.file,)) if isinstance(one, Issue) and one.fatal] == []
    assert {path.name for path in golden.folder.iterdir()} == {golden.file.name, "expected.ledger", "why.md"}


@each
def test_what_is_expected_stands_in_the_document(golden: Golden) -> None:
    assert golden.expected.document.id == golden.slug
    assert all(r.quotes for r in (*golden.expected.reports, *golden.expected.claims, *golden.expected.agreements))


@pytest.mark.parametrize("slug", sorted(FLOOR_BEFORE.exact))
def test_a_document_that_was_read_without_a_fault_stays_so(slug: str) -> None:
    assert said(BY_SLUG[slug].reading) == said(BY_SLUG[slug].expected)


@pytest.mark.parametrize("field", SCORED)
def test_the_corpus_is_read_no_worse_than_before(field: str) -> None:
    counted = tuple(golden for golden in DOCUMENTS if golden.slug in FLOOR_BEFORE.counted)
    assert measured(counted).scores[field].f1 >= FLOOR_BEFORE.f1[field]


def test_every_document_is_counted() -> None:
    assert floor().counted == set(BY_SLUG), "add it with --golden-update"


def test_a_floor_is_not_lowered() -> None:
    some = DOCUMENTS[:3]
    high = Floor(dict.fromkeys(SCORED, 1.01), frozenset(g.slug for g in some), frozenset())
    with pytest.raises(ValueError, match="the floor is not lowered"):
        raised(some, high)


def test_nothing_is_updated_where_ci_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "1")
    with pytest.raises(pytest.exit.Exception, match="does nothing where CI is set"):
        update()


def test_a_floor_is_raised_to_what_is_reached() -> None:
    some = DOCUMENTS[:3]
    low = Floor(dict.fromkeys(SCORED, 0.0), frozenset(g.slug for g in some), frozenset())
    assert raised(some, low).f1 == {field: score.f1 for field, score in measured(some).scores.items()}


def test_the_corpus_is_large_and_of_many_kinds() -> None:
    assert len(DOCUMENTS) >= 40
    assert {golden.file.suffix for golden in DOCUMENTS} == {".txt", ".html", ".jsonl"}
    assert len([g for g in DOCUMENTS if not g.expected.reports]) >= 7  # traps


def test_every_folder_of_the_corpus_is_a_document() -> None:
    assert {path.name for path in CORPUS.iterdir() if path.is_dir()} == set(BY_SLUG)
