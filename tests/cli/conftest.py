"""A folder of its own for every test, with nobody's settings."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    for name in ("COMMUNIQUE_LEDGER", "COMMUNIQUE_KNOWLEDGE", "COMMUNIQUE_JOBS", "COMMUNIQUE_PATIENCE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COMMUNIQUE_WHO", "tester")
    monkeypatch.chdir(tmp_path)
    return tmp_path
