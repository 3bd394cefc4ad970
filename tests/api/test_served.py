"""Pages and API together, as ``communique serve`` joins them."""

from __future__ import annotations

from pathlib import Path

from starlette.testclient import TestClient

from communique.api.app import ROOT, create_app
from communique.api.bench import Bench
from communique.api.tokens import Tokens
from communique.cli.serve import joined
from communique.web.access import Access
from communique.web.app import create_app as create_pages
from communique.web.desk import Desk
from tests.api.conftest import TOKEN, WRITE

HOSTS = ["testserver"]


def test_pages_and_api_show_one_ledger(sampled: bytes, tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    path.write_bytes(sampled)
    desk = Desk(path)
    api = create_app(Bench(path, shelf=desk.shelf), Tokens([TOKEN]), HOSTS)
    with TestClient(joined(create_pages(desk, Access(), set(HOSTS)), api)) as client:
        contact = client.get(f"{ROOT}/contacts").json()["items"][0]["id"]
        assert contact in client.get("/contacts").text
        report = client.get(f"{ROOT}/reports", params={"contact": contact}).json()["items"][0]["id"]
        decision = {"kind": "reject", "reports": [report]}
        assert client.post(f"{ROOT}/judgements", json=decision).status_code == 401
        assert client.post(f"{ROOT}/judgements", json=decision, headers=WRITE).status_code == 201
        assert client.get(f"{ROOT}/nothing").headers["content-type"] == "application/problem+json"
    desk.close()
