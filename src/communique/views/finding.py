"""Search over everything: people in any spelling, states, agreements, ids, and documents by their words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from communique.errors import CommuniqueError
from communique.ledger.fulltext import phrases
from communique.model import Contact, Document
from communique.reconcile.names import fold
from communique.views.passages import Mark, Passage, cut
from communique.views.people import PersonRow
from communique.views.shelf import Held

AROUND = 160
NAMES = 12


@dataclass(frozen=True, slots=True)
class Hit:
    """A document in which the words stand, and a passage of it with the words marked."""

    document: Document
    passage: Passage


@dataclass(frozen=True, slots=True)
class Found:
    """What words lead to; ``more`` tells whether further documents have them.

    ``spellings`` are surnames that stand for the same people in other documents.
    """

    words: str
    people: tuple[PersonRow, ...] = ()
    sides: tuple[str, ...] = ()
    agreements: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    documents: tuple[Hit, ...] = ()
    more: bool = False
    spellings: tuple[str, ...] = ()


def find(held: Held, words: str, limit: int = 20, skip: int = 0) -> Found:
    """Everything that words may mean; nothing typed is an error."""
    hits = held.ledger.search(words, limit + 1, skip)
    known = (held.snapshot.documents.get(hit.document) for hit in hits[:limit])
    documents = tuple(Hit(d, passage(d, words)) for d in known if d)
    more = len(hits) > limit
    if skip or not words.strip():
        return Found(words, documents=documents, more=more)
    return Found(
        words, _people(held, words), tuple(_sides(held, words)), tuple(_agreements(held, words)),
        tuple(_contacts(held, words)), documents, more, _spellings(held, words),
    )  # fmt: skip


def passage(document: Document, words: str) -> Passage:
    """A stretch of the text around the first of the words that stands there, all of them marked."""
    text = document.text
    low = text.casefold()
    if len(low) != len(text):
        low = text.lower() if len(text.lower()) == len(text) else text
    marks = [mark for phrase in phrases(words) for mark in _places(low, phrase.casefold())]
    first = min((mark.start for mark in marks), default=0)
    start = 0 if first <= AROUND else text.find(" ", first - AROUND, first) + 1 or first
    stop = min(len(text), start + 3 * AROUND)
    return Passage(cut(text, marks, start, stop), before=start > 0, after=stop < len(text))


def _places(text: str, phrase: str) -> Iterator[Mark]:
    at = text.find(phrase)
    while at >= 0:
        if not text[at - 1 : at].isalnum() and not text[at + len(phrase) : at + len(phrase) + 1].isalnum():
            yield Mark(at, at + len(phrase), "found")
        at = text.find(phrase, at + 1)


def _people(held: Held, words: str) -> tuple[PersonRow, ...]:
    names = {*held.names.spellings(words)}
    folded = fold(words)
    return tuple(p for p in held.people if p.name in names or (folded and folded in fold(p.name)))[:NAMES]


def _spellings(held: Held, words: str) -> tuple[str, ...]:
    """The surnames, otherwise written, of everybody whom words name."""
    said = {*fold(words).split()}
    surnames = {name.split()[-1] for name in held.names.spellings(words) if name.split()}
    return tuple(sorted(name for name in surnames if fold(name) not in said))[:NAMES]


def _sides(held: Held, words: str) -> Iterator[str]:
    side = held.registry.side(words) or held.registry.side(words.strip().removeprefix("the "))
    if side:
        yield side


def _agreements(held: Held, words: str) -> Iterator[str]:
    wanted = {*fold(words).split()}
    for line in held.lines:
        if wanted and wanted <= {*fold(line.agreement).split()}:
            yield line.agreement


def _contacts(held: Held, words: str) -> Iterator[str]:
    """The contact whose id begins so."""
    if len(words.strip()) < 4 or not words.strip().isalnum():
        return
    try:
        found = held.ledger.get(words.strip())
    except CommuniqueError:
        return
    if isinstance(found, Contact):
        yield found.id
