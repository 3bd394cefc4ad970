from __future__ import annotations

from datetime import date

from communique.reconcile import Issuers
from communique.views.documents import Coverage, coverage, gap_json
from tests.contacts import document

ISSUERS = Issuers(seats={"white house": "USA", "kremlin": "RUS"})


def covered(*days: str, publisher: str = "White House / remarks") -> Coverage:
    return coverage([document(f"{publisher}{d}", d, publisher) for d in days], ISSUERS)


def gaps(held: Coverage, first: str, last: str, *sides: str) -> list[tuple[str, str]]:
    found = held.gaps(date.fromisoformat(first), date.fromisoformat(last), sides)
    return [(g["from"], g["to"]) for g in map(gap_json, found)]


def test_days_that_no_source_covers() -> None:
    held = covered("2020-05-10", "2020-05-20")
    assert gaps(held, "2020-05-08", "2020-05-21") == [("2020-05-11", "2020-05-18")]
    assert gaps(held, "2020-06-01", "2020-06-30") == [("2020-06-01", "2020-06-30")]
    assert gaps(held, "2020-05-20", "2020-05-10") == []


def test_a_long_week_end_is_no_gap() -> None:
    assert gaps(covered("2020-05-01", "2020-05-05", "2020-05-09"), "2020-05-01", "2020-05-09") == []


def test_only_sources_of_the_sides_count_where_there_are_any() -> None:
    house, kremlin = covered("2020-05-01", "2020-05-04"), covered("2020-05-04", publisher="Kremlin")
    both = Coverage((*house.sources, *kremlin.sources))
    assert [s.name for s in both.of(["RUS"])] == ["Kremlin"]
    assert gaps(both, "2020-04-20", "2020-05-04", "RUS") == [("2020-04-20", "2020-05-02")]
    assert [len(s.days) for s in both.of(["FRA"])] == [2]
    assert gaps(both, "2020-04-20", "2020-05-04", "FRA") == [("2020-04-20", "2020-04-29")]
