"""Full-text search: which documents hold these words. One function asks both databases, and both answer alike.

Words are folded here (small letters, no accents) before the database indexes them, so that FTS5 of SQLite and tsvector
of PostgreSQL see the same. Nothing in a question is syntax but quotation marks around words that stand together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Select, TextualSelect, column, select, table, text

_WORD = re.compile(r"[^\W_]+")
_PHRASE = re.compile(r'"([^"]*)"|([^"]+)')
#: The server's index of one text has a limit of a megabyte, and of a word 2,046 bytes.
_LONGEST_TEXT, _LONGEST_WORD = 200_000, 100
_BATCH = 200

_documents = table("documents", column("key"), column("title"), column("text"))
_INSERT = {
    "sqlite": text("INSERT INTO document_words (rowid, words) VALUES (:key, :words)"),
    "postgresql": text("INSERT INTO document_words (document_key, words) VALUES (:key, to_tsvector('simple', :words))"),
}
_FORGET = {
    "sqlite": text("INSERT INTO document_words (document_words) VALUES ('delete-all')"),
    "postgresql": text("DELETE FROM document_words"),
}
_MATCH = {
    "sqlite": "SELECT rowid AS key FROM document_words WHERE document_words MATCH :asked",
    "postgresql": "SELECT document_key AS key FROM document_words WHERE words @@ to_tsquery('simple', :asked)",
}


def folded(words: str) -> list[str]:
    """The words of a text as they are indexed and asked for.

    >>> folded("Türkiye's Erdoğan, 2021")
    ['turkiye', 's', 'erdogan', '2021']
    """
    plain = words if words.isascii() else _without_accents(words)
    return [word[:_LONGEST_WORD] for word in _WORD.findall(plain.lower())]


def _without_accents(words: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", words) if not unicodedata.combining(c))


def phrases(asked: str) -> tuple[tuple[str, ...], ...]:
    """What was asked for: words, each by itself, and those that stand between quotation marks together."""
    found: list[tuple[str, ...]] = []
    for quoted, loose in _PHRASE.findall(asked.replace("“", '"').replace("”", '"')):
        found += [tuple(folded(quoted))] if quoted else [(word,) for word in folded(loose)]
    return tuple(phrase for phrase in dict.fromkeys(found) if phrase)


def index(connection: Connection, documents: Iterable[tuple[int, str | None, str]]) -> None:
    """Enters texts, each with its key and title, that were not entered before."""
    rows = [{"key": key, "words": _indexed(title, body)} for key, title, body in documents]
    if rows:
        connection.execute(_INSERT[connection.dialect.name], rows)


def _indexed(title: str | None, body: str) -> str:
    return " ".join(folded(f"{title or ''}\n{body}"))[:_LONGEST_TEXT]


def forget_all(connection: Connection) -> None:
    """Empties the index, before the texts themselves are removed."""
    connection.execute(_FORGET[connection.dialect.name])


def index_all(connection: Connection) -> None:
    """Enters all texts there are."""
    last = -1
    while rows := connection.execute(_page_after(last)).all():
        index(connection, ((key, title, body) for key, title, body in rows))
        last = rows[-1][0]


def _page_after(key: int) -> Select[Any]:
    columns = _documents.c
    query = select(columns.key, columns.title, columns.text).where(columns.key > key)
    return query.order_by(columns.key).limit(_BATCH)


def matching(connection: Connection, asked: str) -> TextualSelect | None:
    """A query for the keys of the documents that hold all that is asked for; None if nothing is."""
    wanted = phrases(asked)
    if not wanted:
        return None
    write = {"sqlite": _for_sqlite, "postgresql": _for_postgresql}[connection.dialect.name]
    return text(_MATCH[connection.dialect.name]).bindparams(asked=write(wanted)).columns(column("key"))


def _for_sqlite(wanted: Iterable[tuple[str, ...]]) -> str:
    return " AND ".join(f'"{" ".join(phrase)}"' for phrase in wanted)


def _for_postgresql(wanted: Iterable[tuple[str, ...]]) -> str:
    return " & ".join(f"({' <-> '.join(phrase)})" for phrase in wanted)


def around(body: str, asked: str, width: int = 60) -> str:
    """The words of a text around the first that was asked for; empty if only the title holds any.

    >>> around("They met in Zürich and spoke of trade.", "zurich", 9)
    '… y met in Zürich and spok …'
    """
    wanted = {word for phrase in phrases(asked) for word in phrase}
    for found in _WORD.finditer(body):
        if wanted.intersection(folded(found[0])):
            first, last = max(0, found.start() - width), found.end() + width
            inside = " ".join(body[first:last].split())
            return f"{'… ' * (first > 0)}{inside}{' …' * (last < len(body))}"
    return ""
