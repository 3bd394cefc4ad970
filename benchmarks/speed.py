"""How many documents a minute one core reads, and where the time goes.

usage: speed.py [FILE.jsonl.gz] [--limit N]

Without a file, the White House readouts of ../shared/corpora. Documents are loaded before the clock starts.
"""

from __future__ import annotations

import argparse
from itertools import islice
from pathlib import Path
from time import perf_counter

from communique.knowledge import load
from communique.model import Document
from communique.pipeline import Timings, read_document
from communique.sources import read_inputs

READOUTS = Path(__file__).parents[2] / "shared" / "corpora" / "white_house_readouts_2021_22.jsonl.gz"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=READOUTS)
    parser.add_argument("--limit", type=int, default=1000)
    given = parser.parse_args()
    found = (one for one in read_inputs((given.file,)) if isinstance(one, Document))
    documents, knowledge, clock = list(islice(found, given.limit)), load(), Timings()
    read_document(documents[0], knowledge)  # what is built once is built now
    start = perf_counter()
    records = sum(len(read_document(document, knowledge, clock).reports) for document in documents)
    took = perf_counter() - start
    print(f"{len(documents)} documents, {records} contacts in {took:.1f} s: {60 * len(documents) / took:,.0f} a minute")
    for stage, seconds in sorted(clock.seconds.items(), key=lambda pair: -pair[1]):
        print(f"  {stage:12} {seconds:6.1f} s")


if __name__ == "__main__":
    main()
