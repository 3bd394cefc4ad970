"""Tellers: whose account a place in a document is."""

from __future__ import annotations

import pytest

from communique.extract.items import build_items
from communique.extract.speakers import mark_speakers
from communique.extract.tellers import Tellers, teller_at
from communique.extract.telling import told_by
from communique.knowledge import load
from communique.knowledge.rules import Rule
from communique.model import Cited, Document, Published, Report, Span
from communique.pipeline import Timings, prepare

RULES = load().rules.by_field["teller"]


def reading(text: str, title: str | None = None, url: str | None = None) -> Tellers:
    document = Document("d", text, title, url=url, published=Published("2021-05-04", "given"))
    return Tellers(*prepare(document, load(), Timings()))


def who(text: str, word: str, url: str | None = None) -> str | None:
    tellers = reading(text, url=url)
    at = text.index(word)
    for sentence in tellers.context.sentences:
        for i, token in enumerate(sentence.tokens):
            if token.start == at:
                found = teller_at(tellers.context, tellers.items, sentence.index, i)
                return found.value if found else None
    raise AssertionError(word)


def fires(rule: Rule, sentence: str) -> bool:
    context, items = prepare(Document("d", sentence), load(), Timings())
    rows = [(mark_speakers(build_items(context, i), load().rules.classes), items[i].words) for i in range(len(items))]
    return any(firing.rule is rule for row, words in rows for firing in load().rules.fire("teller", row, words))


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_examples_of_a_rule_match_and_counter_examples_do_not(rule: Rule) -> None:
    assert all(fires(rule, example) for example in rule.examples)
    assert not any(fires(rule, sentence) for sentence in rule.never)


@pytest.mark.parametrize(
    ("text", "teller"),
    [
        ("Vladimir Putin said the talks had begun.", "Vladimir Putin"),
        ("The talks had begun, Vladimir Putin said.", "Vladimir Putin"),
        ("According to Vladimir Putin, the talks had begun.", "Vladimir Putin"),
        ('"The talks had begun," said Vladimir Putin.', "Vladimir Putin"),
        ("The talks had begun, a senior official told Reuters.", "senior official"),
        ("The Kremlin said on Monday that the talks had begun.", "Kremlin"),
        ("The talks had begun, the diplomats said, and would go on.", "diplomats"),
        ("Vladimir Putin announced that Joe Biden had confirmed the talks.", "Vladimir Putin"),
        ("“It was cold. The talks were long. We ate well,” Vladimir Putin said.", "Vladimir Putin"),
        ("Vladimir Putin said he was glad. He said the talks were long.", "Vladimir Putin"),
        ("The talks had begun.", None),
        ("Vladimir Putin said during the talks with Joe Biden that bread was dear.", None),
        ("Bread is dear, Vladimir Putin said after the talks.", None),
    ],
)
def test_who_tells_of_the_talks(text: str, teller: str | None) -> None:
    assert who(text, "talks") == teller


def test_a_turn_lasts_until_the_next() -> None:
    text = "Vladimir Putin: Welcome. The talks were long. Joe Biden: Thank you. The dinner was good."
    assert who(text, "talks") == "Vladimir Putin"
    assert who(text, "dinner") == "Joe Biden"


def test_a_governments_own_readout_relays_nobody_by_noting() -> None:
    text = "The President met with Olaf Scholz. The President noted the importance of the talks in Geneva."
    assert who(text, "talks", url="https://www.president.gov.ua/en/news/x") is None


def test_several_who_say_it_together_are_all_tellers() -> None:
    text = "France and Italy said the talks had begun."
    tellers = reading(text)
    span = Span("d", text.index("talks"), text.index("talks") + 5)
    report = Report("r", "d", span, (span,), (), Cited("talks", span, "test"), Cited("held", span, "test"))
    assert {c.value for c in told_by(tellers, [report])[0]} == {"France", "Italy"}


def test_a_teller_stands_with_its_words() -> None:
    text = "The talks had begun, Vladimir Putin said."
    found = reading(text).at(0, 1)
    assert found is not None
    assert text[found.span.start : found.span.stop] == "Vladimir Putin"
