"""Signs: one shape for each channel, small signs for how plans ended, and legends."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from communique.model import Channel
from communique.pictures.scale import width_of
from communique.pictures.svg import Element, el, group, path, points, text

Place = tuple[float, float]
_HALF = math.sqrt(0.5)

# Shapes about the origin, of about the same area as a circle of radius 0.9.
_SHAPES: Mapping[Channel, Sequence[Place]] = {
    "phone": tuple((math.cos(i * math.pi / 8) * 0.92, math.sin(i * math.pi / 8) * 0.92) for i in range(16)),
    "video": ((-0.72, -1.0), (1.05, 0.0), (-0.72, 1.0)),
    "meeting": ((-0.82, -0.82), (0.82, -0.82), (0.82, 0.82), (-0.82, 0.82)),
    "visit": ((0, -1.15), (1.15, 0), (0, 1.15), (-1.15, 0)),
    "message": ((-1.1, -0.72), (0, 0.1), (1.1, -0.72), (1.1, 0.72), (-1.1, 0.72)),
    "talks": tuple((math.cos(i * math.pi / 3), math.sin(i * math.pi / 3)) for i in range(6)),
    "unspecified": (
        (-0.3, -1), (0.3, -1), (0.3, -0.3), (1, -0.3), (1, 0.3), (0.3, 0.3), (0.3, 1), (-0.3, 1), (-0.3, 0.3),
        (-1, 0.3), (-1, -0.3), (-0.3, -0.3),
    ),
}  # fmt: skip
CHANNEL_WORDS: Mapping[Channel, str] = {
    "phone": "call", "video": "video", "meeting": "meeting", "visit": "visit", "message": "message",
    "talks": "talks", "unspecified": "not said how",
}  # fmt: skip
_SIGNS: Mapping[str, tuple[str, tuple[tuple[Place, ...], ...]]] = {
    "held": ("cq-good", (((-0.5, 0.05), (-0.12, 0.42), (0.52, -0.4)),)),
    "postponed": ("cq-warn", (((-0.5, -0.42), (-0.08, 0), (-0.5, 0.42)), ((0.08, -0.42), (0.5, 0), (0.08, 0.42)))),
    "within-uncertainty": ("cq-warn", (((-0.55, 0.12), (-0.3, -0.18), (0, 0.02), (0.3, 0.18), (0.55, -0.12)),)),
    "cancelled": ("cq-bad", (((-0.4, -0.4), (0.4, 0.4)), ((0.4, -0.4), (-0.4, 0.4)))),
    "unreported": ("cq-unknown", (((-0.3, -0.22), (-0.22, -0.48), (0.22, -0.48), (0.32, -0.18), (0, 0.08), (0, 0.2)),
                                  ((0, 0.52), (0, 0.53)))),
}  # fmt: skip


def glyph(channel: Channel, x: float, y: float, radius: float, class_: str, **more: str) -> Element:
    """The shape of a channel."""
    return path(points(*_placed(_SHAPES[channel], x, y, radius), closed=True), class_, **more)


#: The same signs say how a claim fares.
VERDICT_SIGNS = {
    "supported": "held", "contradicted": "cancelled", "within-uncertainty": "within-uncertainty",
    "cannot-tell": "unreported",
}  # fmt: skip


def ending(outcome: str, x: float, y: float, radius: float) -> Element:
    """A disc with a tick, two chevrons, a cross or a question mark: how it ended."""
    class_, strokes = _SIGNS[outcome]
    drawn = " ".join(points(*_placed(stroke, x, y, radius)) for stroke in strokes)
    return group(el("circle", cx=x, cy=y, r=radius, class_=class_), path(drawn, "cq-sign"))


def cross(x: float, y: float, radius: float, class_: str) -> Element:
    """Two strokes that cross: what did not take place."""
    return path(
        points((x - radius, y - radius), (x + radius, y + radius))
        + points((x - radius, y + radius), (x + radius, y - radius)),
        class_,
    )


def _placed(shape: Iterable[Place], x: float, y: float, radius: float) -> list[Place]:
    return [(x + a * radius, y + b * radius) for a, b in shape]


Item = tuple[Element, float, str]
"""A sign drawn about (0, 0), its width, and what it means."""


def legend(items: Sequence[Item], y: float, width: float, left: float = 0) -> tuple[Element, float]:
    """Signs with their meaning in lines that fit; the elements and the height they take."""
    drawn: list[Element] = []
    x, row = left, 0
    for sign, room, words in items:
        needed = room + 6 + width_of(words, 11.5) + 20
        if x + needed > width and x > left:
            x, row = left, row + 1
        middle = y + row * 20 + 10
        drawn.append(group(sign, transform=f"translate({x + room / 2:.2f} {middle:.2f})"))
        drawn.append(text(x + room + 6, middle + 4, words, "cq-label cq-soft"))
        x += needed
    return group(*drawn, class_="cq-legend"), (row + 1) * 20
