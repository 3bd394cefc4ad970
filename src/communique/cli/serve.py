"""``communique serve``: the ledger as pages in the browser, and as JSON for programs."""

from __future__ import annotations

import ipaddress
import os
import socket
import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from communique.cli.output import say
from communique.cli.session import Session, option, token_file, with_ledger
from communique.errors import UsageError

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

LEAST_TOKEN = 16


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Where to listen.")
@click.option("--port", type=click.IntRange(0, 65535), default=8035, show_default=True, help="0: any that is free.")
@click.option("--token", envvar="COMMUNIQUE_TOKEN", metavar="WORDS", help="Needed to listen elsewhere than here.")
@click.option("--allow-host", "names", multiple=True, metavar="NAME", help="Another name by which it may be called.")
@click.option("--fetch-from", "vouched", multiple=True, metavar="HOST", help="Ask feeds there though in a network.")
@click.option("--open/--no-open", "opens", default=True, help="Whether to open the browser.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that make pages.")
@option("who", "--who", metavar="NAME", help="In whose name decisions are made; by default yours.")
@with_ledger
def serve(
    session: Session, host: str, port: int, token: str | None, names: tuple[str, ...], vouched: tuple[str, ...],
    opens: bool, workers: int, who: str,
) -> None:  # fmt: skip
    """Show the ledger in the browser, to read, check, review and read documents into it.

    Programs find the same as JSON under /api/v1, described in /api/v1/openapi.json.

    It listens on this machine only. The address that is printed works once and lets its browser change the ledger;
    anybody else on this machine may look. To listen elsewhere, give a token: then nothing is shown without it.

    One process makes one page at a time. Of a large ledger that many look at, have as many workers as there are cores;
    they share what is in memory. Whatever changes the ledger is done by the process that listens.

    \b
    communique serve
    communique serve --ledger calls.db --port 0 --no-open
    communique serve --workers 2
    COMMUNIQUE_TOKEN=$(openssl rand -hex 24) communique serve --host 0.0.0.0 --allow-host ledger.example.org
    """
    _check_place(host, token)
    try:
        import uvicorn

        from communique.api.app import create_app as create_api
        from communique.api.bench import Bench
        from communique.api.tokens import Tokens, tokens_in
        from communique.web.access import Access
        from communique.web.app import create_app
        from communique.web.crew import Crew
        from communique.web.desk import Desk
        from communique.web.writing import STAYS
    except ImportError as error:
        raise UsageError(f"the pages need {error.name}", 'Install it: pip install "communique[web]"') from None
    if workers > 1 and not hasattr(os, "fork"):
        raise UsageError("this system cannot fork processes", "Leave --workers out.")
    bound = _bound(host, port)
    session.make_folder()
    desk, access = Desk(session.ledger, session.folders, session.patience, who, vouched=vouched), Access(token)
    number = bound.getsockname()[1]
    address = f"http://{_in_address(host)}:{number}/open?key={access.new_key()}"
    say(f"communique serves {session.ledger} at {address.partition('/open')[0]} (end with Ctrl-C)")
    say(f"to change it too, open: {address}")
    tokens = tokens_in(token_file()) if token is None else Tokens([token])
    say(f"programs ask /api/v1, and write with {f'the token in {token_file()}' if token is None else 'the token'}")
    called = _hosts(host, number, names)
    bench = Bench(session.ledger, session.folders, session.patience, who, shelf=desk.shelf)
    crew = Crew()
    pages = create_app(desk, access, called, lambda app: crew.through("pages", app, STAYS))
    api = create_api(bench, tokens, called, token is not None, lambda app: crew.through("api", app))
    config = uvicorn.Config(
        joined(pages, api), log_level="warning", server_header=False,
        h11_max_incomplete_event_size=64_000, timeout_graceful_shutdown=5, proxy_headers=False,
    )  # fmt: skip
    if workers > 1:
        desk.shelf.ready()
        crew.start(workers, desk.close, bound)
    else:
        threading.Thread(target=desk.shelf.ready, daemon=True).start()  # a large ledger takes a while to read
    if opens:
        click.launch(address)
    try:
        uvicorn.Server(config).run(sockets=[bound])
    finally:
        crew.stop()
        desk.close()


def joined(pages: ASGIApp, api: ASGIApp) -> ASGIApp:
    """Pages, and below ``/api/`` the REST API; each guards itself."""

    async def either(scope: Scope, receive: Receive, send: Send) -> None:
        below = scope["type"] == "http" and scope["path"].startswith("/api/")
        await (api if below else pages)(scope, receive, send)

    return either


def _check_place(host: str, token: str | None) -> None:
    if token is not None and len(token) < LEAST_TOKEN:
        raise UsageError(f"the token is shorter than {LEAST_TOKEN} characters", "Make one: openssl rand -hex 24")
    if token is None and not _is_here(host):
        raise UsageError(
            f"{host} can be reached from elsewhere", "Give a --token (or COMMUNIQUE_TOKEN), or leave --host out."
        )


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
        bound.listen(128)  # before the browser is sent there
    except OSError as error:
        bound.close()
        remedy = "Name another --port; 0 takes any that is free."
        raise UsageError(f"cannot listen on {host}:{port}: {error.strerror}", remedy) from None
    return bound


def _hosts(host: str, port: int, names: Iterable[str]) -> set[str]:
    """The names, with the port, that requests may carry."""
    called = {_in_address(host), *names, *(("localhost", "127.0.0.1", "[::1]") if _is_here(host) else ())}
    return {f"{name}:{port}" for name in called} | set(names)


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host
