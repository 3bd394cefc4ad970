"""Versions of one page, and what an edit did to it word by word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise, takewhile
from pathlib import PurePath
from typing import Any, Literal

from communique.model import Document, Part
from communique.text import tokenize

PAGES = frozenset((".txt", ".text", ".md", ".htm", ".html", ".xhtml"))
LONG = 5000
"""Between longer stretches of words, frequent ones are no places to hold on to: comparing them takes too long."""


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of words of two versions: the same in both, only in the old, only in the new, or put for each other."""

    kind: Literal["equal", "delete", "insert", "replace"]
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Edit:
    """What became of a document's text or title from one version to the next."""

    old: Document
    new: Document
    part: Part
    changes: tuple[Change, ...]


def versions(documents: Iterable[Document]) -> Mapping[str, tuple[Document, ...]]:
    """Pages of which there are several texts, by address or file, oldest publication first.

    Those published on one day stay in the order in which they are given.
    """
    pages: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        if page := document.url or _file(document):
            pages[page].append(document)
    several = {url: found for url, found in pages.items() if len({d.text for d in found}) > 1}
    return {url: tuple(sorted(found, key=_version)) for url, found in sorted(several.items())}


def edits(chain: Sequence[Document]) -> Iterator[Edit]:
    """The edits that led from each version of a document to the next; parts that stayed as they were are left out."""
    parts: tuple[Part, ...] = ("title", "text")
    for old, new in pairwise(chain):
        for part in parts:
            if old.part(part) != new.part(part):
                yield Edit(old, new, part, changes(old.part(part), new.part(part)))


def edit_json(edit: Edit) -> dict[str, Any]:
    """``{"document", "part", "from", "to", "changes": [{"kind", "start", "end", "old", "new"}]}``.

    ``from`` and ``to`` are the days of publication; ``start`` and ``end`` are offsets into the new text.
    """
    at, changed = 0, []
    for one in edit.changes:
        if one.kind != "equal":
            place = {"kind": one.kind, "start": at, "end": at + len(one.new)}
            changed.append(place | {"old": one.old, "new": one.new})
        at += len(one.new)
    days = {"from": edit.old.published.edtf, "to": edit.new.published.edtf}
    return {"document": edit.new.id, "part": edit.part, **days, "changes": changed}


def changes(old: str, new: str) -> tuple[Change, ...]:
    """What an edit did, word by word; the words put together are both texts whole."""
    left, right = _words(old), _words(new)
    head = _in_common(left, right)
    tail = _in_common(left[head:][::-1], right[head:][::-1])
    found = _between(left[head : len(left) - tail], right[head : len(right) - tail])
    same = [_equal(left[:head]), *found, _equal(left[len(left) - tail :])]
    return tuple(change for change in same if change.old or change.new)


def _between(left: Sequence[str], right: Sequence[str]) -> Iterator[Change]:
    matcher = SequenceMatcher(None, left, right, autojunk=max(len(left), len(right)) > LONG)
    for kind, a, b, c, d in matcher.get_opcodes():
        yield Change(kind, "".join(left[a:b]), "".join(right[c:d]))


def _in_common(left: Sequence[str], right: Sequence[str]) -> int:
    """How many words both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False)))


def _equal(words: Sequence[str]) -> Change:
    return Change("equal", "".join(words), "".join(words))


def _file(document: Document) -> str | None:
    """The file, if a file of this kind is one document and no collection."""
    path = document.path or ""
    return path if PurePath(path).suffix.lower() in PAGES else None


def _version(document: Document) -> str:
    return document.published.edtf or ""


def _words(text: str) -> list[str]:
    """The text cut behind every token, so that the pieces put together are the text."""
    stops = [token.stop for token in tokenize(text)]
    return [text[a:b] for a, b in zip([0, *stops], [*stops, len(text)], strict=True) if a < b]
