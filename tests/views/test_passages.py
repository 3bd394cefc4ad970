"""Text cut at marks: whatever the marks, the pieces are the text, and nothing of it becomes markup."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from communique.model import Document, Span
from communique.views.passages import Mark, around, cut, paragraphs

MARKS = st.lists(st.builds(Mark, st.integers(-5, 60), st.integers(-5, 60), st.sampled_from(["when", "place"])))
TEXTS = st.text(max_size=50) | st.text("<>&\"' ab\n", max_size=50)


@given(TEXTS, MARKS)
def test_the_pieces_are_the_text(text: str, marks: list[Mark]) -> None:
    pieces = cut(text, marks)
    assert "".join(piece.text for piece in pieces) == text
    at = 0
    for piece in pieces:
        covering = {m for m in marks if 0 <= m.start <= at and at + len(piece.text) <= m.stop <= len(text)}
        assert set(piece.marks) == covering
        at += len(piece.text)
    assert "".join(piece.text for line in paragraphs(text, pieces) for piece in line) == text


def test_a_paragraph_around_words() -> None:
    text = "First.\nThe leaders spoke today by phone.\nLast."
    start = text.index("today")
    passage = around(Document("d", text), Span("d", start, start + 5), "when")
    assert [p.text for p in passage.pieces] == ["The leaders spoke ", "today", " by phone."]
    assert (passage.before, passage.after) == (False, False)


def test_a_long_paragraph_is_shortened_at_blanks() -> None:
    text = "word " * 400
    passage = around(Document("d", text), Span("d", 1000, 1004), "when")
    assert passage.before
    assert passage.after
    assert passage.pieces[0].text.startswith("word")
    assert len("".join(p.text for p in passage.pieces)) < 1000


def test_words_that_stand_nowhere_have_no_passage() -> None:
    assert around(Document("d", "short"), Span("d", 3, 99), "when").pieces == ()
    assert around(Document("d", "short"), Span("d", 0, 3, "title"), "when").pieces == ()
