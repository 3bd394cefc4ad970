"""Sentences of a document's title and text. Own rule with an abbreviation list as data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from communique.model import Document, Part
from communique.text.tokens import Token, tokenize

_END = re.compile(r"""[.!?…]+['"”’»)\]]*(?=\s|$)""")
_NEXT_STARTS = re.compile(r"""\s+['"“‘«„(\[•–—-]*\s?[A-Z0-9ÀÁÂÄÅÇÉÈÍÓÖØÚÜČĆŁŠŽİЀ-Я]""")
_LAST_WORD = re.compile(r"[^\s(\[\"“‘«]+$")
_BLANK = re.compile(r"\n\s*\n|\n(?=\s{2,}\S)|\r\n\s*\r\n")
_LINE = re.compile(r"[\r\n]+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence ``[start, stop)`` of the title or the text; ``index`` counts through both, title first."""

    part: Part
    index: int
    paragraph: int
    start: int
    stop: int
    tokens: tuple[Token, ...]


def split(document: Document) -> tuple[Sentence, ...]:
    """All sentences of the document, title first."""
    found: list[Sentence] = []
    paragraph = 0
    for part in ("title", "text"):
        text = document.part(part)  # type: ignore[arg-type]
        for start, stop in _paragraphs(text):
            for first, last in _sentences(text, start, stop):
                tokens = tokenize(text, first, last)
                if tokens:
                    found.append(Sentence(part, len(found), paragraph, first, last, tokens))  # type: ignore[arg-type]
            paragraph += 1
    return tuple(found)


@cache
def _abbreviations() -> frozenset[str]:
    lines = (files("communique.text") / "abbreviations.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip().lower() for line in lines if line.strip() and not line.startswith("#"))


def _hard_wrapped(text: str) -> bool:
    """Whether line ends are the typesetter's (a wire of 1987) and not the author's."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) < 3 or max(map(len, lines)) > 90:
        return False
    unfinished = sum(not line.endswith((".", "!", "?", '"', ":", ";")) for line in lines[:-1])
    return unfinished >= 0.55 * (len(lines) - 1)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    boundary = _BLANK if _hard_wrapped(text) else _LINE
    start = 0
    for match in boundary.finditer(text):
        yield from _trimmed(text, start, match.start())
        start = match.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    if start < stop:
        yield start, stop


def _sentences(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    first = start
    for match in _END.finditer(text, start, stop):
        if match.end() >= stop or not _NEXT_STARTS.match(text, match.end(), stop):
            continue
        if match.group().startswith(".") and _abbreviated(text[max(first, match.start() - 24) : match.start()]):
            continue
        yield from _trimmed(text, first, match.end())
        first = match.end()
    yield from _trimmed(text, first, stop)


def _abbreviated(before: str) -> bool:
    """Whether the full stop after ``before`` belongs to an abbreviation or an initial."""
    word = _LAST_WORD.search(before)
    if not word:
        return False
    last = word.group()
    if len(last) == 1 and last.isalpha() and last.isupper():
        return True
    return last.lower() in _abbreviations() or bool(re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", last) and last.isupper())
