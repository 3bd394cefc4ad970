"""Phrases of time (``knowledge/data/time/*.rules.toml``) compiled into one trie, and the matcher over tokens.

A phrase is words, ``(this|that)``, ``[optional]``, ``@class`` (a word of a class) and ``{slot}`` or ``{slot:class}``
(bound to its value). A slot's class is a class of the lexicon, a number (``n``, ``yearword``, ``ordinals``) or a
*group*: the rules of that group, whose fields are merged (or, with ``{a:date}``, bound whole). A rule names the
``op`` that turns its fields into a value; ``set`` are fields it adds. The longest phrase wins, then file order.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from communique.extract.times import numbers
from communique.extract.times.lexicon import Lexicon, english, has_file, of_language
from communique.text import Token, fold

Fields = dict[str, Any]

Step = tuple[str, str | None, str]
_PIECE = re.compile(r"\{[^}]+\}|@\w+|\\[()]|[\[\]()|]|[^\s\[\]()|\\]+")
_KEYS = {"id", "group", "phrase", "op", "set", "guard", "examples", "never"}
_NUMBERS = {"n": numbers.cardinals, "yearword": numbers.years, "ordinals": numbers.ordinals}


class PhraseError(ValueError):
    """A rule of time that cannot be loaded: names the file, the rule and what is wrong."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of time with its phrases and the sentences that test it."""

    id: str
    group: str
    op: str
    order: int
    phrases: tuple[str, ...]
    set: Fields
    guard: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


_Slot = tuple[str | None, str, "_Node"]


@dataclass(slots=True)
class _Node:
    words: dict[str, _Node] = field(default_factory=dict)
    slots: dict[tuple[str | None, str], _Node] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)
    open_to: dict[str | tuple[str, ...], tuple[_Slot, ...]] = field(default_factory=dict)


class Match(NamedTuple):
    """Tokens ``[start, stop)`` read by a rule, and the fields they gave."""

    start: int
    stop: int
    rule: Rule
    fields: Fields


_Way = tuple[int, Rule, Fields]


def norm_at(tokens: Sequence[Token], at: int) -> str:
    """The folded token at a place; empty beyond the sentence."""
    return tokens[at].norm if 0 <= at < len(tokens) else ""


def capital_at(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token stands at a place and begins with a capital."""
    return 0 <= at < len(tokens) and tokens[at].capital


def _rank(match: Match) -> tuple[int, int]:
    return -match.stop, match.rule.order


class Grammar:
    """All rules of a language; built once, never changed."""

    def __init__(self, rules: Sequence[Rule], lexicon: Lexicon) -> None:
        self.rules, self.lexicon = tuple(rules), lexicon
        self.groups: dict[str, _Node] = {}
        for rule in rules:
            for phrase in rule.phrases:
                self._add(self.groups.setdefault(rule.group, _Node()), rule, phrase)
        self.firsts = {group: frozenset(self._first(node, {group})) for group, node in self.groups.items()}
        self._known = frozenset(lexicon.words).union(numbers.NUMBER_WORDS, *self.firsts.values())
        self.first = self.firsts["time"]
        self._seconds: dict[str, frozenset[str] | None] = {}

    def _add(self, root: _Node, rule: Rule, phrase: str) -> None:
        for steps in expand(phrase):
            node = root
            for kind, name, value in steps:
                if kind == "word":
                    node = node.words.setdefault(value, _Node())
                else:
                    node = node.slots.setdefault((name, value), _Node())
            if rule not in node.rules:
                node.rules.append(rule)

    def _first(self, node: _Node, seen: set[str]) -> Iterator[str]:
        """Every word with which phrases go on from a node (numerals in figures apart), groups in ``seen`` left out."""
        yield from node.words
        for _, kind in node.slots:
            if kind in self.groups:
                if kind not in seen:
                    seen.add(kind)
                    yield from self._first(self.groups[kind], seen)
            elif kind in _NUMBERS:
                yield from numbers.NUMBER_WORDS
            else:
                yield from self.lexicon.members(kind)

    def may_begin(self, norm: str, following: str) -> bool:
        """Whether a phrase of time can begin with these two words, the second one being empty at a sentence's end."""
        if norm[0].isdigit() or norm not in self.first:
            return norm[0].isdigit()
        if norm not in self._seconds:
            self._seconds[norm] = self._second(norm)
        seconds = self._seconds[norm]
        return seconds is None or following in seconds or following[:1].isdigit()

    def _second(self, norm: str) -> frozenset[str] | None:
        """The words that can stand behind the first word of a phrase; None where it can stand alone, or is a number."""
        if norm in numbers.NUMBER_WORDS:
            return None
        reached = list(self._behind(self.groups["time"], norm, True))
        if any(last and node.rules for node, last in reached):
            return None
        return frozenset(word for node, _ in reached for word in self._first(node, set()))

    def _behind(self, node: _Node, norm: str, outer: bool) -> Iterator[tuple[_Node, bool]]:
        """The nodes behind a word, in the phrase itself (``outer``) or in a group inside it."""
        if norm in node.words:
            yield node.words[norm], outer
        for _, kind, after in self.slots(node, norm):
            if kind not in self.groups:
                yield after, outer
                continue
            for inner, _ in list(self._behind(self.groups[kind], norm, False)):
                yield inner, False
                if inner.rules:
                    yield after, outer

    def slots(self, node: _Node, norm: str) -> tuple[_Slot, ...]:
        """The slots of a node that a word can fill, in order; kept for the words the grammar knows, and for figures."""
        if norm in self._known:
            known: str | tuple[str, ...] = norm
        elif norm[0].isdigit():
            known = tuple(self.lexicon.classes(norm))
        else:
            return ()
        found = node.open_to.get(known)
        if found is None:
            found = node.open_to[known] = tuple(self._open(node, norm))
        return found

    def _open(self, node: _Node, norm: str) -> Iterator[_Slot]:
        classes, figure = self.lexicon.classes(norm), norm[0].isdigit()
        for (name, kind), after in node.slots.items():
            if kind in _NUMBERS:
                open_to = figure or norm in numbers.NUMBER_WORDS
            else:
                open_to = kind in self.groups and (figure or norm in self.firsts[kind])
            if kind in classes or open_to:
                yield name, kind, after

    def scan(self, tokens: Sequence[Token]) -> Scan:
        """A matcher over the tokens of one sentence."""
        return Scan(self, tokens)


class Scan:
    """Matches phrases over one sentence; keeps what each group matched at each token."""

    def __init__(self, grammar: Grammar, tokens: Sequence[Token]) -> None:
        self.grammar, self.tokens = grammar, tokens
        self._memo: dict[tuple[str, int], tuple[Match, ...]] = {}

    def matches(self, group: str, start: int) -> tuple[Match, ...]:
        """What a group matches at a token, longest first, then by file order; inner groups only the best a stop."""
        key = (group, start)
        found = self._memo.get(key)
        if found is None:
            best: dict[tuple[int, str], Match] = {}
            ways: list[_Way] = []
            self._walk(self.grammar.groups[group], start, {}, ways)
            for stop, rule, fields in ways:
                name = (stop, rule.id if group == "time" else "")
                old = best.get(name)
                if old is None or rule.order < old.rule.order:
                    best[name] = Match(start, stop, rule, fields)
            found = tuple(sorted(best.values(), key=_rank)) if len(best) > 1 else tuple(best.values())
            self._memo[key] = found
        return found

    def _walk(self, node: _Node, at: int, fields: Fields, ways: list[_Way]) -> None:
        """Keep every way on from a node to the end of a phrase."""
        if node.rules:
            ways += [(at, r, {**r.set, **fields, "op": r.op} if r.op else {**r.set, **fields}) for r in node.rules]
        if at >= len(self.tokens):
            return
        norm = self.tokens[at].norm
        following = node.words.get(norm)
        if following is not None:
            self._walk(following, at + 1, fields, ways)
        if node.slots:
            classes = self.grammar.lexicon.classes(norm)
            for name, kind, after in self.grammar.slots(node, norm):
                if kind in classes:
                    bound = fields if name is None else {**fields, name: classes[kind]}
                    self._walk(after, at + 1, bound, ways)
                elif kind in _NUMBERS:
                    for stop, number in _NUMBERS[kind](self.tokens, at):
                        self._walk(after, stop, {**fields, name: number} if name else fields, ways)
                else:
                    for match in self.matches(kind, at):
                        inner = match.fields if name == kind else {name: match.fields} if name else {}
                        self._walk(after, match.stop, {**fields, **inner}, ways)


def expand(phrase: str) -> tuple[tuple[Step, ...], ...]:
    """Every row of steps that a phrase stands for: its options chosen, its brackets left out or taken in."""
    pieces = _PIECE.findall(phrase)
    rows, stop = _either(pieces, 0)
    if stop != len(pieces):
        raise PhraseError(f"brackets do not match in {phrase!r}")
    return rows


def _either(pieces: Sequence[str], at: int) -> tuple[tuple[tuple[Step, ...], ...], int]:
    rows, at = _sequence(pieces, at)
    while at < len(pieces) and pieces[at] == "|":
        more, at = _sequence(pieces, at + 1)
        rows += more
    return rows, at


def _sequence(pieces: Sequence[str], at: int) -> tuple[tuple[tuple[Step, ...], ...], int]:
    rows: tuple[tuple[Step, ...], ...] = ((),)
    while at < len(pieces) and pieces[at] not in ("|", "]", ")"):
        piece = pieces[at]
        if piece in ("[", "("):
            inner, at = _either(pieces, at + 1)
            inner = (*inner, ()) if piece == "[" else inner
            rows = tuple(row + more for row in rows for more in inner)
        else:
            rows = tuple((*row, _step(piece)) for row in rows)
        at += 1
    return rows, at


def _step(piece: str) -> Step:
    if piece.startswith("{"):
        name, _, kind = piece[1:-1].rpartition(":")
        return "slot", name or kind, kind
    if piece.startswith("@"):
        return "slot", None, piece[1:]
    return "word", None, fold(piece.removeprefix("\\"))


@cache
def english_grammar() -> Grammar:
    """The English phrases."""
    return Grammar(load("en.rules.toml"), english())


@cache
def grammar_of(language: str | None) -> Grammar:
    """The phrases of a language; English for None, and for codes that CLDR does not know."""
    code = (language or "en").split("-")[0].lower()
    if code == "en" or not code.isalpha():
        return english_grammar()
    from babel import UnknownLocaleError

    try:
        lexicon = of_language(code)
    except (UnknownLocaleError, ValueError):
        return english_grammar()
    own = load(f"{code}.rules.toml") if has_file(f"{code}.rules.toml") else ()
    return Grammar((*load("any.rules.toml"), *own), lexicon)


def load(name: str) -> tuple[Rule, ...]:
    """The rules of one file; raises :class:`PhraseError` on unknown keys, doubled ids and missing examples."""
    text = (files("communique.knowledge") / "data" / "time" / name).read_text(encoding="utf-8")
    rules: list[Rule] = []
    seen: set[str] = set()
    for order, table in enumerate(tomllib.loads(text)["rule"]):
        rules.append(_rule(name, order, table))
        if rules[-1].id in seen:
            raise PhraseError(f"{name}: rule {rules[-1].id!r} stands twice")
        seen.add(rules[-1].id)
    return tuple(rules)


def _rule(file: str, order: int, table: Fields) -> Rule:
    name = table.get("id", f"number {order + 1}")
    if unknown := set(table) - _KEYS:
        raise PhraseError(f"{file}: rule {name!r}: unknown key {sorted(unknown)[0]!r}; known are {sorted(_KEYS)}")
    group = table.get("group", "time")
    if not table.get("phrase") or (group == "time" and not table.get("examples")):
        raise PhraseError(f"{file}: rule {name!r} needs a phrase and examples")
    phrases = table["phrase"] if isinstance(table["phrase"], list) else [table["phrase"]]
    return Rule(
        name, group, table.get("op", ""), order, tuple(phrases), table.get("set", {}),
        tuple(table.get("guard", ())), tuple(table.get("examples", ())), tuple(table.get("never", ())),
    )  # fmt: skip
