"""The files experts edit (rules, word classes, the registry) and the code that reads them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from communique.knowledge.registry import Registry, load_registry
from communique.knowledge.rules import RuleBook, load_rules

__all__ = ["Knowledge", "Registry", "RuleBook", "load"]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything the reader knows. ``version`` is a hash of all files it was read from."""

    registry: Registry
    rules: RuleBook
    version: str


@lru_cache(maxsize=4)
def load(directories: tuple[Path, ...] = ()) -> Knowledge:
    """Our knowledge, with a user's directories added or overriding by id; cached. Raises ``KnowledgeError``."""
    return Knowledge(load_registry(directories), load_rules(directories), _version(directories))


def _version(directories: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for root in (files("communique.knowledge") / "data", *directories):
        for file in _files(root):
            digest.update(file.name.encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _files(root: Traversable) -> Iterator[Traversable]:
    for entry in sorted(root.iterdir(), key=lambda e: e.name):
        if entry.is_dir():
            yield from _files(entry)
        elif entry.name.endswith((".toml", ".csv")):
            yield entry
