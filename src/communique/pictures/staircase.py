"""The claim staircase: contacts counted through the time claimed, against the number claimed.

The lower stairs rise when a contact surely lies behind, the upper ones when it may; between them is what is not sure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from communique.model import Claim
from communique.pictures.marks import CHANNEL_WORDS, VERDICT_SIGNS, Item, ending, glyph, legend
from communique.pictures.picture import HATCH, Picture, Table
from communique.pictures.scale import Days, axis, wrapped
from communique.pictures.svg import Element, Link, el, group, line, linked, no_link, path, points, rect, text
from communique.views.check import Verdict, allowed
from communique.views.counting import Counted, Window, spoken_of
from communique.views.documents import Gap
from communique.views.words import parties_words, when_words

WIDTH, LEFT, RIGHT = 980.0, 44.0, 700.0
_HEAD, _LINE, _HIGH = 38.0, 22.0, 260.0
_REASONS = 12
_COLUMNS = ("id", "when", "channel", "parties", "counts", "sources", "doubts")
_EVIDENCE = {"two": ("cq-four", "two independent sources"), "one": ("cq-three", "one source"),
             "unsure": ("cq-unsure", "not sure to count")}  # fmt: skip


def staircase(claim: Claim, verdict: Verdict, title: str, told: date | None = None, link: Link = no_link) -> Picture:
    """A claim made on a day, and what the ledger says to it; ``title`` is the claim in its own words."""
    span = spoken_of(claim, told)
    lines = wrapped(title, 17, WIDTH)[:2]
    chart = _Chart(claim, verdict, span, _days(verdict, span, told), _HEAD + (len(lines) - 1) * _LINE, link)
    bottom = chart.above + _HIGH
    head = [text(0, 14 + i * _LINE, title[a:b], "cq-title") for i, (a, b) in enumerate(lines)]
    why = list(_why(_reasons(verdict), chart.card + 44))
    signs, height = legend(tuple(_legend(chart)), bottom + 36, RIGHT + 14)
    body = (*head, *chart.drawn(), *why, signs)
    counted = f"claimed {chart.claimed_words}, counted {verdict.counted}"
    description = f"{verdict.verdict}: {counted}, {len(verdict.could_count)} more could count. {verdict.why}"
    below = max(bottom + 36 + height, chart.card + 44 + len(why) * 16)
    return Picture("staircase", title, description, WIDTH, below, body, _table(verdict))


def _reasons(verdict: Verdict) -> str:
    """Why, with the gaps only counted: the chart shows which days they are."""
    sources = len({gap.why for gap in verdict.gaps})
    many = f"{len(verdict.gaps)} stretch{'es' * (len(verdict.gaps) > 1)} of days"
    gaps = f"{many} without a document of {sources} source{'s' * (sources > 1)}." if verdict.gaps else ""
    return f"{verdict.short} {gaps}".strip()


def _why(words: str, top: float) -> Iterator[Element]:
    """The reasons beside the chart, as far as there is room."""
    lines = wrapped(words, 11.5, WIDTH - RIGHT - 34)
    for at, (start, stop) in enumerate(lines[:_REASONS]):
        cut = " …" if at + 1 == _REASONS < len(lines) else ""
        yield text(RIGHT + 30, top + at * 16, words[start:stop] + cut, "cq-label cq-soft")


def _days(verdict: Verdict, span: Window, told: date | None) -> tuple[date, date]:
    """The time claimed with some room; an open end lies where the contacts (or the gaps) do."""
    known = [day for one in (*verdict.contacts, *verdict.could_count) for day in _ends(one) if day]
    known += [day for gap in verdict.gaps for day in (gap.first, gap.last)] + ([told] if told else [])
    first = span.first if span.first != date.min else min(known, default=date(2000, 1, 1))
    last = span.last if span.last != date.max else max(known, default=date(2000, 12, 31))
    last = max(first, last)
    room = max(2, (last - first).days // 25)
    low, high = max(first.toordinal() - room, 1), min(last.toordinal() + room, date.max.toordinal())
    return date.fromordinal(low), date.fromordinal(high)


def _ends(one: Counted) -> tuple[date | None, date | None]:
    when = one.row.when
    return (when.earliest, when.latest) if when else (None, None)


def _evidence(one: Counted) -> str:
    if one.fit != "surely":
        return "unsure"
    return "two" if one.row.independent > 1 else "one"


@dataclass(frozen=True, slots=True)
class _Chart:
    """The plot: days to the right, contacts upwards."""

    claim: Claim
    verdict: Verdict
    span: Window
    days: tuple[date, date]
    above: float
    link: Link

    @property
    def claimed(self) -> int | None:
        """The number claimed; that there was none is a claim of none."""
        return self.verdict.claimed if self.claim.kind.value == "count" else 0

    @property
    def claimed_words(self) -> str:
        number = "several" if self.claimed is None else str(self.claimed) if self.claimed else "none"
        words = {"at-least": f"at least {number}", "about": f"about {number}"}
        return words.get(self.claim.comparator or "", number)

    @property
    def limits(self) -> tuple[float, float]:
        """The least and greatest number of which the claim would be true."""
        return allowed(self.claim, self.claimed)

    @property
    def scale(self) -> Days:
        return Days(*self.days, LEFT, RIGHT)

    @property
    def top(self) -> int:
        """The highest number shown."""
        return (
            max(len(self.verdict.contacts) + len(self.verdict.could_count), self.claimed or int(self.limits[0]), 1) + 1
        )

    @property
    def card(self) -> float:
        """Where the verdict stands: at the number claimed, as far as there is room below it."""
        return min(max(self.y(self.claimed or self.limits[0]), self.above + 12), self.above + _HIGH - 110)

    def y(self, count: float) -> float:
        return self.above + _HIGH - min(count, self.top) / self.top * (_HIGH - 8)

    def drawn(self) -> Iterator[Element]:
        yield from self._ground()
        yield from self._stairs()
        yield from self._claimed()
        yield from (self._step(one, number) for number, one in self._numbered())
        yield from self._verdict()

    def _numbered(self) -> Iterator[tuple[int, Counted]]:
        """Each contact with the number that the stairs reach with it: the upper ones for those that are not sure."""
        yield from enumerate(sorted(self.verdict.contacts, key=_latest), 1)
        every = sorted((*self.verdict.contacts, *self.verdict.could_count), key=_earliest)
        yield from ((number, one) for number, one in enumerate(every, 1) if one in self.verdict.could_count)

    def _ground(self) -> Iterator[Element]:
        scale = self.scale
        left, right = scale.start(max(self.span.first, scale.first)), scale.stop(min(self.span.last, scale.last))
        yield rect(left, self.above, right - left, _HIGH, "cq-band")
        hatched = "".join(self._between(first, last) for first, last in _merged(self.verdict.gaps))
        if hatched:
            yield el("path", d=hatched, fill=HATCH, opacity=0.35)
        for a_day, b_day in ((self.span.first, self.span.sure_first), (self.span.sure_last, self.span.last)):
            if date.min < a_day < b_day < date.max:
                yield rect(scale.start(a_day), self.above, scale.start(b_day) - scale.start(a_day), _HIGH, "cq-fuzzy")
        every = next(n for n in (1, 2, 5, 10, 20, 50, 100, 200, 500, 10**9) if self.top / n <= 9)
        for n in range(0, self.top + 1, every):
            yield line(LEFT, self.y(n), RIGHT, self.y(n), "cq-axis")
            yield text(LEFT - 8, self.y(n) + 4, str(n), "cq-label cq-soft", "end")
        yield axis(scale, self.above, self.above + _HIGH)

    def _between(self, first: date, last: date) -> str:
        """The whole height of some days, as a path."""
        left, right, low = self.scale.start(first), self.scale.stop(last), self.above + _HIGH
        return points((left, self.above), (right, self.above), (right, low), (left, low), closed=True)

    def _claimed(self) -> Iterator[Element]:
        low, high = self.limits
        left, right = LEFT, RIGHT
        if low != high:
            top = self.above if high > self.top else self.y(high)
            yield rect(left, top, right - left, self.y(max(low, 0)) - top, "cq-claimed-zone")
        y = self.y(low if self.claimed is None else self.claimed)
        yield line(
            left,
            y,
            right + 14,
            y,
            "cq-claimed" if self.claim.comparator in (None, "exactly", "ordinal") else "cq-claimed-open",
        )
        yield text(left + 6, y - 6, f"claimed: {self.claimed_words}", "cq-label cq-bold cq-halo cq-claimed-ink")

    def _stairs(self) -> Iterator[Element]:
        low = [_latest(one) for one in self.verdict.contacts]
        high = [_earliest(one) for one in (*self.verdict.contacts, *self.verdict.could_count)]
        lower, upper = self._profile(low), self._profile(high)
        yield path(points(*upper, *reversed(lower), closed=True), "cq-maybe")
        yield path(points(*upper), "cq-stairs-high")
        yield path(points(*lower), "cq-stairs")

    def _profile(self, rises: Sequence[date]) -> list[tuple[float, float]]:
        at, count = [(LEFT, self.y(0))], 0
        for day in sorted(rises):
            x = self.scale.middle(day)
            at += [(x, self.y(count)), (x, self.y(count + 1))]
            count += 1
        return [*at, (RIGHT, self.y(count))]

    def _step(self, one: Counted, number: int) -> Element:
        kind = _evidence(one)
        first, last = _earliest(one), _latest(one)
        unsure = one in self.verdict.could_count
        x, y = self.scale.middle(first if unsure else last), self.y(number)
        riser = rect(x - 3, y, 6, self.y(number - 1) - y, _EVIDENCE[kind][0])
        spread = None
        if first != last:
            spread = path(
                points((self.scale.start(first), y), (self.scale.stop(last), y)), "cq-whisker", stroke_dasharray="2 2"
            )
        sign = glyph(one.row.channel, x, y, 5, f"cq-glyph cq-halo {_EVIDENCE[kind][0]}")
        doubts = f" ({'; '.join(one.doubts)})" if one.doubts else ""
        what = f"{CHANNEL_WORDS[one.row.channel]}, {parties_words(one.row.parties)}; {_EVIDENCE[kind][1]}{doubts}"
        drawn = group(riser, spread, sign, data_contacts=one.row.id)
        return linked(self.link("contact", one.row.id), f"{when_words(one.row.when)}: {what}", drawn)

    def _verdict(self) -> Iterator[Element]:
        x, y = RIGHT + 28, self.card
        yield ending(VERDICT_SIGNS[self.verdict.verdict], x + 10, y, 11)
        yield text(x + 28, y + 5, self.verdict.verdict.replace("-", " "), "cq-title")
        more = f", {len(self.verdict.could_count)} more could count" if self.verdict.could_count else ""
        yield text(x + 2, y + 26, f"{self.verdict.counted} counted{more}", "cq-text cq-bold")


def _merged(gaps: Sequence[Gap]) -> list[tuple[date, date]]:
    """The days that some gap holds, as stretches that do not overlap."""
    found: list[tuple[date, date]] = []
    for gap in sorted(gaps, key=lambda g: (g.first, g.last)):
        if found and gap.first <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], gap.last)
        else:
            found.append((gap.first, gap.last))
    return found


def _latest(one: Counted) -> date:
    first, last = _ends(one)
    return last or first or date.max


def _earliest(one: Counted) -> date:
    first, last = _ends(one)
    return first or last or date.max


def _legend(chart: _Chart) -> Iterator[Item]:
    kinds = {_evidence(one) for one in (*chart.verdict.contacts, *chart.verdict.could_count)}
    for kind, (class_, words) in _EVIDENCE.items():
        if kind in kinds:
            yield rect(-3, -8, 6, 16, class_), 6, words
    yield path(points((-10, 0), (10, 0)), "cq-claimed"), 20, "claimed"
    yield rect(-7, -7, 14, 14, "cq-band"), 14, "time claimed"
    if any(
        date.min < a < b < date.max
        for a, b in ((chart.span.first, chart.span.sure_first), (chart.span.sure_last, chart.span.last))
    ):
        yield rect(-7, -7, 14, 14, "cq-fuzzy"), 14, "its vague end"
    if chart.verdict.gaps:
        yield el("rect", x=-7, y=-7, width=14, height=14, fill=HATCH), 14, "no source covers these days"


def _table(verdict: Verdict) -> Table:
    every = [*((one, "yes") for one in verdict.contacts), *((one, "perhaps") for one in verdict.could_count)]
    rows = tuple(
        (one.row.id, when_words(one.row.when), one.row.channel, parties_words(one.row.parties), counts,
         one.row.independent, "; ".join(one.doubts))
        for one, counts in every
    )  # fmt: skip
    return Table(_COLUMNS, rows, tuple(("contact", one.row.id) for one, _ in every))
