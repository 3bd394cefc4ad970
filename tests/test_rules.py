"""Every rule is proved by the sentences that stand with it: it reads its examples and no counter-example."""

from __future__ import annotations

from dataclasses import replace

import pytest

from communique.extract.rulecheck import Failure, check_rule, check_rules, rules_reading
from communique.knowledge import load
from communique.knowledge.rules import FIELDS, Rule

KNOWLEDGE = load()
RULES = KNOWLEDGE.rules.rules
# How a contact is told is what everything else hangs on: these rules are proved by more than one sentence.
WELL_PROVED = {"trigger", "contact", "status", "channel", "initiator", "participants", "claim", "agreement"}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_reads_its_examples_and_no_counter_example(rule: Rule) -> None:
    assert [failure.message for failure in check_rule(rule, KNOWLEDGE)] == []


@pytest.mark.parametrize("rule", [r for r in RULES if r.field in WELL_PROVED], ids=lambda rule: rule.id)
def test_rules_that_tell_of_contacts_have_three_examples_and_a_counter_example(rule: Rule) -> None:
    assert len(set(rule.examples)) >= 3
    assert rule.never


def test_every_field_of_rules_is_in_use_or_open_to_users() -> None:
    assert {rule.field for rule in RULES} <= set(FIELDS)


def test_a_failing_example_is_named_with_what_read_it_instead() -> None:
    rule = replace(KNOWLEDGE.rules.by_field["trigger"][0], examples=("Norway met Chad.",), never=())
    (failure,) = check_rules(KNOWLEDGE, (rule,))
    assert (failure.rule, failure.kind, failure.fired) == ("noun-phone", "example", ("verb-meet",))
    assert failure.message == "noun-phone does not read its example 'Norway met Chad.'; verb-meet did"


def test_a_counter_example_that_is_read_is_named() -> None:
    rule = replace(KNOWLEDGE.rules.by_field["trigger"][0], examples=(), never=("The call with Chad ended.",))
    (failure,) = check_rules(KNOWLEDGE, (rule,))
    assert isinstance(failure, Failure)
    assert failure.message == "noun-phone must not read 'The call with Chad ended.', and does"


def test_which_rules_read_a_sentence_is_told_by_field() -> None:
    assert rules_reading("Norway denied having talks with Chad.", "status", KNOWLEDGE) == ("status-denied",)
    assert rules_reading("Norway denied having talks with Chad.", "trigger", KNOWLEDGE) == ("noun-talks",)
