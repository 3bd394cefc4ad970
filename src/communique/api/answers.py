"""Answers: JSON that loses nothing, ETags that are the ledger's revision, pages with cursors."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from communique.errors import UsageError

JSON = "application/json"


def encoded(value: Any) -> bytes:
    """A value as JSON in UTF-8; what UTF-8 cannot hold is written as an escape."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")


def answered(request: Request, value: Any, revision: int) -> Response:
    """A value as it is at a revision; 304 if the asker has that already."""
    tag = f'"{revision}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if tag in _tags(request):
        return Response(b"", 304, headers)
    return Response(encoded(value), 200, headers, JSON)


def _tags(request: Request) -> list[str]:
    shown = ",".join(request.headers.getlist("if-none-match"))
    return [tag.strip().removeprefix("W/") for tag in shown.split(",")]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: at which item of the answer that a revision gives."""

    revision: int
    start: int

    def cursor(self) -> str:
        """The place as an opaque word."""
        return base64.urlsafe_b64encode(encoded([self.revision, self.start])).decode("ascii").rstrip("=")


def place(cursor: str) -> Place:
    """The place of a cursor. Raises UsageError for words that are none."""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        revision, start = json.loads(base64.urlsafe_b64decode(padded))
        if not (type(revision) is type(start) is int and 0 < revision < 2**53 and 0 <= start < 2**53):
            raise ValueError
    except (ValueError, TypeError, UnicodeError, binascii.Error, RecursionError):
        raise UsageError("this is no cursor of ours", 'Take "next" of the page before as it is.') from None
    return Place(revision, start)


def paged(items: Sequence[Any], at: Place, limit: int) -> dict[str, Any]:
    """One page of an answer: its items as they are, how many there are in all, and the cursor of the next page."""
    stop = at.start + limit
    following = Place(at.revision, stop).cursor() if stop < len(items) else None
    return {"items": items[at.start : stop], "total": len(items), "revision": at.revision, "next": following}
