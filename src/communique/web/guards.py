"""What a request has to pass before anything looks at it, and the headers every answer leaves with.

Pages show words of strangers, and any page open in the same browser may send requests here. So: only known host names
(against DNS rebinding), writing only from our own pages and with a session, everything of bounded size, and a content
policy under which nothing but our own style and script is loaded or run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from communique.web.access import Access

MAX_ADDRESS = 8_000
MAX_HEADERS = 32_000
MAX_BODY = 32_000_000
SAFE = ("GET", "HEAD")
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_NO_ORIGIN = "Changes are taken from this ledger's own pages only."
_TOO_MUCH = f"More than {MAX_BODY:,} bytes at once."
_NO_SESSION = "To change the ledger, open it with the address that `communique serve` printed."


class Guard:
    """Refuses what must not come in, and puts the headers on what goes out."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str], access: Access) -> None:
        self._app, self._access = app, access
        self._hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or answer it here."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        refused = self._refused(scope)
        if refused:
            status, words = refused
            await PlainTextResponse(words + "\n", status)(scope, receive, _with_headers(send))
            return
        await self._app(scope, _counted(receive), _with_headers(send))

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        headers = Headers(scope=scope)
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > MAX_ADDRESS:
            return 414, f"The address is longer than {MAX_ADDRESS:,} characters."
        if sum(len(name) + len(value) for name, value in scope["headers"]) > MAX_HEADERS:
            return 431, f"The headers are longer than {MAX_HEADERS:,} bytes."
        if headers.get("host", "").lower() not in self._hosts:
            return 421, "This server does not go by that name."
        return self._barred(scope, headers)

    def _barred(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        trusted = self._access.is_token(headers.get("authorization", "").removeprefix("Bearer "))
        known = trusted or self._access.is_session(headers.getlist("cookie"))
        if self._access.reading_needs_token and not known and not _open_to_all(scope["path"]):
            return 401, "This ledger is shown with its token only."
        if scope["method"] in SAFE:
            return None
        if not trusted and not _same_origin(headers):
            return 403, _NO_ORIGIN
        if not known:
            return 403, _NO_SESSION
        length = headers.get("content-length", "0")
        return None if length.isdigit() and int(length) <= MAX_BODY else (413, _TOO_MUCH)


def _open_to_all(path: str) -> bool:
    return path == "/open" or path.startswith("/static/")


def _same_origin(headers: Headers) -> bool:
    """True if our own page sent it: the origin is this very host, and the browser does not say otherwise."""
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    if site is not None and site != "same-origin":
        return False
    if origin is None:
        return site == "same-origin"
    return origin.partition("://")[2].lower() == headers.get("host", "").lower()


def _counted(receive: Receive) -> Receive:
    got = 0

    async def counting() -> Message:
        nonlocal got
        message = await receive()
        got += len(message.get("body", b""))
        if got > MAX_BODY:
            raise HTTPException(413, _TOO_MUCH)
        return message

    return counting


def _with_headers(send: Send) -> Send:
    async def sending(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending
