"""Why a passage was read as it was (``explain``), and whether rules keep what they promise (``check-rules``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from communique.cli.output import Form, formats, json_line, say, with_json
from communique.cli.output import show as put
from communique.cli.session import Session, with_knowledge
from communique.extract.explain import Line
from communique.extract.explain import explain as explained
from communique.extract.rulecheck import Failure
from communique.extract.rulecheck import check_rules as proved
from communique.knowledge import Knowledge, load
from communique.model import Document, Published, Reading, Report
from communique.pipeline import Timings, prepare, read_document
from communique.views.asking import last_day
from communique.views.records import reading_record
from communique.views.tables import Cell
from communique.views.words import clean, parties_words, value_words

_COLUMNS = ("outcome", "field", "rule", "words", "says", "start", "end")


@click.command()
@click.argument("sentence")
@click.option("--published", metavar="EDTF", help="The day it is said; needed for dates without a year.")
@click.option("--losers/--no-losers", default=True, help="Whether to show rules that matched and lost.")
@formats
@with_knowledge
def explain(session: Session, sentence: str, published: str | None, losers: bool, form: Form) -> None:
    """What fires in a sentence, what loses, and what is read: every mention, every rule.

    \b
    communique explain "Putin and Trump spoke by phone on Friday" --published 2020-05-08
    communique explain --no-losers "Lavrov met his Chinese counterpart in Beijing."
    communique explain --knowledge my-rules/ "The two envoys huddled in Geneva." --json
    """
    document, knowledge = _document(sentence, published), session.knowledge()
    context, _ = prepare(document, knowledge, Timings())
    lines = [line for line in explained(context) if losers or line.outcome != "lost"]
    if form == "json":
        click.echo(json_line(_explanation(lines, read_document(document, knowledge))))
        return
    put(form, _COLUMNS, map(_row, lines), ())
    for line in _read_out(read_document(document, knowledge)) if form == "table" else ():
        say(line)


def _document(sentence: str, published: str | None) -> Document:
    day = last_day(published)
    said = Published(day.isoformat(), "given") if day else Published(None, None)
    return Document("typed", sentence, language="en", published=said)


def _row(line: Line) -> tuple[Cell, ...]:
    return line.outcome, line.field, line.rule, line.words, line.says, line.span.start, line.span.stop


def _explanation(lines: Sequence[Line], reading: Reading) -> dict[str, Any]:
    seen = [dict(zip(_COLUMNS, _row(line), strict=True)) for line in lines]
    return {"lines": seen} | reading_record(reading)


def _read_out(reading: Reading) -> Iterator[str]:
    """What was read in the end."""
    for report in reading.reports:
        yield f"contact: {_report_words(report)}"
    for claim in reading.claims:
        count = f" {claim.count.value}" if claim.count else ""
        yield f"claim: {claim.kind.value}{count}, {claim.channel.value}, {_parties(claim.parties)}"
    for action in reading.agreements:
        yield f"agreement: {clean(action.agreement.value)}, {action.action.value}"
    if not (reading.reports or reading.claims or reading.agreements):
        yield "nothing was read"


def _parties(parties: Sequence[Any]) -> str:
    return clean(parties_words(cited.value for cited in parties))


def _report_words(report: Report) -> str:
    when = value_words(report.when.value) if report.when else "undated"
    return f"{report.status.value}, {report.channel.value}, {_parties(report.parties)}, {clean(when)}"


@click.command()
@click.argument("directory", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--corpus", "corpora", multiple=True, metavar="PATH", help="Documents to read with and without them.")
@with_json
def check_rules(directory: Path | None, corpora: tuple[str, ...], as_json: bool) -> int:
    """Run the examples and counter-examples of all rules: ours, and those of a directory of your own.

    With --corpus, also show which contacts of some documents the directory's rules gain and lose. Exits with 1 if an
    example fails.

    \b
    communique check-rules
    communique check-rules my-rules/
    communique check-rules my-rules/ --corpus articles.jsonl
    """
    if corpora and directory is None:
        raise click.UsageError("--corpus needs a DIRECTORY of rules to compare with ours")
    knowledge = Session(Path(), (directory,) if directory else ()).knowledge()
    failures = proved(knowledge)
    for failure in failures:
        click.echo(json_line(_failure(failure)) if as_json else clean(f"{failure.source}: {failure.message}"))
    for line in changes(corpora, knowledge) if directory else ():
        click.echo(json_line(line) if as_json else _change_words(line))
    proofs = sum(len(rule.examples) + len(rule.never) for rule in knowledge.rules.rules)
    say(f"{len(knowledge.rules.rules):,} rules, {proofs:,} examples and counter-examples, {len(failures):,} failed")
    return 1 if failures else 0


def _failure(failure: Failure) -> dict[str, Any]:
    return {
        "rule": failure.rule, "field": failure.field, "file": failure.source, "kind": failure.kind,
        "sentence": failure.sentence, "fired": failure.fired,
    }  # fmt: skip


def changes(corpora: Sequence[str], knowledge: Knowledge) -> Iterator[dict[str, Any]]:
    """The contacts of documents that are gained (or changed to) and lost (or changed from), against our own rules."""
    from communique.sources import read_inputs

    ours = load()
    for document in read_inputs(corpora):
        if isinstance(document, Document):
            before, after = ({_mark(r): r for r in read_document(document, k).reports} for k in (ours, knowledge))
            for change, here, there in (("lost", before, after), ("gained", after, before)):
                yield from (_change(change, document, here[mark]) for mark in here if mark not in there)


def _mark(report: Report) -> tuple[object, ...]:
    parties = tuple(cited.value for cited in report.parties)
    return report.trigger, report.status.value, report.channel.value, report.when and report.when.value.edtf, parties


def _change(change: str, document: Document, report: Report) -> dict[str, Any]:
    quote = report.quotes[0]
    words = document.part(quote.part)[quote.start : quote.stop]
    return {"change": change, "document": document.id, "contact": _report_words(report), "text": words}


def _change_words(change: dict[str, Any]) -> str:
    sign = "+" if change["change"] == "gained" else "-"
    return clean(f"{sign} {change['document']}: {change['contact']}: “{change['text'][:160]}”")
