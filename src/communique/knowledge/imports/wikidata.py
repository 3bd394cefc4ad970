"""Answers of the Wikidata query service: its JSON with ``results.bindings``, or the plain list that it downloads.

Variables: ``personLabel``, ``positionLabel``, ``countryLabel``; ``start``, ``end`` and, if asked for, their
``startPrecision`` and ``endPrecision`` (9 year, 10 month, 11 day, as Wikibase counts); ``personAltLabel``. The query
that asks for them stands in docs/registry.md. A value that Wikidata calls unknown is left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from communique.edtf import EdtfError
from communique.knowledge.imports.holdings import Holding, Refused, day

_NEEDED = ("personLabel", "positionLabel", "countryLabel")
_LENGTHS = {"9": 4, "10": 7}  # characters of a date that are meant, by precision
_UNKNOWN = "_:"


def read(text: str, name: str) -> Iterator[Holding | Refused]:
    """The rows of an answer. Raises ``ValueError`` if the text is none."""
    for number, row in enumerate(_rows(json.loads(text)), 1):
        yield _holding(row, f"{name}: row {number}")


def _rows(answer: Any) -> Sequence[Mapping[str, str]]:
    rows = answer["results"]["bindings"] if isinstance(answer, dict) else answer
    return [{k: v["value"] if isinstance(v, dict) else str(v) for k, v in row.items()} for row in rows]


def _holding(row: Mapping[str, str], place: str) -> Holding | Refused:
    lacking = [column for column in _NEEDED if not row.get(column)]
    if lacking:
        return Refused(place, " · ".join(row.values()), f"no {', '.join(lacking)}; ask the query for it")
    try:
        since, until = _date(row, "start"), _date(row, "end")
    except EdtfError as problem:
        return Refused(place, row["personLabel"], f"a date that is none: {problem}")
    aliases = tuple(a.strip() for a in row.get("personAltLabel", "").split(",") if a.strip())
    return Holding(row["personLabel"], row["positionLabel"], row["countryLabel"], since, until, place, aliases)


def _date(row: Mapping[str, str], which: str) -> str | None:
    text = row.get(which, "")
    if text.startswith((_UNKNOWN, "http")):  # a blank node: some value, which nobody knows
        return None
    found = day(text)
    return found[: _LENGTHS.get(row.get(f"{which}Precision", ""), len(found))] if found else None
