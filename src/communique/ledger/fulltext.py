"""Full text: documents by the words in them. What people type is words, never a query language.

SQLite keeps an FTS5 table beside the texts (accents and case do not matter); other databases look for the words
themselves. The table is filled when texts are stored; a text never changes, so it is never brought up to date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, and_, or_, select, text

from communique.ledger import schema
from communique.ledger.queries import chunks

TABLE = "full_text"
MOST_WORDS = 32
CREATE = (
    f"CREATE VIRTUAL TABLE {TABLE} USING fts5"
    "(title, text, content='documents', content_rowid='key', tokenize='unicode61 remove_diacritics 2')"
)
REBUILD = f"INSERT INTO {TABLE} ({TABLE}) VALUES ('rebuild')"
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
    found = (match[1] or match[2] for match in _WORD.finditer(words.replace("\0", " ")))
    cleaned = (" ".join(re.findall(r"\w+", one)) for one in found)
    return tuple(one for one in cleaned if one)[:MOST_WORDS]


def index(connection: Connection, keys: Sequence[int]) -> None:
    """Makes texts just stored findable."""
    if connection.dialect.name != "sqlite":
        return
    for some in chunks(keys):
        places = ", ".join(str(int(key)) for key in some)
        copy = f"INSERT INTO {TABLE} (rowid, title, text) SELECT key, title, text FROM documents"
        connection.execute(text(f"{copy} WHERE key IN ({places})"))


def find(connection: Connection, words: str, limit: int, skip: int = 0) -> list[Hit]:
    """The documents, as they are now, in which all the words and phrases stand, best first."""
    wanted = phrases(words)
    if not wanted:
        return []
    return _by_index(connection, wanted, limit, skip) if connection.dialect.name == "sqlite" else _by_looking(
        connection, wanted, limit, skip
    )


def _by_index(connection: Connection, wanted: Sequence[str], limit: int, skip: int) -> list[Hit]:
    query = text(
        f"SELECT r.document AS document, f.rank AS rank FROM {TABLE} f JOIN readings r ON r.document_key = f.rowid "
        f"WHERE {TABLE} MATCH :words AND r.current = 1 ORDER BY f.rank, r.document LIMIT :limit OFFSET :skip"
    )
    # Within double quotes FTS5 knows no operators; a phrase has none, being words only.
    quoted = " ".join(f'"{phrase}"' for phrase in wanted)
    rows = connection.execute(query, {"words": quoted, "limit": limit, "skip": skip})
    return [Hit(row.document, row.rank) for row in rows]


def _by_looking(connection: Connection, wanted: Sequence[str], limit: int, skip: int) -> list[Hit]:
    documents, readings = schema.documents, schema.readings
    columns = (documents.c.text, documents.c.title)
    said = and_(*(or_(*(c.icontains(phrase, autoescape=True) for c in columns)) for phrase in wanted))
    query = select(readings.c.document).join(documents, documents.c.key == readings.c.document_key)
    query = query.where(readings.c.current, said).order_by(readings.c.document).limit(limit).offset(skip)
    return [Hit(identity, 0.0) for identity in connection.execute(query).scalars()]
