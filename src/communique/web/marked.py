"""Pieces of text with their marks as HTML: what pages show most often, so it is written without a template."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from communique.views.passages import Passage, Piece
from communique.views.words import shown

_MOVED = Markup(
    '<span class="bad">evidence damaged: these words no longer stand in the document</span>'
)  # what was quoted lies outside of its text


def pieces(found: Iterable[Piece]) -> Markup:
    """Text with what is marked in it."""
    return Markup("".join(map(_piece, found)))


def passage(found: Passage) -> Markup:
    """A passage, with dots where its paragraph goes on."""
    if not found.pieces:
        return _MOVED
    before, after = "… " if found.before else "", " …" if found.after else ""
    return Markup(f"{before}{pieces(found.pieces)}{after}")


def _piece(piece: Piece) -> str:
    words = escape(shown(piece.text))
    if not piece.marks:
        return words
    kinds = escape(" ".join(f"m-{mark.kind}" for mark in piece.marks))
    return f'<mark class="{kinds}">{words}</mark>'
