"""Inputs that are set aside keep their bytes and the reason, are listed, and are tried again when asked to."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

import pytest

from communique import reading
from communique.knowledge import Knowledge
from communique.ledger import open_ledger
from communique.model import Document, Issue, Reading
from communique.reading import read_stream
from communique.sources.page import Page
from communique.sources.worker import PageWorker
from tests.cli.program import called

CALL = "Joe Biden spoke by phone with Vladimir Putin on July 9, 2021."


def listed() -> list[dict[str, object]]:
    return [json.loads(line) for line in called(["set-aside", "--json"])[1].splitlines()]


def test_twenty_megabytes_are_kept_to_the_byte_and_read_when_asked_to(folder: Path) -> None:
    content = (CALL + "\n").encode() + b"Nothing else was said that day.\n" * 660_000
    (folder / "long.txt").write_bytes(content)
    assert called(["read", "long.txt", "--publisher", "Example Wire"])[0] == 3
    (held,) = listed()
    assert (held["code"], held["bytes"], held["attempts"]) == ("text-too-large", len(content), 1)
    (folder / "long.txt").unlink()
    with open_ledger(folder / "XDG_DATA_HOME" / "communique" / "ledger.db") as ledger:
        assert ledger.original(ledger.asides()[0].key) == content
    assert called(["set-aside", "--retry", "--max-bytes", "1000"])[0] == 3
    assert [one["attempts"] for one in listed()] == [2]


def test_what_can_be_read_now_leaves_the_list_with_what_was_said_of_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "call.txt").write_text(CALL * 4, "utf-8")
    assert called(["read", "call.txt", "--max-bytes", "99", "--publisher", "Wire", "--published", "2021-07-09"])[0] == 3
    (folder / "call.txt").unlink()
    code, _, err = called(["set-aside", "--retry"])
    assert (code, listed()) == (0, [])
    assert "1 of 1 inputs are read now" in err
    assert called(["contacts", "--csv"])[1].count("2021-07-09") == 1
    assert called(["search", "biden", "--csv"])[1].splitlines()[1].split(",")[1:3] == ["2021-07-09", "Wire"]


def test_a_record_is_kept_by_itself(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "a.jsonl").write_text('{"id": 1, "text": "One."}\n{"body": "Two."}\nnot json\n', "utf-8")
    (folder / "b.csv").write_text("id,body\n1,Three.\n", "utf-8")
    assert called(["read", "a.jsonl", "b.csv"])[0] == 3
    found = {(one["path"], one["line"]): one["id"] for one in listed()}
    kept = {}
    for place, number in found.items():
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out := io.BytesIO()))
        from communique.cli.main import run

        assert run(["set-aside", str(number), "--original"]) == 0
        kept[place] = out.getvalue()
    assert kept == {
        ("a.jsonl", 2): b'{"body": "Two."}\n',
        ("a.jsonl", 3): b"not json\n",
        ("b.csv", 2): b"id,body\r\n1,Three.\r\n",
    }


def test_a_document_on_which_the_reader_fails_is_kept_and_read_when_it_is_mended(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "call.html").write_text(f"<html><body><article><p>{CALL}</p></article></body></html>", "utf-8")

    def fails(document: Document, knowledge: Knowledge) -> Reading:
        raise ValueError("stop here")

    with monkeypatch.context() as patch:
        patch.setattr(reading, "read_document", fails)
        assert called(["read", "call.html", "--published", "2021-07-10"])[0] == 3
    assert [one["code"] for one in listed()] == ["reader-failed"]
    assert called(["set-aside", "--retry"])[0] == 0
    assert called(["contacts", "--csv"])[1].count("2021-07-09") == 1


def test_a_page_that_broke_the_parser_three_times_is_not_tried_again_by_itself(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "page.html").write_text(f"<html><body><p>{CALL}</p></body></html>", "utf-8")
    tried = []

    def broken(worker: PageWorker, html: str, simple: bool) -> Page:
        tried.append(simple)
        return Page("", trouble="the parser broke down")

    with monkeypatch.context() as patch:
        patch.setattr(PageWorker, "_ask", broken)
        for _ in range(5):
            assert called(["read", "page.html"])[0] == 3
    assert len(tried) == 6
    assert [(one["code"], one["attempts"]) for one in listed()] == [("given-up", 5)]
    assert called(["set-aside", "--retry"])[0] == 0
    assert listed() == []


def die(document: Document, knowledge: Knowledge) -> Reading:
    if "die" in document.text:
        os.abort()
    return Reading(document)


def test_a_process_that_dies_costs_the_document_it_read_and_no_other(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ["one", "two", "die", "four", "five", "die too", "seven"]
    (folder / "a.jsonl").write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), "utf-8")
    # What processes read with is found by its name in the module, which is why it is replaced there by name too.
    monkeypatch.setattr(reading, "_read", _read_or_die)
    monkeypatch.setattr(reading, "_start", _nothing)
    found = list(read_stream(["a.jsonl"], jobs=2))
    assert [one.document.text for one in found if isinstance(one, Reading)] == ["one", "two", "four", "five", "seven"]
    lost = [one for one in found if isinstance(one, Issue)]
    assert [one.code for one in lost] == ["reader-failed"] * 2
    assert "the process that read it died" in lost[0].message
    assert json.loads(lost[0].original or b"")["text"] == "die"


def _nothing(folders: tuple[Path, ...]) -> None:
    pass


def _read_or_die(task: tuple[Document, tuple[Issue, ...]], folders: tuple[Path, ...]) -> Reading | Issue:
    return die(task[0], None)  # type: ignore[arg-type]


def test_numbers_nobody_knows(folder: Path) -> None:
    assert called(["read", "none.txt"])[0] == 3
    assert called(["set-aside", "99"])[0] == 1
    assert called(["set-aside", "--original"])[0] == 1
    assert "Nothing was kept of none.txt" in called(["set-aside", "--original"])[2]
    assert called(["set-aside", "--retry"])[0] == 3
