"""``communique scan``: archives into tables, on this machine or on a cluster."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from communique.cli.output import json_line, say, with_json
from communique.cli.problems import Problems
from communique.cli.session import Session, option, with_knowledge
from communique.sources import SourceOptions, field_map

if TYPE_CHECKING:
    from communique.scale import Outcome, Progress

SET_ASIDE = 3
FAILED = 1


@click.command()
@click.argument("archives", nargs=-1, required=True, metavar="ARCHIVE…")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, metavar="DIR",
              help="Where the tables go; a scan that was broken off there goes on.")  # fmt: skip
@click.option("--ledger", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="A ledger to put everything into at the end.")  # fmt: skip
@click.option("--cluster", metavar="ADDRESS", help="The Dask scheduler whose workers do it: tcp://host:8786.")
@click.option("--texts", is_flag=True, help="Keep the texts of documents that tell something.")
@click.option("--everything", is_flag=True, help="Read every document with care, without a look beforehand.")
@click.option("--part", type=click.IntRange(1), default=64, show_default=True, metavar="MB", help="Size of a part.")
@click.option("--seconds", type=click.FloatRange(1), default=120, show_default=True, help="Longest for one document.")
@click.option("--published", metavar="DATE", help="When all of them were published: 2020-05-22, 2020-05, 2020.")
@click.option("--publisher", metavar="NAME", help="Who published all of them.")
@click.option("--map", "pairs", multiple=True, metavar="OURS=THEIRS", help="Name of a field in JSON Lines and Parquet.")
@click.option("--max-bytes", type=click.IntRange(1), default=16_000_000, show_default=True, help="Longest document.")
@option("jobs", "--jobs", type=click.IntRange(1, 256), metavar="N", help="Processes; the result is the same.")
@with_json
@with_knowledge
def scan(
    session: Session, archives: tuple[str, ...], out: Path, ledger: Path | None, cluster: str | None, texts: bool,
    everything: bool, part: int, seconds: float, published: str | None, publisher: str | None, pairs: tuple[str, ...],
    max_bytes: int, jobs: int, as_json: bool,
) -> int:  # fmt: skip
    """Scan archives for contacts: WARC, Parquet, JSON Lines (also .gz, .zst), folders of HTML pages.

    Documents are first looked at for words that tell of contacts and for names; only those with a chance are read.
    DIR then holds documents, records with their quotes, duplicates and contacts as Parquet. Run the same command
    again after an interruption: only what is missing is done.

    \b
    communique scan --out found --jobs 8 CC-NEWS-*.warc.gz
    communique scan --out found --ledger news.db --map text=body archive.jsonl.zst
    communique scan --out /shared/found --cluster tcp://head:8786 /shared/archive/
    """
    from communique.scale import ScanOptions
    from communique.scale import scan as scanned

    sources = SourceOptions(published, publisher, None, field_map(pairs), None, max_bytes)
    options = ScanOptions(
        out, sources, session.folders, jobs, cluster, ledger, texts, everything, part * 1_000_000, seconds
    )
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with _bar() as told:
        outcome = scanned(archives, options, now, told)
    problems = Problems(say)
    for issue in outcome.issues:
        problems.add(issue)
    click.echo(json_line(_record(outcome)) if as_json else _summary(outcome))
    if outcome.failed:
        return FAILED
    return SET_ASIDE if problems.lost else 0


@contextmanager
def _bar() -> Iterator[Callable[[Progress], None]]:
    """What shows progress on a terminal: share done, rate, time left, what it cost so far, problems."""
    if not sys.stderr.isatty():
        yield lambda progress: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Shown

    columns = (TextColumn("scanning"), BarColumn(), TextColumn("{task.fields[words]}", markup=False))
    with Shown(*columns, console=Console(stderr=True, markup=False), transient=True) as shown:
        task = shown.add_task("scanning", total=None, words="")
        yield lambda one: shown.update(task, total=one.total, completed=one.done, words=progress_words(one))


def progress_words(progress: Progress) -> str:
    """Documents, rate, time left and problems on one line."""
    rate = progress.documents / progress.seconds if progress.seconds else 0.0
    left = "" if progress.left is None else f" · {progress.left:,.0f} s left"
    read = f"{progress.documents:,} documents, {progress.read:,} read"
    return f"{read} · {rate:,.0f}/s · {progress.seconds:,.0f} s{left} · {progress.problems:,} problems"


def _record(outcome: Outcome) -> dict[str, object]:
    names = ("parts", "documents", "read", "telling", "records", "duplicates", "contacts", "kept", "bytes", "failed")
    counts: dict[str, object] = {name: getattr(outcome, name) for name in names}
    cost = {"seconds": round(outcome.seconds, 1), "cost": round(outcome.cost, 1), "hash": outcome.hash}
    return counts | cost | {"problems": dict(sorted(outcome.counts.items()))}


def _summary(outcome: Outcome) -> str:
    rate = outcome.documents / outcome.seconds if outcome.seconds else 0.0
    lines = [
        f"{outcome.documents:,} documents in {outcome.parts:,} parts, {outcome.read:,} of them read, "
        f"{outcome.telling:,} tell something",
        f"{outcome.records:,} records, {outcome.contacts:,} contacts, {outcome.duplicates:,} documents a second time",
        f"{outcome.seconds:,.1f} s, {rate:,.0f} documents/s, {outcome.cost:,.1f} s of processors",
    ]
    if outcome.kept is not None:
        lines.append(f"{outcome.kept:,} documents put into the ledger")
    return "\n".join(lines)
