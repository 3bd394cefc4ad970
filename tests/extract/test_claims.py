"""Statements about contacts that can be checked: rules by their examples, sides, counts, windows."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.extract.claims import find_claims, fire_claims
from communique.knowledge import load
from communique.knowledge.rules import Rule
from communique.model import Claim, Document, Published
from communique.pipeline import Timings, prepare, read_document

RULES = load().rules.by_field["claim"]


def claims(text: str, title: str | None = None, day: str = "2021-05-04") -> tuple[Claim, ...]:
    document = Document("d", text, title, published=Published(day, "given"))
    return find_claims(*prepare(document, load(), Timings()))


def sides(claim: Claim) -> set[str | None]:
    return {p.value.side for p in claim.parties}


def winners(sentence: str) -> set[str]:
    context, items = prepare(Document("d", sentence, published=Published("2021-05-04", "given")), load(), Timings())
    return {firing.rule.id for row in items for firing in fire_claims(context, row)}


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_examples_of_a_rule_match_and_counter_examples_do_not(rule: Rule) -> None:
    for example in rule.examples:
        assert rule.id in winners(example), example
    for sentence in rule.never:
        assert rule.id not in winners(sentence), sentence


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_every_rule_has_three_examples_and_a_counter_example(rule: Rule) -> None:
    assert len(rule.examples) >= 3
    assert rule.never


@pytest.mark.parametrize(
    ("text", "kind", "count"),
    [
        ("Norway and Chad have held six telephone calls since late March.", "count", 6),
        ("The leaders of Norway and Chad spoke twice this week.", "count", 2),
        ("It was the Chadian president's second visit to Norway this year.", "count", 2),
        ("Norway and Chad held their fourth round of talks in Oslo.", "count", 4),
        ("Norway and Chad met on numerous occasions.", "count", None),
        ("Norway and Chad talk every week.", "count", None),
        ("The previous conversation between Norway and Chad took place on June 1.", "previous", None),
        ("The leaders of Norway and Chad last met in November 2019.", "previous", None),
        ("It was the first call between Norway and Chad since the inauguration.", "first", None),
        ("The ministers of Norway and Chad met for the first time in 12 years.", "first", None),
        ("The leaders of Norway and Chad have not spoken since February.", "none", None),
        ("The President of Norway never spoke with the President of Chad.", "none", None),
    ],
)
def test_kind_count_and_sides(text: str, kind: str, count: int | None) -> None:
    (claim,) = claims(text)
    assert claim.kind.value == kind
    assert (claim.count.value if claim.count else None) == count
    assert sides(claim) == {"NOR", "TCD"}


@pytest.mark.parametrize(
    "text",
    [
        "Norway and Chad will hold two meetings.",
        "A fifth round of talks between Norway and Chad will take place in Oslo.",
        "The premier of Norway gave his first speech to parliament.",
        "Norway and Chad never met the requirements.",
        "This is not the first visit of the premier of Norway to Chad.",
        "The last government of Norway fell in Chad's favour.",
    ],
)
def test_no_claim(text: str) -> None:
    assert claims(text) == ()


def test_window_since_a_day_runs_to_publication() -> None:
    (claim,) = claims("Norway and Chad have held four rounds of talks since 12 April 2021.")
    assert claim.since is not None
    assert claim.until is not None
    assert (claim.since.value.edtf, claim.until.value.edtf) == ("2021-04-12", "2021-05-04")


def test_window_of_a_length_of_time_ends_at_publication() -> None:
    (claim,) = claims("It was the first visit to Norway by a Chadian president in 12 years.")
    assert claim.since is not None
    assert claim.since.value.edtf.startswith("2009-05")


def test_during_this_period_is_the_window_said_last() -> None:
    text = (
        "From the end of March to today, Norway and Chad held six calls. The minister of Mali talked with the minister "
        "of Chad four times during this period."
    )
    first, second = claims(text)
    assert first.since is not None
    assert second.since is not None
    assert second.since.value.edtf == first.since.value.edtf


def test_title_and_body_are_one_claim() -> None:
    found = claims("The premiers of Norway and Chad spoke six times in May.", "Norway and Chad spoke six times")
    assert len(found) == 1
    assert {q.part for q in found[0].quotes} == {"title", "text"}


def test_a_count_replaces_the_numbers_of_single_contacts() -> None:
    text = "Norway and Chad held their fourth round of talks in Oslo. Norway and Chad have held four rounds of talks."
    (claim,) = claims(text)
    assert claim.comparator == "exactly"


def test_who_claims_is_the_teller() -> None:
    document = Document("d", "Norway and Chad spoke twice this week.", published=Published("2021-05-04", "given"))
    (claim,) = find_claims(*prepare(document, load(), Timings()), lambda sentence, token: "Ministry of Norway")
    assert claim.by is not None
    assert claim.by.value == "Ministry of Norway"


def test_channel_is_that_of_the_words() -> None:
    assert claims("Norway and Chad held six telephone calls.")[0].channel.value == "phone"
    assert claims("Norway and Chad held six meetings.")[0].channel.value == "meeting"
    assert claims("Norway and Chad spoke twice.")[0].channel.value == "unspecified"


def test_claims_of_the_seeds(shared: Path) -> None:
    texts = [p.read_text(encoding="utf-8") for p in sorted((shared / "seeds").glob("*.txt"))]
    found = [c for n, text in enumerate(texts) for c in read_document(Document(str(n), text), load()).claims]
    assert [(c.kind.value, c.count.value if c.count else None) for c in found] == [
        ("count", 6),
        ("count", 4),
        ("previous", None),
    ]
    assert [p.value.name for p in found[1].parties] == ["Sergey Lavrov", "Mike Pompeo"]


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("Norway and Chad held six calls between January and April 2021.", "2021-01-01", "2021-04-30"),
        ("Norway and Chad met six times between March and April.", "2021-03-01", "2021-04-30"),
    ],
)
def test_a_window_between_two_times_runs_from_the_one_to_the_other(text: str, since: str, until: str) -> None:
    (claim,) = claims(text)
    assert claim.since
    assert claim.until
    assert (claim.since.value.edtf, claim.until.value.edtf) == (since, until)


@pytest.mark.parametrize(
    "text",
    [
        "Norwegian government spokesman Ola Berg counted six calls with the President of Chad this year.",
        "Kremlin spokesman Dmitry Peskov counted six calls with the President of Chad this year.",
        "Dmitry Peskov told reporters that there were six calls with the President of Chad this year.",
    ],
)
def test_a_spokesperson_who_tells_is_no_party(text: str) -> None:
    (claim,) = claims(text)
    assert {p.value.name for p in claim.parties}.isdisjoint({"Ola Berg", "Dmitry Peskov"})
    assert len(sides(claim)) == 2


@pytest.mark.parametrize(
    ("words", "comparator"),
    [
        ("have spoken at least twice", "at-least"),
        ("held no fewer than two phone calls", "at-least"),
        ("have spoken about two times", "about"),
        ("held some two phone calls", "about"),
        ("held two phone calls about at least six matters", "exactly"),
    ],
)
def test_how_exact_a_number_is(words: str, comparator: str) -> None:
    found = claims(f"Joe Biden and Vladimir Putin {words} since March 2021.")
    assert [claim.comparator for claim in found] == [comparator]
