"""A server under load: kept connections that ask it, and what it takes in time, processor and memory."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROGRAM = "from communique.cli.main import main; main()"
Place = tuple[str, str]
"""The kind of what is asked for, and its address."""


class Client:
    """One kept connection."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def open(self) -> None:
        """Connect."""
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port, limit=2**20)

    async def get(self, place: str) -> tuple[int, float]:
        """The status of a page, and how many seconds it took."""
        begun = time.perf_counter()
        self._writer.write(f"GET {place} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n\r\n".encode())
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        length = re.search(r"(?i)content-length: (\d+)", head)
        await self._reader.readexactly(int(length[1]) if length else 0)
        return int(head.split()[1]), time.perf_counter() - begun


@dataclass(frozen=True, slots=True)
class Figures:
    """How some requests were answered: how many, in how many seconds, with how much work, times sorted."""

    what: str
    seconds: float
    work: float
    times: Sequence[float]
    failed: int

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.times) / self.seconds

    def slowest(self, share: float) -> float:
        """Milliseconds that a share of the answers did not exceed."""
        return self.times[min(int(len(self.times) * share), len(self.times) - 1)] * 1e3

    @property
    def cpu(self) -> float:
        """Milliseconds of the server's processors for one answer."""
        return self.work / len(self.times) * 1e3

    def row(self) -> str:
        """A row of the table."""
        rate = f"{self.rate:,.0f}" if self.rate >= 10 else f"{self.rate:.1f}"
        times = " | ".join(f"{self.slowest(share):,.1f} ms" for share in (0.5, 0.99))
        return f"| {self.what} | {rate} | {times} | {self.cpu:.2f} ms |"


class Server:
    """``communique serve`` in processes of its own."""

    def __init__(self, ledger: Path, workers: int) -> None:
        self._begun = time.perf_counter()
        words = [sys.executable, "-c", PROGRAM, "serve", "--ledger", str(ledger), "--port", "0", "--no-open"]
        self._process = subprocess.Popen([*words, "--workers", str(workers)], stderr=subprocess.PIPE, text=True)
        assert self._process.stderr
        told = next(line for line in self._process.stderr if "at http" in line)
        self.port = int(told.partition("127.0.0.1:")[2].split()[0])

    def ready(self) -> str:
        """Wait until it answers; how long that took, and what it has in memory then."""
        self.ask("", of_kind("", ["/about"]), 1, 600)
        elapsed = time.perf_counter() - self._begun
        return f"{elapsed:.0f} s ({self.work:.0f} s of CPU), {self.memory:,.0f} MB"

    def end(self) -> None:
        """Have it end."""
        self._process.terminate()
        self._process.communicate(timeout=60)

    @property
    def processes(self) -> list[int]:
        """The one that listens, and its workers."""
        listed = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text("utf-8")
        return [self._process.pid, *map(int, listed.split())]

    @property
    def work(self) -> float:
        """The seconds of processor used so far."""
        return sum(map(_work, self.processes))

    @property
    def memory(self) -> float:
        """MB held; what processes share is counted once."""
        return sum(map(_memory, self.processes))

    def ask(self, what: str, places: Iterator[Place], clients: int, seconds: float) -> tuple[Figures, ...]:
        """Ask until there are no more places or time is over: the figures of all, then those of each kind."""
        begun, worked = time.perf_counter(), self.work
        times, failed = asyncio.run(_asked(self.port, places, clients, seconds))
        elapsed, worked = time.perf_counter() - begun, self.work - worked
        every = sorted(t for taken in times.values() for t in taken)
        return (
            Figures(what, elapsed, worked, every, failed),
            *(Figures(kind, elapsed, 0, sorted(times[kind]), 0) for kind in sorted(times)),
        )


@contextmanager
def serving(ledger: Path, workers: int) -> Iterator[Server]:
    """A server with nothing in memory."""
    server = Server(ledger, workers)
    try:
        yield server
    finally:
        server.end()


async def _asked(
    port: int, places: Iterator[Place], clients: int, seconds: float
) -> tuple[Mapping[str, list[float]], int]:
    times: dict[str, list[float]] = defaultdict(list)
    failed, stop = 0, time.perf_counter() + seconds

    async def one() -> None:
        nonlocal failed
        client = Client(port)
        await client.open()
        for kind, place in places:
            status, took = await client.get(place)
            times[kind].append(took)
            failed += status >= 400
            if time.perf_counter() > stop:
                return

    await asyncio.gather(*(one() for _ in range(clients)))
    return times, failed


def of_kind(kind: str, addresses: Iterable[str]) -> Iterator[Place]:
    """Addresses of one kind."""
    return ((kind, address) for address in addresses)


def _work(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(process: int) -> float:
    held = Path(f"/proc/{process}/smaps_rollup").read_text("utf-8")
    found = re.search(r"Pss:\s+(\d+)", held)
    return int(found[1]) / 1024 if found else 0.0

