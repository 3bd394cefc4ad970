from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from communique.reconcile.copies import COPY, Copies, likeness, sketch
from tests.contacts import document

WORDS = [f"word{n}" for n in range(400)]
LONG = " ".join(WORDS)


def test_a_copy_with_a_few_words_of_its_own_is_a_copy() -> None:
    edited = "By our own reporter. " + LONG.replace("word200", "another")
    assert likeness(sketch(LONG), sketch(edited)) > 0.9


def test_other_words_are_no_copy() -> None:
    assert likeness(sketch(LONG), sketch(" ".join(reversed(WORDS)))) == 0.0
    half = " ".join(WORDS[:200] + [f"new{n}" for n in range(200)])
    assert 0.2 < likeness(sketch(LONG), sketch(half)) < COPY


def test_short_and_empty_texts() -> None:
    assert likeness(sketch(""), sketch("")) == 0.0
    assert likeness(sketch("They spoke."), sketch("they SPOKE")) == 1.0
    assert likeness(sketch("They spoke."), sketch("They met.")) == 0.0


@given(st.text(max_size=200), st.text(max_size=200))
def test_likeness_is_symmetric_and_a_share(a: str, b: str) -> None:
    left, right = sketch(a), sketch(b)
    assert likeness(left, right) == likeness(right, left)
    assert 0.0 <= likeness(left, right) <= 1.0
    assert likeness(left, left) == (1.0 if left else 0.0)


def test_documents_in_groups_of_copies() -> None:
    texts = {"a": LONG, "b": LONG + " more", "c": " ".join(reversed(WORDS)), "d": LONG[:50]}
    copies = Copies({name: document(name, text=text) for name, text in texts.items()})
    assert copies.groups(["d", "b", "c", "a", "a"]) == (("a", "b"), ("c",), ("d",))
    assert copies.groups([]) == ()
    assert copies.groups(["gone"]) == (("gone",),)
