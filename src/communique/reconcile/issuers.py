"""Whose account a document is: the state or organisation that issued it, and the clock it lives by.

``Issuers`` knows the words that name a side in a publisher's name. A publisher is a side's own voice if it is one of
its seats ("White House", "Kremlin"), or names the side together with a word of office ("Ministry of Foreign Affairs of
Japan"); a paper that only has a country in its name is a third party.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from communique.extract.issuer import issuer_of
from communique.model import Document, Organisation, State
from communique.reconcile.names import fold

_OFFICE = re.compile(
    r"\b(president|presidency|presidential|prime minister\w*|premier|chancellor\w*|chancellery|government|ministry|"
    r"minister|foreign office|department|secretary|secretariat|embassy|mission|cabinet|office|palace|royal|court|"
    r"council|parliament|senate|gov|commission)\b"
)
Side = str
MOST_KNOWN = 10_000
"""So many publishers' sides are remembered: the same few publish most documents."""


@dataclass(frozen=True, slots=True)
class Issuers:
    """``seats``: words that alone stand for a side; ``names``: words that name it; both folded.

    ``former``: words of sides that exist now which stood for former ones too ("Kremlin": the Soviet Union).
    """

    seats: Mapping[str, Side] = field(default_factory=dict)
    names: Mapping[str, Side] = field(default_factory=dict)
    former: Mapping[str, Side] = field(default_factory=dict)
    _known: dict[str, Side | None] = field(default_factory=dict, init=False, repr=False, compare=False)

    def of(self, document: Document) -> Side | None:
        """The side whose own account the document is; None for media and unknown publishers."""
        issuer = issuer_of(document)
        return issuer.side if issuer else self.side(document.publisher or "")

    def side(self, publisher: str) -> Side | None:
        """The side that a publisher's or teller's name stands for officially, or None."""
        if publisher not in self._known:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            words = fold(publisher)
            officially = _found(words, self.names) if _OFFICE.search(words) else None
            self._known[publisher] = _found(words, self.seats) or officially
        return self._known[publisher]

    def named(self, words: str) -> Side | None:
        """The side that the words name at all, officially or not."""
        return _found(fold(words), self.seats) or _found(fold(words), self.names)

    def named_among(self, words: str, sides: Iterable[Side | None]) -> Side | None:
        """That of some sides which the words name: among former ones, "the Kremlin" is the Soviet Union."""
        folded, among = fold(words), frozenset(sides)
        found = (_found(folded, table) for table in (self.seats, self.names, self.former))
        return next((side for side in found if side in among), None)

    def last_named(self, words: str) -> Side | None:
        """The side that is named last in the words."""
        tokens = fold(words).split()
        for at in range(len(tokens), 0, -1):
            for size in range(min(5, at), 0, -1):
                run = " ".join(tokens[at - size : at])
                if run in self.seats or run in self.names:
                    return self.seats.get(run) or self.names[run]
        return None


def _found(words: str, table: Mapping[str, Side]) -> Side | None:
    tokens = words.split()
    runs = (" ".join(tokens[i : i + n]) for n in range(min(5, len(tokens)), 0, -1) for i in range(len(tokens) - n + 1))
    return next((table[run] for run in runs if run in table), None)


def issuers(states: Iterable[State], organisations: Iterable[Organisation] = ()) -> Issuers:
    """The issuers that a registry of states and organisations knows; a word that several share stands for none.

    Words that a state shares with former ones only stand for that state.
    """
    seats: dict[str, set[Side]] = {}
    names: dict[str, set[Side]] = {}
    former: dict[str, set[Side]] = {}
    for state in states:
        _add(seats if state.until is None else former, state.metonyms, state.code)
        called = (state.name, *state.aliases, *state.demonyms, state.capital or "")
        _add(names if state.until is None else former, called, state.code)
    for body in organisations:
        _add(seats, (body.name, *body.aliases, *body.metonyms), body.name)
    gone = _single(former)
    alone = {word: side for word, side in gone.items() if word not in seats and word not in names}
    return Issuers(_single(seats), _single(names) | alone, gone)


def _add(table: dict[str, set[Side]], words: Iterable[str], side: Side) -> None:
    for word in words:
        if folded := fold(word):
            table.setdefault(folded, set()).add(side)


def _single(table: Mapping[str, set[Side]]) -> dict[str, Side]:
    return {word: next(iter(sides)) for word, sides in table.items() if len(sides) == 1}


def hours_east(clocks: Mapping[Side, float], a: Side | None, b: Side | None) -> float:
    """By how many hours the clock of ``a`` is ahead of that of ``b``; 0 if one of them is unknown."""
    if a is None or b is None or a not in clocks or b not in clocks:
        return 0.0
    return clocks[a] - clocks[b]


@cache
def seat_clocks() -> Mapping[Side, float]:
    """Hours ahead of UTC at every side's seat of government, in standard time (``knowledge/data/clocks.csv``)."""
    table = files("communique.knowledge").joinpath("data/clocks.csv").read_text("utf-8")
    return {row["side"]: float(row["hours"]) for row in csv.DictReader(table.splitlines())}
