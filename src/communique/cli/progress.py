"""A bar for long work, on stderr and only if that is a terminal: how far, how fast, how long yet, problems so far."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from communique.cli.output import say

Tell = Callable[[str], None]
_LINES = (".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class Bar:
    """``tell`` says a line above the bar; ``step`` counts documents; ``stage`` names what is being done."""

    tell: Tell
    step: Callable[[int, int], None]
    stage: Callable[[str], None]


_NO_BAR = Bar(say, lambda done, problems: None, lambda name: None)


@contextmanager
def progress(inputs: Sequence[str], wanted: bool = True) -> Iterator[Bar]:
    """A bar over the documents of some inputs; nothing is shown where nobody looks."""
    if not (wanted and sys.stderr.isatty()):
        yield _NO_BAR
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True, markup=False, highlight=False, emoji=False)
    columns = (
        TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}", markup=False), TimeRemainingColumn(),
        TextColumn("{task.fields[problems]} problems", markup=False),
    )  # fmt: skip
    with Progress(*columns, console=console, transient=True) as shown:
        task = shown.add_task("reading", total=count_documents(inputs), rate="", problems=0)

        def step(done: int, problems: int) -> None:
            speed = shown.tasks[0].speed or 0
            shown.update(task, advance=done, problems=problems, rate=f"{speed * 60:,.0f}/min")

        def stage(name: str) -> None:
            shown.update(task, description=name)

        yield Bar(lambda line: console.print(line, soft_wrap=True), step, stage)


def count_documents(inputs: Sequence[str]) -> int | None:
    """How many documents there are, by counting files and lines; None if that cannot be told beforehand."""
    from communique.sources.files import find

    total = 0
    for given in inputs:
        for found in find(given) if given != "-" else ():
            counted = _count(found) if isinstance(found, Path) else 0
            if counted is None:
                return None
            total += counted
    return total or None


def _count(path: Path) -> int | None:
    suffixes = [suffix.lower() for suffix in path.suffixes if suffix.lower() != ".gz"]
    ending = suffixes[-1] if suffixes else ""
    if ending in (".json", ".csv", ".tsv"):
        return None
    return _lines(path) if ending in _LINES else 1


def _lines(path: Path) -> int | None:
    from communique.sources.catalogue import SetAsideError
    from communique.sources.files import open_input

    try:
        with open_input(path) as stream:
            return sum(piece.count(b"\n") for piece in iter(lambda: stream.read(1 << 20), b""))
    except (SetAsideError, OSError):
        return 0
