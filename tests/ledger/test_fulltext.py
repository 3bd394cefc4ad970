"""Documents found by their words; whatever is typed is words."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.ledger import open_ledger
from communique.model import Document, Reading
from tests.ledger.test_store import RUN

TEXTS = {
    "a": ("Готовность", "President Macron phoned São Paulo. Arms control was on the agenda."),
    "b": ("Call", "Control of arms; the minister's letter of condolence."),
    "c": (None, "Nothing to see. %_ 100% agreed."),
}


@pytest.fixture
def ledger(location):
    with open_ledger(location) as ledger:
        ledger.put((Reading(Document(i, text, title)) for i, (title, text) in TEXTS.items()), RUN)
        yield ledger


def found(ledger, words):
    return sorted(hit.document for hit in ledger.search(words))


@pytest.mark.parametrize(
    ("words", "documents"),
    [
        ("arms control", ["a", "b"]),
        ('"arms control"', ["a"]),
        ("sao PAULO", ["a"]),
        ("готовность", ["a"]),
        ("minister's", ["b"]),
        ("nothing NOT arms", []),
        ("", []),
        ('"', []),
        ("-*", []),
        ("'; DROP TABLE documents; --", []),
        ("title:Call", []),
        ("arms NEAR(", []),
        ("“arms control” on", ["a"]),
        ("' & | ! ( : \\ %", []),
    ],
)
def test_what_is_typed_is_words(ledger, words, documents):
    assert found(ledger, words) == documents


def test_an_edited_text_is_found_by_its_new_words_only(ledger):
    ledger.put([Reading(Document("b", "The letter was withdrawn."))], RUN)
    assert found(ledger, "condolence") == []
    assert found(ledger, "withdrawn") == ["b"]


def test_a_page_of_answers(ledger):
    assert len(ledger.search("arms", limit=1)) == 1
    assert ledger.search("arms", limit=1, skip=1) != ledger.search("arms", limit=1)


def test_changes_since_a_revision(ledger):
    before = ledger.revision
    assert {c.kind for c in ledger.changed_since(0)} == {"new"}
    ledger.put([Reading(Document("b", "Another text.")), Reading(Document("d", "New."))], RUN)
    assert [(c.document, c.kind) for c in ledger.changed_since(before)] == [("b", "edited"), ("d", "new")]
    assert [r.what for r in ledger.revisions(before)] == ["read"]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=20))
def test_any_words_may_be_searched_for(ledger, asked):
    found(ledger, asked)
