"""Feeds bytes that no one would write to what reads strangers' bytes, guided by coverage (atheris).

    python benchmarks/fuzz.py text --seconds 600
    python benchmarks/fuzz.py lines --runs 2000

Nothing may be raised but what each reader says it raises; whatever is, is a fault, and atheris keeps the bytes.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable

import atheris

with atheris.instrument_imports(include=["communique"]):
    from communique.errors import CommuniqueError
    from communique.knowledge.phrases import PhraseError, compile_phrase
    from communique.sources.catalogue import SetAsideError
    from communique.sources.gate import decode
    from communique.sources.lines import read_lines
    from communique.sources.markup import tamed
    from communique.sources.options import SourceOptions
    from communique.sources.plain import read_plain
    from communique.sources.table import read_table
    from communique.sources.web.feeds import FeedError, named_in, parse

OPTIONS = SourceOptions(max_bytes=100_000)


def text(data: bytes) -> None:
    read_plain(data, "x", OPTIONS)


def lines(data: bytes) -> None:
    list(read_lines(io.BufferedReader(io.BytesIO(data)), "x", OPTIONS))  # type: ignore[arg-type]


def table(data: bytes) -> None:
    list(read_table(io.BufferedReader(io.BytesIO(data)), "x", OPTIONS))  # type: ignore[arg-type]


def page(data: bytes) -> None:
    tamed(decode(data).text)


def feed(data: bytes) -> None:
    parse(data)


def opml(data: bytes) -> None:
    named_in(data)


def phrase(data: bytes) -> None:
    compile_phrase(data.decode("utf-8", "replace"), {})


TARGETS: dict[str, Callable[[bytes], None]] = {
    "text": text, "lines": lines, "table": table, "page": page, "feed": feed, "opml": opml, "phrase": phrase,
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--runs", type=int, default=-1)
    parser.add_argument("--keep", default="", metavar="FOLDER/", help="where bytes go that show a fault")
    given = parser.parse_args()

    def one(data: bytes) -> None:
        try:
            TARGETS[given.target](data)
        except (SetAsideError, FeedError, CommuniqueError, PhraseError):
            return

    limits = [f"-max_total_time={given.seconds}", f"-runs={given.runs}", "-seed=1", "-verbosity=0"]
    limits += [f"-artifact_prefix={given.keep}"] if given.keep else []
    atheris.Setup([sys.argv[0], *limits], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
