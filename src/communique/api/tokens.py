"""Bearer tokens: random words in a file that nobody else may read, compared in constant time."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterable
from pathlib import Path

from communique.errors import UsageError

LEAST = 16
"""A shorter token could be guessed."""


class Tokens:
    """The tokens of one server; without any, nothing can be written."""

    def __init__(self, tokens: Iterable[str] = ()) -> None:
        self._tokens = tuple(token.encode() for token in tokens)
        if any(len(token) < LEAST for token in self._tokens):
            raise UsageError(f"a token is shorter than {LEAST} characters", "Make one: openssl rand -hex 24")

    def allow(self, header: str | None) -> bool:
        """True for ``Authorization: Bearer TOKEN`` with one of the tokens. Every token is compared, none faster."""
        kind, _, shown = (header or "").partition(" ")
        given = shown.strip().encode("utf-8", "replace")
        found = [secrets.compare_digest(given, token) for token in self._tokens]
        return kind.lower() == "bearer" and any(found)


def tokens_in(path: Path) -> Tokens:
    """The tokens of a file, one a line; the file is made with a new one if it is not there, for its owner alone.

    Raises UsageError for a file that others may read.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        _refuse_open_file(path)
    else:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(32) + "\n")
    return Tokens(line.strip() for line in path.read_text("ascii").splitlines() if line.strip())


def _refuse_open_file(path: Path) -> None:
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise UsageError(f"{path} can be read by others", f"Close it: chmod 600 {path}")
