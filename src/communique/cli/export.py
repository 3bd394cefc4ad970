"""``export`` and ``import``: a ledger in the formats of other programs, and back."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

import click

from communique.cli.choice import Choice, with_choice
from communique.cli.output import say
from communique.cli.problems import Problems
from communique.cli.session import Session, with_ledger
from communique.errors import LedgerError, UsageError
from communique.export import formats
from communique.export.material import Material, Options
from communique.views.words import clean

if TYPE_CHECKING:
    from communique.export.load import Loaded
    from communique.ledger import Ledger

SET_ASIDE = 3


def _beginning(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """Formats for completion; plug-ins are looked for only then, or when one is named."""
    return [name for name in formats.names() if name.startswith(incomplete)]


def _listed() -> str:
    return "\n".join(f"  {name:<12}{line}" for name, line in formats.OURS.items())


_EPILOG = "\b\nFormats:\n" + _listed() + "\n\nWhat each can hold is in docs/exports."


@click.command(epilog=_EPILOG)
@click.argument("name", metavar="FORMAT", shell_complete=_beginning)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="A file; else standard output.")
@click.option(
    "--table", default="contacts", show_default=True, metavar="TABLE", help="Which table, for CSV and Parquet."
)
@click.option("--raw", is_flag=True, help="CSV cells as they are, formulas too.")
@click.option("--text", is_flag=True, help="Whole texts of documents as well, where the format has room for them.")
@click.option("--history", is_flag=True, help="JSON Lines with what was superseded and ids that contacts had before.")
@with_choice
@with_ledger
def export(
    session: Session, name: str, output: Path | None, choice: Choice, **options: str | bool,
) -> None:  # fmt: skip
    """Write the ledger, or the contacts asked for, in a format that other programs read.

    Text leaves as quotes only, unless --text is said; JSON Lines hold everything.

    \b
    communique export csv --between RUS USA > contacts.csv
    communique export jsonl -o ledger.jsonl
    communique export parquet --table evidence -o evidence.parquet
    communique export ical --since 2021 -o plans.ics
    """
    chosen = formats.exporter(name)
    if chosen.whole and choice.given:
        raise UsageError(
            f"{name} writes the whole ledger.", "Leave out the choice of contacts, or take another format."
        )
    with session.reading() as store:
        from communique.views.stored import stored

        registry = session.registry()
        held = stored(store, session.issuers())
        material = Material(held, registry, choice.wanted(registry), Options(**options), store)  # type: ignore[arg-type]
        with _sink(output, chosen.media_type) as write:
            for chunk in chosen.chunks(material):
                write(chunk)
    for reason, count in sorted(material.left_out.items()):
        say(f"left out: {count:,} {reason}")


@contextmanager
def _sink(output: Path | None, media_type: str) -> Iterator[Callable[[bytes], object]]:
    """Standard output, or a file that is only there once it is whole."""
    if output is None:
        if sys.stdout.isatty() and not _is_text(media_type):
            raise UsageError("This format is not for a terminal.", "Name a file: -o FILE")
        yield _stdout
        return
    part = output.with_name(output.name + ".part")
    try:
        with part.open("wb") as out:
            yield out.write
        os.replace(part, output)
    except OSError as error:
        raise LedgerError(f"{output} cannot be written: {error.strerror or error}.") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _stdout(chunk: bytes) -> object:
    """Standard output as it is, also where something else that takes text stands in for it."""
    binary = getattr(sys.stdout, "buffer", None)
    return binary.write(chunk) if binary else sys.stdout.write(chunk.decode())


def _is_text(media_type: str) -> bool:
    return media_type.startswith("text/") or any(word in media_type for word in ("json", "xml", "tab"))


@click.command(name="import")
@click.argument("name", metavar="FORMAT", type=click.Choice(["jsonl"]))
@click.argument(
    "paths", nargs=-1, required=True, metavar="FILE…", type=click.Path(exists=True, dir_okay=False, allow_dash=True)
)
@with_ledger
def import_(session: Session, name: str, paths: tuple[str, ...]) -> int:
    """Read what `communique export jsonl` wrote into the ledger: documents, records, judgements, contacts.

    Into a new ledger everything comes as it was, and its export is the same to the byte. Into one that holds something
    already, documents count as read last, and contacts are worked out anew.

    \b
    communique import jsonl ledger.jsonl --ledger copy.db
    """
    from communique.export.load import load

    with session.writing("communique import", create=True) as ledger:
        fresh = ledger.revision == 0
        problems = Problems()
        for path in paths:
            with click.open_file(path, "rb") as stream:
                loaded = load(ledger, cast(BinaryIO, stream), path, datetime.now(UTC).isoformat(timespec="seconds"))
            say(f"{clean(path)}: {_told(loaded)}")
            for issue in loaded.refused:
                problems.add(issue)
        if fresh and len(paths) == 1 and not loaded.refused:
            ledger.put_contacts(loaded.contacts, mark=loaded.mark)
            ledger.put_former_contacts(loaded.former)
        else:
            _settle(session, ledger)
    return SET_ASIDE if problems.lost else 0


def _settle(session: Session, ledger: Ledger) -> None:
    from communique.pipeline import settle

    settle(ledger, session.knowledge())


def _told(loaded: Loaded) -> str:
    kinds: Iterable[tuple[str, int]] = sorted(loaded.counts.items())
    return (
        ", ".join(f"{count:,} {kind}{'' if count == 1 else 's'}" for kind, count in kinds if kind != "ledger")
        or "empty"
    )
