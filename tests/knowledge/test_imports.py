"""Office-holders from the files of others: each form, what is known already, what is refused and why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from communique.errors import UsageError
from communique.knowledge.imports import Additions, Holding, Refused, matched, read_holdings
from communique.knowledge.imports.matching import bare_title
from communique.knowledge.registry import load_registry
from communique.knowledge.writing import write_additions

WIKIDATA = {
    "personLabel": "Kari Nordmann", "positionLabel": "Prime Minister of Norway", "countryLabel": "Norway",
    "start": "2030-01-01T00:00:00Z", "startPrecision": "9", "end": "_:b0", "personAltLabel": "K. Nordmann, Kari N.",
}  # fmt: skip
ENTITIES = (
    {"id": "p", "schema": "Person", "properties": {"name": ["Kari Nordmann"], "alias": ["K. Nordmann"]}},
    {"id": "q", "schema": "Position", "properties": {"name": ["Minister of Defence"], "country": ["no"]}},
    {"id": "o", "schema": "Occupancy", "properties": {"holder": ["p"], "post": ["q"], "startDate": ["2030-01"]}},
    {"id": "lost", "schema": "Occupancy", "properties": {"holder": ["nobody"], "post": ["q"]}},
)
PETRARCH = """# of our own
KARI_NORDMANN_ ; prime minister
+K._NORDMANN_
\t[NORGOV 301016-361014]
\t[NORELI >361014]
OSLO_ [NOR]
JANE_DOE_ [USAMIL <990101]
"""


def file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def additions(path: Path) -> Additions:
    return matched(read_holdings(path), load_registry(), "a test")


def test_a_wikidata_answer_in_either_of_its_forms(tmp_path: Path) -> None:
    bindings = {"results": {"bindings": [{k: {"type": "literal", "value": v} for k, v in WIKIDATA.items()}]}}
    for answer in (bindings, [WIKIDATA]):
        (row,) = read_holdings(file(tmp_path, "answer.json", json.dumps(answer)))
        assert isinstance(row, Holding)
        assert (row.person, row.since, row.until) == ("Kari Nordmann", "2030", None)
        assert row.aliases == ("K. Nordmann", "Kari N.")


def test_entities_of_followthemoney_are_joined(tmp_path: Path) -> None:
    text = "".join(json.dumps(entity) + "\n" for entity in ENTITIES)
    row, lost = read_holdings(file(tmp_path, "peps.json", text))
    assert row == Holding(
        "Kari Nordmann", "Minister of Defence", "Norway", "2030-01", None, "peps.json: line 3", ("K. Nordmann",)
    )
    assert isinstance(lost, Refused)
    assert "export both" in lost.problem


def test_actors_of_petrarch_with_sectors_of_a_state(tmp_path: Path) -> None:
    rows = read_holdings(file(tmp_path, "actors.txt", PETRARCH))
    assert [(r.person, r.side, r.since, r.until) for r in rows if isinstance(r, Holding)] == [
        ("Kari Nordmann", "NOR", "1930-10-16", "1936-10-14"),
        ("Jane Doe", "USA", None, "1999-01-01"),
    ]


def test_own_tables_say_what_is_wrong_with_a_row(tmp_path: Path) -> None:
    text = "person,title,side,from,to\nKari,Minister,,,\nKari,Minister,Norway,2030-13-01,\n"
    no_side, no_date = read_holdings(file(tmp_path, "mine.csv", text))
    assert isinstance(no_side, Refused)
    assert isinstance(no_date, Refused)
    assert (no_side.place, no_side.problem) == ("mine.csv: line 2", "side is empty")
    assert no_date.problem.startswith("a date that is none")


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.csv", "who,what\n"), ("a.json", '{"no": 1}'), ("a.json", "[1, 2]"), ("a.txt", "no code"), ("a.json", "{")],
)
def test_a_file_of_another_form_is_told(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(UsageError, match="cannot be read as"):
        read_holdings(file(tmp_path, name, text))


def test_what_the_registry_knows_is_not_added(tmp_path: Path) -> None:
    known = {"person": "Erna Solberg", "title": "Prime Minister of Norway", "from": "2013-10-16", "to": "2021-10-14"}
    text = "person,title,side,from,to\n{person},{title},Norway,{from},{to}\n".format(**known)
    found = additions(file(tmp_path, "mine.csv", text))
    assert (found.known, found.people, found.tenures) == (1, {}, [])


def test_a_person_of_the_registry_keeps_his_id_and_a_namesake_gets_one(tmp_path: Path) -> None:
    rows = "Sergei Lavrov,Minister of Energy,Russia,2031,\nSergei Lavrov,President,Chad,2031,\n"
    text = "person,title,side,from,to\n" + rows
    found = additions(file(tmp_path, "mine.csv", text))
    assert [t.actor for t in found.tenures] == ["sergey-lavrov", "sergei-lavrov"]
    assert list(found.people) == ["sergei-lavrov"]


def test_a_title_without_a_role_and_a_side_nobody_knows_are_set_aside(tmp_path: Path) -> None:
    text = "person,title,side,from,to\nKari N,Grand Wizard,Norway,,\nKari N,Minister,Atlantis,,\n"
    found = additions(file(tmp_path, "mine.csv", text))
    assert [r.excerpt for r in found.refused] == ["Kari N, Grand Wizard", "Atlantis"]
    assert not found.people


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("Prime Minister of Norway", "Prime Minister"),
        ("Norwegian Minister of Defence", "Minister of Defence"),
        ("Minister for the Kingdom of Norway", "Minister"),
        ("Minister of Defence", "Minister of Defence"),
    ],
)
def test_a_title_without_its_side(title: str, bare: str) -> None:
    assert bare_title(title, load_registry(), "NOR") == bare


def test_what_is_written_is_read_and_written_once(tmp_path: Path) -> None:
    text = "person,title,side,from,to,role\nKari Nordmann,Keeper of Keys,Norway,2030-02-01,,security-adviser\n"
    found, folder = additions(file(tmp_path, "mine.csv", text)), tmp_path / "mine"
    write_additions(found, folder, "a test")
    written = {path.name: path.read_bytes() for path in folder.iterdir()}
    write_additions(found, folder, "a test")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == written
    registry = load_registry((folder,))
    assert [p.name for p in registry.holders_of("NOR:keeper-of-keys", None)] == ["Kari Nordmann"]
    assert matched(read_holdings(tmp_path / "mine.csv"), registry, "a test").known == 1
