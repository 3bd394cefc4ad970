"""The REST API: the JSON of the command line, in pages, at a revision, with every error a problem."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from communique.api.answers import Place, encoded, place
from communique.api.app import MOST_BYTES, ROOT, create_app
from communique.api.bench import Bench
from communique.api.tokens import Tokens, tokens_in
from communique.errors import UsageError
from tests.api.conftest import TOKEN, WRITE, Asked
from tests.cli.program import called

PAIR = {"between": ["RUS", "USA"]}


def test_contacts_are_those_of_the_command_line(api: Asked, bench: Bench) -> None:
    told = called(["contacts", "--json", "--between", "RUS", "USA", "--ledger", str(bench.shelf.path)])[1]
    page: Any = api.get("/contacts", params=PAIR)
    assert page["items"] == [json.loads(line) for line in told.splitlines()]
    assert page["total"] == len(page["items"])
    assert page["next"] is None


def test_pages_follow_each_other_in_one_revision(api: Asked) -> None:
    first: Any = api.get("/contacts", params={"limit": 3})
    api.post("/judgements", {"kind": "reject", "reports": [_report(api)]}, 201, headers=WRITE)
    second: Any = api.get("/contacts", params={"limit": 3, "cursor": first["next"]})
    third: Any = api.get("/contacts", params={"limit": 3, "cursor": second["next"]})
    ids = [item["id"] for page in (first, second, third) for item in page["items"]]
    assert len(ids) == len(set(ids)) == first["total"]
    assert {page["revision"] for page in (first, second, third)} == {first["revision"]}
    assert third["next"] is None


def _report(api: Asked) -> str:
    page: Any = api.get("/reports", params={"limit": 1})
    return str(page["items"][0]["id"])


def test_a_contact_its_accounts_and_their_comparison(api: Asked) -> None:
    page: Any = api.get("/contacts", params=PAIR | {"channel": "video"})
    name = page["items"][0]["id"]
    full: Any = api.get(f"/contacts/{name}")
    assert {account["side"] for account in full["accounts"]} == {"RUS", "USA"}
    compared: Any = api.get(f"/contacts/{name}/comparison")
    assert [account["side"] for account in compared["accounts"]] == ["RUS", "USA"]
    assert compared["topics"][0]["quotes"]


def test_a_merged_contact_leads_to_what_it_became(api: Asked) -> None:
    page: Any = api.get("/contacts", params=PAIR | {"channel": "phone"})
    one, other = (item["id"] for item in page["items"][:2])
    reports = [account["record"]["id"] for name in (one, other) for account in api.get(f"/contacts/{name}")["accounts"]]  # type: ignore[attr-defined]
    api.post("/judgements", {"kind": "merge", "reports": reports, "why": "one call"}, 201, headers=WRITE)
    answers = [api.client.get(f"{ROOT}/contacts/{name}", follow_redirects=False) for name in (one, other)]
    (moved,) = [answer for answer in answers if answer.status_code == 308]
    assert len(api.client.get(moved.headers["location"]).json()["accounts"]) == len(reports)


def test_what_is_known_already_is_not_sent_again(api: Asked) -> None:
    answer = api.client.get(f"{ROOT}/plans")
    tag = answer.headers["etag"]
    assert tag == f'"{answer.json()["revision"]}"'
    assert api.client.get(f"{ROOT}/plans", headers={"If-None-Match": f'"x", W/{tag}'}).status_code == 304
    api.post("/judgements", {"kind": "accept", "reports": [_report(api)]}, 201, headers=WRITE)
    assert api.client.get(f"{ROOT}/plans", headers={"If-None-Match": tag}).status_code == 200


def test_a_decision_and_the_ledger_before_it(api: Asked) -> None:
    before: Any = api.get("/")
    report = _report(api)
    made: Any = api.post("/judgements", {"kind": "reject", "reports": [report], "why": "no call"}, 201, headers=WRITE)
    assert (made["who"], made["why"], made["in_force"]) == ("ana", "no call", True)
    assert all(r["contact"] is None for r in api.get("/reports")["items"] if r["id"] == report)  # type: ignore[attr-defined]
    earlier: Any = api.get("/reports", params={"as_of": str(before["revision"])})
    assert all(r["contact"] for r in earlier["items"] if r["id"] == report)
    assert earlier["revision"] == before["revision"]
    api.post(f"/judgements/{made['id']}/undo", {}, 201, headers=WRITE)
    assert [j["in_force"] for j in api.get("/judgements")["items"]] == [False, False]  # type: ignore[attr-defined]
    assert all(r["contact"] for r in api.get("/reports")["items"] if r["id"] == report)  # type: ignore[attr-defined]


def test_a_field_is_corrected(api: Asked) -> None:
    report = _report(api)
    api.post(
        "/judgements",
        {"kind": "correct", "reports": [report], "field": "channel", "value": "video"},
        201,
        headers=WRITE,
    )
    assert api.get(f"/reports/{report}")["channel"] == "video"


@pytest.mark.parametrize(
    "wrong",
    [
        {"field": "channel", "value": "pigeon"},
        {"field": "status", "value": None},
        {"field": "parties", "value": [{"name": 5}]},
        {"field": "parties", "value": [{"name": "Ana", "level": "boss"}]},
        {"field": "parties", "value": []},
        {"field": "parties", "value": "x"},
        {"field": "duration_minutes", "value": {}},
        {"field": "when", "value": "soon"},
        {"field": "nothing", "value": "x"},
        {},
    ],
)
def test_a_correction_that_cannot_be_is_refused(api: Asked, wrong: dict[str, Any]) -> None:
    told = api.post("/judgements", {"kind": "correct", "reports": [_report(api)]} | wrong, 400, headers=WRITE)
    assert told["type"] == "urn:communique:problem:bad-request"
    assert api.get("/contacts")["total"] == 8


def test_documents_with_their_records(api: Asked) -> None:
    page: Any = api.get("/documents", params={"publisher": "Kremlin", "since": "2021-06"})
    name = page["items"][0]["id"]
    assert "text" not in api.get(f"/documents/{name}")["document"]  # type: ignore[operator]
    full: Any = api.get(f"/documents/{name}", params={"text": "true"})
    quote = full["contacts"][0]["quotes"][0]
    assert full["document"][quote.get("in", "text")][quote["start"] : quote["end"]] == quote["text"]
    assert api.get(f"/documents/{name}", params={"as_of": "1"})["contacts"]


def test_actors_plans_agreements_and_claims(api: Asked) -> None:
    actors: Any = api.get("/actors", params={"name": "Lavrov", "on": "2021"})
    assert actors["items"][0]["name"] == "Sergey Lavrov"
    assert actors["items"][0]["offices"][0]["holder"] == "RUS"
    plans: Any = api.get("/plans", params={"outcome": "held"})
    assert plans["items"][0]["contact"]
    assert api.get("/plans", params={"by": "2021-05-30"})["total"]
    lines: Any = api.get("/agreements", params={"name": "open skies"})
    assert lines["items"][0]["agreement"] == "Treaty on Open Skies"
    claims: Any = api.get("/claims", params=PAIR)
    verdict: Any = api.get(f"/claims/{claims['items'][0]['id']}")
    assert verdict["why"]


def test_a_sentence_is_checked(api: Asked) -> None:
    said = {"sentence": "Putin and Biden held six telephone conversations in 2021", "published": "2021-12-31"}
    told: Any = api.post("/check", said)
    assert [(v["verdict"], v["claimed"], v["counted"]) for v in told["verdicts"]] == [("cannot-tell", 6, 4)]
    assert api.post("/check", {"sentence": "Nothing was said."})["verdicts"] == []


def test_a_text_is_read_and_kept_with_a_token(api: Asked) -> None:
    text = {
        "text": "Joe Biden spoke by phone with Xi Jinping on February 10, 2021.",
        "published": "2021-02-10",
        "id": "x1",
    }
    told: Any = api.post("/read", text)
    assert told["kept"] is None
    assert told["record"]["contacts"][0]["channel"] == "phone"
    api.post("/read", text | {"keep": True}, 401)
    assert api.get("/contacts", params={"between": "China"})["total"] == 0
    told = api.post("/read", text | {"keep": True, "title": "A call", "publisher": "Northern Wire"}, headers=WRITE)
    assert told["kept"] == {"new": 1, "edited": 0, "reread": 0, "unchanged": 0, "contacts_changed": 1}
    assert api.get("/contacts", params={"between": "China"})["total"] == 1
    assert api.get("/documents/x1")["document"]["title"] == "A call"  # type: ignore[index]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nothing", 404),
        ("/contacts/nothing", 404),
        ("/reports/nothing", 404),
        ("/documents/a/b/c", 404),
        ("/claims/nothing", 404),
        ("/contacts?between=Atlantis", 400),
        ("/contacts?since=soon", 400),
        ("/contacts?channel=pigeon", 422),
        ("/contacts?cursor=nonsense", 400),
        ("/contacts?cursor=WzEsLTFd", 400),
        ("/contacts?cursor=WzksMF0", 404),
        ("/contacts?as_of=99999999999999999999", 404),
        ("/contacts?limit=0", 422),
        ("/contacts?limit=501", 422),
        ("/actors", 422),
        (f"/contacts?person={'x' * 9_000}", 400),
    ],
)
def test_every_error_is_a_problem(api: Asked, path: str, status: int) -> None:
    answer = api.client.get(f"{ROOT}{path}")
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    told = answer.json()
    assert told["status"] == status
    assert told["type"].startswith("urn:communique:problem:")
    assert told["detail"]


def test_other_methods_and_faults_are_problems_too(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    client = TestClient(create_app(bench), raise_server_exceptions=False)
    assert client.delete(f"{ROOT}/contacts").json()["title"] == "Method Not Allowed"
    monkeypatch.setattr(Bench, "at", lambda *_: 1 / 0)
    told = client.get(f"{ROOT}/contacts").json()
    assert (told["status"], told["detail"]) == (500, "This is a fault of the program.")
    assert "ZeroDivision" not in json.dumps(told)


@pytest.mark.parametrize("token", [None, "", TOKEN[:-1], TOKEN + "x", "é" * 20])
def test_without_its_token_nothing_is_written(api: Asked, token: str | None) -> None:
    headers = {} if token is None else {"Authorization": f"Bearer {token}".encode()}
    told = api.post("/judgements", {"kind": "reject", "reports": [_report(api)]}, 401, headers=headers)
    assert told["remedy"] == "Send Authorization: Bearer TOKEN."
    assert api.get("/judgements")["total"] == 0


def test_a_server_without_tokens_cannot_be_written_to(bench: Bench) -> None:
    api = Asked(TestClient(create_app(bench)))
    api.post("/judgements", {"kind": "reject", "reports": [_report(api)]}, 401, headers={"Authorization": "Bearer "})


def test_too_much_is_refused(api: Asked) -> None:
    answer = api.client.post(f"{ROOT}/read", content=b"x" * (MOST_BYTES + 1))
    assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")
    assert api.post("/read", {"text": "x" * 300_001}, 422)["errors"]


def test_only_under_its_own_names_and_with_the_token(bench: Bench) -> None:
    client = TestClient(create_app(bench, Tokens([TOKEN]), ["ledger.example.org"], token_to_read=True))
    assert client.get(f"{ROOT}/").status_code == 421
    named = {"Host": "ledger.example.org"}
    assert client.get(f"{ROOT}/", headers=named).status_code == 401
    assert client.get(f"{ROOT}/", headers=named | WRITE).status_code == 200


def test_a_file_of_tokens_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "tokens"
    tokens = tokens_in(path)
    assert path.stat().st_mode & 0o777 == 0o600
    token = path.read_text("ascii").strip()
    assert len(token) >= 40
    assert tokens.allow(f"Bearer {token}")
    assert tokens_in(path).allow(f"bearer {token}")
    assert not tokens.allow(f"Basic {token}")
    os.chmod(path, 0o644)
    with pytest.raises(UsageError, match="can be read by others"):
        tokens_in(path)
    with pytest.raises(UsageError, match="shorter"):
        Tokens(["short"])


def test_cursors_are_read_back_and_odd_words_are_written() -> None:
    assert place(Place(7, 300).cursor()) == Place(7, 300)
    assert json.loads(encoded({"a": "\ud800é"})) == {"a": "\ud800é"}
