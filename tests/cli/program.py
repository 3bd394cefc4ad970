"""The program as tests call it."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout

from communique.cli.main import run


def called(arguments: Sequence[str], stdin: bytes = b"") -> tuple[int, str, str]:
    """Exit code, stdout and stderr of the program."""
    out, err = io.StringIO(), io.StringIO()
    before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(stdin))
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = run(list(arguments))
    finally:
        sys.stdin = before
    return code, out.getvalue(), err.getvalue()
