"""What explain shows: each rule once at its words."""

from __future__ import annotations

from collections import Counter

import pytest

from communique.extract.explain import explain
from communique.knowledge import load
from communique.model import Document, Published
from communique.pipeline import Timings, prepare


@pytest.mark.parametrize(
    "sentence",
    [
        "Norway and Chad held talks on trade in Oslo on Monday.",
        "The Prime Minister of Norway will meet the President of Chad on Friday.",
        "Norwegian and Chadian envoys spoke by phone, and they may meet again.",
    ],
)
def test_a_rule_stands_once_at_its_words(sentence: str) -> None:
    document = Document("d", sentence, published=Published("2020-05-20", "given"))
    context, _ = prepare(document, load(), Timings())
    lines = [line for line in explain(context) if line.outcome != "mention"]
    assert any(line.outcome == "won" for line in lines)
    assert max(Counter((line.field, line.rule, line.span) for line in lines).values()) == 1
