"""The words of time, by class, from ``knowledge/data/time/*.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files

from communique.extract.times.numbers import ORDINALS
from communique.text import fold

Values = dict[str, str]

_ORDINAL = re.compile(r"(\d{1,3})(?:st|nd|rd|th)")
_CLOCK = re.compile(r"([01]?\d|2[0-4])[:.]([0-5]\d)(?::([0-5]\d))?")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)")
_DECADE = re.compile(r"((?:1[5-9]|20)\d)0s")
_SHORT_DECADE = re.compile(r"([2-9])0s")
_CABLE_TIME = re.compile(r"([01]\d|2[0-3])([0-5]\d)")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Classes of each folded word: ``words["may"] == {"month": "5"}``."""

    words: dict[str, Values] = field(default_factory=dict)

    def classes(self, norm: str) -> Values:
        """The classes and values of a word or number (empty if it has none)."""
        found = self.words.get(norm)
        if found is not None:
            return found
        return numeral(norm) if norm[:1].isdigit() else _NOTHING

    def members(self, name: str) -> set[str]:
        """All words of a class."""
        return {word for word, classes in self.words.items() if name in classes}


_NOTHING: Values = {}


@lru_cache(maxsize=20_000)
def numeral(norm: str) -> Values:
    """The classes of a token that starts with a digit: day of month, year, ordinal, clock, decade, number."""
    if norm.isdigit():
        return _digits(norm)
    if match := _ORDINAL.fullmatch(norm):
        number = int(match[1])
        return {"ordinal": str(number)} | ({"dom": str(number)} if 1 <= number <= 31 else {})
    if match := _DECADE.fullmatch(norm):
        return {"decade": match[1]}
    if match := _SHORT_DECADE.fullmatch(norm):
        return {"short_decade": match[1]}
    if match := _DOTTED.fullmatch(norm):
        return {"dotted": norm}
    if match := _CLOCK.fullmatch(norm):
        dotted = {"decimal": norm} if "." in norm else {}
        return {"clock": f"{int(match[1]):02d}:{match[2]}"} | dotted
    return _NOTHING


def _digits(norm: str) -> Values:
    if not norm.isascii() or len(norm) > 9:
        return _NOTHING
    number = int(norm)
    found: Values = {}
    if len(norm) <= 2:
        found["two"] = norm
        if number <= 24:
            found["hour"] = norm
        if 1 <= number <= 31:
            found["dom"] = str(number)
        if 1 <= number <= 12:
            found["mon"] = str(number)
    if len(norm) == 4:
        if 1000 <= number <= 2999:
            found["year"] = norm
        if match := _CABLE_TIME.fullmatch(norm):
            found["military"] = f"{match[1]}:{match[2]}"
    return found


@cache
def word_sets(table: str) -> Mapping[str, frozenset[str]]:
    """The sets of folded words of one table of ``en.words.toml``, by name."""
    return {name: frozenset(words) for name, words in _word_sets()[table].items()}


def word_set(table: str, name: str) -> frozenset[str]:
    """One of these sets."""
    return word_sets(table)[name]


@cache
def _word_sets() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(_text("en.words.toml"))


def _text(name: str) -> str:
    return (files("communique.knowledge") / "data" / "time" / name).read_text(encoding="utf-8")


@cache
def english() -> Lexicon:
    """The English words."""
    words = _read("en.toml")
    for word, number in ORDINALS.items():
        words.setdefault(word, {})["ordinal"] = str(number)
        if number <= 31:
            words[word]["dom_word"] = str(number)
    return Lexicon(words)


@cache
def of_language(code: str) -> Lexicon:
    """The words of another language: months and weekdays from CLDR, the rest from its own file, if there is one.

    Raises ``babel.UnknownLocaleError`` for a code that CLDR does not know.
    """
    from babel import Locale  # costs 50 ms, which English texts need not pay

    locale, words = Locale(code), _read(f"{code}.toml") if has_file(f"{code}.toml") else {}
    for form in ("format", "stand-alone"):
        for number, name in locale.months[form]["wide"].items():
            _put(words, name, "month", number)
        for number, name in locale.months[form]["abbreviated"].items():
            _put(words, name.rstrip("."), "month_short", number)
        for number, name in locale.days[form]["wide"].items():
            _put(words, name, "weekday", number + 1)
    return Lexicon(words)


def _put(words: dict[str, Values], name: str, kind: str, number: int) -> None:
    """One word of a class; names of several words are left out, a full name is no abbreviation."""
    word = fold(name)
    classes = words.setdefault(word, {})
    if " " not in word and not (kind == "month_short" and "month" in classes):
        classes.setdefault(kind, str(number))


def has_file(name: str) -> bool:
    """Whether a data file of time is there."""
    return (files("communique.knowledge") / "data" / "time" / name).is_file()


def _read(name: str) -> dict[str, Values]:
    words: dict[str, Values] = {}
    for kind, table in tomllib.loads(_text(name)).items():
        for value, spellings in table.items():
            for word in spellings:
                words.setdefault(fold(word), {})[kind] = value
    return words
