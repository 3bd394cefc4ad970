"""One contact in full (``show``), and its accounts face to face (``compare``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import click

from communique.cli.output import heading, json_line, with_json
from communique.cli.pictures import picture_files, write
from communique.cli.session import Session, with_ledger
from communique.cli.words import document_words, quote_words
from communique.errors import NotFoundError, UsageError
from communique.ledger.fields import Record, all_cited
from communique.model import AgreementAction, Claim, Contact, Document, Reading, Report
from communique.views.agree import Answer
from communique.views.asking import first_day, side_named
from communique.views.compare import Comparison, TopicRow, compare_json
from communique.views.compare import compare as compared
from communique.views.contacts import contact_row, show_json
from communique.views.gatherings import MANY, gathering_json, gathering_of, meetings_at
from communique.views.habits import Habit, compare_pair, habit_json
from communique.views.records import agreement_record, claim_record, reading_record
from communique.views.sidefields import FieldRow, Quote
from communique.views.snapshot import Snapshot
from communique.views.voices import relayed
from communique.views.words import clean, json_words, parties_words, value_words, when_words

Lines = Iterator[str]
_KINDS = {Report: "report", Claim: "claim", AgreementAction: "agreement"}
_NO_CONTACT = "`communique contacts` lists them."


@click.command()
@click.argument("identity", metavar="ID")
@with_json
@with_ledger
def show(session: Session, identity: str, as_json: bool) -> None:
    """One contact: what is agreed and what disputed, and every report of it with the words for each field.

    The beginning of an id is enough. The id may also be that of a report, a document, a claim or a step of an
    agreement.

    \b
    communique show c4f09
    communique show c4f09 --json | jq '.accounts[].record.quotes'
    """
    with session.reading() as ledger:
        found = ledger.get(identity)
        if isinstance(found, Document):
            held = next(ledger.readings(_only(found)))
            _out([json_line(reading_record(held))] if as_json else _document(held))
            return
        if isinstance(found, Claim | AgreementAction):
            document = ledger.document(found.document) or Document(found.document, "")
            _out([_record_json(found, document)] if as_json else _record(found, document))
            return
    snapshot, contact = find_contact(session, identity, found)
    whole = show_json(snapshot, contact) | gathering_json(snapshot, contact) if as_json else {}
    _out([json_line(whole)] if as_json else _contact(snapshot, contact))


def find_contact(session: Session, identity: str, found: object) -> tuple[Snapshot, str]:
    """The contact that is meant, or that a report belongs to, in a snapshot of its sides; a gathering's is whole."""
    with session.reading() as ledger:
        if isinstance(found, Report):
            found = next(iter(ledger.contacts_holding([found.id])), None)
        if not isinstance(found, Contact):
            raise NotFoundError(f"No contact has an id that begins with {identity!r}.", _NO_CONTACT)
        first = next(ledger.reports_by_id(found.reports))
    sides = tuple(dict.fromkeys(p.value.side for p in first.parties if p.value.side))
    return session.snapshot(sides if len(sides) < MANY else ()), found.id


def _only(document: Document) -> Any:
    from communique.ledger import Filters

    return Filters(ids=(document.id,))


def _out(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def _record_json(record: Claim | AgreementAction, document: Document) -> str:
    make = claim_record if isinstance(record, Claim) else agreement_record
    return json_line(make(record, document))  # type: ignore[arg-type]


def _document(held: Reading) -> Lines:
    yield heading(document_words(held.document))
    records: tuple[Record, ...] = (*held.reports, *held.claims, *held.agreements)
    for record in records:
        yield ""
        yield f"{_KINDS[type(record)]} {record.id}"
        yield from _record(record, held.document)


def _record(record: Record, document: Document) -> Lines:
    """Every field with its value and the words that state it."""
    for field, _, cited in all_cited(record):
        yield f"  {field.word or field.name:<11} {clean(value_words(cited.value))}"
        yield f"              {quote_words(document, cited.span)}"


def head(ledger: Snapshot, contact: str) -> str:
    """A contact in one line."""
    row = contact_row(ledger, contact)
    place = f" · {row.place}" if row.place else ""
    when = f"{when_words(row.when)}{place}"
    return clean(f"{row.id} · {row.status} · {row.channel} · {when} · {parties_words(row.parties)}")


def _contact(ledger: Snapshot, contact: str) -> Lines:
    row = contact_row(ledger, contact)
    yield heading(head(ledger, contact))
    sources = f"{row.reports} report(s) in {len(row.documents)} document(s) of {row.outlets} outlet(s)"
    yield f"{sources}; {row.independent} independent"
    if row.fulfils:
        yield f"fulfils the plan {row.fulfils}"
    if row.plan_of:
        yield f"was fulfilled by {row.plan_of}"
    if gathering := gathering_of(ledger, contact):
        yield f"took place at the gathering {gathering}"
    if meetings := meetings_at(ledger, contact):
        yield f"meetings at it: {', '.join(meetings)}"
    yield ""
    for name, answer in row.answers.items():
        yield from _answer(name, answer)
    for report in ledger.accounts(contact):
        document = ledger.documents[report.document]
        side = ledger.issuers.of(document)
        yield ""
        yield heading(f"{document_words(document)}{f' [{side}]' if side else ''}")
        yield f"report {report.id}"
        yield from _record(report, document)


def _answer(name: str, answer: Answer[Any]) -> Lines:
    if not answer.sayings:
        return
    state = "disputed" if answer.disputed else "agreed" if len(answer.sayings) == 1 else "compatible"
    yield f"{name:<17} {clean(_answer_words(answer.value))} ({state})"
    if len(answer.sayings) > 1:
        for saying in answer.sayings:
            yield f"    {clean(_answer_words(saying.value))}: {', '.join(saying.reports)}"


def _answer_words(value: Any) -> str:
    return value.edtf if hasattr(value, "edtf") else value_words(value)


@click.command()
@click.argument("identity", metavar="ID", required=False)
@click.option("--pair", nargs=2, metavar="SIDE SIDE", help="What two sides habitually leave out, over all contacts.")
@click.option("--since", metavar="EDTF", help="With --pair: contacts from this day on.")
@picture_files
@with_json
@with_ledger
def compare(
    session: Session, identity: str | None, pair: tuple[str, str] | None, since: str | None, as_json: bool,
    svg: str | None, png: str | None, theme: str | None,
) -> None:  # fmt: skip
    """The accounts of a contact face to face: told by both sides, only by one, differing; each with its words.

    An account is what a side published itself, or what others relay of it ("The Kremlin reported that …").

    \b
    communique compare c4f09
    communique compare c4f09 --json | jq '.topics[] | select(.said_by == ["RUS"])'
    communique compare c4f09 --svg faces.svg
    communique compare --pair USA RUS --since 2021
    """
    if (identity is None) == (pair is None):
        raise UsageError("compare needs either the ID of a contact or --pair SIDE SIDE")
    if pair and (svg or png):
        raise UsageError("there is no picture of --pair", "Draw one contact: communique compare ID --svg FILE")
    if pair:
        _out(_pair(session, pair, since, as_json))
        return
    assert identity is not None
    with session.reading() as ledger:
        found = ledger.get(identity)
    snapshot, contact = find_contact(session, identity, found)
    if svg or png:
        from communique.pictures.ask import face_to_face

        write(face_to_face(snapshot, contact), svg, png, theme)
        return
    comparison = compared(snapshot, contact)
    _out([json_line(compare_json(snapshot, comparison))] if as_json else Faces(snapshot, comparison).lines())


class Faces:
    """A comparison in words: first what both told, then what each told alone, then the other fields."""

    def __init__(self, ledger: Snapshot, comparison: Comparison) -> None:
        self._ledger = ledger
        self._comparison = comparison
        self._parties = tuple(a.side for a in comparison.accounts if a.party)
        self._tellers = _tellers(ledger, comparison.id)

    def lines(self) -> Lines:
        """The whole answer."""
        yield heading(head(self._ledger, self._comparison.id))
        yield ""
        yield heading("Accounts")
        for account in self._comparison.accounts:
            follows = self._comparison.follows.get(account.side)
            follows = f" (follows {follows})" if follows else ""
            yield f"  {self._name(account.side)}: {', '.join(account.documents)}{follows}"
        for side in self._comparison.silent:
            yield f"  {side}: no account of it in the ledger"
        for title, rows in self._sections():
            yield ""
            yield heading(title)
            for row in rows:
                yield from self._topic(row)
        if self._comparison.fields:
            yield ""
            yield heading("Other fields")
        for field in self._comparison.fields:
            yield from self._field(field)
        if self._comparison.aligned:
            yield ""
            yield heading("Sentences that tell of the same")
        for pair in self._comparison.aligned:
            yield from (self._quote(Quote(s, p), "  ") for s, p in zip(pair.sides, pair.spans, strict=True))

    def _name(self, side: str) -> str:
        tellers = [t for t in self._tellers.get(side, ()) if t != side]
        return clean(f"{side} ({', '.join(tellers)})" if tellers else side)

    def _sections(self) -> Iterator[tuple[str, list[TopicRow]]]:
        """Topics by the parties that mention them: those of most parties first."""
        groups: dict[tuple[str, ...], list[TopicRow]] = {}
        for row in self._comparison.topics:
            groups.setdefault(tuple(s for s in self._parties if s in row.said_by), []).append(row)
        for sides in sorted(groups, key=lambda sides: (-len(sides), not sides, sides)):
            yield self._section(sides), groups[sides]

    def _section(self, sides: tuple[str, ...]) -> str:
        names = " and ".join(self._name(side) for side in sides)
        if not sides:
            return "Topics told by neither side, only by others" if self._parties else "Topics"
        if len(sides) == 1:
            return f"Topics told by {names} alone"
        return f"Topics told by {'both ' if len(sides) == 2 else ''}{names}"

    def _topic(self, row: TopicRow) -> Lines:
        yield f"  {row.topic}"
        yield from (self._quote(quote, "    ") for quote in row.quotes)

    def _quote(self, quote: Quote, indent: str) -> str:
        return f"{indent}{clean(quote.side)}: {quote_words(self._ledger.documents[quote.span.document], quote.span)}"

    def _field(self, row: FieldRow) -> Lines:
        verdict = f"only {row.values[0][0]} says" if row.verdict == "only" else row.verdict
        yield f"  {row.field}: {clean(verdict)}"
        for side, value, quotes in row.values:
            words = [quote_words(self._ledger.documents[q.span.document], q.span) for q in quotes[:2]]
            yield f"    {clean(side)}: {clean(json_words(value))}  {' '.join(words)}"


def _tellers(ledger: Snapshot, contact: str) -> dict[str, list[str]]:
    """By side, the names under which documents relay it."""
    found: dict[str, list[str]] = {}
    for report in ledger.accounts(contact):
        for teller, side in relayed(report, ledger.documents[report.document], ledger.issuers).items():
            if teller not in found.setdefault(side, []):
                found[side].append(teller)
    return found


def _pair(session: Session, pair: tuple[str, str], since: str | None, as_json: bool) -> Lines:
    registry = session.registry()
    one, other = (side_named(registry, words) for words in pair)
    for habit in compare_pair(session.snapshot((one, other)), (one, other), first_day(since)):
        if as_json:
            yield json_line(habit_json(habit))
        else:
            yield from _habit(habit)


def _habit(habit: Habit) -> Lines:
    yield heading(f"{habit.side}: accounts of both sides of {habit.both} contacts; silent on {habit.silent} more")
    for words, topics in (("left out what the other told", habit.left_out), ("alone told", habit.alone)):
        listed = ", ".join(f"{topic} {times}×" for topic, times in topics)
        yield f"  {words}: {listed or 'nothing'}"
