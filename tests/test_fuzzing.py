"""A little of ``benchmarks/fuzz.py`` on every target; more of it by command."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

FUZZ = Path(__file__).parents[1] / "benchmarks" / "fuzz.py"
TARGETS = re.findall(r'"(\w+)": \1\b', FUZZ.read_text("utf-8"))


@pytest.mark.parametrize("target", TARGETS)
def test_nothing_but_what_is_said_is_raised(target: str, tmp_path: Path) -> None:
    if importlib.util.find_spec("atheris") is None:
        pytest.skip("atheris is not installed")
    command = [sys.executable, str(FUZZ), target, "--runs", "300", "--seconds", "20", "--keep", f"{tmp_path}/"]
    done = subprocess.run(command, cwd=FUZZ.parents[1], capture_output=True, text=True, check=False, errors="replace")
    assert done.returncode == 0, done.stderr[-800:]


def test_every_target_is_tried() -> None:
    assert len(TARGETS) >= 7
