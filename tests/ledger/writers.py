"""What must hold of two programs that write at once, whichever database keeps the ledger."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from communique.errors import LedgerBusyError
from communique.ledger import Ledger
from communique.model import Reading
from tests.ledger.test_store import RUN
from tests.readings import sample


def the_second_waits(first: Ledger, second: Ledger, holder: str) -> None:
    """While ``first`` writes, ``second`` reads what was there and is told who holds the ledger; then it writes."""

    def while_writing() -> Iterator[Reading]:
        yield sample("a1")
        with pytest.raises(LedgerBusyError, match=holder) as raised:
            second.put([sample("a2")], RUN)
        assert raised.value.exit_code == 4
        assert list(second.documents()) == []

    first.put(while_writing(), RUN)
    second.put([sample("a2")], RUN)
    assert [document.id for document in first.documents()] == ["a1", "a2"]
