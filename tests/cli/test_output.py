"""What leaves the program: nothing a terminal or a spreadsheet could take for an order, and nothing lost."""

from __future__ import annotations

import io
import json
import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.cli.output import json_line, show
from communique.cli.problems import MOST, Problems
from communique.cli.progress import count_documents, progress
from communique.model import Issue
from communique.views.tables import guarded
from communique.views.words import clean

anything = st.text(st.characters(exclude_categories=["Cs"]))


@given(anything)
def test_cleaned_text_gives_a_terminal_no_orders(text: str) -> None:
    assert not [c for c in clean(text) if unicodedata.category(c) == "Cc" or c in "\u202a\u202e\u2066\u2069\u2028"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("\x1b[31m", "␛[31m"), ("a\nb", "a b"), ("a\x7f", "a␡"), ("\u202ex", "⟨U+202E⟩x"), ("\x9b1m", "⟨U+009B⟩1m")],
)
def test_control_characters_are_shown(text: str, shown: str) -> None:
    assert clean(text) == shown


@given(anything)
def test_json_is_one_line_and_loses_nothing(text: str) -> None:
    line = json_line({"text": text})
    assert json.loads(line) == {"text": text}
    assert len(line.splitlines()) == 1
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202e]", line)


@pytest.mark.parametrize("cell", ["=1+1", "+x", "-x", "@SUM(A1)", "\t=1", " =1", "＝1"])
def test_formulas_are_disarmed(cell: str) -> None:
    assert guarded(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["-1", "+1.5", "-3%", "a=b", "", "2020-05-22", 7, None])
def test_other_cells_stay(cell: str | int | None) -> None:
    assert guarded(cell) == cell


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_table_cuts_nothing_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(sys, "stdout", terminal := Terminal())
    rows = [("c0123456789abcd", "[bold]one[/bold] \x1b[31m" * 3, None, "spared")]
    show("table", ("id", "words", "empty", "more"), rows, (), ("more",))
    told = terminal.getvalue()
    assert "c0123456789abcd" in told
    assert "".join(told.split()).count("[bold]one[/bold]") == 3
    assert "\x1b" not in told
    assert "empty" not in told
    assert "more" not in told


def test_no_more_than_some_problems_of_a_kind_are_told() -> None:
    told: list[str] = []
    problems = Problems(told.append)
    for line in range(MOST + 5):
        problems.add(Issue("bad-json-line", "m", "r", path="a.jsonl", line=line, fatal=True))
    assert len(told) == 2 * MOST
    assert problems.summary() == f"{MOST + 5} set aside"
    assert told[-1] == "… and 5 more of the kind bad-json-line"
    assert problems.lost


def test_a_note_costs_nothing() -> None:
    problems = Problems(lambda line: None)
    problems.add(Issue("read-twice", "m", "r", path="a"))
    assert not problems.lost
    assert problems.summary() == "1 note"


def test_the_bar_counts_and_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    with progress(["-"]) as bar:
        bar.tell("[red]a line[/red]")
        bar.step(1, 0)
        bar.stage("putting together")
    assert "[red]a line[/red]" in terminal.getvalue()


def test_documents_are_counted_before_they_are_read(tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    (folder / "a.txt").write_text("x", "utf-8")
    (folder / "b.jsonl").write_text("{}\n{}\n", "utf-8")
    assert count_documents([str(folder)]) == 3
    (folder / "c.csv").write_text("id\n1\n", "utf-8")
    assert count_documents([str(folder)]) is None
    assert count_documents(["-"]) is None
