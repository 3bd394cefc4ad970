"""A ledger of the samples, its pages without a network, and the same pages behind a port for a real browser."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from time import sleep

import pytest
import uvicorn
from starlette.testclient import TestClient

from communique.ledger import open_ledger
from communique.ledger.feeds import FeedState, Seen
from communique.web.access import Access
from communique.web.app import create_app
from communique.web.desk import Desk
from tests.cli.program import called

HERE = "http://127.0.0.1:8035"
OWN = {"Origin": HERE}
FEED = "https://feeds.example/calls"


@pytest.fixture(scope="session")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the samples, of texts that mean harm and of a feed; copied for every test that changes it."""
    folder = tmp_path_factory.mktemp("pages")
    hostile = Path(__file__).parent / "hostile.jsonl"
    assert called(["read", "--samples", str(hostile), "--ledger", str(folder / "ledger.db")])[0] == 0
    at = "2021-12-08T08:00:00+00:00"
    with open_ledger(folder / "ledger.db") as held:
        state = FeedState(FEED, at, at, "Calls & visits", last_answer=at)
        held.put_feed(state, [Seen(FEED, f"{FEED}/1", "A call", "2021-12-07", at, document="wh-2021-12-07")])
    return folder / "ledger.db"


@pytest.fixture
def ledger(read_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(read_once, tmp_path / "ledger.db"))


@pytest.fixture(scope="session")
def reader(read_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Somebody who only looks."""
    desk = Desk(Path(shutil.copy(read_once, tmp_path_factory.mktemp("reader") / "ledger.db")))
    with TestClient(create_app(desk, Access(), ["127.0.0.1:8035"]), HERE, follow_redirects=False) as client:
        yield client
    desk.close()


@pytest.fixture
def writer(ledger: Path) -> Iterator[TestClient]:
    """Somebody who came in by the one-time address."""
    desk, access = Desk(ledger, who="tester"), Access()
    with TestClient(create_app(desk, access, ["127.0.0.1:8035"]), HERE, follow_redirects=False) as client:
        assert client.get("/open", params={"key": access.new_key()}).status_code == 303
        yield client
    desk.close()


def paste(writer: TestClient, words: str, published: str) -> None:
    """A text handed in, and waited for."""
    job = writer.post("/read", data={"text": words, "published": published}, headers=OWN).headers["location"]
    while not writer.get(f"{job}.json").json()["done"]:
        sleep(0.05)


class Server:
    """Pages behind a port of this machine."""

    def __init__(self, ledger: Path) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.desk, self.access = Desk(ledger, who="tester"), Access()
        app = create_app(self.desk, self.access, [self.address.partition("://")[2]])
        self._server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True)

    def __enter__(self) -> Server:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(10)
        self._socket.close()
        self.desk.close()

    @property
    def key(self) -> str:
        """An address that opens a session."""
        return f"{self.address}/open?key={self.access.new_key()}"


@pytest.fixture
def server(ledger: Path) -> Iterator[Server]:
    with Server(ledger) as running:
        yield running
