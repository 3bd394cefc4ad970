"""How long each picture takes on a ledger of generated documents, the first time and again: seconds of this processor.

usage: python benchmarks/pictures.py [--documents N] [--ledger FILE]

The ledger (of the generator of reconcile.py) is made unless FILE is there already. What pages keep of a revision is
worked out before; its time is printed too.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from communique.knowledge.registry import load_registry
from communique.pictures import ask
from communique.pictures.picture import Picture
from communique.views.contacts import Wanted
from communique.views.shelf import Held, Shelf
from serve import make

TWO_MONTHS = Wanted(since=date(2021, 1, 1), until=date(2021, 2, 28))


def pictures(held: Held) -> dict[str, Callable[[], Picture]]:
    """What is drawn: of the first person and pair that the ledger names."""
    ledger, registry = held.snapshot, held.registry
    person = next(p.name for row in held.rows for p in row.parties if p.name)
    one, other = sorted(next(row.sides for row in held.rows if len(row.sides) == 2))[:2]
    pair = Wanted(between=(one, other))
    return {
        "calendar of a pair": lambda: ask.calendar(ledger, registry, pair, kept=held),
        "calendar of a person": lambda: ask.calendar(ledger, registry, Wanted(person=person), kept=held),
        "lanes of a pair": lambda: ask.timeline(ledger, registry, (one, other), kept=held),
        "network of people": lambda: ask.network(ledger, "people", kept=held),
        "network, two months": lambda: ask.network(ledger, "people", TWO_MONTHS, kept=held),
        "network of states": lambda: ask.network(ledger, "states", kept=held),
    }


def taken(make_picture: Callable[[], Picture]) -> tuple[float, int]:
    """Seconds, and bytes of SVG."""
    begun = time.process_time()
    size = len(make_picture().inline())
    return time.process_time() - begun, size


def run(path: Path) -> None:
    begun = time.perf_counter()
    with Shelf(path, load_registry(())) as shelf:
        held = shelf.now()
        kept = len(held.rows) + len(held.plans) + len(held.lines) + len(held.coverage.sources)
        print(f"{len(held.snapshot.documents):,} documents, {len(held.rows):,} contacts; {kept:,} rows kept", end="")
        print(f" after {time.perf_counter() - begun:.1f} s")
        for name, drawn in pictures(held).items():
            (first, size), (again, _) = taken(drawn), taken(drawn)
            print(f"{name:<24}{first * 1000:8.0f} ms, again {again * 1000:6.0f} ms {size / 1000:8.0f} kB", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--ledger", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = chosen.ledger or Path(folder) / "ledger.db"
        if not path.exists():
            make(path, chosen.documents)
        run(path)


if __name__ == "__main__":
    main()
