"""How fast the pages of a large ledger are, and whether memory stays flat: documents of the generator of reconcile.py.

usage: python benchmarks/serve.py [--documents N] [--seconds S] [--ledger FILE] [--clients N]

The ledger is made unless FILE is there already. ``communique serve`` runs as its own process; a second process asks
over kept connections. Printed are, one line each: the time until the first page; contact pages for the first time and
again; searches; pictures; a mix of all pages for S seconds; and the server's memory before and after. One in a hundred
answers took longer than p99; CPU is the server's for one answer, which also tells something on a busy machine.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from communique.knowledge import load
from communique.ledger import Run, open_ledger
from communique.model import Reading
from communique.reconcile import reconcile
from reconcile import ISSUERS, Documents, World, leader
from reconcile import STATES as ALL_STATES

STATES = tuple(code for code in ALL_STATES if code in load(()).registry.states)
RUN = Run("benchmark", "synthetic", "2026-01-01T00:00:00Z")
READ, CALLS = 400, 2_000
PROGRAM = "from communique.cli.main import main; main()"


def make(path: Path, size: int) -> None:
    """A ledger of so many documents with a report each, brought together."""
    documents, world = Documents(), World(size, 7)
    with open_ledger(path) as ledger:
        ledger.put((Reading(documents[r.document], (r,)) for r in world.reports()), RUN)
        ledger.put_contacts(reconcile(list(ledger.reports()), {d.id: d for d in ledger.documents()}, (), ISSUERS))


class Client:
    """One kept connection."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def open(self) -> None:
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port, limit=2**20)

    async def get(self, place: str) -> tuple[int, float]:
        """The status of a page, and how many seconds it took."""
        begun = time.perf_counter()
        self._writer.write(f"GET {place} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n\r\n".encode())
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        length = re.search(r"(?i)content-length: (\d+)", head)
        await self._reader.readexactly(int(length[1]) if length else 0)
        return int(head.split()[1]), time.perf_counter() - begun


async def ask(port: int, places: Callable[[], Iterator[str]], clients: int, seconds: float) -> tuple[list[float], int]:
    """Ask for places until there are no more or time is over; the times taken, and how many answers failed."""
    times: list[float] = []
    failed = 0
    stop, source = time.perf_counter() + seconds, places()

    async def one() -> None:
        nonlocal failed
        client = Client(port)
        await client.open()
        for place in source:
            status, took = await client.get(place)
            times.append(took)
            failed += status >= 400
            if time.perf_counter() > stop:
                return

    await asyncio.gather(*(one() for _ in range(clients)))
    return times, failed


class Measure:
    """Asks one server, and tells how it did."""

    def __init__(self, port: int, process: int) -> None:
        self._port, self._process = port, process

    def __call__(self, what: str, places: Callable[[], Iterator[str]], clients: int, seconds: float) -> None:
        begun, worked = time.perf_counter(), work(self._process)
        times, failed = asyncio.run(ask(self._port, places, clients, seconds))
        elapsed, worked = time.perf_counter() - begun, work(self._process) - worked
        ordered = sorted(times)
        median, slow = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)]
        speed = f"{len(ordered) / elapsed:8,.0f}/s  p50 {median * 1e3:7.1f} ms  p99 {slow * 1e3:7.1f} ms"
        print(f"{what:<26}{speed}  CPU {worked / len(ordered) * 1e3:7.2f} ms  failed {failed}", flush=True)


def work(process: int) -> float:
    """The seconds of CPU that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(process: int) -> float:
    """What a process holds, in MB."""
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    found = re.search(r"VmRSS:\s+(\d+)", status)
    return int(found[1]) / 1024 if found else 0.0


def mixed(dice: random.Random, contacts: Sequence[str]) -> Iterator[str]:
    """Pages as people ask for them: some again and again, some once."""
    while True:
        state, other = dice.choice(STATES[:40]), dice.choice(STATES[:40])
        kind = dice.random()
        if kind < 0.5:
            yield f"/contacts/{contacts[min(int(dice.paretovariate(0.6)), len(contacts)) - 1]}"
        elif kind < 0.65:
            yield f"/contacts?between={state}&between={other}"
        elif kind < 0.75:
            yield f"/contacts?year={dice.randint(1990, 2020)}"
        elif kind < 0.85:
            yield f"/search?q=w{dice.randrange(5000)}"
        elif kind < 0.95:
            yield f"/contacts?person={quote(leader(state, 0).name or '')}"
        else:
            yield dice.choice(("/", "/contacts", "/people", "/sources", "/plans", "/about", "/index.json"))


def run(path: Path, seconds: float, clients: int) -> None:
    with open_ledger(path) as ledger:
        contacts = [contact.id for contact in ledger.contacts()]
    dice = random.Random(1)
    dice.shuffle(contacts)
    server = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "serve", "--ledger", str(path), "--port", "0", "--no-open"],
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert server.stderr
    try:
        begun = time.perf_counter()
        port = int(next(line for line in server.stderr if "at http" in line).partition("127.0.0.1:")[2].split()[0])
        measured = Measure(port, server.pid)
        measured("first contact page", lambda: iter([f"/contacts/{contacts[0]}"]), 1, 600)
        print(f"{'ready to show it after':<26}{time.perf_counter() - begun:9.1f} s", flush=True)
        measured("list of contacts, first", lambda: iter(["/contacts"]), 1, 600)
        measured("contact pages, first time", lambda: iter([f"/contacts/{c}" for c in contacts[:READ]]), 2, 60)
        again = [f"/contacts/{c}" for c in contacts[:READ]] * (CALLS // READ * 5)
        measured("contact pages, again", lambda: iter(again), clients, 30)
        words = [f"/search?q=w{dice.randrange(5000)}+w{dice.randrange(5000)}&x={n}" for n in range(READ)]
        measured("searches", lambda: iter(words), 2, 60)
        pairs = [f"/pictures/lanes.svg?between={a}&between={b}" for a in STATES[:6] for b in STATES[6:12]]
        measured("pictures of pairs", lambda: iter(pairs), 1, 60)
        measured("mixed, warming up", lambda: mixed(dice, contacts), clients, min(seconds, 20))
        before = memory(server.pid)
        measured(f"mixed, {seconds:.0f} s", lambda: mixed(dice, contacts), clients, seconds)
        print(f"{'memory':<26}{before:9,.0f} MB, then {memory(server.pid):,.0f} MB", flush=True)
    finally:
        server.terminate()
        server.wait(30)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--ledger", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = chosen.ledger or Path(folder) / "ledger.db"
        if not path.exists():
            begun = time.perf_counter()
            make(path, chosen.documents)
            print(f"{'ledger made in':<26}{time.perf_counter() - begun:9.1f} s", flush=True)
        run(path, chosen.seconds, chosen.clients)


if __name__ == "__main__":
    main()
