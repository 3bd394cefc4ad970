"""Participants, each on a line of his own: "Joining the call were the following leaders:", and a list below."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from communique.extract.context import Context
from communique.extract.items import Items, parties_of
from communique.model import Cited, Party

_BULLETS = frozenset(("-", "–", "•", "*", "·"))


def roll_below(context: Context, items: Sequence[Items], index: int) -> tuple[Cited[Party], ...]:
    """The people named in the lines of a list that sentence ``index`` opens; nobody if it opens none."""
    row = items[index]
    if not row.items or row.items[-1].norm != ":" or not any(_opens(context, row)):
        return ()
    lines = takewhile(lambda line: bool(line.items) and line.items[0].norm in _BULLETS, items[index + 1 :])
    people = (found for line in lines for item in line.items[:2] for found in parties_of(item))
    return tuple(Cited(party, m.span, "participants-roll") for party, m in people if party.name and party.side)


def _opens(context: Context, row: Items) -> Sequence[object]:
    return tuple(context.knowledge.rules.fire("roll", row.items, row.words))
