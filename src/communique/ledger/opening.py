"""Opening, copying and restoring ledgers: from where they lie to a ``Ledger``."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from communique.errors import NotFoundError
from communique.ledger import copying
from communique.ledger.database import database, explaining
from communique.ledger.store import Ledger
from communique.ledger.upgrade import NO_LEDGER, bring_up_to_date


def open_ledger(
    path_or_url: str | Path,
    create: bool = True,
    *,
    read_only: bool = False,
    patience: float = 5.0,
    program: str = "communique",
) -> Ledger:
    """Opens a ledger, makes it if it is not there (and ``create``), and migrates an older one after a backup.

    ``patience`` is how many seconds to wait while another program writes; ``program`` is what others are told when
    this one does. Raises NotFoundError, LedgerTooNewError, LedgerDamagedError (not a ledger), LedgerBusyError.
    """
    held = database(path_or_url, create=create, read_only=read_only, patience=patience, program=program)
    if held.absent(create and not read_only):
        raise NotFoundError(f"There is no ledger at {held.name}.", NO_LEDGER)
    try:
        with explaining(held):
            bring_up_to_date(held, create=create and not read_only, read_only=read_only)
    except BaseException:
        held.engine.dispose()
        raise
    return Ledger(held, program, read_only)


def copy_ledger(source: str | Path, target: str | Path, patience: float = 5.0) -> int:
    """Copies a ledger, row by row and checked, into one that is not there yet or empty; how many rows.

    Raises LedgerDamagedError for a source that is bent or holds what no ledger does, LedgerError for a full target.
    """
    with (
        open_ledger(source, create=False, read_only=True, patience=patience) as held,
        open_ledger(target, patience=patience, program="communique copy") as made,
    ):
        return copying.copy(held._held, made._held)


def restore_ledger(backup: Path, target: str | Path, patience: float = 5.0) -> int:
    """Puts what a backup (also one of an older program) holds in the place of what a ledger holds; how many rows.

    What the ledger held before is put by as before a migration, under the name "replaced". Errors: as ``copy_ledger``.
    """
    with TemporaryDirectory() as folder:
        ours = Path(folder) / "backup.db"
        with open_ledger(target, patience=patience, program="communique restore") as made:
            shutil.copyfile(backup, ours)
            with open_ledger(ours, create=False) as held:
                made._held.keep_older("replaced")
                return copying.copy(held._held, made._held, replacing=True)
