"""What stands between quotation marks, of any style: “…”, "…", «…», „…“, ‘…’, '…', 「…」, one inside another.

::

    “We agreed,” he said.        opens and closes
    “First. ¶ “Second.”          every paragraph opens again, the last one closes: two spans
    period, ”Ryabkov said        machine translation: the closing mark clings to the next word
    „Wir reden“, “they said”     one mark opens here and closes there: what is open, and the space beside it, decide
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from communique.text.sentences import paragraphs

_MARK = re.compile(r"""``|''|["“”„‟«»「」『』‹›‘’‚']""")
_DOUBLE = frozenset(['"', "“", "”", "„", "‟", "``", "''"])
_ANGLE = frozenset("«»")
_SINGLE = frozenset("‘’‚'")
_DEEPEST = 8
_PAIRS = {"「": "」", "『": "』", "‹": "›"}
_CLOSING_ONLY = frozenset("」』›")


@dataclass(frozen=True, slots=True)
class Quotation:
    """The words between two marks, without the marks: ``text[start:stop]``; ``depth`` 0 is the outermost.

    ``closed`` is False where the mark that should close it is missing; it then ends with its paragraph.
    """

    start: int
    stop: int
    depth: int
    closed: bool


@dataclass(frozen=True, slots=True)
class _Open:
    mark: str
    start: int


def quoted_spans(text: str, start: int = 0, stop: int | None = None) -> tuple[tuple[int, int], ...]:
    """The outermost quotations of ``text[start:stop]``, as offsets into ``text`` of the words between the marks."""
    return tuple((one.start, one.stop) for one in quotations(text, start, stop) if one.depth == 0)


def quotations(text: str, start: int = 0, stop: int | None = None) -> tuple[Quotation, ...]:
    """All quotations of ``text[start:stop]``, outer before inner, in order."""
    end = len(text) if stop is None else stop
    found: list[Quotation] = []
    for first, last in paragraphs(text) if (start, end) == (0, len(text)) else ((start, end),):
        found += _nested(sorted(_in_paragraph(text, first, last)))
    return tuple(found)


def _nested(spans: list[tuple[int, int, bool]]) -> Iterator[Quotation]:
    """Spans in order, each with the number of those around it; ends are negated so that the outer comes first."""
    around: list[int] = []
    for start, negative, closed in spans:
        while around and around[-1] < start:
            around.pop()
        yield Quotation(start, -negative, len(around), closed)
        around.append(-negative)


def _in_paragraph(text: str, start: int, stop: int) -> Iterator[tuple[int, int, bool]]:
    stack: list[_Open] = []
    for match in _MARK.finditer(text, start, stop):
        mark = match[0]
        level = _closes(mark, stack, text, match, start, stop)
        if level is not None:
            # what was opened inside and never closed was no quotation
            yield stack[level].start, -match.start(), True
            del stack[level:]
        elif len(stack) < _DEEPEST and _opens(mark, stack, text, match, start, stop):
            stack.append(_Open(mark, match.end()))
    if stack and stack[0].mark not in _SINGLE:
        yield stack[0].start, -stop, False


def _closes(mark: str, stack: list[_Open], text: str, match: re.Match[str], start: int, stop: int) -> int | None:
    """The level that the mark closes, if it closes one."""
    if mark in _SINGLE and not _single_closes(text, match, start, stop):
        return None
    for level in range(len(stack) - 1, -1, -1):
        if _partners(stack[level].mark, mark):
            return level if _may_close(mark, stack[level].mark, text, match, start, stop) else None
    return None


def _partners(opened: str, mark: str) -> bool:
    if opened in _DOUBLE:
        return mark in _DOUBLE and mark not in ("„", "``")
    if opened in _ANGLE:
        return mark in _ANGLE and mark != opened
    if opened in _SINGLE:
        return mark in _SINGLE and mark != "‚"
    return _PAIRS.get(opened) == mark


def _may_close(mark: str, opened: str, text: str, match: re.Match[str], start: int, stop: int) -> bool:
    """Marks that both open and close are told apart by the white space beside them."""
    if mark == "“":
        return opened in ("„", "“", "”") and not _word_follows(text, match, stop)
    if mark == '"' and opened != '"':
        return not _at_word_start(text, match, start, stop)
    return True


def _opens(mark: str, stack: list[_Open], text: str, match: re.Match[str], start: int, stop: int) -> bool:
    if mark in _CLOSING_ONLY:
        return False
    if mark in ("“", "„", "‟", "«", "``", "‹", "「", "『", "‚", "‘"):
        return mark != "‘" or _at_word_start(text, match, start, stop)
    if mark in _SINGLE:
        return mark == "'" and _at_word_start(text, match, start, stop) and _closed_later(text, match.end(), stop)
    if mark == '"':
        return _word_follows(text, match, stop)
    return _at_word_start(text, match, start, stop)


def _word_follows(text: str, match: re.Match[str], stop: int) -> bool:
    return match.end() < stop and not text[match.end()].isspace() and text[match.end()] not in ",.;:!?)"


def _at_word_start(text: str, match: re.Match[str], start: int, stop: int) -> bool:
    before = text[match.start() - 1] if match.start() > start else " "
    return (before.isspace() or before in "([{—–-/:\"“«„‘'") and _word_follows(text, match, stop)


def _single_closes(text: str, match: re.Match[str], start: int, stop: int) -> bool:
    """Not an apostrophe: something that is no space stands before, and no letter after."""
    before = match.start() > start and not text[match.start() - 1].isspace()
    after = match.end() >= stop or not text[match.end()].isalnum()
    return before and after


def _closed_later(text: str, position: int, stop: int) -> bool:
    """Whether a straight single mark has a partner within its paragraph."""
    return bool(re.compile(r"[^\s']'(?![\w])").search(text, position, min(stop, position + 300)))
