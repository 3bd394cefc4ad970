"""Pictures from the command line: ``calendar``, ``timeline``, ``network``, ``claim``; as SVG, PNG, or their table."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from communique.cli.output import Form, formats, say
from communique.cli.output import show as put
from communique.cli.session import Session, with_ledger
from communique.errors import CommuniqueError, UsageError
from communique.model import CHANNELS, STATUSES, Claim
from communique.reconcile.features import published_day
from communique.views.asking import first_day, last_day, side_named, wanted
from communique.views.words import clean

if TYPE_CHECKING:
    from communique.pictures.picture import Picture

Command = TypeVar("Command", bound=Callable[..., Any])
_FILE = click.Path(dir_okay=False, allow_dash=True)


def drawn(command: Command) -> Command:
    """Gives a command that makes a picture ``--svg``, ``--png`` and ``--theme``; without them its table is shown."""

    @wraps(command)
    def run(*args: Any, svg: str | None, png: str | None, theme: str | None, form: Form, **options: Any) -> None:
        picture = command(*args, **options)
        if svg or png:
            write(picture, svg, png, theme)
        else:
            columns, rows = picture.table.columns, picture.table.rows
            put(form, columns, rows, (dict(zip(columns, row, strict=True)) for row in rows))
            say(picture.description)

    return picture_files(formats(run))  # type: ignore[return-value]


def picture_files(command: Command) -> Command:
    """The options that say where a picture goes, as ``svg``, ``png`` and ``theme``."""
    themes = click.Choice(("light", "dark"))
    run = click.option("--theme", type=themes, help="Colours; an SVG follows the reader's system by default.")(command)
    run = click.option("--png", type=_FILE, metavar="FILE", help="Write a PNG here; - for standard output.")(run)
    return click.option("--svg", type=_FILE, metavar="FILE", help="Write an SVG here; - for standard output.")(run)


def write(picture: Picture, svg: str | None, png: str | None, theme: str | None) -> None:
    """A picture into files, or to standard output."""
    if svg == png == "-":
        raise UsageError("--svg and --png cannot both go to standard output", "Name a file for one of them.")
    if png == "-" and sys.stdout.isatty():
        raise UsageError("a PNG is nothing for a terminal", "Name a file, or send it on: --png - | …")
    if svg:
        _put(svg, picture.svg(theme or "auto"))  # type: ignore[arg-type]
    if png:
        _put(png, picture.png(theme or "light"))  # type: ignore[arg-type]


def _put(target: str, data: str | bytes) -> None:
    if target == "-":
        click.echo(data, nl=False)
        return
    try:
        Path(target).write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
    except OSError as error:
        raise CommuniqueError(f"{target} cannot be written: {error.strerror}", "Name another file.") from error
    say(f"{clean(target)}: {Path(target).stat().st_size:,} bytes")


@click.command()
@click.option("--between", nargs=2, metavar="SIDE SIDE", help="Sides that took part: codes or names.")
@click.option("--person", metavar="NAME", help="A person who took part, in any spelling.")
@click.option("--since", metavar="EDTF", help="From this day on: 2020-03-21, 2020-03, 2020.")
@click.option("--until", metavar="EDTF", help="Up to this day.")
@click.option("--channel", "channels", multiple=True, type=click.Choice(CHANNELS), help="By these means.")
@click.option("--status", "statuses", multiple=True, type=click.Choice(STATUSES), help="In this state.")
@drawn
@with_ledger
def calendar(
    session: Session, between: tuple[str, str] | None, person: str | None, since: str | None, until: str | None,
    channels: tuple[str, ...], statuses: tuple[str, ...],
) -> Picture:  # fmt: skip
    """The contacts of a person or of two sides as a calendar: a block a year, columns weeks, rows weekdays.

    A contact of which only the month is known stands beside the days, never on one. Without --svg or --png the
    contacts are listed.

    \b
    communique calendar --person Lavrov --svg lavrov.svg
    communique calendar --between RUS USA --since 2021 --png calls.png --theme dark
    communique calendar --between RUS USA --csv
    """
    from communique.pictures import ask

    registry = session.registry()
    choice = wanted(registry, between or (), person, since, until, channels, statuses)
    return ask.calendar(session.snapshot(choice.between), registry, choice)


@click.command()
@click.option("--between", nargs=2, required=True, metavar="SIDE SIDE", help="The two sides: codes or names.")
@click.option("--since", metavar="EDTF", help="From this day on; by default from their first contact.")
@click.option("--until", metavar="EDTF", help="Up to this day; by default to their last contact.")
@drawn
@with_ledger
def timeline(session: Session, between: tuple[str, str], since: str | None, until: str | None) -> Picture:
    """Two sides over time: contacts by level, plans and what became of them, agreements with their steps.

    Filled marks are confirmed by both sides, half filled ones by one, hollow ones only by media.

    \b
    communique timeline --between Russia USA --svg lanes.svg
    communique timeline --between RUS FRA --since 2022-01 --until 2022-06 --png -  > lanes.png
    """
    from communique.pictures import ask

    registry = session.registry()
    sides = (side_named(registry, between[0]), side_named(registry, between[1]))
    return ask.timeline(session.snapshot(), registry, sides, (first_day(since), last_day(until)))


@click.command()
@click.option(
    "--of", type=click.Choice(("people", "states")), default="people", show_default=True, help="Who is shown."
)
@click.option("--between", nargs=2, metavar="SIDE SIDE", help="Only contacts in which both took part.")
@click.option("--since", metavar="EDTF", help="The window of time; where everybody stands does not hang on it.")
@click.option("--until", metavar="EDTF", help="Its end.")
@click.option("--channel", "channels", multiple=True, type=click.Choice(CHANNELS), help="By these means.")
@click.option(
    "--most", type=click.IntRange(2, 500), default=60, show_default=True, help="So many, those with most contacts."
)
@drawn
@with_ledger
def network(
    session: Session, of: Any, between: tuple[str, str] | None, since: str | None, until: str | None,
    channels: tuple[str, ...], most: int,
) -> Picture:  # fmt: skip
    """Who met whom: people or states, lines as wide as contacts are many, meetings of several sides as squares.

    \b
    communique network --since 2022-02 --until 2022-03 --svg network.svg
    communique network --of states --png states.png --theme dark
    communique network --csv
    """
    from communique.pictures import ask

    registry = session.registry()
    choice = wanted(registry, between or (), None, since, until, channels)
    return ask.network(session.snapshot(choice.between), of, choice, most)


@click.command()
@click.argument("said", metavar="SENTENCE|ID")
@click.option("--published", metavar="EDTF", help="The day it is said; else the ledger's latest.")
@drawn
@with_ledger
def claim(session: Session, said: str, published: str | None) -> Picture:
    """A claim as a staircase: the contacts counted through the time claimed, against the number claimed.

    The claim is a sentence, or the id of one in the ledger.

    \b
    communique claim "Putin and Biden held six telephone conversations in 2021" --svg claim.svg
    communique claim m0678c --png claim.png
    """
    from communique.cli.claims import read_claim
    from communique.pictures import ask

    if not any(c.isspace() for c in said):
        return _stored_claim(session, said)
    with session.reading() as ledger:
        days = (published_day(document) for document in ledger.documents())
        told = last_day(published) or max((day for day in days if day), default=None)
    claims = read_claim(session, said, told).claims
    if len(claims) > 1:
        say(f"{len(claims)} claims in this sentence; the first is drawn")
    return ask.claim(session.snapshot(_sides(claims[0])), claims[0], said, told)


def _stored_claim(session: Session, identity: str) -> Picture:
    from communique.pictures import ask

    with session.reading() as ledger:
        found = ledger.get(identity)
        document = ledger.document(found.document) if isinstance(found, Claim) else None
    if not isinstance(found, Claim) or document is None:
        raise UsageError(
            f"{identity} is no claim", "`communique claims` lists them; a sentence goes in quotation marks."
        )
    span = found.quotes[0]
    words = " ".join(document.part(span.part)[span.start : span.stop].split())
    return ask.claim(session.snapshot(_sides(found)), found, words, published_day(document))


def _sides(claim: Claim) -> tuple[str, ...]:
    return tuple(sorted({p.value.side for p in claim.parties if p.value.side}))
