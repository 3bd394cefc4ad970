"""What README and docs show is what the program prints; the documentation builds; its figures are the program's.

``python -m pytest tests/docs --docs-update`` writes the outputs as they are now into the pages.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from communique.cli.main import COMMANDS
from tests.docs.blocks import blocks, holds, python, rerun
from tests.docs.served import SERVED, served

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
SHOWN = [page for page in PAGES if any(b.kind in ("console", "pycon") for b in blocks(page.read_text("utf-8")))]
every_page = pytest.mark.parametrize("page", SHOWN, ids=lambda page: page.stem)


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, and no settings of the user's."""
    monkeypatch.chdir(tmp_path)
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setenv("COMMUNIQUE_WHO", "ana")
    return tmp_path


@every_page
def test_commands_print_what_the_page_shows(page: Path, alone: Path, request: pytest.FixtureRequest) -> None:
    told = page.read_text(encoding="utf-8")
    now = rerun(told, alone)
    if request.config.getoption("--docs-update"):
        page.write_text(now, encoding="utf-8")
        told = now
    assert now == told
    for drawn in sorted(alone.glob("*.svg")):
        shown = ROOT / "docs" / "pictures" / drawn.name
        if request.config.getoption("--docs-update"):
            shown.write_bytes(drawn.read_bytes())
        assert drawn.read_bytes() == shown.read_bytes(), f"{drawn.name} is drawn otherwise now: --docs-update"


@every_page
def test_python_does_what_the_page_shows(page: Path, alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = page.read_text(encoding="utf-8")
    if SERVED not in shown:
        assert python(shown, page.stem).failed == 0
        return
    monkeypatch.syspath_prepend(str(alone))
    with served(alone) as address:
        assert python(shown.replace(SERVED, address), page.stem).failed == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_commands_and_files_that_a_page_names_are_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = re.findall(r"`communique ([a-z-]+)", text)
    assert [name for name in named if name not in COMMANDS] == []
    links = re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", text)
    assert [link for link in links if "generated/" not in link and not (page.parent / link).exists()] == []
    paths = re.findall(r"`((?:src|tests|docs|benchmarks|changelog)/[\w./-]+)`", text)
    assert [path for path in paths if not (ROOT / path).exists() and "generated" not in path] == []


def test_the_documentation_builds_without_a_warning(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", "-d", str(tmp_path / "trees")]
    ran = subprocess.run([*command, str(ROOT / "docs"), str(tmp_path / "html")], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "html" / "generated" / "cli.html").is_file()


def test_every_benchmark_is_told_of_and_is_there() -> None:
    told = set(re.findall(r"`(\w+\.py)`", (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")))
    assert told == {path.name for path in (ROOT / "benchmarks").glob("*.py")}


def test_fragments_of_the_changelog_are_of_known_kinds() -> None:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["towncrier"]
    kinds = {kind["directory"] for kind in table["type"]}
    fragments = list((ROOT / table["directory"]).glob("*.md"))
    assert {path.name.split(".")[-2] for path in fragments} <= kinds


def test_dots_stand_for_any_lines_and_for_the_rest_of_a_line() -> None:
    assert holds("a\n...\nd\n", "a\nb\nc\nd\n")
    assert holds("a\n...\n", "a\n")
    assert not holds("a\n...\nd\n", "a\nb\n")
    assert holds("ab...\nd\n", "abc\nd\n")
