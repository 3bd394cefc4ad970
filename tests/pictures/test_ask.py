"""Every picture of any ledger is well-formed XML, and the same bytes each time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.knowledge.registry import Registry, load_registry
from communique.model import Reading
from communique.pictures import ask
from communique.pictures.picture import Picture
from communique.views.contacts import Wanted
from communique.views.shelf import Held, Shelf
from communique.views.snapshot import Snapshot, snapshot
from tests.cli.program import called
from tests.pictures.drawn import parsed
from tests.readings import readings

REGISTRY = Registry()
PICTURES: dict[str, Callable[[Snapshot], Picture]] = {
    "calendar": lambda ledger: ask.calendar(ledger, REGISTRY, Wanted(between=("RUS",))),
    "person": lambda ledger: ask.calendar(ledger, REGISTRY, Wanted(person="Ana")),
    "timeline": lambda ledger: ask.timeline(ledger, REGISTRY, ("RUS", "USA")),
    "people": lambda ledger: ask.network(ledger, "people"),
    "states": lambda ledger: ask.network(ledger, "states"),
}


@pytest.mark.parametrize("name", PICTURES)
@settings(max_examples=12)
@given(st.lists(readings(), max_size=3, unique_by=lambda r: r.document.id))
def test_any_ledger_is_drawn(name: str, read: list[Reading]) -> None:
    drawn = [PICTURES[name](snapshot(read)).svg() for _ in range(2)]
    assert drawn[0] == drawn[1]
    parsed(PICTURES[name](snapshot(read)))


def test_what_was_kept_gives_the_same_pictures(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    assert called(["read", "--samples", "--ledger", str(path)])[0] == 0
    registry = load_registry(())
    with Shelf(path, registry) as shelf:
        held, ledger = shelf.now(), shelf.now().snapshot
        pair, days = ("RUS", "USA"), Wanted(since=date(2021, 6, 1))

        def drawn(kept: Held | None) -> list[str]:
            pictures = [
                ask.calendar(ledger, registry, Wanted(between=pair), kept=kept),
                ask.calendar(ledger, registry, Wanted(person="Putin"), kept=kept),
                ask.timeline(ledger, registry, pair, kept=kept),
                *(ask.network(ledger, "people", wanted, kept=kept) for wanted in (ask.ALL, days, days)),
            ]
            return [picture.svg() for picture in pictures]

        assert drawn(held) == drawn(None)
