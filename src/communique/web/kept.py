"""Answers kept as long as the ledger stays as it is: a page that somebody has seen costs the next one nothing."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import MutableMapping
from dataclasses import dataclass
from time import monotonic
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from communique import __version__
from communique.web.desk import Desk

LOOK_EVERY = 0.1
"""So often, in seconds, the ledger's revision is looked up for answers that are kept."""
KEPT_BYTES = 192_000_000
ENTRY_BYTES = 1_500
"""What an answer takes beside its body: its address, its headers, its place."""
_ETAG, _SEEN = b"etag", b"if-none-match"
Headers = list[tuple[bytes, bytes]]
Key = tuple[str, bytes]


def etag(revision: int) -> str:
    """What an answer is marked with that hangs on its address and a revision alone; only such answers are kept."""
    return f'"{__version__}-{revision}"'


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it goes out."""

    status: int
    headers: Headers
    body: bytes

    def header(self, name: bytes) -> bytes:
        """A header, empty if there is none."""
        return next((value for known, value in self.headers if known.lower() == name), b"")

    async def send(self, send: Send, seen: bytes = b"") -> None:
        """Send it, or say only that it is what the asker has ``seen``."""
        mark = self.header(_ETAG)
        same = bool(seen) and seen == mark
        headers = [(_ETAG, mark)] if same else list(self.headers)
        await send({"type": "http.response.start", "status": 304 if same else self.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if same else self.body})

    @property
    def size(self) -> int:
        """The bytes that keeping it takes."""
        return len(self.body) + ENTRY_BYTES


class Kept:
    """The answers asked for last, up to some bytes."""

    def __init__(self, desk: Desk, most: int = KEPT_BYTES) -> None:
        self._desk, self._most, self._lock = desk, most, threading.Lock()
        self._answers: OrderedDict[Key, Answer] = OrderedDict()
        self._bytes, self._looked, self._writes, self._mark = 0, 0.0, -1, b""

    def mark(self) -> bytes:
        """The mark of answers that hold: as it is after what we wrote, as it was a moment ago after what others did."""
        if self._writes != self._desk.writes or monotonic() - self._looked > LOOK_EVERY:
            self._writes, self._looked = self._desk.writes, monotonic()
            self._mark = etag(self._desk.shelf.revision).encode()
        return self._mark

    def keep(self, key: Key, answer: Answer) -> None:
        """Keep an answer, and forget those asked for longest ago."""
        with self._lock:
            self._drop(key)
            self._answers[key] = answer
            self._bytes += answer.size
            while self._bytes > self._most:
                self._drop(next(iter(self._answers)))

    def _drop(self, key: Key) -> None:
        if gone := self._answers.pop(key, None):
            self._bytes -= gone.size

    def find(self, key: Key) -> Answer | None:
        """A kept answer that still holds."""
        found = self._answers.get(key)
        if found is None or found.header(_ETAG) != self.mark():
            return None
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
        return found


class Front:
    """Kept answers first; whoever has seen one already is told so."""

    def __init__(self, app: ASGIApp, kept: Kept) -> None:
        self._app, self._kept = app, kept

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or hand on."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        key = scope["path"], scope["query_string"]
        found = self._kept.find(key)
        if found is None:
            await self._app(scope, receive, self._keeping(key, send))
            return
        await found.send(send, next((value for name, value in scope["headers"] if name == _SEEN), b""))

    def _keeping(self, key: Key, send: Send) -> Send:
        """Sends an answer on, and keeps it if it is marked with a revision."""
        start: MutableMapping[str, Any] = {}
        parts: list[bytes] = []

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message, headers=list(message["headers"]))
            else:
                parts.append(message.get("body", b""))
                if not message.get("more_body", False):
                    answer = Answer(start["status"], start["headers"], b"".join(parts))
                    if answer.header(_ETAG):
                        self._kept.keep(key, answer)
            await send(message)

        return sending
