"""Decisions and reading in: kept at once, taken back, and told how far."""

from __future__ import annotations

import time
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.web.conftest import OWN

CALLS = "\n".join(
    f'{{"id": "{i}", "publisher": "{who}", "published": "{day}", "text": "{text}"}}'
    for i, who, day, text in (
        ("d1", "Northern Wire", "2021-09-09", "Joe Biden spoke by phone with Xi Jinping on September 9, 2021."),
        ("d2", "Southern Wire", "2021-09-10", "Joe Biden spoke with Xi Jinping by telephone in recent days."),
        ("d3", "Western Wire", "2021-09-11", "The leaders Joe Biden and Xi Jinping had a conversation."),
    )
)


def hand_in(writer: TestClient, files: Any = None, **data: str) -> dict[str, Any]:
    answer = writer.post("/read", data=data, files=files or {}, headers=OWN)
    assert answer.status_code == 303, answer.text
    place = answer.headers["location"]
    for _ in range(600):
        told: dict[str, Any] = writer.get(f"{place}.json").json()
        if told["done"]:
            assert writer.get(place).status_code == 200
            return told
        time.sleep(0.05)
    raise AssertionError(told)


def test_files_and_text_are_read_in(writer: TestClient) -> None:
    files = [("files", ("../../calls.jsonl", CALLS.encode())), ("files", ("nothing.txt", b""))]
    told = hand_in(writer, files, text="Emmanuel Macron phoned Olaf Scholz on January 4, 2022.", published="2022-01-05")
    assert (told["stage"], told["new"], told["problems"]) == ("done", 4, 1)
    assert "nothing.txt" in writer.get("/aside").text
    assert writer.get("/contacts.json?between=FRA&between=DEU&year=2022").json()["total"] == 1
    again = hand_in(writer, files[:1], published="2022-01-05")
    assert (again["new"], again["unchanged"]) == (0, 3)


def test_nothing_handed_in_is_told(writer: TestClient) -> None:
    assert writer.post("/read", data={"text": " "}, headers=OWN).status_code == 400
    assert writer.post("/read", data={"text": "x", "published": "tomorrow"}, headers=OWN).status_code == 400
    assert writer.get("/read/99").status_code == 404
    assert writer.get("/read/x.json").status_code == 404


@pytest.fixture
def doubtful(writer: TestClient) -> TestClient:
    hand_in(writer, [("files", ("calls.jsonl", CALLS.encode()))])
    assert 'name="first"' in writer.get("/review").text
    return writer


def choice(page: str, act: str, **more: str) -> dict[str, str]:
    values = {name: page.partition(f'name="{name}" value="')[2].partition('"')[0] for name in ("first", "second")}
    return values | {"act": act, "which": values["first"]} | more


def kinds(writer: TestClient) -> list[str]:
    section = writer.get("/review").text.partition("Decided last")[2]
    return [line.split("</span>")[1].split()[0] for line in section.split("<li>")[1:]]


@pytest.mark.parametrize(
    ("act", "more", "kind"),
    [("m", {}, "merge"), ("s", {}, "split"), ("x", {}, "reject"), ("u", {}, "unsure"),
     ("e", {"field": "channel", "value": "video"}, "correct")],
)  # fmt: skip
def test_a_decision_is_kept_and_taken_back(doubtful: TestClient, act: str, more: dict[str, str], kind: str) -> None:
    page = doubtful.get("/review").text
    assert doubtful.post("/review", data=choice(page, act, **more), headers=OWN).status_code == 303
    assert set(kinds(doubtful)) == {kind}
    assert doubtful.post("/review/undo", headers=OWN).status_code == 303
    assert kinds(doubtful) == []
    assert doubtful.get("/review").text.count("margin") == page.count("margin")


def test_right_as_it_is_changes_no_contact(doubtful: TestClient) -> None:
    before = doubtful.get("/contacts.json").json()["items"]
    page = doubtful.get("/review").text
    doubtful.post("/review", data=choice(page, "a", skip="0"), headers=OWN)
    assert doubtful.get("/review").text != page
    doubtful.post("/review/settle", headers=OWN)
    assert doubtful.get("/contacts.json").json()["items"] == before


@pytest.mark.parametrize(
    "wrong", [{"act": "q"}, {"act": "e", "field": "colour", "value": "red"}, {"act": "x", "which": "r"}]
)
def test_what_cannot_be_decided_is_told(doubtful: TestClient, wrong: dict[str, str]) -> None:
    page = doubtful.get("/review").text
    assert doubtful.post("/review", data=choice(page, "m") | wrong, headers=OWN).status_code == 400
    assert kinds(doubtful) == []


def test_a_field_is_corrected_on_the_contacts_page(writer: TestClient) -> None:
    told = writer.get("/contacts/c652c60c418e1e1.json").json()
    report = told["accounts"][0]["record"]["id"]
    data = {"kind": "correct", "contact": told["id"], "report": report, "field": "place", "value": "Sochi"}
    assert writer.post("/judge", data=data, headers=OWN).status_code == 303
    assert writer.get(f"/contacts/{told['id']}.json").json()["place"] == "Sochi"
    assert writer.post("/judge", data=data | {"kind": "dream"}, headers=OWN).status_code == 400
    assert writer.post("/judge", data=data | {"contact": "c0"}, headers=OWN).status_code == 404
