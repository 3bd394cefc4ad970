"""How answers leave the program: a table on a terminal, TSV in a pipe, ``--json``, ``--csv``.

Whatever comes from an article is cleaned on its way out: control and direction characters are shown and never sent,
no markup is applied to it, and in CSV no cell can be taken for a formula.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from typing import Any, Literal, TypeVar

import click

from communique.views.tables import Cell, csv_text
from communique.views.words import clean, json_line

__all__ = ["Form", "coloured", "formats", "heading", "json_line", "say", "show", "with_json"]

Form = Literal["table", "json", "csv"]
Command = TypeVar("Command", bound=Callable[..., Any])

_NARROW = 16
"""Cells no longer than that are not broken in a table."""


def say(line: str = "") -> None:
    """A line on stderr, for people."""
    click.echo(line, err=True)


def heading(words: str) -> str:
    """Words set off, where colours are wanted."""
    return click.style(words, bold=True) if coloured() else words


def coloured() -> bool:
    """Whether stdout is a terminal and nobody has asked for no colours."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def formats(command: Command) -> Command:
    """Adds ``--json`` and ``--csv`` to a command, which gets one argument, ``form``."""

    @wraps(command)
    def run(*args: Any, as_json: bool, as_csv: bool, **options: Any) -> Any:
        if as_json and as_csv:
            raise click.UsageError("--json and --csv exclude each other")
        return command(*args, form="json" if as_json else "csv" if as_csv else "table", **options)

    run = click.option("--csv", "as_csv", is_flag=True, help="CSV for spreadsheets; formulas are disarmed.")(run)
    return with_json(run)  # type: ignore[return-value]


def with_json(command: Command) -> Command:
    """Adds ``--json`` alone, as ``as_json``."""
    return click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")(command)


def show(
    form: Form, columns: Sequence[str], rows: Iterable[Sequence[Cell]], records: Iterable[Mapping[str, Any]],
    spared: Sequence[str] = (),
) -> None:  # fmt: skip
    """Rows in the form asked for; ``records`` are the same as JSON, and only looked at when that is asked for.

    A table leaves out columns that are empty throughout, and those ``spared``, for which a terminal has no room.
    """
    if form == "json":
        for record in records:
            click.echo(json_line(record))
    elif form == "csv":
        click.echo(csv_text(columns, rows), nl=False)
    elif sys.stdout.isatty():
        _table(columns, list(rows), spared)
    else:
        for line in (columns, *rows):
            click.echo("\t".join(_text(cell) for cell in line))


def _text(cell: Cell) -> str:
    return "" if cell is None else clean(str(cell))


def _table(columns: Sequence[str], rows: Sequence[Sequence[Cell]], spared: Sequence[str]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold" if coloured() else "")
    cells = [[_text(cell) for cell in row] for row in rows]
    longest = [max((len(row[i]) for row in cells), default=0) for i in range(len(columns))]
    shown = [i for i, name in enumerate(columns) if longest[i] and name not in spared]
    least = {i: max(len(columns[i]), min(longest[i], _NARROW)) for i in shown}
    for i in shown:
        table.add_column(columns[i], overflow="fold", min_width=least[i])
    for row in cells:
        table.add_row(*(Text(row[i]) for i in shown))
    console = Console(markup=False, highlight=False, emoji=False)
    # On a terminal too narrow for that, lines run over: nothing is cut off.
    console.width = max(console.width, sum(least.values()) + 2 * len(least))
    console.print(table)
