"""Rules as data: TOML tables of phrases, each with the examples that prove it.

A rule file holds ``[[rule]]`` tables::

    [[rule]]
    id = "talks-between"                       # unique over all files; a user's file overrides by id
    field = "contact"                          # the finder that reads it
    phrase = "@talks-noun between {AB:actor}"  # or: phrases = ["…", "…"]
    set = { channel = "talks" }                # what the rule says; keys and values are checked
    examples = ["Talks between Norway and Chad opened."]   # must match; run as tests, shown in the docs
    never = ["Talks stalled."]                 # must not match

and ``classes.toml`` holds the word classes. Which rule wins is decided in one place, :func:`winner`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, NamedTuple

from communique.errors import KnowledgeError
from communique.knowledge.phrases import Item, Match, Needs, Phrase, PhraseError, compile_phrase, places_of
from communique.model import ACTIONS, CHANNELS, CLAIM_KINDS, COMPARATORS, STATUSES, TOPICS

RULE_KEYS = ("id", "field", "phrase", "phrases", "set", "examples", "never", "note")
#: What a rule of each field may set: key → the valid values (empty: any).
FIELDS: Mapping[str, Mapping[str, Sequence[object]]] = {
    "contact": {
        "channel": CHANNELS,
        "status": STATUSES,
        "subject": (),
        "persons": (),
        "bare": (),
        "around": (),
        "gathering": (),
        "together": (),
        "group": (),
        "only": CHANNELS,
        "each": (),
        "weak": (),
    },
    "trigger": {
        "channel": CHANNELS,
        "status": STATUSES,
        "alone": (),
        "elided": (),
        "kind": (
            "noun",
            "meets",
            "speaks",
            "calls",
            "discusses",
            "receives",
            "visits",
            "travels",
            "writes",
            "sees",
            "signs",
            "tells",
            "tours",
            "conveys",
            "answers",
            "invites",
        ),
    },
    "forum": {"channel": CHANNELS, "kind": ("noun",)},
    "gathering": {"named": ()},
    "gathering-host": {},
    "gathering-caller": {},
    "status": {"status": STATUSES, "position": ("before", "after")},
    "channel": {"channel": CHANNELS},
    "participants": {},
    "roll": {},
    "occasion": {},
    "series": {"channel": CHANNELS},
    "series-told": {},
    "series-ellipsis": {},
    "mediator": {},
    "delegation": {},
    "initiator": {},
    "topic": {"topic": TOPICS, "weight": (), "open": (True, False)},
    "topic-not": {},
    "account": {"manner": ("agenda", "stance", "about"), "loose": (True, False)},
    "teller": {"scope": ("around", "inverted", "sentence", "cited", "turn", "dash", "back"), "soft": (True, False)},
    "teller-run": {"run": ("on", "add", "off")},
    "claim": {
        "kind": CLAIM_KINDS,
        "comparator": COMPARATORS,
        "channel": CHANNELS,
        "reach": ("sentence", "document"),
        "needs": ("set",),
    },
    "agreement": {"action": ACTIONS, "by": ("A", "teller"), "needs": ("to-come", "dated", "described")},
    "agreement-list": {"action": ACTIONS},
    "agreement-deed": {"action": ACTIONS},
    "agreement-name": {"name": ()},
    "condition": {},
}


#: Fields of plain words, thousands of them, which a lexicon looks up (:mod:`communique.extract.lexicon`).
LISTED = frozenset(("topic", "topic-not", "account", "teller-run"))

Possible = dict[str, list[tuple["Rule", Phrase]]]
_KEPT = 2_000  # sentences, more than nearly every document has


class RuleError(KnowledgeError):
    """A rule that cannot be used; the message names file, line, what is wrong and the valid choices."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A named phrase or several, what they say, and the sentences that prove it."""

    id: str
    field: str
    phrases: tuple[Phrase, ...]
    sets: Mapping[str, Any]
    examples: tuple[str, ...]
    never: tuple[str, ...]
    order: int
    source: str


class Firing(NamedTuple):
    """A rule that matched, and where."""

    rule: Rule
    match: Match
    phrase: Phrase

    @property
    def rank(self) -> tuple[int, int, int]:
        """Sort key of :func:`winner`: longest, then most specific, then file order."""
        return (-(self.match.stop - self.match.start), -len(self.phrase.source), self.rule.order)


def winner(firings: Iterable[Firing]) -> Firing | None:
    """Which of several rules that claim the same words wins: the longest, then the most specific, then file order."""
    return min(firings, key=lambda f: f.rank, default=None)


class FieldIndex:
    """The phrases of some rules by the words they need, so that a sentence asks only those that can match."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.phrases = [(rule, phrase) for rule in rules for phrase in rule.phrases]
        self.anywhere = frozenset(n for n, (_, phrase) in enumerate(self.phrases) if not phrase.needs)
        self._besides = [_besides(phrase) for _, phrase in self.phrases]
        self._by_word: dict[str, list[int]] = {}
        for n, (_, phrase) in enumerate(self.phrases):
            for word in phrase.needs:
                self._by_word.setdefault(word, []).append(n)
        self.words = frozenset(self._by_word)

    def possible(self, words: frozenset[str]) -> Iterator[tuple[Rule, Phrase]]:
        """The phrases whose words are all there, in order."""
        found = {n for word in self.words & words for n in self._by_word[word]} | self.anywhere
        for n in sorted(found):
            besides = self._besides[n]
            if not besides or not any(map(words.isdisjoint, besides)):
                yield self.phrases[n]


def _besides(phrase: Phrase) -> Needs:
    """What a phrase needs besides the words by which it is found."""
    return tuple(wanted for wanted in phrase.node.words if wanted is not phrase.needs)


@dataclass(frozen=True)
class RuleBook:
    """All rules, by field."""

    rules: tuple[Rule, ...]
    classes: Mapping[str, tuple[str, ...]]
    by_field: Mapping[str, tuple[Rule, ...]] = field(repr=False)
    _indexes: dict[str, FieldIndex] = field(default_factory=dict, repr=False, compare=False)
    _asked: dict[frozenset[str], Possible] = field(default_factory=dict, repr=False, compare=False)

    def index(self, name: str) -> FieldIndex:
        """The phrases of a field by the words they need, made once."""
        if name not in self._indexes:
            self._indexes[name] = FieldIndex(self.by_field.get(name, ()))
        return self._indexes[name]

    def possible(self, name: str, words: frozenset[str]) -> Sequence[tuple[Rule, Phrase]]:
        """The phrases of a field whose words are all there, in order; kept for the sentences asked about lately."""
        found = self._asked.get(words)
        if found is None:
            if len(self._asked) >= _KEPT:
                self._asked.clear()
            found = self._asked[words] = self._look_up(words)
        if name not in found and name not in self._worded:
            found[name] = list(self.index(name).possible(words))
        return found.get(name, ())

    def _look_up(self, words: frozenset[str]) -> Possible:
        """What is possible in fields whose phrases all need words, looked up at once: many are asked in turn."""
        found: Possible = {}
        for rule, phrase in self._together.possible(words):
            found.setdefault(rule.field, []).append((rule, phrase))
        return found

    @cached_property
    def _worded(self) -> frozenset[str]:
        return frozenset(name for name in self.by_field if name not in LISTED and not self.index(name).anywhere)

    @cached_property
    def _together(self) -> FieldIndex:
        return FieldIndex(rule for rule in self.rules if rule.field in self._worded)

    def fire(self, name: str, items: Sequence[Item], words: frozenset[str]) -> Iterator[Firing]:
        """Every match of every rule of a field; ``words`` are the folded words of the sentence."""
        possible = self.possible(name, words)
        if not possible:
            return
        places = places_of(items)
        for rule, phrase in possible:
            if places.hold(phrase.node.slots):
                for match in phrase.find(items, places):
                    yield Firing(rule, match, phrase)


def load_rules(directories: Sequence[Path] = (), language: str = "en") -> RuleBook:
    """Read our rules of a language, then a user's, which add or override by id. Raises :class:`RuleError`."""
    groups = [_toml_files(files("communique.knowledge") / "data" / language), *map(_toml_files, directories)]
    tables = [[(source, _parse(source)) for source in group] for group in groups]
    classes: dict[str, tuple[str, ...]] = {}
    for _, table in (pair for group in tables for pair in group):
        classes |= {name: tuple(words) for name, words in table.get("classes", {}).items()}
    rules: dict[str, Rule] = {}
    for group in tables:
        rules |= _rules(group, classes, len(rules))
    by_field: dict[str, list[Rule]] = {}
    for rule in rules.values():
        by_field.setdefault(rule.field, []).append(rule)
    return RuleBook(tuple(rules.values()), classes, {k: tuple(v) for k, v in by_field.items()})


def _rules(
    group: Sequence[tuple[Traversable, dict[str, Any]]], classes: Mapping[str, Sequence[str]], order: int
) -> dict[str, Rule]:
    rules: dict[str, Rule] = {}
    for source, table in group:
        for raw in table.get("rule", []):
            rule = _rule(source, raw, classes, order + len(rules))
            if rule.id in rules:
                raise _error(source, rule.id, f"duplicate id, also in {rules[rule.id].source}")
            rules[rule.id] = rule
    return rules


def _toml_files(folder: Traversable) -> list[Traversable]:
    return sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)


def _parse(source: Traversable) -> dict[str, Any]:
    try:
        return tomllib.loads(source.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"not valid TOML: {error}", file=source.name) from error


def _rule(source: Traversable, raw: dict[str, Any], classes: Mapping[str, Sequence[str]], order: int) -> Rule:
    name = str(raw.get("id", "?"))
    for key in raw:
        if key not in RULE_KEYS:
            raise _error(source, name, f"unknown key {key!r}{_hint(key, RULE_KEYS)}")
    kind = str(raw.get("field"))
    if kind not in FIELDS:
        raise _error(source, name, f"unknown field {kind!r}{_hint(kind, tuple(FIELDS))}")
    sets = raw.get("set", {})
    for key, value in sets.items():
        _check_set(source, name, kind, key, value)
    if not raw.get("examples"):
        raise _error(source, name, "no examples: a rule does not load without a sentence that proves it")
    try:
        phrases = tuple(compile_phrase(p, classes) for p in raw.get("phrases", [raw.get("phrase", "")]))
    except PhraseError as error:
        raise _error(source, name, str(error)) from error
    return Rule(name, kind, phrases, sets, tuple(raw["examples"]), tuple(raw.get("never", ())), order, source.name)


def _check_set(source: Traversable, name: str, kind: str, key: str, value: Any) -> None:
    allowed = FIELDS[kind]
    if key not in allowed:
        raise _error(source, name, f"a {kind} rule cannot set {key!r}{_hint(key, tuple(allowed))}")
    if allowed[key] and value not in allowed[key]:
        hint = _hint(str(value), tuple(map(str, allowed[key])))
        raise _error(source, name, f"{key} = {value!r} is not a value{hint}")


def _hint(wrong: str, valid: Sequence[str]) -> str:
    close = get_close_matches(wrong, valid, n=1)
    return f"; did you mean {close[0]!r}? valid: {', '.join(valid)}" if close else f"; valid: {', '.join(valid)}"


def _error(source: Traversable, rule: str, message: str) -> RuleError:
    lines = source.read_text(encoding="utf-8").splitlines()
    line = next((n for n, text in enumerate(lines, 1) if text.strip().startswith("id") and f'"{rule}"' in text), 1)
    return RuleError(f"rule {rule!r}: {message}", file=source.name, line=line)
