"""Tab-separated formats of event data: no quoting, so that nothing in a cell may end it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from communique.export.clean import clean_for
from communique.export.coding import Dyad, Event, events
from communique.export.material import Material

Cells = Callable[[Event, int, Dyad, Material], Iterable[object]]


def tab_line(cells: Iterable[object], missing: str = "") -> str:
    """One line; what is None or empty is written as ``missing``."""
    clean = clean_for("tsv")
    return "\t".join(clean(str(cell)) if cell not in (None, "") else missing for cell in cells) + "\n"


def line_a_pair(cells: Cells) -> Callable[[Material], Iterator[str]]:
    """What a format writes that has a line for each pair of sides and direction, numbered from 1 in its event."""

    def pieces(material: Material) -> Iterator[str]:
        for event in events(material):
            for number, dyad in enumerate(event.dyads, 1):
                yield tab_line(cells(event, number, dyad, material))

    return pieces
