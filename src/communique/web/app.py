"""The application: addresses, who answers them, and answers kept as long as the ledger stays as it is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from importlib.resources import files
from typing import get_args

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp

from communique.errors import CommuniqueError, LedgerBusyError, NotFoundError, UsageError
from communique.pictures.style import stylesheet
from communique.views.shelf import Held
from communique.web.access import COOKIE, Access
from communique.web.answers import MEDIA, Asked, Form, Page, body
from communique.web.desk import Desk
from communique.web.guards import Guard
from communique.web.jobs import Jobs
from communique.web.kept import Front, Kept, etag
from communique.web.pages import actors, claims, contacts, documents, feeds, front, people, sources, tracks
from communique.web.polling import Feeds
from communique.web.render import Renderer
from communique.web.reviewing import Queue

Handler = Callable[[Asked], Page]
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
    "/pairs/{a}/{b}/habits": actors.habits,
    "/actors": actors.listing,
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
WARMED = ("/", "/contacts", "/people", "/pairs", "/network", "/plans", "/agreements", "/sources", "/documents")

#: Addresses of which there is more than JSON and CSV.
MORE_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "/contacts": (".atom",), "/pairs/{a}/{b}": (".atom",), "/feeds": (".opml",),
}  # fmt: skip


class Site:
    """Everything that answers: pages of a desk."""

    def __init__(self, desk: Desk, access: Access) -> None:
        self.desk, self.access = desk, access
        self.renderer = Renderer(desk.shelf.registry)
        self.queue, self.jobs = Queue(desk), Jobs(desk)
        self.feeds = Feeds(desk, self.jobs)
        desk.shelf.more.append(self.warm)

    def warm(self, held: Held) -> None:
        """Make a page of each kind that needs much of a ledger, so that nobody waits for what they have in common."""
        pages = [(route, "") for route in WARMED]
        pages += [("/contacts/{identity:path}", row.id) for row in held.rows[-1:]]
        pages += [("/people/{identity:path}", person.name) for person in held.people[-1:]]
        for route, identity in pages:
            asked = Asked(self.desk, held, {"identity": identity}, QueryParams(""), route)
            self.renderer.page(PAGES[route](asked), asked)

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
        headers = {"ETag": etag(asked.held.revision), "Cache-Control": "no-cache"}
        if not page.kept:
            headers = {"Cache-Control": "no-store"}
        if form in ("csv", "opml"):
            headers["Content-Disposition"] = "attachment"
        return Response(content, page.status, headers, MEDIA[form])

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


def create_app(
    desk: Desk, access: Access, hosts: Iterable[str], through: Callable[[ASGIApp], ASGIApp] = lambda app: app
) -> ASGIApp:
    """The pages of a ledger; ``hosts`` are the names (with port) by which it may be called.

    What is not kept in memory is asked ``through`` something, such as other processes (``web.crew``).
    """
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
    return Guard(Front(through(app), Kept(desk)), hosts, access)


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
