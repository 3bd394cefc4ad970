"""Values in words for people: parties, times, topics; and cells that no spreadsheet takes for a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from communique.model import Party, TopicTold, When
from communique.views.agree import Interval

Cell = str | int | None
_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)*%?")


def party_words(party: Party) -> str:
    """``Vladimir Putin (RUS)``; a body by its side, with its office if it has one."""
    if party.name or party.office:
        side = f" ({party.side})" if party.side else ""
        return f"{party.name or party.office}{side}"
    return party.side or "somebody"


def parties_words(parties: Iterable[Party]) -> str:
    """All of them, with commas."""
    return ", ".join(map(party_words, parties))


def when_words(when: Interval | None) -> str:
    """An interval as EDTF, or ``undated``."""
    return when.edtf if when else "undated"


def value_words(value: Any) -> str:
    """Any value that a field can have."""
    if isinstance(value, Party):
        office = f", {value.office}" if value.name and value.office else ""
        return f"{party_words(value)}{office}"
    if isinstance(value, When):
        return f"{value.edtf} ({value.basis}{f': {value.why}' if value.why else ''})"
    if isinstance(value, TopicTold):
        return f"{value.topic}{f', told by {value.teller}' if value.teller else ''}"
    return json_words(value)


def json_words(value: Any) -> str:
    """A value as JSON answers hold it, in words."""
    if isinstance(value, dict) and "edtf" in value:
        return str(value["edtf"])
    if isinstance(value, dict):
        return str(value.get("name") or value.get("office") or value.get("state") or value.get("organisation"))
    if isinstance(value, list):
        return ", ".join(json_words(one) for one in value)
    return "" if value is None else str(value)


def guarded(cell: Cell) -> Cell:
    """A cell that no spreadsheet takes for a formula: an apostrophe is set before it. Numbers stay as they are."""
    if isinstance(cell, str) and _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
        return "'" + cell
    return cell
