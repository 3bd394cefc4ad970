"""The ledger itself: whether it is whole (``verify``), where it lives (``doctor``), copies (``backup``)."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click

from communique.cli.output import Form, formats, json_line, say, with_json
from communique.cli.output import show as put
from communique.cli.session import LedgerName, Session, config_files, with_ledger
from communique.errors import CommuniqueError, UsageError
from communique.ledger import Ledger, copy_ledger, restore_ledger
from communique.reconcile.judgements import decisions
from communique.views.tables import Cell
from communique.views.words import clean

Check = tuple[str, str, bool]
_PACKAGES = ("click", "rich", "sqlalchemy", "alembic", "trafilatura", "resiliparse", "py3langid", "ahocorasick-rs")


@click.command()
@with_json
@with_ledger
def verify(session: Session, as_json: bool) -> int:
    """Check that the ledger is whole: its pages, its texts, and every quote against the text it was read from.

    Exits with 1 if something is damaged, and names it.

    \b
    communique verify
    communique verify --ledger calls.db --json
    """
    with session.reading() as ledger:
        found = 0
        for damage in ledger.verify():
            found += 1
            record = {"what": damage.what, "id": damage.id, "message": damage.message}
            words = clean(f"{damage.what} {damage.id}".strip() + f": {damage.message}")
            click.echo(json_line(record) if as_json else words)
        documents = sum(1 for _ in ledger.documents()) if not found else 0
        aside = sum(1 for _ in ledger.set_aside()) if not found else 0
    say(f"{found} damaged" if found else f"whole: {documents:,} documents, {aside:,} inputs set aside")
    return 1 if found else 0


@click.command()
@formats
@with_ledger
def doctor(session: Session, form: Form) -> int:
    """Look at the environment: versions, settings, rules, the ledger. Exits with 1 if something is wrong.

    \b
    communique doctor
    communique doctor --json
    """
    checks = list(_checks(session))
    rows: list[tuple[Cell, ...]] = [("ok" if fine else "WRONG", what, found) for what, found, fine in checks]
    put(form, ("state", "what", "found"), rows, ({"what": w, "found": f, "ok": ok} for w, f, ok in checks))
    return 0 if all(fine for *_, fine in checks) else 1


def _checks(session: Session) -> Iterator[Check]:
    import sqlite3

    from communique import __version__

    yield "communique", __version__, True
    machine = f"{platform.system()} {platform.machine()}"
    yield "python", f"{platform.python_version()} on {machine}", sys.version_info >= (3, 11)
    yield "sqlite", sqlite3.sqlite_version, sqlite3.sqlite_version_info >= (3, 35)
    for name in _PACKAGES:
        yield _package(name)
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    yield "output encoding", encoding, encoding.lower().replace("-", "") in ("utf8", "utf8sig")
    yield "configuration", ", ".join(map(str, config_files())) or "none", True
    yield _knowledge(session)
    yield from _ledger(session)


def _package(name: str) -> Check:
    try:
        return name, version(name), True
    except PackageNotFoundError:
        return name, "not installed", False


def _knowledge(session: Session) -> Check:
    try:
        held = session.knowledge()
    except CommuniqueError as error:
        return "knowledge", str(error), False
    people = f"{len(held.registry.people):,} people, {len(held.registry.tenures):,} tenures"
    return "knowledge", f"{held.version}: {len(held.rules.rules):,} rules, {people}", True


def _ledger(session: Session) -> Iterator[Check]:
    path = session.ledger
    if isinstance(path, Path) and not path.exists():
        folder = next(folder for folder in path.absolute().parents if folder.exists())
        yield "ledger", f"{path}: not there yet; `communique read` makes it", os.access(folder, os.W_OK)
        return
    try:
        with session.reading() as ledger:
            yield from _held(ledger)
    except CommuniqueError as error:
        yield "ledger", str(error), False
        return
    if isinstance(path, Path):
        writable = os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)
        yield "ledger can be written", str(path), writable


def _held(ledger: Ledger) -> Iterator[Check]:
    contacts = list(ledger.contacts())
    documents, aside = (sum(1 for _ in some) for some in (ledger.documents(), ledger.set_aside()))
    held = f"{documents:,} documents, {len(contacts):,} contacts, {aside:,} inputs set aside"
    yield "ledger", f"{ledger.name}: revision {ledger.revision}, {held}", True
    placed = {report for contact in contacts for report in contact.reports}
    left = {r.id for r in ledger.reports()} - placed - decisions(tuple(ledger.judgements())).rejected
    told = f"{len(left):,} are in none: a run was killed; any `communique read` puts them in their place"
    yield "reports in contacts", told if left else f"all {len(placed):,}", not left


@click.command()
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Put it in the place of a file that is there already.")
@with_ledger
def backup(session: Session, target: Path, force: bool) -> None:
    """Copy the ledger into one file, also while others write to it.

    \b
    communique backup calls-2020-07-24.db
    communique backup --ledger calls.db --force copy.db
    """
    if target.exists() and not force:
        raise UsageError(f"{target} is there already", "Name another file, or say --force.")
    if not target.absolute().parent.is_dir():
        raise UsageError(f"there is no folder {target.parent}", "Make it first, or name another one.")
    with session.reading() as ledger:
        ledger.backup(target)
    say(f"copied to {clean(str(target))}")


@click.command()
@click.argument("source", type=LedgerName())
@click.argument("target", type=LedgerName())
def copy(source: Path | str, target: Path | str) -> None:
    """Copy a ledger, also somebody else's, into a new one: a file, or a database of a server.

    It is opened for reading only, checked, and copied row by row, so that nothing but documents, what was read in them,
    judgements and contacts comes along.

    \b
    communique copy calls.db postgresql://me@server/calls
    communique copy postgresql://me@server/calls calls.db
    communique copy from-a-colleague.db ours.db
    """
    say(f"{copy_ledger(source, target):,} rows copied, every quote checked")


@click.command()
@click.argument("saved", metavar="BACKUP", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Put it in the place of what the ledger holds now.")
@with_ledger
def restore(session: Session, saved: Path, force: bool) -> None:
    """Bring back what a backup holds. What the ledger held until then is put by beside it.

    \b
    communique restore calls-2020-07-24.db
    communique restore --force --ledger calls.db calls-2020-07-24.db
    """
    there = not isinstance(session.ledger, Path) or session.ledger.exists()
    if there and not force:
        raise UsageError(f"{session.ledger} is there already", "Say --force to put the backup in its place.")
    count = restore_ledger(saved, session.ledger, session.patience)
    say(f"{count:,} rows restored, every quote checked")
