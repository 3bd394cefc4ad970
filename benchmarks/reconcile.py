"""How fast reports become contacts, in how much memory, and how often rightly: synthetic reports with known truth.

usage: python benchmarks/reconcile.py [SIZE…] [--seed N] [--plot FILE.svg]

Sizes are numbers of reports (default: 10000 100000 1000000). Every size runs in a process of its own, so that its
memory can be told. Printed are pairwise precision, recall and F1 against the truth, CPU seconds, peak memory, and the
exponent of growth between the first and the last size (n log n gives about 1.1).

The world: leaders of states in calls, video talks, meetings and letters, some pairs far more often than others, also on
days that follow each other; each contact told of by the readouts of both sides
in their own time zones, by outlets (some dated a day late, some
without a name), announced before and mentioned long after; a few reports are vague or have no date.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from communique.model import Channel, Cited, Contact, Document, Party, Published, Report, Span, Status, When
from communique.reconcile import Issuers, reconcile
from communique.reconcile.issuers import seat_clocks

START = date(1985, 1, 1)
DAYS = 14610
CLOCKS = seat_clocks()
STATES = sorted(code for code in CLOCKS if len(code) == 3 and code.isupper())[:160]
OUTLETS = [f"Outlet {n}" for n in range(300)]
CHANNELS: tuple[Channel, ...] = ("phone", "phone", "meeting", "meeting", "video", "message")
ISSUERS = Issuers(seats={f"seat of {code.lower()}": code for code in STATES})


def leader(state: str, rank: int) -> Party:
    """A leader or minister with a name that is nobody else's."""
    syllables = ("ba", "do", "ki", "lu", "mer", "nox", "pra", "ste", "vul", "zan")
    number = STATES.index(state) * 3 + rank
    name = "".join(syllables[int(d)] for d in f"{number:04d}")
    return Party(f"{name[:4].title()} {name.title()}", state, None, "President", "leader" if rank == 0 else "minister")


class World:
    """Contacts drawn one by one; documents are made again when asked for, so that they take no memory."""

    def __init__(self, size: int, seed: int) -> None:
        self.size, self.seed = size, seed
        self.truth: list[int] = []

    def reports(self) -> Iterator[Report]:
        """The reports, ``r<n>`` in document ``d<n>|<published>|<issuer>|<seed of its words>``."""
        dice = random.Random(self.seed)
        for contact, told in enumerate(self._contacts(dice)):
            for report in told:
                self.truth.append(contact if report.status.value == "held" else -contact - 1)
                yield report
                if len(self.truth) == self.size:
                    return

    def _contacts(self, dice: random.Random) -> Iterator[Iterator[Report]]:
        while True:
            a, b = _skewed(dice, STATES), dice.choice(STATES)
            while a == b:
                b = dice.choice(STATES)
            rank = 0 if dice.random() < 0.7 else dice.choice((1, 2))
            parties = (leader(a, rank), leader(b, rank))
            day = START + timedelta(dice.randrange(DAYS))
            channel = dice.choice(CHANNELS)
            yield self._accounts(dice, parties, day, channel)
            if dice.random() < 0.05:
                yield self._accounts(dice, parties, day + timedelta(1), channel)

    def _accounts(
        self, dice: random.Random, parties: tuple[Party, Party], day: date, channel: Channel
    ) -> Iterator[Report]:
        days = _days(dice, day, parties)
        if dice.random() < 0.15:
            told = day - timedelta(dice.randint(1, 6))
            yield self._report(dice, parties, day, channel, told, dice.choice(OUTLETS), "planned")
        for party, seen in zip(parties, days, strict=True):
            if dice.random() < 0.6:
                yield self._report(dice, parties, seen, channel, seen, f"Seat of {party.state}")
        last: Report | None = None
        for _ in range(min(int(dice.paretovariate(1.3)), 40)):
            if last and dice.random() < 0.3:
                yield self._copy(dice, last)
            else:
                last = self._outlet(dice, parties, days[dice.random() < 0.2], channel)
                yield last

    def _outlet(self, dice: random.Random, parties: tuple[Party, Party], day: date, channel: Channel) -> Report:
        late = int(dice.expovariate(0.8)) if dice.random() < 0.9 else dice.randint(30, 2000)
        told = day + timedelta(late)
        said: Channel = channel if dice.random() < 0.85 or channel == "message" else "unspecified"
        return self._report(dice, parties, day, said, told, dice.choice(OUTLETS))

    def _copy(self, dice: random.Random, report: Report) -> Report:
        """The same words in another paper, some days later."""
        _, told, _, words = report.document.split("|")
        day = date.fromisoformat(told) + timedelta(dice.randrange(3))
        document = f"d{len(self.truth)}|{day.isoformat()}|{dice.choice(OUTLETS)}|{words}"
        return replace(report, id=f"r{len(self.truth):07d}", document=document)

    def _report(
        self,
        dice: random.Random,
        parties: tuple[Party, Party],
        day: date,
        channel: Channel,
        told: date,
        publisher: str,
        status: Status = "held",
    ) -> Report:
        number = len(self.truth)
        document = f"d{number}|{told.isoformat()}|{publisher}|{number}"
        span = Span(document, 0, 10)
        when = _when(dice, day, told)
        named = parties if dice.random() < 0.95 else (parties[0], replace(parties[1], name=None))
        return Report(
            id=f"r{number:07d}",
            document=document,
            trigger=span,
            quotes=(span,),
            parties=tuple(Cited(p, span, "synthetic") for p in named),
            channel=Cited(channel, span, "synthetic"),
            status=Cited(status, span, "synthetic"),
            when=Cited(when, span, "synthetic") if when else None,
        )


def _days(dice: random.Random, day: date, parties: tuple[Party, Party]) -> tuple[date, date]:
    """The day of a contact by the clock of either side; it is held when both are awake, if they ever are."""
    here, there = (CLOCKS[p.state or ""] for p in parties)
    for _ in range(12):
        hour = dice.uniform(7, 23)
        if 7 <= (hour + there - here) % 24 <= 23:
            break
    return day, day + timedelta((hour + there - here) // 24)


def _skewed(dice: random.Random, states: list[str]) -> str:
    """Some states are far busier than others."""
    return states[min(int(dice.paretovariate(0.5)) - 1, len(states) - 1)]


def _when(dice: random.Random, day: date, told: date) -> When | None:
    chance = dice.random()
    if chance < 0.03:
        return None
    if chance < 0.06:
        first = day.replace(day=1)
        last = (first + timedelta(31)).replace(day=1) - timedelta(1)
        return When(f"{day:%Y-%m}", first, last, "explicit")
    if chance < 0.10 and told - day == timedelta(1):
        return When(told.isoformat(), told, told, "publication-default")
    return When(day.isoformat(), day, day, "explicit")


class Documents(Mapping[str, Document]):
    """All documents of the world, each made from its own id."""

    def __getitem__(self, name: str) -> Document:
        """The document with this id."""
        _, told, publisher, words = name.split("|")
        dice = random.Random(words)
        text = " ".join(f"w{dice.randrange(5000)}" for _ in range(60))
        return Document(name, text, publisher=publisher, published=Published(told, "given"))

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def pairwise(truth: list[int], contacts: Iterable[Contact]) -> tuple[float, float, float]:
    """Precision, recall and F1 over pairs of reports of one contact."""
    cells: Counter[tuple[int, int]] = Counter()
    found: Counter[int] = Counter()
    for number, contact in enumerate(contacts):
        for report in contact.reports:
            cells[number, truth[int(report[1:])]] += 1
            found[number] += 1
    right, made, real = (sum(n * (n - 1) // 2 for n in c.values()) for c in (cells, found, Counter(truth)))
    precision, recall = right / made if made else 1.0, right / real if real else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0


def measure(size: int, seed: int) -> dict[str, float]:
    """One size in this process."""
    world = World(size, seed)
    start = time.process_time()
    reports = list(world.reports()) if size <= 10_000 else world.reports()
    begun = time.process_time() if size <= 10_000 else start
    contacts = reconcile(reports, Documents(), (), ISSUERS)
    seconds = time.process_time() - begun
    precision, recall, f1 = pairwise(world.truth, contacts)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "reports": size,
        "contacts": len(contacts),
        "seconds": round(seconds, 2),
        "peak_mb": round(peak),
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(f1, 4),
    }


def plot(rows: list[dict[str, float]], path: Path) -> None:
    """Seconds over reports, both logarithmic, as SVG, with the line that n log n would take."""
    first = rows[0]

    def at(n: float, seconds: float) -> str:
        return f"{60 + 180 * (math.log10(n) - 3.8):.1f},{360 - 70 * (math.log10(max(seconds, 0.01)) + 1):.1f}"

    ideal = [
        first["seconds"] * r["reports"] * math.log(r["reports"]) / (first["reports"] * math.log(first["reports"]))
        for r in rows
    ]
    lines = (([r["seconds"] for r in rows], "measured", "black"), (ideal, "n log n", "gray"))
    drawn = []
    for values, name, colour in lines:
        points = [at(r["reports"], v) for r, v in zip(rows, values, strict=True)]
        x, y = points[-1].split(",")
        drawn.append(f'<polyline fill="none" stroke="{colour}" points="{" ".join(points)}"/>')
        drawn.append(f'<text x="{x}" y="{float(y) - (8 if name == "measured" else -16)}" fill="{colour}">{name}</text>')
    labels = [f'<text x="{at(r["reports"], 0.1).split(",")[0]}" y="380">{int(r["reports"]):,}</text>' for r in rows]
    body = "\n".join([*drawn, *labels, '<text x="10" y="20">seconds over reports (both logarithmic)</text>'])
    path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 400" font-size="12">\n{body}\n</svg>\n')


def main() -> None:
    """Run the sizes asked for and print one line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        print(json.dumps(measure(options.sizes[0], options.seed)))
        return
    rows = []
    for size in options.sizes:
        command = [sys.executable, __file__, str(size), "--seed", str(options.seed), "--here"]
        rows.append(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
        print(json.dumps(rows[-1]), flush=True)
    if len(rows) > 1:
        growth = math.log(rows[-1]["seconds"] / rows[0]["seconds"]) / math.log(rows[-1]["reports"] / rows[0]["reports"])
        print(json.dumps({"growth_exponent": round(growth, 3)}))
    if options.plot:
        plot(rows, options.plot)


if __name__ == "__main__":
    main()
