"""Cardinal and ordinal numbers in words, over tokens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from communique.text import Token

_UNITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
          "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINAL_UNITS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
                  "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
                  "eighteenth", "nineteenth")  # fmt: skip
SMALL = {word: n for n, word in enumerate(_UNITS)}
TENS = {word: 10 * (n + 2) for n, word in enumerate(_TENS)}
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
ORDINALS = {word: n + 1 for n, word in enumerate(_ORDINAL_UNITS)} | {
    word[:-1] + "ieth": 10 * (n + 2) for n, word in enumerate(_TENS)
}
NUMBER_WORDS = frozenset({*SMALL, *TENS, "a"})
_HALVES = {"½": 0.5, "¼": 0.25, "¾": 0.75}


def cardinals(tokens: Sequence[Token], start: int) -> Iterator[tuple[int, float]]:
    """The cardinal number that starts at a token, with where it stops; with and without a trailing fraction."""
    found = _words(tokens, start) or _figure(tokens, start)
    if not found:
        return
    stop, number = found
    if fraction := _fraction(tokens, stop):
        yield fraction[0], number + fraction[1]
    yield stop, number


def years(tokens: Sequence[Token], start: int) -> Iterator[tuple[int, int]]:
    """A year in words: "nineteen ninety-six", "two thousand", "two thousand and five"."""
    if tokens[start].norm in ("two", "twenty", "nineteen", "eighteen", "seventeen"):
        yield from _century_years(tokens, start)
        found = _words(tokens, start)
        if found and 2000 <= found[1] <= 2099:
            yield found


def _century_years(tokens: Sequence[Token], start: int) -> Iterator[tuple[int, int]]:
    century = SMALL.get(tokens[start].norm) or TENS.get(tokens[start].norm)
    if century and century >= 17 and start + 1 < len(tokens):
        rest = _below_hundred(tokens, start + 1)
        if rest and 10 <= rest[1] <= 99:
            yield rest[0], century * 100 + rest[1]


def ordinals(tokens: Sequence[Token], start: int) -> Iterator[tuple[int, int]]:
    """Ordinals of several tokens: "twenty-first"."""
    tens = TENS.get(tokens[start].norm)
    if tens:
        at = start + 1 + (start + 1 < len(tokens) and tokens[start + 1].norm == "-")
        if at < len(tokens) and (unit := ORDINALS.get(tokens[at].norm, 99)) < 10:
            yield at + 1, tens + unit


def _figure(tokens: Sequence[Token], start: int) -> tuple[int, float] | None:
    value = _plain(tokens[start].norm)
    if value is None:
        return None
    if start + 1 < len(tokens) and (scale := SCALES.get(tokens[start + 1].norm)):
        return start + 2, value * scale
    return start + 1, value


@lru_cache(maxsize=5000)
def _plain(norm: str) -> float | None:
    if not norm[:1].isdigit() or len(norm) > 12:
        return None
    try:
        number = float(norm.replace(",", ""))
    except ValueError:
        return None
    return int(number) if number.is_integer() else number


def _fraction(tokens: Sequence[Token], at: int) -> tuple[int, float] | None:
    norms = [t.norm for t in tokens[at : at + 6]]
    if norms[:1] and norms[0] in _HALVES:
        return at + 1, _HALVES[norms[0]]
    if len(norms) > 2 and norms[1] == "/" and norms[0] in ("1", "3") and norms[2] in ("2", "4"):
        return at + 3, int(norms[0]) / int(norms[2])
    if norms[:3] == ["and", "a", "half"] or norms[:2] == ["and", "half"]:
        return at + (3 if norms[1] == "a" else 2), 0.5
    if norms == ["-", "and", "-", "a", "-", "half"]:
        return at + 6, 0.5
    return None


def _below_hundred(tokens: Sequence[Token], start: int) -> tuple[int, int] | None:
    norm = tokens[start].norm
    if norm in SMALL:
        return start + 1, SMALL[norm]
    tens = TENS.get(norm)
    if tens is None:
        return None
    at = start + 1 + (start + 1 < len(tokens) and tokens[start + 1].norm == "-")
    if at < len(tokens) and 0 < SMALL.get(tokens[at].norm, 99) < 10:
        return at + 1, tens + SMALL[tokens[at].norm]
    return start + 1, tens


def _words(tokens: Sequence[Token], start: int) -> tuple[int, int] | None:
    """Numbers below a thousand million in words; "a hundred" and "a thousand" too."""
    at, total = start, 0
    if tokens[start].norm in ("a", "one") and start + 1 < len(tokens) and tokens[start + 1].norm in SCALES:
        group: tuple[int, int] | None = (start + 1, 1)
    else:
        group = _below_hundred(tokens, start)
    while group:
        at, part = group
        if at < len(tokens) and tokens[at].norm == "hundred":
            at, part = at + 1, part * 100
            tail = _below_hundred(tokens, _after_and(tokens, at)) if _after_and(tokens, at) < len(tokens) else None
            if tail:
                at, part = tail[0], part + tail[1]
        if at < len(tokens) and tokens[at].norm in ("thousand", "million"):
            total, at = total + part * SCALES[tokens[at].norm], at + 1
            following = _after_and(tokens, at)
            group = _below_hundred(tokens, following) if following < len(tokens) else None
            if not group:
                return at, total
        else:
            return at, total + part
    return None


def _after_and(tokens: Sequence[Token], at: int) -> int:
    return at + 1 if at < len(tokens) and tokens[at].norm == "and" else at
