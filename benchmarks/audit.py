"""Precision by reading: draw contacts from all English corpora, have critics judge each against its text, sum up.

usage: audit.py draw OUT.jsonl [--n 400] [--seed 2026-11-22] [FILE.jsonl.gz…]
       audit.py sum VERDICTS.csv…

``draw`` reads every document of the corpora and keeps the contacts with the smallest hash of seed, document and
report: the same sample whatever the order of reading, each contact as likely as another. OUT holds the texts, for the
critics only. VERDICTS holds none: corpus, document, report, verdict, kinds. Verdicts: ``strict`` (the document tells of
this contact, and its status, channel, days and parties are right), ``right`` (it tells of it, something of these is
wrong), ``wrong`` (it tells of no such contact), ``twice`` (it is told already by another report of the document).
``kinds`` names what is wrong, by words of ``KINDS``, joined by ``+``. Precision counts strict and right.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import heapq
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from communique.knowledge import load
from communique.model import Document, Report
from communique.pipeline import read_document
from communique.views.records import report_record
from offsets import documents, english

VERDICTS = ("strict", "right", "wrong", "twice")
KINDS = (
    "no-contact", "domestic", "promise", "other-event", "wrong-person", "wrong-side", "party-missing", "party-extra",
    "status", "channel", "day", "duplicate",
)  # fmt: skip
LISTS = ("us_travels", "us_visits", "factbook", "leaders")  # rows of logs and tables, no running text
COLUMNS = ("corpus", "document", "report", "verdict", "kinds")


def rank(seed: str, document: str, report: str) -> str:
    return hashlib.sha256(f"{seed}\0{document}\0{report}".encode("utf-8", "surrogatepass")).hexdigest()


def contacts(paths: Sequence[Path]) -> Iterator[tuple[str, Document, Report]]:
    knowledge = load()
    for path in paths:
        for document in documents(path):
            for report in read_document(document, knowledge).reports:
                yield path.name.split(".")[0], document, report


def draw(paths: Sequence[Path], n: int, seed: str) -> tuple[list[dict[str, Any]], Counter[str]]:
    """The sample, and how many contacts each corpus has."""
    counts: Counter[str] = Counter()
    kept: list[tuple[int, str, dict[str, Any]]] = []
    for corpus, document, report in contacts(paths):
        counts[corpus] += 1
        key = rank(seed, document.id, report.id)
        entry = (-int(key[:15], 16), key, shown(corpus, document, report))
        heapq.heappush(kept, entry) if len(kept) < n else heapq.heappushpop(kept, entry)
    return [row for _, _, row in sorted(kept, key=lambda e: e[1])], counts


def shown(corpus: str, document: Document, report: Report) -> dict[str, Any]:
    head = {"corpus": corpus, "document": document.id, "report": report.id, "published": document.published.edtf}
    return head | {"contact": report_record(report, document), "title": document.title, "text": document.text}


def verdicts(paths: Sequence[Path]) -> list[dict[str, str]]:
    rows = [row for path in paths for row in csv.DictReader(path.open(encoding="utf-8", newline=""))]
    for row in rows:
        unknown = [k for k in row["kinds"].split("+") if k and k not in KINDS]
        if row["verdict"] not in VERDICTS or unknown:
            raise SystemExit(f"{row}: verdict is one of {', '.join(VERDICTS)}; kinds are of {', '.join(KINDS)}")
    return rows


def summed(rows: Sequence[dict[str, str]]) -> str:
    lines = [f"{'corpus':32} contacts precision strict"]
    groups = {corpus: {corpus} for corpus in sorted({r["corpus"] for r in rows})}
    groups |= {"texts": {c for c in groups if not c.startswith(LISTS)}, "all": set(groups)}
    for name, corpora in groups.items():
        mine = [r["verdict"] for r in rows if r["corpus"] in corpora]
        told, strict = sum(v in ("strict", "right") for v in mine), mine.count("strict")
        lines.append(f"{name:32} {len(mine):8} {told / len(mine):9.3f} {strict / len(mine):6.3f}")
    kinds = Counter(kind for r in rows for kind in r["kinds"].split("+") if kind)
    return "\n".join((*lines, "", *(f"{kind:16} {n}" for kind, n in kinds.most_common())))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True, dest="command")
    drawing = commands.add_parser("draw")
    drawing.add_argument("out", type=Path)
    drawing.add_argument("files", nargs="*", type=Path)
    drawing.add_argument("--n", type=int, default=400)
    drawing.add_argument("--seed", default="2026-11-22")
    summing = commands.add_parser("sum")
    summing.add_argument("verdicts", nargs="+", type=Path)
    given = parser.parse_args()
    if given.command == "sum":
        print(summed(verdicts(given.verdicts)))
        return
    rows, counts = draw(given.files or english(), given.n, given.seed)
    given.out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    print(*(f"{corpus:32} {n:7} contacts" for corpus, n in sorted(counts.items())), sep="\n", file=sys.stderr)


if __name__ == "__main__":
    main()
