"""What an exporter is given: a ledger at one moment, what was asked for of it, and how it is to be written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote

from communique.knowledge.registry import Registry
from communique.model import Document, Report, Span
from communique.reconcile.features import published_day
from communique.views.contacts import ContactRow, Wanted, contact_rows
from communique.views.plans import PlanRow, plan_rows
from communique.views.snapshot import Snapshot

if TYPE_CHECKING:
    from communique.ledger import Ledger

EVERYTHING = Wanted()


@dataclass(frozen=True, slots=True)
class Options:
    """How to write: which ``table`` (CSV, Parquet), ``raw`` CSV cells, whole ``text`` of documents, or ``history``."""

    table: str = "contacts"
    raw: bool = False
    text: bool = False
    history: bool = False


@dataclass(frozen=True)
class Material:
    """A ledger, what is wanted of it, and what an exporter had to leave out (by reason), which it counts here."""

    ledger: Snapshot
    registry: Registry
    wanted: Wanted = EVERYTHING
    options: Options = Options()
    store: Ledger | None = None
    left_out: Counter[str] = field(default_factory=Counter)

    @cached_property
    def contacts(self) -> tuple[ContactRow, ...]:
        """The contacts asked for, in the order of time."""
        return contact_rows(self.ledger, self.wanted)

    @cached_property
    def by_id(self) -> dict[str, ContactRow]:
        """The contacts asked for, by id."""
        return {row.id: row for row in self.contacts}

    @cached_property
    def plans(self) -> tuple[PlanRow, ...]:
        """Plans of which a contact was asked for."""
        return tuple(plan for plan in plan_rows(self.ledger) if any(one in self.by_id for one in plan.chain))

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """Documents by id: all of them, or those that tell of what was asked for."""
        if self.wanted == EVERYTHING:
            return tuple(self.ledger.documents[name] for name in sorted(self.ledger.documents))
        told = {name for row in self.contacts for name in row.documents}
        return tuple(self.ledger.documents[name] for name in sorted(told))

    @cached_property
    def chosen(self) -> frozenset[str]:
        """The ids of these documents."""
        return frozenset(document.id for document in self.documents)

    def accounts(self, row: ContactRow) -> Iterator[tuple[Report, Document]]:
        """The reports of a contact with their documents, in the order of publication."""
        found = [(report, self.ledger.documents[report.document]) for report in self.ledger.accounts(row.id)]
        yield from sorted(found, key=lambda pair: (self.told(pair[1]) or date.max, pair[0].id))

    def told(self, document: Document) -> date | None:
        """The day a document was published."""
        return published_day(document)

    def first_told(self, row: ContactRow) -> date | None:
        """The day a contact was first told of."""
        return min((day for _, document in self.accounts(row) if (day := self.told(document))), default=None)

    def last_day(self) -> date | None:
        """The day of the latest document."""
        return max((day for d in self.ledger.documents.values() if (day := published_day(d))), default=None)

    def words(self, span: Span) -> str:
        """The words at a place."""
        return self.ledger.documents[span.document].part(span.part)[span.start : span.stop]

    def quote(self, row: ContactRow) -> str:
        """The words of the first account of a contact."""
        return next((self.words(report.quotes[0]) for report, _ in self.accounts(row)), "")

    def links(self, row: ContactRow) -> tuple[str, ...]:
        """The addresses of the documents that tell of a contact, in the order of publication."""
        return tuple(dict.fromkeys(link for _, document in self.accounts(row) if (link := web_address(document))))

    def publishers(self, row: ContactRow) -> tuple[str, ...]:
        """Who told of a contact."""
        return tuple(dict.fromkeys(d.publisher for _, d in self.accounts(row) if d.publisher))


def web_address(document: Document) -> str | None:
    """The address of a document, if it is one of the web: nothing else becomes a link."""
    url = document.url or ""
    return url if url.startswith(("http://", "https://")) and url.isprintable() and " " not in url else None


def urn(kind: str, identity: str) -> str:
    """A name for a thing of the ledger that other programs can refer to."""
    return f"urn:communique:{kind}:{quote(identity, safe='')}"


def address(document: Document) -> str:
    """A document's address, or a name for one that has none."""
    return web_address(document) or urn("document", document.id)


def joined(values: Iterable[str | None]) -> str:
    """Several values in one cell."""
    return "; ".join(value for value in values if value)
