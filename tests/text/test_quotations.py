"""Quotations: marks of every style, nested, clinging, never closed."""

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from communique.text import quotations, quoted_spans

CASES = [
    ("“We agreed,” he said. “Now we wait.”", ["We agreed,", "Now we wait."]),
    ('"We agreed," he said. "Now we wait."', ["We agreed,", "Now we wait."]),
    ("The 'historic' deal; the ministers' plan wasn't 'new'.", ["historic", "new"]),
    ("‘We agreed,’ he said. ‘It’s done.’", ["We agreed,", "It’s done."]),
    ("He said: “The period, ”Ryabov said.", ["The period, "]),
    ('He said "we agreed, "Poe said. "Then we left."', ["we agreed, ", "Then we left."]),
    ("«Nous parlons», dit-il.", ["Nous parlons"]),
    ("»Wir reden«, sagte er.", ["Wir reden"]),
    ("„Wir reden“, sagte er.", ["Wir reden"]),
    ("„Mówimy”, rzekł.", ["Mówimy"]),
    ("”Vi talar”, sade han.", ["Vi talar"]),
    ("part:“It is good.” He left.", ["It is good."]),
    ('part:"It is good." He left.', ["It is good."]),
    ("“It wasn’t the leaders’ plan,” he said.", ["It wasn’t the leaders’ plan,"]),
    ("``We met,'' he said.", ["We met,"]),
    ("「会談した」と述べた。", ["会談した"]),
    ("It's Poe's '90s plan.", []),
    ('case “if Roe returns” with its "terms".', ["if Roe returns", "terms"]),
    ("No quotation at all.", []),
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_what_is_quoted(text: str, wanted: list[str]) -> None:
    assert [text[start:stop] for start, stop in quoted_spans(text)] == wanted


def test_one_inside_another() -> None:
    text = "“He called it ‘a good day’ and left,” she said."
    assert [(text[one.start : one.stop], one.depth) for one in quotations(text)] == [
        ("He called it ‘a good day’ and left,", 0), ("a good day", 1),
    ]  # fmt: skip


def test_a_speech_over_paragraphs_opens_in_each() -> None:
    text = "“First of all.\n\n“Second, too.” He left."
    assert [(text[one.start : one.stop], one.closed) for one in quotations(text)] == [
        ("First of all.", False), ("Second, too.", True),
    ]  # fmt: skip


def test_a_mark_that_is_never_closed_ends_with_its_paragraph() -> None:
    text = "He said “it is open.\nAnother paragraph."
    assert [text[start:stop] for start, stop in quoted_spans(text)] == ["it is open."]


def test_a_stretch_is_read_alone() -> None:
    text = "“One.” He said: “Two.”"
    assert [text[start:stop] for start, stop in quoted_spans(text, 7, len(text))] == ["Two."]


@given(st.text(alphabet="ab .\n,\"“”„«»‘’'`", max_size=120))
@example("“‘a’ “b")
def test_quotations_lie_in_the_text_and_nest(text: str) -> None:
    found = quotations(text)
    assert all(0 <= one.start <= one.stop <= len(text) for one in found)
    outer = quoted_spans(text)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(outer))
    for one in found:
        assert one.depth == 0 or any(start <= one.start and one.stop <= stop for start, stop in outer)
