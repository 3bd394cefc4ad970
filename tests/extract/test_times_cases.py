"""Diplomatic sentences of our own with publication dates and expected values, traps without any date among them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from communique import edtf
from communique.extract.times import find_times
from communique.model import Document
from communique.text import split

TABLE = tomllib.loads((Path(__file__).parent / "times_cases.toml").read_text(encoding="utf-8"))
CASES = [(kind, case) for kind, cases in TABLE.items() for case in cases]


def read(published: str, text: str) -> list[str]:
    document = Document("case", text)
    mentions = find_times(document, split(document), date.fromisoformat(published))
    return [
        f"{text[m.span.start : m.span.stop]} = {m.when.edtf.replace('~', '')}"
        for sentence in mentions
        for m in sentence
        if m.when and m.kind != "DURATION"
    ]


def wrong() -> Iterator[str]:
    for kind, (published, text, *expected) in CASES:
        found = read(published, text)
        if found != expected:
            yield f"{kind}: {text!r} ({published}) gave {found}, not {expected}"


def test_there_are_three_hundred() -> None:
    assert len(CASES) >= 300


def test_at_least_98_of_100_are_right() -> None:
    misses = list(wrong())
    assert len(misses) <= 0.02 * len(CASES), "\n".join(misses)


@pytest.mark.parametrize("case", TABLE["no-date"], ids=lambda case: case[1][:40])
def test_no_date_in_a_trap(case: list[str]) -> None:
    assert read(case[0], case[1]) == []


@pytest.mark.parametrize("kind", sorted(TABLE))
def test_every_expected_value_is_edtf(kind: str) -> None:
    for _, _, *expected in TABLE[kind]:
        assert all(edtf.valid(value.rsplit(" = ", 1)[1]) for value in expected)
