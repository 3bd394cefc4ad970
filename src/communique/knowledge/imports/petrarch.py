"""Actor files of PETRARCH and TABARI ("Phoenix.Countries.actors.txt"): names with CAMEO codes and dates.

::

    ERNA_SOLBERG_        ; prime minister
    +E._SOLBERG_
        [NORGOV 131016-211014]
        [NORELI >211014]

A code is a state and a sector; only sectors that act for a state are taken, each with the role it comes nearest to.
Years of two digits below 30 are of this century, as in PETRARCH.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from communique.edtf import EdtfError
from communique.knowledge.imports.holdings import Holding, Refused, day

_SECTORS = {
    "GOV": ("Member of the government", "senior-officials"),
    "MIL": ("Member of the military", "military-chief"),
    "LEG": ("Legislator", "legislator"),
    "SPY": ("Member of the intelligence services", "intelligence-chief"),
}
_COMMENT = re.compile(r"<!--.*?-->|[#;].*")
_CODE = re.compile(r"\[([A-Z]{3,12})(?:\s+([<>]?\d{6,8}(?:-\d{6,8})?))?\s*\]")
_STATE = 3
_CENTURY = 30


@dataclass(slots=True)
class _Entry:
    place: str
    names: list[str] = field(default_factory=list)
    codes: list[tuple[str, str]] = field(default_factory=list)


def read(text: str, name: str) -> Iterator[Holding | Refused]:
    """Every person with a sector of a state. Raises ``ValueError`` if the text holds no code in brackets."""
    if not _CODE.search(text):
        raise ValueError("no codes in brackets")
    for entry in _entries(text, name):
        for code, dates in entry.codes:
            made = _holding(entry, code, dates)
            if made is not None:
                yield made


def _entries(text: str, name: str) -> Iterator[_Entry]:
    entry = _Entry("")
    for number, raw in enumerate(text.splitlines(), 1):
        line = _COMMENT.sub("", raw)
        words = _CODE.sub("", line).strip()
        if words and not words.startswith("+"):
            yield entry
            entry = _Entry(f"{name}: line {number}")
        if words:
            entry.names.append(words.lstrip("+").replace("_", " ").strip().title())
        entry.codes += [(m[1], m[2] or "") for m in _CODE.finditer(line)]
    yield entry


def _holding(entry: _Entry, code: str, dates: str) -> Holding | Refused | None:
    sector = _SECTORS.get(code[_STATE : _STATE + 3])
    if sector is None or " " not in entry.names[0]:
        return None
    try:
        since, until = _span(dates)
    except EdtfError as problem:
        return Refused(entry.place, dates, f"a date that is none: {problem}")
    title, role = sector
    return Holding(entry.names[0], title, code[:_STATE], since, until, entry.place, tuple(entry.names[1:]), role)


def _span(dates: str) -> tuple[str | None, str | None]:
    if dates.startswith("<"):
        return None, _day(dates[1:])
    if dates.startswith(">"):
        return _day(dates[1:]), None
    since, _, until = dates.partition("-")
    return _day(since), _day(until)


def _day(digits: str) -> str | None:
    if len(digits) == 6:
        digits = ("20" if int(digits[:2]) < _CENTURY else "19") + digits
    return day("-".join(filter(None, (digits[:4], digits[4:6], digits[6:]))))
