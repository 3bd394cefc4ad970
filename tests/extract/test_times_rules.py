"""Every rule of time is tested by the examples and counter-examples that stand with it."""

from __future__ import annotations

from datetime import date

import pytest

from communique.extract.times import find_times
from communique.extract.times.grammar import PhraseError, Rule, english_grammar, expand
from communique.extract.times.guards import GUARDS
from communique.extract.times.values import OPS
from communique.model import Document
from communique.text import split

RULES = english_grammar().rules
TOP = [rule for rule in RULES if rule.group == "time"]
DAY = date(2020, 5, 22)


def rules_of(text: str) -> list[str]:
    document = Document("example", f"He spoke {text}.")
    return [m.rule for s in find_times(document, split(document), DAY) for m in s]


@pytest.mark.parametrize("rule", TOP, ids=lambda rule: rule.id)
def test_examples_are_read_by_their_rule(rule: Rule) -> None:
    missed = [example for example in rule.examples if rule.id not in rules_of(example)]
    assert not missed, f"{missed} read by {[rules_of(m) for m in missed]}"


@pytest.mark.parametrize("rule", [r for r in TOP if r.never], ids=lambda rule: rule.id)
def test_counter_examples_are_not(rule: Rule) -> None:
    assert [never for never in rule.never if rule.id in rules_of(never)] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rules_name_known_operations_and_guards(rule: Rule) -> None:
    assert rule.op in OPS or rule.group != "time"
    assert set(rule.guard) <= set(GUARDS)


def test_every_guard_and_operation_is_used() -> None:
    assert {name for rule in RULES for name in rule.guard} == set(GUARDS)
    assert {rule.op for rule in TOP} == set(OPS)


def test_options_and_brackets_expand() -> None:
    rows = [" ".join(f"{kind[0]}:{value}" for kind, _, value in row) for row in expand("[the] (last|{n}) @unit")]
    assert rows == ["w:the w:last s:unit", "w:the s:n s:unit", "w:last s:unit", "s:n s:unit"]


def test_unmatched_brackets_are_named() -> None:
    with pytest.raises(PhraseError, match="brackets"):
        expand("the (last|next")
