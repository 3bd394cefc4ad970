"""The application: addresses, who answers them, and answers kept as long as the ledger stays as it is."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from importlib.resources import files
from time import monotonic
from typing import get_args

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from communique import __version__
from communique.errors import CommuniqueError, LedgerBusyError, NotFoundError, UsageError
from communique.pictures.style import stylesheet
from communique.web.access import COOKIE, Access
from communique.web.answers import MEDIA, Asked, Form, Page, body
from communique.web.desk import Desk
from communique.web.guards import Guard
from communique.web.jobs import Jobs
from communique.web.pages import claims, contacts, documents, feeds, front, people, sources, tracks
from communique.web.polling import Feeds
from communique.web.render import Renderer
from communique.web.reviewing import Queue

Handler = Callable[[Asked], Page]
LOOK_EVERY = 0.1
"""So often, in seconds, the ledger's revision is looked up for answers that are kept."""
KEPT_BYTES = 192_000_000
_STATUSES: Mapping[type[CommuniqueError], int] = {NotFoundError: 404, UsageError: 400, LedgerBusyError: 503}
#: Address → who answers it. ``{identity}`` takes the rest of the address, whatever signs it holds.
PAGES: Mapping[str, Handler] = {
    "/": front.front,
    "/contacts": contacts.listing,
    "/contacts/{identity:path}": contacts.one,
    "/documents": documents.listing,
    "/documents/{identity:path}": documents.one,
    "/people": people.listing,
    "/people/{identity:path}": people.person,
    "/pairs": people.pair_listing,
    "/pairs/{a}/{b}": people.pair,
    "/network": people.network,
    "/plans": tracks.plans,
    "/agreements": tracks.agreements,
    "/agreements/{identity:path}": tracks.agreement,
    "/claims": claims.listing,
    "/check": claims.sentence,
    "/explain": claims.explain,
    "/sources": sources.listing,
    "/sources/{identity:path}": sources.one,
    "/feeds": feeds.listing,
    "/feeds/{identity:path}": feeds.one,
    "/aside": sources.aside,
    "/changes": sources.changes,
    "/about": sources.about,
    "/search": front.search,
}

#: Addresses of which there is more than JSON and CSV.
MORE_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "/contacts": (".atom",), "/pairs/{a}/{b}": (".atom",), "/feeds": (".opml",),
}  # fmt: skip


class Site:
    """Everything that answers: pages of a desk, kept by revision."""

    def __init__(self, desk: Desk, access: Access) -> None:
        self.desk, self.access = desk, access
        self.renderer = Renderer(desk.shelf.registry)
        self.queue, self.jobs = Queue(desk), Jobs(desk)
        self.feeds = Feeds(desk, self.jobs)
        self.kept = Kept(desk)

    def answer(self, handler: Handler, request: Request) -> Response:
        """The page asked for, in the form its address ends with."""
        path, form = dict(request.path_params), form_of(request.url.path)
        try:
            page, asked, content = self._page(handler, request, path, form)
        except NotFoundError:
            if form == "html" or not path:
                raise
            # It was no ending, but part of the name.
            page, asked, content = self._page(handler, request, path, "html", whole=True)
            form = "html"
        if page.moved is not None:
            return RedirectResponse(page.moved.format(form="" if form == "html" else f".{form}"), 301)
        headers = {"ETag": _etag(asked.held.revision), "Cache-Control": "no-cache"}
        if not page.kept:
            headers = {"Cache-Control": "no-store"}
        if form in ("csv", "opml"):
            headers["Content-Disposition"] = "attachment"
        response = Response(content, page.status, headers, MEDIA[form])
        if page.kept and request.method == "GET":
            self.kept.keep(asked.held.revision, request.scope, response)
        return response

    def _page(
        self, handler: Handler, request: Request, path: Mapping[str, str], form: Form, whole: bool = False
    ) -> tuple[Page, Asked, bytes]:
        asked = self.asked(request)
        if form != "html" and not whole and path:
            last = list(path)[-1]
            path = {**path, last: path[last].removesuffix(f".{form}")}
        asked = replace(asked, path=path, route=asked.route if whole else asked.route.removesuffix(f".{form}"))
        page = handler(asked)
        content = b"" if page.moved is not None else body(page, form, lambda found: self.renderer.page(found, asked))
        return page, asked, content

    def asked(self, request: Request) -> Asked:
        """A request as pages take it."""
        base = str(request.base_url).rstrip("/")
        held = self.desk.shelf.now()
        return Asked(self.desk, held, request.path_params, request.query_params, request.url.path, base)

    def show(self, page: Page, request: Request) -> Response:
        """A page that is not kept, as HTML."""
        content = self.renderer.page(page, self.asked(request))
        return Response(content, page.status, {"Cache-Control": "no-store"}, MEDIA["html"])

    def problem(self, request: Request, error: Exception) -> Response:
        """What went wrong, in the form that was asked for."""
        status, message, remedy = _told(error)
        if form_of(request.url.path) == "html":
            return Response(self.renderer.problem(status, message, remedy), status, media_type=MEDIA["html"])
        return PlainTextResponse(f"{message} {remedy}".strip() + "\n", status)


def _told(error: Exception) -> tuple[int, str, str]:
    if isinstance(error, CommuniqueError):
        status = next((s for kind, s in _STATUSES.items() if isinstance(error, kind)), 500)
        return status, str(error), error.remedy
    if isinstance(error, HTTPException):
        words = {404: "There is no such page.", 405: "This page cannot be asked in that way."}
        return error.status_code, words.get(error.status_code, str(error.detail)), ""
    return 500, "Something went wrong that should not have.", "It is written in the terminal; please report it."


def form_of(path: str) -> Form:
    """The form that an address asks for by its ending."""
    ending = path.rpartition(".")[2]
    return ending if ending in get_args(Form) and ending != "html" else "html"  # type: ignore[return-value]


def _etag(revision: int) -> str:
    return f'"{__version__}-{revision}"'


class Kept:
    """Answers that hang on the address and the revision alone: the latest asked for, up to some bytes."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._lock = desk, threading.Lock()
        self._answers: OrderedDict[tuple[str, bytes], tuple[int, Response]] = OrderedDict()
        self._bytes, self._looked, self._writes, self._revision = 0, 0.0, -1, -1

    def revision(self) -> int:
        """The ledger's revision: as it is after what we wrote, as it was a moment ago after what others did."""
        if self._writes != self._desk.writes or monotonic() - self._looked > LOOK_EVERY:
            self._writes, self._looked = self._desk.writes, monotonic()
            self._revision = self._desk.shelf.revision
        return self._revision

    def keep(self, revision: int, scope: Scope, response: Response) -> None:
        """Keep an answer, and forget those asked for longest ago."""
        with self._lock:
            self._drop(_key(scope))
            self._answers[_key(scope)] = revision, response
            self._bytes += len(response.body)
            while self._bytes > KEPT_BYTES:
                self._drop(next(iter(self._answers)))

    def _drop(self, key: tuple[str, bytes]) -> None:
        if gone := self._answers.pop(key, None):
            self._bytes -= len(gone[1].body)

    def find(self, scope: Scope) -> Response | None:
        """A kept answer that still holds."""
        found = self._answers.get(_key(scope))
        if found is None or found[0] != self.revision():
            return None
        with self._lock:
            if _key(scope) in self._answers:
                self._answers.move_to_end(_key(scope))
        return found[1]


def _key(scope: Scope) -> tuple[str, bytes]:
    return scope["path"], scope["query_string"]


class Front:
    """Kept answers first; whoever has seen one already is told so."""

    def __init__(self, app: ASGIApp, kept: Kept) -> None:
        self._app, self._kept = app, kept

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or hand on."""
        found = self._kept.find(scope) if scope["type"] == "http" and scope["method"] == "GET" else None
        if found is None:
            await self._app(scope, receive, send)
            return
        seen = next((value for name, value in scope["headers"] if name == b"if-none-match"), b"")
        if seen and seen == found.headers["etag"].encode():
            found = Response(status_code=304, headers={"ETag": found.headers["etag"]})
        await found(scope, receive, send)


def create_app(desk: Desk, access: Access, hosts: Iterable[str]) -> ASGIApp:
    """The pages of a ledger; ``hosts`` are the names (with port) by which it may be called."""
    from communique.web.writing import add_writing

    site = Site(desk, access)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await run_in_threadpool(site.queue.settle)

    app = FastAPI(title="Communique", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    _add_pages(app, site)
    _add_files(app)
    add_writing(app, site)
    for kind in (CommuniqueError, HTTPException, Exception):
        app.add_exception_handler(kind, site.problem)
    return Guard(Front(app, site.kept), hosts, access)


def _add_pages(app: FastAPI, site: Site) -> None:
    for address, handler in PAGES.items():
        endpoint = _endpoint(site, handler)
        endings = ("",) if ":path" in address else ("", ".json", ".csv", *MORE_ENDINGS.get(address, ()))
        for ending in endings:
            place = f"/index{ending}" if address == "/" and ending else f"{address}{ending}"
            app.add_api_route(place, endpoint, methods=["GET", "HEAD"], include_in_schema=False)


def _endpoint(site: Site, handler: Handler) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        return site.answer(handler, request)

    return answer


def _add_files(app: FastAPI) -> None:
    folder = files("communique.web") / "static"
    held = {item.name: item.read_bytes() for item in folder.iterdir()} | {"pictures.css": stylesheet().encode()}
    kinds = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}

    def static(name: str) -> Response:
        if name not in held:
            raise HTTPException(404)
        headers = {"Cache-Control": "public, max-age=3600"}
        return Response(held[name], 200, headers, kinds[name.rpartition(".")[2]])

    def icon() -> Response:
        return static("mark.svg")

    for address, endpoint in (("/static/{name}", static), ("/favicon.ico", icon)):
        app.add_api_route(address, endpoint, methods=["GET"], include_in_schema=False, response_model=None)


__all__ = ["COOKIE", "PAGES", "Site", "create_app"]
