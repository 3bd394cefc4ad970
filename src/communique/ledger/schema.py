"""The tables. What a document said is kept as it was read; nothing is ever overwritten, only superseded.

::

    documents (a text; an edited text is a new version)          judgements ──< judgement_reports (and their places)
        └──< readings (one per text, its metadata, program and knowledge) >── runs
                 ├──< reports ──< report_fields                  contacts ──< contact_members
                 ├──< claims ──< claim_fields                    former_contacts (where merged ids went)
                 ├──< agreement_actions ──< action_fields        revisions (one per change, counted)
                 └──< issues (also of inputs set aside)          names (who is named anywhere)
    full_text (the index of ``ledger.fulltext``)                 feeds ──< feed_entries (what ``watch`` saw)

Of the readings of a document at most one is ``current``, and its records with it. A row of fields is one value with
the words that state it; the quotes of a record are rows of the field ``quote``. ``crc`` is the CRC-32 of the words in
UTF-8, so that ``verify`` notices a bent offset as well as a bent text. Days are what a record is found by: an open
end is the first or last day there is. Text sorts by code point on every database.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

#: SQLite numbers rows by itself only for its own INTEGER.
Key = BigInteger().with_variant(Integer(), "sqlite")
#: A name or id: sorted and compared by code point.
Name = Text().with_variant(Text(collation="C"), "postgresql")


def _key() -> Column[int]:
    return Column("key", Key, primary_key=True, autoincrement=True)


def _of(table: str, column: str = "key", name: str | None = None, index: bool = True) -> Column[int]:
    reference = ForeignKey(f"{table}.{column}", ondelete="CASCADE")
    return Column(name or f"{table.rstrip('s')}_key", Key, reference, nullable=False, index=index)


def _current_index(table: str, *columns: str, unique: bool = False) -> Index:
    """An index of current rows only: most questions are about them, and being current tells few rows apart."""
    name = f"{'uq' if unique else 'ix'}_{table}_current_{'_'.join(columns)}"
    # SQLite uses such an index only for queries that say it in the same words.
    return Index(name, *columns, unique=unique, sqlite_where=text('"current" = 1'), postgresql_where=text('"current"'))


revisions = Table(
    "revisions",
    metadata,
    Column("number", Key, primary_key=True, autoincrement=False),
    Column("what", Text, nullable=False),
    Column("at", Text),
)

runs = Table(
    "runs",
    metadata,
    _key(),
    Column("program", Text, nullable=False),
    Column("knowledge", Text, nullable=False),
    Column("started", Text, nullable=False),
    Column("finished", Text),
    UniqueConstraint("program", "knowledge", "started"),
)

documents = Table(
    "documents",
    metadata,
    _key(),
    Column("id", Name, nullable=False),
    Column("version", Integer, nullable=False),
    Column("title", Text),
    Column("text", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    UniqueConstraint("id", "version"),
    UniqueConstraint("id", "sha256"),
)

readings = Table(
    "readings",
    metadata,
    _key(),
    _of("documents", index=False),
    _of("runs"),
    Column("document", Name, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("current", Boolean, nullable=False),
    Column("added", Key, ForeignKey("revisions.number"), nullable=False),
    Column("superseded", Key, ForeignKey("revisions.number")),
    Column("path", Text),
    Column("url", Text),
    Column("publisher", Name),
    Column("language", Text),
    Column("published", Text),
    Column("published_basis", Text),
    Column("published_reasons", Text, nullable=False),
    Column("published_candidates", Text, nullable=False),
    Column("published_from", Date),
    Column("published_to", Date),
    UniqueConstraint("document_key", "fingerprint"),
    _current_index("readings", "document", unique=True),
    _current_index("readings", "publisher"),
    _current_index("readings", "published_from"),
    Index(None, "document"),
    Index(None, "added"),
    Index(None, "superseded"),
)


def _records(name: str, *columns: Column[object]) -> Table:
    """A table of one kind of record: where it was read, its own columns, and the days it can speak of."""
    return Table(
        name,
        metadata,
        _key(),
        _of("readings"),
        Column("id", Name, nullable=False),
        Column("document", Name, nullable=False),
        Column("ordinal", Integer, nullable=False),
        Column("current", Boolean, nullable=False),
        *columns,
        Column("day_from", Date),
        Column("day_to", Date),
        UniqueConstraint("reading_key", "id"),
        Index(None, "id"),
        _current_index(name, "id"),
        _current_index(name, "document", "ordinal"),
        _current_index(name, "day_from", "day_to"),
    )


def _fields(name: str, owner: str) -> Table:
    """A table of cited values; ``side`` and ``label`` are what values are found by."""
    return Table(
        name,
        metadata,
        Column("owner", Key, ForeignKey(f"{owner}.key", ondelete="CASCADE"), primary_key=True),
        Column("field", Name, primary_key=True),
        Column("ordinal", Integer, primary_key=True),
        Column("value", Text),
        Column("part", Text, nullable=False),
        Column("start", Integer, nullable=False),
        Column("stop", Integer, nullable=False),
        Column("crc", BigInteger, nullable=False),
        Column("rule", Text),
        Column("side", Name),
        Column("label", Name),
        Index(None, "side", "owner"),
        Index(None, "label", "field", "owner"),
        sqlite_with_rowid=False,
    )


reports = _records(
    "reports",
    Column("channel", Name, nullable=False),
    Column("status", Name, nullable=False),
    Column("trigger_part", Text, nullable=False),
    Column("trigger_start", Integer, nullable=False),
    Column("trigger_stop", Integer, nullable=False),
    Column("trigger_crc", BigInteger, nullable=False),
)
report_fields = _fields("report_fields", "reports")

claims = _records(
    "claims",
    Column("kind", Name, nullable=False),
    Column("channel", Name, nullable=False),
    Column("comparator", Text),
)
claim_fields = _fields("claim_fields", "claims")

agreement_actions = _records(
    "agreement_actions",
    Column("agreement", Name, nullable=False),
    Column("action", Name, nullable=False),
)
action_fields = _fields("action_fields", "agreement_actions")

issues = Table(
    "issues",
    metadata,
    _key(),
    Column("reading_key", Key, ForeignKey("readings.key", ondelete="CASCADE"), index=True),
    Column("ordinal", Integer, nullable=False),
    Column("code", Name, nullable=False),
    Column("message", Text, nullable=False),
    Column("remedy", Text, nullable=False),
    Column("path", Name),
    Column("line", Integer),
    Column("start", Integer),
    Column("stop", Integer),
    Column("excerpt", Text),
    Column("fatal", Boolean, nullable=False),
    Column("original", LargeBinary),
    Column("sha256", Text),
    Column("attempts", Integer),
    Column("options", Text),
    Index(None, "path"),
    Index(None, "sha256"),
)

names = Table("names", metadata, Column("name", Name, primary_key=True))

judgements = Table(
    "judgements",
    metadata,
    _key(),
    Column("id", Name, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("field", Text),
    Column("value", Text),
    Column("undoes", Name),
)

judgement_reports = Table(
    "judgement_reports",
    metadata,
    Column("judgement_key", Key, ForeignKey("judgements.key", ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("report", Name, nullable=False, index=True),
    Column("document_key", Key, ForeignKey("documents.key"), nullable=False, index=True),
    Column("part", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
)

contacts = Table("contacts", metadata, Column("id", Name, primary_key=True))

contact_members = Table(
    "contact_members",
    metadata,
    Column("contact", Name, ForeignKey("contacts.id", ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("report", Name, nullable=False, index=True),
)

feeds = Table(
    "feeds",
    metadata,
    Column("url", Name, primary_key=True),
    Column("title", Text),
    Column("etag", Text),
    Column("modified", Text),
    Column("first_tried", Text, nullable=False),
    Column("last_tried", Text, nullable=False),
    Column("last_answer", Text),
    Column("failures", Integer, nullable=False),
    Column("trouble", Text),
)

feed_entries = Table(
    "feed_entries",
    metadata,
    Column("feed", Name, ForeignKey("feeds.url", ondelete="CASCADE"), primary_key=True),
    Column("url", Name, primary_key=True),
    Column("title", Text),
    Column("published", Text),
    Column("first_seen", Text, nullable=False),
    Column("etag", Text),
    Column("modified", Text),
    Column("document", Name, index=True),
)

former_contacts = Table(
    "former_contacts",
    metadata,
    Column("id", Name, primary_key=True),
    Column("successor", Name, nullable=False),
)
