"""``communique watch``: feeds asked for what is new, what was edited and what fell silent."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from communique.cli.output import json_line, say, with_json
from communique.cli.problems import Problems
from communique.cli.session import Session, option, with_ledger
from communique.errors import UsageError
from communique.sources import SourceOptions
from communique.views.words import clean

if TYPE_CHECKING:
    from communique.watching import Round

SET_ASIDE = 3


@click.command()
@click.argument(
    "feeds", metavar="[FEEDS]", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--every", type=click.IntRange(5), metavar="MINUTES", help="Go on, once in so many minutes.")
@option("allow_hosts", "--allow-host", multiple=True, metavar="HOST", help="Fetch from it though it is in a network.")
@with_json
@with_ledger
def watch(session: Session, feeds: Path | None, every: int | None, allow_hosts: tuple[str, ...], as_json: bool) -> int:
    """Ask feeds what is new, and read it into the ledger; tell what was edited, what fell silent, what does not answer.

    FEEDS is an OPML file, or a list of addresses, one a line; without it, the feeds that the ledger watches already.
    What has not changed is not fetched again.

    \b
    communique watch feeds.opml
    communique watch feeds.txt --every 60
    communique watch --json
    """
    while True:
        code = _once(session, feeds, tuple(allow_hosts), as_json)
        if every is None:
            return code
        time.sleep(every * 60)


def _once(session: Session, file: Path | None, allowed: tuple[str, ...], as_json: bool) -> int:
    from communique.pipeline import settle

    troubled = False
    with session.writing("communique watch", create=True) as ledger:
        for found in _rounds(session, ledger, file, allowed):
            troubled = troubled or bool(found.trouble)
            for line in _record(found) if as_json else _lines(found):
                click.echo(line)
            problems = Problems()
            for issue in found.issues:
                problems.add(issue)
            troubled = troubled or problems.lost
        settle(ledger, session.knowledge())
    return SET_ASIDE if troubled else 0


def _rounds(session: Session, ledger: Any, file: Path | None, allowed: tuple[str, ...]) -> Iterator[Round]:
    try:
        from communique.watching import watch as watched
    except ModuleNotFoundError as error:
        raise UsageError(f"watching feeds needs {error.name}", 'Install it: pip install "communique[web]"') from None
    named = _named(file) if file else tuple(state.url for state in ledger.feeds())
    if not named and file is None:
        raise UsageError("no feeds are watched", "Name a list or an OPML file: communique watch feeds.opml")
    now = datetime.now(UTC).isoformat(timespec="seconds")
    yield from watched(
        ledger, named, now, session.knowledge(), SourceOptions(allow_hosts=allowed), session.folders
    )  # fmt: skip
    say(f"{len(named):,} feeds asked")


def _named(file: Path) -> tuple[str, ...]:
    from communique.sources.web.feeds import FeedError, named_in

    try:
        return named_in(file.read_bytes())
    except FeedError as error:
        raise UsageError(f"{file}: {error}", "Write one address a line, or save an OPML file.") from None


def _lines(found: Round) -> Iterator[str]:
    name = clean(found.title or found.url)
    if found.trouble:
        yield f"{name}: does not answer: {clean(found.trouble)}"
    if found.silent:
        yield f"{name}: silent: {found.silent}"
    for document in found.new:
        yield f"{name}: new: {clean(document.title or '')} {clean(document.url or '')}".rstrip()
    for edit in found.edited:
        yield f"{name}: edited: {clean(edit.document.title or '')} {clean(edit.document.url or '')}".rstrip()
        yield f"    {clean(edit.words())}"


def _record(found: Round) -> Iterator[str]:
    about = {"feed": found.url, "title": found.title, "silent": found.silent, "trouble": found.trouble}
    new = [{"id": one.id, "url": one.url, "title": one.title} for one in found.new]
    edited = [{"id": e.document.id, "url": e.document.url, "changes": e.words()} for e in found.edited]
    yield json_line(about | {"new": new, "edited": edited})
