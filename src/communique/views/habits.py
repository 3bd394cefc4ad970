"""How two sides tell of their contacts over time: what each habitually leaves out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from communique.views.compare import Comparison, compare
from communique.views.contacts import Wanted, contact_rows
from communique.views.snapshot import Snapshot

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Habit:
    """How a side tells of its contacts with another.

    Of ``both`` contacts with accounts of both sides: how often it left out a topic that the other mentioned
    (``left_out``), or was alone in mentioning one (``alone``). Of ``silent`` contacts only the other has an account.
    """

    side: str
    both: int
    silent: int
    left_out: tuple[tuple[str, int], ...]
    alone: tuple[tuple[str, int], ...]


def compare_pair(ledger: Snapshot, sides: tuple[str, str], since: date | None = None) -> tuple[Habit, Habit]:
    """What each of two sides habitually leaves out of its accounts of their contacts."""
    wanted = Wanted(between=sides, since=since, statuses=frozenset({"held"}))
    compared = [compare(ledger, row.id, sentences=False) for row in contact_rows(ledger, wanted)]
    return _habit(sides[0], sides[1], compared), _habit(sides[1], sides[0], compared)


def habit_json(habit: Habit) -> Json:
    """``{"side", "both", "silent", "left_out": [{"topic", "times"}], "alone": […]}``."""
    return {
        "side": habit.side,
        "both": habit.both,
        "silent": habit.silent,
        "left_out": [{"topic": topic, "times": times} for topic, times in habit.left_out],
        "alone": [{"topic": topic, "times": times} for topic, times in habit.alone],
    }


def _habit(side: str, other: str, compared: Sequence[Comparison]) -> Habit:
    voices = [{a.side for a in c.accounts} for c in compared]
    both = [c for c, heard in zip(compared, voices, strict=True) if {side, other} <= heard]
    silent = sum(other in heard and side not in heard for heard in voices)
    return Habit(side, len(both), silent, _told_by_one(both, other, side), _told_by_one(both, side, other))


def _told_by_one(compared: Iterable[Comparison], side: str, other: str) -> tuple[tuple[str, int], ...]:
    """The topics that one side mentions and the other does not, most often first."""
    rows = (t for c in compared for t in c.topics)
    return _ranked(Counter(t.topic for t in rows if side in t.said_by and other not in t.said_by))


def _ranked(counter: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counter.items(), key=lambda item: (-item[1], item[0])))
