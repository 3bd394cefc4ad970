"""``communique times``: the dates of documents with value, basis and reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from communique.cli.output import Form, formats, json_line
from communique.cli.output import show as put
from communique.cli.problems import Problems
from communique.model import Document, Issue
from communique.sources import SourceOptions, field_map, read_inputs
from communique.views.tables import Cell
from communique.views.times import times_record, timex_record

_COLUMNS = ("document", "start", "end", "text", "edtf", "basis", "why")


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("--published", metavar="DATE", help="When all of them were published.")
@click.option("--map", "pairs", multiple=True, metavar="OURS=THEIRS", help="Name of a field in JSON Lines and CSV.")
@click.option("--timex", is_flag=True, help="TIMEX3 lines: start, end, type, value.")
@formats
def times(paths: tuple[str, ...], published: str | None, pairs: tuple[str, ...], timex: bool, form: Form) -> int:
    """Dates in documents: what they mean as EDTF, on what that rests, and why. A line a document with --json.

    Only a date of publication that is given, or stated in the document, is reckoned from; none is inferred.

    \b
    communique times readout.txt --published 2020-07-24
    echo "They spoke last Friday." | communique times --published 2020-05-22 -
    communique times --timex articles.jsonl > timex.jsonl
    """
    problems = Problems()
    documents = _documents(paths, SourceOptions(published, fields=field_map(pairs)), problems)
    if timex or form == "json":
        for document in documents:
            click.echo(json_line(timex_record(document) if timex else times_record(document)))
    else:
        put(form, _COLUMNS, (row for document in documents for row in _rows(document)), ())
    return 3 if problems.lost else 0


def _documents(paths: tuple[str, ...], options: SourceOptions, problems: Problems) -> Iterator[Document]:
    for one in read_inputs(paths, options):
        if isinstance(one, Issue):
            problems.add(one)
        else:
            yield one


def _rows(document: Document) -> Iterator[tuple[Cell, ...]]:
    for found in times_record(document)["times"]:
        yield document.id, *_values(found)


def _values(found: dict[str, Any]) -> tuple[Cell, ...]:
    return tuple(found[name] for name in _COLUMNS[1:])
