"""The review queue: doubts worked out once, gone through one by one, while the ledger moves on underneath."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from communique.errors import UsageError, unknown
from communique.model import Judgement
from communique.reconcile.judgements import in_force
from communique.views.asking import corrected_value
from communique.views.doubts import Doubt
from communique.views.shelf import Held
from communique.web.desk import Desk

QUIET = 3.0
"""Contacts are worked out anew when nobody has decided anything for so many seconds."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the queue somebody stands: the doubt looked at (None at the end), its number, and how many are left."""

    doubt: Doubt | None
    number: int
    left: int


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody chose: the key, the two reports, which of them is meant, and a field with its value.

    ``about`` is the field in dispute, if the doubt was about one.
    """

    act: str
    reports: tuple[str, str]
    about: str = ""
    which: str = ""
    field: str = ""
    value: str = ""
    why: str = ""


class Queue:
    """Doubts of one state of the ledger; those decided meanwhile are passed over."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.Lock()
        self._held: Held | None = None
        self._timer: threading.Timer | None = None

    def held(self, anew: bool = False) -> Held:
        """The state of the ledger that the queue was made of."""
        with self._lock:
            if self._held is None or anew:
                self._held = self._desk.shelf.now()
            return self._held

    def place(self, skip: int, anew: bool = False) -> Place:
        """The doubt after so many that were passed over."""
        held = self.held(anew)
        known = {j.id for j in held.snapshot.judgements}
        fresh = [j for j in in_force(tuple(self._desk.shelf.ledger.judgements())) if j.id not in known]
        left = [doubt for doubt in held.doubts if not _done(doubt, fresh)]
        number = len(held.doubts) - len(left) + skip + 1
        return Place(left[skip] if skip < len(left) else None, number, max(len(left) - skip, 0))

    def take(self, choice: Choice) -> tuple[Judgement, ...]:
        """Keep a decision; contacts follow a little later."""
        try:
            made = _ACTS[choice.act](self._desk, choice, self.held())
        except KeyError:
            raise unknown("decision", choice.act, _ACTS) from None
        self.settle_soon()
        return made

    def undo(self) -> tuple[Judgement, ...]:
        """Take the last decision back."""
        taken = self._desk.undo()
        if taken:
            self.settle_soon()
        return taken

    def settle_soon(self) -> None:
        """Work the contacts out once it is quiet."""
        with self._lock:
            if self._timer:
                self._timer.cancel()
            self._timer = threading.Timer(QUIET, self.settle)
            self._timer.daemon = True
            self._timer.start()

    @property
    def pending(self) -> bool:
        """True while decisions are not yet worked into the contacts."""
        return self._timer is not None

    def settle(self) -> None:
        """Work the contacts out now, if anything was decided."""
        with self._lock:
            timer, self._timer = self._timer, None
        if timer:
            timer.cancel()
            self._desk.settle()


def _done(doubt: Doubt, fresh: Iterable[Judgement]) -> bool:
    """True if one of the judgements made since is about this doubt."""
    looked: set[str] = set()
    for judgement in fresh:
        about = {*judgement.reports} & {*doubt.reports}
        if judgement.kind in ("reject", "correct") and about:
            return True
        if judgement.kind in ("merge", "split") and len(about) > 1:
            return True
        if judgement.kind in ("accept", "unsure"):
            looked |= about
    return len(looked) > 1


def _which(choice: Choice) -> str:
    if choice.which not in choice.reports:
        raise UsageError("it was not said which of the two reports is meant", "Choose the first or the second.")
    return choice.which


def _right(desk: Desk, choice: Choice, held: Held) -> tuple[Judgement, ...]:
    """Both reports of a disputed field were read rightly; of a pair, that they are rightly one contact or two."""
    if choice.about:
        return desk.decide("accept", [[report] for report in choice.reports], choice.why)
    contacts = {held.snapshot.contact_of.get(report) for report in choice.reports}
    return desk.decide("merge" if len(contacts) == 1 else "split", [choice.reports], choice.why)


def _correct(desk: Desk, choice: Choice, held: Held) -> tuple[Judgement, ...]:
    value = json.dumps(corrected_value(choice.field, choice.value))
    return desk.decide("correct", [[_which(choice)]], choice.why, choice.field, value)


def _each(desk: Desk, choice: Choice, held: Held) -> tuple[Judgement, ...]:
    return desk.decide("unsure", [[report] for report in choice.reports], choice.why)


_ACTS: Mapping[str, Callable[[Desk, Choice, Held], tuple[Judgement, ...]]] = {
    "a": _right,
    "m": lambda desk, choice, held: desk.decide("merge", [choice.reports], choice.why),
    "s": lambda desk, choice, held: desk.decide("split", [choice.reports], choice.why),
    "u": _each,
    "x": lambda desk, choice, held: desk.decide("reject", [[_which(choice)]], choice.why),
    "e": _correct,
}
