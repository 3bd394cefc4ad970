"""What people decide: ``judge``, ``merge`` and ``split``. (``review`` is in a module of its own.)

Decisions are kept apart from what was read, with who, when and why; contacts are worked out anew from both.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import wraps
from typing import Any, TypeVar

import click

from communique.cli.output import Form, formats, say
from communique.cli.output import show as put
from communique.cli.session import Session, option, with_ledger
from communique.errors import NotFoundError, UsageError
from communique.ledger import Ledger, new_judgement
from communique.model import Contact, Judgement, JudgementKind, Report
from communique.pipeline import settle
from communique.reconcile.judgements import in_force
from communique.views.asking import apart, corrected_value
from communique.views.tables import Cell

Command = TypeVar("Command", bound=Callable[..., Any])
_COLUMNS = ("id", "kind", "reports", "who", "at", "why", "field", "value", "undoes", "in_force")


def signed(command: Command) -> Command:
    """Gives a command ``--who`` and ``--why``, and first of all a :class:`Desk` to decide at."""

    @wraps(command)
    def run(session: Session, *args: Any, who: str, why: str, **options: Any) -> Any:
        with session.writing(f"communique {click.get_current_context().info_name}") as ledger:
            return command(Desk(session, ledger, who, why), *args, **options)

    run = option("who", "--who", metavar="NAME", help="Whose decision it is; by default yours.")(run)
    run = click.option("--why", default="", metavar="TEXT", help="Why; kept with the decision.")(run)
    return with_ledger(run)  # type: ignore[return-value]


def _now() -> str:
    # To the microsecond: of two decisions on the same reports the later one holds.
    return datetime.now(UTC).isoformat(timespec="microseconds")


class Desk:
    """Where somebody decides: takes decisions down, and then works the contacts out anew."""

    def __init__(self, session: Session, ledger: Ledger, who: str, why: str = "") -> None:
        self.session, self.ledger, self.who, self.why = session, ledger, who, why

    def decide(
        self, kind: JudgementKind, groups: Sequence[Sequence[str]], field: str | None = None, value: str | None = None
    ) -> tuple[Judgement, ...]:
        """One decision for each group of reports."""
        at = _now()
        made = tuple(new_judgement(kind, reports, self.who, at, self.why, field, value) for reports in groups)
        for judgement in made:
            self.ledger.add_judgement(judgement)
            click.echo(f"{judgement.id}\t{kind}\t{' '.join(judgement.reports)}")
        return made

    def undo(self, identity: str) -> None:
        """Take a decision back (or restore it, if it took another one back)."""
        found = self.ledger.undo(identity, self.who, _now(), self.why)
        click.echo(f"{found.id}\tundoes\t{found.undoes}")

    def settle(self) -> None:
        """Work the contacts out anew."""
        changed = settle(self.ledger, self.session.knowledge())
        say(f"{changed} contact(s) changed")

    def reports(self, identity: str) -> tuple[str, ...]:
        """The reports that an id (or its beginning) stands for: itself, or all of a contact."""
        found = self.ledger.get(identity)
        if isinstance(found, Report):
            return (found.id,)
        if isinstance(found, Contact):
            return found.reports
        raise NotFoundError(f"{identity} is neither a report nor a contact.", "`communique show ID` lists reports.")

    def report(self, identity: str) -> str:
        """The one report that an id stands for."""
        found = self.reports(identity)
        if len(found) > 1:
            listed = ", ".join(found)
            raise UsageError(f"{identity} has {len(found)} reports; say which one is meant: {listed}")
        return found[0]


@click.group()
def judge() -> None:
    """Accept, reject, correct or doubt a report; take a decision back; list decisions.

    \b
    communique judge accept r0678c
    communique judge correct r0678c channel video --why "the photograph shows a screen"
    communique judge undo j12ab34cd56ef
    communique judge list
    """


def _opinion(kind: JudgementKind, what: str) -> click.Command:
    @signed
    def run(desk: Desk, report: str) -> None:
        desk.decide(kind, [[desk.report(report)]])
        desk.settle()

    about = f"{what}\n\n\b\ncommunique judge {kind} r0678c --why \"as the original says\""
    return click.command(kind, help=about)(click.argument("report")(run))


judge.add_command(_opinion("accept", "Say that a report was read rightly."))
judge.add_command(_opinion("reject", "Say that a report tells of no contact; it is left out of all contacts."))
judge.add_command(_opinion("unsure", "Say that you looked at a report and cannot tell."))


@judge.command()
@click.argument("report")
@click.argument("field")
@click.argument("value")
@signed
def correct(desk: Desk, report: str, field: str, value: str) -> None:
    """Say what a field of a report should be. A date is EDTF; parties are JSON; "null" empties a field.

    \b
    communique judge correct r0678c when 2020-05-07
    communique judge correct r0678c parties '[{"name": "Ana Silva", "state": "BRA", "level": "minister"}]'
    """
    desk.decide("correct", [[desk.report(report)]], field, json.dumps(corrected_value(field, value)))
    desk.settle()


@judge.command()
@click.argument("judgement")
@signed
def undo(desk: Desk, judgement: str) -> None:
    """Take a decision back; taking that back restores it.

    \b
    communique judge undo j12ab34cd56ef --why "the other document is about another call"
    """
    desk.undo(judgement)
    desk.settle()


@judge.command("list")
@formats
@with_ledger
def listed(session: Session, form: Form) -> None:
    """All decisions, oldest first; those whose reports are no longer found are named on stderr.

    \b
    communique judge list --json
    """
    with session.reading() as ledger:
        made, lost = list(ledger.judgements()), list(ledger.orphaned_judgements())
    valid = {judgement.id for judgement in in_force(made)}
    rows = [_row(judgement, judgement.id in valid) for judgement in made]
    put(form, _COLUMNS, rows, (dict(zip(_COLUMNS, row, strict=True)) for row in rows))
    for orphan in lost:
        say(f"{orphan.judgement.id}: without effect, its reports are no longer read: {', '.join(orphan.missing)}")


def _row(judgement: Judgement, valid: bool) -> tuple[Cell, ...]:
    about = (judgement.who, judgement.at, judgement.why, judgement.field, judgement.value, judgement.undoes)
    return (judgement.id, judgement.kind, " ".join(judgement.reports), *about, "yes" if valid else "no")


@click.command()
@click.argument("ids", nargs=-1, required=True)
@signed
def merge(desk: Desk, ids: tuple[str, ...]) -> None:
    """Say that reports tell of one contact. A contact's id stands for all its reports.

    \b
    communique merge c4f09 c77aa --why "one call, dated on two days"
    communique merge r0678c r81f22
    """
    desk.decide("merge", [tuple(dict.fromkeys(r for identity in ids for r in desk.reports(identity)))])
    desk.settle()


@click.command()
@click.argument("ids", nargs=-1, required=True)
@signed
def split(desk: Desk, ids: tuple[str, ...]) -> None:
    """Say that reports do not tell of one contact.

    Of several reports, each is kept apart from each other. A contact and reports of it: those leave the contact.
    Two contacts are kept apart.

    \b
    communique split r0678c r81f22 --why "morning and evening"
    communique split c4f09 r81f22
    """
    desk.decide("split", apart([desk.reports(identity) for identity in ids]))
    desk.settle()
