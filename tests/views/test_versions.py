from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from communique.views.versions import changes, edit_json, edits, versions
from tests.contacts import document


def test_versions_of_one_page() -> None:
    old, new = (document(n, d, text=t, url="https://example.org/1") for n, d, t in
                (("a", "2020-05-01", "They spoke."), ("b", "2020-05-02", "They met.")))  # fmt: skip
    same = replace(old, id="c")
    assert {u: [d.id for d in found] for u, found in versions([new, old]).items()} == {
        "https://example.org/1": ["a", "b"]
    }
    assert versions([old, same]) == {}


def test_an_edit_is_shown_word_by_word() -> None:
    edit = changes("The two leaders spoke on Monday.", "The two presidents spoke.")
    assert [(c.kind, c.old, c.new) for c in edit] == [
        ("equal", "The two", "The two"),
        ("replace", " leaders", " presidents"),
        ("equal", " spoke", " spoke"),
        ("delete", " on Monday", ""),
        ("equal", ".", "."),
    ]


@given(st.text(max_size=60), st.text(max_size=60))
def test_changes_hold_both_texts_whole(old: str, new: str) -> None:
    edit = changes(old, new)
    assert ("".join(c.old for c in edit), "".join(c.new for c in edit)) == (old, new)


def test_an_edit_leads_from_version_to_version() -> None:
    first = replace(document("a", "2020-05-01", text="They spoke for an hour."), title="A call")
    second, third = (
        replace(first, text="They spoke for two hours."),
        replace(first, text="They spoke for two hours.", title="Call"),
    )
    lines = [edit_json(edit) for edit in edits([first, second, third])]
    assert [(line["part"], line["from"]) for line in lines] == [("text", "2020-05-01"), ("title", "2020-05-01")]
    assert lines[0]["changes"] == [{"kind": "replace", "start": 14, "end": 24, "old": " an hour", "new": " two hours"}]


def test_words_far_apart_are_held_against_each_other_in_long_texts() -> None:
    old = " ".join(f"w{n}" for n in range(9000))
    edit = changes(old, old.replace("w17 ", "").replace("w8800", "x"))
    assert [c.kind for c in edit] == ["equal", "delete", "equal", "replace", "equal"]
