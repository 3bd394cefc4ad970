"""The command line as text files: commands with their output, messages and exit codes.

::

    @ readout.txt            a file of the folder in which the commands run, up to the next line that begins with @, $
    Text of the file.
    $ communique read readout.txt
    output                   "..." stands for anything
    2> message               on stderr
    [3]                      the exit code, where it is not 0

In commands and output ``@1`` is the id of the first contact of the ledger (in the order of ``contacts``), ``@1.1`` its
first report, ``@j1`` the first judgement. ``< FILE`` at the end of a command gives it a file to read.
"""

from __future__ import annotations

import doctest
import json
import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.program import called

HERE = Path(__file__).parent
CASES = sorted((HERE / "cases").glob("*.txt"))
CALL = "Joe Biden spoke by phone with Vladimir Putin on July 9, 2021. "
#: Inputs that a text file cannot hold.
MADE: dict[str, Callable[[], bytes]] = {
    "binary.txt": lambda: bytes(range(256)) * 20,
    "empty.txt": lambda: b"",
    "huge.txt": lambda: (CALL * 330_000).encode(),
    "no-encoding.txt": lambda: bytes(range(128, 256)) * 40,
    "escapes.txt": lambda: "Joe Biden \x1b[31mspoke\x1b[0m by phone with Vladimir Putin \u202etoday.".encode(),
    "russian.txt": lambda: ("Владимир Путин встретился с Джо Байденом в Женеве. " * 9).encode("cp1251"),
}


@dataclass
class Step:
    command: str
    expected: list[str]
    messages: list[str]
    code: int = 0


def parsed(path: Path) -> tuple[dict[str, str], list[Step]]:
    files: dict[str, str] = {}
    steps: list[Step] = []
    file: str | None = None
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("@ "):
            file = line[2:]
            files[file] = ""
        elif line.startswith("$ "):
            file = None
            steps.append(Step(line[2:], [], []))
        elif file is not None:
            files[file] += line + "\n"
        elif line.startswith("2> "):
            steps[-1].messages.append(line[3:])
        elif re.fullmatch(r"\[\d+\]", line):
            steps[-1].code = int(line[1:-1])
        elif steps and (line or steps[-1].expected):
            steps[-1].expected.append(line)
    return files, steps


def answers(*arguments: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in called(arguments)[1].splitlines()]


def substituted(text: str) -> str:
    """The text with ids put in the place of ``@1``, ``@1.1`` and ``@j1``."""

    def one(match: re.Match[str]) -> str:
        if match["j"]:
            return str(answers("judge", "list", "--json")[int(match["n"]) - 1]["id"])
        contact = str(answers("contacts", "--json")[int(match["n"]) - 1]["id"])
        if not match["r"]:
            return contact
        accounts = json.loads(called(["show", contact, "--json"])[1])["accounts"]
        return str(accounts[int(match["r"]) - 1]["record"]["id"])

    return re.sub(r"(?<!\S)@(?P<j>j)?(?P<n>\d+)(?:\.(?P<r>\d+))?(?!-)\b", one, text)


def fits(expected: list[str], got: str) -> bool:
    wanted = "\n".join(expected).rstrip("\n") + "\n"
    return doctest.OutputChecker().check_output(wanted, got.rstrip("\n") + "\n", doctest.ELLIPSIS)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path, folder: Path) -> None:
    files, steps = parsed(path)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    for step in steps:
        words, _, stdin = substituted(step.command).partition(" < ")
        for name in {*shlex.split(words), stdin} & MADE.keys():
            (folder / name).write_bytes(MADE[name]())
        data = (folder / stdin).read_bytes() if stdin else b""
        code, out, err = called(shlex.split(words)[1:], data)
        told = f"{path.name}: $ {words}\n{out}\nstderr:\n{err}\n[{code}]"
        assert code == step.code, told
        assert fits([substituted(line) for line in step.expected], out), told
        if step.messages:
            assert fits(step.messages, err), told


def test_there_are_cases_for_every_command() -> None:
    from communique.cli.main import COMMANDS

    used = {step.command.split()[1] for path in CASES for step in parsed(path)[1] if len(step.command.split()) > 1}
    assert set(COMMANDS) <= used
