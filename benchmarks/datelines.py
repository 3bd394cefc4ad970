"""Datelines without a year, the page's date given: how many are read as the day that they name nearest to that date.

usage: datelines.py FILE.jsonl.gz [--misses]

FILE holds {"id", "published", "text", "dateline"} a line ("dateline": "December 31"). Those within ten days of New Year
are counted once more by themselves.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from datetime import date, datetime
from pathlib import Path

from communique.extract.times import find_times
from communique.model import Document, Published
from communique.text import split


def named(dateline: str, published: date) -> date | None:
    """The day that a dateline names, in the year that brings it nearest to publication."""
    days = []
    for year in (published.year - 1, published.year, published.year + 1):
        for form in ("%B %d %Y", "%b %d %Y"):
            try:
                days.append(datetime.strptime(f"{dateline.replace('.', '')} {year}", form).date())
            except ValueError:
                continue
    return min(days, key=lambda day: abs((day - published).days), default=None)


def read(text: str, published: date) -> date | None:
    """The first day that is read in a text."""
    document = Document("d", text, published=Published(published.isoformat(), "given"))
    times = find_times(document, split(document), published)
    return next((m.when.earliest for s in times for m in s if m.when and m.when.earliest == m.when.latest), None)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--misses", action="store_true")
    arguments = parser.parse_args()
    counts: Counter[str] = Counter()
    with gzip.open(arguments.file, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            published = date.fromisoformat(row["published"][:10])
            wanted = named(row["dateline"] or "", published)
            if wanted is None:
                continue
            right = read(row["text"], published) == wanted
            turn = min(abs((published - date(y, 1, 1)).days) for y in (published.year, published.year + 1)) <= 10
            for kind in ("all", "around New Year")[: 1 + turn]:
                counts[f"{kind}: documents"] += 1
                counts[f"{kind}: right"] += right
            if arguments.misses and not right:
                print(row["id"], published, row["dateline"], read(row["text"], published), row["text"], sep=" | ")
    for kind in ("all", "around New Year"):
        number = counts[f"{kind}: documents"]
        print(f"{kind:16} datelines {number:5}  right {counts[f'{kind}: right'] / max(number, 1):7.2%}")


if __name__ == "__main__":
    main()
