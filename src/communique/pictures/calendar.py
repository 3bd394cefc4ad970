"""The contact calendar: columns are weeks, rows weekdays, a block a year; every contact stands in one cell.

A contact of which only the week, the month or the year is known stands in a margin cell for that, never on a day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from communique.edtf import month_days
from communique.model import CHANNELS, Channel
from communique.pictures.marks import CHANNEL_WORDS, Item, cross, glyph, legend
from communique.pictures.picture import HATCH, Picture, Table
from communique.pictures.scale import MONTHS
from communique.pictures.svg import Element, Link, el, group, linked, no_link, number, path, rect, text
from communique.views.agree import Interval
from communique.views.contacts import ContactRow
from communique.views.words import parties_words, when_words

CELL, PITCH = 14.0, 16.0
LEFT, YEAR_CELL = 56.0, 58.0
WIDTH = LEFT + 54 * PITCH + 14 + YEAR_CELL
_HEAD = 58.0
_STRIP = 20.0
_DAY = timedelta(1)
_SQUARE = f"h{CELL:.0f}v{CELL:.0f}h-{CELL:.0f}z"
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_TAKEN_PLACE = ("held", "ongoing")
_CALLED_OFF = ("cancelled", "denied")
_SHADES = ("cq-faint", "cq-one", "cq-two", "cq-three", "cq-four")
_COLUMNS = ("id", "when", "status", "channel", "parties", "place")
Slot = tuple[str, date]
"""What is known of a contact's time ("day", "week", "month", "year", or "open"), and the first day of that."""


def contact_calendar(
    rows: Sequence[ContactRow], title: str, uncovered: Collection[date] = (), link: Link = no_link
) -> Picture:
    """A calendar of contacts; ``uncovered`` are days on which no source spoke, which are hatched."""
    slots: dict[Slot, list[ContactRow]] = defaultdict(list)
    for row in rows:
        slots[slot(row.when)].append(row)
    by_year: dict[int, dict[Slot, list[ContactRow]]] = defaultdict(dict)
    for (kind, first), told in slots.items():
        if kind != "open":
            by_year[first.year][kind, first] = told
    years, silent = sorted(by_year), frozenset(uncovered)
    drawn: list[Element] = [text(0, 14, title, "cq-title"), text(0, 34, _counts(rows), "cq-text cq-sub")]
    top = _HEAD
    for at, year in enumerate(years):
        if at and year > years[at - 1] + 1:
            drawn.append(text(LEFT, top, _skipped(years[at - 1] + 1, year - 1), "cq-small"))
            top += 22
        block = _Year(year, top, by_year[year], silent, link)
        drawn.extend(block.drawn())
        top += block.height
    if ("open", date.min) in slots:
        drawn.append(_open_ended(slots["open", date.min], top, link))
        top += 26
    signs, height = legend(tuple(_legend(rows, bool(uncovered))), top + 4, WIDTH)
    description = f"{_counts(rows)} Columns are weeks, rows weekdays. Hatched days: no source covers them."
    return Picture("calendar", title, description, WIDTH, top + 4 + height, (*drawn, signs), _table(rows))


def slot(when: Interval | None) -> Slot:
    """The cell of a time: the smallest of day, week, month and year that surely holds it.

    >>> slot(Interval("2021-07", date(2021, 7, 1), date(2021, 7, 31)))
    ('month', datetime.date(2021, 7, 1))
    """
    if when is None or when.earliest is None or when.latest is None:
        return "open", date.min
    first, last = when.earliest, when.latest
    if first == last:
        return "day", first
    if first.year != last.year:
        return "open", date.min
    if first.isocalendar()[:2] == last.isocalendar()[:2]:
        return "week", first - first.weekday() * _DAY if first.weekday() < first.timetuple().tm_yday else first
    return ("month", first.replace(day=1)) if first.month == last.month else ("year", date(first.year, 1, 1))


@dataclass(frozen=True, slots=True)
class _Year:
    """A year's block from ``top`` down; ``slots`` are those of the year."""

    year: int
    top: float
    slots: Mapping[Slot, list[ContactRow]]
    uncovered: frozenset[date]
    link: Link

    @property
    def strips(self) -> tuple[str, ...]:
        """The margins this year needs."""
        kinds = {kind for kind, _ in self.slots}
        return tuple(kind for kind in ("week", "month") if kind in kinds)

    @property
    def height(self) -> float:
        return 20 + 7 * PITCH + len(self.strips) * _STRIP + 20

    def drawn(self) -> Iterator[Element]:
        yield text(0, self.top + 12, str(self.year), "cq-head")
        for month in range(1, 13):
            yield text(self._x(date(self.year, month, 1), month > 1), self.top + 12, MONTHS[month - 1], "cq-small")
        for weekday in (0, 2, 4):
            yield text(LEFT - 8, self._y(weekday) + 11, _WEEKDAYS[weekday], "cq-small", "end")
        yield from self._ground()
        for (kind, first), rows in sorted(self.slots.items()):
            yield self._cell(kind, first, rows)
        if ("year", date(self.year, 1, 1)) in self.slots:
            yield text(WIDTH - YEAR_CELL / 2, self._y(3) - 6, f"in {self.year}", "cq-small", "middle")
        for at, kind in enumerate(self.strips):
            yield text(LEFT - 8, self._strip(at) + 11, f"{kind} of", "cq-small", "end")

    def _x(self, day: date, whole_week: bool = False) -> float:
        """The column of a day's week; with ``whole_week``, of the first week that begins on it or later."""
        offset = date(self.year, 1, 1).weekday() + (6 if whole_week else 0)
        return LEFT + (day.timetuple().tm_yday - 1 + offset) // 7 * PITCH

    def _y(self, weekday: int) -> float:
        return self.top + 20 + weekday * PITCH

    def _strip(self, at: int) -> float:
        return self._y(7) + 4 + at * _STRIP

    def _ground(self) -> Iterator[Element]:
        first = date(self.year, 1, 1).toordinal()
        squares = dict(zip(range(first, date(self.year, 12, 31).toordinal() + 1), self._squares(), strict=False))
        yield path("".join(squares.values()), "cq-faint")
        hatched = "".join(s for day, s in squares.items() if date.fromordinal(day) in self.uncovered)
        if hatched:
            yield el("path", d=hatched, fill=HATCH)

    def _squares(self) -> Iterator[str]:
        """A square for each day of the year: column by column, from the first day's weekday on."""
        heights = [f"{number(self._y(weekday))}{_SQUARE}" for weekday in range(7)]
        for week in range(54):
            left = f"M{number(LEFT + week * PITCH)} "
            yield from (left + height for height in (heights if week else heights[date(self.year, 1, 1).weekday() :]))

    def _cell(self, kind: str, first: date, rows: Sequence[ContactRow]) -> Element:
        x, y, width = self._box(kind, first)
        label = f"{_when_words(kind, first)}: {_listed(rows)}"
        return linked(_address(kind, first, rows, self.link), label, _content(rows, x, y, width))

    def _box(self, kind: str, first: date) -> tuple[float, float, float]:
        if kind == "day":
            return self._x(first), self._y(first.weekday()), CELL
        if kind == "week":
            return self._x(first), self._strip(0), CELL
        if kind == "year":
            return WIDTH - YEAR_CELL, self._y(3), YEAR_CELL
        left = self._x(first, first.month > 1)
        last = month_days(first.year, first.month)[1]
        right = self._x(last) if first.month == 12 else self._x(last + _DAY, True) - PITCH
        return left, self._strip(len(self.strips) - 1), right - left + CELL


def _content(rows: Sequence[ContactRow], x: float, y: float, width: float) -> Element:
    """A cell: shade by contacts that took place, dashes for planned ones, a cross for those called off, glyphs."""
    took = sum(row.status in _TAKEN_PLACE for row in rows)
    off = all(row.status in _CALLED_OFF for row in rows)
    planned = not off and any(row.status not in (*_TAKEN_PLACE, *_CALLED_OFF) for row in rows)
    ink = "cq-on-dark" if took > 2 else "cq-on-light" if took else "cq-off-ink" if off else "cq-plan-ink"
    drawn: list[Element] = [rect(x, y, width, CELL, _SHADES[min(took, 4)], rx=2)]
    if planned:
        drawn.append(rect(x + 0.75, y + 0.75, width - 1.5, CELL - 1.5, "cq-planned", rx=2))
    drawn.extend(_glyphs(rows, x, y + CELL / 2, width, f"cq-glyph {ink}"))
    if off:
        drawn.append(cross(x + width / 2, y + CELL / 2, CELL / 2 - 1.5, "cq-off"))
    return group(*drawn, data_contacts=" ".join(row.id for row in rows))


def _glyphs(rows: Sequence[ContactRow], x: float, y: float, width: float, class_: str) -> Iterator[Element]:
    """One sign for a channel, two small ones for two, three dots for more; in a wide cell the number beside it."""
    channels: list[Channel] = sorted({row.channel for row in rows})
    numbered = width > CELL * 1.8 and len(rows) > 1
    middle = x + width / 2 - (9 if numbered else 0)
    if len(channels) == 1:
        yield glyph(channels[0], middle, y, 3.6, class_)
    elif len(channels) == 2:
        yield glyph(channels[0], middle - 3.2, y, 2.5, class_)
        yield glyph(channels[1], middle + 3.2, y, 2.5, class_)
    else:
        yield from (el("circle", cx=middle + dx, cy=y, r=1.3, class_=class_) for dx in (-3.8, 0, 3.8))
    if numbered:
        yield el("text", f"× {len(rows)}", x=middle + 9, y=y + 3.8, class_=f"cq-label {class_} cq-number")


def _open_ended(rows: Sequence[ContactRow], top: float, link: Link) -> Element:
    """The contacts that no year holds, in one line."""
    label = f"Without a date, or over more than a year: {_listed(rows)}"
    words = text(LEFT + 66, top + 11, "without a date, or over more than a year", "cq-small")
    return group(linked(_address("open", date.min, rows, link), label, _content(rows, LEFT, top, YEAR_CELL)), words)


def _address(kind: str, first: date, rows: Sequence[ContactRow], link: Link) -> str | None:
    """The contact, or all those of a cell."""
    if len(rows) == 1:
        return link("contact", rows[0].id)
    return link(kind, first.isoformat()) if kind in ("day", "month", "year") else link("contact", rows[0].id)


def _when_words(kind: str, first: date) -> str:
    day = f"{first.day} {MONTHS[first.month - 1]} {first.year}"
    forms = {"day": f"{_WEEKDAYS[first.weekday()]} {day}", "week": f"in the week of {day}"}
    return forms.get(kind) or (f"in {MONTHS[first.month - 1]} {first.year}" if kind == "month" else f"in {first.year}")


def _listed(rows: Sequence[ContactRow]) -> str:
    return "; ".join(f"{row.status} {CHANNEL_WORDS[row.channel]}, {parties_words(row.parties)}" for row in rows)


def _skipped(first: int, last: int) -> str:
    return f"{first}: no contact in the ledger" if first == last else f"{first} to {last}: no contact in the ledger"


def _counts(rows: Sequence[ContactRow]) -> str:
    took = sum(row.status in _TAKEN_PLACE for row in rows)
    off = sum(row.status in _CALLED_OFF for row in rows)
    rest = len(rows) - took - off
    parts = [f"{took} took place", f"{rest} planned or proposed" * bool(rest), f"{off} cancelled or denied" * bool(off)]
    return f"{len(rows)} contact{'s' * (len(rows) != 1)}: {', '.join(filter(None, parts))}."


def _table(rows: Sequence[ContactRow]) -> Table:
    cells = tuple(
        (row.id, when_words(row.when), row.status, row.channel, parties_words(row.parties), row.place) for row in rows
    )
    return Table(_COLUMNS, cells, tuple(("contact", row.id) for row in rows))


def _swatch(class_: str, *more: Element) -> Element:
    return group(rect(-7, -7, CELL, CELL, class_, rx=2), *more)


def _legend(rows: Sequence[ContactRow], hatched: bool) -> Iterator[Item]:
    """The signs that this calendar needs explained."""
    for shade, words in zip(_SHADES[1:], ("1 contact", "2", "3", "4 and more"), strict=True):
        yield _swatch(shade), CELL, words
    if any(row.status not in (*_TAKEN_PLACE, *_CALLED_OFF) for row in rows):
        yield _swatch("cq-faint", rect(-6.25, -6.25, CELL - 1.5, CELL - 1.5, "cq-planned", rx=2)), CELL, "planned"
    if any(row.status in _CALLED_OFF for row in rows):
        yield _swatch("cq-faint", cross(0, 0, 5.5, "cq-off")), CELL, "cancelled or denied"
    if hatched:
        ground = el("rect", x=-7, y=-7, width=CELL, height=CELL, fill=HATCH)
        yield _swatch("cq-faint", ground), CELL, "no source covers the day"
    for channel in CHANNELS:
        if any(row.channel == channel for row in rows):
            yield glyph(channel, 0, 0, 4.4, "cq-glyph cq-on-light"), 11.0, CHANNEL_WORDS[channel]
