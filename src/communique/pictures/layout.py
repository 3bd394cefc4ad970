"""Places for the nodes of a network, that depend on all contacts of the ledger and not on what is shown of them.

Source of method: Fruchterman and Reingold 1991, from a fixed start, for the nodes that have most contacts; every other
node stands near the neighbour it met most often, where there is room.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from zlib import crc32

Place = tuple[float, float]
Weights = Mapping[tuple[str, str], float]

SETTLED = 80
"""So many nodes push and pull each other; more would take longer than a page may."""
_ROUNDS = 90
_APART = 46.0
_WIDE, _HIGH = 32.0, 20.0
"""So far from each other stand those that are placed last."""
_GOLDEN = math.pi * (3 - math.sqrt(5))


def layout(radii: Mapping[str, float], weights: Weights, width: float, height: float) -> Mapping[str, Place]:
    """Where every node stands in a frame; ``radii`` has the nodes in the order of their importance."""
    nodes = tuple(radii)
    places = _spread(_scaled(_settled(nodes[:SETTLED], weights), width, height), radii, width, height)
    room = _Room(places.values())
    for name, closest in _closest(nodes[SETTLED:], places, weights):
        places[name] = room.taken(_free(name, places[closest], room, width, height))
    return places


def _settled(nodes: Sequence[str], weights: Weights) -> dict[str, Place]:
    """Nodes that met are drawn together, all push each other apart; distances are about 1."""
    at = {name: _sunflower(i) for i, name in enumerate(nodes)}
    joined = [(a, b, 1 + math.log1p(w)) for (a, b), w in sorted(weights.items()) if a in at and b in at]
    for done in range(_ROUNDS):
        force = _repulsion(nodes, at)
        for a, b, weight in joined:
            dx, dy = at[a][0] - at[b][0], at[a][1] - at[b][1]
            pull = math.hypot(dx, dy) * weight * 0.35
            _push(force, a, -dx * pull, -dy * pull)
            _push(force, b, dx * pull, dy * pull)
        heat = 0.6 * (1 - done / _ROUNDS) + 0.02
        at = {name: _moved(at[name], force[name], heat) for name in nodes}
    return at


def _sunflower(index: int) -> Place:
    radius = math.sqrt(index)
    return radius * math.cos(index * _GOLDEN), radius * math.sin(index * _GOLDEN)


def _repulsion(nodes: Sequence[str], at: Mapping[str, Place]) -> dict[str, list[float]]:
    force = {name: [-0.12 * at[name][0], -0.12 * at[name][1]] for name in nodes}
    for i, a in enumerate(nodes):
        ax, ay = at[a]
        mine = force[a]
        for b in nodes[i + 1 :]:
            bx, by = at[b]
            dx, dy = ax - bx, ay - by
            push = 1.6 / (dx * dx + dy * dy + 0.05)
            mine[0] += dx * push
            mine[1] += dy * push
            other = force[b]
            other[0] -= dx * push
            other[1] -= dy * push
    return force


def _push(force: dict[str, list[float]], name: str, dx: float, dy: float) -> None:
    force[name][0] += dx
    force[name][1] += dy


def _moved(place: Place, force: Sequence[float], most: float) -> Place:
    length = math.hypot(*force) or 1.0
    step = min(length, most) / length
    return place[0] + force[0] * step, place[1] + force[1] * step


def _scaled(at: Mapping[str, Place], width: float, height: float) -> dict[str, Place]:
    """Ranks mixed with distances fill the frame evenly: a crowd in the middle is opened, outliers are drawn in."""
    if len(at) < 2:
        return dict.fromkeys(at, (width / 2, height / 2))
    spread = {}
    for axis, size in ((0, width), (1, height)):
        values = sorted(place[axis] for place in at.values())
        low, high = values[0], values[-1]
        for name, place in at.items():
            share = (place[axis] - low) / ((high - low) or 1)
            rank = values.index(place[axis]) / (len(values) - 1)
            spread[name, axis] = (0.2 * share + 0.8 * rank) * size
    return {name: (spread[name, 0], spread[name, 1]) for name in at}


def _spread(at: Mapping[str, Place], radii: Mapping[str, float], width: float, height: float) -> dict[str, Place]:
    """Nodes that stand too close are moved apart, so that names have room."""
    places = {name: list(place) for name, place in at.items()}
    names = list(places)
    for _ in range(24):
        for i, a in enumerate(names):
            for b in names[i + 1 :]:
                dx, dy = places[a][0] - places[b][0], (places[a][1] - places[b][1]) * 1.7
                gap = math.hypot(dx, dy)
                apart = _APART + max(radii[a], radii[b])
                if gap < apart:
                    shift = (apart - gap) / 2 / (gap or 1)
                    dx, dy = (dx or 0.1) * shift, (dy or 0.1) * shift / 1.7
                    places[a] = _inside(places[a][0] + dx, places[a][1] + dy, width, height)
                    places[b] = _inside(places[b][0] - dx, places[b][1] - dy, width, height)
    return {name: (round(x, 1), round(y, 1)) for name, (x, y) in places.items()}


def _inside(x: float, y: float, width: float, height: float) -> list[float]:
    return [min(max(x, 0.0), width), min(max(y, 0.0), height)]


def _closest(nodes: Sequence[str], placed: Mapping[str, Place], weights: Weights) -> list[tuple[str, str]]:
    """Each node with the one among those placed that it met most often (the most important one, if it met none)."""
    best: dict[str, tuple[float, str]] = {}
    for (a, b), weight in sorted(weights.items()):
        for one, other in ((a, b), (b, a)):
            if other in placed and (weight, other) > best.get(one, (0.0, "")):
                best[one] = (weight, other)
    middle = next(iter(placed), "")
    return [(name, best.get(name, (0.0, middle))[1]) for name in nodes]


class _Room:
    """Where somebody stands already, by squares of the frame."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._held: dict[tuple[int, int], list[Place]] = defaultdict(list)
        for place in places:
            self.taken(place)

    def taken(self, place: Place) -> Place:
        """Note a place, and give it back."""
        self._held[self._square(place)].append(place)
        return place

    def free(self, place: Place) -> bool:
        """True if nobody stands close to it."""
        column, row = self._square(place)
        near = (self._held.get((column + i, row + j), ()) for i in (-1, 0, 1) for j in (-1, 0, 1))
        return not any(abs(place[0] - x) < _WIDE and abs(place[1] - y) < _HIGH for held in near for x, y in held)

    def _square(self, place: Place) -> tuple[int, int]:
        return int(place[0] // _WIDE), int(place[1] // _HIGH)


def _free(name: str, near: Place, room: _Room, width: float, height: float) -> Place:
    """The first place on a spiral about a neighbour that nobody stands close to; where it begins the name says."""
    turn = crc32(name.encode("utf-8", "replace")) % 3600 / 3600 * 2 * math.pi
    for step in range(1, 500):
        angle, reach = turn + step * _GOLDEN, 16 * math.sqrt(step + 6)
        x, y = near[0] + reach * math.cos(angle), near[1] + reach * math.sin(angle) * 0.75
        if 0 <= x <= width and 0 <= y <= height and room.free((x, y)):
            break
    return round(min(max(x, 0), width), 1), round(min(max(y, 0), height), 1)
