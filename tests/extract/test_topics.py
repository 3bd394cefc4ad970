"""Topics: the rules' own examples, the lexicon, and what is discussed in which contact of a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from communique.extract.accounts import Accounts, account_region, zone
from communique.extract.context import Context
from communique.extract.items import Items
from communique.extract.lexicon import build_lexicon, expand
from communique.extract.tellers import Tellers
from communique.extract.telling import told_by
from communique.extract.topics import TopicReading, find_topics
from communique.knowledge import load
from communique.knowledge.phrases import PhraseError
from communique.knowledge.rules import Rule
from communique.model import Cited, Document, Party, Published, Report, Span
from communique.pipeline import Timings, prepare, read_document
from communique.text import norms

RULES = [r for field in ("topic", "topic-not", "account") for r in load().rules.by_field[field]]
LEXICON = build_lexicon(load().rules, "topic", "topic-not", "account")


def read(text: str, title: str | None = None) -> tuple[Context, tuple[Items, ...]]:
    return prepare(Document("d", text, title, published=Published("2021-05-04", "given")), load(), Timings())


def report(context: Context, quote: str, *names: str) -> Report:
    start = context.document.text.index(quote)
    span = Span("d", start, start + len(quote))
    parties = tuple(Cited(Party(name, side), span, "test") for name, side in zip(names, ("NOR", "SWE"), strict=False))
    return Report(quote, "d", span, (span,), parties, Cited("meeting", span, "test"), Cited("held", span, "test"))


def topics(text: str, *quotes: str, title: str | None = None) -> list[set[str]]:
    context, items = read(text, title)
    found = find_topics(context, items, [report(context, q, "Anna Berg", "Olof Lund") for q in quotes])
    return [{cited.value.topic for cited in one} for one in found]


def fires(rule: Rule, sentence: str) -> bool:
    said = norms(sentence)
    return any(words == said[i : i + len(words)] for i in range(len(said)) for words in _words(rule))


def _words(rule: Rule) -> Sequence[tuple[str, ...]]:
    return [words for phrase in rule.phrases for words in expand(phrase.source, load().rules.classes)]


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_examples_of_a_rule_match_and_counter_examples_do_not(rule: Rule) -> None:
    assert all(fires(rule, example) for example in rule.examples)
    assert not any(fires(rule, sentence) for sentence in rule.never)


def test_a_longer_phrase_hides_a_shorter_one() -> None:
    found = {hit.rule.sets.get("topic") for hit in LEXICON.find(norms("They spoke of food security."))}
    assert "food" in found
    assert "defence" not in found


def test_each_of_several_kinds_of_aid_is_a_topic() -> None:
    found = LEXICON.find(norms("They promised security, economic, and humanitarian assistance."))
    assert {hit.rule.sets.get("topic") for hit in found} >= {"defence", "finance", "humanitarian"}
    found = LEXICON.find(norms("They promised humanitarian assistance."))
    assert {hit.rule.sets["topic"] for hit in found if hit.rule.field == "topic"} == {"humanitarian"}


def test_what_else_a_sentence_names_is_weighed_with_a_topic() -> None:
    context, items = read("Anna Berg met Olof Lund. They urged sanctions in the fields of energy and trade.")
    reading = TopicReading(context, items)
    (account,) = reading.accounts.of([report(context, "Anna Berg met Olof Lund", "Anna Berg", "Olof Lund")])
    weighed = {hit.rule.sets["topic"]: features for _, hit, features in reading.hit_features(account)}
    assert {"beside sanctions trade", "beside energy trade"} <= set(weighed["trade"])
    assert "beside trade trade" not in weighed["trade"]


def test_the_account_of_a_readout_starts_with_its_text() -> None:
    text = (
        "Anna Berg spoke today about bees. She stressed the need for clean energy. "
        "During the meeting, the parties discussed vaccines."
    )
    context, items = read(text, "Anna Berg's meeting with Olof Lund")
    one = report(context, "the parties discussed vaccines", "Anna Berg", "Olof Lund")
    (account,) = Accounts(context, items).of([one])
    assert account.first == 1
    text = "Anna Berg spoke today. She stressed energy. She has not been there since her visit to Olof Lund in May."
    context, items = read(text, "Anna Berg's meeting with voters")
    (account,) = Accounts(context, items).of([report(context, "her visit to Olof Lund", "Anna Berg", "Olof Lund")])
    assert account.first == 3


def test_the_contact_of_the_title_leads_not_another_in_the_first_sentence() -> None:
    text = "Anna Berg met today with Olof Lund to prepare the call of King Per with Queen Eva. They discussed energy."
    context, items = read(text, "Anna Berg's meeting with Olof Lund")
    meeting = report(context, "Anna Berg met today with Olof Lund", "Anna Berg", "Olof Lund")
    meeting = replace(meeting, quotes=(Span("d", 0, 33, "title"), *meeting.quotes))
    call = report(context, "the call of King Per with Queen Eva", "King Per", "Queen Eva")
    assert [a.role for a in Accounts(context, items).of([meeting, call])] == ["lead", "serial"]
    assert [a.role for a in Accounts(context, items).of([call])] == ["lead"]


def test_only_plain_words_can_be_laid_out() -> None:
    with pytest.raises(PhraseError, match="not closed"):
        expand("(gas|oil", {})
    with pytest.raises(PhraseError, match="unknown class"):
        expand("@nothing", {})


def test_a_readout_tells_what_was_discussed() -> None:
    text = (
        "President Anna Berg met today with Prime Minister Olof Lund. The leaders discussed the climate crisis and "
        "the supply of weapons. They condemned terrorism. The President thanked the Prime Minister for his visit."
    )
    (found,) = topics(text, "President Anna Berg met today with Prime Minister Olof Lund", title="Talks in Oslo")
    assert {"climate", "terrorism"} <= found


def test_an_office_is_no_topic() -> None:
    text = "Berg met today with the National Security Advisor and the Minister of Energy Olof Lund. They had lunch."
    assert topics(text, "Berg met today") == [set()]


def test_every_topic_stands_with_its_words() -> None:
    text = "Anna Berg spoke with Olof Lund. They discussed the war in Yemen."
    context, items = read(text, "Call with Olof Lund")
    one = report(context, "Anna Berg spoke with Olof Lund", "Anna Berg", "Olof Lund")
    (found,) = find_topics(context, items, [one])
    quoted = {c.value.topic: text[c.span.start : c.span.stop] for c in found if c.span.part == "text"}
    assert quoted["conflict"] == "the war in Yemen"


def test_background_is_no_part_of_the_account_in_news() -> None:
    text = (
        "Anna Berg met Olof Lund in Oslo. They discussed trade. Norway lies in the north. "
        "The price of bread rose in March. Sheep graze on the hills. Rain is rare in June."
    )
    context, items = read(text, "Bread is dear")
    accounts = Accounts(context, items)
    (account,) = accounts.of([report(context, "Anna Berg met Olof Lund", "Anna Berg", "Olof Lund")])
    assert account.role == "lead"
    assert [context.sentences[i].tokens[0].text for i in account_region(accounts, account)] == ["Anna", "They"]


def test_a_meeting_told_of_in_passing_gets_nothing_from_the_account_around_it() -> None:
    text = (
        "Anna Berg spoke today with Olof Lund following their meeting in June. They discussed vaccines and the "
        "pandemic. They reviewed health security."
    )
    quotes = ("Anna Berg spoke today with Olof Lund", "their meeting in June")
    call, meeting = topics(text, *quotes, title="Call with Olof Lund")
    assert "health" in call
    assert "health" not in meeting


def test_reading_topics_twice_gives_the_same() -> None:
    context, items = read("Anna Berg met Olof Lund. They discussed gas and trade.")
    reports = [report(context, "Anna Berg met Olof Lund", "Anna Berg")]
    assert find_topics(context, items, reports) == find_topics(context, items, reports)
    assert TopicReading(context, items).accounts.of([]) == ()


def test_a_topic_is_entered_once_for_each_who_tells_of_it() -> None:
    text = (
        "Anna Berg and Olof Lund spoke by phone. According to Abel Aho, the two leaders discussed the pandemic "
        "and inflation in the global economy. "
        "The Foreign Ministry, in turn, reported that the leaders discussed the pandemic and space."
    )
    context, items = read(text)
    tellers = Tellers(context, items)
    call = report(context, "Anna Berg and Olof Lund spoke by phone", "Anna Berg", "Olof Lund")
    (told,) = told_by(tellers, [call])
    assert {c.value for c in told} == {"Abel Aho", "Foreign Ministry"}
    (found,) = find_topics(context, items, [replace(call, told_by=told)], tellers)
    assert {(c.value.topic, c.value.teller) for c in found} >= {
        ("health", "Abel Aho"),
        ("health", "Foreign Ministry"),
        ("finance", "Abel Aho"),
        ("space", "Foreign Ministry"),
    }


def test_an_account_comes_back_behind_another_contact() -> None:
    text = (
        "Joe Biden met Olaf Scholz. Norway will host talks with Chad. Chad is far away. "
        "The chancellor and Joe Biden, Olaf Scholz said, had discussed honey. It is sweet."
    )
    context, items = read(text)
    accounts = Accounts(context, items)
    first, talks = (report(context, quote, "Joe Biden", "Olaf Scholz") for quote in ("Joe Biden met", "Norway will"))
    talks = replace(talks, parties=())
    account, _ = accounts.of([first, talks])
    assert [zone(account, s) for s in context.sentences[:5]] == ["own", "other", "later", "next", "next"]


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_every_rule_has_three_examples_and_a_counter_example(rule: Rule) -> None:
    assert len(rule.examples) >= 3
    assert rule.never


def test_a_headline_set_into_another_article_speaks_for_itself() -> None:
    text = "Talks on a ceasefire drag on.\n\nOLAF SCHOLZ DENIES CLAIM AHEAD OF MACRON TALKS\n\nThe ceasefire is far."
    document = Document("d", text, published=Published("2022-04-05", "given"))
    (report,) = [r for r in read_document(document, load()).reports if r.status.value == "planned"]
    assert report.topics == ()
