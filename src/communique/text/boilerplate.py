"""Words around an article that are no part of it: invitations to comment, navigation, bylines, "12 months ago".

The stored text stays as it is; sentences leave these spans out. Phrases are data (``boilerplate.toml``); the shapes of
lines (breadcrumbs, ages, bylines) are below.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from communique.model import Document, Span

_LONGEST_LINE = 300
_LINE = re.compile(r"[^\r\n]+")
_CLOSING = " \t\xa0.:;!?…>»›→|-–—*#()[]0123456789"
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_AGE = re.compile(
    rf"(?:(?:last )?(?:published|updated|posted|modified):? )?(?P<count>\d{{1,3}}|{'|'.join(_NUMBERS)}) "
    r"(?P<unit>second|minute|min|hour|hr|day|week|month|year)s? ago",
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|@\w+")
_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("breadcrumb", re.compile(r"home\s*[/>»›→|·-]\s*\S.*|(?:[\w&' -]{2,30}\s+[/>»›→]\s+){2,}\S.*")),
    ("stated-date", re.compile(
        r"(?:first |last )?(?:published|updated|posted|modified|released)(?: on| at|:)*:? (?:[a-z]{3,9},? )?"
        r"(?:\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec).{0,60}",
    )),
    ("reading-time", re.compile(r"(?:\d+|[a-z]+)[ -]min(?:ute)?s? read(?:ing)?(?: time)?|reading time:? .{1,20}")),
    ("counter", re.compile(r"[\d,.]+k? (?:comments?|shares?|views?|likes?|replies)")),
    ("address", _ADDRESS),
    ("file-header", re.compile(r"(?:title|headline|date|publish(?:ed|er)|source|url|link|author|language): .*")),
)
_BYLINE = re.compile(
    r"(?:By|BY|Written by)\s+(?:(?:[A-ZÀ-Þ][\w.'’-]*+|and|AND|&|of|in|the|for|de|van|von|al|bin|[|,·•-])[ ,]*+){1,9}"
)
_WORD = re.compile(r"\w")
_SIGN_OFF = "wire-sign-off"


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """Words that are no content, and the id of the rule that says so."""

    span: Span
    rule: str


@dataclass(frozen=True, slots=True)
class Age:
    """How old a page said its article was when it was crawled: "12 months ago". A hint about dates, no date."""

    span: Span
    count: int
    unit: str


@dataclass(slots=True)
class _Phrases:
    """The phrases of ``boilerplate.toml``, by where they apply."""

    line: dict[str, str] = field(default_factory=dict)
    start: dict[str, str] = field(default_factory=dict)
    glued: dict[str, str] = field(default_factory=dict)
    inside: dict[str, str] = field(default_factory=dict)
    line_end: dict[str, str] = field(default_factory=dict)


def boilerplate(document: Document) -> tuple[Boilerplate, ...]:
    """All stretches of the text that are no content, in order, none overlapping another."""
    found: list[Boilerplate] = []
    for start, stop, rule in sorted(_stretches(document.text), key=lambda one: (one[0], -one[1])):
        if not found or found[-1].span.stop <= start:
            found.append(Boilerplate(Span(document.id, start, stop), rule))
    return tuple(found)


def boilerplate_spans(document: Document) -> tuple[Span, ...]:
    """The spans of ``boilerplate``."""
    return tuple(one.span for one in boilerplate(document))


def age(document: Document) -> Age | None:
    """The age that the page states of itself, if a line does nothing else."""
    for match in _LINE.finditer(document.text):
        line = match[0].strip()
        stated = _AGE.fullmatch(line.lower()) if len(line) < 60 else None
        if stated:
            count = stated["count"]
            start = match.start() + match[0].index(line)
            span = Span(document.id, start, start + len(line))
            return Age(span, int(count) if count.isdigit() else _NUMBERS[count], _unit(stated["unit"]))
    return None


def rules() -> tuple[dict[str, Any], ...]:
    """The rules of ``boilerplate.toml`` as they stand there, examples and all."""
    source = (files("communique.text") / "boilerplate.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(source)["rule"])


def _unit(word: str) -> str:
    return {"min": "minute", "hr": "hour"}.get(word, word)


@cache
def _phrases() -> _Phrases:
    found = _Phrases()
    for rule in rules():
        table: dict[str, str] = getattr(found, rule["where"].replace("-", "_"))
        table.update(dict.fromkeys(rule["phrases"], rule["id"]))
    return found


def _stretches(text: str) -> Iterator[tuple[int, int, str]]:
    yield from _inside(text)
    for match in _LINE.finditer(text):
        if match.end() - match.start() > 2 * _LONGEST_LINE:
            continue
        line = match[0].strip()
        found = _judge(line) if 0 < len(line) <= _LONGEST_LINE else None
        if found:
            length, rule = found
            start = match.start() + match[0].index(line)
            yield start, start + length, rule


def _inside(text: str) -> Iterator[tuple[int, int, str]]:
    lower = _lower(text)
    for phrase, rule in _phrases().inside.items():
        start = lower.find(phrase)
        while start >= 0:
            yield start, start + len(phrase), rule
            start = lower.find(phrase, start + len(phrase))


def _judge(line: str) -> tuple[int, str] | None:
    """How much of a line, from its beginning, is no content, and why."""
    lower = _lower(line)
    known = _phrases()
    bare = lower.strip(_CLOSING)
    if bare in known.line and (line[0] == line[0].upper() or known.line[bare] == _SIGN_OFF):
        return len(line), known.line[bare]
    if line[0].islower():  # the last words of a hard-wrapped paragraph, not a label
        return (len(line), "address") if _ADDRESS.fullmatch(lower) else None
    if not _WORD.search(line):
        return len(line), "signs"
    if lower.startswith(tuple(known.start)):
        return len(line), next(rule for phrase, rule in known.start.items() if lower.startswith(phrase))
    for phrase, rule in known.glued.items():
        if lower.startswith(phrase) and not line[len(phrase) :][:1].islower():
            return len(line) if bare == phrase else len(phrase), rule
    for phrase, rule in known.line_end.items():
        if bare.endswith(phrase) and len(line) < 150:
            return len(line), rule
    return _shape(line, lower)


def _shape(line: str, lower: str) -> tuple[int, str] | None:
    if len(line) < 60 and _AGE.fullmatch(lower):
        return len(line), "age"
    if len(line) > 150 or line.endswith((".", "?", "!")):
        return None
    if _BYLINE.fullmatch(line):
        return len(line), "byline"
    return next(((len(line), rule) for rule, shape in _SHAPES if shape.fullmatch(lower)), None)


def _lower(text: str) -> str:
    """Lower case with plain apostrophes, every character at its place (a few capitals have a longer lower case)."""
    lower = text.lower().replace("’", "'")
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
