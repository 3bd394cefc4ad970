"""Which share of the parties in annotated contacts the actor finder names at all.

usage: python benchmarks/actors_recall.py GOLD.jsonl DOCS.jsonl [--misses N]

A party counts as named when some mention in its document stands for the same side and the same person (or, for a body,
for the side as such); names are compared across transliterations. This bounds what the contact rules can reach.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from communique.extract.actors import find_actors
from communique.knowledge.names import keys, same_name
from communique.knowledge.registry import Registry, load_registry
from communique.model import Document, Party
from communique.text import split


def lines(path: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines() if line.strip()]


def parties(record: dict[str, Any], registry: Registry) -> set[Party]:
    document = Document(record["id"], record["text"], record.get("title"), url=record.get("url"))
    published = (record.get("published") or "")[:10]
    day = date.fromisoformat(published) if len(published) == 10 else None
    found = find_actors(document, split(document), registry, day)
    return {party for mentions in found for mention in mentions for party in mention.parties}


def named(gold: dict[str, Any], found: set[Party], registry: Registry) -> bool:
    side = gold.get("state") or registry.side(gold.get("organisation") or "") or gold.get("organisation")
    same = [party for party in found if party.side == side]
    if not gold.get("name"):
        return any(party.name is None for party in same)
    words = keys(gold["name"])
    return any(same_name(keys(p.name), words) or same_name(words, keys(p.name)) for p in same if p.name)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold")
    parser.add_argument("docs")
    parser.add_argument("--misses", type=int, default=0)
    options = parser.parse_args()
    registry = load_registry()
    records = {record["id"]: record for record in lines(options.docs)}
    total: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    for gold in lines(options.gold):
        found = parties(records[gold["id"]], registry)
        source = gold["id"].split("-")[0]
        for party in (p for contact in gold["contacts"] for p in contact["parties"]):
            right = named(party, found, registry)
            total.update((source, "all"))
            hits.update((source, "all") if right else ())
            if not right and options.misses:
                options.misses -= 1
                print("missed", gold["id"], party.get("name"), party.get("state") or party.get("organisation"))
    for source, count in sorted(total.items()):
        print(f"{source:<12}{hits[source]:>6} of {count:<6}{hits[source] / count:.3f}")


if __name__ == "__main__":
    main()
