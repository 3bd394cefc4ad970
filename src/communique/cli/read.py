"""``communique read``: documents into the ledger, or what they say as JSON."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from types import FrameType
from typing import TYPE_CHECKING

import click

from communique.cli.output import json_line, say, with_json
from communique.cli.problems import Problems
from communique.cli.progress import Bar, progress
from communique.cli.session import Session, option, with_ledger
from communique.model import Issue, Reading
from communique.reading import read_stream
from communique.sources import FORMATS, SourceOptions, field_map
from communique.sources.options import options_kept
from communique.sources.originals import CRASHES, ENOUGH
from communique.views.words import clean

if TYPE_CHECKING:
    from communique.ledger import Counts, Ledger

BATCH = 100
"""So many documents are stored together; what is interrupted or killed loses less than that."""
SAMPLES = Path(__file__).parents[1] / "samples" / "readouts.jsonl"
HEAVY = 32_000_000
"""So many bytes of inputs that were set aside are held before they are stored."""
SET_ASIDE = 3
INTERRUPTED = 130


@click.command()
@click.argument("paths", nargs=-1, metavar="PATH…")
@with_json
@click.option("--samples", is_flag=True, help="The documents that come with the program.")
@click.option("--published", metavar="DATE", help="When all of them were published: 2020-05-22, 2020-05, 2020.")
@click.option("--publisher", metavar="NAME", help="Who published all of them.")
@click.option("--as", "as_format", type=click.Choice(FORMATS), help="Read them as this, whatever they look like.")
@click.option("--map", "pairs", multiple=True, metavar="OURS=THEIRS", help="Name of a field in JSON Lines and CSV.")
@click.option("--encoding", metavar="NAME", help="Their encoding, where it is not recognised.")
@click.option("--max-bytes", type=click.IntRange(1), default=16_000_000, show_default=True, help="Longest document.")
@option("allow_hosts", "--allow-host", multiple=True, metavar="HOST", help="Fetch from it though it is in a network.")
@option("jobs", "--jobs", type=click.IntRange(1, 64), metavar="N", help="Processes that read; the result is the same.")
@with_ledger
def read(
    session: Session, paths: tuple[str, ...], as_json: bool, samples: bool, published: str | None,
    publisher: str | None, as_format: str | None, pairs: tuple[str, ...], encoding: str | None, max_bytes: int,
    allow_hosts: tuple[str, ...], jobs: int,
) -> int:  # fmt: skip
    """Read documents into the ledger: files, folders, patterns, addresses of the web, or standard input (-).

    Text, HTML pages, JSON Lines and CSV are recognised, also packed with gzip. What cannot be read is set aside and
    named, the rest is read, and the exit code is 3. With --json nothing is kept: a line is printed for each document.

    \b
    communique read articles/
    communique read --published 2020-07-24 --publisher Kremlin page.html
    communique read --map text=body --map published=date archive.jsonl.gz
    communique read https://example.org/readout
    curl -s https://example.org/readout | communique read --as html -
    communique read --json readout.txt | jq .contacts
    communique read --samples
    """
    inputs = [str(SAMPLES)] * samples + list(paths)
    if not inputs:
        raise click.UsageError("nothing to read: name files or folders, - for standard input, or --samples")
    options = SourceOptions(published, publisher, as_format, field_map(pairs), encoding, max_bytes)  # type: ignore[arg-type]
    options = replace(options, allow_hosts=tuple(allow_hosts))
    with progress(inputs, wanted=not (as_json and sys.stdout.isatty())) as bar:
        if as_json:
            return _print(Watched(read_stream(inputs, options, session.folders, jobs), bar))
        return _keep(session, bar, options, lambda refused: read_stream(inputs, refused, session.folders, jobs))


def read_all(paths: Sequence[str], options: SourceOptions | None = None) -> Iterator[Reading]:
    """What every document says, in order; problems of inputs are told on stderr."""
    return iter(Watched(read_stream(paths, options), Bar(say, lambda done, problems: None, lambda name: None)))


@dataclass
class Watched:
    """A stream of readings on its way: problems are told and counted, and the bar moves."""

    stream: Iterator[Reading | Issue]
    bar: Bar
    problems: Problems = field(init=False)
    aside: list[Issue] = field(default_factory=list)
    heavy: int = 0
    relieve: Callable[[], None] = lambda: None
    documents: int = 0
    started: float = field(default_factory=perf_counter)

    def __post_init__(self) -> None:
        self.problems = Problems(self.bar.tell)

    def __iter__(self) -> Iterator[Reading]:
        """The readings; the issues that set an input aside are left in ``aside``."""
        before: list[Issue] = []
        for one in self.stream:
            if isinstance(one, Issue):
                self._problem(one)
                before.append(one)
                continue
            for issue in one.issues:
                if issue not in before:
                    self._problem(issue)
            before.clear()
            self.documents += 1
            self.bar.step(1, sum(self.problems.grades.values()))
            yield one

    def _problem(self, issue: Issue) -> None:
        self.problems.add(issue)
        if issue.fatal:
            self.aside.append(issue)
            self.heavy += len(issue.original or b"")
            if self.heavy > HEAVY:
                self.relieve()

    @property
    def exit_code(self) -> int:
        """0, or 3 if something was not read."""
        return SET_ASIDE if self.problems.lost else 0

    def summary(self, *more: str) -> str:
        """One line: documents, what else is worth knowing, problems, speed."""
        seconds = perf_counter() - self.started
        speed = f", {self.documents / seconds * 60:,.0f} documents a minute" if self.documents >= BATCH else ""
        parts = [_counted(self.documents, "document"), *more, self.problems.summary(), f"{seconds:.1f} s{speed}"]
        return " · ".join(part for part in parts if part)


def _print(watched: Watched) -> int:
    from communique.views.records import reading_record

    for reading in watched:
        click.echo(json_line(reading_record(reading)))
    if watched.problems.grades:
        say(watched.summary())
    return watched.exit_code


def _keep(
    session: Session, bar: Bar, options: SourceOptions, stream: Callable[[SourceOptions], Iterator[Reading | Issue]]
) -> int:
    from communique.pipeline import settle

    with _terminable(), session.writing("communique read", create=True) as ledger:
        refused = ledger.broken_inputs(CRASHES, ENOUGH)
        watched = Watched(stream(replace(options, refused=refused)), bar)
        keeper = Keeper(session, ledger, watched, options)
        interrupted = keeper.keep()
        watched.bar.stage("putting together")
        settle(ledger, session.knowledge())
        keeper.finish()
        say(watched.summary(*_told(keeper.counts)))
        say(f"ledger {clean(ledger.name)}: {_counted(sum(1 for _ in ledger.contacts()), 'contact')}")
    if interrupted:
        say("interrupted; what was read is kept. Run the same command again to go on: nothing is stored twice.")
        return INTERRUPTED
    return watched.exit_code


@contextmanager
def _terminable() -> Iterator[None]:
    """Inside, a request to terminate is an interruption: what is done is kept."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


class Keeper:
    """Stores readings batch by batch, with the inputs that were set aside."""

    def __init__(self, session: Session, ledger: Ledger, watched: Watched, options: SourceOptions) -> None:
        from communique import __version__
        from communique.ledger import Counts, Run

        self.counts: Counts = Counts()
        self._ledger = ledger
        self._watched = watched
        self._run = Run(__version__, session.knowledge().version, _now())
        self._options = options_kept(options)
        self._tried_before = {issue.path for issue in ledger.set_aside() if issue.path}
        watched.relieve = lambda: self._store(())

    def keep(self) -> bool:
        """Store all of them; True if that was interrupted, and then what had been read is stored."""
        waiting: list[Reading] = []
        try:
            for reading in self._watched:
                waiting.append(reading)
                if len(waiting) >= BATCH:
                    self._store(waiting)
                    waiting = []
        except KeyboardInterrupt:
            self._store(waiting)
            return True
        self._store(waiting)
        return False

    def finish(self) -> None:
        """Note that the run ended."""
        self._ledger.finish(self._run, _now())

    def _store(self, readings: Sequence[Reading]) -> None:
        aside = tuple(self._watched.aside)
        if readings:
            self.counts += self._ledger.put(readings, self._run)
        # What was wrong with an input the last time is told anew, or mended.
        paths = {r.document.path for r in readings} | {issue.path for issue in aside}
        anew = {path for path in paths if path and path in self._tried_before}
        self._ledger.put_aside(aside, options=self._options, anew=anew)
        self._tried_before -= anew
        del self._watched.aside[: len(aside)]
        self._watched.heavy = 0


def _told(counts: Counts) -> Iterator[str]:
    for number, words in ((counts.new, "new"), (counts.edited, "edited"), (counts.reread, "read anew")):
        if number:
            yield f"{number:,} {words}"
    if counts.unchanged:
        yield f"{counts.unchanged:,} unchanged"
    stored = ((counts.reports, "report"), (counts.claims, "claim"), (counts.agreements, "step of agreements"))
    yield ", ".join(_counted(number, words) for number, words in stored if number)


def _counted(number: int, word: str) -> str:
    head, of, rest = word.partition(" of ")
    return f"{number:,} {head}{'' if number == 1 else 's'}{of}{rest}"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
