"""Statements about contacts set against the ledger: ``claims`` for those of documents, ``check`` for one just typed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import click

from communique.cli.output import Form, formats, heading, json_line, say, with_json
from communique.cli.output import show as put
from communique.cli.session import Session, with_ledger
from communique.errors import UsageError
from communique.model import CLAIM_KINDS, Claim, Document, Published, Reading
from communique.reconcile.features import published_day
from communique.views.asking import last_day, party_named, side_named
from communique.views.check import Verdict, book, verdict_json
from communique.views.check import check as judged
from communique.views.claims import ClaimRow, claim_json, claim_rows
from communique.views.counting import Counted
from communique.views.records import claim_record
from communique.views.snapshot import Snapshot
from communique.views.tables import Cell
from communique.views.words import clean, parties_words, when_words

CONTRADICTED = 5
VERDICTS = ("supported", "contradicted", "within-uncertainty", "cannot-tell")
_COLUMNS = ("id", "kind", "count", "channel", "parties", "from", "to", "by", "document", "published")
_CHECKED = (*_COLUMNS, "verdict", "counted", "why", "contradicts")
_EXAMPLES = (
    "Putin and Trump held six telephone conversations from the end of March to May 22, 2020.",
    "The previous conversation between Putin and Trump took place on June 1, 2020.",
    "Biden and Putin have not spoken since February 12, 2022.",
)


_as_of = click.option(
    "--as-of", metavar="REVISION", help="The ledger as it was: a revision like r12, or a day like 2026-05-01."
)


@click.command()
@click.option("--check", "checked", is_flag=True, help="Set each against the contacts of the ledger.")
@click.option("--verdict", "verdicts", multiple=True, type=click.Choice(VERDICTS), help="With --check: only these.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(CLAIM_KINDS), help="Only these.")
@click.option("--between", nargs=2, metavar="SIDE SIDE", help="Sides it speaks of: codes or names.")
@_as_of
@formats
@with_ledger
def claims(
    session: Session, form: Form, checked: bool, verdicts: tuple[str, ...], kinds: tuple[str, ...],
    between: tuple[str, str] | None, as_of: str | None,
) -> None:  # fmt: skip
    """Claims that documents make about contacts: so many calls, the previous one, the first, none since.

    With --check, claims that cannot be true together name each other under "contradicts".

    \b
    communique claims
    communique claims --check --verdict contradicted
    communique claims --between RUS USA --json
    communique claims --check --as-of 2026-05-01
    """
    ledger = session.snapshot_at(as_of)[1] if as_of else session.snapshot()
    sides = {side_named(session.registry(), words) for words in between or ()}
    chosen = [c for c in ledger.claims if (not kinds or c.kind.value in kinds) and sides <= _sides(c)]
    if checked or verdicts:
        wanted = {claim.id for claim in chosen}
        rows = [row for row in claim_rows(ledger, book(ledger)) if row.claim.id in wanted]
        found = [row for row in rows if not verdicts or row.verdict.verdict in verdicts]
        put(form, _CHECKED, (_checked_row(ledger, row) for row in found), (claim_json(ledger, row) for row in found))
    else:
        pairs = [(claim, ledger.documents[claim.document]) for claim in chosen]
        put(form, _COLUMNS, (_row(*pair) for pair in pairs), (claim_record(*pair) for pair in pairs))


def _sides(claim: Claim) -> set[str]:
    return {p.value.side for p in claim.parties if p.value.side}


def _row(claim: Claim, document: Document) -> tuple[Cell, ...]:
    record = claim_record(claim, document)
    parties = parties_words(p.value for p in claim.parties)
    window = (record["from"], record["to"], record["by"])
    day = published_day(document)
    return (claim.id, record["kind"], record["count"], record["channel"], parties, *window, document.id, str(day or ""))


def _checked_row(ledger: Snapshot, row: ClaimRow) -> tuple[Cell, ...]:
    verdict = row.verdict
    about = _row(row.claim, ledger.documents[row.claim.document])
    return (*about, verdict.verdict, verdict.counted, verdict.why, ", ".join(row.contradicts))


@click.command()
@click.argument("sentence")
@click.option("--published", metavar="EDTF", help="The day it is said; else the ledger's latest.")
@click.option("--between", nargs=2, metavar="SIDE SIDE", help="Whom it speaks of, if it names nobody: sides or people.")
@click.option("--exit-code", is_flag=True, help="Exit with 5 if the ledger contradicts it.")
@_as_of
@with_json
@with_ledger
def check(
    session: Session, sentence: str, published: str | None, between: tuple[str, str] | None, exit_code: bool,
    as_of: str | None, as_json: bool,
) -> int:  # fmt: skip
    """Set a sentence against the ledger: supported, contradicted, within uncertainty, or cannot tell, and why.

    What is missing in a ledger contradicts nothing; more contacts than were claimed do.

    \b
    communique check "six telephone conversations between Putin and Trump from the end of March to May 22, 2020"
    communique check "The previous conversation between Putin and Trump took place on June 1, 2020" --json
    communique check --between Biden Netanyahu --published 2021-05-20 "I spoke with him six times in eleven days"
    communique check --exit-code --published 2022-02-20 "Biden and Putin have not spoken since February 12" || echo no
    """
    revision, told, whole = _asked(session, as_of, last_day(published))
    reading = read_claim(session, sentence, told, between or ())
    held = book(whole or session.snapshot(_common(reading)))
    found = [(claim, reading.document, judged(claim, held, told)) for claim in reading.claims]
    for one in found:
        for line in [json_line(verdict_json(*one) | {"revision": revision})] if as_json else _answer(*one):
            click.echo(line)
    say(f"against revision {revision} of the ledger")
    contradicted = any(verdict.verdict == "contradicted" for *_, verdict in found)
    return CONTRADICTED if exit_code and contradicted else 0


def _asked(session: Session, as_of: str | None, told: date | None) -> tuple[int, date | None, Snapshot | None]:
    """The revision that is asked, the day of the claim (else that of the latest document), and an older ledger."""
    if as_of:
        revision, whole = session.snapshot_at(as_of)
        return revision, told or _latest(whole.documents.values()), whole
    with session.reading() as ledger:
        return ledger.revision, told or _latest(ledger.documents()), None


def _latest(documents: Iterable[Document]) -> date | None:
    return max((day for document in documents if (day := published_day(document))), default=None)


def _common(reading: Reading) -> tuple[str, ...]:
    """The sides that all claims of a sentence speak of."""
    return tuple(sorted(set.intersection(*(_sides(claim) for claim in reading.claims))))


def read_claim(session: Session, sentence: str, told: date | None, between: Iterable[str] = ()) -> Reading:
    """A sentence read as a document of that day. Raises UsageError if it claims nothing that can be checked."""
    from communique.pipeline import read_document

    identity = hashlib.sha256(sentence.encode("utf-8", "replace")).hexdigest()[:16]
    said = Published(told.isoformat(), "given") if told else Published(None, None)
    knowledge = session.knowledge()
    parties = tuple(party_named(knowledge.registry, words, told) for words in between)
    reading = read_document(Document(identity, sentence, language="en", published=said), knowledge, between=parties)
    if not reading.claims:
        raise UsageError(
            "no claim about contacts was recognised in this sentence",
            "Say who (--between, if the sentence does not), what and when, for example:\n"
            + "\n".join(f"    {example}" for example in _EXAMPLES),
        )
    return reading


def _answer(claim: Claim, document: Document, verdict: Verdict) -> Iterator[str]:
    record = claim_record(claim, document)
    yield heading(f"{verdict.verdict}: {_claim_words(record, claim)}")
    yield f"  {clean(verdict.why)}"
    yield from _listed("counted", verdict.contacts)
    yield from _listed("could count", verdict.could_count)
    for gap in verdict.gaps:
        yield f"  {'gap':<11} {gap.first} to {gap.last}: {clean(gap.why)}"


def _claim_words(record: dict[str, Any], claim: Claim) -> str:
    number = "" if record["count"] is None else f" {record['count']}"
    window = f"{record['from'] or '…'} to {record['to'] or '…'}"
    parties = parties_words(p.value for p in claim.parties)
    return clean(f"{record['kind']}{number}, {record['channel']}, {parties}, {window}")


def _listed(words: str, counted: Sequence[Counted]) -> Iterator[str]:
    for one in counted:
        row = one.row
        doubts = f" ({'; '.join(one.doubts)})" if one.doubts else ""
        about = f"{row.id} · {when_words(row.when)} · {row.channel} · {parties_words(row.parties)}{doubts}"
        yield f"  {words:<11} {clean(about)}"
