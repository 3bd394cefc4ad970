"""The registry of people and offices, and what two sides habitually leave out of their accounts of each other."""

from __future__ import annotations

from collections.abc import Iterator

from communique.views.asking import first_day, side_named
from communique.views.habits import Habit, compare_pair, habit_json
from communique.views.offices import COLUMNS, office_cells, offices_of
from communique.views.tables import Cell
from communique.web import links
from communique.web.answers import Asked, Page, listed, part


def listing(asked: Asked) -> Page:
    """Who a name can mean, in any spelling, with all offices; or only those held on a day."""
    name, on = (asked.one("name") or "")[:200], first_day(asked.one("on"))
    registry = asked.held.registry
    rows = tuple(offices_of(registry, name, on)) if name else ()
    found = part(asked, tuple(enumerate(rows)), lambda row: str(row[0]))
    met = {person.name for _, (person, _) in found.items if asked.held.of_person(person.name)}
    shown = tuple(office_cells(registry, *row) for _, row in found.items)
    return Page(
        "actors.html", "Who held which office", {"part": found, "name": name, "shown": shown, "met": met},
        lambda: listed(asked, found, (dict(zip(COLUMNS, cells, strict=True)) for cells in shown)),
        COLUMNS, lambda: (office_cells(registry, *row) for row in rows),
    )  # fmt: skip


def habits(asked: Asked) -> Page:
    """What each of two sides leaves out of its accounts of their contacts, and mentions alone."""
    given = asked.path["a"], asked.path["b"]
    a, b = sorted(side_named(asked.held.registry, side) for side in given)
    if links.pair(*given) != links.pair(a, b):
        return Page("", "Moved", moved=f"{links.pair(a, b)}/habits{{form}}")
    found = compare_pair(asked.held.snapshot, (a, b), first_day(asked.one("since")))
    return Page(
        "habits.html", f"What {a} and {b} leave out", {"sides": (a, b), "habits": found},
        lambda: {"revision": asked.held.revision, "items": [habit_json(habit) for habit in found]},
        ("side", "what", "topic", "times"), lambda: (row for habit in found for row in _habit_cells(habit)),
    )  # fmt: skip


def _habit_cells(habit: Habit) -> Iterator[tuple[Cell, ...]]:
    for what, topics in (("left out", habit.left_out), ("alone", habit.alone)):
        yield from ((habit.side, what, topic, times) for topic, times in topics)
