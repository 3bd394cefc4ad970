"""The golden corpus: documents of our own writing, what is right to read in them, and what is read.

A folder ``tests/corpus/<slug>`` holds ``document.*`` (text, HTML or JSON Lines with one document), ``expected.ledger``
(the plain-text ledger: what is right, written and checked by hand) and ``why.md`` (what the document is here for).
Rule ids, the exact extent of quotes and how many words belong to an office are nobody's truth and are not compared.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from communique.knowledge import load
from communique.ledger.plaintext import parse_readings
from communique.model import Document, Reading
from communique.pipeline import read_document
from communique.sources import read_inputs
from communique.views.quality import SCORED, Quality, quality
from communique.views.records import reading_record

CORPUS = Path(__file__).parent / "corpus"
FLOOR = CORPUS / "floor.toml"
Record = dict[str, Any]
_PLAIN = ("id", "quotes", "evidence")


@dataclass(frozen=True)
class Golden:
    """One document of the corpus."""

    folder: Path

    @property
    def slug(self) -> str:
        return self.folder.name

    @property
    def file(self) -> Path:
        (file,) = self.folder.glob("document.*")
        return file

    @cached_property
    def document(self) -> Document:
        """The document, under the folder's name."""
        (found,) = (one for one in read_inputs((self.file,)) if isinstance(one, Document))
        return replace(found, id=self.slug, path=None)

    @cached_property
    def reading(self) -> Reading:
        """What is read."""
        return read_document(self.document, load())

    @cached_property
    def expected(self) -> Reading:
        """What is right; every quote is held against the text."""
        source = (self.folder / "expected.ledger").read_text(encoding="utf-8")
        (reading,) = parse_readings(source, {self.slug: self.document.text})
        return reading


def corpus() -> tuple[Golden, ...]:
    return tuple(Golden(folder) for folder in sorted(CORPUS.iterdir()) if (folder / "why.md").is_file())


def said(reading: Reading) -> Record:
    """A reading without what is not compared, its records in an order of their own."""
    line = reading_record(reading)
    head = {key: line["document"][key] for key in ("title", "publisher", "published", "published_basis")}
    kinds = ("contacts", "claims", "agreements")
    return head | {kind: sorted((_bare(record) for record in line[kind]), key=repr) for kind in kinds}


def _bare(record: Record) -> Record:
    bare = {key: value for key, value in record.items() if key not in (*_PLAIN, "comparator")}
    for key in ("topics", "parties", "told_by", "by"):
        if isinstance(bare.get(key), list):
            bare[key] = sorted((_one(item) for item in bare[key]), key=repr)
    if isinstance(bare.get("when"), Mapping):
        bare["when"] = (bare["when"]["from"], bare["when"]["to"])
    bare["place"] = bare["place"].casefold() if bare.get("place") else None
    return bare


def _one(item: Any) -> Any:
    return {k: v for k, v in item.items() if k not in ("quotes", "office")} if isinstance(item, dict) else item


def measured(documents: tuple[Golden, ...]) -> Quality:
    """The figures over the whole corpus."""
    gold = [reading_record(g.expected) for g in documents]
    read = [reading_record(g.reading) for g in documents]
    return quality([line | {"id": line["document"]["id"]} for line in gold], read)


@dataclass(frozen=True)
class Floor:
    """What was reached (F1 by field), over which documents, and which of them without a fault."""

    f1: Mapping[str, float]
    counted: frozenset[str]
    exact: frozenset[str]

    def __str__(self) -> str:
        """The file of the floor: figures rounded down, documents in order."""
        figures = [f"{field} = {int(self.f1[field] * 1000 + 1e-6) / 1000:.3f}" for field in SCORED]
        return HEAD.format(exact=_listed(self.exact), counted=_listed(self.counted), figures="\n".join(figures))


HEAD = """# What the reader reaches on this corpus, never to be lowered without a reason told in the commit.
# Raised by: python -m pytest tests/test_golden.py --golden-update

# Documents that are read without a fault.
exact = [
{exact}]

# All documents over which the figures were measured.
counted = [
{counted}]

[f1]
{figures}
"""


def _listed(slugs: frozenset[str]) -> str:
    return "".join(f'  "{slug}",\n' for slug in sorted(slugs))


def floor() -> Floor:
    table = tomllib.loads(FLOOR.read_text(encoding="utf-8"))
    return Floor(table["f1"], frozenset(table["counted"]), frozenset(table["exact"]))


def raised(documents: tuple[Golden, ...], before: Floor) -> Floor:
    """A floor as high as what is reached now. Raises ValueError where less is reached than before.

    Documents that are new are counted from now on: they may lower a figure, those counted before may not.
    """
    lost = sorted(worse(tuple(g for g in documents if g.slug in before.counted), before))
    if lost:
        raise ValueError(f"read worse than before: {', '.join(lost)}; the floor is not lowered")
    now = {field: score.f1 for field, score in measured(documents).scores.items()}
    right = frozenset(golden.slug for golden in documents if said(golden.reading) == said(golden.expected))
    return Floor(now, frozenset(g.slug for g in documents), right)


def worse(documents: tuple[Golden, ...], before: Floor) -> Iterator[str]:
    """The fields and documents that are read worse than a floor says."""
    scores = measured(documents).scores if documents else {}
    yield from (field for field, score in scores.items() if score.f1 < before.f1[field])
    yield from (g.slug for g in documents if g.slug in before.exact and said(g.reading) != said(g.expected))
