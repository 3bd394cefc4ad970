from __future__ import annotations

import pytest

from communique.model import Organisation, State
from communique.reconcile.issuers import hours_east, issuers, seat_clocks
from tests.contacts import document

STATES = (
    State("USA", "United States", ("United States of America",), ("American",), "Washington", ("White House",)),
    State("RUS", "Russia", ("Russian Federation",), ("Russian",), "Moscow", ("Kremlin",)),
    State("JPN", "Japan", (), ("Japanese",), "Tokyo", ()),
    State("GEO", "Georgia", (), ("Georgian",), "Tbilisi", ()),
    State("XGA", "Georgia", (), (), None, ()),
)
KNOWN = issuers(STATES, (Organisation("European Union", ("European Commission",)),))


@pytest.mark.parametrize(
    ("publisher", "side"),
    [
        ("White House / statements", "USA"),
        ("the Kremlin", "RUS"),
        ("Ministry of Foreign Affairs of Japan", "JPN"),
        ("Japan Daily", None),
        ("European Commission", "European Union"),
        ("The Courier", None),
        ("Government of Georgia", None),
        ("", None),
    ],
)
def test_who_speaks_for_a_side(publisher: str, side: str | None) -> None:
    assert KNOWN.side(publisher) == side
    assert KNOWN.of(document("d", publisher=publisher)) == side


def test_names_in_words() -> None:
    assert KNOWN.named("the Japanese delegation") == "JPN"
    assert KNOWN.last_named("a Russian guest of the United States of America") == "USA"
    assert KNOWN.last_named("nobody at all") is None


def test_clocks() -> None:
    clocks = seat_clocks()
    assert hours_east(clocks, "CHN", "USA") == 13
    assert hours_east(clocks, "USA", "CHN") == -13
    assert hours_east(clocks, None, "USA") == hours_east(clocks, "USA", "nowhere") == 0


def test_a_seat_shared_with_a_former_state_stands_for_the_present_one_unless_the_former_is_meant() -> None:
    soviet = State("SUN", "Soviet Union", ("USSR",), ("Soviet",), "Moscow", ("Kremlin",), until="1991-12-26")
    known = issuers((*STATES, soviet))
    assert known.side("Kremlin") == "RUS"
    assert known.named("Soviet delegates") == "SUN"
    assert known.named_among("the Kremlin", ("USA", "RUS")) == "RUS"
    assert known.named_among("the Kremlin", ("USA", "SUN")) == "SUN"
    assert known.named_among("the Kremlin", ("USA", "JPN")) is None
