"""What the training scripts share: ridge logistic regression on named features, folds over documents, weights as CSV.

Source of method: iteratively reweighted least squares (McCullagh and Nelder 1989) with a ridge penalty.
"""

from __future__ import annotations

import csv
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from communique.model import Document, Published

Weights = dict[str, float]
_STEPS = 10


def read_documents(gold: Path, documents: Path) -> Iterator[tuple[Mapping[str, Any], Document]]:
    """Annotated documents with their texts."""
    texts = {d["id"]: d for d in map(json.loads, documents.open(encoding="utf-8"))}
    for record in map(json.loads, gold.open(encoding="utf-8")):
        source = texts[record["id"]]
        published = Published((source.get("published") or "")[:10] or None, "given")
        title, url = source.get("title"), source.get("url")
        yield record, Document(source["id"], source["text"], title, url=url, published=published)


def fit(
    rows: Sequence[Mapping[str, float]], truth: Sequence[bool], each: Sequence[float], penalty: float, least: int
) -> Weights:
    """Weights of the features seen ``least`` times or more; ``each`` weighs a row; "bias" is free of the penalty."""
    often = Counter(name for row in rows for name in row)
    names = ["bias", *sorted(n for n, count in often.items() if count >= least and n != "bias")]
    column = {name: i for i, name in enumerate(names)}
    table = np.zeros((len(rows), len(names)))
    table[:, 0] = 1.0
    for i, row in enumerate(rows):
        for name, value in row.items():
            if name in column:
                table[i, column[name]] = value
    wanted, weight = np.array(truth, float), np.array(each)
    ridge = np.full(len(names), penalty)
    ridge[0] = 1e-3
    found = np.zeros(len(names))
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-np.clip(table @ found, -30, 30)))
        slope = table.T @ (weight * (likely - wanted)) + ridge * found
        bend = (table * (weight * likely * (1 - likely))[:, None]).T @ table + np.diag(ridge)
        found -= np.linalg.solve(bend, slope)
    return dict(zip(names, map(float, found), strict=True))


def folds(documents: Iterable[str], n: int, seed: int) -> list[frozenset[str]]:
    """The ids of documents in ``n`` parts by chance."""
    ids = sorted(set(documents))
    random.Random(seed).shuffle(ids)
    return [frozenset(ids[k::n]) for k in range(n)]


def write_weights(path: Path, levels: Mapping[str, Mapping[str, float]]) -> None:
    """Weights by level as ``level,feature,weight``."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        rows = csv.writer(handle, lineterminator="\n")
        rows.writerow(("level", "feature", "weight"))
        for level, weights in levels.items():
            rows.writerows((level, name, f"{value:.3f}") for name, value in sorted(weights.items()))
