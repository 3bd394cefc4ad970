"""Tab-separated formats of event data: no quoting, so that nothing in a cell may end it."""

from __future__ import annotations

from collections.abc import Iterable

from communique.export.clean import clean_for


def tab_line(cells: Iterable[object], missing: str = "") -> str:
    """One line; what is None or empty is written as ``missing``."""
    clean = clean_for("tsv")
    return "\t".join(clean(str(cell)) if cell not in (None, "") else missing for cell in cells) + "\n"
