"""Marked text as HTML: nothing of it becomes markup, whatever the marks."""

from __future__ import annotations

import re
from html import escape

from hypothesis import given
from hypothesis import strategies as st

from communique.views.passages import Mark, Passage, cut
from communique.views.words import shown
from communique.web.marked import passage, pieces

MARKS = st.lists(st.builds(Mark, st.integers(-5, 60), st.integers(-5, 60), st.sampled_from(["when", "place"])))
TEXTS = st.text(max_size=50) | st.text("<>&\"' ab\n", max_size=50)


@given(TEXTS, MARKS)
def test_the_page_without_its_tags_is_the_escaped_text(text: str, marks: list[Mark]) -> None:
    page = str(pieces(cut(text, marks)))
    stripped = re.sub(r"</?mark[^<>]*>", "", page).replace("&#34;", "&quot;").replace("&#39;", "&#x27;")
    assert stripped == escape(shown(text))


def test_a_piece_says_what_each_of_its_marks_states() -> None:
    marks = [Mark(0, 4, "when"), Mark(2, 6, "place")]
    assert pieces(cut("abcdef", marks)) == (
        '<mark class="m-when">ab</mark><mark class="m-when m-place">cd</mark><mark class="m-place">ef</mark>'
    )


def test_dots_stand_where_a_paragraph_goes_on_and_nothing_stands_for_words_that_moved() -> None:
    found = cut("spoke", [])
    assert passage(Passage(found, before=True, after=True)) == "… spoke …"
    assert "evidence damaged" in passage(Passage(()))
