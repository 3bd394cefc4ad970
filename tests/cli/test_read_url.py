"""``read URL``: a page of the web in the ledger, and again when it was edited."""

from __future__ import annotations

from pathlib import Path

from communique.ledger import open_ledger
from tests.cli.program import called
from tests.sources.web_server import Answer, site

PAGE = "<html><head><title>Call</title></head><body><article><p>{}</p></article></body></html>"
CALL = "Joe Biden spoke by phone with Vladimir Putin on July 9, 2021. They discussed trade and many other questions."


def page(text: str) -> Answer:
    return Answer(PAGE.format(text).encode(), headers={"Content-Type": "text/html"})


def test_an_edited_page_is_another_version_of_its_document(folder: Path) -> None:
    with site() as served:
        served.answers["/call"] = page(CALL)
        words = ["read", f"{served.address}/call", "--allow-host", served.host, "--ledger", "l.db"]
        assert called(words)[0] == 0
        assert called(words)[0] == 0
        served.answers["/call"] = page(CALL.replace("trade", "sanctions"))
        code, _, err = called(words)
    assert (code, "1 edited" in err) == (0, True)
    with open_ledger(folder / "l.db") as ledger:
        (document,) = ledger.documents()
        assert document.url == f"{served.address}/call"
        assert ["trade" in one.text for one in ledger.versions(document.id)] == [True, False]


def test_the_machine_itself_is_not_read_from(folder: Path) -> None:
    with site() as served:
        code, _, err = called(["read", f"{served.address}/call"])
        assert served.asked == []
    assert code == 3
    assert "an address inside a machine or network [refused-address]" in err
