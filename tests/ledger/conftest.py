"""Ledgers in both databases: what a test asks of ``location`` holds for a file and for a server."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from communique.ledger import Ledger, fulltext, open_ledger
from communique.ledger.schema import metadata
from tests.servers import started

Make = Callable[[], "str | Path"]
_NUMBERS = count()
_FREE: list[str] = []
_MADE: set[str] = set()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a server, with a database that holds an empty ledger to copy from."""
    with started() as address:
        _run(address, "CREATE DATABASE model_ledger")
        open_ledger(_at(address, "model_ledger")).close()
        yield address


def _at(address: str, database: str) -> str:
    return make_url(address).set(database=database).render_as_string(hide_password=False)


def _run(address: str, statement: str) -> None:
    engine = create_engine(make_url(address).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture
def new_database(server: str) -> Callable[[], str]:
    """Makes databases with nothing in them."""

    def make() -> str:
        name = f"ledger_{next(_NUMBERS)}"
        _run(server, f"CREATE DATABASE {name}")
        return _at(server, name)

    return make


@pytest.fixture
def on_server(server: str) -> Iterator[Make]:
    """Makes empty ledgers on the server; what is in them is gone afterwards, and the next test gets the same."""
    used: list[str] = []

    def make() -> str:
        name = _FREE.pop() if _FREE else f"ledger_{next(_NUMBERS)}"
        if name not in _MADE:
            _run(server, f"CREATE DATABASE {name} TEMPLATE model_ledger")
            _MADE.add(name)
        used.append(name)
        return _at(server, name)

    yield make
    tables = ", ".join((fulltext.TABLE, *metadata.tables))
    for name in used:
        _run(_at(server, name), f"TRUNCATE {tables} RESTART IDENTITY CASCADE")
    _FREE.extend(used)


@pytest.fixture(scope="session")
def model_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with an empty ledger, to copy."""
    path = tmp_path_factory.mktemp("model") / "ledger.db"
    open_ledger(path).close()
    return path


@pytest.fixture
def in_files(model_file: Path, tmp_path: Path) -> Make:
    """Makes files with empty ledgers."""
    numbers = count()
    return lambda: Path(shutil.copy(model_file, tmp_path / f"ledger{next(numbers)}.db"))


@pytest.fixture(params=["in_files", "on_server"], ids=["sqlite", "postgresql"])
def make_location(request: pytest.FixtureRequest) -> Make:
    """Makes empty ledgers, in either database."""
    make: Make = request.getfixturevalue(request.param)
    return make


@pytest.fixture
def location(make_location: Make) -> str | Path:
    """The name of an empty ledger, in either database."""
    return make_location()


@pytest.fixture
def ledger(location: str | Path) -> Iterator[Ledger]:
    """An empty ledger, in either database."""
    with open_ledger(location) as opened:
        yield opened
