"""The registry's tables: every reference leads somewhere, every date can be, and no office has two holders unawares."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from importlib import resources
from itertools import combinations
from pathlib import Path

import pytest
from benchmarks import registry_coverage

from communique import edtf
from communique.knowledge.registry import load_registry
from communique.model import ACTIONS, LEVELS

DATA = resources.files("communique.knowledge") / "data"
HEADERS = {
    "states": "code name aliases adjectives people capital metonyms from to source",
    "organisations": "name aliases kind seat metonyms source",
    "groups": "id aliases members from to source",
    "roles": "role level words",
    "offices": "id holder role title words source",
    "people": "id name aliases source",
    "tenures": "person office from to source",
    "agreements": "name aliases parties signed in_force ended notice place source",
    "agreement_steps": "agreement action by date source",
    "events": "name aliases date kind ordinal place parties source",
    "memberships": "organisation states from to source",
}
# roles of which a state or organisation has one holder at a time
SINGLE = {
    "president", "prime-minister", "monarch", "supreme-leader", "pope", "foreign-minister", "defence-minister",
    "secretary-general", "security-council-secretary", "vice-president", "high-representative",
}  # fmt: skip
# offices that two held at once for more than a month, and why
SHARED_OFFICES = {
    "ARE:vice-president": "there are two vice presidents since March 2023",
    "CIV:president": "Gbagbo and Ouattara both claimed it from the run-off of 2010 to April 2011",
    "RUS:security-council-deputy-secretary": "the secretary has several deputies",
}


def rows(table: str) -> list[dict[str, str]]:
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def items(cell: str) -> list[str]:
    return [item for item in cell.split("|") if item]


def sides() -> set[str]:
    return {r["code"] for r in rows("states")} | {r["name"] for r in rows("organisations")}


@pytest.mark.parametrize("table", HEADERS)
def test_a_table_has_the_agreed_columns_and_is_sorted(table: str) -> None:
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        header, *body = csv.reader(file)
    assert header == HEADERS[table].split()
    assert body == sorted(body)
    assert len({tuple(row) for row in body}) == len(body)


@pytest.mark.parametrize("table", HEADERS)
def test_cells_are_trimmed_and_items_not_empty_or_doubled(table: str) -> None:
    for row in rows(table):
        for column, cell in row.items():
            assert cell == cell.strip(), (table, row)
            if column in {"aliases", "words", "metonyms", "adjectives", "people", "members", "parties"}:
                assert "" not in cell.split("|") or cell == "", (table, row)
                assert len(set(items(cell))) == len(items(cell)), (table, row)


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("states", "code"), ("states", "name"), ("organisations", "name"), ("groups", "id"), ("roles", "role"),
        ("offices", "id"), ("people", "id"), ("agreements", "name"), ("events", "name"),
    ],
)  # fmt: skip
def test_ids_are_unique(table: str, column: str) -> None:
    found = [row[column] for row in rows(table)]
    assert [one for one in set(found) if found.count(one) > 1] == []


def test_every_row_of_facts_names_its_source() -> None:
    for table in HEADERS:
        if table != "roles":
            assert all(row["source"] for row in rows(table)), table


def test_references_lead_somewhere() -> None:
    known, roles = sides(), {r["role"] for r in rows("roles")}
    offices, people = {r["id"] for r in rows("offices")}, {r["id"] for r in rows("people")}
    assert [r["id"] for r in rows("offices") if r["holder"] not in known or r["role"] not in roles] == []
    assert [r for r in rows("tenures") if r["person"] not in people or r["office"] not in offices] == []
    assert [r["id"] for r in rows("groups") if not set(items(r["members"])) <= known] == []
    assert [r["name"] for r in rows("agreements") if not set(items(r["parties"])) <= known] == []
    agreements = {r["name"] for r in rows("agreements")}
    assert [r for r in rows("agreement_steps") if r["agreement"] not in agreements or r["action"] not in ACTIONS] == []
    assert [r for r in rows("agreement_steps") if not set(items(r["by"])) <= known] == []


def test_everybody_and_every_office_is_used() -> None:
    assert {r["id"] for r in rows("offices")} == {r["office"] for r in rows("tenures")}
    assert {r["id"] for r in rows("people")} == {r["person"] for r in rows("tenures")}


def test_levels_kinds_and_notices_are_of_the_agreed_ones() -> None:
    assert {r["level"] for r in rows("roles")} <= set(LEVELS)
    assert {r["kind"] for r in rows("organisations")} <= {"international", "armed", "alliance"}
    assert {r["kind"] for r in rows("events")} <= {"event", "summit", "anniversary-base"}
    assert all(not r["notice"] or r["notice"][0] == "P" for r in rows("agreements"))
    assert all(not r["ordinal"] or r["ordinal"].isdigit() for r in rows("events"))


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("states", "from to"), ("groups", "from to"), ("tenures", "from to"), ("agreements", "signed in_force ended"),
        ("agreement_steps", "date"), ("events", "date"),
    ],
)  # fmt: skip
def test_dates_can_be_read_and_stand_in_order(table: str, columns: str) -> None:
    for row in rows(table):
        values = [edtf.parse(row[c]) for c in columns.split() if row[c]]
        ends = [(v.earliest, v.latest) for v in values]
        if table != "agreements":  # a treaty can be in force before its last signature
            assert all(a <= d for (a, _), (_, d) in combinations(ends, 2) if a and d), row


def test_names_carry_no_titles() -> None:
    titled = ("President ", "Prime Minister ", "Mr. ", "Sir ", "Dr. ", "Gen. ", "Sheikh ")
    allowed = {"Sheikh Hasina"}
    assert [r["name"] for r in rows("people") if r["name"].startswith(titled) and r["name"] not in allowed] == []


def test_the_un_members_are_there() -> None:
    current = [r for r in rows("states") if not r["to"]]
    beside = {"XKX", "PSE", "TWN", "VAT", "GRL", "HKG"}  # Greenland and Hong Kong deal with states in their own name
    assert len({r["code"] for r in current} - beside) == 193
    assert {"XKX", "PSE", "TWN", "VAT", "SUN", "DDR", "CSK", "YUG"} <= {r["code"] for r in rows("states")}


def span(row: dict[str, str]) -> tuple[date, date]:
    since = edtf.parse(row["from"]).latest if row["from"] else None
    until = edtf.parse(row["to"]).earliest if row["to"] else None
    return since or date.min, until or date.max


def overlaps() -> Iterator[tuple[str, str, str]]:
    single = {r["id"] for r in rows("offices") if r["role"] in SINGLE}
    held = defaultdict(list)
    for row in rows("tenures"):
        if row["office"] in single and (row["from"] or row["to"]):
            held[row["office"]].append((*span(row), row["person"]))
    for office, tenures in held.items():
        for (a, b, one), (c, d, other) in combinations(sorted(tenures), 2):
            both = max(a, c), min(b, d)
            if both[0] < both[1] and both[1] - both[0] > timedelta(days=31):
                yield office, one, other


def test_an_office_has_one_holder_unless_the_reason_is_known() -> None:
    assert [found for found in overlaps() if found[0] not in SHARED_OFFICES] == []


@pytest.mark.parametrize(
    ("role", "side", "day", "name"),
    [
        ("president", "RUS", "2020-05-22", "Vladimir Putin"),
        ("foreign-minister", "USA", "2021-06-16", "Antony Blinken"),
        ("prime-minister", "DEU", "1987-02-22", "Helmut Kohl"),
        ("finance-minister", "JPN", "1987-02-22", "Kiichi Miyazawa"),
        ("leader", "SUN", "1986-10-11", "Mikhail Gorbachev"),
        ("secretary-general", "NATO", "2025-05-20", "Mark Rutte"),
        ("speaker", "RUS", "2021-01-01", "Vyacheslav Volodin"),
        ("pope", "VAT", "2025-05-18", "Pope Leo XIV"),
        ("special-envoy", "USA", "2025-05-20", "Steve Witkoff"),
        ("president", "SYR", "2025-05-20", "Ahmed al-Sharaa"),
    ],
)
def test_who_held_an_office_on_a_day(role: str, side: str, day: str, name: str) -> None:
    assert name in [actor.name for actor in load_registry().holders(role, side, date.fromisoformat(day))]


@pytest.mark.parametrize("entries", [registry_coverage.factbook, registry_coverage.reign], ids=["factbook", "reign"])
def test_the_lists_of_leaders_are_known(entries, shared: Path) -> None:
    wanted = list(entries(shared))
    lost = registry_coverage.misses(load_registry(), wanted)
    assert len(wanted) > 1000
    assert 1 - len(lost) / len(wanted) >= 0.98
    assert sorted({e.said for e in lost if registry_coverage.reason(e) == registry_coverage.UNKNOWN}) == []
