"""Days as places on a line with legible ticks, and how wide words are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from communique.pictures.svg import Element, group, line, text

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NARROW, _WIDE = frozenset("ijlI|.,:;'!()[]ft1 r-/"), frozenset("mwMWQOGCD@%ABNRUHVXKYÆŒ—…")
_CLOSEST = 46
"""Ticks stand at least so many pixels apart, so that their labels do not touch."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days from ``first`` to ``last`` between two places; each day is as wide as any other."""

    first: date
    last: date
    left: float
    right: float

    @property
    def per_day(self) -> float:
        """Pixels to a day."""
        return (self.right - self.left) / max((self.last - self.first).days + 1, 1)

    def start(self, day: date) -> float:
        """Where a day begins; days outside are moved to the nearer end."""
        inside = min(max(day, self.first), self.last)
        return self.left + (inside - self.first).days * self.per_day

    def stop(self, day: date) -> float:
        """Where it ends."""
        return self.start(day) + self.per_day

    def middle(self, day: date) -> float:
        """Its middle."""
        return self.start(day) + self.per_day / 2

    def ticks(self) -> Iterator[tuple[date, str]]:
        """First days of years, quarters or months (or every so many days), with labels, as close as is legible."""
        for months in (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200):
            if months * 30.4 * self.per_day >= _CLOSEST:
                break
        if months == 1 and 7 * self.per_day >= _CLOSEST * 1.2:
            yield from self._weeks()
            return
        year, month = self.first.year - self.first.year % max(months // 12, 1), 1
        while year <= min(self.last.year, 9999):
            day = date(year, month, 1)
            if self.first <= day <= self.last:
                yield day, str(year) if months >= 12 or month == 1 else MONTHS[month - 1]
            carry, month = divmod(month - 1 + months, 12)
            year, month = year + carry, month + 1

    def _weeks(self) -> Iterator[tuple[date, str]]:
        day = self.first + timedelta(-self.first.weekday() % 7)
        while day <= self.last:
            yield day, f"{day.day} {MONTHS[day.month - 1]}"
            day += timedelta(7)


def axis(days: Days, top: float, bottom: float) -> Element:
    """Upright lines at the ticks with labels under them; years stand out."""
    drawn = []
    for day, label in days.ticks():
        x = days.start(day)
        if x + width_of(label, 11.5) + 3 > days.right + 10:
            continue
        strong = label.isdigit()
        drawn.append(line(x, top, x, bottom + 4, "cq-axis"))
        drawn.append(text(x + 3, bottom + 14, label, "cq-label cq-bold" if strong else "cq-label cq-soft"))
    first = next(iter(days.ticks()), None)
    if first is None or not first[1].isdigit() or days.start(first[0]) > days.left + _CLOSEST:
        drawn.append(text(days.left, bottom + 28, str(days.first.year), "cq-label cq-bold"))
    return group(*drawn)


def width_of(words: str, size: float) -> float:
    """About how wide words are in a sans-serif face of a size; wide scripts count double."""
    return size * sum(_em(c) for c in words)


def _em(char: str) -> float:
    if char in _NARROW:
        return 0.33
    if ord(char) > 0x2E80:
        return 1.0
    return 0.82 if char in _WIDE else 0.69 if char.isupper() else 0.56


def shortened(words: str, size: float, room: float) -> str:
    """Words cut so that they fit, with an ellipsis."""
    if width_of(words, size) <= room:
        return words
    while words and width_of(words + "…", size) > room:
        words = words[:-1]
    return words.rstrip() + "…"


def wrapped(words: str, size: float, room: float) -> tuple[tuple[int, int], ...]:
    """Where to break a text into lines that fit: half-open places; blanks at breaks and line ends are in no line."""
    lines: list[tuple[int, int]] = []
    for start, stop in _paragraphs(words):
        lines.extend(_broken(words, start, stop, size, room))
    return tuple(lines)


def _paragraphs(words: str) -> Iterator[tuple[int, int]]:
    at = 0
    for paragraph in words.split("\n"):
        if paragraph.strip():
            yield at + len(paragraph) - len(paragraph.lstrip()), at + len(paragraph.rstrip())
        at += len(paragraph) + 1


def _broken(words: str, start: int, stop: int, size: float, room: float) -> Iterator[tuple[int, int]]:
    begin, last_blank, used = start, -1, 0.0
    at = start
    while at < stop:
        if words[at].isspace():
            last_blank = at
        used += size * _em(words[at])
        if used > room and at > begin:
            end = last_blank if last_blank > begin else at
            yield begin, end
            begin = end + (end == last_blank)
            at, last_blank, used = begin, -1, 0.0
            continue
        at += 1
    if begin < stop:
        yield begin, stop
