"""Word classes of the grammar (``grammar.toml``): small sets of function words that the extractors read by name."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from communique.errors import unknown


def word_class(name: str, language: str = "en") -> frozenset[str]:
    """The folded words of a class; raises ``ConfigError`` naming the nearest for a class that is not there."""
    classes = _classes(language)
    if name not in classes:
        raise unknown("word class", name, classes)
    return classes[name]


@cache
def _classes(language: str) -> Mapping[str, frozenset[str]]:
    text = (files("communique.knowledge") / "data" / language / "grammar.toml").read_text(encoding="utf-8")
    return {name: frozenset(words) for name, words in tomllib.loads(text)["classes"].items()}
