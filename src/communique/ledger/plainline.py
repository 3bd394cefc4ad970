"""One line of the plain text, written and read::

    keyword value · value  "the words that state it" @12-34 rule
    └─ word                └─ two spaces before the evidence └─ or #id in the head of a record

A value is bare words, or a JSON string where bare words could be misread; ``-`` is a value that is absent. Places in
the title are written ``@title:3-9``. Nothing unprintable is ever written as it is.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from communique.errors import CommuniqueError
from communique.model import Part

Values = tuple[str | None, ...]

INDENT = "  "
_BETWEEN = " · "
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_PLACE = re.compile(r"@(?:(title):)?(\d+)-(\d+)")
_END_OF_BARE = re.compile(r" · |  |$")


class PlainTextError(CommuniqueError):
    """A line of the plain text that cannot be read: its number and what is wrong with it."""

    def __init__(self, number: int, message: str) -> None:
        super().__init__(f"line {number}: {message}")
        self.number = number


@dataclass(frozen=True, slots=True)
class Place:
    """Where quoted words stand: part of the document, first and last offset, and the words."""

    part: Part
    start: int
    stop: int
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line taken apart. ``tail`` is what follows the evidence: a rule, or an id after ``#``."""

    depth: int
    keyword: str
    values: Values = ()
    place: Place | None = None
    tail: str | None = None
    number: int = 0


def write_line(line: Line) -> str:
    """The line as text, without its end."""
    values = list(line.values)
    while values and values[-1] is None:
        values.pop()
    head = " ".join([line.keyword, _BETWEEN.join(map(_value, values))] if values else [line.keyword])
    evidence = " ".join([*_evidence(line.place), *_tail(line.tail)])
    return INDENT * line.depth + head + ("  " + evidence if evidence else "")


def quoted(text: str) -> str:
    """A JSON string in which every character that cannot be printed is escaped."""
    dumped = json.dumps(text, ensure_ascii=False)
    return dumped if dumped.isprintable() else "".join(map(_escaped, dumped))


def read_line(number: int, text: str) -> Line:
    """The line taken apart; raises PlainTextError."""
    content = text.lstrip(" ")
    depth, odd = divmod(len(text) - len(content), len(INDENT))
    if odd:
        raise PlainTextError(number, f"indented by an odd number of spaces: {content[:40]}")
    keyword, _, rest = content.partition(" ")
    values, rest = _read_values(number, rest)
    place, rest = _read_place(number, rest)
    return Line(depth, keyword, values, place, _read_tail(number, rest), number)


def _value(value: str | None) -> str:
    if value is None:
        return "-"
    return value if _is_bare(value) else quoted(value)


def _is_bare(value: str) -> bool:
    """Whether a value can be written as it is and read back as the same."""
    return bool(
        value
        and value.isprintable()
        and value == value.strip(" ")
        and value != "-"
        and value[0] not in "@#|;"
        and not any(mark in value for mark in ('"', "  ", "·"))
    )


def _escaped(char: str) -> str:
    return char if char.isprintable() else json.dumps(char)[1:-1]


def _evidence(place: Place | None) -> list[str]:
    if place is None:
        return []
    title = "title:" if place.part == "title" else ""
    return [quoted(place.words), f"@{title}{place.start}-{place.stop}"]


def _tail(tail: str | None) -> list[str]:
    if tail is None:
        return []
    mark, word = ("#", tail[1:]) if tail.startswith("#") else ("", tail)
    return [mark + (word if _is_bare(word) and " " not in word else quoted(word))]


def _read_values(number: int, rest: str) -> tuple[Values, str]:
    values: list[str | None] = []
    while rest and not rest.startswith(" "):
        value, rest = _read_value(number, rest)
        values.append(value)
        if not rest.startswith(_BETWEEN):
            break
        rest = rest[len(_BETWEEN) :]
    if rest and not rest.startswith(" "):
        raise PlainTextError(number, f"two spaces are missing before the evidence: {rest[:40]}")
    return tuple(values), rest.lstrip(" ")


def _read_value(number: int, rest: str) -> tuple[str | None, str]:
    if rest.startswith('"'):
        return _read_quoted(number, rest)
    end = _END_OF_BARE.search(rest)
    bare, rest = (rest[: end.start()], rest[end.start() :]) if end else (rest, "")
    return (None if bare == "-" else bare), rest


def _read_quoted(number: int, rest: str) -> tuple[str, str]:
    match = _QUOTED.match(rest)
    try:
        return json.loads(match[0] if match else rest), rest[match.end() if match else 0 :]
    except ValueError as error:
        raise PlainTextError(number, f"not a quoted text: {rest[:40]} ({error})") from None


def _read_place(number: int, rest: str) -> tuple[Place | None, str]:
    if not rest.startswith('"'):
        return None, rest
    words, rest = _read_quoted(number, rest)
    match = _PLACE.match(rest.lstrip(" "))
    if match is None:
        raise PlainTextError(number, f"a place like @12-34 is missing after the quoted words: {rest[:40]}")
    part: Part = "title" if match[1] else "text"
    return Place(part, int(match[2]), int(match[3]), words), rest.lstrip(" ")[match.end() :].lstrip(" ")


def _read_tail(number: int, rest: str) -> str | None:
    if not rest:
        return None
    mark, word = ("#", rest[1:]) if rest.startswith("#") else ("", rest)
    word, left = _read_quoted(number, word) if word.startswith('"') else word.partition(" ")[::2]
    if left.strip():
        raise PlainTextError(number, f"more than was expected: {left.strip()[:40]}")
    return mark + word
