"""What is done to agreements: rules by their examples, names, sides, doubts, and the fields of an action."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.extract.agreements import find_agreements, fire_agreements, fold_agreements
from communique.extract.agreements.lists import agreed, lists
from communique.knowledge import load
from communique.knowledge.rules import Firing, Rule, winner
from communique.model import AgreementAction, Document, Published
from communique.pipeline import Timings, prepare, read_document

BOOK = load().rules
ACTIONS = BOOK.by_field["agreement"]
OTHERS = tuple(r for f in ("agreement-list", "agreement-deed", "agreement-name", "condition") for r in BOOK.by_field[f])


def actions(text: str, title: str | None = None, day: str = "2021-05-04") -> tuple[AgreementAction, ...]:
    document = Document("d", text, title, published=Published(day, "given"))
    return find_agreements(*prepare(document, load(), Timings()))


def told(text: str, title: str | None = None, day: str = "2021-05-04") -> list[tuple[str, str]]:
    return [(a.agreement.value, a.action.value) for a in actions(text, title, day)]


def winners(sentence: str) -> set[str]:
    """The rules that win an agreement of a sentence."""
    context, items = prepare(Document("d", sentence, published=Published("2021-05-04", "given")), load(), Timings())
    by_name: dict[tuple[int, int], list[Firing]] = {}
    for n, row in enumerate(items):
        for firing in fire_agreements(context, fold_agreements(context, row)):
            by_name.setdefault((n, firing.match.slots["X"]), []).append(firing)
    return {best.rule.id for firings in by_name.values() if (best := winner(firings))}


def fires(rule: Rule, sentence: str) -> bool:
    context, items = prepare(Document("d", sentence), load(), Timings())
    folded = [fold_agreements(context, row) for row in items]
    return any(f.rule is rule for row in folded for f in BOOK.fire(rule.field, row.items, row.words)) or any(
        f.rule is rule for row in items for f in BOOK.fire(rule.field, row.items, row.words)
    )


@pytest.mark.parametrize("rule", ACTIONS, ids=lambda r: r.id)
def test_examples_of_a_rule_match_and_counter_examples_do_not(rule: Rule) -> None:
    for example in rule.examples:
        assert rule.id in winners(example), example
    for sentence in rule.never:
        assert rule.id not in winners(sentence), sentence


@pytest.mark.parametrize("rule", OTHERS, ids=lambda r: r.id)
def test_examples_of_the_other_rules_match(rule: Rule) -> None:
    for example in rule.examples:
        assert fires(rule, example), example
    for sentence in rule.never:
        assert not fires(rule, sentence), sentence


@pytest.mark.parametrize("rule", [*ACTIONS, *OTHERS], ids=lambda r: r.id)
def test_every_rule_has_three_examples_and_a_counter_example(rule: Rule) -> None:
    assert len(rule.examples) >= 3
    assert rule.never


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway and Chad signed a trade agreement in Oslo.", ("Norway-Chad trade agreement", "signed")),
        ("A trade agreement between Norway and Chad was signed.", ("Norway-Chad trade agreement", "signed")),
        ("Norway and Chad will sign a trade agreement.", ("Norway-Chad trade agreement", "negotiated")),
        ("Norway wants to sign a trade agreement with Chad.", ("Norway-Chad trade agreement", "proposed")),
        ("Norway withdrew from the Open Skies Treaty.", ("Treaty on Open Skies", "withdrawn")),
        ("Norway announced its withdrawal from Open Skies Treaty.", ("Treaty on Open Skies", "withdrawal-announced")),
        ("Norway suspended the trade agreement with Chad.", ("Norway-Chad trade agreement", "suspended")),
        ("Chad ratified the Paris Agreement.", ("Paris Agreement", "ratified")),
        ("The INF Treaty entered into force in 1988.", ("Intermediate-Range Nuclear Forces Treaty", "in-force")),
        ("Norway accused Chad of violating the Minsk agreements.", ("Minsk agreements", "breach-alleged")),
        ("If Norway and Chad signed a peace treaty, all would be well.", ("Chad-Norway peace treaty", "negotiated")),
    ],
)
def test_action_and_name(text: str, expected: tuple[str, str]) -> None:
    name, action = told(text)[0]
    assert set(name.replace("-", " ").split()) == set(expected[0].replace("-", " ").split())
    assert action == expected[1]


@pytest.mark.parametrize(
    "text",
    [
        "Norway and Chad reaffirmed their trade agreement.",
        "Norway signed an agreement with the company Acme Ltd.",
        "The prisoner reached a plea agreement with prosecutors.",
        "No agreement between Norway and Chad was reached.",
        "Norway denied that it had signed a trade agreement with Chad.",
        "The Collective Security Treaty Organization met in Oslo.",
        "Norway signed an agreement to sell 500 buses to Chad.",
        "They reached a deal.",
    ],
)
def test_no_action(text: str) -> None:
    assert told(text) == []


def test_the_pact_is_the_pact_named_before() -> None:
    text = "A security pact between Norway and Chad was signed in May. Norway has since violated the pact."
    assert told(text) == [("Norway-Chad security pact", "signed"), ("Norway-Chad security pact", "breach-alleged")]


def test_title_and_body_telling_the_same_are_one_action() -> None:
    found = actions("Norway and Chad signed a trade agreement on Monday.", "Norway, Chad sign trade agreement")
    assert len(found) == 1
    assert {q.part for q in found[0].quotes} == {"title", "text"}


def test_deals_with_several_partners_are_several() -> None:
    found = actions("Norway has concluded trade deals with Chad and Mali.")
    assert [set(a.agreement.value.split()[0].split("-")) for a in found] == [{"Norway", "Chad"}, {"Norway", "Mali"}]


def test_known_name_must_be_of_its_time() -> None:
    assert told("The Paris accord between Norway and Chad was signed.", day="1987-03-02")[0][0] != "Paris Agreement"


def test_known_agreement_is_recognised_by_day_and_place() -> None:
    found = told("The currency agreement was reached last month in Paris by France and Japan.", day="1987-03-09")
    assert found == [("Louvre Accord", "signed")]


def test_what_states_agreed_to_is_an_agreement() -> None:
    name, action = told("Norway and Chad agreed to exchange prisoners.")[0]
    assert (name, action) == ("Norway-Chad agreement on exchange prisoners", "signed")
    assert told("Norway and Chad agreed to continue talks.") == []


def test_a_list_of_documents_signed() -> None:
    text = (
        "After the talks of Norway and Chad a number of documents were signed. They include a programme of cultural "
        "exchanges; a roadmap for cooperation in fisheries."
    )
    assert [action for _, action in told(text)] == ["signed", "signed"]


def test_when_place_and_condition_are_cited() -> None:
    text = "The trade agreement between Norway and Chad was signed in Oslo on May 2, 2021."
    action = actions(text)[0]
    assert action.when is not None
    assert action.when.value.edtf == "2021-05-02"
    assert action.place is not None
    assert action.place.value == "Oslo"
    assert sorted(b.value for b in action.by) == ["NOR", "TCD"]
    hangs = actions("Norway would return to the Open Skies Treaty if Chad returns to compliance.")[0]
    assert hangs.condition is not None
    assert hangs.condition.value == "if Chad returns to compliance"


def test_who_alleges_a_breach_is_the_teller() -> None:
    text = "Norway said Chad had violated the Minsk agreements."
    document = Document("d", text, published=Published("2021-05-04", "given"))
    found = find_agreements(*prepare(document, load(), Timings()), lambda sentence, token: "Norway")
    assert [b.value for b in found[0].by] == ["NOR"]


def test_lists_and_deeds_need_their_words() -> None:
    context, items = prepare(Document("d", "Norway met Chad."), load(), Timings())
    assert lists(context, items[0], None) is None
    assert list(agreed(context, items[0])) == []


def test_drafts_that_one_side_sent_are_proposed() -> None:
    text = "They took up the drafts of a Norway-Chad treaty on security guarantees, which were sent to the capitals."
    assert told(text) == [("Norway-Chad treaty on security guarantees", "proposed")]
    text = "They took up the drafts of a Norway-Chad treaty on security guarantees."
    assert told(text) == [("Norway-Chad treaty on security guarantees", "negotiated")]


def test_a_law_on_ratifying_ratifies() -> None:
    text = "The King signed the law on ratifying the peace treaty between Norway and Chad."
    assert [action for _, action in told(text)] == ["ratified"]
    assert [action for _, action in told("The King signed the peace treaty between Norway and Chad.")] == ["signed"]


def test_an_agreement_is_called_by_its_place_and_told_by_whom_it_was_made() -> None:
    dated = "The April 22 Oslo accord between Norway and Chad holds."
    assert told(dated) == [("Norway-Chad April Oslo accord", "signed")]
    assert told("Last week's accord in Oslo by Norway and Chad holds.") == [("Norway-Chad accord", "signed")]
    assert told("The accord in Oslo by Norway and Chad holds.") == []


def test_ids_hang_on_the_place_of_the_words() -> None:
    text = "Norway and Chad signed a trade agreement. Norway suspended the trade agreement with Chad."
    found = actions(text)
    assert len({a.id for a in found}) == len(found) == 2
    assert [a.id for a in found] == [a.id for a in actions(text)]


def test_agreements_of_the_seeds(shared: Path) -> None:
    wanted = {
        ("Treaty on Open Skies", "withdrawal-announced"),
        ("Treaty on Open Skies", "return-offered"),
        ("Treaty on Open Skies", "signed"),
        ("US-Russia arms control agreement", "proposed"),
    }
    texts = [p.read_text(encoding="utf-8") for p in sorted((shared / "seeds").glob("*.txt"))]
    readings = [read_document(Document(str(n), text), load()) for n, text in enumerate(texts)]
    assert {(a.agreement.value, a.action.value) for a in readings[0].agreements} == wanted
    for reading in readings:
        for action in reading.agreements:
            for quote in (*action.quotes, action.agreement.span, action.action.span):
                assert 0 <= quote.start < quote.stop <= len(reading.document.part(quote.part))


def test_a_condition_is_no_part_of_a_name() -> None:
    (action,) = actions("Norway signed the treaty with Chad on condition that Chad pays.")
    assert action.agreement.value == "Chad-Norway treaty"
    assert action.condition is not None
    assert action.condition.value == "on condition that Chad pays"


@pytest.mark.parametrize("word", ["until", "till", "through"])
def test_the_end_of_an_extension_is_not_its_day(word: str) -> None:
    (action,) = actions(f"Norway and Chad extended the fisheries treaty {word} February 5, 2026.")
    assert (action.action.value, action.when) == ("extended", None)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Norway and Chad signed an agreement on fisheries after their talks.", "2021-05-04"),
        ("Norway and Chad signed an agreement on fisheries after their talks on May 2.", "2021-05-02"),
        ("It rained. It poured. Norway and Chad signed an agreement on fisheries after their talks.", None),
        ("Norway and Chad had signed an agreement on fisheries after their talks.", None),
        ("Norway and Chad signed an agreement on fisheries.", None),
    ],
)
def test_what_was_signed_after_the_talks_told_was_signed_that_day(text: str, day: str | None) -> None:
    (action,) = actions(text)
    assert (action.when and action.when.value.edtf) == day
