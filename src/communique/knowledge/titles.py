"""The words that titles, places and groups are made of (``data/en/titles.toml``), as sets ready for look-up."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

from communique.model import Level


@dataclass(frozen=True, slots=True)
class Titles:
    """Folded words by their part in a title, and the other way round (``classes``); heads give a level."""

    heads: Mapping[str, Level]
    plurals: Mapping[str, str]
    peers: Mapping[str, str]
    words: Mapping[str, frozenset[str]]
    classes: Mapping[str, frozenset[str]]
    blocked: tuple[str, ...]
    free: tuple[str, ...]
    place: Mapping[str, frozenset[str]]
    people: Mapping[str, frozenset[str]]
    leading: Mapping[str, str]
    defaults: Mapping[str, str]
    seats: Mapping[str, str]
    group_nouns: Mapping[str, tuple[str, Level]]

    def level(self, head: str) -> Level:
        """The level that a title's head noun gives by itself."""
        return self.heads.get(self.plurals.get(head, head), "senior")


@cache
def load_titles() -> Titles:
    """Read the table once."""
    text = (files("communique.knowledge") / "data" / "en" / "titles.toml").read_text(encoding="utf-8")
    raw = tomllib.loads(text)
    heads = {word: cast(Level, level) for level, words in raw["heads"].items() for word in words}
    plurals = {f"{word}s": word for word in heads} | raw["plurals"]
    words = _sets(raw["words"] | raw["nouns"])
    peers = dict.fromkeys(raw["words"]["peers_too"], "counterpart")
    heads |= dict.fromkeys(peers, "expert")
    return Titles(
        heads,
        plurals,
        peers,
        words,
        _classes(words),
        tuple(raw["blocked"]["phrases"]),
        tuple(raw["blocked"]["free"]),
        _sets(raw["place"]),
        _sets(raw["people"]),
        {code: role for role, codes in raw["leading"].items() for code in codes},
        {title: side for side, titles in raw["defaults"].items() for title in titles},
        raw["seats"],
        {noun: (office, cast(Level, level)) for noun, (office, level) in raw["groups_of_people"].items()},
    )


def _classes(words: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """For every word the names of the classes it is in."""
    found: dict[str, set[str]] = {}
    for name, members in words.items():
        for word in members:
            found.setdefault(word, set()).add(name)
    return {word: frozenset(names) for word, names in found.items()}


def _sets(table: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in table.items()}
