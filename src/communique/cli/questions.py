"""Questions of the ledger: ``contacts``, ``plans``, ``agreements``. (``show`` and ``compare`` are in ``faces``.)"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from communique.cli.choice import Choice, with_choice
from communique.cli.faces import compare, show
from communique.cli.output import Form, formats
from communique.cli.output import show as put
from communique.cli.session import Session, with_ledger
from communique.ledger import Filters
from communique.ledger.fulltext import around
from communique.model import Document
from communique.views.agreements import LifeLine, Step, life_lines, line_json
from communique.views.asking import last_day
from communique.views.contacts import ContactRow, contact_json, contact_rows
from communique.views.plans import PlanRow, plan_json, plan_rows
from communique.views.tables import Cell
from communique.views.words import parties_words

__all__ = ["agreements", "compare", "contacts", "plans", "search", "show"]

_CONTACTS = ("id", "when", "status", "channel", "parties", "place", "topics", "reports", "outlets", "independent",
             "plan_of", "fulfils", "disputed")  # fmt: skip
_SPARED = ("topics", "outlets", "independent", "plan_of", "fulfils")
_PLANS = ("id", "outcome", "announced", "foreseen", "contact", "channel", "parties", "by")
_LINES = ("agreement", "status", "status_since", "steps", "documents")
_FOUND = ("id", "published", "publisher", "title", "words")
_STEPS = ("agreement", "when", "action", "by", "basis", "conditions", "documents")


@click.command()
@with_choice
@formats
@with_ledger
def contacts(session: Session, form: Form, choice: Choice) -> None:
    """Contacts in the ledger: who was in touch with whom, when and how; each counts once, however often it is told.

    \b
    communique contacts --between RUS USA --since 2020-03 --until 2020-05-22
    communique contacts --person Lavrov --channel phone --status held
    communique contacts --between Germany "European Union" --json | jq -r .id
    communique contacts --csv > contacts.csv
    """
    chosen = choice.wanted(session.registry())
    rows = contact_rows(session.snapshot(chosen.between), chosen)
    put(form, _CONTACTS, map(_contact, rows), map(contact_json, rows), _SPARED)


def _contact(row: ContactRow) -> tuple[Cell, ...]:
    about = (row.id, row.when.edtf if row.when else None, row.status, row.channel, parties_words(row.parties))
    counts = (row.reports, row.outlets, row.independent)
    return (*about, row.place, ", ".join(row.topics), *counts, row.plan_of, row.fulfils, ", ".join(row.disputed))


@click.command()
@click.option("--outcome", type=click.Choice(("held", "postponed", "cancelled", "unreported")), help="Only these.")
@click.option("--by", metavar="EDTF", help="As known on this day; by default on that of the latest document.")
@formats
@with_ledger
def plans(session: Session, form: Form, outcome: str | None, by: str | None) -> None:
    """Planned and proposed contacts and what became of them: held, postponed, cancelled, or no report of it by a day.

    \b
    communique plans
    communique plans --outcome unreported --by 2021-06
    communique plans --json
    """
    rows = [r for r in plan_rows(session.snapshot(), last_day(by)) if outcome in (None, r.outcome)]
    put(form, _PLANS, map(_plan, rows), map(plan_json, rows))


def _plan(row: PlanRow) -> tuple[Cell, ...]:
    days = (str(row.announced or ""), row.foreseen.edtf if row.foreseen else None)
    return (row.id, row.outcome, *days, row.contact, row.channel, parties_words(row.parties), str(row.by or ""))


@click.command()
@click.argument("name", required=False)
@click.option("--by", metavar="EDTF", help="Where they stood on this day; by default on that of the latest document.")
@formats
@with_ledger
def agreements(session: Session, form: Form, name: str | None, by: str | None) -> None:
    """Life-lines of agreements: signed, in force, suspended, left. With a NAME, its steps one by one.

    A step is told by documents, known to the registry, or worked out from the agreement's own period of notice.

    \b
    communique agreements
    communique agreements "open skies"
    communique agreements --json
    """
    lines = life_lines(session.snapshot(), session.registry(), last_day(by))
    chosen = [line for line in lines if name is None or name.casefold() in line.agreement.casefold()]
    if name is None:
        put(form, _LINES, map(_line, chosen), map(line_json, chosen))
    else:
        put(form, _STEPS, _steps(chosen), map(line_json, chosen))


def _line(line: LifeLine) -> tuple[Cell, ...]:
    documents = {document for step in line.steps for document in step.documents}
    return line.agreement, line.status, str(line.status_since or ""), len(line.steps), len(documents)


def _steps(lines: Iterable[LifeLine]) -> Iterator[tuple[Cell, ...]]:
    return ((line.agreement, *_step(step)) for line in lines for step in line.steps)


def _step(step: Step) -> tuple[Cell, ...]:
    by, conditions, documents = (", ".join(some) for some in (step.by, step.conditions, step.documents))
    return step.when.edtf if step.when else None, step.action, by, step.basis, conditions, documents


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="WORDS…")
@click.option("--most", type=click.IntRange(1, 10_000), default=50, show_default=True, help="So many documents.")
@formats
@with_ledger
def search(session: Session, form: Form, words: tuple[str, ...], most: int) -> None:
    """Documents that hold all these words, in title or text; the best come first.

    Accents and capitals do not matter. Words between quotation marks have to stand together.

    \b
    communique search sanctions ukraine
    communique search '"prisoner exchange" Geneva' --json
    """
    asked = " ".join(words)
    with session.reading() as ledger:
        ids = [hit.document for hit in ledger.search(asked, most)]
        held = {document.id: document for document in ledger.documents(Filters(ids=tuple(ids)))} if ids else {}
    rows = [_hit(held[identity], asked) for identity in ids]
    put(form, _FOUND, rows, (dict(zip(_FOUND, row, strict=True)) for row in rows))


def _hit(document: Document, asked: str) -> tuple[Cell, ...]:
    words = around(document.text, asked)
    return document.id, document.published.edtf, document.publisher, document.title, words
