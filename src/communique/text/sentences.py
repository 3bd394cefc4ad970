"""Sentences of a document's title and text. Own rule, with abbreviations and sentence openers as data."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files

from communique.model import Document, Part
from communique.text.boilerplate import boilerplate_spans
from communique.text.tokens import Token, tokenize

_END = re.compile(r"""[.!?…؟۔।。！？]+(?:['"”’»)\]“」』）》]|\s»)*""")
_WIDE = "。！？"
# "the talks ended.The minister": a space was lost
_GLUED = re.compile(r"""(?<=[a-zà-ÿ]{3})[.!?]+["”’)]*(?=["“‘(]?[A-Z][a-z]+[\s,’'])""")
_OPENING = "'\"“‘«„([{•–—-*‹`#@"
_LAST_WORD = re.compile(r"[^\s(\[\"“‘«„/—–]+$")
_NEXT_WORD = re.compile(r"[\s'\"“‘«„(\[•–—-]*([^\W\d_]+|\d+)")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_LABEL = re.compile(r"[(\[]?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)]*")
# "am 22. Mai", "22. 5. 2020": an ordinal's full stop, unless the month stands before it ("on May 22. August was hot")
_DAY = re.compile(r"(?<![\d.,:/$€£#-])(?:[12]?\d|3[01])$")
_DAY_MONTH = re.compile(r"(?<![\d.])(?:[12]?\d|3[01])\.\s?(?:1[0-2]|0?[1-9])$")
_ENGLISH_MONTH_BEFORE = re.compile(
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)\w*\.?\s+\d+$", re.IGNORECASE
)
_YEAR_AHEAD = re.compile(r"\s+(?:19|20)\d\d\b")
_MONTH_AHEAD = re.compile(r"\s+(?:1[0-2]|0?[1-9])\.\s*(?:19|20)\d\d\b|\s+([^\W\d_]{3,})")
_ASKED = re.compile(
    r"\s+(?:[A-Z][\w.’'-]*\s+){1,4}(?:said|says|asked|asks|told|added|wrote|replied|answered|exclaimed|quipped|tweeted)\b"
)
# in a wire that writes every word behind "U.S." with a capital: what goes on there and begins nothing
_RUNS_ON = re.compile(r"\s+(?:And|Of|Or|That|To|Which|Who|With|On(?=\s+(?!the\b|an?\b)[a-z]))\b")
_BEHIND_INITIALS = re.compile(r"\b(?:U\.S|U\.K|U\.N)\.\s+([A-Z][a-z]{3,})\b")
_BLANK = re.compile(r"(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)\s*|(?:\r\n|\n)(?=[ \t]{2,}\S|[-•*–] |\d{1,2}[.)] )")
_LINE = re.compile(r"[\r\n\u2028\u2029\x0b\x0c\x85]+")
_UNFINISHED = re.compile(
    r"(?:,|\b(?:the|an?|of|on|in|and|or|to|by|with|for|at|from|between|January|February|March|April|May|June|July"
    r"|August|September|October|November|December))$"
)
_AT_LEAST = 40


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence ``[start, stop)`` of the title or the text; ``index`` counts through both, title first.

    ``norms`` are its folded words in order, ``words`` the same each once, ``capitals`` which tokens start with one.
    """

    part: Part
    index: int
    paragraph: int
    start: int
    stop: int
    tokens: tuple[Token, ...]

    norms: tuple[str, ...] = field(init=False, repr=False, compare=False)
    words: frozenset[str] = field(init=False, repr=False, compare=False)
    capitals: tuple[bool, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        norms = tuple([token.norm for token in self.tokens])
        object.__setattr__(self, "norms", norms)
        object.__setattr__(self, "words", frozenset(norms))
        object.__setattr__(self, "capitals", tuple([token.text[:1].isupper() for token in self.tokens]))


def split(document: Document) -> tuple[Sentence, ...]:
    """All sentences of the document, title first, without the boilerplate around the article."""
    found: list[Sentence] = []
    without = [(span.start, span.stop) for span in boilerplate_spans(document)]
    for number, (part, start, stop) in enumerate(_pieces(document, without)):
        text = document.part(part)
        for first, last in sentence_spans(text, start, stop):
            tokens = tokenize(text, first, last)
            if tokens:
                found.append(Sentence(part, len(found), number, first, last, tokens))
    return tuple(found)


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of a text that its lines or empty lines set apart, without white space around them."""
    boundary = _BLANK if hard_wrapped(text) else _LINE
    start = 0
    for match in boundary.finditer(text):
        if boundary is _LINE and _goes_on(text, start, match):
            continue
        yield from _trimmed(text, start, match.start())
        start = match.end()
    yield from _trimmed(text, start, len(text))


def hard_wrapped(text: str) -> bool:
    """Whether line ends are the typesetter's (a wire of 1987) and not the author's."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) < 3 or max(map(len, lines)) > 90:
        return False
    unfinished = sum(not line.endswith((".", "!", "?", '"', ":", ";", "”")) for line in lines[:-1])
    running = sum(line[:1].islower() for line in lines[1:])
    return unfinished >= 0.55 * (len(lines) - 1) and running >= 0.25 * (len(lines) - 1)


def sentence_spans(text: str, start: int = 0, stop: int | None = None) -> Iterator[tuple[int, int]]:
    """The sentences of one paragraph ``text[start:stop]``."""
    end = len(text) if stop is None else stop
    first = start
    for match in _END.finditer(text, start, end):
        if match.end() < end and _ends(text, first, match, end):
            yield from _trimmed(text, first, match.end())
            first = match.end()
    yield from _trimmed(text, first, end)


def _pieces(document: Document, without: list[tuple[int, int]]) -> Iterator[tuple[Part, int, int]]:
    """Title and paragraphs, cut where boilerplate stands in them."""
    if document.title:
        yield from (("title", start, stop) for start, stop in paragraphs(document.title))
    waiting = deque(without)
    for start, stop in paragraphs(document.text):
        while waiting and waiting[0][1] <= start:
            waiting.popleft()
        while waiting and waiting[0][0] < stop:
            left, right = waiting[0]
            yield from (("text", *piece) for piece in _trimmed(document.text, start, left))
            start = right
            if right > stop:
                break
            waiting.popleft()
        yield from (("text", *piece) for piece in _trimmed(document.text, start, stop))


def _goes_on(text: str, start: int, line_end: re.Match[str]) -> bool:
    """Whether a single line end stands inside a sentence: a long line that breaks off, then small letters, figures."""
    if line_end.group() not in ("\n", "\r\n") or line_end.start() - start < _AT_LEAST:
        return False
    before = text[max(start, line_end.start() - 30) : line_end.start()].rstrip()
    after = text[line_end.end() : line_end.end() + 1]
    broken_off = bool(_UNFINISHED.search(before))
    return (after.islower() and (broken_off or before[-1:].isalnum())) or (after.isdigit() and broken_off)


def _trimmed(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    if start < stop:
        yield start, stop


def _ends(text: str, first: int, match: re.Match[str], end: int) -> bool:
    """Whether the stop is the end of a sentence and not of an abbreviation, a label, or a question told of."""
    after, sign = match.end(), match[0][0]
    if not text[after].isspace():
        return sign in _WIDE or bool(_GLUED.match(text, match.start()))
    if not _begins(text, after, end):
        return False
    if sign == "." and not match[0].startswith(".."):
        before = text[max(first, match.start() - 24) : match.start()]
        return not (
            _abbreviated(before, text, after, end)
            or _labelled(text, first, match.start())
            or _ordinal(before, text, after, end)
        )
    return sign not in "?!" or len(match[0]) < 2 or not _ASKED.match(text, after, end)


def _begins(text: str, position: int, end: int) -> bool:
    """Whether what follows can begin a sentence: not a small letter, not a closing sign."""
    while position < end and (text[position].isspace() or text[position] in _OPENING):
        position += 1
    if position >= end:
        return False
    letter = text[position]
    small = letter.islower() and text[position - 1 : position + 2 : 2] != "()"  # but "(b)" begins a paragraph
    return letter.isalnum() and not small


def _ordinal(before: str, text: str, after: int, end: int) -> bool:
    """Whether the full stop makes a day of a month of the figure before it."""
    if _DAY_MONTH.search(before) and _YEAR_AHEAD.match(text, after, end):
        return True
    if not _DAY.search(before) or _ENGLISH_MONTH_BEFORE.search(before):
        return False
    ahead = _MONTH_AHEAD.match(text, after, end)
    return ahead is not None and (ahead[1] is None or ahead[1].lower() in _months())


def _labelled(text: str, first: int, stop: int) -> bool:
    """Whether all that stands before the stop is the number of a paragraph: "3.", "(b)", "IV."."""
    return stop - first < 7 and bool(_LABEL.fullmatch(text[first:stop].strip()))


def _abbreviated(before: str, text: str, after: int, end: int) -> bool:
    """Whether the full stop after ``before`` belongs to an abbreviation or an initial and ends nothing."""
    word = _LAST_WORD.search(before)
    if not word:
        return False
    last = word.group()
    kind = _abbreviation(last)
    if kind == "before-a-name":
        return True
    following = _NEXT_WORD.match(text, after, end)
    if kind == "before-a-number":
        return bool(following and following[1].isdigit())
    if kind is None and not _initials(last):
        return False
    if following and following[1].lower() in _starters():
        return bool(_RUNS_ON.match(text, after, end)) and _capitalises(text)
    return True


@lru_cache(maxsize=4)
def _capitalises(text: str) -> bool:
    """Whether a text writes any word behind "U.S." with a capital, as wires of 1987 do: "U.S. Officials"."""
    behind = {match[1].lower() for match in _BEHIND_INITIALS.finditer(text)} - _starters()
    return any(re.search(rf"\b{word}\b", text) for word in behind)


def _initials(word: str) -> bool:
    word = word.rpartition("-")[2]  # "a China-U.S. Textile pact"
    return (len(word) == 1 and word.isalpha() and word.isupper()) or bool(_DOTTED.fullmatch(word))


def _abbreviation(word: str) -> str | None:
    """The heading of ``abbreviations.txt`` that holds the word; a capital there asks for one here."""
    known, lower = _abbreviations(), word.lower()
    if lower in known or not word[0].isupper():
        return known.get(lower)
    return known.get(lower.capitalize()) or known.get(lower.upper())


@cache
def _abbreviations() -> dict[str, str]:
    found: dict[str, str] = {}
    heading = ""
    for line in _data("abbreviations.txt"):
        if line.startswith("["):
            heading = line.strip("[]")
        else:
            found[line] = heading
    return found


@cache
def _months() -> frozenset[str]:
    return frozenset(_data("months.txt"))


@cache
def _starters() -> frozenset[str]:
    return frozenset(_data("starters.txt"))


def _data(name: str) -> tuple[str, ...]:
    lines = (files("communique.text") / name).read_text(encoding="utf-8").splitlines()
    bare = (line.partition("#")[0].strip() for line in lines)
    return tuple(line for line in bare if line)
