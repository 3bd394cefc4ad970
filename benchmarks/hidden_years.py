"""Hide the publication dates of documents, strike the years out of their text, and see which years come back.

usage: hidden_years.py FILE.jsonl.gz… [--limit N] [--misses]

For each file: how many documents get a year or candidates, how often the true year is among them, how many get a single
year, and how often that one is right.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from communique.extract.dating import infer_published
from communique.extract.times import find_times
from communique.knowledge.registry import load_registry
from communique.model import Document, Published
from communique.text import split

YEAR = re.compile(r"[,/.-]?\s?\b(?:19|20)\d\d\b(?:['’]s)?")


def documents(path: Path) -> Iterator[tuple[int, Document]]:
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:  # type: ignore[operator]
        for line in lines:
            row = json.loads(line)
            if row.get("published"):
                text, title = (YEAR.sub("", row.get(part) or "") for part in ("text", "title"))
                yield int(row["published"][:4]), Document(row["id"], text, title, publisher=row.get("source"))


def infer(document: Document) -> Published:
    sentences = split(document)
    times = find_times(document, sentences, None)
    return infer_published(document, sentences, load_registry(), times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--limit", type=int, default=10**9)
    parser.add_argument("--misses", action="store_true")
    arguments = parser.parse_args()
    whole: Counter[str] = Counter()
    for path in arguments.files:
        counts = measure(path, arguments.limit, arguments.misses)
        whole += counts
        report(path.name.split(".")[0], counts)
    report("all", whole)


def measure(path: Path, limit: int, misses: bool) -> Counter[str]:
    counts: Counter[str] = Counter()
    for number, (year, document) in enumerate(documents(path)):
        if number >= limit:
            break
        counts["documents"] += 1
        published = infer(document)
        years = {int(v[:4]) for v in (published.edtf, *published.candidates) if v}
        counts["dated"] += bool(years)
        counts["held"] += year in years
        counts["single"] += len(years) == 1
        counts["right"] += years == {year}
        if misses and years and year not in years:
            print(document.id, year, sorted(years), *published.reasons, sep="\n    ")
    return counts


def report(name: str, counts: Counter[str]) -> None:
    documents_, dated, single = counts["documents"], counts["dated"], counts["single"]
    print(
        f"{name:32} documents {documents_:5}  given candidates {dated / max(documents_, 1):6.1%}  "
        f"true year among them {counts['held'] / max(dated, 1):6.1%}  single year {single / max(documents_, 1):6.1%}  "
        f"right {counts['right'] / max(single, 1):6.1%}"
    )


if __name__ == "__main__":
    main()
