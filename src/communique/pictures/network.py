"""The network of contacts in a window of time: people or states, and meetings of several as squares between them."""

from __future__ import annotations

import math
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import combinations
from typing import Literal

from communique.pictures.labels import placed_labels
from communique.pictures.layout import Place, layout
from communique.pictures.marks import Item, legend
from communique.pictures.picture import Picture, Table
from communique.pictures.svg import Element, Link, el, group, line, linked, no_link, rect, text
from communique.views.contacts import ContactRow, Wanted

Of = Literal["people", "states"]
MOST = 60
WIDTH, HEIGHT = 1000.0, 640.0
_PAD, _HEAD = 70.0, 74.0
_TOOK_PLACE = ("held", "ongoing")
_COLUMNS = ("kind", "between", "contacts", "first", "last")


@dataclass(frozen=True, slots=True)
class Tie:
    """Nodes that met, and the contacts in which they did; more than two if several sides sat together."""

    nodes: tuple[str, ...]
    contacts: tuple[ContactRow, ...]


def network(
    rows: Sequence[ContactRow], of: Of, title: str, window: tuple[date | None, date | None] = (None, None),
    most: int = MOST, link: Link = no_link,
) -> Picture:  # fmt: skip
    """Who met whom in the window. ``rows`` are the contacts of all times: they fix where everybody stands."""
    every, at = _remembered(rows, of)
    fits = Wanted(since=window[0], until=window[1]).fits
    here = every if window == (None, None) else _ties([row for row in rows if fits(row)], of)
    importance = _importance(here)
    shown = _first(importance, most)
    drawn = _Drawn(
        {name: at[name] for name in shown},
        [tie for tie in here if len({*tie.nodes} & {*shown}) > 1],
        importance,
        of,
        link,
    )
    said = _counted(here, rows, len(shown), len(importance), of)
    head = (
        text(0, 14, title, "cq-title"),
        text(0, 34, _window_words(window), "cq-text cq-sub"),
        text(0, 52, said, "cq-text cq-sub"),
    )
    bottom = _HEAD + _height(len(at)) + 2 * 24
    signs, height = legend(_LEGEND[of], bottom, WIDTH)
    description = f"{said} {_window_words(window)}. The width of a line is the number of contacts."
    return Picture(
        "network", title, description, WIDTH, bottom + height, (*head, *drawn.elements(), signs), _table(drawn.ties)
    )


_ANSWERS: OrderedDict[tuple[int, Of], tuple[Sequence[ContactRow], list[Tie], Mapping[str, Place]]] = OrderedDict()
"""The ties and places of the last few ledgers asked for; rows that are held keep their identity to themselves."""
_HELD = 4


def _remembered(rows: Sequence[ContactRow], of: Of) -> tuple[list[Tie], Mapping[str, Place]]:
    """The ties of all rows and where everybody stands; the same for every window, and slow to work out."""
    key = (id(rows), of)
    known = _ANSWERS.get(key)
    if known is None:
        ties = _ties(rows, of)
        known = (rows, ties, _placed(ties))
        if not isinstance(rows, tuple):
            return ties, known[2]  # it may have changed when somebody asks again
        _ANSWERS[key] = known
        while len(_ANSWERS) > _HELD:
            _ANSWERS.popitem(last=False)
    return known[1], known[2]


def _ties(rows: Sequence[ContactRow], of: Of) -> list[Tie]:
    """Contacts that took place, by those who met: across the sides of two, all together where sides are more."""
    met: dict[tuple[str, ...], list[ContactRow]] = defaultdict(list)
    for row in rows:
        if row.status in _TOOK_PLACE:
            for nodes in _meetings(row, of):
                met[nodes].append(row)
    return [Tie(nodes, tuple(held)) for nodes, held in sorted(met.items())]


def _meetings(row: ContactRow, of: Of) -> Iterator[tuple[str, ...]]:
    sides: dict[str, list[str]] = defaultdict(list)
    for party in row.parties:
        name = party.name if of == "people" else party.side
        if name and party.side and name not in sides[party.side]:
            sides[party.side].append(name)
    filled = [names for _, names in sorted(sides.items()) if names]
    if len(filled) > 2:
        yield tuple(sorted({name for names in filled for name in names}))
    elif len(filled) == 2:
        yield from sorted({(min(a, b), max(a, b)) for a in filled[0] for b in filled[1] if a != b})


def _importance(ties: Sequence[Tie]) -> Counter[str]:
    """In how many contacts each took part."""
    contacts: dict[str, set[str]] = defaultdict(set)
    for tie in ties:
        for name in tie.nodes:
            contacts[name].update(row.id for row in tie.contacts)
    return Counter({name: len(ids) for name, ids in contacts.items()})


def _first(importance: Counter[str], most: int) -> tuple[str, ...]:
    return tuple(sorted(importance, key=lambda name: (-importance[name], name))[:most])


def _placed(ties: Sequence[Tie]) -> Mapping[str, Place]:
    weights: Counter[tuple[str, str]] = Counter()
    for tie in ties:
        for pair in combinations(tie.nodes, 2):
            weights[pair] += len(tie.contacts)
    importance = _importance(ties)
    radii = ((name, _radius(importance[name])) for name in _first(importance, len(importance)))
    places = _laid_out(tuple(radii), tuple(sorted(weights.items())))
    return {name: (x + _PAD, y + _HEAD + 24) for name, (x, y) in places.items()}


def _height(nodes: int) -> float:
    """A few need less room than many."""
    return HEIGHT * min(1.0, 0.12 + math.sqrt(nodes) / 8)


@lru_cache(maxsize=8)
def _laid_out(
    radii: tuple[tuple[str, float], ...], weights: tuple[tuple[tuple[str, str], int], ...]
) -> Mapping[str, Place]:
    """The layout of a ledger is the same for all windows, and takes longer than all the rest."""
    height = _height(len(radii))
    wide = (WIDTH - 2 * _PAD) * height / HEIGHT
    places = layout(dict(radii), dict(weights), wide, height)
    return {name: (x + (WIDTH - 2 * _PAD - wide) / 2, y) for name, (x, y) in places.items()}


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Nodes where they stand, the ties between them, and how often each node met somebody."""

    at: Mapping[str, Place]
    ties: Sequence[Tie]
    importance: Mapping[str, int]
    of: Of
    link: Link

    def elements(self) -> Iterator[Element]:
        pairs = sorted((t for t in self.ties if len(t.nodes) == 2), key=lambda t: (len(t.contacts), t.nodes))
        several = [tie for tie in self.ties if len(tie.nodes) > 2]
        yield group(*(self._pair(tie) for tie in pairs))
        yield group(*(self._square(tie) for tie in several))
        yield group(*(self._node(name) for name in sorted(self.at)))
        yield group(*self._names())

    def _pair(self, tie: Tie) -> Element:
        (x1, y1), (x2, y2) = (self.at[name] for name in tie.nodes)
        href = self.link("pair", "/".join(tie.nodes)) if self.of == "states" else None
        drawn = line(x1, y1, x2, y2, "cq-edge", stroke_width=_thickness(len(tie.contacts)), data_contacts=_ids(tie))
        return linked(href, f"{' and '.join(tie.nodes)}: {_times(tie)}", drawn)

    def _square(self, tie: Tie) -> Element:
        ends = [self.at[name] for name in tie.nodes if name in self.at]
        x, y = (sum(place[i] for place in ends) / len(ends) for i in (0, 1))
        size = 3.5 + min(len(tie.contacts), 9) ** 0.5
        rays = (line(x, y, *end, "cq-edge-many", stroke_width=1) for end in ends)
        drawn = group(*rays, rect(x - size, y - size, 2 * size, 2 * size, "cq-many"), data_contacts=_ids(tie))
        href = self.link("contact", tie.contacts[0].id)
        return linked(href, f"{', '.join(tie.nodes)}: together {_times(tie)}", drawn)

    def _node(self, name: str) -> Element:
        x, y = self.at[name]
        kind = "person" if self.of == "people" else "side"
        label = f"{name}: {_number(self.importance[name], 'contact')}"
        return linked(
            self.link(kind, name), label, el("circle", cx=x, cy=y, r=_radius(self.importance[name]), class_="cq-node")
        )

    def _names(self) -> Iterator[Element]:
        discs = {name: (*self.at[name], _radius(self.importance[name])) for name in self.at}
        order = sorted(self.at, key=lambda name: (-self.importance[name], name))
        for label in placed_labels([(name, name) for name in order], discs, WIDTH):
            strong = " cq-bold" if label.name in order[:8] else ""
            yield text(label.x, label.y, label.words, f"cq-label cq-halo{strong}", label.anchor)


def _radius(contacts: int) -> float:
    return 3.5 + 1.5 * math.sqrt(min(contacts, 150))


def _thickness(contacts: int) -> float:
    return min(0.6 + 1.1 * math.sqrt(contacts), 11)


def _ids(tie: Tie) -> str:
    return " ".join(row.id for row in tie.contacts)


def _times(tie: Tie) -> str:
    first, last = _reach(tie)
    when = f", {first} to {last}" if first != last else f", {first}" if first else ""
    return f"{_number(len(tie.contacts), 'contact')}{when}"


def _reach(tie: Tie) -> tuple[str, str]:
    days = [day for row in tie.contacts if row.when for day in (row.when.earliest, row.when.latest) if day]
    return (str(min(days)), str(max(days))) if days else ("", "")


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _counted(ties: Sequence[Tie], rows: Sequence[ContactRow], shown: int, nodes: int, of: Of) -> str:
    contacts = len({row.id for tie in ties for row in tie.contacts})
    return f"Showing {shown} of {nodes} {of}, who met in {_number(contacts, 'contact')}."


def _window_words(window: tuple[date | None, date | None]) -> str:
    first, last = window
    if first and last:
        return f"From {first} to {last}"
    return f"From {first} on" if first else f"Up to {last}" if last else "All of the ledger's time"


def _table(ties: Sequence[Tie]) -> Table:
    ordered = sorted(ties, key=lambda tie: (-len(tie.contacts), tie.nodes))
    kind = ("pair", "several")
    rows = tuple((kind[len(t.nodes) > 2], ", ".join(t.nodes), len(t.contacts), *_reach(t)) for t in ordered)
    return Table(_COLUMNS, rows)


def _items(of: Of) -> tuple[Item, ...]:
    what = "person" if of == "people" else "state or organisation"
    edges = ((1, "1 contact"), (9, "9"), (49, "49"))
    return (
        (el("circle", r=5, class_="cq-node"), 10, f"{what}, the larger the more contacts"),
        *((line(-14, 0, 14, 0, "cq-edge", stroke_width=_thickness(n)), 28.0, words) for n, words in edges),
        (rect(-4.5, -4.5, 9, 9, "cq-many"), 9, "several sides together"),
    )


_LEGEND: Mapping[Of, tuple[Item, ...]] = {"people": _items("people"), "states": _items("states")}
