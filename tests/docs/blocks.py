"""The code blocks of a page: files it makes, commands it types, Python it runs, and what they truly print.

``<!-- file: name -->`` before a block writes the block to that file. In ``console`` blocks every line that begins with
``$ communique`` is run and the lines under it are its standard output; ``...`` stands for the rest of a line, on a line
of its own for any lines. ``pycon`` blocks are doctests. All blocks of a page run in one empty folder, in order.
"""

from __future__ import annotations

import doctest
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from communique.cli.main import cli
from communique.errors import CommuniqueError

_BLOCK = re.compile(r"^```(?P<kind>\w+)\n(?P<body>.*?)^```$", re.M | re.S)
_FILE = re.compile(r"<!-- file: (\S+) -->\n\Z")
ANYTHING = "..."
_WIDTH = 110


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its lines, the file it is to be written to, and where its body stands."""

    kind: str
    body: str
    file: str | None
    start: int
    stop: int


def blocks(page: str) -> Iterator[Block]:
    for match in _BLOCK.finditer(page):
        named = _FILE.search(page[: match.start()])
        yield Block(match["kind"], match["body"], named and named[1], match.start("body"), match.end("body"))


def rerun(page: str, folder: Path) -> str:
    """The page with the output of every command as it is now; outputs that still hold stay as they are."""
    out, done = [], 0
    for block in blocks(page):
        out += [page[done : block.start], _run(block, folder)]
        done = block.stop
    return "".join((*out, page[done:]))


def _run(block: Block, folder: Path) -> str:
    if block.file:
        path = folder / block.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.body, encoding="utf-8")
    if block.kind != "console":
        return block.body
    return "".join(_session(block.body))


def _session(body: str) -> Iterator[str]:
    for part in re.split(r"^(?=\$ )", body, flags=re.M):
        typed, _, told = part.partition("\n")
        if typed:
            now = output(typed)
            yield f"{typed}\n{told if holds(told, now) else _cut(told, now)}"


def output(typed: str) -> str:
    """What a typed command prints on standard output."""
    program, *arguments = shlex.split(typed.removeprefix("$ "))
    assert program == "communique", typed
    ran = CliRunner().invoke(cli, arguments)
    if ran.exception and not isinstance(ran.exception, SystemExit | CommuniqueError):
        raise ran.exception
    assert ran.exit_code in (0, 3, 5), f"{typed}: {ran.stderr}{ran.exception}"
    return "".join(f"{line.rstrip()}\n" for line in ran.stdout.splitlines())


def holds(told: str, now: str) -> bool:
    """Whether an output is as told."""
    return re.fullmatch("".join(map(_pattern, told.splitlines())), now) is not None


def _pattern(line: str) -> str:
    if line == ANYTHING:
        return "(?:.*\n)*?"
    return (re.escape(line.removesuffix(ANYTHING)) + ".*" if line.endswith(ANYTHING) else re.escape(line)) + "\n"


def _cut(told: str, now: str) -> str:
    """A new output, cut as short as the one before was."""
    before, lines = told.splitlines(), now.splitlines()
    if any(line.endswith(ANYTHING) and line != ANYTHING for line in before):
        lines = [line if len(line) <= _WIDTH else line[:_WIDTH] + ANYTHING for line in lines]
    if ANYTHING in before:
        lines = [*lines[: before.index(ANYTHING)], ANYTHING]
    return "".join(f"{line}\n" for line in lines)


def python(page: str, name: str) -> doctest.TestResults:
    """Run the Python sessions of a page."""
    source = "\n".join(block.body for block in blocks(page) if block.kind == "pycon")
    test = doctest.DocTestParser().get_doctest(source, {}, name, name, 0)
    return doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test)
