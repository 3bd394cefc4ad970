"""What changes the ledger or hangs on a session: opening, deciding, reading in; and files to take away."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from communique.errors import NotFoundError, UsageError
from communique.reconcile.judgements import CORRECTABLE, in_force
from communique.sources import SourceOptions
from communique.views.asking import apart, corrected_value
from communique.web import links
from communique.web.access import COOKIE
from communique.web.answers import Page
from communique.web.guards import MAX_BODY
from communique.web.jobs import Given
from communique.web.kept import etag
from communique.web.pages.documents import reading_of
from communique.web.pictured import FORMS, draw
from communique.web.reviewing import Choice

STAYS = ("/open", "/review", "/read", "/judge", "/feeds")
"""Addresses that hang on a session or on what this process does."""
MOST_FILES, MOST_FIELDS = 1_000, 100
KEYS = {
    "a": "right as it is", "m": "one contact", "s": "two contacts", "u": "unsure", "x": "no contact at all",
    "e": "edit a field",
}  # fmt: skip


def add_writing(app: FastAPI, site: Any) -> None:
    """The addresses that are no plain pages."""
    writer = Writer(site)
    routes: tuple[tuple[str, str, Callable[..., Any]], ...] = (
        ("GET", "/open", writer.open),
        ("GET", "/review", writer.review),
        ("POST", "/review", writer.decide),
        ("POST", "/review/undo", writer.undo),
        ("POST", "/review/settle", writer.settle),
        ("POST", "/judge", writer.judge),
        ("GET", "/read", writer.hand_in),
        ("POST", "/read", writer.take_in),
        ("GET", "/read/{number}.json", writer.progress_json),
        ("GET", "/read/{number}", writer.progress),
        ("POST", "/feeds", writer.add_feeds),
        ("POST", "/feeds/remove", writer.forget_feed),
        ("POST", "/feeds/ask", writer.ask_feeds),
        ("GET", "/text/{identity:path}", writer.text),
        ("GET", "/pictures/{name}", writer.picture),
    )
    for method, address, endpoint in routes:
        app.add_api_route(address, endpoint, methods=[method], include_in_schema=False, response_model=None)


class Writer:
    """Answers that need more than the ledger and an address."""

    def __init__(self, site: Any) -> None:
        self._site = site

    def open(self, request: Request) -> Response:
        """The one-time address: begins a session in which the ledger may be changed."""
        session = self._site.access.open(request.query_params.get("key", ""))
        if session is None:
            raise HTTPException(403, "This address was used already. Start `communique serve` again for a new one.")
        response = RedirectResponse("/", 303, {"Cache-Control": "no-store"})
        response.set_cookie(COOKIE, session, httponly=True, samesite="strict", path="/")
        return response

    def review(self, request: Request) -> Response:
        """The doubt that comes next, with its two reports face to face."""
        asked = self._site.asked(request)
        skip = asked.number("skip", 0, 10_000)
        queue = self._site.queue
        place = queue.place(skip, anew=bool(asked.one("anew")))
        judgements = tuple(self._site.desk.shelf.ledger.judgements())
        show = {
            "place": place, "queue": queue.held(), "skip": skip, "keys": KEYS, "fields": CORRECTABLE,
            "decided": in_force(judgements)[-8:][::-1], "pending": queue.pending,
            "writable": self._site.access.is_session(request.headers.getlist("cookie")),
        }  # fmt: skip
        response: Response = self._site.show(Page("review.html", "Review", show), request)
        return response

    async def decide(self, request: Request) -> Response:
        """Keep what was chosen, and go on."""
        async with _form(request) as form:
            reports = (_text(form, "first"), _text(form, "second"))
            words = {name: _text(form, name) for name in ("act", "about", "which", "field", "value", "why")}
            skip = _text(form, "skip")
        # Enter in a field is no button: it edits if there is something to edit, and otherwise decides nothing.
        words["act"] = words["act"] or ("e" if words["value"] else "")
        if words["act"]:
            await run_in_threadpool(self._site.queue.take, Choice(reports=reports, **words))
        return RedirectResponse(f"/review?skip={skip if skip.isdigit() else 0}", 303)

    def undo(self) -> Response:
        """Take the last decision back."""
        self._site.queue.undo()
        return RedirectResponse("/review", 303)

    def settle(self) -> Response:
        """Work the decisions into the contacts now."""
        self._site.queue.settle()
        return RedirectResponse("/review?anew=1", 303)

    async def judge(self, request: Request) -> Response:
        """A decision made on a contact's page: about a report, or that contacts are one or several."""
        async with _form(request) as form:
            contact = await run_in_threadpool(self._judge, form)
        return RedirectResponse(links.contact(contact), 303)

    def _judge(self, form: FormData) -> str:
        desk, kind, contact = self._site.desk, _text(form, "kind"), _text(form, "contact")
        held = desk.shelf.now()
        reports = held.snapshot.contacts[held.contact(contact)].reports
        why = _text(form, "why")
        if kind == "merge":
            other = held.snapshot.contacts[held.contact(_text(form, "other"))].reports
            desk.decide("merge", [(*reports, *other)], why)
        elif kind == "split":
            desk.decide("split", apart([reports, [_text(form, "report")]]), why)
        elif kind in ("accept", "reject", "unsure"):
            desk.decide(kind, [[_text(form, "report")]], why)
        elif kind == "correct":
            value = json.dumps(corrected_value(_text(form, "field"), _text(form, "value")))
            desk.decide("correct", [[_text(form, "report")]], why, _text(form, "field"), value)
        else:
            raise UsageError(f"no decision is called {kind[:40]!r}", "Choose one of the buttons.")
        desk.settle()
        now = desk.shelf.now()
        return contact if contact in now.snapshot.contacts else str(now.snapshot.contact_of.get(reports[0], contact))

    def hand_in(self, request: Request) -> Response:
        """Where files are dropped and text is pasted."""
        writable = self._site.access.is_session(request.headers.getlist("cookie"))
        show = {"jobs": self._site.jobs.latest(), "writable": writable}
        response: Response = self._site.show(Page("read.html", "Read documents", show), request)
        return response

    async def take_in(self, request: Request) -> Response:
        """Begin to read what was handed in."""
        async with _form(request) as form:
            files = [one for one in form.getlist("files") if isinstance(one, UploadFile) and one.filename]
            given = [Given((one.filename or "")[:200], await one.read()) for one in files]
            options = SourceOptions(_text(form, "published") or None, _text(form, "publisher") or None)
            job = self._site.jobs.start(given, _text(form, "text"), options)
        return RedirectResponse(f"/read/{job.number}", 303)

    async def add_feeds(self, request: Request) -> Response:
        """Watch the feeds of a list, or of an OPML file, too."""
        async with _form(request) as form:
            file = form.get("file")
            given = await file.read() if isinstance(file, UploadFile) and file.filename else b""
            named = given or _text(form, "text").encode("utf-8", "replace")
        await run_in_threadpool(self._site.feeds.add, named)
        return RedirectResponse("/feeds", 303)

    async def forget_feed(self, request: Request) -> Response:
        """Watch a feed no longer."""
        async with _form(request) as form:
            url = _text(form, "url")
        await run_in_threadpool(self._site.feeds.remove, url)
        return RedirectResponse("/feeds", 303)

    async def ask_feeds(self, request: Request) -> Response:
        """Ask a feed, or all, what is new."""
        async with _form(request) as form:
            url = _text(form, "url")
        job = await run_in_threadpool(self._site.feeds.ask, url)
        return RedirectResponse(f"/read/{job.number}", 303)

    def progress(self, request: Request, number: str) -> Response:
        """How far the reading is; without a script the page asks again by itself."""
        job = self._job(number)
        page = Page("job.html", f"Reading {', '.join(job.names[:3])}", {"job": job})
        response: Response = self._site.show(page, request)
        if not job.done.is_set():
            response.headers["Refresh"] = "2"
        return response

    def progress_json(self, number: str) -> Response:
        """The same for programs."""
        return JSONResponse(self._job(number).json(), headers={"Cache-Control": "no-store"})

    def _job(self, number: str) -> Any:
        job = self._site.jobs.get(int(number)) if number.isascii() and number.isdigit() and len(number) < 9 else None
        if job is None:
            raise NotFoundError("There is no such reading.", "It may have been before the last start.")
        return job

    def text(self, identity: str) -> Response:
        """A document's text alone, to take away: never as anything that a browser would run."""
        held = self._site.desk.shelf.now()
        document = reading_of(held, identity).document
        if held.ledger.damaged([identity]):
            raise NotFoundError(f"Evidence damaged: the text of {identity}.", "`communique verify` tells more.")
        headers = {"Content-Disposition": 'attachment; filename="document.txt"', "Cache-Control": "no-cache"}
        return PlainTextResponse(document.text.encode("utf-8", "replace"), headers=headers)

    def picture(self, request: Request, name: str) -> Response:
        """A picture as a file: SVG, PNG, or its data as CSV."""
        kind, _, form = name.rpartition(".")
        query = request.query_params
        what = {key: tuple(query.getlist(key)) if key == "between" else query[key] for key in query}
        desk, revision = self._site.desk, what.pop("revision", None)
        now = desk.shelf.now()
        if form not in FORMS:
            raise NotFoundError("There is no such picture.", "Pictures end in .svg, .png or .csv.")
        try:
            held = desk.at(int(str(revision)), str(what.get("contact"))) if revision else now
            drawn = draw(desk, held, kind, **what)
        except (KeyError, TypeError, IndexError, ValueError) as error:
            raise NotFoundError(f"There is no such picture: {error}.") from error
        made = drawn.svg() if form == "svg" else drawn.png() if form == "png" else drawn.csv()
        media = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv; charset=utf-8"}[form]
        headers = {"Content-Disposition": f'attachment; filename="{kind}.{form}"', "Cache-Control": "no-cache"}
        headers["ETag"] = etag(now.revision)
        # A picture carries its style; it is given away as a file and never runs anything.
        headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
        return Response(made, media_type=media, headers=headers)


def _form(request: Request) -> AbstractAsyncContextManager[FormData]:
    return request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=MAX_BODY)


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value.strip() if isinstance(value, str) else ""
