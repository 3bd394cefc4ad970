"""Earlier states of a ledger, worked out when they are asked for; the last few are remembered."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection

from communique.views.shelf import Held, Shelf
from communique.views.stored import stored_at

KEPT = 4
"""So many states are remembered; others are worked out again."""


class Past:
    """What the ledger of a shelf held at earlier revisions. Safe to ask from threads: one works, the others wait."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._states: OrderedDict[tuple[int, frozenset[str]], Held] = OrderedDict()
        self._lock, self._turn = threading.Lock(), threading.Lock()

    def remember(self, held: Held) -> Held:
        """The state itself; asked for again while the ledger moves on, it need not be worked out."""
        return self._kept((held.revision, frozenset()), held)

    def at(self, moment: str, sides: Collection[str] = ()) -> Held:
        """The state at a revision (``r12``), day or time; with ``sides``, only what contacts of theirs hang on.

        Raises NotFoundError where there is no such revision.
        """
        number = self._shelf.ledger.revision_at(moment)
        about = frozenset(sides)
        known = self._known(number, about)
        if known is not None:
            return known
        with self._turn:
            return self._known(number, about) or self._worked_out(number, about)

    def _known(self, number: int, sides: frozenset[str]) -> Held | None:
        return self._states.get((number, frozenset())) or self._states.get((number, sides))

    def _worked_out(self, number: int, sides: frozenset[str]) -> Held:
        _, then = stored_at(self._shelf.ledger, self._shelf.issuers, f"r{number}", sides)
        return self._kept((number, sides), Held(self._shelf.ledger, number, then, self._shelf.registry))

    def _kept(self, key: tuple[int, frozenset[str]], held: Held) -> Held:
        with self._lock:
            held = self._states.setdefault(key, held)
            self._states.move_to_end(key)
            while len(self._states) > KEPT:
                self._states.popitem(last=False)
        return held
