"""Mentions of actors: every sentence is invented; the day decides who holds an office."""

from __future__ import annotations

from datetime import date

import pytest

from communique.extract.actors import find_actors
from communique.extract.context import ActorMention
from communique.extract.issuer import Issuer, issuer_of, issuer_party
from communique.knowledge.registry import load_registry
from communique.model import Document
from communique.text import split

WHITE_HOUSE = "https://www.whitehouse.gov/briefing-room/x"
KREMLIN = "http://en.kremlin.ru/events/president/news/1"
BANKOVA = "https://www.president.gov.ua/en/news/x-1"


def read(text: str, day: str, title: str | None = None, url: str | None = None) -> list[tuple[str, ActorMention]]:
    document = Document("d", text, title, url=url)
    found = find_actors(document, split(document), load_registry(), date.fromisoformat(day))
    return [(document.part(m.span.part)[m.span.start : m.span.stop], m) for ms in found for m in ms]


def who(mention: ActorMention) -> str:
    return " + ".join(f"{p.name or p.office or '-'}/{p.side}" for p in mention.parties)


def said(text: str, day: str = "2022-03-10", title: str | None = None, url: str | None = None) -> dict[str, str]:
    """What each mention stands for, by its words; the last one wins."""
    return {words: who(m) for words, m in read(text, day, title, url) if not m.adjective}


# -- persons with titles -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day", "words", "person"),
    [
        (
            "Deputy Foreign Minister Sergei Ryabkov gave a talk.",
            "2020-05-22",
            "Deputy Foreign Minister Sergei Ryabkov",
            "Sergei Ryabkov/RUS",
        ),
        (
            "Polish Prime Minister Adam Kowalczyk spoke.",
            "2093-01-01",
            "Polish Prime Minister Adam Kowalczyk",
            "Adam Kowalczyk/POL",
        ),
        ("Foreign Minister Wang Yi arrived.", "2022-03-10", "Foreign Minister Wang Yi", "Wang Yi/CHN"),
        ("Secretary Blinken left early.", "2022-03-10", "Secretary Blinken", "Antony Blinken/USA"),
        (
            "Speaker of the Saeima of the Republic of Latvia Liga Ozola came.",
            "2022-03-10",
            "Speaker of the Saeima of the Republic of Latvia Liga Ozola",
            "Liga Ozola/LVA",
        ),
        (
            "The call was with H.E. Dr. Samuel Obi, Minister of Water of Ghana.",
            "2022-03-10",
            "H.E. Dr. Samuel Obi, Minister of Water of Ghana",
            "Samuel Obi/GHA",
        ),
        (
            "Zara Moss, the foreign minister of Iceland, nodded.",
            "2093-01-01",
            "Zara Moss, the foreign minister of Iceland",
            "Zara Moss/ISL",
        ),
        (
            "SECRETARY OF STATE GEORGE SHULTZ FLIES TO GENEVA",
            "1987-03-02",
            "SECRETARY OF STATE GEORGE SHULTZ",
            "George Shultz/USA",
        ),
        (
            "Talks with Deputy Minister of Trade of Turkey Cem Arslan began.",
            "2022-03-10",
            "Deputy Minister of Trade of Turkey Cem Arslan",
            "Cem Arslan/TUR",
        ),
        (
            "It met Director of the Federal Border Service of Kyrgyzstan Aibek Osmonov.",
            "2022-03-10",
            "Director of the Federal Border Service of Kyrgyzstan Aibek Osmonov",
            "Aibek Osmonov/KGZ",
        ),
        (
            "President Joseph R. Biden, Jr. hosted a dinner.",
            "2022-03-10",
            "President Joseph R. Biden, Jr.",
            "Joe Biden/USA",
        ),
        (
            "They heard Foreign Minister Omar Haddad of Iraq.",
            "2093-01-01",
            "Foreign Minister Omar Haddad of Iraq",
            "Omar Haddad/IRQ",
        ),
        (
            "UNICEF Kenya Representative Pia Lind came.",
            "2022-03-10",
            "UNICEF Kenya Representative Pia Lind",
            "Pia Lind/UNICEF",
        ),
        (
            "President Bashar al-Assad of Syria wrote back.",
            "2021-03-10",
            "President Bashar al-Assad of Syria",
            "Bashar al-Assad/SYR",
        ),
        ("A word from US President Donald Tru", "2025-03-10", "US President Donald Tru", "Donald Trump/USA"),
    ],
)
def test_a_title_and_a_name_are_one_mention(text: str, day: str, words: str, person: str) -> None:
    assert said(text, day)[words] == person


def test_several_titles_of_one_person_are_one_mention() -> None:
    text = (
        "According to the Special Assistant to the President of the United States, Deputy Speaker of the White House, "
        "Judd Deere, it went well. Deputy Prime Minister and Minister of Foreign and Expatriates Affairs of the "
        "Hashemite Kingdom of Jordan Nabil Qasim agreed. "
        "Ilker Demir, Spokesperson and Chief Advisor to the President of Turkey, smiled."
    )
    people = [(w, who(m)) for w, m in read(text, "2020-07-24") if m.kind == "person"]
    assert [p for _, p in people] == ["Judd Deere/USA", "Nabil Qasim/JOR", "Ilker Demir/TUR"]
    assert people[0][0].startswith("the Special Assistant")


def test_a_plural_title_gives_each_name_its_state() -> None:
    found = said("U.S. and Russian Presidents Donald Trump and Vladimir Putin spoke.", "2020-07-24")
    assert found == {
        "U.S. and Russian Presidents Donald Trump": "Donald Trump/USA",
        "Vladimir Putin": "Vladimir Putin/RUS",
    }
    found = said(
        "The presidents of Russia and the United States, Vladimir Putin and Donald Trump, spoke.", "2020-07-24"
    )
    assert set(found.values()) == {"Vladimir Putin/RUS", "Donald Trump/USA"}


def test_the_office_is_as_the_document_gives_it_and_the_level_its_own() -> None:
    ((_, mention),) = [
        x for x in read("The President of Ukraine Volodymyr Zelenskyy spoke.", "2022-03-10") if x[1].kind == "person"
    ]
    party = mention.parties[0]
    assert (party.office, party.level) == ("President of Ukraine", "leader")
    ((_, mention),) = [
        x for x in read("They dined with former President Trump.", "2022-03-10") if x[1].kind == "person"
    ]
    assert (mention.parties[0].name, mention.parties[0].office) == ("Donald Trump", "former President")


# -- names alone ---------------------------------------------------------------------------------------------------


def test_a_surname_is_who_was_named_in_full() -> None:
    found = said(
        "Swedish Finance Minister Ulla Berg met Danish Health Minister Per Holm. Berg thanked Holm.", "2093-01-01"
    )
    assert (found["Berg"], found["Holm"]) == ("Ulla Berg/SWE", "Per Holm/DNK")


def test_a_surname_alone_is_who_is_in_office_on_the_day() -> None:
    assert said("Putin and Bush spoke.", "2003-06-01")["Bush"] == "George W. Bush/USA"
    assert said("Gorbachev and Bush spoke.", "1990-06-01")["Bush"] == "George H. W. Bush/USA"
    assert said("Can ties recover after the Xi-Putin summit?", "2023-03-25") == {
        "Xi": "Xi Jinping/CHN",
        "Putin": "Vladimir Putin/RUS",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Jordan Miller, a baker, opened a shop.",
        "Young people sang. The chain stores closed. Nazi rule ended.",
        "Roast turkey was served with china plates.",
        "The Washington Post and the Moscow Times wrote about the South China Sea.",
        "He who knows us said it may rain in march.",
        "Tenneco vice president Joe Farmer resigned.",
        "General Motors Corp and Bank of China signed.",
        "A Chinese restaurant served Turkish delight.",
        "In general, the head office is a state secret.",
    ],
)
def test_what_is_no_actor(text: str) -> None:
    assert [w for w, m in read(text, "2022-03-10") if not m.adjective and m.kind not in ("pronoun",)] == []


def test_a_stranger_without_an_office_is_no_mention_until_introduced() -> None:
    assert said("Anna Lind sang.") == {}


def test_an_adjective_before_a_common_noun_is_only_an_adjective() -> None:
    assert [(w, m.adjective) for w, m in read("Russian gas and Polish coal.", "2022-03-10")] == [
        ("Russian", True),
        ("Polish", True),
    ]
    assert [(w, who(m)) for w, m in read("Russian-American trade grew.", "2022-03-10")] == [
        ("Russian", "-/RUS"),
        ("American", "-/USA"),
    ]


# -- offices -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day", "words", "person"),
    [
        ("The president of France wrote.", "2022-03-10", "The president of France", "Emmanuel Macron/FRA"),
        ("The Russian president wrote.", "2022-03-10", "The Russian president", "Vladimir Putin/RUS"),
        ("The French leader wrote.", "2010-03-10", "The French leader", "Nicolas Sarkozy/FRA"),
        ("They asked Germany's chancellor.", "2010-03-10", "Germany's chancellor", "Angela Merkel/DEU"),
        ("They asked the American leader.", "2010-03-10", "the American leader", "Barack Obama/USA"),
        ("They asked the NATO chief.", "2023-03-10", "the NATO chief", "Jens Stoltenberg/NATO"),
        ("A German minister wrote.", "2022-03-10", "A German minister", "German minister/DEU"),
        ("Russia's top diplomat spoke.", "2022-03-10", "Russia's top diplomat", "Sergey Lavrov/RUS"),
    ],
)
def test_an_office_of_a_side_is_its_holder_on_the_day(text: str, day: str, words: str, person: str) -> None:
    assert said(text, day)[words] == person


def test_the_president_is_the_issuers() -> None:
    text = "The President spoke with President Emmanuel Macron of France. The President thanked him."
    assert said(text, "2022-03-10", url=WHITE_HOUSE)["The President"] == "Joe Biden/USA"
    assert said(text, "2022-03-10", url=BANKOVA)["The President"] == "Volodymyr Zelenskyy/UKR"
    assert said("French President Emmanuel Macron spoke. The president left.")["The president"] == "Emmanuel Macron/FRA"


def test_an_office_inside_a_state_is_another_office() -> None:
    assert (
        "Macron"
        not in said("They met President of the French Senate Luc Vidal.")["President of the French Senate Luc Vidal"]
    )
    assert (
        said("The leader of Hungary's opposition party sang.").get("The leader of Hungary's opposition party") is None
    )
    assert "Macron" not in " ".join(said("The president of France's largest bank resigned.").values())


def test_a_vocative_is_no_mention() -> None:
    assert "President" not in said("Welcome, Mr President.", url=KREMLIN)


# -- states, organisations, groups ---------------------------------------------------------------------------------


def test_capitals_and_seats_stand_for_the_state_but_not_as_places() -> None:
    found = said(
        "Washington and Moscow agreed, and the Kremlin told the White House. They met in Moscow after a flight to Kyiv."
    )
    assert found == {
        "Washington": "-/USA",
        "Moscow": "-/RUS",
        "the Kremlin": "-/RUS",
        "the White House": "-/USA",
        "They": "-/USA + -/RUS",
    }


@pytest.mark.parametrize(
    "text",
    [
        "MOSCOW, May 21. /TASS/. Rain fell.",
        "Cablegram 33 CANBERRA, 8 February. It rained.",
        "The Moscow region saw rain.",
        "He flew from Paris to Vienna.",
        "Rain fell in Kyiv, near Minsk and outside Warsaw.",
    ],
)
def test_a_capital_as_a_place_is_no_actor(text: str) -> None:
    assert [w for w, m in read(text, "2022-03-10") if m.kind != "pronoun"] == []


def test_a_message_to_a_capital_is_to_its_government() -> None:
    assert said("Oslo sent a message to Vienna.")["Vienna"] == "-/AUT"


def test_sides_delegations_and_ministries() -> None:
    found = said(
        "The Russian side met a Ukrainian delegation. The Russian Foreign Ministry and the Pentagon were silent."
    )
    assert found["The Russian side"] == "-/RUS"
    assert found["a Ukrainian delegation"] == "delegation/UKR"
    assert found["The Russian Foreign Ministry"] == "Foreign Ministry/RUS"
    assert found["the Pentagon"] == "Pentagon/USA"


def test_organs_stand_for_their_organisation() -> None:
    found = said("The European Commission wrote to NATO and to the United Nations.")
    assert list(found.values()) == ["-/European Union", "-/NATO", "-/United Nations"]


def test_groups_stand_for_their_members() -> None:
    assert said("The E3 met.")["The E3"] == "-/DEU + -/FRA + -/GBR"
    assert (
        said("The foreign ministers of Germany, France and Poland met.", "2023-03-10")[
            "The foreign ministers of Germany, France and Poland"
        ]
        == "Annalena Baerbock/DEU + Catherine Colonna/FRA + Zbigniew Rau/POL"
    )
    five = said("A summit of the permanent members of the UN Security Council was proposed.")
    assert five["the permanent members of the UN Security Council"].count("/") == 5
    assert said("G7 leaders met.")["G7 leaders"] == "leaders/G7"


def test_sides_are_former_states_on_their_days() -> None:
    assert said("Soviet leader Mikhail Gorbachev spoke; Moscow was silent.", "1987-03-02") == {
        "Soviet leader Mikhail Gorbachev": "Mikhail Gorbachev/SUN", "Moscow": "-/SUN",
    }  # fmt: skip


def test_what_a_minister_is_for_is_not_whose_minister_it_is() -> None:
    found = said(
        "Minister for European Union Affairs Konrad Lubo of Poland and the Minister for Europe of France came."
    )
    assert found["Minister for European Union Affairs Konrad Lubo of Poland"] == "Konrad Lubo/POL"
    assert found["the Minister for Europe of France"].endswith("/FRA")


def test_ranks_may_stand_before_the_side() -> None:
    found = said("The top Russian diplomat met a deputy Kenyan foreign minister.", "2022-03-10")
    assert found["The top Russian diplomat"] == "Sergey Lavrov/RUS"
    assert found["a deputy Kenyan foreign minister"] == "deputy Kenyan foreign minister/KEN"


def test_a_leaders_name_owns_envoys_and_governments() -> None:
    found = said(
        "Trump envoy Zed Marlow met Putin's aide Igor Lemov. Trump administration officials agreed.", "2025-08-20"
    )
    assert found == {
        "Trump envoy Zed Marlow": "Zed Marlow/USA",
        "Putin's aide Igor Lemov": "Igor Lemov/RUS",
        "Trump administration officials": "-/USA",
    }


def test_a_states_own_security_council_is_not_the_united_nations() -> None:
    assert said("The President met permanent members of the Security Council.", "2021-11-05", url=KREMLIN) == {
        "The President": "Vladimir Putin/RUS"
    }
    assert said("The UN Security Council met.", "2021-11-05", url=KREMLIN) == {
        "The UN Security Council": "-/United Nations"
    }


def test_strangers_who_share_a_surname_are_not_taken_for_others() -> None:
    found = said("Gregor Lavrov, a baker, won a prize. Lavrov thanked his wife. Russian gas is dear.", "2022-03-10")
    assert "Lavrov" not in found


# -- taking up who was named ---------------------------------------------------------------------------------------

PAIR = "Chinese President Xi Jinping called Indian Prime Minister Narendra Modi. "


@pytest.mark.parametrize(
    "words", ["The two leaders", "The leaders", "Both leaders", "The interlocutors", "The two sides", "They", "The two"]
)
def test_groups_of_two_are_those_just_named(words: str) -> None:
    assert said(PAIR + f"{words} agreed.")[words] == "Xi Jinping/CHN + Narendra Modi/IND"


def test_countries_are_bodies() -> None:
    assert said(PAIR + "Both countries will gain.")["Both countries"] == "-/CHN + -/IND"


def test_they_rank_by_title() -> None:
    text = PAIR + "Kenyan Foreign Minister Joy Otieno met Peruvian Foreign Minister Rosa Quispe. "
    assert said(text + "The ministers agreed.", "2093-01-01")["The ministers"] == "Joy Otieno/KEN + Rosa Quispe/PER"


@pytest.mark.parametrize(
    ("text", "word", "person"),
    [
        ("He smiled.", "He", "Xi Jinping/CHN"),
        ("Modi said he was glad.", "he", "Narendra Modi/IND"),
        ("Finnish Prime Minister Sanna Marin joined. She smiled.", "She", "Sanna Marin/FIN"),
    ],
)
def test_pronouns_take_up_the_subject(text: str, word: str, person: str) -> None:
    assert said(PAIR + text, "2022-03-10")[word] == person


def test_counterparts_hold_the_same_office_of_the_other_side() -> None:
    text = "US Secretary of State Antony Blinken called his Russian counterpart. "
    assert said(text)["his Russian counterpart"] == "Sergey Lavrov/RUS"
    assert (
        said("Antony Blinken called his Russian counterpart Sergey Lavrov.")["his Russian counterpart Sergey Lavrov"]
        == "Sergey Lavrov/RUS"
    )
    text = "Brazilian Health Minister Ana Reis met Kenyan Health Minister Joy Otieno. Reis thanked her counterpart."
    assert said(text, "2093-01-01")["her counterpart"] == "Joy Otieno/KEN"


def test_a_list_says_whose_ministers_they_are() -> None:
    text = (
        "Jordanian officials met their Syrian counterparts, including Minister of Energy Karim Saleh and "
        "Minister of Transport Adel Nassar."
    )
    found = said(text, "2093-01-01")
    assert found["Minister of Energy Karim Saleh"] == "Karim Saleh/SYR"
    assert found["Minister of Transport Adel Nassar"] == "Adel Nassar/SYR"
    found = said("We met President Urs Keller and Foreign Minister Reto Frei of Switzerland.", "2093-01-01")
    assert found["President Urs Keller"] == "Urs Keller/CHE"


def test_an_address_is_spoken_by_its_issuer() -> None:
    text = "Today I spoke with Prime Minister of Portugal Rui Lopes. I thanked him. We agreed on everything."
    found = said(text, "2022-03-10", "Address by the President", BANKOVA)
    assert (found["I"], found["We"]) == ("Volodymyr Zelenskyy/UKR", "Volodymyr Zelenskyy/UKR")


def test_a_label_changes_the_speaker() -> None:
    text = "Vladimir Putin: I am glad to see you.\n\nEmmanuel Macron: I thank you, and I agree."
    assert [who(m) for w, m in read(text, "2020-03-10", url=KREMLIN) if w == "I"] == [
        "Vladimir Putin/RUS", "Emmanuel Macron/FRA", "Emmanuel Macron/FRA",
    ]  # fmt: skip


def test_i_in_a_quotation_is_who_says_it() -> None:
    assert said("“I spoke with Narendra Modi,” Emmanuel Macron said.")["I"] == "Emmanuel Macron/FRA"


# -- shape -----------------------------------------------------------------------------------------------------------


def test_mentions_stand_in_order_without_overlap_and_at_their_offsets() -> None:
    title = "Putin, Xi discuss trade"
    text = PAIR + "The Russian side told the E3 that he, the King of Jordan and “H.E. Dr. Paul Biya” met.\n\nThey left."
    document = Document("d", text, title)
    sentences = split(document)
    found = find_actors(document, sentences, load_registry(), date(2022, 3, 10))
    assert len(found) == len(sentences)
    for sentence, mentions in zip(sentences, found, strict=True):
        stop = 0
        for mention in mentions:
            assert stop <= mention.first < mention.last <= len(sentence.tokens)
            assert mention.span.part == sentence.part
            assert mention.span.start == sentence.tokens[mention.first].start
            assert mention.span.stop == sentence.tokens[mention.last - 1].stop
            stop = mention.last


@pytest.mark.parametrize(
    "text", ["", "...", "- - -", "“", "’s", "of the the of", "Mr. Mr. Mr.", "The", "President", "G7", "the two", "A-"]
)
def test_scraps_do_no_harm(text: str) -> None:
    read(text, "2022-03-10", title=text)
    find_actors(Document("d", text), split(Document("d", text)), load_registry(), None)


# -- issuers -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "issuer"),
    [
        (Document("d", "x", url=WHITE_HOUSE), Issuer("USA", "president")),
        (Document("d", "x", url=KREMLIN), Issuer("RUS", "president")),
        (Document("d", "x", url="https://www.mfa.gov.xx.example.org/"), None),
        (Document("d", "x", url="https://minrex.gob.cu/news"), Issuer("CUB", "")),
        (Document("d", "x", url="https://tass.com/politics/1"), None),
        (Document("d", "x", publisher="President of Ukraine (site)"), Issuer("UKR", "president")),
        (
            Document("d", "x", title="Readout of President Roe’s Call with Prime Minister Moe"),
            Issuer("USA", "president"),
        ),
        (Document("d", "The President slept.", title="News of the day"), None),
    ],
)
def test_the_issuer_of_a_document(document: Document, issuer: Issuer | None) -> None:
    assert issuer_of(document) == issuer


def test_the_party_for_whom_an_issuer_speaks() -> None:
    registry = load_registry()
    party = issuer_party(Document("d", "x", url=KREMLIN), registry, date(2020, 5, 22))
    assert party is not None
    assert (party.name, party.state) == ("Vladimir Putin", "RUS")
    party = issuer_party(Document("d", "x", url="https://minrex.gob.cu/news"), registry, date(2020, 5, 22))
    assert party is not None
    assert (party.name, party.state, party.level) == (None, "CUB", "body")
    assert issuer_party(Document("d", "x"), registry, date(2020, 5, 22)) is None
