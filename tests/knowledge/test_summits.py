"""Members of organisations on a day, and the gatherings that places and names stand for."""

from datetime import date

import pytest

from communique.knowledge import load
from communique.knowledge.summits import edition, gathered_at, handles, in_capital, members

REGISTRY = load().registry
NONE = (None, None)


@pytest.mark.parametrize(
    ("side", "day", "state", "belongs"),
    [
        ("NATO", date(2023, 4, 3), "FIN", False),
        ("NATO", date(2023, 4, 4), "FIN", True),
        ("European Union", date(2020, 2, 1), "GBR", False),
        ("CSTO", date(2022, 5, 16), "ARM", True),
        ("G7", date(1987, 6, 1), "ITA", True),
        ("G8", date(2015, 1, 1), "RUS", False),
        ("OSCE", date(2022, 1, 1), "UKR", False),
    ],
)
def test_who_belongs_to_a_body_on_a_day(side: str, day: date, state: str, belongs: bool) -> None:
    assert (state in members(REGISTRY, side, day)) == belongs


@pytest.mark.parametrize(
    ("words", "day", "told", "past", "name"),
    [
        (("tokyo",), date(1987, 4, 3), (date(1986, 1, 1), date(1986, 12, 31)), True, "12th G7 summit"),
        (("venice",), date(1987, 4, 3), (date(1987, 1, 1), date(1987, 12, 31)), False, "13th G7 summit"),
        (("alaska",), date(2026, 1, 7), NONE, False, "Alaska summit"),
        (("plaza",), date(1987, 3, 26), NONE, True, "Group of Five Plaza meeting"),
        (("williamsburg",), date(1987, 3, 26), NONE, True, None),
        (("geneva",), None, NONE, True, None),
    ],
)
def test_the_edition_that_is_meant(
    words: tuple[str, ...], day: date | None, told: tuple[date | None, date | None], past: bool, name: str | None
) -> None:
    event = edition(handles(REGISTRY)[words], words, day, told, past)
    assert (event.name if event else None) == name


def test_those_who_met_are_named_by_their_offices_on_the_day() -> None:
    (event,) = (e for e in REGISTRY.events if e.name == "Reykjavik summit")
    assert [p.name for p in gathered_at(REGISTRY, event)] == ["Ronald Reagan", "Mikhail Gorbachev"]
    assert in_capital(REGISTRY, event)


def test_a_group_that_is_no_organisation_is_its_members() -> None:
    (event,) = (e for e in REGISTRY.events if e.name == "Normandy format summit in Paris")
    assert {p.state for p in gathered_at(REGISTRY, event)} == {"DEU", "FRA", "RUS", "UKR"}
