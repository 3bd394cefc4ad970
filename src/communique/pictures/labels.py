"""Names beside discs, each where it covers no disc and no name set before it, if there is such a place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from communique.pictures.scale import shortened, width_of

SIZE, LINE = 11.5, 13.0
LONGEST = 150.0
Disc = tuple[float, float, float]
_Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a place, as ``svg.text`` takes it."""

    name: str
    words: str
    x: float
    y: float
    anchor: str


def placed_labels(named: Sequence[tuple[str, str]], discs: Mapping[str, Disc], width: float) -> Iterator[Label]:
    """A label for each (name, words), the first ones first choice; right, left, below, above or aslant of its disc."""
    taken: list[_Box] = [(x - r, y - r, x + r, y + r) for x, y, r in discs.values()]
    for name, words in named:
        short = shortened(words, SIZE, LONGEST)
        choices = list(_choices(name, short, discs[name]))
        label, box = min(choices, key=lambda choice: _cost(choice[1], taken, width))
        taken.append(box)
        yield label


def _choices(name: str, words: str, disc: Disc) -> Iterator[tuple[Label, _Box]]:
    x, y, r = disc
    wide = width_of(words, SIZE)
    spots = (
        (x + r + 3, y + 4, "start"), (x - r - 3, y + 4, "end"), (x, y + r + 12, "middle"), (x, y - r - 4, "middle"),
        (x + r, y + r + 9, "start"), (x - r, y + r + 9, "end"), (x + r, y - r - 1, "start"), (x - r, y - r - 1, "end"),
    )  # fmt: skip
    for left, base, anchor in spots:
        start = left - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
        yield Label(name, words, left, base, anchor), (start, base - 10, start + wide, base + LINE - 10)


def _cost(box: _Box, taken: Sequence[_Box], width: float) -> float:
    outside = max(0.0, -box[0]) + max(0.0, box[2] - width)
    return outside * 50 + sum(_overlap(box, other) for other in taken)


def _overlap(a: _Box, b: _Box) -> float:
    wide, high = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    return wide * high if wide > 0 and high > 0 else 0.0
