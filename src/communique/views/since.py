"""What became of a contact since somebody cited it: which of its answers changed, what came, what was decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from communique.model import Judgement
from communique.views.contacts import ContactRow
from communique.views.shelf import Held
from communique.views.words import parties_words, when_words

#: What a contact answers, and how it is said in words.
_ANSWERS: Mapping[str, Callable[[ContactRow], str]] = {
    "status": lambda row: row.status,
    "channel": lambda row: row.channel,
    "when": lambda row: when_words(row.when),
    "place": lambda row: row.place or "",
    "parties": lambda row: parties_words(row.parties),
    "topics": lambda row: ", ".join(row.topics),
    "disputed": lambda row: ", ".join(row.disputed),
    "reports": lambda row: str(row.reports),
    "outlets": lambda row: str(row.outlets),
    "independent": lambda row: str(row.independent),
}


@dataclass(frozen=True, slots=True)
class Changed:
    """An answer of a contact, in words: what it was and what it is; empty where there was or is none."""

    name: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Since:
    """A contact at an earlier revision and what became of it.

    ``then``: it at that revision, None if it was not there; ``now``: it, or what it became part of, None if it is gone.
    ``documents`` came or changed since; ``decided`` were made since about its reports.
    """

    revision: int
    then: ContactRow | None
    now: ContactRow | None
    changed: tuple[Changed, ...] = ()
    documents: tuple[str, ...] = ()
    decided: tuple[Judgement, ...] = ()


def since(earlier: Held, present: Held, identity: str) -> Since:
    """A contact (by an id it has or had) at an earlier state of a ledger, set against the present one."""
    now = present.row(current) if (current := _now(present, identity)) else None
    then = earlier.row(known) if (known := _then(earlier, present, identity, now)) else None
    rows = [row for row in (then, now) if row]
    reports = {report for held, row in ((earlier, then), (present, now)) if row for report in _reports(held, row)}
    known_then = {judgement.id for judgement in earlier.snapshot.judgements}
    return Since(
        earlier.revision, then, now, tuple(_changed(then, now)) if then and now else (),
        _documents(present, earlier.revision, rows),
        tuple(j for j in present.snapshot.judgements if j.id not in known_then and reports & {*j.reports}),
    )  # fmt: skip


def _now(present: Held, identity: str) -> str | None:
    if identity in present.snapshot.contacts:
        return identity
    found = present.ledger.contact(identity)
    return found.id if found and found.id in present.snapshot.contacts else None


def _then(earlier: Held, present: Held, identity: str, now: ContactRow | None) -> str | None:
    """The id of that time: the same, or that of the contact that had one of its reports."""
    if identity in earlier.snapshot.contacts:
        return identity
    reports = _reports(present, now) if now else ()
    return next((earlier.snapshot.contact_of[r] for r in reports if r in earlier.snapshot.contact_of), None)


def _reports(held: Held, row: ContactRow) -> tuple[str, ...]:
    return held.snapshot.contacts[row.id].reports


def _changed(then: ContactRow, now: ContactRow) -> Iterator[Changed]:
    for name, words in _ANSWERS.items():
        if words(then) != words(now):
            yield Changed(name, words(then), words(now))


def _documents(present: Held, revision: int, rows: Iterable[ContactRow]) -> tuple[str, ...]:
    changed = {found.document for found in present.ledger.changed_since(revision)}
    return tuple(sorted({d for row in rows for d in row.documents} & changed))
