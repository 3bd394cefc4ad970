"""The generated client: it has a method for every question, and says what they take."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from typing import Any

from communique.api.app import ROOT
from communique.api.client import names
from tests.api.conftest import Asked


def test_every_question_is_a_method(api: Asked) -> None:
    source = api.client.get(f"{ROOT}/client.py")
    assert source.headers["content-type"].startswith("text/x-python")
    (client,) = [n for n in ast.parse(source.text).body if isinstance(n, ast.ClassDef) and n.name == "Client"]
    methods = {node.name for node in client.body if isinstance(node, ast.FunctionDef)}
    schema: Any = api.get("/openapi.json")
    assert methods == {*names(schema), "__init__", "every", "_ask"}
    assert len(names(schema)) == len(set(names(schema)))


def test_its_types_hold(api: Asked, tmp_path: Path) -> None:
    (tmp_path / "client.py").write_text(api.client.get(f"{ROOT}/client.py").text, "utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file", "", "client.py"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout
