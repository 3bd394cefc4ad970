from datetime import date
from pathlib import Path

import pytest

from communique.knowledge.names import key, keys, same_name
from communique.knowledge.registry import Registry, RegistryError, load_registry
from communique.knowledge.titles import load_titles


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


@pytest.mark.parametrize(
    "spellings",
    [
        "Lukashenko Lukashenka",
        "Zelensky Zelenskyy Zelenskiy Zelenskyi",
        "Erdogan Erdoğan",
        "Sergei Sergey Sergej",
        "Gorbachev Gorbatchev",
        "Aliyev Aliev",
        "Yermak Iermak Ermak",
        "Khamenei Khameneyi",
        "Dmitry Dmitri Dmitriy Dmitrii",
        "Nausėda Nauseda",
        "Shoigu Shoygu",
        "Pashinyan Pashinian",
        "Rahmon Rakhmon",
    ],
)
def test_transliterations_of_a_name_share_a_key(spellings: str) -> None:
    assert len({key(word) for word in spellings.split()}) == 1


@pytest.mark.parametrize(("one", "other"), [("Putin", "Patten"), ("Bush", "Baş"), ("Kim", "Lim"), ("Orban", "Urbina")])
def test_other_names_do_not(one: str, other: str) -> None:
    assert key(one) != key(other)


@pytest.mark.parametrize(
    ("said", "full", "same"),
    [
        ("V. Putin", "Vladimir Putin", True),
        ("Vladimir Zelensky", "Volodymyr Zelenskyy", True),
        ("Joseph R. Biden", "Joe Biden", True),
        ("Boris Putin", "Vladimir Putin", False),
        ("William Brodsky", "William B. Taylor", False),
        ("Bashar Assad", "Bashar al-Assad", True),
        ("V.", "Vladimir Putin", False),
    ],
)
def test_a_name_said_means_a_full_name(said: str, full: str, same: bool) -> None:
    assert same_name(keys(said), keys(full)) is same


def test_the_holder_of_an_office_depends_on_the_day(registry: Registry) -> None:
    def president(day: date) -> list[str]:
        return [a.name for a in registry.holders("president", "USA", day)]

    assert president(date(2020, 5, 22)) == ["Donald Trump"]
    assert president(date(2021, 1, 19)) == ["Donald Trump"]
    assert president(date(2021, 1, 21)) == ["Joe Biden"]
    assert president(date(2025, 2, 1)) == ["Donald Trump"]


def test_the_offices_of_a_person_on_a_day_come_highest_first(registry: Registry) -> None:
    putin = registry.find_person("Vladimir Putin")[0]
    assert registry.offices_of(putin.id, date(2020, 5, 22))[0].id == "RUS:president"
    assert "prime-minister" in {o.role for o in registry.offices_of(putin.id, date(2010, 5, 22))}


def test_a_person_is_found_across_spellings_and_by_side(registry: Registry) -> None:
    day = date(2022, 3, 1)
    assert registry.find_person("Zelenskiy", day)[0].name == "Volodymyr Zelenskyy"
    assert registry.find_person(("Recep", "Tayyip", "Erdogan"), day)[0].name.startswith("Recep Tayyip")
    assert registry.find_person("Lukashenka", day)[0].name == "Alexander Lukashenko"
    assert registry.find_person("Bush", date(1990, 6, 1), "USA", "president")[0].name == "George H. W. Bush"
    assert registry.find_person("Nobody Whatsoever") == ()


def test_sides_are_found_by_alias(registry: Registry) -> None:
    assert registry.side("Russian Federation") == "RUS"
    assert registry.side("European Commission") == "European Union"
    assert registry.side("Atlantis") is None
    assert registry.party_side("NATO") == (None, "NATO")
    assert registry.party_side("FRA") == ("FRA", None)


def test_a_title_names_a_role(registry: Registry) -> None:
    role = registry.role_of("Minister of Foreign Affairs")
    assert role is not None
    assert (role.id, role.level) == ("foreign-minister", "minister")
    assert registry.role_of("chief juggler") is None


def test_a_user_folder_adds_rows_and_overrides_them(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("id,name,aliases,source\nada-lune,Ada Lune,,test\n", encoding="utf-8")
    (tmp_path / "tenures.csv").write_text(
        "person,office,from,to,source\nada-lune,FRA:president,2090-01,2095-XX,test\n", encoding="utf-8"
    )
    mine = load_registry([tmp_path])
    assert [a.name for a in mine.holders("president", "FRA", date(2091, 1, 1))][:1] == ["Ada Lune"]
    assert mine.find_person("Lune")[0].id == "ada-lune"
    assert load_registry().find_person("Ada Lune") == ()


@pytest.mark.parametrize(
    ("table", "text", "message"),
    [
        (
            "offices",
            "id,holder,role,title,words\nFRA:x,FRA,juggler,Juggler,\n",
            "offices.csv:2: unknown role 'juggler'; valid:",
        ),
        (
            "offices",
            "id,holder,role,title,words\nQQQ:x,QQQ,president,President,\n",
            "offices.csv:2: unknown holder 'QQQ'",
        ),
        ("people", "id,nom\nx,y\n", "people.csv:1: columns are id, nom; valid: id, name, aliases, source"),
        ("people", "id,name,aliases,source\nx,,,\n", "people.csv:2: name is empty"),
        ("people", "id,name,aliases,source\nx,y\n", "people.csv:2: 2 cells; the header has 4"),
        ("tenures", "person,office,from,to,source\nx-y,FRA:president,,,\n", "tenures.csv:2: person 'x-y' is in no row"),
        ("tenures", "person,office,from,to,source\ndonald-trump,USA:president,2020-13,,\n", "tenures.csv:2: from: "),
        ("groups", "id,aliases,members,from,to,source\nG,G,FRA|QQQ,,,\n", "groups.csv:2: member 'QQQ' is neither"),
        (
            "events",
            "name,aliases,date,kind,ordinal,place,source\nX,,2020,event,first,,\n",
            "events.csv:2: ordinal 'first' is no number",
        ),
        (
            "agreement_steps",
            "agreement,action,by,date,source\nNo Such Pact,signed,FRA,2020,\n",
            "agreement_steps.csv:2: agreement",
        ),
    ],
)
def test_a_bad_row_is_an_error_that_names_file_line_and_choices(
    tmp_path: Path, table: str, text: str, message: str
) -> None:
    (tmp_path / f"{table}.csv").write_text(text, encoding="utf-8")
    with pytest.raises(RegistryError) as caught:
        load_registry([tmp_path])
    assert message in str(caught.value)


def test_month_and_year_precision_are_intervals(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("id,name,aliases,source\nb-c,Bo Cray,,\n", encoding="utf-8")
    (tmp_path / "offices.csv").write_text(
        "id,holder,role,title,words\nTUV:envoy,TUV,security-adviser,Adviser,\n", encoding="utf-8"
    )
    (tmp_path / "tenures.csv").write_text(
        "person,office,from,to,source\nb-c,TUV:envoy,2001-03,2003,\n", encoding="utf-8"
    )
    mine = load_registry([tmp_path])

    def held(day: date) -> bool:
        return bool(mine.holders("security-adviser", "TUV", day))

    assert [held(d) for d in (date(2001, 2, 28), date(2001, 3, 1), date(2003, 12, 31), date(2004, 1, 1))] == [
        False, True, True, False,
    ]  # fmt: skip


def test_titles_load_and_are_folded() -> None:
    titles = load_titles()
    assert titles.level("ministers") == "minister"
    assert all(word == word.lower() for words in titles.words.values() for word in words)
