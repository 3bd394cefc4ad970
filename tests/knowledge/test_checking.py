"""What cannot be in a registry, or should be looked into."""

from __future__ import annotations

import pytest

from communique.knowledge.checking import faults
from communique.knowledge.registry import Registry, load_registry
from communique.model import Actor, Office, State, Tenure

OFFICE = Office("NOR:king", "NOR", "monarch", "King", (), "leader")
PEOPLE = {name: Actor(name, name.title()) for name in ("ann", "bob", "cid")}


def registry(*tenures: tuple[str, str | None, str | None]) -> Registry:
    rows = tuple(Tenure(person, OFFICE.id, since, until) for person, since, until in tenures)
    state = State("NOR", "Norway", since="1905-06-07")
    return Registry(states={"NOR": state}, offices={OFFICE.id: OFFICE}, people=PEOPLE, tenures=rows)


@pytest.mark.parametrize(
    ("tenures", "kinds"),
    [
        ([("ann", "2001-02-03", "2001-01-01")], ["impossible"]),
        ([("ann", "1906-02-03", "2001-01-01")], ["impossible"]),
        ([("ann", "1890-02-03", "1900-01-01")], ["out-of-life"]),
        ([("ann", "2000-01-01", "2005-01-01"), ("bob", "2003-01-01", "2008-01-01")], ["overlap"]),
        ([("ann", "2000-01-01", None), ("bob", "2003-01-01", None)], ["overlap"]),
        ([("ann", "2000-01-01", "2005-01-01"), ("bob", "2006-01-01", None)], ["gap"]),
        ([("ann", "2000-01-01", "2005-01-01"), ("bob", "2005-01-20", None)], []),
        ([("ann", "2000-01-01", "2005"), ("bob", "2003-01-01", None)], []),
        ([("ann", "2000-01-01", "2005-01-01"), ("ann", "2003-01-01", None)], []),
    ],
)
def test_findings(tenures: list[tuple[str, str | None, str | None]], kinds: list[str]) -> None:
    assert [fault.kind for fault in faults(registry(*tenures))] == kinds


def test_an_office_that_several_hold_at_once_has_no_overlaps() -> None:
    together = [(name, since, until) for since, until in (("2000-01-01", "2001-01-01"), ("2001-01-01", "2002-01-01"))
                for name in ("ann", "bob")]  # fmt: skip
    assert list(faults(registry(*together))) == []


def test_our_own_registry_has_no_impossible_span() -> None:
    assert [f.what for f in faults(load_registry()) if f.kind == "impossible"] == []
