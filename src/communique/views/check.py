"""Claims set against the ledger: supported, contradicted, within uncertainty, or not to be told, and why.

What is missing in a ledger contradicts nothing: somebody may have spoken and nobody published it. What is there and
certain does. So a count is contradicted only by more contacts than were claimed, and "there was none between" by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from communique.model import Claim, Document, Span
from communique.reconcile.features import published_day
from communique.views.contacts import ContactRow, Wanted, contact_rows
from communique.views.counting import Counted, Window, count, may_coincide, spoken_of
from communique.views.documents import Gap, coverage, gap_json
from communique.views.records import claim_record
from communique.views.snapshot import Snapshot, kept

Judgment = Literal["supported", "contradicted", "within-uncertainty", "cannot-tell"]
LISTED = 5
"""How many doubtful contacts a verdict spells out."""
_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the ledger says to a claim. ``contacts`` surely count, ``could_count`` do under another reading.

    ``gaps`` are the days the ledger cannot know of; ``why`` is for people.
    """

    verdict: Judgment
    claimed: int | None
    contacts: tuple[Counted, ...]
    could_count: tuple[Counted, ...]
    gaps: tuple[Gap, ...]
    why: str

    @property
    def counted(self) -> int:
        """How many contacts surely count."""
        return len(self.contacts)

    @property
    def short(self) -> str:
        """``why`` without the gaps, for where they are listed beside it."""
        return self.why.removesuffix(" ".join(_silences(self.gaps))).rstrip()


MOST_SIDES = 512
"""Of so many groups of sides the contacts are remembered."""


class Book:
    """A ledger as checks see it: the contacts of given sides, when they were told of, and what the sources cover."""

    def __init__(self, ledger: Snapshot) -> None:
        self._ledger = ledger
        self._rows = lru_cache(MOST_SIDES)(self._found)
        self._told = {i: day for i, d in ledger.documents.items() if (day := published_day(d))}
        self.coverage = coverage(ledger.documents.values(), ledger.issuers)

    def rows(self, sides: frozenset[str]) -> tuple[ContactRow, ...]:
        """The contacts of all these sides; none for no side."""
        return self._rows(sides) if sides else ()

    def _found(self, sides: frozenset[str]) -> tuple[ContactRow, ...]:
        found = contact_rows(self._ledger, Wanted(between=tuple(sorted(sides))))
        return tuple(row for row in found if not _sums_up(self._ledger, row.id))

    def days(self, row: ContactRow) -> tuple[date, ...]:
        """The days on which documents that tell of a contact were published."""
        return tuple(self._told[d] for d in row.documents if d in self._told)


@kept
def book(ledger: Snapshot) -> Book:
    """The ledger as checks see it; worth keeping where many claims are checked."""
    return Book(ledger)


def _sums_up(ledger: Snapshot, contact: str) -> bool:
    """True if every report of it stands in words that claim a number of contacts: it is no contact of its own."""
    spans = ledger.counting_words
    return all(any(_within(r.trigger, s) for s in spans.get(r.document, ())) for r in ledger.accounts(contact))


def _within(inner: Span, outer: Span) -> bool:
    return inner.part == outer.part and outer.start <= inner.start and inner.stop <= outer.stop


def check(claim: Claim, held: Book, told: date | None = None) -> Verdict:
    """The verdict on a claim that was made on a day (None: unknown; then an open window has no end)."""
    return _check_count(claim, held, told) if claim.kind.value == "count" else _check_absence(claim, held, told)


def verdict_json(claim: Claim, document: Document, verdict: Verdict) -> dict[str, Any]:
    """A line of ``check --json``."""
    return {
        "claim": claim_record(claim, document),
        "verdict": verdict.verdict,
        "claimed": verdict.claimed,
        "counted": verdict.counted,
        "contacts": [c.row.id for c in verdict.contacts],
        "could_count": [c.row.id for c in verdict.could_count],
        "gaps": [gap_json(g) for g in verdict.gaps],
        "why": verdict.why,
    }


def _check_count(claim: Claim, held: Book, told: date | None) -> Verdict:
    span = spoken_of(claim, told)
    sure, maybe = _split(count(claim, held.rows(_sides(claim)), span, held.days))
    claimed = claim.count.value if claim.count else None
    gaps = _gaps(claim, held, span, told)
    verdict = _weigh(claim, claimed, sure, maybe)
    return Verdict(verdict, claimed, sure, maybe, gaps, _why_count(claim, claimed, sure, maybe, gaps))


def _weigh(claim: Claim, claimed: int | None, sure: Sequence[Counted], maybe: Sequence[Counted]) -> Judgment:
    least, most = allowed(claim, claimed)
    extra = [c for c in maybe if not may_coincide(c, sure)]
    if len(sure) > most:
        certain = _precise(claim) and sum(c.fit == "surely" for c in sure) > most
        return "contradicted" if certain else "within-uncertainty"
    if len(sure) >= least:
        return "supported" if len(sure) + len(extra) <= most else "within-uncertainty"
    return "within-uncertainty" if len(sure) + len(maybe) >= least else "cannot-tell"


def allowed(claim: Claim, claimed: int | None) -> tuple[float, float]:
    """The least and the greatest number of contacts of which the claim would be true."""
    if claimed is None:
        return 2, float("inf")
    if claim.comparator == "at-least":
        return claimed, float("inf")
    slack = max(1, round(claimed * 0.15)) if claim.comparator == "about" else 0
    return claimed - slack, claimed + slack


def _precise(claim: Claim) -> bool:
    """True if it is clear enough what the claim speaks of to be contradicted.

    A claim that names no start means "ever", or some series or time that the words around it tell ("third round of
    talks", "spoke twice", "have not spoken of it"); so it has to name the people on both sides, and the place that a
    contact has among all of theirs.
    """
    named = {p.value.side for p in claim.parties if p.value.name}
    ranked = claim.kind.value in ("first", "previous") or claim.comparator == "ordinal"
    vague = claim.kind.value == "first" and claim.channel.value == "unspecified"
    return claim.since is not None or (len(named) > 1 and ranked and not vague)


def _check_absence(claim: Claim, held: Book, told: date | None) -> Verdict:
    """ "Previous", "first" and "none" say that there was no contact in a stretch of time."""
    span = spoken_of(claim, told)
    sure, maybe = _split(count(claim, held.rows(_sides(claim)), span, held.days))
    gaps = _gaps(claim, held, span, told)
    named = _named(claim, held)
    missing = claim.kind.value == "previous" and not named
    if sure:
        verdict: Judgment = "contradicted" if _precise(claim) else "within-uncertainty"
    elif maybe:
        verdict = "within-uncertainty"
    else:
        verdict = "cannot-tell" if gaps or missing or span.first == date.min else "supported"
    return Verdict(verdict, None, sure, maybe, gaps, _why_absence(claim, sure, maybe, gaps, named, span))


def _named(claim: Claim, held: Book) -> tuple[Counted, ...]:
    """The contact that a "previous" claim names, if the ledger has it."""
    since = claim.since.value if claim.since else None
    if since is None or since.earliest is None or since.latest is None:
        return ()
    span = Window(since.earliest, since.earliest, since.latest, since.latest)
    found = count(claim, held.rows(_sides(claim)), span, held.days)
    return tuple(c for c in found if c.fit != "possibly") or found


def _sides(claim: Claim) -> frozenset[str]:
    return frozenset(p.value.side for p in claim.parties if p.value.side)


def _split(counted: Sequence[Counted]) -> tuple[tuple[Counted, ...], tuple[Counted, ...]]:
    return tuple(c for c in counted if c.fit != "possibly"), tuple(c for c in counted if c.fit == "possibly")


def _gaps(claim: Claim, held: Book, span: Window, told: date | None) -> tuple[Gap, ...]:
    first, last = span.first, span.last if span.last < date.max else told
    if first == date.min or last is None:
        return ()
    return held.coverage.gaps(first, last, _sides(claim))


def _why_count(
    claim: Claim, claimed: int | None, sure: Sequence[Counted], maybe: Sequence[Counted], gaps: Sequence[Gap]
) -> str:
    days = f" ({', '.join(_day(c) for c in sure)})" if sure else ""
    if claimed is None:
        said = f"{_number(len(sure)).capitalize()} in the ledger{days}."
    elif len(sure) > claimed:
        said = f"{_number(len(sure)).capitalize()} are in the ledger{days}, {_number(claimed)} claimed."
    elif len(sure) == claimed:
        said = f"{_all(claimed)} in the ledger{days}."
    else:
        found, left = f"{_are(len(sure))} in the ledger{days}", claimed - len(sure)
        missing = f"{_number(left)} {_are(left)} unaccounted for"
        said = f"{_number(len(sure)).capitalize()} of {_number(claimed)} {found}, {missing}."
    open_start = ["The claim does not say since when."] if claim.since is None else []
    edge = [_day(c) for c in sure if c.fit == "edge"]
    vague = [f"At the vague end of that time: {', '.join(edge)}."] if edge else []
    return " ".join(
        [said, *open_start, *vague, *_doubts(maybe), *_silences(gaps if len(sure) < (claimed or 0) else ())]
    )


def _why_absence(
    claim: Claim,
    sure: Sequence[Counted],
    maybe: Sequence[Counted],
    gaps: Sequence[Gap],
    named: Sequence[Counted],
    span: Window,
) -> str:
    where = "in that time" if claim.kind.value == "none" else "before it" if span.first == date.min else "between"
    days = ", ".join(_day(c) for c in sure)
    found = f"There {_were(len(sure))} {where}: {days}." if sure else f"The ledger has none {where}."
    first = [_why_named(named)] if claim.kind.value == "previous" else []
    return " ".join([*first, found, *_doubts(maybe), *_silences(() if sure else gaps)])


def _why_named(named: Sequence[Counted]) -> str:
    days = ", ".join(_day(c) for c in named)
    return f"The contact named is in the ledger ({days})." if named else "The contact named is not in the ledger."


def _doubts(maybe: Sequence[Counted]) -> list[str]:
    if not maybe:
        return []
    listed = [f"{_day(c)}: {', '.join(c.doubts) or 'unsure'}" for c in maybe[:LISTED]]
    rest = [f"and {len(maybe) - LISTED} more"] if len(maybe) > LISTED else []
    return [f"{_number(len(maybe)).capitalize()} more could count ({'; '.join([*listed, *rest])})."]


def _silences(gaps: Sequence[Gap]) -> list[str]:
    return [f"From {g.first} to {g.last} {g.why}." for g in gaps]


def _day(counted: Counted) -> str:
    return counted.row.when.edtf if counted.row.when else "undated"


def _all(n: int) -> str:
    return {0: "None is", 1: "The one is", 2: "Both are"}.get(n, f"All {_number(n)} are")


def _were(n: int) -> str:
    return "was one" if n == 1 else f"were {_number(n)}"


def _are(n: int) -> str:
    return "is" if n <= 1 else "are"


def _number(n: int) -> str:
    return _NUMBERS[n] if n < len(_NUMBERS) else str(n)
