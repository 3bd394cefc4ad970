"""Who may come in, what may be sent, and what goes out with every answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from communique.web import guards
from communique.web.access import Access
from communique.web.app import create_app
from communique.web.desk import Desk
from tests.cli.program import called
from tests.web.conftest import HERE, OWN

HARM = ("<script>window", "<img src=x", "<svg onload", "javascript:", 'href="data:', "\x1b", "\x07", "<style>*")
TOKEN = "long enough to be a token"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:1", "127.0.0.1", "localhost.evil.example:8035", ""])
def test_only_known_names_are_answered(reader: TestClient, host: str) -> None:
    assert reader.get("/contacts", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": HERE, "Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_only_our_own_pages_write(writer: TestClient, headers: dict[str, str]) -> None:
    assert writer.post("/review/undo", headers=headers).status_code == 403


def test_writing_needs_the_session(reader: TestClient, writer: TestClient) -> None:
    assert reader.post("/review/undo", headers=OWN).status_code == 403
    assert writer.post("/review/undo", headers=OWN).status_code == 303
    assert writer.post("/review/undo", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 303


def test_a_key_opens_once() -> None:
    access = Access()
    key = access.new_key()
    assert access.open(key)
    assert access.open(key) is None
    assert access.open("") is None
    assert access.open("ключ") is None
    assert not access.is_session(["communique_session=x", "nonsense;;==", ""])


def test_a_used_address_is_told(reader: TestClient) -> None:
    assert reader.get("/open?key=used").status_code == 403


def test_limits(writer: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert writer.get("/contacts", params={"x": "y" * 9_000}).status_code == 414
    assert writer.get("/contacts", headers={"X": "y" * 40_000}).status_code == 431
    monkeypatch.setattr(guards, "MAX_BODY", 2_000)
    assert writer.post("/read", content=b"x" * 3_000, headers=OWN).status_code == 413

    def stream() -> Iterator[bytes]:
        yield from (b"x" * 500 for _ in range(9))

    headers = OWN | {"Content-Type": "application/x-www-form-urlencoded"}
    assert writer.post("/judge", content=stream(), headers=headers).status_code == 413
    assert writer.post("/judge", content=b"x", headers=OWN | {"Content-Length": "many"}).status_code == 413


def test_floods_of_parts_and_offsets_are_no_failure(writer: TestClient) -> None:
    files = [("files", (f"{n}.txt", b"x")) for n in range(1_100)]
    assert writer.post("/read", files=files, headers=OWN).status_code == 400
    fields = {f"f{n}": "x" for n in range(200)}
    assert writer.post("/read", data=fields, files=files[:1], headers=OWN).status_code == 400
    for deep in ("9" * 30, "-1", "1e9", "\0", "%00"):
        for name in ("skip", "after", "limit", "year"):
            for place in ("/contacts", "/documents", "/search", "/review"):
                asked = {"q": "arms", name: deep}
                assert writer.get(place, params=asked).status_code in (200, 400, 404), (place, asked)


def test_what_goes_out(reader: TestClient) -> None:
    for place in ("/", "/nope", "/static/communique.js", "/contacts?year=x"):
        headers = reader.get(place).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "'unsafe" not in headers["content-security-policy"]
        assert "http" not in headers["content-security-policy"]
    assert reader.post("/contacts", headers=OWN).status_code == 403
    assert reader.get("/static/../app.py").status_code == 404
    assert reader.get("/static/%2e%2e%2fapp.py").status_code == 404


@pytest.fixture
def shown(ledger: Path) -> Iterator[TestClient]:
    desk = Desk(ledger)
    with TestClient(create_app(desk, Access(TOKEN), ["127.0.0.1:8035"]), HERE, follow_redirects=False) as client:
        yield client
    desk.close()


def test_elsewhere_nothing_is_shown_without_the_token(shown: TestClient) -> None:
    assert shown.get("/").status_code == 401
    assert shown.get("/", headers={"Authorization": "Bearer wrong"}).status_code == 401
    assert shown.get("/", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
    assert shown.post("/review/undo", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 303
    assert shown.get("/open", params={"key": TOKEN}).status_code == 303
    assert shown.get("/contacts").status_code == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org"])
def test_other_places_are_refused_without_a_token(host: str, tmp_path: Path) -> None:
    code, _, err = called(["serve", "--host", host, "--no-open", "--ledger", str(tmp_path / "l.db")])
    assert code == 2
    assert "token" in err


def test_a_short_token_is_refused(tmp_path: Path) -> None:
    code, _, err = called(["serve", "--token", "short", "--no-open", "--ledger", str(tmp_path / "l.db")])
    assert (code, "shorter" in err) == (2, True)


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        code, _, err = called(["serve", "--port", port, "--no-open", "--ledger", str(tmp_path / "l.db")])
    assert (code, "cannot listen" in err) == (2, True)


def test_words_of_strangers_stay_words(reader: TestClient) -> None:
    found = reader.get("/documents.json?limit=100").json()["items"]
    hostile = [d["id"] for d in found if "<" in d["id"] or "/" in d["id"]]
    assert len(hostile) == 3
    for identity in hostile:
        page = reader.get(f"/documents/{guards_quote(identity)}")
        assert page.status_code == 200
        for harm in HARM:
            assert harm not in page.text
    everything = reader.get("/contacts").text + reader.get("/documents").text + reader.get("/sources").text
    assert "<script>window" not in everything


def guards_quote(identity: str) -> str:
    from urllib.parse import quote

    return quote(identity, safe="")


def test_only_web_addresses_are_links(reader: TestClient) -> None:
    page = reader.get("/documents/a%2Fb.json").text
    assert 'rel="noopener noreferrer nofollow"' in page
    assert 'b=&#34;onclick=1' in page or "b=%22onclick=1" in page
    assert reader.get("/documents/a%2Fb.json.json").json()["document"]["id"] == "a/b.json"


def test_cells_are_no_formulas(reader: TestClient) -> None:
    assert "\n=HYPERLINK" not in reader.get("/documents.csv").text
    assert "'=HYPERLINK" in reader.get("/documents.csv").text
    assert ",@SUM" not in reader.get("/documents.csv").text


def test_a_text_is_given_away_as_text(reader: TestClient) -> None:
    answer = reader.get("/text/%3Cscript%3Ealert(1)%3C%2Fscript%3E")
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["content-disposition"].startswith("attachment")
