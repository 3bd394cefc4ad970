"""Full text: documents by the words in them. What people type is words, never a query language.

SQLite keeps an FTS5 table beside the texts, PostgreSQL one of tsvectors; in both accents and case do not matter. The
table is filled when texts are stored; a text never changes, so it is never brought up to date. Of a very long text the
server indexes the first 200,000 characters: it takes no more than a megabyte.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, TextClause, select, text

from communique.ledger import schema
from communique.ledger.queries import chunks

TABLE = "full_text"
MOST_WORDS = 32
_PLAIN = str.maketrans({"\0": " ", "“": '"', "”": '"'})
CREATE = (
    f"CREATE VIRTUAL TABLE {TABLE} USING fts5"
    "(title, text, content='documents', content_rowid='key', tokenize='unicode61 remove_diacritics 2')"
)
REBUILD = f"INSERT INTO {TABLE} ({TABLE}) VALUES ('rebuild')"
_CREATE_ON_SERVER = (
    f"CREATE TABLE {TABLE} (document_key BIGINT PRIMARY KEY REFERENCES documents (key) ON DELETE CASCADE, "
    "words TSVECTOR NOT NULL)",
    f"CREATE INDEX ix_{TABLE}_words ON {TABLE} USING gin (words)",
)
_LONGEST_TEXT, _LONGEST_WORD = 200_000, 100
_LETTERS = re.compile(r"[^\W_]+")
_WORD = re.compile(r'"([^"]+)"|(\S+)')


@dataclass(frozen=True, slots=True)
class Hit:
    """A document in which the words stand; the lower ``rank``, the better."""

    document: str
    rank: float


def phrases(words: str) -> tuple[str, ...]:
    """What was typed as words and "quoted phrases"; signs without a letter or digit say nothing.

    >>> phrases('calls "arms control" OR -')
    ('calls', 'arms control', 'OR')
    """
    found = (match[1] or match[2] for match in _WORD.finditer(words.translate(_PLAIN)))
    cleaned = (" ".join(re.findall(r"\w+", one)) for one in found)
    return tuple(one for one in cleaned if one)[:MOST_WORDS]


def folded(words: str) -> list[str]:
    """The words of a text without capitals and accents, as they are compared.

    >>> folded("Türkiye's Erdoğan, 2021")
    ['turkiye', 's', 'erdogan', '2021']
    """
    plain = words if words.isascii() else _without_accents(words)
    return [word[:_LONGEST_WORD] for word in _LETTERS.findall(plain.lower())]


def _without_accents(words: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", words) if not unicodedata.combining(c))


def create_on_server(connection: Connection) -> None:
    """Makes the index of a server, and enters all texts there are."""
    for statement in _CREATE_ON_SERVER:
        connection.execute(text(statement))
    index_all(connection)


def index_all(connection: Connection) -> None:
    """Enters all texts there are, into an index that holds none."""
    if connection.dialect.name == "sqlite":
        connection.execute(text(REBUILD))
        return
    for keys in chunks(connection.execute(select(schema.documents.c.key)).scalars().all()):
        index(connection, keys)


def forget_all(connection: Connection) -> None:
    """Empties the index, before the texts themselves are removed."""
    empty = f"INSERT INTO {TABLE} ({TABLE}) VALUES ('delete-all')"
    connection.execute(text(empty if connection.dialect.name == "sqlite" else f"DELETE FROM {TABLE}"))


def index(connection: Connection, keys: Sequence[int]) -> None:
    """Makes texts just stored findable."""
    enter = _enter_in_file if connection.dialect.name == "sqlite" else _enter_on_server
    for some in chunks(keys):
        enter(connection, some)


def _enter_in_file(connection: Connection, keys: Sequence[int]) -> None:
    places = ", ".join(str(int(key)) for key in keys)
    copy = f"INSERT INTO {TABLE} (rowid, title, text) SELECT key, title, text FROM documents"
    connection.execute(text(f"{copy} WHERE key IN ({places})"))


def _enter_on_server(connection: Connection, keys: Sequence[int]) -> None:
    documents = schema.documents
    query = select(documents.c.key, documents.c.title, documents.c.text).where(documents.c.key.in_(keys))
    texts = ((key, f"{title or ''}\n{body}") for key, title, body in connection.execute(query))
    rows = [{"key": key, "words": " ".join(folded(whole))[:_LONGEST_TEXT]} for key, whole in texts]
    insert = f"INSERT INTO {TABLE} (document_key, words) VALUES (:key, to_tsvector('simple', :words))"
    connection.execute(text(insert), rows)


def find(connection: Connection, words: str, limit: int, skip: int = 0) -> list[Hit]:
    """The documents, as they are now, in which all the words and phrases stand, best first."""
    wanted = phrases(words)
    if not wanted:
        return []
    ask = _in_file if connection.dialect.name == "sqlite" else _on_server
    rows = connection.execute(*ask(wanted, limit, skip))
    return [Hit(row.document, row.rank) for row in rows]


Question = tuple[TextClause, dict[str, object]]


def _in_file(wanted: Sequence[str], limit: int, skip: int) -> Question:
    query = (
        f"SELECT r.document AS document, f.rank AS rank FROM {TABLE} f JOIN readings r ON r.document_key = f.rowid "
        f"WHERE {TABLE} MATCH :words AND r.current = 1 ORDER BY f.rank, r.document LIMIT :limit OFFSET :skip"
    )
    # Within double quotes FTS5 knows no operators; a phrase has none, being words only.
    quoted = " ".join(f'"{phrase}"' for phrase in wanted)
    return text(query), {"words": quoted, "limit": limit, "skip": skip}


def _on_server(wanted: Sequence[str], limit: int, skip: int) -> Question:
    query = (
        f"SELECT r.document AS document, -ts_rank(f.words, q) AS rank FROM to_tsquery('simple', :words) q, {TABLE} f "
        "JOIN readings r ON r.document_key = f.document_key WHERE f.words @@ q AND r.current "
        "ORDER BY rank, r.document LIMIT :limit OFFSET :skip"
    )
    # Words that are folded hold letters and digits only, and so nothing that to_tsquery knows as an operator.
    joined = (" <-> ".join(folded(phrase)) for phrase in wanted)
    return text(query), {"words": " & ".join(f"({one})" for one in joined if one), "limit": limit, "skip": skip}


def around(body: str, asked: str, width: int = 60) -> str:
    """The words of a text around the first that was asked for; empty if only the title holds any.

    >>> around("They met in Zürich and spoke of trade.", "zurich", 9)
    '… y met in Zürich and spok …'
    """
    wanted = {word for phrase in phrases(asked) for word in folded(phrase)}
    for found in _LETTERS.finditer(body):
        if wanted.intersection(folded(found[0])):
            first, last = max(0, found.start() - width), found.end() + width
            inside = " ".join(body[first:last].split())
            return f"{'… ' * (first > 0)}{inside}{' …' * (last < len(body))}"
    return ""
