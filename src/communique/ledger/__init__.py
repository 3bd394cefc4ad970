"""Keeping and finding: a ledger is a file, or a database of a server, that many read and one writes at a time.

The names below are imported when they are asked for: the plain text and the JSON form need no database.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from communique.ledger.deciding import Orphan, new_judgement
    from communique.ledger.opening import copy_ledger, open_ledger, restore_ledger
    from communique.ledger.queries import Filters
    from communique.ledger.store import Ledger
    from communique.ledger.verifying import Damage
    from communique.ledger.writing import Counts, Run

__all__ = [
    "Counts",
    "Damage",
    "Filters",
    "Ledger",
    "Orphan",
    "Run",
    "copy_ledger",
    "new_judgement",
    "open_ledger",
    "restore_ledger",
]

_HOMES = {
    "Counts": "writing",
    "Damage": "verifying",
    "Filters": "queries",
    "Ledger": "store",
    "Orphan": "deciding",
    "Run": "writing",
    "copy_ledger": "opening",
    "new_judgement": "deciding",
    "open_ledger": "opening",
    "restore_ledger": "opening",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
