"""Fixtures for all tests. Material that the project does not carry is looked for beside it, and skipped when absent."""

from pathlib import Path

import pytest
from hypothesis import settings

# No test asserts how long anything takes, so hypothesis does not either.
settings.register_profile("communique", deadline=None)
settings.load_profile("communique")

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the shared material is not here")
    return SHARED


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--docs-update", action="store_true", help="write true outputs into README and docs")
    parser.addoption("--golden-update", action="store_true", help="raise the floor of the golden corpus (never in CI)")
