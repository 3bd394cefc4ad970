"""``communique serve --workers 2``: one address, one ledger, whichever process makes the page."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2 as httpx
import pytest

from communique.ledger import new_judgement, open_ledger

PROGRAM = "from communique.cli.main import main; main()"
SERVE = ("serve", "--port", "0", "--no-open", "--workers", "2", "--ledger")
PAGES = ("/", "/contacts", "/people", "/contacts.json", "/api/v1/contacts", "/search?q=call", "/static/communique.css")

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork processes")


class Served:
    """A server in a process of its own, with two workers."""

    def __init__(self, ledger: Path, home: Path) -> None:
        words = [sys.executable, "-c", PROGRAM, *SERVE, str(ledger)]
        given = os.environ | {"XDG_DATA_HOME": str(home)}
        self.process = subprocess.Popen(words, stderr=subprocess.PIPE, text=True, env=given)
        assert self.process.stderr
        told = [self.process.stderr.readline() for _ in range(3)]
        found = re.search(r"(http://127\.0\.0\.1:\d+)(/open\?key=\S+)", told[1])
        assert found, told
        self.key = found[2]
        self.client = httpx.Client(base_url=found[1], timeout=60, headers={"Origin": found[1]})
        assert self.client.get("/about").status_code == 200  # the workers are there now

    @property
    def workers(self) -> list[int]:
        """The processes that it forked."""
        listed = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True, check=False
        )
        return [int(word) for word in listed.stdout.split()]

    def marks(self, turn: str) -> set[str]:
        """What pages that nobody asked for before are marked with; the workers take turns."""
        return {self.client.get(f"/contacts?turn={turn}{n}").headers["etag"] for n in range(6)}

    def end(self) -> str:
        """End it as Ctrl-C does; what it said since."""
        self.process.send_signal(signal.SIGINT)
        _, said = self.process.communicate(timeout=30)
        return str(said)


@pytest.fixture
def served(ledger: Path, tmp_path: Path) -> Iterator[Served]:
    running = Served(ledger, tmp_path)
    try:
        yield running
    finally:
        running.client.close()
        if running.process.poll() is None:
            running.end()


def test_workers_answer_as_one_and_see_every_change(served: Served, ledger: Path) -> None:
    ask = served.client.get
    assert {ask(page).status_code for page in PAGES} == {200}
    assert (ask("/nothing").status_code, ask("/contacts/nothing").status_code) == (404, 404)
    assert len(before := served.marks("a")) == 1

    # By somebody else.
    with open_ledger(ledger) as other:
        report = next(other.reports()).id
        other.add_judgement(new_judgement("unsure", (report,), "another", "2026-01-01T00:00:00Z"))
    assert len(after := served.marks("b")) == 1
    assert after != before

    # By somebody who came in through the one-time address, which the process that listens keeps.
    assert served.client.post("/review/undo").status_code == 403
    assert ask(served.key).status_code == 303
    assert ask(served.key).status_code == 403
    contact = ask("/contacts.json").json()["items"][0]["id"]
    listed = ask("/api/v1/reports", params={"contact": contact}).json()["items"][0]["id"]
    made = served.client.post("/judge", data={"kind": "reject", "contact": contact, "report": listed})
    assert made.status_code == 303
    assert served.marks("c").isdisjoint(after)
    assert len(served.marks("d")) == 1
    said = served.end()
    assert "Traceback" not in said
    assert "ended" not in said


def test_a_worker_that_ends_is_not_missed(served: Served) -> None:
    first, second = served.workers
    os.kill(first, signal.SIGKILL)
    assert len(served.marks("a")) == 1
    os.kill(second, signal.SIGKILL)
    assert len(served.marks("b")) == 1
    assert "1 left" in (said := served.end())
    assert "0 left" in said


def test_workers_end_with_the_process_that_listens(served: Served) -> None:
    assert len(served.workers) == 2
    served.process.kill()
    # They hold its standard error, which ends when the last of them has.
    assert served.process.communicate(timeout=30)[1] == ""
