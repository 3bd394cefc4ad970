"""Faults of the machine, shown on the program itself: killed, told to end, a full disk, a folder that takes nothing.

The table of ``docs/faults.md`` names the tests for every row.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from communique.knowledge import load
from communique.ledger import open_ledger
from communique.model import Document
from communique.pipeline import read_document
from communique.sources import SourceOptions, read_inputs

ROOT = Path(__file__).parents[1]
PROGRAM = "from communique.cli.main import main; main()"
CALL = "Joe Biden spoke by phone with Vladimir Putin on July {day}, 2021. {more}"


def kills(*words: str) -> dict[str, int]:
    done = subprocess.run(
        [sys.executable, "benchmarks/kill.py", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    result: dict[str, int] = json.loads(done.stdout)
    return result


def test_two_hundred_kills_lose_nothing_and_double_nothing() -> None:
    result = kills("--kills", "200")
    assert result.pop("kills") == 200
    result.pop("finished")
    assert result == {"lost": 0, "doubled": 0, "damaged": 0, "contacts_differ": 0}


@pytest.mark.parametrize(("plant", "seen"), [("early", "lost"), ("double", "doubled")])
def test_a_planted_fault_is_seen(plant: str, seen: str) -> None:
    assert kills("--kills", "60", "--plant", plant)[seen] > 0


def articles(folder: Path, count: int) -> Path:
    path = folder / "articles.jsonl"
    rows = ({"id": f"d{n}", "text": CALL.format(day=n % 28 + 1, more=f"{n}.")} for n in range(count))
    path.write_text("".join(json.dumps(row | {"published": "2021-08-01"}) + "\n" for row in rows), "utf-8")
    return path


def program(*words: object, limit: Callable[[], None] | None = None) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PROGRAM, *map(str, words)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=limit)


def ended(*words: object, limit: Callable[[], None] | None = None) -> tuple[int, str, str]:
    with program(*words, limit=limit) as running:
        out, err = running.communicate()
    return running.returncode, out, err


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of two megabytes, where the machine lets us have one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(folder)]
    try:
        mounted = os.geteuid() == 0 and subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    if not mounted:
        pytest.skip("a small file system cannot be mounted here (needs root)")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def holds_what_was_stored(ledger: Path) -> int:
    with open_ledger(ledger, read_only=True) as opened:
        assert list(opened.verify()) == []
        return sum(1 for _ in opened.documents())


def test_a_full_disk_is_said_and_what_was_stored_is_whole(small_disk: Path, tmp_path: Path) -> None:
    ledger = small_disk / "l.db"
    assert ended("read", articles(tmp_path, 5), "--ledger", ledger)[0] == 0
    filler = small_disk / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(b"x" * 4096):
            pass
    code, _, err = ended("read", articles(tmp_path, 40), "--ledger", ledger)
    assert code == 1
    assert "Traceback" not in err
    assert str(ledger) in err
    assert "Free some space" in err
    assert holds_what_was_stored(ledger) == 5
    assert ended("contacts", "--ledger", ledger)[0] == 0
    filler.unlink()
    assert ended("read", tmp_path / "articles.jsonl", "--ledger", ledger)[0] == 0
    assert holds_what_was_stored(ledger) == 40


def test_a_file_that_may_not_grow_is_said_and_what_was_stored_is_whole(tmp_path: Path) -> None:
    ledger = tmp_path / "l.db"
    assert ended("read", articles(tmp_path, 5), "--ledger", ledger)[0] == 0

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    code, _, err = ended("read", articles(tmp_path, 40), "--ledger", ledger, limit=limit)
    assert code == 1
    assert "Traceback" not in err
    assert str(ledger) in err
    assert holds_what_was_stored(ledger) == 5
    assert ended("read", tmp_path / "articles.jsonl", "--ledger", ledger)[0] == 0
    assert holds_what_was_stored(ledger) == 40


def test_a_disk_that_takes_nothing_is_said_and_questions_are_answered(small_disk: Path, tmp_path: Path) -> None:
    ledger = small_disk / "l.db"
    assert ended("read", articles(tmp_path, 3), "--ledger", ledger)[0] == 0
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    code, _, err = ended("read", articles(tmp_path, 9), "--ledger", ledger)
    assert code == 1
    assert "Traceback" not in err
    assert str(ledger) in err
    code, out, _ = ended("contacts", "--ledger", ledger)
    assert (code, len(out.splitlines())) == (0, 4)
    code, _, err = ended("read", articles(tmp_path, 1), "--ledger", small_disk / "none" / "l.db")
    assert code == 1
    assert "cannot be made" in err


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_a_program_told_to_end_keeps_what_it_did(tmp_path: Path, sent: signal.Signals) -> None:
    ledger = tmp_path / "l.db"
    many = articles(tmp_path, 400)
    with program("read", many, "--ledger", ledger) as running:
        while not ledger.exists() or not _documents(ledger):
            assert running.poll() is None
            time.sleep(0.05)
        running.send_signal(sent)
        _, err = running.communicate()
    assert running.returncode == 130
    assert "Traceback" not in err
    assert "Run the same command again" in err
    assert 100 <= holds_what_was_stored(ledger) < 400


def _documents(ledger: Path) -> int:
    try:
        with open_ledger(ledger, read_only=True) as opened:
            return sum(1 for _ in opened.documents())
    except Exception:  # it is being made
        return 0


CRAFTED = {
    "words of a call": "spoke by phone with ",
    "titles": "President Minister Secretary ",
    "names": "Vladimir Putin and Joe Biden, ",
    "numbers": "12 2021 third 7.30 ",
    "days": "on Monday May 3, 2021, ",
    "brackets": "( [ \" “ ' ",
    "capitals": "Aa Bb Cc ",
    "of": "of the ",
    "letters": "a",
    "agreements": "the New START treaty was signed ",
}


def calls(text: str) -> int:
    """How many functions were called to read a text."""
    number = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal number
        number += event in ("call", "c_call")

    knowledge = load()
    sys.setprofile(count)
    try:
        read_document(Document("d", text), knowledge)
    finally:
        sys.setprofile(None)
    return number


@pytest.mark.parametrize("words", CRAFTED.values(), ids=list(CRAFTED))
def test_no_text_takes_work_that_grows_faster_than_it(words: str) -> None:
    read_document(Document("d", words * 10), load())
    short, long = calls(words * 100), calls(words * 400)
    # Four times the text: four times the work; sixteen times would be its square.
    assert long < 8 * max(short, 2000)


def test_a_page_of_two_hundred_thousand_paragraphs_is_read_or_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "long.html"
    paragraph = "<p>Joe Biden spoke by phone with Vladimir Putin. Nothing else was said.</p>"
    path.write_text("<html><body><article>" + paragraph * 200_000, "utf-8")
    assert path.stat().st_size > 14_000_000
    (found,) = read_inputs([path], SourceOptions())
    assert isinstance(found, Document) or found.code == "extraction-empty"
