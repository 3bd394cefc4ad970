"""The application: addresses under ``/api/v1``, every error a problem, requests of bounded size, OpenAPI 3.1."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from communique import __version__
from communique.api.bench import Bench
from communique.api.client import client_source
from communique.api.problems import MEDIA, Problem, add_problems, problem
from communique.api.questions import Questions
from communique.api.tokens import Tokens
from communique.api.writing import Writing

ROOT = "/api/v1"
MOST_BYTES = 2_000_000
MOST_ADDRESS = 8_000
_ABOUT = (
    "Who was in touch with whom, when and how, with the words that say so. Every answer is of a revision of the ledger."
)
_PROBLEMS = {
    "400": "Something in the request cannot be meant.", "404": "There is no such thing.",
    "413": "The request is too large.", "422": "The request is not as this schema says.",
    "503": "Another program is writing to the ledger.",
}  # fmt: skip


def create_app(
    bench: Bench, tokens: Tokens | None = None, hosts: Iterable[str] = (), token_to_read: bool = False,
    through: Callable[[ASGIApp], ASGIApp] = lambda app: app,
) -> ASGIApp:  # fmt: skip
    """The API of a bench. Without ``tokens`` nothing can be written.

    ``hosts`` are the names by which it may be called (none: any); ``token_to_read`` asks for a token for everything.
    What passes is asked ``through`` something, such as other processes (``web.crew``).
    """
    app = FastAPI(
        title="Communique", version=__version__, description=_ABOUT, openapi_url=f"{ROOT}/openapi.json",
        docs_url=None, redoc_url=None, redirect_slashes=False,
    )  # fmt: skip
    known = tokens or Tokens()
    app.include_router(Questions(bench).router(), prefix=ROOT)
    app.include_router(Writing(bench, known).router(), prefix=ROOT)
    add_problems(app)
    original = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            _describe(original())
        return original()

    app.openapi = described  # type: ignore[method-assign]
    app.add_api_route(
        f"{ROOT}/client.py", lambda: Response(client_source(app.openapi()), media_type="text/x-python"),
        include_in_schema=False, response_model=None,
    )  # fmt: skip
    return Gate(through(app), frozenset(host.lower() for host in hosts), known if token_to_read else None)


def _describe(schema: dict[str, Any]) -> None:
    """Writes into the schema what every operation has in common: problems, and answers that are known already."""
    components = schema["components"]["schemas"]
    components["Problem"] = Problem.model_json_schema()
    for name in ("HTTPValidationError", "ValidationError"):
        components.pop(name, None)
    failed = {"content": {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    for address, operations in schema["paths"].items():
        for method, operation in operations.items():
            answers = operation["responses"]
            answers |= {status: {"description": words, **failed} for status, words in _PROBLEMS.items()}
            if method == "get":
                answers["304"] = {"description": "It is as it was at the revision of If-None-Match."}
                answers["200"]["headers"] = {"ETag": {"description": "The revision.", "schema": {"type": "string"}}}
            elif "security" in operation:
                answers["401"] = {"description": "This needs a token.", **failed}
            if address.endswith("/read"):
                operation["security"].append({})  # only keeping what was read needs one
            if address.endswith("/contacts/{identity}"):
                answers["308"] = {"description": "The contact has become part of another one."}


class Gate:
    """Refuses what is too large, comes under another name, or lacks the token; before anything looks at it."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str], tokens: Tokens | None) -> None:
        self._app, self._hosts, self._tokens = app, hosts, tokens

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or answer it here."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = self._refused(scope)
        if answer is None:
            body = await _whole(receive)
            answer = problem(413, f"The request is longer than {MOST_BYTES:,} bytes.") if body is None else None
            receive = _again(body or b"")
        await (answer or self._app)(scope, receive, send)

    def _refused(self, scope: Scope) -> Any:
        headers = Headers(scope=scope)
        if self._hosts and headers.get("host", "").lower() not in self._hosts:
            return problem(421, "This server does not go by that name.")
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > MOST_ADDRESS:
            return problem(400, f"The address is longer than {MOST_ADDRESS:,} bytes.")
        if self._tokens is not None and not self._tokens.allow(headers.get("authorization")):
            return problem(401, "This ledger is shown with a token only.", "Send Authorization: Bearer TOKEN.")
        return None


async def _whole(receive: Receive) -> bytes | None:
    """The body of a request; None as soon as it is too long."""
    parts, length, more = [], 0, True
    while more:
        message = await receive()
        part = message.get("body", b"")
        length += len(part)
        if length > MOST_BYTES:
            return None
        parts.append(part)
        more = message.get("more_body", False)
    return b"".join(parts)


def _again(body: bytes) -> Receive:
    """Hands a body on that was read already."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        return waiting.pop() if waiting else {"type": "http.disconnect"}

    return receive
