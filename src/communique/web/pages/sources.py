"""Where it all comes from: sources and the days they cover, inputs that were set aside, what changed, what this is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from communique import __version__
from communique.errors import NotFoundError
from communique.model import Issue
from communique.reconcile.judgements import in_force
from communique.sources import grade
from communique.views.documents import SILENT, Source, source_name
from communique.views.records import issue_record
from communique.views.shelf import Held
from communique.views.tables import Cell
from communique.views.words import clean
from communique.web.answers import Asked, Page, listed, part
from communique.web.pages.documents import document_json


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source: how many documents and reports it gave, days with a document by month, and its longest silences."""

    source: Source
    documents: int
    reports: int
    months: tuple[tuple[str, int], ...]
    silent: tuple[tuple[date, date], ...]


def listing(asked: Asked) -> Page:
    """Every source with what it covers."""
    rows = asked.held.remembered(_rows)
    found = part(asked, rows, lambda r: r.source.name)
    most = max((n for r in rows for _, n in r.months), default=1)
    return Page(
        "sources.html", "Sources and coverage", {"part": found, "most": most},
        lambda: listed(asked, found, map(_json, found.items)),
        ("source", "side", "documents", "reports", "first", "last", "days"), lambda: map(_cells, rows),
    )  # fmt: skip


def one(asked: Asked) -> Page:
    """One source: every month, every silence."""
    row = next((r for r in asked.held.remembered(_rows) if r.source.name == asked.path["identity"]), None)
    if row is None:
        raise NotFoundError(f"No source here is called {asked.path['identity'][:200]}.")
    most = max((n for _, n in row.months), default=1)
    return Page(
        "source.html", row.source.name, {"row": row, "most": most}, lambda: _json(row),
        ("month", "documents"), lambda: row.months,
    )  # fmt: skip


def _rows(held: Held) -> tuple[SourceRow, ...]:
    documents: Counter[str] = Counter()
    reports: Counter[str] = Counter()
    for document in held.snapshot.documents.values():
        documents[name := source_name(document)] += 1
        reports[name] += len(held.snapshot.reports_of.get(document.id, ()))
    sources = {s.name: s for s in held.coverage.sources}
    months = tuple(_every_month({day.isoformat()[:7] for s in sources.values() for day in s.days}))
    found = (sources.get(name, Source(name, None, ())) for name in documents)
    rows = (_row(source, documents[source.name], reports[source.name], months) for source in found)
    return tuple(sorted(rows, key=lambda r: (-r.documents, r.source.name)))


def _row(source: Source, documents: int, reports: int, months: Sequence[str]) -> SourceRow:
    """A source along the months of all sources, so that rows can be read one below the other."""
    days = Counter(day.isoformat()[:7] for day in source.days)
    silent = sorted(
        ((a, b) for a, b in pairwise(source.days) if (b - a).days > SILENT), key=lambda s: (s[0] - s[1], s)
    )
    return SourceRow(source, documents, reports, tuple((m, days[m]) for m in months), tuple(silent[:12]))


def _every_month(months: Collection[str]) -> Iterator[str]:
    if not months:
        return
    year, month = map(int, min(months).split("-"))
    while (name := f"{year:04d}-{month:02d}") <= max(months):
        yield name
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _json(row: SourceRow) -> dict[str, Any]:
    days = row.source.days
    return {
        "source": row.source.name, "side": row.source.side, "documents": row.documents, "reports": row.reports,
        "first": days[0].isoformat() if days else None, "last": days[-1].isoformat() if days else None,
        "days": len(days), "months": dict(row.months),
        "silent": [{"after": a.isoformat(), "until": b.isoformat()} for a, b in row.silent],
    }  # fmt: skip


def _cells(row: SourceRow) -> tuple[Cell, ...]:
    told = _json(row)
    return tuple(told[name] for name in ("source", "side", "documents", "reports", "first", "last", "days"))


def aside(asked: Asked) -> Page:
    """Inputs that were not read, and why."""
    issues = tuple(asked.held.ledger.set_aside())
    found = part(asked, tuple(enumerate(issues)), lambda x: str(x[0]))
    return Page(
        "aside.html", "Set aside", {"part": found, "grade": grade},
        lambda: listed(asked, found, (issue_record(issue) for _, issue in found.items)),
        ("path", "line", "code", "message", "remedy", "excerpt"), lambda: map(_issue_cells, issues), kept=False,
    )  # fmt: skip


def _issue_cells(issue: Issue) -> tuple[Cell, ...]:
    return issue.path, issue.line, issue.code, clean(issue.message), issue.remedy, clean(issue.excerpt or "")


def changes(asked: Asked) -> Page:
    """What came, what was edited or read anew, and what people decided, since a revision."""
    held = asked.held
    since = asked.number("since", 0, 10**9)
    changed = held.ledger.changed_since(since)
    found = part(asked, changed, lambda c: c.document)
    revisions = held.ledger.revisions(since)
    first = min((r.at for r in revisions if r.at), default="")
    decided = tuple(j for j in reversed(held.snapshot.judgements) if first and j.at >= first)
    documents = held.snapshot.documents
    return Page(
        "changes.html", "Changes",
        {
            "part": found, "since": since, "revisions": revisions, "documents": documents, "decided": decided,
            "valid": {j.id for j in in_force(held.snapshot.judgements)}, "counts": Counter(c.kind for c in changed),
        },
        lambda: listed(asked, found, (
            {"kind": c.kind, "at_revision": c.revision} | document_json(documents[c.document]) for c in found.items
        )) | {"since": since, "judgements": [j.id for j in decided]},
        ("revision", "kind", "document"), lambda: ((c.revision, c.kind, c.document) for c in changed),
    )  # fmt: skip


def about(asked: Asked) -> Page:
    """This ledger: what it holds, read by what, and what can be trusted of it."""
    held = asked.held
    runs = tuple(held.ledger.runs())
    figures = counts(held)
    return Page(
        "about.html", "About this ledger",
        {
            "figures": figures, "runs": runs[-20:][::-1], "version": __version__, "path": held.ledger.short_name,
            "aside": sum(1 for _ in held.ledger.set_aside()),
        },
        lambda: {"revision": held.revision, "version": __version__} | figures,
        ("what", "number"), lambda: tuple(figures.items()),
    )  # fmt: skip


def counts(held: Held) -> dict[str, int]:
    """How much of everything there is."""
    rows: Sequence[Any] = held.rows
    return {
        "documents": len(held.snapshot.documents), "reports": len(held.snapshot.reports), "contacts": len(rows),
        "disputed": sum(bool(r.disputed) for r in rows), "plans": len(held.plans), "claims": len(held.snapshot.claims),
        "agreements": len(held.lines), "judgements": len(held.snapshot.judgements),
        "sources": len(held.coverage.sources), "revision": held.revision,
    }  # fmt: skip
