"""The walk through what is doubtful, with keys of a pipe and of a terminal."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

import communique
from tests.cli.program import called

CALLS = (
    ("a", "Northern Wire", "2021-07-09", "Joe Biden spoke by phone with Vladimir Putin on July 9, 2021."),
    ("b", "Southern Wire", "2021-07-10", "Joe Biden spoke with Vladimir Putin by telephone in recent days."),
    ("c", "Western Wire", "2021-07-11", "The leaders Joe Biden and Vladimir Putin had a conversation."),
)  # fmt: skip


@pytest.fixture
def doubtful(folder: Path) -> Path:
    lines = (json.dumps(dict(zip(("id", "publisher", "published", "text"), call, strict=True))) for call in CALLS)
    (folder / "calls.jsonl").write_text("\n".join(lines), "utf-8")
    assert called(["read", "calls.jsonl"])[0] == 0
    assert "so far" in called(["review", "--list"])[1]
    return folder


def judged() -> list[tuple[str, str]]:
    return [
        (one["kind"], one["in_force"]) for one in map(json.loads, called(["judge", "list", "--json"])[1].splitlines())
    ]


def walked(keys: str) -> tuple[str, str]:
    code, out, err = called(["review"], "".join(f"{key}\n" for key in keys.split()).encode())
    assert code == 0
    return out, err


@pytest.mark.parametrize(
    ("keys", "kinds"),
    [
        ("m q", ["merge"]),
        ("s q", ["split"]),
        ("u q", ["unsure", "unsure"]),
        ("x 2 q", ["reject"]),
        ("x n q", []),
        ("e 1 channel video q", ["correct"]),
        ("e 1 colour red q", []),
        ("n q", []),
        ("", []),
    ],
)
def test_one_key_decides(doubtful: Path, keys: str, kinds: list[str]) -> None:
    walked(keys)
    assert [kind for kind, _ in judged()] == kinds


def test_what_is_right_as_it_is_is_kept_so(doubtful: Path) -> None:
    before = called(["contacts", "--json"])[1]
    walked("a q")
    assert [kind in ("merge", "split") for kind, _ in judged()] == [True]
    assert called(["contacts", "--json"])[1] == before


def test_a_decision_is_taken_back_and_made_anew(doubtful: Path) -> None:
    out, _ = walked("s z m q")
    assert "undoes" in out
    assert sorted(judged()) == [("merge", "yes"), ("split", "no"), ("split", "no")]


def test_nothing_to_take_back_and_an_unknown_key_are_said(doubtful: Path) -> None:
    _, err = walked("z w q")
    assert "nothing to undo" in err
    assert "keys are" in err


def test_what_was_judged_or_looked_at_in_vain_is_not_asked_again(doubtful: Path) -> None:
    first = called(["review", "--list", "--limit", "1"])[1]
    walked("u q")
    assert called(["review", "--list", "--limit", "1"])[1] != first


def test_a_terminal_needs_no_return(doubtful: Path) -> None:
    shown = in_terminal(["review"], "mq")
    assert "merge" in shown
    assert [kind for kind, _ in judged()] == ["merge"]


def test_an_interruption_keeps_what_was_decided(doubtful: Path) -> None:
    shown = in_terminal(["review"], "s\x03")
    assert "kept" in shown
    assert [kind for kind, _ in judged()] == ["split"]


def in_terminal(arguments: Sequence[str], keys: str) -> str:
    """What a pseudo terminal shows when the program is asked for keys, one at a time."""
    child, terminal = pty.fork()
    if child == 0:  # pragma: no cover
        os.environ["PYTHONPATH"] = str(Path(communique.__file__).parents[1])
        os.execv(sys.executable, [sys.executable, "-c", "from communique.cli.main import main; main()", *arguments])
    shown, deadline = "", time.monotonic() + 60
    while time.monotonic() < deadline:
        ready, _, _ = select.select([terminal], [], [], 0.5)
        part = _read(terminal) if ready else None
        if part == "":
            break
        shown += part or ""
        asked = len(re.findall(r"quit: ", shown))
        # What is typed before the terminal listens for single keys is lost, as it is for people: it is typed again.
        if part is None and asked and asked <= len(keys):
            os.write(terminal, keys[asked - 1].encode())
    else:
        os.kill(child, signal.SIGKILL)
    os.close(terminal)
    os.waitpid(child, 0)
    return shown


def _read(terminal: int) -> str:
    try:
        return os.read(terminal, 65536).decode("utf-8", "replace")
    except OSError:  # Linux says so when the other end is closed
        return ""


def test_a_disputed_field_is_accepted_or_edited(folder: Path) -> None:
    said = ("They spoke for an hour.", "They spoke for two hours.")
    rows = (("a", "Northern Wire"), ("b", "Southern Wire"))
    text = "Joe Biden spoke by phone with Vladimir Putin on July 9, 2021. "
    lines = (
        json.dumps({"id": name, "publisher": wire, "published": "2021-07-09", "text": text + words})
        for (name, wire), words in zip(rows, said, strict=True)
    )
    (folder / "calls.jsonl").write_text("\n".join(lines), "utf-8")
    assert called(["read", "calls.jsonl"])[0] == 0
    assert "they contradict each other: duration_minutes 120 or 60" in called(["review", "--list"])[1]
    walked("a q")
    assert judged() == [("accept", "yes"), ("accept", "yes")]
    assert "contradict" not in called(["review", "--list"])[1]
