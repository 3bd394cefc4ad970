"""A token trie of all that the registry can name (states, capitals, organisations, groups) and of what is no actor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from communique.knowledge.names import keys
from communique.knowledge.registry import Registry, bounds
from communique.knowledge.titles import Titles, load_titles
from communique.text import Token, tokenize

Kind = Literal["state", "adjective", "people", "capital", "metonym", "org", "group", "ministry", "blocked", "free"]
_ORDER: tuple[Kind, ...] = (
    "free", "blocked", "state", "org", "group", "adjective", "people", "metonym", "capital", "ministry",
)  # fmt: skip


PRONOUNS = frozenset(
    {"he", "she", "him", "his", "her", "they", "them", "their", "i", "me", "my", "we", "our", "himself", "herself"}
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What an alias stands for: state codes, organisation names or group ids; ``adjective`` if it also is one."""

    kind: Kind
    values: tuple[str, ...]
    case: Literal["any", "capital", "upper"]
    adjective: bool = False


class Atom(NamedTuple):
    """An alias found: tokens ``[first, last)`` of a sentence; ``value`` is the state, organisation or group meant."""

    first: int
    last: int
    kind: Kind
    value: str
    adjective: bool = False


class Lexicon:
    """The trie, and what else of the registry a sentence is searched for. Build it with :func:`lexicon`."""

    def __init__(self, registry: Registry, titles: Titles) -> None:
        self.registry = registry
        self.titles = titles
        self.head_nouns = frozenset(titles.heads.keys() | titles.plurals.keys())
        self.small = PRONOUNS | {"two", "both", "pair", "duo"} | titles.words["sets"] | titles.group_nouns.keys()
        self._root: dict[str, Any] = {}
        for kind, alias, value in sorted(registry_aliases(registry, titles), key=lambda a: _ORDER.index(a[0])):
            self._add(kind, alias, value)

    def _add(self, kind: Kind, alias: str, value: str) -> None:
        norms = [t.norm for t in tokenize(alias)]
        if not norms:
            return
        node = self._root
        for norm in norms:
            node = node.setdefault(norm, {})
        old: Entry | None = node.get("")
        if old is None:
            node[""] = Entry(kind, (value,), case_of(alias, kind))
        elif old.kind == kind and value not in old.values:
            node[""] = Entry(kind, (*old.values, value), old.case, old.adjective)
        elif old.kind in ("state", "org") and kind == "adjective":
            node[""] = Entry(old.kind, old.values, old.case, True)

    def find(self, tokens: Sequence[Token], shouted: bool, day: date | None) -> Iterator[Atom]:
        """The longest aliases from left to right, none overlapping. ``shouted``: the sentence is in capitals."""
        floor, root = 0, self._root
        for at in [n for n, token in enumerate(tokens) if token.norm in root]:
            hit = self._longest(tokens, at, shouted) if at >= floor else None
            if hit is not None:
                entry, floor = hit
                if entry.kind != "free" and not self._named_after(entry, tokens, at, floor, day):
                    yield Atom(at, floor, entry.kind, self._value(entry, day), entry.adjective)

    def _longest(self, tokens: Sequence[Token], at: int, shouted: bool) -> tuple[Entry, int] | None:
        """The longest alias that starts at a token, and where it ends."""
        node: dict[str, Any] | None = self._root[tokens[at].norm]
        best, stop = None, at + 1
        while node is not None:
            entry = node.get("")
            if entry is not None and _written(entry, tokens[at:stop], shouted):
                best = (entry, stop)
            node = node.get(tokens[stop].norm) if stop < len(tokens) else None
            stop += 1
        return best

    def _named_after(self, entry: Entry, tokens: Sequence[Token], at: int, stop: int, day: date | None) -> bool:
        """Whether a state's or a capital's name is somebody's first name: "Victoria Nuland", "Jordan Bardella"."""
        if entry.kind not in ("capital", "state") or stop != at + 1 or stop >= len(tokens) or "." in tokens[at].text:
            return False
        surname = tokens[stop]
        first = keys(tokens[at].text)
        if not first or first[0] not in self.registry.given_names or not surname.capital or not surname.text.isalpha():
            return False
        return bool(self.registry.find_person(f"{tokens[at].text} {surname.text}", day))

    def _value(self, entry: Entry, day: date | None) -> str:
        if len(entry.values) == 1 or entry.kind in ("org", "blocked", "ministry"):
            return entry.values[0]
        alive = [v for v in entry.values if self._alive(v, day)]
        former = [v for v in alive if v in self.registry.states and self.registry.states[v].until]
        return (former or alive or list(entry.values))[0]

    def _alive(self, value: str, day: date | None) -> bool:
        thing = self.registry.states.get(value) or self.registry.groups.get(value)
        if thing is None:
            return True
        if day is None:
            return thing.until is None
        return bounds(thing.since, True)[0] <= day <= bounds(thing.until, False)[1]


@lru_cache(maxsize=4)
def lexicon(registry: Registry) -> Lexicon:
    """The lexicon of a registry, built once."""
    return Lexicon(registry, load_titles())


def case_of(alias: str, kind: Kind) -> Literal["any", "capital", "upper"]:
    """How an alias must be written to be meant: as a name, as an acronym, or anyhow."""
    letters = [c for c in alias if c.isalpha()]
    if kind in ("blocked", "ministry", "free") or not letters or alias[0].islower():
        return "any"
    return "upper" if len(letters) <= 6 and all(c.isupper() for c in letters) else "capital"


def _written(entry: Entry, tokens: Sequence[Token], shouted: bool) -> bool:
    if entry.case == "any":
        return True
    if entry.case == "capital":
        first = tokens[0]
        return first.capital or (not first.text[:1].isalpha() and len(tokens) > 1)
    return all(t.text.upper() == t.text for t in tokens) and not (shouted and tokens[0].norm in ("who", "it", "as"))


def registry_aliases(registry: Registry, titles: Titles) -> Iterator[tuple[Kind, str, str]]:
    """All that the registry can name: kind, alias, and the state, organisation or group meant."""
    for phrase in titles.blocked:
        yield "blocked", phrase, ""
    for phrase in titles.free:
        yield "free", phrase, ""
    for phrase in titles.people["ministries"]:
        yield "ministry", phrase, phrase
    yield from _state_aliases(registry)
    for organisation in registry.organisations.values():
        for alias in (organisation.name, *organisation.aliases, *organisation.metonyms):
            yield "org", _article_off(alias), organisation.name
    for group in registry.groups.values():
        for alias in group.aliases:
            yield "group", _article_off(alias), group.id


def _state_aliases(registry: Registry) -> Iterator[tuple[Kind, str, str]]:
    for code, state in registry.states.items():
        yield from _each("state", (state.name, *state.aliases), code)
        yield from _each("adjective", state.demonyms, code)
        yield from _each("people", registry.people_words.get(code, ()), code)
        yield from _each("metonym", state.metonyms, code)
        yield from _each("capital", registry.capitals.get(code, ()), code)


def _each(kind: Kind, words: Iterable[str], value: str) -> Iterator[tuple[Kind, str, str]]:
    for alias in words:
        for form in _forms(alias):
            yield kind, form, value


def _article_off(alias: str) -> str:
    return alias[4:] if alias.lower().startswith("the ") else alias


def _forms(alias: str) -> Iterator[str]:
    """An alias, and "U.K." as it stands at a sentence's end."""
    yield _article_off(alias)
    if len(alias) > 3 and alias.endswith(".") and alias[-3] == ".":
        yield alias[:-1]
