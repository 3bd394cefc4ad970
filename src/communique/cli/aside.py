"""``communique set-aside``: inputs that were not read, why, and their bytes; and to try them again."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from communique.cli.output import Form, formats, say
from communique.cli.output import show as put
from communique.cli.problems import Problems
from communique.cli.session import Session, with_ledger
from communique.errors import NotFoundError
from communique.model import Issue, Reading
from communique.sources import SourceOptions
from communique.sources.originals import OF_DOCUMENTS
from communique.views.tables import Cell

if TYPE_CHECKING:
    from communique.ledger import Ledger, Run
    from communique.ledger.aside import Aside

SET_ASIDE = 3
_COLUMNS = ("id", "path", "line", "code", "message", "bytes", "attempts")


@click.command("set-aside")
@click.argument("numbers", nargs=-1, type=int, metavar="ID…")
@click.option("--retry", is_flag=True, help="Try them (or all) again; what is read then leaves the list.")
@click.option("--original", is_flag=True, help="Write the bytes that were kept of one to standard output.")
@click.option("--max-bytes", type=click.IntRange(1), default=64_000_000, show_default=True, help="Longest document.")
@formats
@with_ledger
def set_aside(
    session: Session, form: Form, numbers: tuple[int, ...], retry: bool, original: bool, max_bytes: int
) -> int:
    """Inputs that were set aside: why, how often they were tried, and how many bytes were kept of them.

    \b
    communique set-aside
    communique set-aside 12 --original > page.html
    communique set-aside --retry
    communique set-aside --retry 12 --max-bytes 100000000
    """
    if retry:
        return _retry(session, numbers, max_bytes)
    with session.reading() as ledger:
        held = _chosen(ledger, numbers)
        if original:
            return _write(ledger, held)
        put(form, _COLUMNS, map(_row, held), (dict(zip(_COLUMNS, _row(one), strict=True)) for one in held))
    return 0


def _row(aside: Aside) -> tuple[Cell, ...]:
    issue = aside.issue
    return aside.key, issue.path, issue.line, issue.code, issue.message, aside.size, aside.attempts


def _chosen(ledger: Ledger, numbers: Sequence[int]) -> list[Aside]:
    held = {aside.key: aside for aside in ledger.asides()}
    for number in numbers:
        if number not in held:
            raise NotFoundError(f"No input that was set aside has the number {number}.", "List them: set-aside")
    return [held[number] for number in numbers] if numbers else list(held.values())


def _write(ledger: Ledger, held: Sequence[Aside]) -> int:
    if len(held) != 1:
        raise click.UsageError(f"--original writes one input, not {len(held)}: name its ID")
    content = ledger.original(held[0].key)
    if content is None:
        raise NotFoundError(f"Nothing was kept of {held[0].issue.path}.", "There was nothing to keep, or too much.")
    sys.stdout.buffer.write(content)
    return 0


def _retry(session: Session, numbers: Sequence[int], max_bytes: int) -> int:
    from communique import __version__
    from communique.ledger import Run
    from communique.pipeline import settle

    with session.writing("communique set-aside --retry") as ledger:
        knowledge = session.knowledge()
        run = Run(__version__, knowledge.version, datetime.now(UTC).isoformat(timespec="seconds"))
        held = _chosen(ledger, numbers)
        mended = [_mended(session, ledger, run, aside, max_bytes) for aside in held]
        settle(ledger, knowledge)
    say(f"{sum(mended):,} of {len(held):,} inputs are read now")
    return 0 if all(mended) else SET_ASIDE


def _mended(session: Session, ledger: Ledger, run: Run, aside: Aside, max_bytes: int) -> bool:
    """Whether an input can be read now; then it is kept and leaves the list, otherwise it was tried once more."""
    readings, issues = [], []
    problems = Problems()
    for one in _tried(session, ledger, aside, max_bytes):
        if isinstance(one, Reading):
            readings.append(one)
        elif one.fatal:
            issues.append(replace(one, line=aside.issue.line or one.line))
            problems.add(one)
    if readings:
        ledger.put(readings, run)
    ledger.retried(aside.key, issues)
    return not issues


def _tried(session: Session, ledger: Ledger, aside: Aside, max_bytes: int) -> Iterator[Reading | Issue]:
    from communique.reading import read_stream, reread

    options = SourceOptions(**aside.options, max_bytes=max_bytes)
    if aside.issue.code in OF_DOCUMENTS:
        options = SourceOptions(as_format="jsonl", max_bytes=max_bytes)
    content, path = ledger.original(aside.key), aside.issue.path or ""
    if content is None:
        return read_stream([path], options, session.folders)
    return reread(content, path, options, session.folders)
