"""Every picture of any ledger is well-formed XML, and the same bytes each time."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.knowledge.registry import Registry
from communique.model import Reading
from communique.pictures import ask
from communique.pictures.picture import Picture
from communique.views.contacts import Wanted
from communique.views.snapshot import Snapshot, snapshot
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
