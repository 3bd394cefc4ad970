"""Measure the reader on annotated documents and write the figures, with date and commands, into docs/quality.md.

usage: quality.py [--write]

Without --write the page is printed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SETS = {
    "development (94 documents)": ("gold/dev_docs.jsonl", "gold/dev.jsonl"),
    "training (443 documents; rules were developed on these)": ("gold/train_docs.jsonl", "gold/train.jsonl"),
}
NAMES = ("found", "strict", "topics", "told_by", "claims", "agreements")


def evaluated(documents: str, gold: str) -> tuple[str, dict[str, Any]]:
    """The command as typed in the project's folder, and its figures."""
    command = f"communique evaluate --documents ../shared/{documents} ../shared/{gold}"
    arguments = [sys.executable, "-c", "from communique.cli.main import main; main()", *command.split()[1:], "--json"]
    ran = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=True)
    return command, json.loads(ran.stdout)["all"]


def page() -> str:
    day = datetime.now(UTC).date().isoformat()
    parts = [HEAD.format(day=day)]
    for name, paths in SETS.items():
        command, figures = evaluated(*paths)
        rows = [
            f"| {field} | {s['precision']:.3f} | {s['recall']:.3f} | {s['f1']:.3f} |"
            for field in NAMES
            for s in (figures["scores"][field],)
        ]
        among = ", ".join(f"{field} {share:.3f}" for field, share in figures["among_found"].items())
        table = "\n".join(("| | precision | recall | F1 |", "|---|---|---|---|", *rows))
        parts.append(
            f"## {name[:1].upper()}{name[1:]}\n\n```text\n{command}\n```\n\n{figures['gold']} contacts annotated, "
            f"{figures['read']} read.\n\n{table}\n\nAmong the found, the share right: {among}."
        )
    return "\n\n".join(parts) + "\n"


HEAD = """# Quality

Measured on {day} by `python benchmarks/quality.py --write`; the annotated documents lie beside the project and are not
part of it. A contact is *found* when at least two parties on different sides agree, at least half of all parties agree,
and the days do not contradict each other; it is *strict* when status, channel, days and the exact circle of parties are
right as well. The golden corpus of the project has floors of its own, `tests/corpus/floor.toml`.

Rules were written on the training documents. The development documents were measured after every change and their
errors were read several times, so that their figures are somewhat flattering: text never seen will be read worse."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    text = page()
    if parser.parse_args().write:
        (ROOT / "docs" / "quality.md").write_text(text, encoding="utf-8")
    else:
        print(text, end="")


if __name__ == "__main__":
    main()
