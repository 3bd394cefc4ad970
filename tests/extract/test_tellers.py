"""Tellers: whose account a place in a document is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from communique.extract.items import build_items
from communique.extract.speakers import mark_speakers
from communique.extract.tellers import Tellers, teller_at
from communique.extract.telling import told_by
from communique.knowledge import load
from communique.knowledge.rules import Rule
from communique.model import Cited, Document, Party, Published, Report, Span
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
        ("The talks had begun, Abel Aho of Telemark said.", "Abel Aho of Telemark"),
        ("Vladimir Putin announced the plan in a joint statement following the talks.", None),
        ("Vladimir Putin announced the plan, the talks and a feast.", "Vladimir Putin"),
        ("Vladimir Putin announced that Joe Biden had confirmed the talks.", "Vladimir Putin"),
        ("“It was cold. The talks were long. We ate well,” Vladimir Putin said.", "Vladimir Putin"),
        ("Vladimir Putin said he was glad. He said the talks were long.", "Vladimir Putin"),
        ("The talks had begun, according to a statement from the Kremlin.", "Kremlin"),
        ("The talks had begun, Norway’s state-run news agency Fishwire reported.", "Fishwire"),
        ("One official, who gave no name, told Reuters the talks had begun.", "official"),
        ("A senior official quoted Vladimir Putin as saying the talks had begun.", "senior official"),
        ("Vladimir Putin was quoted as saying the talks had begun.", "Vladimir Putin"),
        ("Vladimir Putin said it was cold. The diplomat said the talks had begun.", "Vladimir Putin"),
        ("A diplomat said it was cold. Vladimir Putin said so too. The diplomat said the talks had begun.", "diplomat"),
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


def test_who_cites_and_who_is_cited_both_tell() -> None:
    tellers = reading("The talks had begun, the Kremlin reported, citing local media. Bees were counted.")
    assert [c.value for c in tellers.all_at(0, 1)] == ["Kremlin", "local media"]
    assert [c.value for c in tellers.all_at(1, 0)] == []


def test_a_teller_stands_with_its_words() -> None:
    text = "The talks had begun, Vladimir Putin said."
    found = reading(text).at(0, 1)
    assert found is not None
    assert text[found.span.start : found.span.stop] == "Vladimir Putin"


WIRE = (
    "The leaders of Sweden and Chad spoke by telephone. According to Abel Berg, Deputy Spokesman of the Palace"
    " in Stockholm, during the call they talked about honey. “King Carl and President Deby discussed sheep. "
    "The two leaders also discussed rivers,” he wrote on Facebook. He also noted that the King “hoped that a "
    "quarrel over wool could be avoided.” The Foreign Ministry of Chad, in turn, reported that the presidents "
    "considered bridges. “In this context the need of roads was confirmed. Both praised the ferries,” the "
    "message reads. The situation around the lake was also touched upon. In addition, harbours were looked at."
    " Note that the previous call was about glass."
)


@pytest.mark.parametrize(
    ("word", "teller"),
    [
        ("honey", "Abel Berg"),
        ("sheep", "Abel Berg"),
        ("rivers", "Abel Berg"),
        ("wool", "Abel Berg"),
        ("bridges", "Foreign Ministry of Chad"),
        ("roads", "Foreign Ministry of Chad"),
        ("ferries", "Foreign Ministry of Chad"),
        ("lake", "Foreign Ministry of Chad"),
        ("harbours", "Foreign Ministry of Chad"),
        ("glass", None),
    ],
)
def test_accounts_are_carried_from_sentence_to_sentence(word: str, teller: str | None) -> None:
    assert who(WIRE, word) == teller


@pytest.mark.parametrize(
    ("text", "teller"),
    [
        ("Vladimir Putin said he had seen Joe Biden. He added that the talks were long.", "Vladimir Putin"),
        ("Bread is dear, Vladimir Putin said. Joe Biden came to Oslo. He said the talks were long.", "Joe Biden"),
        ("Norway said it was glad. The statement said the talks were long.", "Norway"),
        ("Officials of the Fish Union said so. The officials said the talks were long.", "Officials of the Fish Union"),
        ("Sources at the port spoke. The talks were long, a source familiar with the matter said.", "source"),
        ("“Putin told me the talks were long,” Joe Biden said.", "Joe Biden"),
        ("It was cold, the Herring Post reported. According to the newspaper, the talks were long.", "Herring Post"),
        ("The talks were long, the head of the north division, Abel Baker, said.", "Abel Baker"),
    ],
)
def test_pronouns_and_bare_nouns_mean_the_teller_before(text: str, teller: str) -> None:
    assert who(text, "talks") == teller


def test_a_paragraph_ends_an_account() -> None:
    text = "Norway reported that it was cold.\n\nThe two sides also discussed herring."
    assert who(text, "herring") is None
    assert who(text.replace("\n\n", " "), "herring") == "Norway"


def test_what_a_person_said_is_not_carried_to_what_others_did() -> None:
    assert who("Vladimir Putin said it was cold. Joe Biden also left the talks.", "talks") is None


def test_a_headline_within_a_text_relays_nobody() -> None:
    text = "It was cold. The bread was dear. Sheep ran.\nPUTIN SAYS HE WANTS HERRING TALKS SOON\nRain fell."
    assert who(text, "TALKS") is None


def test_a_free_long_dash_names_the_teller_of_a_headline() -> None:
    tellers = reading("Bread is dear.", "Herring discussed in talks with US — Vladimir Putin")
    found = tellers.at(0, 0)
    assert found is not None
    assert found.value == "Vladimir Putin"


def report(text: str, words: str) -> Report:
    span = Span("d", text.index(words), text.index(words) + len(words))
    parties = tuple(Cited(Party(n, s), span, "test") for n, s in (("Vladimir Putin", "RUS"), ("Joe Biden", "USA")))
    return Report("r", "d", span, (span,), parties, Cited("phone", span, "test"), Cited("held", span, "test"))


def told(text: str, words: str, url: str | None = None) -> set[str]:
    (cited,) = told_by(reading(text, url=url), [report(text, words)])
    return {c.value for c in cited}


def test_the_main_contact_is_also_told_by_those_who_tell_how_it_went_on() -> None:
    text = "Vladimir Putin and Joe Biden spoke by phone. After it, Norway said that the call was about herring."
    assert told(text, "spoke by phone") == {"Norway"}


def test_a_side_does_not_relay_itself_in_its_own_readout() -> None:
    text = "“I had a call with Joe Biden,” Vladimir Putin said."
    assert told(text, "call") == {"Vladimir Putin"}
    assert told(text, "call", "http://en.kremlin.ru/events/president/news/1") == set()


@pytest.mark.parametrize(
    ("text", "teller"),
    [
        ("Joe Biden confirmed that the talks were long, Norway said.", "Norway"),
        ("Norway said that Sweden was confirmed as host of the talks.", "Norway"),
        ("Norway reported frost. It added that the talks were long.", "Norway"),
    ],
)
def test_the_outer_teller_and_no_passive(text: str, teller: str) -> None:
    assert who(text, "talks") == teller


def test_a_contact_has_the_tellers_who_soon_point_back_to_it() -> None:
    text = "Sheep ran. Vladimir Putin met Joe Biden. It was cold. Norway said that the meeting was long. Rain fell."
    assert told(text, "met Joe Biden") == {"Norway"}


def test_a_headline_names_for_short_whom_the_text_names() -> None:
    text = "The Fish Ministry denied that Vladimir Putin had met Joe Biden."
    title = "Norway denies Vladimir Putin met Joe Biden"
    span = Span("d", title.index("met"), len(title), "title")
    headline = replace(report(text, "met Joe Biden"), trigger=span)
    assert {c.value for c in told_by(reading(text, title), [headline])[0]} == {"Fish Ministry"}


def test_saying_so_in_the_call_is_no_telling_of_the_call() -> None:
    text = "Vladimir Putin spoke by phone with Joe Biden. Vladimir Putin stated during the call that it was cold."
    assert told(text, "spoke by phone") == set()


CALL = "Vladimir Putin spoke with Joe Biden by telephone. "


@pytest.mark.parametrize(
    ("more", "tellers"),
    [
        ("After the call, the Kremlin said that peace was near.", {"Kremlin"}),
        ("Following the call, the Kremlin said that peace was near.", {"Kremlin"}),
        ("It was cold. Before the call, the Kremlin said that peace was near.", set()),
        ("During the call, Joe Biden said that peace was near.", set()),
        ('"We agreed that peace is near," Joe Biden wrote.', {"Joe Biden"}),
        ('"They want honey," Joe Biden said of the bees.', set()),
        ("Joe Biden said he had raised the price of honey.", set()),
    ],
)
def test_who_goes_on_to_tell_of_a_call_and_who_of_other_things(more: str, tellers: set[str]) -> None:
    assert told(CALL + more, CALL.strip()) == tellers
