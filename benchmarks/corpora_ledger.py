"""One ledger of all English corpora, and what is to be looked at in it.

usage: python benchmarks/corpora_ledger.py [--corpora DIR] [--ledger FILE] [--jobs N] [--every N] [--show N] [--orders]

Official readouts of the White House, the Kremlin and Ukraine's president (2021–22), articles of May 2025 and wire items
of 1987 are read into FILE (a ledger that is there already is gone on with), and what it then holds is counted.
``--show`` prints so many contacts with several reports, spread evenly over the ledger, with the words of every report.
``--orders`` builds the ledger three times more (the files in another order, one run for each file, and by one process
instead of several) and compares the exports byte by byte. ``--every`` reads only every so manieth document.
"""

from __future__ import annotations

import argparse
import gzip
import io
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import redirect_stdout
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from communique.cli.main import COMMANDS, run
from communique.cli.session import Session
from communique.cli.words import document_words, quote_words
from communique.views.contacts import ContactRow, contact_rows
from communique.views.snapshot import Snapshot
from communique.views.words import parties_words

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora"
NAMES = (
    "white_house_readouts_2021_22",
    "kremlin_en_half",
    "ukraine_president_en_half",
    "news_2025_05_20_22",
    "reuters_1987_part",
)
QUESTIONS = (
    ("contacts", "--json"),
    ("plans", "--json"),
    ("agreements", "--json"),
    ("claims", "--check", "--json"),
    ("export", "jsonl"),
)
QUOTE = 220


def corpora(folder: Path, every: int, scratch: Path) -> list[str]:
    """The files to read: the corpora themselves, or thinned copies of them."""
    found = [folder / f"{name}.jsonl.gz" for name in NAMES]
    return [str(path if every == 1 else _thinned(path, every, scratch)) for path in found if path.is_file()]


def _thinned(path: Path, every: int, scratch: Path) -> Path:
    thin = scratch / path.name.removesuffix(".gz")
    with gzip.open(path, "rt", encoding="utf-8") as lines, thin.open("w", encoding="utf-8") as out:
        out.writelines(line for number, line in enumerate(lines) if number % every == 0)
    return thin


def build(ledger: Path, files: Iterable[str], jobs: int) -> None:
    """Read the files into a ledger by one command; stops the program if that fails."""
    code = run(["read", "--ledger", str(ledger), "--jobs", str(jobs), *files])
    if code not in (0, 3):
        sys.exit(code)


def exports(ledger: Path) -> dict[str, str]:
    """The hash of the answer to each question."""
    answers = {}
    for question in QUESTIONS:
        if question[0] in COMMANDS:
            out = io.StringIO()
            with redirect_stdout(out):
                run([*question, "--ledger", str(ledger)])
            answers[" ".join(question)] = sha256(out.getvalue().encode()).hexdigest()[:16]
    return answers


def orders(files: Sequence[str], jobs: int, first: Path, folder: Path) -> bool:
    """True if other orders, several runs and one process give the same exports."""
    ways: dict[str, tuple[list[list[str]], int]] = {
        "files in reverse": ([list(reversed(files))], jobs),
        "one run a file": ([[file] for file in sorted(files, key=lambda f: sha256(f.encode()).digest())], jobs),
        "one process": ([list(files)], 1),
    }
    wanted = exports(first)
    print("asked", wanted)
    same = True
    for name, (runs, workers) in ways.items():
        ledger = folder / f"{name.replace(' ', '-')}.db"
        for part in runs:
            build(ledger, part, workers)
        found = exports(ledger)
        print(name, "the same" if found == wanted else f"DIFFERENT: {found}")
        same &= found == wanted
    return same


def counts(ledger: Snapshot, rows: Sequence[ContactRow]) -> Iterator[str]:
    """What is in the ledger."""
    statuses = Counter(row.status for row in rows)
    voices = [{ledger.issuers.of(ledger.documents[d]) for d in row.documents} & row.sides for row in rows]
    yield f"documents {len(ledger.documents)}, reports {len(ledger.reports)}, contacts {len(rows)}"
    yield "  " + ", ".join(f"{status} {n}" for status, n in statuses.most_common())
    yield f"  told by several documents {sum(len(row.documents) > 1 for row in rows)}"
    yield f"  with readouts of several sides {sum(len(sides) > 1 for sides in voices)}"
    yield f"  disputed in some field {sum(bool(row.disputed) for row in rows)}"
    yield f"  plans that were fulfilled {len(ledger.fulfilled)}"
    yield f"claims {len(ledger.claims)}, steps of agreements {len(ledger.agreements)}"


def told(ledger: Snapshot, row: ContactRow) -> Iterator[str]:
    """A contact with the words of every report."""
    when = row.when.edtf if row.when else "undated"
    yield ""
    yield f"{row.id} · {row.status} · {row.channel} · {when} · {row.place or ''} · {parties_words(row.parties)}"
    yield f"  reports {row.reports}, outlets {row.outlets}, independent {row.independent}; disputed {row.disputed}"
    for report in ledger.accounts(row.id):
        document = ledger.documents[report.document]
        day = report.when.value.edtf if report.when else "-"
        said = f"{report.status.value} {report.channel.value} {day}"
        yield f"  {report.id} {document_words(document)} [{said}] {parties_words(p.value for p in report.parties)}"
        yield f"      {quote_words(document, report.quotes[0])[:QUOTE]}"


def main() -> None:
    """Build, count, and show what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=CORPORA)
    parser.add_argument("--ledger", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--orders", action="store_true")
    options = parser.parse_args()
    with TemporaryDirectory() as scratch:
        ledger = options.ledger or Path(scratch) / "corpora.db"
        files = corpora(options.corpora, options.every, Path(scratch))
        build(ledger, files, options.jobs)
        held = Session(ledger).snapshot()
        rows = contact_rows(held)
        print("\n".join(counts(held, rows)))
        several = [row for row in rows if len(row.documents) > 1]
        for row in several[:: max(1, len(several) // options.show)][: options.show] if options.show else ():
            print("\n".join(told(held, row)))
        if options.orders and not orders(files, options.jobs, ledger, Path(scratch)):
            sys.exit(1)


if __name__ == "__main__":
    main()
