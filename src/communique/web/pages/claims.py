"""Claims set against the ledger: those it holds, a sentence just typed, and why a passage reads as it does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, get_args

from communique.errors import unknown
from communique.extract.explain import Line
from communique.extract.explain import explain as explained
from communique.model import Claim, Document
from communique.pipeline import Timings, prepare
from communique.reconcile.features import published_day
from communique.views.asking import last_day
from communique.views.check import Judgment, Verdict, check, verdict_json
from communique.views.claims import ClaimRow, claim_json
from communique.views.counting import window
from communique.views.damage import withheld
from communique.views.records import reading_record
from communique.views.tables import Cell
from communique.views.words import clean, parties_words
from communique.web.answers import Asked, Page, listed, part
from communique.web.desk import typed

VERDICTS: tuple[Judgment, ...] = get_args(Judgment)
LONGEST = 4_000
COLUMNS = ("claim", "kind", "claimed", "verdict", "counted", "why")


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim, its document and the verdict."""

    claim: Claim
    document: Document
    verdict: Verdict
    contradicts: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The words that make the claim."""
        quote = self.claim.quotes[0]
        return clean(self.document.part(quote.part)[quote.start : quote.stop])


def listing(asked: Asked) -> Page:
    """All claims of the ledger with their verdicts, newest first."""
    verdict, documents = asked.one("verdict"), asked.held.snapshot.documents
    if verdict and verdict not in VERDICTS:
        raise unknown("verdict", verdict, VERDICTS)
    rows = [r for r in reversed(asked.held.claims) if verdict in (None, r.verdict.verdict)]
    found = part(asked, rows, lambda r: r.claim.id)
    shown = tuple(_checked(r, documents[r.claim.document]) for r in found.items)
    damage = asked.held.ledger.damaged(sorted({r.claim.document for r in found.items}))
    return Page(
        "claims.html", "Claims",
        {"part": found, "checked": shown, "verdicts": VERDICTS, "verdict": verdict, "damage": damage},
        lambda: listed(asked, found, (withheld(_json(asked, r), damage) for r in found.items)), COLUMNS,
        lambda: _cells(_checked(r, documents[r.claim.document]) for r in rows),
    )  # fmt: skip


def _json(asked: Asked, row: ClaimRow) -> dict[str, Any]:
    return claim_json(asked.held.snapshot, row) | {"document": row.claim.document}


def _checked(row: ClaimRow, document: Document) -> Checked:
    return Checked(row.claim, document, row.verdict, row.contradicts)


def sentence(asked: Asked) -> Page:
    """A sentence against the ledger. Without one, the form and an example."""
    words = (asked.one("sentence") or "")[:LONGEST]
    told = last_day(asked.one("published")) or _last_told(asked)
    reading = asked.desk.read_sentence(words, told.isoformat() if told else None) if words else None
    claims = reading.claims if reading else ()
    held = asked.held.book
    found = tuple(Checked(c, reading.document, check(c, held, told)) for c in claims) if reading else ()
    rows = asked.held.row_of
    return Page(
        "check.html", "Check a claim",
        {
            "sentence": words, "told": told, "found": found, "reading": reading, "rows": rows, "window": window,
            "last": _last_told(asked),
        },
        lambda: {
            "revision": asked.held.revision,
            "items": [verdict_json(c.claim, c.document, c.verdict) for c in found],
        },
        COLUMNS, lambda: _cells(found),
    )  # fmt: skip


def _last_told(asked: Asked) -> Any:
    """The day of the ledger's last document: what is said without a date is taken to be said then."""
    return max((d for x in asked.held.snapshot.documents.values() if (d := published_day(x))), default=None)


def _cells(found: Iterable[Checked]) -> Iterator[tuple[Cell, ...]]:
    for c in found:
        yield c.words, c.claim.kind.value, c.verdict.claimed, c.verdict.verdict, c.verdict.counted, c.verdict.why


def explain(asked: Asked) -> Page:
    """What fires in a passage, what loses, and what is read in the end."""
    words = (asked.one("sentence") or "")[:LONGEST]
    day = last_day(asked.one("published"))
    published = day.isoformat() if day else None
    lines: tuple[Line, ...] = ()
    reading = None
    if words:
        context, _ = prepare(typed(words, published), asked.desk.knowledge, Timings())
        lines, reading = tuple(explained(context)), asked.desk.read_sentence(words, published)
    return Page(
        "explain.html", "Why it reads so",
        {"sentence": words, "published": published, "lines": lines, "reading": reading, "parties": parties_words},
        lambda: {"lines": [_line(x) for x in lines]} | (reading_record(reading) if reading else {}),
        ("outcome", "field", "rule", "words", "says", "start", "end"),
        lambda: (tuple(_line(x).values()) for x in lines),
    )  # fmt: skip


def _line(line: Line) -> dict[str, Any]:
    return {
        "outcome": line.outcome, "field": line.field, "rule": line.rule, "words": line.words, "says": line.says,
        "start": line.span.start, "end": line.span.stop,
    }  # fmt: skip
