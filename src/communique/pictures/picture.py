"""A picture: what is drawn, what it is called, and the same data as a table."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from html import escape
from typing import Literal

from communique.errors import UsageError
from communique.pictures.style import COLOURS, Theme, resolved, stylesheet
from communique.pictures.svg import Element, el, escaped, joined
from communique.views.tables import Cell, csv_text
from communique.views.words import clean

_NAMESPACE = "http://www.w3.org/2000/svg"
MARGIN = 16
MOST_PIXELS = 64_000_000


@dataclass(frozen=True, slots=True)
class Table:
    """The data of a picture; ``links`` has for each row the kind and id of what it is about ("contact", id)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """``body`` is drawn from (0, 0) to (``width``, ``height``), in CSS pixels; a margin is added around it."""

    kind: str
    title: str
    description: str
    width: float
    height: float
    body: tuple[Element, ...]
    table: Table

    def inline(self) -> str:
        """The SVG element for a page that links ``stylesheet()``."""
        return self._written("")

    def svg(self, theme: Theme | Literal["auto"] = "auto") -> str:
        """An SVG file; ``auto`` follows the reader's system and is light on paper."""
        style = stylesheet() if theme == "auto" else resolved(theme)
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{self._written(style)}\n'

    def png(self, theme: Theme = "light", zoom: float = 2.0) -> bytes:
        """A PNG, ``zoom`` pixels to a CSS pixel (fewer where it would be huge). Needs the extra ``web``."""
        try:
            from resvg_py import svg_to_bytes
        except ImportError:
            raise UsageError("PNG needs resvg-py", 'Install it: pip install "communique[web]"') from None
        area = (self.width + 2 * MARGIN) * (self.height + 2 * MARGIN)
        zoom = min(zoom, (MOST_PIXELS / area) ** 0.5)
        paper = COLOURS["paper"][0 if theme == "light" else 1]
        return bytes(svg_to_bytes(svg_string=self.svg(theme), zoom=zoom, background=paper))

    def csv(self) -> str:
        """The table as CSV, formulas disarmed."""
        return csv_text(self.table.columns, self.table.rows)

    def _repr_html_(self) -> str:
        return f"<style>{resolved('light')}</style>{self.inline()}"

    def _written(self, style: str) -> str:
        width, height = self.width + 2 * MARGIN, self.height + 2 * MARGIN
        mark = sha256(f"{self.kind}|{self.title}|{self.description}".encode("utf-8", "replace")).hexdigest()[:8]
        head = [el("title", self.title, id=f"t{mark}"), el("desc", self.description, id=f"d{mark}")]
        styled = [Element("style", (), (style,))] if style else []
        paper = el("rect", x=-MARGIN, y=-MARGIN, width=width, height=height, class_="cq-paper")
        inner = joined([*head, *styled, *_DEFS, paper, *self.body])
        start = (
            f'<svg xmlns="{_NAMESPACE}" class="cq-picture cq-{escaped(self.kind)}" role="group" '
            f'aria-labelledby="t{mark}" aria-describedby="d{mark}" width="{width:.0f}" height="{height:.0f}" '
            f'viewBox="{-MARGIN} {-MARGIN} {width:.0f} {height:.0f}">'
        )
        return f"{start}\n{inner}\n</svg>"


def table_html(table: Table) -> str:
    """A table in HTML."""
    head = "".join(f"<th>{escape(name)}</th>" for name in table.columns)
    rows = "".join(f"<tr>{''.join(map(_cell_html, row))}</tr>" for row in table.rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _cell_html(cell: Cell) -> str:
    return f"<td>{'' if cell is None else escape(clean(str(cell)))}</td>"


def _half() -> Element:
    stops = (("0", "on"), (".5", "on"), (".5", "off"), ("1", "off"))
    return el("linearGradient", *(el("stop", offset=at, class_=f"cq-stop-{on}") for at, on in stops), id="cq-half")


def _hatch() -> Element:
    strokes = el("path", d="M-1 1L1 -1M0 5L5 0M4 6L6 4", class_="cq-hatch-line")
    return el("pattern", strokes, id="cq-hatch", width=5, height=5, patternUnits="userSpaceOnUse")


_DEFS = (el("defs", _hatch(), _half()),)
HATCH = "url(#cq-hatch)"
HALF = "url(#cq-half)"
