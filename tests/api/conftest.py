"""A ledger of the samples, and the API of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from communique.api.app import ROOT, create_app
from communique.api.bench import Bench
from communique.api.tokens import Tokens
from tests.cli.program import called

TOKEN = "a-token-of-thirty-two-characters"
WRITE = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture(scope="session")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A ledger of the samples, as bytes to start from."""
    path = tmp_path_factory.mktemp("api") / "ledger.db"
    assert called(["read", "--samples", "--ledger", str(path)])[0] == 0
    return path.read_bytes()


@pytest.fixture
def bench(sampled: bytes, tmp_path: Path) -> Iterator[Bench]:
    path = tmp_path / "ledger.db"
    path.write_bytes(sampled)
    held = Bench(path, who="ana")
    yield held
    held.close()


class Asked:
    """The API, asked by paths below its root."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def get(self, path: str, status: int = 200, **options: object) -> dict[str, object]:
        answer = self.client.get(f"{ROOT}{path}", **options)  # type: ignore[arg-type]
        assert answer.status_code == status, answer.text
        return json.loads(answer.text) if answer.text else {}  # type: ignore[no-any-return]

    def post(self, path: str, body: object, status: int = 200, **options: object) -> dict[str, object]:
        answer = self.client.post(f"{ROOT}{path}", json=body, **options)  # type: ignore[arg-type]
        assert answer.status_code == status, answer.text
        return answer.json()  # type: ignore[no-any-return]


@pytest.fixture
def api(bench: Bench) -> Asked:
    return Asked(TestClient(create_app(bench, Tokens([TOKEN])), raise_server_exceptions=False))
