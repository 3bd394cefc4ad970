"""Weights of small statistical parts: CSV files of ``level,feature,weight``, trained by scripts in ``benchmarks/``."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

Weights = Mapping[str, float]


@lru_cache(maxsize=8)
def load_weights(name: str, language: str = "en") -> Mapping[str, Weights]:
    """The weights of a model, by level and feature."""
    text = (files("communique.knowledge") / "data" / language / f"{name}.csv").read_text(encoding="utf-8")
    levels: dict[str, dict[str, float]] = {}
    for row in csv.DictReader(text.splitlines()):
        levels.setdefault(row["level"], {})[row["feature"]] = float(row["weight"])
    return levels
