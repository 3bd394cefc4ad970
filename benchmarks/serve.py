"""How fast the pages of a large ledger are, and whether memory stays flat: documents of the generator of reconcile.py.

usage: python benchmarks/serve.py [--documents N] [--ledger FILE] [--workers N] [--clients N] [--seconds S]
                                  [--minutes M] [--write]

The ledger is made unless FILE is there already. ``communique serve`` runs in processes of its own; this one asks over
kept connections, all of them for different things. A first server is asked kind by kind: contacts that nobody asked for
before, the same again, searches, pictures. A second one, with nothing in memory either, is asked for a mix of
everything: S seconds from cold, then for M minutes more, while its memory is looked at. Printed are the figures of
each, those of every kind in the mix, and for each goal whether it was met; ``--write`` puts them into docs/pages.md.
One in a hundred answers took longer than p99; CPU is the server's for one answer, which also tells something where
other programs run.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote

from communique.knowledge import load
from communique.ledger import Run, open_ledger
from communique.model import Reading
from communique.reconcile import reconcile
from load import Figures, Place, Server, of_kind, serving
from reconcile import ISSUERS, Documents, World
from reconcile import STATES as ALL_STATES

STATES = tuple(code for code in ALL_STATES if code in load(()).registry.states)
RUN = Run("benchmark", "synthetic", "2026-01-01T00:00:00Z")
PAGE = Path(__file__).parents[1] / "docs" / "pages.md"
BEGINS, ENDS = "<!-- figures of benchmarks/serve.py -->", "<!-- end of the figures -->"
CONTACTS, SEARCHES, PAIRS = 2_000, 1_000, 10
FIRST, AGAIN = "contact pages, first time", "contact pages, again"
SOUGHT, DRAWN, NETWORKS = "searches", "pictures of pairs and people", "networks of all"
COLD = "a mix of everything, from cold"
#: Goals of the issue: milliseconds that one answer in a hundred may exceed, and answers a second.
SLOWEST = ((FIRST, 0.99, 150), (AGAIN, 0.99, 150), (SOUGHT, 0.99, 300), (DRAWN, 0.99, 300), (NETWORKS, 0.99, 300))
FASTEST = ((FIRST, 1_000), (AGAIN, 1_000), (COLD, 500))
FLAT = 1.05
"""Memory is flat if in the second half of the time it never was so many times what it was at half-time."""


def make(path: Path, size: int) -> None:
    """A ledger of so many documents with a report each, brought together."""
    documents, world = Documents(), World(size, 7)
    with open_ledger(path) as ledger:
        ledger.put((Reading(documents[r.document], (r,)) for r in world.reports()), RUN)
        ledger.put_contacts(reconcile(list(ledger.reports()), {d.id: d for d in ledger.documents()}, (), ISSUERS))


@dataclass(frozen=True, slots=True)
class Asking:
    """What can be asked for; the dice are the same in every run."""

    contacts: list[str]
    documents: Sequence[str]
    people: Sequence[str]
    dice: random.Random

    def state(self) -> str:
        """Any state, the busy ones as often as the others."""
        return self.dice.choice(STATES)

    def contact(self) -> str:
        """Any contact."""
        return f"/contacts/{self.dice.choice(self.contacts)}"

    def known_contact(self) -> str:
        """A contact of those that many look at."""
        return f"/contacts/{self.contacts[min(int(self.dice.paretovariate(0.6)), len(self.contacts)) - 1]}"

    def person(self) -> str:
        """Somebody who is named."""
        return quote(self.dice.choice(self.people), safe="")

    def words(self) -> str:
        """Two words of the texts."""
        return f"w{self.dice.randrange(5000)}+w{self.dice.randrange(5000)}"

    def pair(self) -> tuple[str, str]:
        """Two states."""
        first, second = sorted(self.dice.sample(STATES, 2))
        return first, second

    def picture(self) -> str:
        """A drawing of two states, of a person, or of two months."""
        month = f"{self.dice.randint(1990, 2020)}-{self.dice.randint(1, 12):02d}"
        drawings = (
            "lanes.svg?between={}&between={}".format(*self.pair()),
            "calendar.svg?between={}&between={}".format(*self.pair()),
            f"calendar.svg?person={self.person()}",
            f"network.svg?of=people&since={month}-01&until={month}-28",
        )
        return f"/pictures/{self.dice.choice(drawings)}"

    def overview(self) -> str:
        """A page that everybody passes."""
        return self.dice.choice(("/", "/contacts", "/people", "/pairs", "/sources", "/plans", "/agreements", "/about"))


#: What people ask for, and how often.
MIX: Mapping[str, tuple[float, Callable[[Asking], str]]] = {
    "contact": (0.25, Asking.contact),
    "contact that many look at": (0.20, Asking.known_contact),
    "document": (0.10, lambda asking: f"/documents/{quote(asking.dice.choice(asking.documents), safe='')}"),
    "contacts of two states": (0.10, lambda asking: "/contacts?between={}&between={}".format(*asking.pair())),
    "contacts of a year": (0.05, lambda asking: f"/contacts?year={asking.dice.randint(1985, 2024)}"),
    "person": (0.08, lambda asking: f"/people/{asking.person()}"),
    "pair": (0.05, lambda asking: "/pairs/{}/{}".format(*asking.pair())),
    "search": (0.08, lambda asking: f"/search?q={asking.words()}"),
    "picture": (0.04, Asking.picture),
    "overview": (0.05, Asking.overview),
}


def mixed(asking: Asking) -> Iterator[Place]:
    """Requests as people make them: most for something that nobody asked for before."""
    kinds, shares = tuple(MIX), [share for share, _ in MIX.values()]
    while True:
        kind = asking.dice.choices(kinds, shares)[0]
        yield kind, MIX[kind][1](asking)


def by_kind(server: Server, asking: Asking, clients: int) -> Iterator[Figures]:
    """Each kind by itself."""
    contacts = [f"/contacts/{identity}" for identity in asking.contacts[:CONTACTS]]
    again = contacts * 10
    asking.dice.shuffle(again)
    words = (f"/search?q={asking.words()}" for _ in range(SEARCHES))
    drawn = (f"/pictures/{k}.svg?between={a}&between={b}" for k in ("lanes", "calendar") for a, b in _pairs(asking))
    people = (f"/pictures/calendar.svg?person={asking.person()}" for _ in range(PAIRS))
    networks = (f"/pictures/network.svg?of={of}" for of in ("people", "states"))
    asked: tuple[tuple[str, Iterator[str], int], ...] = (
        ("the first contact page", iter([f"/contacts/{asking.contacts[-1]}"]), 1),
        (FIRST, iter(contacts), clients),
        (AGAIN, iter(again), clients),
        (SOUGHT, words, clients),
        (DRAWN, (p for some in (drawn, people) for p in some), 1),
        (NETWORKS, networks, 1),
    )
    for what, addresses, connections in asked:
        yield told(server.ask(what, of_kind(what, addresses), connections, 120)[0])


def _pairs(asking: Asking) -> list[tuple[str, str]]:
    return [asking.pair() for _ in range(PAIRS)]


def told(figures: Figures) -> Figures:
    """Printed, and handed on."""
    print(f"{figures.row()}{f' failed {figures.failed}' if figures.failed else ''}", flush=True)
    return figures


def from_cold(server: Server, asking: Asking, clients: int, seconds: float) -> Figures:
    """The mix, with nothing in memory but what a server that is ready has."""
    cold, *kinds = server.ask(COLD, mixed(asking), clients, seconds)
    for kind in kinds:
        times = f"p50 {kind.slowest(0.5):8.1f}  p99 {kind.slowest(0.99):8.1f} ms"
        print(f"    {kind.what:<28}{len(kind.times):7,}  {times}")
    return told(cold)


def over_time(server: Server, asking: Asking, clients: int, minutes: float) -> tuple[Figures, list[float]]:
    """The mix for some minutes, and the memory every tenth part of them."""
    places, held, parts = mixed(asking), [server.memory], []
    for _ in range(10):
        parts.append(server.ask("", places, clients, minutes * 6)[0])
        held.append(server.memory)
        print(f"    {held[-1]:,.0f} MB", flush=True)
    times = sorted(t for part in parts for t in part.times)
    whole = [sum(column) for column in zip(*((p.seconds, p.work, p.failed) for p in parts), strict=True)]
    return told(Figures(f"the same mix, {minutes:g} min more", whole[0], whole[1], times, int(whole[2]))), held


def goals(figures: Sequence[Figures], held: Sequence[float]) -> Iterator[tuple[str, str, bool]]:
    """Each goal, what was measured, and whether that meets it."""
    found = {one.what: one for one in figures}
    for what, share, most in SLOWEST:
        slow = found[what].slowest(share)
        yield f"{what}: p99 at most {most} ms", f"{slow:,.0f} ms", slow <= most
    for what, least in FASTEST:
        rate = found[what].rate
        yield f"{what}: at least {least:,} a second", f"{rate:,.0f}", rate >= least
    failed = sum(one.failed for one in figures)
    yield "no answer failed", f"{failed:,} failed", failed == 0
    if held:
        half = held[len(held) // 2]
        most_later = max(held[len(held) // 2 :])
        memory = " → ".join(f"{mb:,.0f}" for mb in (held[0], half, held[-1]))
        yield "memory is flat from half-time on", f"{memory} MB", most_later <= half * FLAT


def report(path: Path, chosen: argparse.Namespace) -> str:
    """Everything measured, as Markdown."""
    with open_ledger(path, read_only=True) as ledger:
        documents = [document.id for document in ledger.documents()]
        asking = Asking([contact.id for contact in ledger.contacts()], documents, ledger.names(), random.Random(1))
    asking.dice.shuffle(asking.contacts)
    held: list[float] = []
    with serving(path, chosen.workers) as server:
        ready = server.ready()
        print(f"ready after {ready}", flush=True)
        figures = list(by_kind(server, asking, chosen.clients))
    with serving(path, chosen.workers) as server:
        server.ready()
        figures.append(from_cold(server, asking, chosen.clients, chosen.seconds))
        if chosen.minutes:
            later, held = over_time(server, asking, chosen.clients, chosen.minutes)
            figures.append(later)
    begun = f"Asked over {chosen.clients} connections, {chosen.workers} workers, {os.cpu_count()} cores"
    command = f"`python benchmarks/serve.py {' '.join(sys.argv[1:])}`".replace(" `", "`")
    load_now = os.getloadavg()[2]
    lines = [
        f"On {date.today()}, {command}. {begun}; the load of the machine was {load_now:.1f}. Ready after {ready}.", "",
        "| asked | a second | median | p99 | CPU |", "|---|---|---|---|---|", *(one.row() for one in figures), "",
        "| goal | measured | met |", "|---|---|---|",
        *(f"| {goal} | {measured} | {'yes' if met else 'no'} |" for goal, measured, met in goals(figures, held)),
    ]  # fmt: skip
    return "\n".join(lines)


def written(found: str) -> None:
    """The figures into the page, in the place of those that are there."""
    page = PAGE.read_text("utf-8")
    before, _, rest = page.partition(BEGINS)
    PAGE.write_text(f"{before}{BEGINS}\n\n{found}\n\n{ENDS}{rest.partition(ENDS)[2]}", "utf-8")


def main() -> None:
    """Make the ledger, measure, print, and write if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--ledger", type=Path)
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--minutes", type=float, default=0)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = chosen.ledger or Path(folder) / "ledger.db"
        if not path.exists():
            make(path, chosen.documents)
        found = report(path, chosen)
    print(f"\n{found}")
    if chosen.write:
        written(found)


if __name__ == "__main__":
    main()
