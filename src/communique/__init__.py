"""Communique: a sourced ledger of diplomatic contacts.

::

    import communique
    reading = communique.read("readout.txt", published="2020-07-24")
    with communique.open("ledger.db") as ledger:
        for row in ledger.contacts(between=("RUS", "USA"), since="2020-03"):
            print(row.when, row.channel)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from communique.library import open, read

__version__ = "0.1.0"
__all__ = ["__version__", "open", "read"]


def __getattr__(name: str) -> Any:
    # Imported when asked for: the program must be able to print its help without loading the reader.
    if name in ("open", "read"):
        return getattr(import_module("communique.library"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
