"""``freeze``: a dated release of the ledger in a folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from communique.cli.choice import Choice, with_choice
from communique.cli.output import say
from communique.cli.session import Session, with_ledger
from communique.errors import UsageError


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--date", "day", required=True, metavar="DAY", help="The day of the release: 2031-05-22.")
@click.option("--title", default="Diplomatic contacts", show_default=True, help="What the data are called.")
@click.option("--author", "authors", multiple=True, help="Who made them; may be said several times.")
@click.option("--version", default="1", show_default=True, help="Which version of them this is.")
@click.option("--licence", metavar="SPDX", help="Under what licence: CC-BY-4.0.")
@click.option("--text", is_flag=True, help="Whole texts of documents as well, and the ledger as JSON Lines.")
@with_choice
@with_ledger
def freeze(
    session: Session, folder: Path, day: str, title: str, authors: tuple[str, ...], version: str, licence: str | None,
    text: bool, choice: Choice,
) -> None:  # fmt: skip
    """Write a dated release: every table as CSV and Parquet, a codebook, CITATION.cff and checksums.

    The same ledger and the same words give the same bytes, whenever and wherever it is done. Text leaves as quotes
    only, unless --text is said.

    \b
    communique freeze release-1 --date 2031-05-22 --author "Ana Silva" --title "Calls of 2030"
    sha256sum -c SHA256SUMS     # in that folder
    """
    from communique.export.freeze import Release
    from communique.export.freeze import freeze as write
    from communique.export.material import Material, Options
    from communique.views.stored import stored

    release = Release(_day(day), title, authors or ("Anonymous",), version, licence)
    with session.reading() as store:
        registry = session.registry()
        kept = None if choice.given else store
        held = stored(store, session.issuers())
        material = Material(held, registry, choice.wanted(registry), Options(text=text), kept)
        say(f"{write(material, release, folder)} files in {folder}")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f'"{text}" is no day.', "Write it as 2031-05-22.") from None
