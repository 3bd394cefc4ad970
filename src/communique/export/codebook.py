"""The event coders' tables: which PLOVER and CAMEO codes our records get, their scores, and the codes of sides.

The files in ``data`` are what is edited: ``coding.csv`` is the whole of the coding, a line a rule, with its reason.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

DATA = Path(__file__).parent / "data"
Roles = Literal["all", "visit", "third", "by"]


@dataclass(frozen=True, slots=True)
class Rule:
    """How a status of a contact, or an action on an agreement, is coded; ``roles`` says who acts and who receives."""

    plover: str
    mode: str
    mode_of_many: str
    cameo: str
    roles: Roles
    why: str


@dataclass(frozen=True, slots=True)
class Cameo:
    """A CAMEO code with its name and Goldstein score, its GDELT quad class and its Phoenix penta class."""

    code: str
    name: str
    goldstein: float
    quad: int
    penta: int

    @property
    def root(self) -> str:
        """The first two digits."""
        return self.code[:2]


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one of the tables."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def _rules() -> Mapping[tuple[str, str, str], Rule]:
    names = ("plover", "mode", "mode_of_many", "cameo", "roles", "why")
    return {(r["kind"], r["what"], r["how"]): Rule(*(r[n] for n in names)) for r in rows("coding")}  # type: ignore[arg-type]


def rule(kind: str, what: str, how: str = "*") -> Rule | None:
    """The rule for a status of a contact held ``how``, or an action; None where neither ontology has a code."""
    found = _rules().get((kind, what, how)) or _rules()[kind, what, "*"]
    return found if found.plover else None


@cache
def _cameo() -> Mapping[str, Cameo]:
    classes = {r["root"]: (int(r["quad"]), int(r["penta"])) for r in rows("roots")}
    return {
        r["code"]: Cameo(r["code"], r["name"], float(r["goldstein"]), *classes[r["code"][:2]]) for r in rows("cameo")
    }


def cameo(code: str) -> Cameo:
    """A CAMEO code, with its leading zero."""
    return _cameo()[code]


@cache
def _plover() -> Mapping[tuple[str, str], tuple[str, float | None]]:
    return {(r["type"], r["mode"]): (r["quad"], float(r["score"]) if r["score"] else None) for r in rows("plover")}


def plover(kind: str, mode: str) -> tuple[str, float | None]:
    """The quad class of a PLOVER type, and its score on the scale of PLOVER where the manual has one."""
    return _plover()[kind, mode]


@cache
def _contexts() -> Mapping[str, str]:
    return {r["topic"]: r["context"] for r in rows("contexts")}


def contexts(topics: tuple[str, ...]) -> tuple[str, ...]:
    """The PLOVER contexts of topics; some topics have none."""
    return tuple(dict.fromkeys(_contexts()[topic] for topic in topics if topic in _contexts()))


@cache
def _sides() -> Mapping[str, tuple[str, str]]:
    return {r["side"]: (r["cameo"], r["plover"]) for r in rows("sides")}


def side_codes(side: str, default: str) -> tuple[str, str]:
    """A state's or organisation's codes in CAMEO and PLOVER."""
    return _sides().get(side, (default, default))


@cache
def _countries() -> Mapping[str, str]:
    return {r["side"]: r["ftm"] for r in rows("sides") if r["ftm"]}


def two_letters(state: str) -> str | None:
    """A state's code in two small letters (former ones as FollowTheMoney has them); None if it has none."""
    from babel.core import get_global

    known = get_global("territory_aliases").get(state, ())
    return _countries().get(state) or (known[0].lower() if len(known) == 1 else None)
