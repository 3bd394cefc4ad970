"""Times in other languages, through the same tables."""

from __future__ import annotations

from datetime import date

import pytest

from communique.extract.times import find_times
from communique.extract.times.grammar import Rule, grammar_of, load
from communique.model import Document
from communique.text import split

FRIDAY = date(2020, 5, 22)
OWN = [(code, rule) for code in ("ru", "uk", "fr", "de", "es") for rule in load(f"{code}.rules.toml")]


def read(language: str, text: str) -> list[tuple[str, str, str]]:
    document = Document("d", text, language=language)
    found = find_times(document, split(document), FRIDAY)
    return [(text[m.span.start : m.span.stop], m.timex, m.rule) for s in found for m in s]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ru", "В пятницу, 22 мая, министр побеседовал с коллегой.", ["2020-05-22"]),
        ("ru", "Вчера, 21 мая 2020 года, стороны встретились.", ["2020-05-21", "2020-05-21"]),
        ("ru", "Стороны встретились на прошлой неделе, 5 июня 2019 года.", ["2020-W20", "2019-06-05"]),
        ("ru", "Переговоры состоялись в марте 2019 года.", ["2019-03"]),
        ("uk", "У п'ятницю, 22 травня, міністр поговорив із колегою.", ["2020-05-22"]),
        ("uk", "Учора сторони зустрілися у Києві.", ["2020-05-21"]),
        ("fr", "Le vendredi 22 mai 2020, le ministre a parlé avec son homologue.", ["2020-05-22"]),
        ("fr", "Ils se réuniront le 1er juin.", ["2020-06-01"]),
        ("de", "Am Donnerstag sprach der Minister; gestern traf er den Botschafter.", ["2020-05-21", "2020-05-21"]),
        ("es", "El 5 de junio de 2019 se reunieron; ayer hablaron.", ["2019-06-05", "2020-05-21"]),
        ("en-US", "They met on Thursday.", ["2020-05-21"]),
        ("xx", "They met on Thursday.", ["2020-05-21"]),
    ],
)
def test_values(language: str, text: str, expected: list[str]) -> None:
    assert [timex for _, timex, _ in read(language, text)] == expected


@pytest.mark.parametrize(("language", "rule"), OWN, ids=lambda v: v if isinstance(v, str) else v.id)
def test_examples_of_each_language(language: str, rule: Rule) -> None:
    assert all(rule.id in [name for _, _, name in read(language, example)] for example in rule.examples)


@pytest.mark.parametrize("rule", [r for r in load("any.rules.toml") if r.group == "time"], ids=lambda rule: rule.id)
def test_examples_of_all_languages(rule: Rule) -> None:
    for example in rule.examples:
        language, _, words = example.partition(": ")
        assert rule.id in [name for _, _, name in read(language, f"— {words}.")], example


def test_a_grammar_is_made_once() -> None:
    assert grammar_of("ru") is grammar_of("ru")
    assert grammar_of(None) is grammar_of("en")
