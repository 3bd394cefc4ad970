"""Other processes that make the pages: the one that listens keeps the sessions and hands on whatever only looks.

A process makes one page at a time, and Python only one in a process; so with two cores, two workers. They are forked
when the ledger is in memory, and share that memory. Requests that change something, or hang on a session, stay with the
process that listens, as does every request that would have to wait too long. A worker that ends is missed by nobody but
the log: what it was asked is asked here.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import signal
import socket
import struct
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from contextlib import suppress
from typing import Any, NoReturn

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from communique.web.guards import SAFE
from communique.web.kept import Answer, Headers

PATIENCE = 1.0
"""A request that no worker takes within so many seconds is answered by the process that listens."""
_LENGTHS = struct.Struct("!II")
_FIELDS = ("method", "path", "scheme", "http_version", "root_path")
_BYTES = ("raw_path", "query_string")
_FAILED = Answer(500, [(b"content-type", b"text/plain; charset=utf-8")], b"Something went wrong.\n")
Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Crew:
    """Workers, and the applications that they run by name."""

    def __init__(self) -> None:
        self._apps: dict[str, ASGIApp] = {}
        self._sockets: list[socket.socket] = []
        self._workers: list[int] = []
        self._idle: asyncio.Queue[Stream] | None = None
        self._left = 0

    def through(self, name: str, app: ASGIApp, stays: Sequence[str] = ()) -> ASGIApp:
        """The application, asked in a worker where that is possible; addresses that begin with ``stays`` are not."""
        self._apps[name] = app

        async def asked(scope: Scope, receive: Receive, send: Send) -> None:
            answer = await self._asked(name, scope) if self._left and _only_looks(scope, stays) else None
            await (app(scope, receive, send) if answer is None else answer.send(send))

        return asked

    def start(self, size: int, before: Callable[[], object], listening: socket.socket | None = None) -> None:
        """Fork so many workers; ``before`` lets go of what must not be open in two processes.

        To be called before there is an event loop or a thread. Only the process that calls it goes on ``listening``.
        """
        before()
        gc.freeze()  # what is shared stays shared: the collector would write to it
        for _ in range(size):
            ours, theirs = socket.socketpair()
            worker = os.fork()
            if worker == 0:
                for held in (*self._sockets, ours, *([listening] if listening else [])):
                    held.close()
                _work(theirs, self._apps)
            theirs.close()
            self._sockets.append(ours)
            self._workers.append(worker)
        self._left = size

    def stop(self) -> None:
        """Have the workers end, and wait for them."""
        for held in self._sockets:
            held.close()
        for worker in self._workers:
            with suppress(ChildProcessError):
                os.waitpid(worker, 0)
        self._sockets, self._workers, self._left = [], [], 0

    async def _asked(self, name: str, scope: Scope) -> Answer | None:
        """The answer of a worker; None if there is none to be had."""
        idle = await self._opened()
        try:
            async with asyncio.timeout(PATIENCE):
                reader, writer = await idle.get()
        except TimeoutError:
            return None
        try:
            writer.write(_framed(_described(name, scope), b""))
            head, body = await _frame(reader)
        except (OSError, EOFError):
            self._left -= 1
            print(f"communique serve: a process that makes pages ended; {self._left} left", file=sys.stderr)
            return None
        idle.put_nowait((reader, writer))
        return Answer(head["status"], _headers(head), body)

    async def _opened(self) -> asyncio.Queue[Stream]:
        if self._idle is None:
            self._idle = asyncio.Queue()
            for held in self._sockets:
                self._idle.put_nowait(await asyncio.open_connection(sock=held))
        return self._idle


def _only_looks(scope: Scope, stays: Sequence[str]) -> bool:
    """True for requests that any process can answer: nothing is changed, nothing is sent along."""
    if scope["type"] != "http" or scope["method"] not in SAFE or scope["path"].startswith(tuple(stays)):
        return False
    sent = dict(scope["headers"])
    return b"transfer-encoding" not in sent and sent.get(b"content-length", b"0") == b"0"


def _described(name: str, scope: Scope) -> dict[str, Any]:
    """A request in words of JSON; bytes are kept as Latin-1."""
    plain = {field: scope.get(field, "") for field in _FIELDS} | {"app": name, "server": scope.get("server")}
    given = {field: (scope.get(field) or b"").decode("latin-1") for field in _BYTES}
    return plain | given | {"headers": _words(scope["headers"])}


def _scope(head: Mapping[str, Any]) -> dict[str, Any]:
    """The request again."""
    scope = {"type": "http", "asgi": {"version": "3.0"}} | {field: head[field] for field in (*_FIELDS, "server")}
    return scope | {field: head[field].encode("latin-1") for field in _BYTES} | {"headers": _headers(head)}


def _words(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[str, str]]:
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in headers]


def _headers(head: Mapping[str, Any]) -> Headers:
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in head["headers"]]


def _framed(head: Mapping[str, Any], body: bytes) -> bytes:
    """A message between the processes: the lengths of head and body, the head as JSON, the body."""
    words = json.dumps(head).encode()
    return _LENGTHS.pack(len(words), len(body)) + words + body


async def _frame(reader: asyncio.StreamReader) -> tuple[dict[str, Any], bytes]:
    """The next message; raises EOFError where the other process has ended."""
    head, body = _LENGTHS.unpack(await reader.readexactly(_LENGTHS.size))
    return json.loads(await reader.readexactly(head)), await reader.readexactly(body)


def _work(channel: socket.socket, apps: Mapping[str, ASGIApp]) -> NoReturn:
    """A worker, until the process that listens has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that listens
    try:
        asyncio.run(_answer_all(channel, apps))
    except Exception:
        traceback.print_exc()
    finally:
        os._exit(0)  # what the other process opened is its own to close


async def _answer_all(channel: socket.socket, apps: Mapping[str, ASGIApp]) -> None:
    reader, writer = await asyncio.open_connection(sock=channel)
    with suppress(EOFError, OSError):
        while True:
            head, _ = await _frame(reader)
            answer = await _answer(apps[head["app"]], _scope(head))
            writer.write(_framed({"status": answer.status, "headers": _words(answer.headers)}, answer.body))
            await writer.drain()


async def _answer(app: ASGIApp, scope: Scope) -> Answer:
    """What an application answers."""
    start: MutableMapping[str, Any] = {}
    parts: list[bytes] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        start.update(message) if message["type"] == "http.response.start" else parts.append(message.get("body", b""))

    try:
        await app(scope, receive, send)
    except Exception:  # it has answered that it failed; why is for the log
        traceback.print_exc()
    return Answer(start["status"], list(start["headers"]), b"".join(parts)) if start else _FAILED
