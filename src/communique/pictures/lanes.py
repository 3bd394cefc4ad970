"""Lanes of a pair: contacts by level, plans from announcement to the day foreseen, agreements with their steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from communique.model import CHANNELS, Level
from communique.pictures.bars import bars
from communique.pictures.marks import CHANNEL_WORDS, Item, ending, glyph, legend
from communique.pictures.picture import HALF, HATCH, Picture, Table
from communique.pictures.scale import Days, axis
from communique.pictures.svg import Element, Link, el, group, line, no_link, path, points, rect, text
from communique.pictures.tracks import MARK, OUTCOMES, SIGN, Placed, contact_mark, plan_arrow
from communique.views.agreements import LifeLine
from communique.views.confirming import level_of
from communique.views.contacts import ContactRow
from communique.views.documents import Gap
from communique.views.plans import PlanRow
from communique.views.tables import Cell
from communique.views.words import parties_words, when_words

WIDTH, LEFT = 1060.0, 124.0
ROW = 16.0
_HEAD = 52.0
_LANES: tuple[tuple[str, tuple[Level, ...]], ...] = (
    ("Leaders", ("leader",)),
    ("Ministers", ("minister",)),
    ("Envoys, officials", ("senior", "envoy", "expert")),
    ("Rank not said", ("body",)),
)
_COLUMNS = ("kind", "id", "when", "status", "channel", "parties", "place", "confirmed_by")


@dataclass(frozen=True, slots=True)
class Pair:
    """What is told of two sides: contacts (with who of them confirms each), plans, agreements, and silences."""

    sides: tuple[str, str]
    contacts: tuple[ContactRow, ...] = ()
    confirmed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    plans: tuple[PlanRow, ...] = ()
    agreements: tuple[LifeLine, ...] = ()
    gaps: tuple[Gap, ...] = ()

    @property
    def span(self) -> tuple[date, date]:
        """The time to show: that of contacts dated to a month at least and of announcements, with a little room."""
        dated = [ends for row in self.contacts if len(ends := _ends(row)) == 2 and (ends[1] - ends[0]).days <= 31]
        found = [day for ends in dated for day in ends] + [p.announced for p in self.plans if p.announced]
        if not found:
            return date(2000, 1, 1), date(2000, 12, 31)
        room = max(3, (max(found) - min(found)).days // 40)
        first, last = max(min(found).toordinal() - room, 1), min(max(found).toordinal() + room, date.max.toordinal())
        return date.fromordinal(first), date.fromordinal(last)


def lanes(pair: Pair, title: str, days: tuple[date, date] | None = None, link: Link = no_link) -> Picture:
    """The lanes of two sides; ``days`` is the time shown, by default ``pair.span``."""
    scale = Days(*(days or pair.span), LEFT, WIDTH - 10)
    contacts = [row for row in pair.contacts if row.when and _within(_ends(row), scale)]
    plans = [plan for plan in pair.plans if _within(_plan_ends(plan), scale)]
    tracks = [
        (name, [_mark(r, pair, scale, link) for r in contacts if _level(r, pair) in levels]) for name, levels in _LANES
    ]
    tracks.append(("Plans", [plan_arrow(plan, scale, link) for plan in plans]))
    top, drawn = _HEAD, list[Element]()
    for name, placed in tracks:
        if placed:
            drawn.append(_lane(name, placed, top))
            top += _height(placed)
    bars_drawn, height = bars(pair.agreements, scale, top, link)
    top += height
    said = _counted(pair, contacts, plans)
    head = (text(0, 14, title, "cq-title"), text(0, 34, said, "cq-text cq-sub"))
    signs, height = legend(tuple(_legend(pair, contacts, plans)), top + 38, WIDTH)
    body = (*head, *_silences(pair.gaps, scale, top), axis(scale, _HEAD - 6, top), *drawn, *bars_drawn, signs)
    description = (
        f"{said} From {scale.first} to {scale.last}. Filled: both sides confirm; half: one; hollow: only media."
    )
    return Picture("lanes", title, description, WIDTH, top + 38 + height, body, _table(pair, contacts, plans))


def _ends(row: ContactRow) -> list[date]:
    return [day for day in (row.when.earliest, row.when.latest) if day] if row.when else []


def _plan_ends(plan: PlanRow) -> list[date]:
    foreseen = (plan.foreseen.earliest, plan.foreseen.latest) if plan.foreseen else ()
    return [day for day in (plan.announced, *foreseen) if day]


def _within(ends: Sequence[date], days: Days) -> bool:
    return bool(ends) and min(ends) <= days.last and max(ends) >= days.first


def _level(row: ContactRow, pair: Pair) -> Level:
    return level_of(row.parties, pair.sides)


def _mark(row: ContactRow, pair: Pair, days: Days, link: Link) -> Placed:
    return contact_mark(row, pair.confirmed.get(row.id, frozenset()) & {*pair.sides}, days, link)


def _rows(placed: Sequence[Placed]) -> list[tuple[Placed, int]]:
    """Each with its row: the first one in which it covers nothing before it."""
    taken: list[float] = []
    found = []
    for one in sorted(placed, key=lambda p: (p.left, p.right)):
        at = next((i for i, stop in enumerate(taken) if stop <= one.left), len(taken))
        taken[at : at + 1] = [one.right + 2]
        found.append((one, at))
    return found


def _height(placed: Sequence[Placed]) -> float:
    return (max(at for _, at in _rows(placed)) + 1) * ROW + 10


def _lane(name: str, placed: Sequence[Placed], top: float) -> Element:
    drawn = (group(one.drawn, transform=f"translate(0 {top + 13 + at * ROW:.2f})") for one, at in _rows(placed))
    below = top + _height(placed)
    return group(text(0, top + 17, name, "cq-head"), line(0, below, WIDTH, below, "cq-axis"), *drawn)


def _silences(gaps: Sequence[Gap], days: Days, bottom: float) -> Iterator[Element]:
    """Times that no source covers."""
    for gap in gaps:
        if gap.first <= days.last and gap.last >= days.first:
            left, right = days.start(gap.first), days.stop(gap.last)
            yield el(
                "rect", x=left, y=_HEAD - 6, width=right - left, height=bottom - _HEAD + 6, fill=HATCH, opacity=0.35
            )


def _counted(pair: Pair, contacts: Sequence[ContactRow], plans: Sequence[PlanRow]) -> str:
    hidden = len(pair.contacts) - len(contacts)
    parts = [_number(len(contacts), "contact"), _number(len(plans), "plan")]
    rest = f" {_number(hidden, 'more contact')} without a date or outside this time." if hidden else ""
    return f"{' and '.join(parts)}.{rest}"


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _table(pair: Pair, contacts: Sequence[ContactRow], plans: Sequence[PlanRow]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        ("contact", r.id, when_words(r.when), r.status, r.channel, parties_words(r.parties), r.place,
         ", ".join(sorted(pair.confirmed.get(r.id, frozenset()) & {*pair.sides})))
        for r in contacts
    ]  # fmt: skip
    rows += [
        ("plan", p.id, when_words(p.foreseen), p.outcome, p.channel, parties_words(p.parties), None, "") for p in plans
    ]
    rows += [
        ("agreement", a.agreement, when_words(s.when), s.action, "", ", ".join(s.by), None, s.basis)
        for a in pair.agreements
        for s in a.steps
    ]
    links = tuple(("agreement" if row[0] == "agreement" else "contact", str(row[1])) for row in rows)
    return Table(_COLUMNS, tuple(rows), links)


def _legend(pair: Pair, contacts: Sequence[ContactRow], plans: Sequence[PlanRow]) -> Iterator[Item]:
    """The signs that this picture needs explained."""
    yield from _FILLED if contacts else ()
    yield path(points((-12, 0), (12, 0)) + "M-12-3V3M12-3V3", "cq-whisker"), 24, "on one of these days"
    if pair.gaps:
        yield el("rect", x=-7, y=-7, width=14, height=14, fill=HATCH), 14, "no source covers these days"
    for channel in CHANNELS:
        if any(row.channel == channel for row in contacts):
            yield glyph(channel, 0, 0, MARK, "cq-mark cq-solid"), 11, CHANNEL_WORDS[channel]
    for outcome, words in OUTCOMES.items():
        if any(plan.outcome == outcome for plan in plans):
            yield ending(outcome, 0, 0, SIGN), 11, f"plan {words}"
    yield from _BARS if pair.agreements else ()


_FILLED: tuple[Item, ...] = (
    (glyph("phone", 0, 0, MARK, "cq-mark cq-solid"), 11, "both sides confirm"),
    (glyph("phone", 0, 0, MARK, "cq-mark", fill=HALF), 11, "one does"),
    (glyph("phone", 0, 0, MARK, "cq-mark cq-hollow"), 11, "only media"),
)
_BARS: tuple[Item, ...] = (
    (rect(-9, -4, 18, 8, "cq-force", rx=2), 18, "agreement in force"),
    (rect(-9, -4, 18, 8, "cq-signed", rx=2), 18, "signed, ratified"),
    (rect(-9, -4, 18, 8, "cq-ending", rx=2), 18, "suspended or being left"),
)
