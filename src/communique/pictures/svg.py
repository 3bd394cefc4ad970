"""A small builder of SVG: elements as data, escaped once when they are written, the same bytes for the same data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape

from communique.views.words import clean

Value = str | float | None
Link = Callable[[str, str], str | None]
"""Where something leads: its kind ("contact", "day", "person", "side", "document", "agreement") and id → address."""

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PLAIN = re.compile(r"[ !#-%(-;=?-~]*")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)


@dataclass(frozen=True, slots=True)
class Element:
    """An element with its attributes in order, and its children."""

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple[Element | str, ...] = ()

    def __str__(self) -> str:
        start = "".join(f' {name}="{escaped(value)}"' for name, value in self.attributes)
        inner = "".join(c if isinstance(c, str) else str(c) for c in self.children)
        return f"<{self.name}{start}>{inner}</{self.name}>" if inner else f"<{self.name}{start}/>"


def el(name: str, *children: Element | str | None, **attributes: Value) -> Element:
    """An element; strings among its children are text. ``class_`` is ``class``, ``text_anchor`` ``text-anchor``."""
    named = ((key.rstrip("_").replace("_", "-"), number(v)) for key, v in attributes.items() if v is not None)
    held = (c if isinstance(c, Element) else escaped(c) for c in children if c is not None)
    return Element(name, tuple(named), tuple(held))


def escaped(text: str) -> str:
    """Text as XML may hold it: on one line, control characters shown, what XML forbids replaced."""
    return text if _PLAIN.fullmatch(text) else escape(_NO_XML.sub("\ufffd", clean(text)))


def number(value: str | float) -> str:
    """A number with two decimals at most; text as it is."""
    if isinstance(value, str):
        return value
    if value == (whole := int(value)):
        return str(whole)
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")


def group(*children: Element | None, **attributes: Value) -> Element:
    """Elements that belong together."""
    return el("g", *children, **attributes)


def rect(x: float, y: float, width: float, height: float, class_: str, *children: Element, **more: Value) -> Element:
    """A rectangle."""
    return el("rect", *children, x=x, y=y, width=width, height=height, class_=class_, **more)


def line(x1: float, y1: float, x2: float, y2: float, class_: str, **more: Value) -> Element:
    """A straight line."""
    return el("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_, **more)


def path(d: str, class_: str, **more: Value) -> Element:
    """A path."""
    return el("path", d=d, class_=class_, **more)


def points(*places: tuple[float, float], closed: bool = False) -> str:
    """Path data that joins places by straight lines."""
    joined = "L".join(f"{number(x)} {number(y)}" for x, y in places)
    return f"M{joined}{'Z' if closed else ''}"


def text(x: float, y: float, words: str, class_: str = "cq-text", anchor: str = "start") -> Element:
    """A line of text; ``anchor`` is start, middle or end."""
    return el("text", words, x=x, y=y, class_=class_, text_anchor=None if anchor == "start" else anchor)


def tip(words: str) -> Element:
    """What is shown when the pointer rests on the parent."""
    return el("title", words)


def linked(href: str | None, label: str, *children: Element | None) -> Element:
    """Elements that lead somewhere and say what they are; without an address they only say what they are.

    Only addresses within the site and of the web are followed: an id made by somebody else runs no script.
    """
    if href is None or not _followed(href):
        return group(tip(label), *children)
    return el("a", tip(label), *children, href=href, aria_label=label)


def _followed(href: str) -> bool:
    scheme = _SCHEME.match("".join(c for c in href if c > " "))
    return scheme is None or scheme[1].lower() in ("http", "https")


def no_link(kind: str, identity: str) -> str | None:
    """Nothing leads anywhere, as in a file that is sent to somebody."""
    return None


def joined(elements: Iterable[Element]) -> str:
    """Elements one a line."""
    return "\n".join(map(str, elements))
