"""Boilerplate: every rule's examples and counter-examples, ages, and what must stay."""

import pytest

from communique.model import Document
from communique.text import age, boilerplate, boilerplate_spans
from communique.text.boilerplate import rules

EXAMPLES = [(rule["id"], text) for rule in rules() for text in rule["examples"]]
NEVER = [(rule["id"], text) for rule in rules() for text in rule["never"]]


def found(text: str) -> list[tuple[str, str]]:
    return [(one.rule, text[one.span.start : one.span.stop]) for one in boilerplate(Document("d", text))]


@pytest.mark.parametrize(("rule", "text"), EXAMPLES)
def test_examples_are_taken(rule: str, text: str) -> None:
    assert [name for name, _ in found(text)] == [rule]


@pytest.mark.parametrize(("rule", "text"), NEVER)
def test_counter_examples_stay(rule: str, text: str) -> None:
    assert found(text) == []


def test_rules_have_ids_of_their_own() -> None:
    names = [rule["id"] for rule in rules()]
    assert len(names) == len(set(names))
    assert all(set(rule) == {"id", "where", "phrases", "examples", "never"} for rule in rules())


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("age", "12 months ago"), ("age", "Updated 3 hours ago"), ("age", "A year ago"),
        ("breadcrumb", "Home / News / Poe and Roe meet"), ("breadcrumb", "World » Europe » Poe and Roe meet"),
        ("stated-date", "Published 3 March 2021"), ("stated-date", "Last updated: March 4, 2021 10:15 GMT"),
        ("reading-time", "5 min read"), ("reading-time", "Reading time: 4 minutes"), ("counter", "1,204 views"),
        ("address", "https://example.org/a"), ("byline", "By Ann Poe"), ("byline", "By ANN POE and BO LI, Daily News"),
        ("signs", "* * *"), ("signs", "———"), ("file-header", "Source: The Daily"),
    ],
)  # fmt: skip
def test_shapes_of_lines(rule: str, line: str) -> None:
    assert found(f"Poe met Roe.\n{line}\nThey agreed.") == [(rule, line)]


@pytest.mark.parametrize(
    "line",
    [
        "They met 12 months ago", "Home ministers met in Rome", "By Monday the talks had ended.", "Published reports",
        "By then Poe and Roe had met", "POE AND ROE TO MEET IN ROME NEXT WEEK", "22 May 2020", "world.", "share",
        "a year ago", "Share of blame goes to Peru / Chile",
    ],
)  # fmt: skip
def test_lines_of_the_article_stay(line: str) -> None:
    assert found(f"Poe met Roe and the\n{line}\nThey agreed.") == []


def test_only_the_invitation_goes_where_a_headline_clings_to_it() -> None:
    assert found("Leave a CommentPoe and Roe discuss trade") == [("comment-invitation", "Leave a Comment")]


def test_the_longest_phrase_wins_and_none_overlap() -> None:
    phrase = "To view this video please enable JavaScript, "
    phrase += "and consider upgrading to a web browser that supports HTML5 video"
    text = f"A. {phrase} B."
    spans = boilerplate_spans(Document("d", text))
    assert len(spans) == 1
    assert text[spans[0].stop :] == " B."


def test_capitals_with_a_longer_small_form_move_nothing() -> None:
    text = "İİİİ Please enable JavaScript now"
    assert found(text) == [("player", "Please enable JavaScript")]


def test_an_age_is_counted() -> None:
    document = Document("d", "Poe met Roe\n\n  12 months ago\n\nThey agreed.")
    stated = age(document)
    assert stated is not None
    assert (stated.count, stated.unit) == (12, "month")
    assert document.text[stated.span.start : stated.span.stop] == "12 months ago"
    assert age(Document("d", "They met 12 months ago.")) is None
