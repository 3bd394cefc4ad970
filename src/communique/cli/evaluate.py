"""``communique evaluate``: how well the reader reads, against annotated documents."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from communique.cli.clusters import evaluate_contacts
from communique.cli.session import Session, with_ledger
from communique.errors import UsageError
from communique.views.quality import FIELDS, SCORED, Quality, quality

Record = dict[str, Any]


_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("gold", type=_FILE)
@click.option("--documents", type=_FILE, help="The documents themselves (JSON Lines), read now.")
@click.option("--read", "lines", type=_FILE, help="Lines that read --json printed before.")
@click.option("--by-source", is_flag=True, help="Figures for each source, too.")
@click.option("--contacts", is_flag=True, help="GOLD has contacts, not documents: score what was brought together.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@with_ledger
def evaluate(
    session: Session, gold: Path, documents: Path | None, lines: Path | None, by_source: bool, contacts: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """Score the reader against annotated documents (the rules of the records' scorer).

    With --contacts, score which reports were taken for one contact, by pairs and by B-cubed, in the ledger or in
    --documents. A line of GOLD is {"id", "parties": [name…], "day", "documents": [id…], "channel"}.

    \b
    communique evaluate --documents dev_docs.jsonl dev.jsonl
    communique evaluate --read lines.jsonl gold.jsonl --by-source
    communique evaluate --contacts contacts.jsonl --ledger calls.db
    communique evaluate --contacts contacts.jsonl --documents articles.jsonl.gz
    """
    if contacts:
        if lines or by_source:
            raise UsageError("--contacts takes --documents or --ledger, nothing else")
        evaluate_contacts(session, gold, _records(gold, ("id",)), documents, as_json)
        return
    if (documents is None) == (lines is None):
        remedy = "--documents reads them now; --read takes lines of read --json"
        raise UsageError("evaluate needs either --documents or --read", remedy)
    annotated = list(_records(gold, ("id", "contacts", "claims", "agreements")))
    read = list(_records(lines, ("document", "contacts"))) if lines else list(_read_now(documents, annotated))
    tables = {"all": quality(annotated, read)}
    if by_source:
        sources = sorted({_source(g) for g in annotated})
        tables |= {s: quality([g for g in annotated if _source(g) == s], read) for s in sources}
    click.echo(json.dumps({k: asdict(v) for k, v in tables.items()}) if as_json else "\n".join(_table(tables)))


def _source(record: Record) -> str:
    return str(record.get("source") or record["id"].split("-")[0])


def _records(path: Path, needed: tuple[str, ...]) -> Iterator[Record]:
    with path.open(encoding="utf-8") as handle:
        for number, line in enumerate(handle, 1):
            if line.strip():
                yield _record(f"{path.name}:{number}", line, needed)


def _record(place: str, line: str, needed: tuple[str, ...]) -> Record:
    try:
        record: Record = json.loads(line)
    except ValueError as error:
        raise UsageError(f"{place}: not JSON: {error}", "Each line must be one JSON object.") from error
    missing = [name for name in needed if not isinstance(record, dict) or name not in record]
    if missing:
        raise UsageError(f"{place}: a record without {', '.join(missing)}", f"It needs {', '.join(needed)}.")
    return record


def _read_now(documents: Path | None, annotated: Iterable[Record]) -> Iterator[Record]:
    from communique.cli.read import read_all
    from communique.views.records import reading_record

    wanted = {g["id"] for g in annotated}
    for reading in read_all((str(documents),)):
        if reading.document.id in wanted:
            yield reading_record(reading)


def _table(tables: dict[str, Quality]) -> Iterator[str]:
    for name, q in tables.items():
        yield f"[{name}] documents {q.documents}, contacts {q.gold} (read {q.read})"
        for kind in SCORED:
            s = q.scores[kind]
            yield f"  {kind:<11}P {s.precision:.3f}  R {s.recall:.3f}  F1 {s.f1:.3f}"
        yield "  among found: " + "  ".join(f"{f} {q.among_found[f]:.3f}" for f in FIELDS)
        if q.missing:
            yield f"  documents without a line: {q.missing}"
