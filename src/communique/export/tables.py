"""A ledger as tables: their columns and rows, which CSV, Parquet, Arrow, ``freeze`` and the codebook all go by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from communique.errors import unknown
from communique.export import cells
from communique.export.cells import Row, Value
from communique.export.material import Material, joined

Kind = Literal["text", "number", "truth", "day", "list"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what its values are, and what they say."""

    name: str
    kind: Kind
    about: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: one line on what a row is, its columns, and its rows from the material."""

    name: str
    about: str
    columns: tuple[Column, ...]
    rows: Callable[[Material], Iterator[Row]]


def table(name: str) -> Table:
    """The table of that name. Raises ConfigError for a name nobody knows."""
    if name not in TABLES:
        raise unknown("table", name, TABLES)
    return TABLES[name]


def cell(value: Value) -> str | int | None:
    """A value as one cell of text: lists with semicolons, days in ISO, truth as true and false."""
    if isinstance(value, tuple):
        return joined(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else value


def _columns(text: str) -> tuple[Column, ...]:
    """Columns from lines of ``name kind what it says``."""
    rows = (line.split(None, 2) for line in text.strip().splitlines())
    return tuple(Column(name, kind, about) for name, kind, about in rows)  # type: ignore[arg-type]


_DAYS = "EDTF; the days it spans stand beside it"
_TABLES = (
    Table("contacts", "One exchange between representatives of states, however often it is told.", _columns(f"""
        id text the contact's id, which stays while its reports do
        status text held, ongoing, planned, proposed, postponed, cancelled or denied
        channel text phone, video, meeting, visit, message, talks or unspecified
        when text when it took place or is to, {_DAYS}
        first_day day the first day it can have been
        last_day day the last day it can have been
        place text where
        parties list who took part, with their sides
        sides list the states (ISO 3166-1 alpha-3) and organisations that took part
        topics list what was discussed, in the words of the topic list
        reports number how many reports tell of it
        outlets number how many publishers tell of it
        independent number how many of the documents are no copies of each other
        plan_of text for a plan, the contact that fulfilled it
        fulfils text for a contact that took place, the plan it fulfils
        disputed list fields in which reports contradict each other
        documents list the documents that tell of it
    """), cells.contact_rows),
    Table("parties", "A party to a contact.", _columns("""
        contact text the contact
        name text the person's usual full name in English; empty for a body
        state text the state represented, ISO 3166-1 alpha-3
        organisation text the organisation represented
        office text the office as documents give it
        level text leader, minister, senior, envoy, expert or body
    """), cells.party_rows),
    Table("reports", "One document's account of one contact.", _columns(f"""
        id text the report's id
        contact text the contact it tells of
        document text the document
        status text as this document has it
        channel text as this document has it
        when text as this document has it, {_DAYS}
        first_day day the first day it can have been
        last_day day the last day it can have been
        when_basis text how the date was come by
        place text where
        initiator text on whose initiative
        duration_minutes number how long
        told_by list whose accounts the document relays
        trigger text the words that tell of a contact
        quote text the words quoted for the report
    """), cells.report_rows),
    Table("evidence", "The words that state a value, and the rule that read them.", _columns("""
        record text the report, claim or step of an agreement
        field text which field
        value text the value
        document text the document
        part text text or title
        start number the first character, from 0
        stop number the character after the last
        words text what stands there
        rule text the rule that read it
    """), cells.evidence_rows),
    Table("documents", "An article or readout.", _columns("""
        id text the document's id
        title text its title
        publisher text who published it
        url text its address
        language text its language
        published text when it was published, as EDTF or a stamp
        published_day day the day of publication
        published_basis text given, metadata, text or inferred
    """), cells.document_rows),
    Table("claims", "A statement about contacts, and what the ledger says to it.", _columns("""
        id text the claim's id
        document text the document that makes it
        kind text count, previous, first or none
        count number how many are claimed
        comparator text exactly, at-least, about or ordinal
        channel text which contacts are meant
        parties list between whom
        first_day day from when on
        last_day day up to when
        by text who makes it; empty for the document itself
        verdict text supported, contradicted, within-uncertainty or cannot-tell
        counted number how many contacts of the ledger surely count
        why text the verdict in a sentence
        quote text the words of the claim
    """), cells.claim_rows),
    Table("agreements", "Something a document reports as done to an agreement.", _columns(f"""
        id text the record's id
        document text the document
        agreement text the agreement's usual English name
        action text proposed, negotiated, signed, ratified, in-force …
        by list the states and organisations acting
        when text when, {_DAYS}
        first_day day the first day it can have been
        last_day day the last day it can have been
        place text where
        condition text the condition it hangs on
        quote text the words quoted for it
    """), cells.agreement_rows),
    Table("plans", "A planned contact, through all its re-scheduling, and what became of it.", _columns(f"""
        id text the first contact of the chain
        outcome text held, postponed, cancelled or unreported
        channel text by what means
        announced day when it was first told of
        foreseen text when it was to be, {_DAYS}
        first_day day the first day foreseen
        last_day day the last day foreseen
        contact text the contact that fulfilled it
        parties list who is to take part
        chain list the planned contacts that are this one plan
        documents list the documents that tell of it
        known_by day what was known on this day
    """), cells.plan_rows),
    Table("judgements", "A person's decision on what was read.", _columns("""
        id text the judgement's id
        kind text merge, split, accept, reject, correct or unsure
        reports list the reports it speaks of
        who text whose decision it is
        at text when it was made
        why text why
        field text for a correction, which field
        value text for a correction, the value as JSON
        undoes text the judgement it takes back
    """), cells.judgement_rows),
)  # fmt: skip
TABLES: Mapping[str, Table] = {one.name: one for one in _TABLES}
_TEXT = Column("text", "text", "the whole text")


def columns_of(one: Table, material: Material) -> Sequence[Column]:
    """The columns of a table as they are written: the text of documents only where it is asked for."""
    return (*one.columns, _TEXT) if one.name == "documents" and material.options.text else one.columns


#: Where the tables together hold what a ledger says.
HOLDS = {
    "contact": "contacts.id",
    "status": "contacts.status, reports.status",
    "channel": "contacts.channel, reports.channel",
    "when": "contacts.when, reports.when",
    "interval": "first_day and last_day beside it",
    "place": "contacts.place, reports.place",
    "person": "parties.name",
    "office": "parties.office",
    "side": "parties.state, parties.organisation",
    "topics": "contacts.topics, evidence",
    "initiator": "reports.initiator",
    "duration": "reports.duration_minutes",
    "quote": "reports.quote, evidence.words",
    "counts": "contacts.reports, outlets, independent",
    "disputed": "contacts.disputed",
    "plan": "plans, contacts.plan_of and fulfils",
    "document": "documents.id",
    "url": "documents.url",
    "publisher": "documents.publisher",
    "published": "documents.published",
    "claim": "claims",
    "agreement": "agreements",
}
