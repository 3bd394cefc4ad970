"""Does every quote lie at its offsets? All records of all documents of all English corpora, without an exception.

usage: offsets.py [FILE.jsonl.gz…] [--every N]

Prints for each file: documents, records, spans, faults. The exit code is 1 if there is any fault. Without files, all
English corpora of ../shared/corpora are read.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from communique.knowledge import load
from communique.ledger.fields import all_cited
from communique.model import AgreementAction, Claim, Document, Reading, Report, Span, When
from communique.pipeline import read_document
from communique.sources import read_inputs
from communique.views.records import reading_record

CORPORA = Path(__file__).parents[2] / "shared" / "corpora"
OTHER_LANGUAGES = ("cctv_zh", "kremlin_ru")
Record = Report | Claim | AgreementAction


def english(folder: Path = CORPORA) -> tuple[Path, ...]:
    return tuple(p for p in sorted(folder.glob("*.jsonl.gz")) if not p.name.startswith(OTHER_LANGUAGES))


def documents(path: Path, every: int = 1) -> Iterator[Document]:
    found = (one for one in read_inputs((path,)) if isinstance(one, Document))
    return islice(found, 0, None, every)


def spans(record: Record) -> Iterator[Span]:
    """Every place in the document that a record cites, anchors of dates included."""
    yield from record.quotes
    if isinstance(record, Report):
        yield record.trigger
    for _, _, cited in all_cited(record):
        yield cited.span
        if isinstance(cited.value, When) and cited.value.anchor_span:
            yield cited.value.anchor_span


def records(reading: Reading) -> tuple[Record, ...]:
    return (*reading.reports, *reading.claims, *reading.agreements)


def faults(reading: Reading) -> Iterator[str]:
    """Spans that lie outside their document or hold nothing, records without a quote, printed quotes that differ."""
    document = reading.document
    for record in records(reading):
        if not record.quotes:
            yield f"{document.id}: {record.id} has no quote"
        for span in spans(record):
            part = document.part(span.part)
            if span.document != document.id or not 0 <= span.start < span.stop <= len(part):
                yield f"{document.id}: {record.id} cites {span}, which does not lie in {len(part)} characters"
            elif not part[span.start : span.stop].strip():
                yield f"{document.id}: {record.id} cites only blanks at {span}"
    yield from _printed(reading)


def _printed(reading: Reading) -> Iterator[str]:
    line, document = reading_record(reading), reading.document
    for record in (*line["contacts"], *line["claims"], *line["agreements"]):
        for quote in record["quotes"]:
            if document.part(quote.get("in", "text"))[quote["start"] : quote["end"]] != quote["text"]:
                yield f"{document.id}: {quote} is not what stands there"


def check(path: Path, every: int) -> tuple[Counter[str], list[str]]:
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    knowledge = load()
    for document in documents(path, every):
        reading = read_document(document, knowledge)
        counts["documents"] += 1
        counts["records"] += len(records(reading))
        counts["spans"] += sum(1 for record in records(reading) for _ in spans(record))
        wrong += faults(reading)
    return counts, wrong


def main(arguments: Iterable[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--every", type=int, default=1)
    given = parser.parse_args(arguments if arguments is None else list(arguments))
    all_wrong: list[str] = []
    for path in given.files or english():
        counts, wrong = check(path, given.every)
        numbers = "  ".join(f"{name} {counts[name]:6}" for name in ("documents", "records", "spans"))
        print(f"{path.name.split('.')[0]:32} {numbers}  faults {len(wrong)}", flush=True)
        all_wrong += wrong
    print(*all_wrong, sep="\n", file=sys.stderr)
    return int(bool(all_wrong))


if __name__ == "__main__":
    sys.exit(main())
