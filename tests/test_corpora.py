"""The reader on real documents: quotes at their offsets, the seeds read, the development set's figures.

The corpora and annotations are not part of the project; where they are absent these tests are skipped.
``python benchmarks/offsets.py`` reads all documents of the corpora, these tests every twentieth.
"""

from __future__ import annotations

import json
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from benchmarks import offsets
from click.testing import CliRunner

from communique.cli.main import cli
from communique.knowledge import load
from communique.pipeline import read_document
from communique.sources import read_inputs
from communique.views.quality import Quality, quality
from communique.views.records import reading_record
from tests.conftest import SHARED

SAMPLE = 20
CORPORA = offsets.english() if SHARED.is_dir() else ()


@pytest.mark.skipif(not CORPORA, reason="the shared material is not here")
@pytest.mark.parametrize("path", CORPORA, ids=lambda path: path.name.split(".")[0])
def test_every_quote_of_real_documents_lies_at_its_offsets(path: Path) -> None:
    counts, faults = offsets.check(path, SAMPLE)
    assert faults == []
    assert counts["documents"] > 0


@lru_cache(maxsize=4)
def lines(*paths: Path) -> tuple[dict[str, Any], ...]:
    knowledge = load()
    documents = [one for one in read_inputs(paths) if not hasattr(one, "code")]
    return tuple(reading_record(read_document(document, knowledge)) for document in documents)


def annotated(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def seeds(shared: Path) -> tuple[dict[str, Any], ...]:
    return lines(*sorted((shared / "seeds").glob("*.txt")))


def development(shared: Path) -> Quality:
    return quality(annotated(shared / "gold" / "dev.jsonl"), lines(shared / "gold" / "dev_docs.jsonl"))


def test_the_seeds_are_dated_by_reasons_that_can_be_checked(shared: Path) -> None:
    heads = [line["document"] for line in seeds(shared)]
    assert [(head["published"], head["published_basis"]) for head in heads] == [
        ("2020-05-22", "inferred"),
        ("2020-07-23", "inferred"),
    ]
    assert all(head["published_reasons"] for head in heads)


def test_contacts_claims_and_agreements_of_the_seeds_are_found(shared: Path) -> None:
    gold = annotated(shared / "gold" / "seeds.jsonl")
    scores = quality(gold, seeds(shared)).scores
    contacts = sum(len(document["contacts"]) for document in gold)
    claims = sum(len(document["claims"]) for document in gold)
    agreements = sum(len(document["agreements"]) for document in gold)
    assert round(scores["found"].recall * contacts) == contacts == 8
    assert round(scores["strict"].recall * contacts) >= 6
    assert round(scores["claims"].recall * claims) == claims == 3
    assert round(scores["agreements"].recall * agreements) >= 4


@pytest.mark.parametrize(
    ("field", "floor"),
    [("found", 0.76), ("strict", 0.52), ("topics", 0.72), ("told_by", 0.77), ("claims", 0.95), ("agreements", 0.62)],
)
def test_the_development_set_is_read_no_worse_than_asked(shared: Path, field: str, floor: float) -> None:
    assert development(shared).scores[field].f1 >= floor


def test_evaluate_prints_the_figures_of_the_scorer(shared: Path, tmp_path: Path) -> None:
    gold, read = shared / "gold" / "dev.jsonl", tmp_path / "read.jsonl"
    rows = lines(shared / "gold" / "dev_docs.jsonl")
    read.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    theirs = scorer(shared, gold, read)
    ran = CliRunner().invoke(cli, ["evaluate", "--json", "--by-source", "--read", str(read), str(gold)])
    assert ran.exit_code == 0, ran.output
    ours = json.loads(ran.stdout)
    assert ours.keys() == {key for key, value in theirs.items() if isinstance(value, dict)}
    for source, figures in ours.items():
        for field, score in figures["scores"].items():
            told = theirs[source][field]
            assert list(score.values()) == [told["p"], told["r"], told["f1"]], (source, field)
        assert figures["among_found"] == {key: theirs[source][key] for key in figures["among_found"]}


def scorer(shared: Path, gold: Path, read: Path) -> dict[str, Any]:
    command = [sys.executable, str(shared / "tools" / "score.py"), "--json", "--by-source", str(gold), str(read)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(ran.stdout)
    return found
