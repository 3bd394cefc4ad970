"""The program as a whole: help, exit codes, interruptions, locks, processes, the schema of its records."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click
import jsonschema
import pytest

from communique import reading as reading_module
from communique.cli.main import COMMANDS, cli
from communique.knowledge import Knowledge
from communique.model import Document, Reading
from tests.cli.program import called

CALL = "Joe Biden spoke by phone with Vladimir Putin on July {day}, 2021."
HEAVY = {"sqlalchemy", "rich", "trafilatura", "communique.knowledge", "communique.pipeline", "communique.ledger"}


def calls(folder: Path, count: int) -> Path:
    path = folder / "calls.jsonl"
    rows = ({"id": f"d{day}", "text": CALL.format(day=day), "published": "2021-08-01"} for day in range(1, count + 1))
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def commands() -> Iterator[tuple[str, ...]]:
    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        yield (name,)
        if isinstance(command, click.Group):
            yield from ((name, inner) for inner in command.list_commands(click.Context(command)))


@pytest.mark.parametrize("words", list(commands()), ids=" ".join)
def test_every_command_has_examples_in_its_help(words: tuple[str, ...]) -> None:
    code, out, _ = called([*words, "--help"])
    assert code == 0
    assert f"\n  communique {words[0]}" in out or f"| communique {words[0]}" in out


def test_help_imports_nothing_heavy() -> None:
    program = "import sys; from communique.cli.main import run; run(['--help']); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "check" in done.stdout
    assert not HEAVY & set(done.stderr.split())


def test_version() -> None:
    from communique import __version__

    assert __version__ in called(["--version"])[1]


def test_a_closed_pipe_is_no_failure(folder: Path) -> None:
    program = "import sys; from communique.cli.main import main; main()"
    command = [sys.executable, "-c", program, "times", "--json", str(calls(folder, 400))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        assert b"Traceback" not in running.stderr.read()
        assert running.wait() == 0


def interrupted_at(number: int, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]) -> None:
    read = reading_module.read_document

    def stop(document: Document, knowledge: Knowledge) -> Reading:
        if document.id == f"d{number}":
            raise error("stop here")
        return read(document, knowledge)

    monkeypatch.setattr(reading_module, "read_document", stop)


def test_an_interruption_keeps_what_is_done(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = calls(folder, 5)
    with monkeypatch.context() as patch:
        interrupted_at(4, patch, KeyboardInterrupt)
        code, _, err = called(["read", str(path)])
    assert code == 130
    assert "3 documents · 3 new" in err
    assert "Run the same command again" in err
    assert len(called(["contacts", "--json"])[1].splitlines()) == 3
    code, _, err = called(["read", str(path)])
    assert code == 0
    assert "2 new · 3 unchanged" in err
    assert called(["verify"])[0] == 0


def test_an_interrupted_question_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupted_at(1, monkeypatch, KeyboardInterrupt)
    code, _, err = called(["read", "--json", str(calls(folder, 2))])
    assert code == 130
    assert "interrupted" in err


def test_a_fault_of_the_reader_costs_one_document(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupted_at(2, monkeypatch, ValueError)
    code, out, err = called(["read", "--json", str(calls(folder, 3))])
    assert code == 3
    assert [json.loads(line)["document"]["id"] for line in out.splitlines()] == ["d1", "d3"]
    assert "the reader failed on the document d2: ValueError: stop here [reader-failed]" in err


def test_a_ledger_that_is_being_written_to_is_busy(folder: Path) -> None:
    path = calls(folder, 2)
    assert called(["read", "--ledger", "l.db", str(path)])[0] == 0
    with closing(sqlite3.connect("l.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert len(called(["contacts", "--ledger", "l.db"])[1].splitlines()) == 3
        path.write_text(path.read_text("utf-8").replace("phone", "telephone"), "utf-8")
        code, _, err = called(["read", "--ledger", "l.db", "--patience", "0", str(path)])
    assert code == 4
    assert "l.db is being written to" in err


def test_set_aside_inputs_are_kept_until_they_are_mended(folder: Path) -> None:
    path = folder / "call.txt"
    path.write_text("", "utf-8")
    assert called(["read", "call.txt"])[0] == 3
    assert called(["read", "call.txt"])[0] == 3
    assert "1 inputs set aside" in called(["verify"])[2]
    path.write_text(CALL.format(day=9), "utf-8")
    assert called(["read", "call.txt"])[0] == 0
    assert "0 inputs set aside" in called(["verify"])[2]


def test_processes_change_nothing_in_what_is_printed(folder: Path) -> None:
    path = calls(folder, 6)
    path.write_text(path.read_text("utf-8") + "not a record\n", "utf-8")
    one, two = (called(["read", "--json", "--jobs", jobs, str(path)]) for jobs in ("1", "2"))
    assert one[0] == two[0] == 3
    assert one[1] == two[1]


def test_records_are_as_the_schema_says(folder: Path, shared: Path) -> None:
    schema = json.loads((shared / "design" / "records.schema.json").read_text("utf-8"))
    code, out, _ = called(["read", "--json", "--samples"])
    assert code == 0
    for line in out.splitlines():
        jsonschema.validate(json.loads(line), schema)


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("COMMUNIQUE_LEGDER", "x.db", 'unknown variable COMMUNIQUE_… "legder"; did you mean "ledger"?'),
        ("COMMUNIQUE_JOBS", "many", "'many' is not a valid integer range"),
    ],
)
def test_settings_nobody_knows_are_errors(
    folder: Path, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, told: str
) -> None:
    monkeypatch.setenv(variable, value)
    code, _, err = called(["read", "--json", "x.txt"])
    assert code == 2
    assert told in err


def test_flags_win_over_the_environment_and_that_over_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = folder / "XDG_CONFIG_HOME" / "communique"
    home.mkdir(parents=True)
    (home / "config.toml").write_text("ledger = 'home.db'", "utf-8")
    named = ["home.db"]
    assert str(home / "home.db") in called(["contacts"])[2]
    Path("communique.toml").write_text("ledger = 'here.db'", "utf-8")
    assert "no ledger at here.db" in called(["contacts"])[2]
    monkeypatch.setenv("COMMUNIQUE_LEDGER", "variable.db")
    assert "no ledger at variable.db" in called(["contacts"])[2]
    assert "no ledger at flag.db" in called(["contacts", "--ledger", "flag.db"])[2]
    assert named


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ("ledgr = 'x.db'", 'unknown setting in communique.toml "ledgr"; did you mean "ledger"?'),
        ("ledger = 3", "communique.toml: ledger is not a path: 3"),
        ("ledger = ", "communique.toml: not valid TOML"),
    ],
)
def test_a_wrong_file_of_settings_is_an_error(folder: Path, toml: str, told: str) -> None:
    Path("communique.toml").write_text(toml, "utf-8")
    code, _, err = called(["contacts"])
    assert code == 2
    assert told in err
