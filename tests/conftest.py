"""Fixtures for all tests. Material that the project does not carry is looked for beside it, and skipped when absent."""

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the shared material is not here")
    return SHARED
