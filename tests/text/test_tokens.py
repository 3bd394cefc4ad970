"""Tokens: offsets that reproduce the text whatever it holds, and the forms the lexicon knows."""

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from communique.text import fold, tokenize

INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
ANYTHING = st.text(max_size=300) | st.text(alphabet=st.characters(min_codepoint=0x2F0, max_codepoint=0x370))


@given(ANYTHING)
@example("V.Putin: “Zelens\u0301kyy’s 😀👍🏽 co\u00adop-eration” 1,967.5 p.m.")
@example("\ud800 alone \udfff")
@example("👨‍👩‍👧 family, é e\u0301")
def test_tokens_lie_where_they_say(text: str) -> None:
    tokens = tokenize(text)
    assert all(text[token.start : token.stop] == token.text for token in tokens)
    assert all(before.stop <= after.start for before, after in itertools.pairwise(tokens))


@given(st.text(max_size=300))
def test_nothing_but_space_and_invisible_signs_is_left_out(text: str) -> None:
    taken = {place for token in tokenize(text) for place in range(token.start, token.stop)}
    left = [c for place, c in enumerate(text) if place not in taken]
    assert all(c.isspace() or c in INVISIBLE or "\u0300" <= c <= "\u036f" for c in left)


@given(st.text(max_size=100), st.text(max_size=100), st.text(max_size=50))
def test_a_stretch_keeps_the_offsets_of_the_whole(before: str, text: str, after: str) -> None:
    whole = before + text + after
    for token in tokenize(whole, len(before), len(before) + len(text)):
        assert len(before) <= token.start < token.stop <= len(before) + len(text)
        assert whole[token.start : token.stop] == token.text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("U.S. and U.N. envoys", ["U.S.", "and", "U.N.", "envoys"]),
        ("at 9:30 p.m. on the 24th", ["at", "9:30", "p.m.", "on", "the", "24th"]),
        ("Roe's and Poe’s plan", ["Roe", "'s", "and", "Poe", "’s", "plan"]),
        ("O’Hara d'Arc", ["O’Hara", "d'Arc"]),
        ("V.Roe met J. D. Poe", ["V.", "Roe", "met", "J.", "D.", "Poe"]),
        ("co\u00adoperation e\u0301tude", ["co\u00adoperation", "e\u0301tude"]),
        ("Peru-Chile 1,967 tons", ["Peru", "-", "Chile", "1,967", "tons"]),
        ("in Rome.The sides", ["in", "Rome", ".", "The", "sides"]),
        ("the 1990s, $3.5", ["the", "1990s", ",", "$", "3.5"]),
    ],
)
def test_words_are_cut_as_readers_expect(text: str, words: list[str]) -> None:
    assert [token.text for token in tokenize(text)] == words


@pytest.mark.parametrize(
    ("word", "norm"),
    [
        ("Erdoğan", "erdogan"), ("Łukasz", "lukasz"), ("STRASSE", "strasse"), ("Straße", "strasse"),
        ("ОCE", "oce"), ("Мoscow", "moscow"), ("Москва", "москва"), ("O’Brien", "o'brien"), ("co\u00adop", "coop"),
        ("ﬁrst", "first"), ("Nguyễn", "nguyen"), ("—", "-"), ("“", '"'),
    ],
)  # fmt: skip
def test_words_are_folded(word: str, norm: str) -> None:
    assert fold(word) == norm


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(word: str) -> None:
    assert fold(fold(fold(word))) == fold(fold(word))


def test_a_capital_is_seen() -> None:
    assert [token.capital for token in tokenize("Rome met peru")] == [True, False, False]
