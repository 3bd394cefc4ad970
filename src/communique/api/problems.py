"""What went wrong, as RFC 9457 problem details: one shape for every error, nothing of ours leaks out."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from communique.api.answers import encoded
from communique.errors import CommuniqueError, LedgerBusyError, NotFoundError, UsageError

MEDIA = "application/problem+json"
_STATUSES: Mapping[type[CommuniqueError], int] = {NotFoundError: 404, LedgerBusyError: 503, UsageError: 400}


class Problem(BaseModel):
    """RFC 9457: ``type`` names the kind of problem, ``detail`` says what is wrong, ``remedy`` what to do about it."""

    type: str
    title: str
    status: int
    detail: str
    remedy: str | None = None
    errors: list[dict[str, Any]] | None = None


def problem(status: int, detail: str, remedy: str = "", errors: list[dict[str, Any]] | None = None) -> Response:
    """A problem as a response."""
    title = HTTPStatus(status).phrase
    name = title.lower().replace(" ", "-")
    body: dict[str, Any] = {
        "type": f"urn:communique:problem:{name}",
        "title": title,
        "status": status,
        "detail": detail,
    }
    extras = {"remedy": remedy, "errors": errors}
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {}
    content = encoded(body | {key: value for key, value in extras.items() if value})
    return Response(content, status, headers | {"Cache-Control": "no-store"}, MEDIA)


def add_problems(app: FastAPI) -> None:
    """Every exception becomes a problem."""
    app.add_exception_handler(CommuniqueError, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _fault)


def _ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, CommuniqueError)
    status = next((status for kind, status in _STATUSES.items() if isinstance(error, kind)), 500)
    return problem(status, str(error), error.remedy)


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    errors = [{"at": ".".join(map(str, e["loc"])), "what": e["msg"]} for e in error.errors()[:20]]
    return problem(422, "The request is not as the schema says.", "See /api/v1/openapi.json.", errors)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    answer = problem(error.status_code, str(error.detail))
    answer.headers.update(error.headers or {})
    return answer


def _fault(request: Request, error: Exception) -> Response:
    logging.getLogger("communique.api").error("a fault of the program", exc_info=error)
    return problem(500, "This is a fault of the program.", "Please report it with the request.")
