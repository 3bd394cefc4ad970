"""The Python interface: ``communique.read`` for a document, ``communique.open`` for a ledger.

Nothing is printed, nothing global is changed, and reading needs no database. What it returns shows itself in notebooks.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self, overload

from communique.errors import CommuniqueError, NotFoundError, UsageError
from communique.export.arrow import arrow_table, package
from communique.export.cells import cells_of
from communique.export.material import Material, Options
from communique.export.tables import TABLES, Table, columns_of, table
from communique.knowledge import Knowledge, load
from communique.model import Document, Issue, Reading
from communique.pictures import ask, notebook
from communique.pictures.network import Of
from communique.pictures.picture import Picture
from communique.pipeline import read_document
from communique.reconcile import Issuers, issuers
from communique.sources import SourceOptions, read_inputs, read_text
from communique.views.asking import wanted
from communique.views.check import Verdict, book
from communique.views.check import check as judged
from communique.views.compare import Comparison
from communique.views.compare import compare as compared
from communique.views.contacts import ContactRow, contact_json, contact_rows
from communique.views.snapshot import Snapshot

Folders = Iterable[str | Path]
notebook.teach()


def read(
    source: str | Path, published: str | None = None, publisher: str | None = None, knowledge: Folders = ()
) -> Reading:
    """What one document says: contacts, claims, agreements, each with its words.

    ``source`` is a file, or the text itself. Raises UsageError for a file that cannot be read or that holds several
    documents (``read_all`` takes those).
    """
    documents = list(read_all(source, published, publisher, knowledge))
    if len(documents) != 1:
        raise UsageError(f"{source} holds {len(documents)} documents", "Use communique.library.read_all for those.")
    return documents[0]


def read_all(
    source: str | Path, published: str | None = None, publisher: str | None = None, knowledge: Folders = ()
) -> Iterator[Reading]:
    """What each document of a file or folder says. Raises UsageError for one that cannot be read."""
    held = load(tuple(map(Path, knowledge)))
    options = SourceOptions(published, publisher)
    waiting: list[Issue] = []
    for found in _found(source, options):
        if isinstance(found, Document):
            reading = read_document(found, held)
            yield replace(reading, issues=(*waiting, *reading.issues))
            waiting = []
        elif found.fatal:
            raise UsageError(f"{found.path or 'text'}: {found.message}", found.remedy)
        else:
            waiting.append(found)


def _found(source: str | Path, options: SourceOptions) -> Iterable[Document | Issue]:
    """A string with blanks that names no file is a text."""
    is_text = isinstance(source, str) and any(c.isspace() for c in source) and not _is_file(source)
    return read_text(str(source), options) if is_text else read_inputs([source], options)


def _is_file(words: str) -> bool:
    try:
        return Path(words).exists()
    except (OSError, ValueError):
        return False


def open(path: str | Path, knowledge: Folders = ()) -> Ledger:
    """Open a ledger to ask questions of; a context manager. Raises NotFoundError if there is none."""
    return Ledger(path, load(tuple(map(Path, knowledge))))


class Tabular(ABC):
    """What pandas, Polars, DuckDB and others take as a table, by the Arrow PyCapsule protocol; needs pyarrow."""

    @abstractmethod
    def to_arrow(self) -> Any:
        """A pyarrow.Table."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def to_pandas(self) -> Any:
        """A pandas DataFrame."""
        return self.to_arrow().to_pandas()

    def to_polars(self) -> Any:
        """A Polars DataFrame."""
        return package("polars").DataFrame(self)


class TableOf(Tabular):
    """One of the tables of the exports (``docs/exports``): contacts, parties, reports, evidence, documents …"""

    def __init__(self, table: Table, material: Material) -> None:
        self._columns = columns_of(table, material)
        self._rows = tuple(table.rows(material))
        self.name = table.name

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        return f"<{len(self)} rows of {self.name}>"

    def to_dicts(self) -> list[dict[str, Any]]:
        """The rows as mappings."""
        names = [column.name for column in self._columns]
        return [dict(zip(names, row, strict=True)) for row in self._rows]

    def to_arrow(self) -> Any:
        """A pyarrow.Table."""
        return arrow_table(self._columns, self._rows)


class Rows(Tabular):
    """Contacts in the order of time. (No ``Sequence`` by name: Polars would then take it for a list of objects.)"""

    def __init__(self, rows: Iterable[ContactRow]) -> None:
        self._rows = tuple(rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[ContactRow]:
        return iter(self._rows)

    @overload
    def __getitem__(self, index: int) -> ContactRow: ...
    @overload
    def __getitem__(self, index: slice) -> Rows: ...
    def __getitem__(self, index: int | slice) -> ContactRow | Rows:
        return Rows(self._rows[index]) if isinstance(index, slice) else self._rows[index]

    def __repr__(self) -> str:
        return f"<{len(self)} contacts>"

    def _repr_html_(self) -> str:
        return notebook.contacts_html(self._rows)

    def to_dicts(self) -> list[dict[str, Any]]:
        """The objects of ``contacts --json``; pandas and Polars take them as they are."""
        return [contact_json(row) for row in self._rows]

    def to_arrow(self) -> Any:
        """A pyarrow.Table with the columns of the table ``contacts``."""
        return arrow_table(TABLES["contacts"].columns, map(cells_of, self._rows))


class Ledger:
    """A ledger as it was when it was opened."""

    def __init__(self, path: str | Path, knowledge: Knowledge) -> None:
        from communique.ledger import open_ledger

        self._knowledge = knowledge
        self._ledger = open_ledger(path, create=False, read_only=True)
        self._held: Snapshot | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._ledger.close()

    @property
    def snapshot(self) -> Snapshot:
        """Everything in it, for the functions of ``communique.views``."""
        if self._held is None:
            from communique.views.stored import stored

            self._held = stored(self._ledger, self._issuers())
        return self._held

    def contacts(
        self, between: Iterable[str] = (), person: str | None = None, since: str | None = None,
        until: str | None = None, channel: Iterable[str] = (), status: Iterable[str] = (), topic: Iterable[str] = (),
    ) -> Rows:  # fmt: skip
        """The contacts asked for: sides by code or name, dates as EDTF. Raises UsageError for what nobody knows."""
        registry = self._knowledge.registry
        choice = wanted(registry, between, person, since, until, _several(channel), _several(status), _several(topic))
        return Rows(contact_rows(self.snapshot, choice))

    def table(self, name: str, text: bool = False) -> TableOf:
        """A table of the exports by name, with the text of documents if wanted. Raises ConfigError for another name."""
        material = Material(self.snapshot, self._knowledge.registry, options=Options(name, text=text))
        return TableOf(table(name), material)

    def compare(self, contact: str) -> Comparison:
        """The accounts of a contact (by its id) face to face. Raises NotFoundError."""
        if contact not in self.snapshot.contacts:
            raise NotFoundError(f"There is no contact {contact}.")
        return compared(self.snapshot, contact)

    def check(self, sentence: str, published: str) -> tuple[Verdict, ...]:
        """What the ledger says to each claim of a sentence said on a day."""
        reading = read(sentence, published)
        day = wanted(self._knowledge.registry, until=published).until
        held = book(self.snapshot)
        return tuple(judged(claim, held, day) for claim in reading.claims)

    def calendar(self, person: str | None = None, between: Iterable[str] = (), since: str | None = None,
                 until: str | None = None) -> Picture:  # fmt: skip
        """The contacts of a person or of sides as a calendar."""
        choice = wanted(self._knowledge.registry, between, person, since, until)
        return ask.calendar(self.snapshot, self._knowledge.registry, choice)

    def timeline(self, one: str, other: str, since: str | None = None, until: str | None = None) -> Picture:
        """Two sides over time: contacts by level, plans, agreements."""
        registry = self._knowledge.registry
        choice = wanted(registry, (one, other), since=since, until=until)
        sides = (choice.between[0], choice.between[1])
        return ask.timeline(self.snapshot, registry, sides, (choice.since, choice.until))

    def network(self, of: Of = "people", since: str | None = None, until: str | None = None, most: int = 60) -> Picture:
        """Who met whom in a window of time."""
        return ask.network(self.snapshot, of, wanted(self._knowledge.registry, since=since, until=until), most)

    def faces(self, contact: str) -> Picture:
        """Two accounts of a contact face to face. Raises NotFoundError."""
        return ask.face_to_face(self.snapshot, self.compare(contact).id)

    def staircases(self, sentence: str, published: str) -> tuple[Picture, ...]:
        """Each claim of a sentence said on a day as a staircase of the contacts that count."""
        day = wanted(self._knowledge.registry, until=published).until
        claims = read(sentence, published).claims
        return tuple(ask.claim(self.snapshot, claim, sentence, day) for claim in claims)

    def _issuers(self) -> Issuers:
        registry = self._knowledge.registry
        return issuers(registry.states.values(), registry.organisations.values())


def _several(words: Iterable[str]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


__all__ = ["CommuniqueError", "Ledger", "Rows", "open", "read", "read_all"]
