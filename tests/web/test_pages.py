"""Every page answers, as HTML, JSON and CSV; the address is the query; what is merged leads on."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from communique.web.app import PAGES
from tests.cli.program import called
from tests.web.conftest import FEED, OWN, paste

CALL = "c652c60c418e1e1"
PLACES = [
    "/", "/contacts", f"/contacts/{CALL}", "/documents", "/documents/wh-2021-04-13", "/people", "/people/Joe Biden",
    "/pairs", "/pairs/RUS/USA", "/pairs/RUS/USA/habits", "/actors?name=Lavrov", "/network?of=states",
    "/plans", "/agreements", "/agreements/Treaty on Open Skies", "/claims",
    "/check?sentence=Putin and Biden held six telephone conversations in 2021", "/explain?sentence=Putin called Biden.",
    "/sources", "/sources/Kremlin", "/feeds", f"/feeds/{quote(FEED, safe='')}",
    "/aside", "/changes", "/about", "/search?q=arms control",
]  # fmt: skip


def with_ending(place: str, ending: str) -> str:
    path, mark, query = place.partition("?")
    return f"{'/index' if path == '/' else path}{ending}{mark}{query}"


def test_every_page_is_looked_at_here() -> None:
    assert len(PLACES) == len(PAGES)


def test_every_page_answers_in_every_form(reader: TestClient) -> None:
    for place in PLACES:
        page = reader.get(place)
        assert page.status_code == 200, place
        assert "<h1" in page.text
        assert page.headers["content-security-policy"].startswith("default-src 'none'")
        assert reader.get(with_ending(place, ".json")).json() is not None
        table = reader.get(with_ending(place, ".csv"))
        assert table.headers["content-type"].startswith("text/csv"), place
        assert len(next(csv.reader(io.StringIO(table.text)))) > 1


def test_the_query_is_the_address(reader: TestClient) -> None:
    both = reader.get("/contacts.json", params={"between": ["RUS", "USA"], "channel": "video"}).json()
    assert [item["id"] for item in both["items"]] == [CALL]
    assert {"held"} == {i["status"] for i in reader.get("/contacts.json?status=held&year=2021").json()["items"]}
    assert reader.get("/contacts.json?person=Poutine").json()["total"] > 0
    assert reader.get("/contacts.json?since=2030").json() == {
        "revision": both["revision"], "total": 0, "items": [], "next": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    "query",
    ["between=Atlantis", "year=x", "since=tomorrow", "order=up", "limit=-1", "limit=1e9", "after=gone", "channel=fax"],
)
def test_what_cannot_be_meant_is_told(reader: TestClient, query: str) -> None:
    answer = reader.get(f"/contacts?{query}")
    assert answer.status_code == 400
    assert "<h1>" in answer.text


def test_pages_of_a_list_hold_each_item_once(reader: TestClient) -> None:
    seen, place = [], "/contacts.json?limit=3"
    while place:
        answer = reader.get(place).json()
        seen += [item["id"] for item in answer["items"]]
        place = answer["next"]
    assert len(seen) == len(set(seen)) == answer["total"]


def test_a_contact_shows_the_words_in_their_paragraph(reader: TestClient) -> None:
    page = reader.get(f"/contacts/{CALL}").text
    assert re.search(r'<mark class="m-when">[^<]*</mark>', page)
    assert "Face to face" in page
    assert "@misc{communique-" in page
    assert f"/contacts/{CALL}?revision=" in page


def test_what_became_part_of_another_leads_there_and_says_so(writer: TestClient) -> None:
    rows = writer.get("/contacts.json?between=RUS&between=USA&status=held&channel=phone").json()["items"]
    first, second = rows[0]["id"], rows[1]["id"]
    made = writer.post("/judge", data={"kind": "merge", "contact": first, "other": second}, headers=OWN)
    kept = made.headers["location"].rpartition("/")[2]
    gone = second if kept == first else first
    moved = writer.get(f"/contacts/{gone}")
    assert moved.status_code == 301
    assert moved.headers["location"] == f"/contacts/{kept}?formerly={gone}"
    assert "has become part of this one" in writer.get(moved.headers["location"]).text
    assert writer.get(f"/contacts/{gone}.json").headers["location"].startswith(f"/contacts/{kept}.json")


def test_a_permalink_shows_what_was_then_and_what_changed_since(writer: TestClient) -> None:
    before = writer.get(f"/contacts/{CALL}.json").json()
    address = f"/contacts/{CALL}?revision={before['revision']}"
    assert "as it was at revision" not in writer.get(address).text
    report = before["accounts"][0]["record"]["id"]
    writer.post("/judge", data={"kind": "reject", "contact": CALL, "report": report}, headers=OWN)
    page = writer.get(address).text
    assert f"as it was at revision {before['revision']}" in page
    assert "reject" in page
    assert f"/pictures/compare.svg?contact={CALL}&amp;revision={before['revision']}" in page
    assert 'action="/judge"' not in page
    drawn = [writer.get(f"/pictures/compare.csv?contact={CALL}&revision={n}") for n in (before["revision"], 10**6)]
    assert [answer.status_code for answer in drawn] == [200, 404]  # one account is no picture of two
    then = writer.get(f"/contacts/{CALL}.json?revision={before['revision']}").json()
    assert then["accounts"] == before["accounts"]
    assert then["since"]["changed"]["reports"] == {"before": "2", "now": "1"}
    now = writer.get(f"/contacts/{CALL}.json", follow_redirects=True).json()
    assert len(now["accounts"]) == 1
    assert then["since"]["now"] == now["id"]
    assert "reject" in writer.get(f"/changes?since={before['revision']}").text


def test_a_contact_that_is_gone_stands_in_its_permalink(writer: TestClient) -> None:
    before = writer.get(f"/contacts/{CALL}.json").json()
    for told in before["accounts"]:
        writer.post("/judge", data={"kind": "reject", "contact": CALL, "report": told["record"]["id"]}, headers=OWN)
    assert writer.get(f"/contacts/{CALL}").status_code == 404
    page = writer.get(f"/contacts/{CALL}?revision={before['revision']}")
    assert page.status_code == 200
    assert "It is no longer a contact" in page.text


def test_a_permalink_of_a_merged_contact_shows_it_apart(writer: TestClient) -> None:
    before = writer.get("/contacts.json?status=held&limit=2").json()
    first, second = (item["id"] for item in before["items"])
    writer.post("/judge", data={"kind": "merge", "contact": first, "other": second}, headers=OWN)
    kept = writer.get("/contacts.json").json()["items"]
    gone = second if first in {item["id"] for item in kept} else first
    page = writer.get(f"/contacts/{gone}?revision={before['revision']}")
    assert page.status_code == 200
    assert "It has become part of" in page.text


def test_before_its_first_report_a_contact_is_shown_as_it_is(writer: TestClient) -> None:
    before = writer.get("/index.json").json()["revision"]
    paste(writer, "Joe Biden spoke by phone with Xi Jinping on February 10, 2021.", "2021-02-10")
    found = writer.get("/contacts.json?person=Xi Jinping").json()["items"][0]["id"]
    assert "this contact was not in the ledger" in writer.get(f"/contacts/{found}?revision={before}").text
    assert writer.get(f"/contacts/{found}?revision=0").status_code == 404


def test_a_search_names_other_spellings(reader: TestClient) -> None:
    assert "Putin" in reader.get("/search.json?q=Poutine").json()["spellings"]
    assert '<a href="/search?q=Putin">Putin</a>' in reader.get("/search?q=Poutine").text
    assert reader.get("/search.json?q=Putin").json()["spellings"] == []


def test_answers_are_kept_until_the_ledger_moves_on(writer: TestClient) -> None:
    first = writer.get("/contacts")
    again = writer.get("/contacts", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert writer.get("/contacts").content == first.content
    report = writer.get(f"/contacts/{CALL}.json").json()["accounts"][0]["record"]["id"]
    writer.post("/judge", data={"kind": "reject", "contact": CALL, "report": report}, headers=OWN)
    moved = writer.get("/about.json", headers={"If-None-Match": first.headers["etag"]})
    assert moved.status_code == 200


def test_search_finds_names_in_any_spelling_and_words_in_texts(reader: TestClient) -> None:
    found = reader.get("/search.json", params={"q": "Poutine"}).json()
    assert "Vladimir Putin" in found["people"]
    assert reader.get("/search.json", params={"q": "the United States"}).json()["sides"] == ["USA"]
    words = reader.get("/search", params={"q": '"strategic stability"'})
    assert '<mark class="m-found">' in words.text
    assert reader.get("/search.json", params={"q": CALL}).json()["contacts"] == [CALL]


@pytest.mark.parametrize(
    "words", ['"', "'", "AND", "NEAR(a b)", "a*", "-x", "title:x", "%", "\0", "); DROP TABLE x", "𝔘" * 300]
)
def test_query_languages_are_words(reader: TestClient, words: str) -> None:
    assert reader.get("/search", params={"q": words}).status_code == 200


def test_a_sentence_is_checked(reader: TestClient) -> None:
    page = reader.get("/check", params={"sentence": "Putin and Biden have not spoken since February 2021"})
    assert "contradicted" in page.text
    assert "No claim about contacts" in reader.get("/check?sentence=It rained.").text


def test_a_damaged_document_is_not_shown(ledger, writer: TestClient) -> None:
    import sqlite3

    shown = writer.get(f"/contacts/{CALL}.json").json()["documents"][0]
    with sqlite3.connect(ledger) as connection:
        connection.execute("UPDATE documents SET text = 'Something else was said.' WHERE id = ?", (shown,))
    assert "evidence damaged" in writer.get(f"/contacts/{CALL}?x=1").text
    page = writer.get(f"/documents/{shown}?x=1").text
    assert "Evidence damaged" in page
    assert "Something else" not in page
    for form in ("json", "csv"):
        for address in (f"/documents/{shown}.{form}?x=1", f"/contacts/{CALL}.{form}?x=1"):
            assert "Something else" not in writer.get(address).text
    record = writer.get(f"/documents/{shown}.json?x=1").json()
    assert record["damage"]
    assert {record["document"]["title"], *(q["text"] for c in record["contacts"] for q in c["quotes"])} == {None}
    taken = writer.get(f"/text/{shown}?x=1")
    assert (taken.status_code, "Something else" in taken.text) == (404, False)
    code, out, _ = called(["verify", "--ledger", str(ledger)])
    assert (code, shown in out, "is not the one that was stored" in out) == (1, True, True)


def test_a_damaged_title_is_not_shown(ledger: Path, writer: TestClient) -> None:
    import sqlite3

    shown = writer.get(f"/contacts/{CALL}.json").json()["documents"][0]
    with sqlite3.connect(ledger) as connection:
        connection.execute("UPDATE documents SET title = 'Another headline' WHERE id = ?", (shown,))
    page = writer.get(f"/documents/{shown}?x=1").text
    assert "Evidence damaged" in page
    assert "Another headline" not in page


@pytest.mark.parametrize("shift", ["start = start + 1, stop = stop + 1", "stop = 99999", "start = stop, stop = start"])
def test_words_that_moved_are_not_shown(ledger: Path, writer: TestClient, shift: str) -> None:
    import sqlite3

    assert "evidence damaged" not in writer.get(f"/contacts/{CALL}").text
    assert called(["verify", "--ledger", str(ledger)])[0] == 0
    with sqlite3.connect(ledger) as connection:
        assert connection.execute(f"UPDATE report_fields SET {shift} WHERE field = 'when'").rowcount
    page = writer.get(f"/contacts/{CALL}?x=1").text
    assert "evidence damaged" in page
    assert '<mark class="m-when">' not in page
    document = writer.get(f"/contacts/{CALL}.json").json()["documents"][0]
    assert "m-when" not in writer.get(f"/documents/{document}?x=1").text
    code, out, _ = called(["verify", "--ledger", str(ledger)])
    assert code == 1
    assert "when: the words at" in out


def test_offices_of_the_registry_and_what_sides_leave_out(reader: TestClient) -> None:
    held = reader.get("/actors.json?name=Lavrov&on=2020-05-22").json()["items"]
    assert [(row["person"], row["role"]) for row in held] == [("Sergey Lavrov", "foreign-minister")]
    assert reader.get("/actors.json?name=Nobody Whatsoever").json()["items"] == []
    told = {habit["side"]: habit for habit in reader.get("/pairs/RUS/USA/habits.json").json()["items"]}
    assert told["RUS"]["both"] == told["USA"]["both"] >= 2
    assert reader.get("/pairs/USA/Russia/habits").headers["location"] == "/pairs/RUS/USA/habits"
    assert reader.get("/documents.json?edited=1").json()["items"] == []


def test_a_plan_and_what_became_of_it_are_no_near_neighbours(reader: TestClient) -> None:
    (plan,) = (row for row in reader.get("/contacts.json?status=planned").json()["items"] if row["plan_of"])
    page = reader.get(f"/contacts/{plan['id']}").text
    assert "took place" in page
    assert "Close by, and kept apart" not in page
