"""The page on faults names, for every row, tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "faults.md").read_text("utf-8")
ROWS = re.findall(r"^\| (\d+) \|.*$", PAGE, re.M)
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))


@pytest.mark.parametrize(("path", "name"), NAMED, ids=lambda part: part)
def test_a_test_that_the_page_names_is_there(path: str, name: str) -> None:
    assert re.search(rf"^(?:async )?def {name}\(", (ROOT / path).read_text("utf-8"), re.M)


def test_every_row_names_a_test() -> None:
    for line in PAGE.splitlines():
        if re.match(r"\| \d+ \|", line):
            assert "::test_" in line, line
    assert len(ROWS) == len(set(ROWS)) == 30
