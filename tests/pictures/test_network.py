"""The network: who met whom, several sides as squares, and places that do not hang on the window."""

from __future__ import annotations

from datetime import date
from itertools import combinations

from hypothesis import given, settings

from communique.pictures.labels import placed_labels
from communique.pictures.layout import SETTLED, layout
from communique.pictures.network import network
from communique.pictures.picture import Picture
from communique.views.contacts import ContactRow
from tests.pictures.drawn import SVG, contact, many, parsed, shown

A, B, C, D = ("Ana Silva", "BRA"), ("Ivo Marek", "FRD"), ("Olga Brandt", "SYL"), ("Rui Costa", "BRA")


def places(picture: Picture) -> dict[str, tuple[str | None, str | None]]:
    found = {}
    for one in parsed(picture).iter():
        title, disc = one.find(f"{SVG}title"), one.find(f"{SVG}circle")
        if title is not None and disc is not None:
            found[(title.text or "").partition(":")[0]] = (disc.get("cx"), disc.get("cy"))
    return found


@settings(max_examples=30)
@given(many)
def test_between_states_every_contact_that_took_place_stands_once(rows: list[ContactRow]) -> None:
    picture = network(rows, "states", "All", most=99)
    met = [row.id for row in rows if row.status in ("held", "ongoing") and len(row.sides) > 1]
    assert sorted(shown(picture)) == sorted(met)
    assert picture.svg() == network(rows, "states", "All", most=99).svg()


@settings(max_examples=30)
@given(many)
def test_people_of_any_name_make_well_formed_xml(rows: list[ContactRow]) -> None:
    parsed(network(rows, "people", "All"))


def test_several_sides_sit_together_and_two_meet_in_pairs() -> None:
    rows = [contact("c1", "2021-07-09", people=(A, B, C)), contact("c2", "2021-07-10", people=(A, D, B))]
    table = network(rows, "people", "All").table.rows
    assert table == (
        ("pair", "Ana Silva, Ivo Marek", 1, "2021-07-10", "2021-07-10"),
        ("several", "Ana Silva, Ivo Marek, Olga Brandt", 1, "2021-07-09", "2021-07-09"),
        ("pair", "Ivo Marek, Rui Costa", 1, "2021-07-10", "2021-07-10"),
    )


def test_nodes_do_not_jump_with_the_window() -> None:
    rows = [contact(f"c{i}", f"2021-{i + 1:02}-09", people=pair) for i, pair in enumerate(combinations((A, B, C), 2))]
    whole = places(network(rows, "people", "All"))
    january = places(network(rows, "people", "All", (date(2021, 1, 1), date(2021, 1, 31))))
    assert set(january) == {"Ana Silva", "Ivo Marek"}
    assert january.items() <= whole.items()


def test_the_first_sixty_are_shown_and_the_rest_is_told() -> None:
    rows = [contact(f"c{i}", "2021-07-09", people=(A, (f"Person {i}", "FRD"))) for i in range(70)]
    picture = network(rows, "people", "All")
    assert len(places(picture)) == 60
    assert "Showing 60 of 71 people, who met in 70 contacts." in picture.svg()


def test_a_layout_is_the_same_each_time_and_lies_in_its_frame() -> None:
    radii = {f"n{i}": 6.0 for i in range(SETTLED + 60)}
    weights = {("n0", f"n{i}"): float(i % 5 + 1) for i in range(1, SETTLED + 50)}
    places = layout(radii, weights, 800, 500)
    assert places == layout(radii, weights, 800, 500)
    assert all(0 <= x <= 800 and 0 <= y <= 500 for x, y in places.values())
    close = sum(abs(x - a) < 20 and abs(y - b) < 12 for (x, y), (a, b) in combinations(places.values(), 2))
    assert close == 0


def test_names_give_way_to_each_other() -> None:
    discs = {"a": (100.0, 100.0, 5.0), "b": (160.0, 100.0, 5.0)}
    first, second = placed_labels([("a", "Ana Silva of Brazil"), ("b", "Ivo")], discs, 400)
    assert (first.anchor, second.anchor) == ("middle", "start")
