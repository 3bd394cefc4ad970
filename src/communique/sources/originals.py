"""The bytes of inputs that are set aside, which are kept with the reason so that they can be tried again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from communique.model import Document, Issue
from communique.sources.catalogue import SetAsideError

#: Longer inputs are named but not kept.
MOST = 64_000_000
#: Problems of documents already made of their input: what is kept is the document, as a line of JSON.
OF_DOCUMENTS = frozenset({"duplicate-id", "reader-failed"})
#: Problems that cost a process; after so many of them an input is not tried again by itself.
CRASHES, ENOUGH = frozenset({"extraction-empty", "given-up", "reader-failed"}), 3


def keeping(found: Iterable[Document | Issue], original: bytes) -> Iterator[Document | Issue]:
    """The same with the bytes in every issue that sets something aside."""
    try:
        for one in found:
            yield kept(one, original) if isinstance(one, Issue) and one.fatal else one
    except SetAsideError as error:
        raise SetAsideError(kept(error.issue, original)) from None


def kept(issue: Issue, original: bytes | None) -> Issue:
    """An issue with the bytes it is about, unless it has some already or they are too many."""
    if issue.original is not None or original is None or len(original) > MOST:
        return issue
    return replace(issue, original=original)


def of_file(path: Path) -> bytes | None:
    """The bytes of a regular file; None for others, and for those too long or not readable."""
    try:
        return path.read_bytes() if path.is_file() and path.stat().st_size <= MOST else None
    except OSError:
        return None


def as_line(document: Document) -> bytes:
    """A document as a line of JSON that reads as the same document; its id is left to its words."""
    about = ("title", "text", "url", "publisher", "language")
    fields = {name: getattr(document, name) for name in about} | {"published": document.published.edtf}
    return json.dumps({name: value for name, value in fields.items() if value is not None}).encode()


def mark(original: bytes) -> str:
    """What tells one input from another: the SHA-256 of its bytes."""
    return sha256(original).hexdigest()
