"""What is handed in: sentences to check, texts to read, decisions. What changes the ledger needs a token."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.requests import Request
from starlette.responses import Response

from communique.api import shapes
from communique.api.answers import JSON, encoded
from communique.api.bench import Bench
from communique.api.problems import problem
from communique.api.questions import judgement_json
from communique.api.tokens import Tokens
from communique.reconcile.features import published_day
from communique.views.asking import corrected_value, last_day
from communique.views.check import check, verdict_json
from communique.views.records import reading_record

_bearer = HTTPBearer(auto_error=False, description="A token of the server's file of tokens.")
Shown = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
Identity = Annotated[str, Path(max_length=200)]


class Writing:
    """What can be handed in at one bench."""

    def __init__(self, bench: Bench, tokens: Tokens) -> None:
        self._bench, self._tokens = bench, tokens

    def router(self) -> APIRouter:
        """Everything at its address."""
        router = APIRouter()
        table: tuple[tuple[str, Any, Any, int], ...] = (
            ("/check", self.check, shapes.Verdicts, 200),
            ("/read", self.read, shapes.Read, 200),
            ("/judgements", self.decide, shapes.Judgement, 201),
            ("/judgements/{identity}/undo", self.undo, shapes.Judgement, 201),
        )
        for address, answer, shape, status in table:
            router.add_api_route(
                address,
                answer,
                methods=["POST"],
                response_model=shape,
                status_code=status,
                operation_id=answer.__name__,
            )
        return router

    def check(self, asked: shapes.Sentence) -> Response:
        """Set the claims of a sentence against the ledger; nothing is kept."""
        held = self._bench.at()
        days = (published_day(document) for document in held.snapshot.documents.values())
        told = last_day(asked.published) or max((day for day in days if day), default=None)
        reading = self._bench.read(asked.sentence, told.isoformat() if told else None)
        verdicts = [verdict_json(claim, reading.document, check(claim, held.book, told)) for claim in reading.claims]
        return _made({"revision": held.revision, "verdicts": verdicts}, 200)

    def read(self, request: Request, asked: shapes.Text, shown: Shown) -> Response:
        """Say what a text says; with ``keep`` it is read into the ledger."""
        if asked.keep and not self._allowed(request):
            return _refused()
        last_day(asked.published)
        about = {"id": asked.id, "title": asked.title, "publisher": asked.publisher, "url": asked.url}
        reading = self._bench.read(asked.text, asked.published, **about)
        kept = None
        if asked.keep:
            counts, changed = self._bench.keep(reading)
            kept = {name: getattr(counts, name) for name in ("new", "edited", "reread", "unchanged")}
            kept["contacts_changed"] = changed
        return _made({"record": reading_record(reading), "kept": kept}, 200)

    def decide(self, request: Request, asked: shapes.Decision, shown: Shown) -> Response:
        """Accept, reject, doubt or correct a report; merge or split reports."""
        if not self._allowed(request):
            return _refused()
        value = None
        if asked.kind == "correct" and asked.field is not None:
            typed = asked.value if isinstance(asked.value, str) else json.dumps(asked.value)
            value = json.dumps(corrected_value(asked.field, typed))
        made = self._bench.decide(asked.kind, asked.reports, asked.why, asked.field, value)
        return _made(judgement_json(made, True), 201)

    def undo(self, request: Request, identity: Identity, asked: shapes.Undoing, shown: Shown) -> Response:
        """Take a decision back; taking that back restores it."""
        if not self._allowed(request):
            return _refused()
        return _made(judgement_json(self._bench.undo(identity, asked.why), True), 201)

    def _allowed(self, request: Request) -> bool:
        return self._tokens.allow(request.headers.get("authorization"))


def _refused() -> Response:
    return problem(401, "This changes the ledger, and needs a token.", "Send Authorization: Bearer TOKEN.")


def _made(value: Any, status: int) -> Response:
    return Response(encoded(value), status, {"Cache-Control": "no-store"}, JSON)
