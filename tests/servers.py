"""A PostgreSQL server of our own for the tests: started once, on a socket in a temporary folder, never on a port."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from glob import glob
from pathlib import Path
from urllib.parse import quote

import pytest

_USERS = ("postgres", "nobody")
_SETTINGS = "-F -c listen_addresses='' -c full_page_writes=off -c synchronous_commit=off -c max_connections=60"


def binaries() -> Path | None:
    """The folder of the server's programs, the newest if there are several."""
    folders = sorted(map(Path, glob("/usr/lib/postgresql/*/bin")), key=_version, reverse=True)
    found = shutil.which("initdb")
    paths = [*folders, *([Path(found).parent] if found else [])]
    return next((path for path in paths if (path / "initdb").exists() and (path / "pg_ctl").exists()), None)


def _version(folder: Path) -> float:
    try:
        return float(folder.parent.name)
    except ValueError:
        return 0


def _as_another(command: list[str]) -> list[str]:
    """The server does not run as root: another user of the machine runs it then."""
    if os.geteuid() != 0:
        return command
    runner = shutil.which("setpriv")
    return [runner, f"--reuid={_user()}", "--clear-groups", *command] if runner else command


def _user() -> str:
    import pwd

    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in _USERS if name in known)


@contextmanager
def started() -> Iterator[str]:
    """The address of a fresh server's database ``postgres``; skips where there is no server."""
    programs = binaries()
    if programs is None:
        pytest.skip("there is no PostgreSQL server on this machine (initdb, pg_ctl)")
    # The name of a socket may not be long, and pytest's folders are; in memory a database is made and gone at once.
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="cmq", dir=memory if os.access(memory, os.W_OK) else None))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, _user())
        yield from _running(programs, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _running(programs: Path, folder: Path) -> Iterator[str]:
    data = folder / "data"
    _do(programs / "initdb", "-D", data, "-A", "trust", "-U", "tester", "-E", "UTF8", "--locale=C", "--no-sync")
    log = folder / "log"
    try:
        options = f"{_SETTINGS} -c unix_socket_directories={folder}"
        _do(programs / "pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start")
        yield f"postgresql://tester@/postgres?host={quote(str(folder), safe='')}"
    finally:
        _do(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop", check=False)


def _do(*command: object, check: bool = True) -> None:
    words = _as_another([str(part) for part in command])
    done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, check=False, cwd="/")
    if check and done.returncode:
        why = (done.stderr or done.stdout).decode(errors="replace")[-300:]
        pytest.skip(f"the PostgreSQL server does not start: {why}")
