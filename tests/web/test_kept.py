"""Answers kept in memory: as long as the ledger is as it was, and up to some bytes."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from communique.ledger import new_judgement, open_ledger
from communique.views.shelf import KEPT_PAIRS, Held, Shelf
from communique.web.desk import Desk
from communique.web.kept import ENTRY_BYTES, Answer, Front, Kept, etag


class Told:
    """An application that counts how often it is asked, and marks its answers with the ledger's revision."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.asked = desk, 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.asked += 1
        mark = [(b"etag", etag(self.desk.shelf.revision).encode())] if scope["path"] != "/now" else []
        await Answer(200, mark, f"{self.asked}".encode()).send(send)


def got(app: Any, path: str, seen: str = "") -> list[dict[str, Any]]:
    """What a GET is answered with."""
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"if-none-match", seen.encode())] if seen else []
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": headers}
    asyncio.run(app(scope, None, send))
    return sent


def test_an_answer_holds_until_the_ledger_changes(ledger: Path) -> None:
    desk = Desk(ledger)
    told = Told(desk)
    front = Front(told, Kept(desk))
    assert [got(front, "/a")[1]["body"] for _ in range(2)] == [b"1", b"1"]
    assert [got(front, "/now")[1]["body"] for _ in range(2)] == [b"2", b"3"]
    assert got(front, "/a", etag(desk.shelf.revision))[0]["status"] == 304
    with desk.writing() as writer:
        report = next(writer.reports()).id
        writer.add_judgement(new_judgement("unsure", (report,), "somebody", "2026-01-01T00:00:00Z"))
    assert got(front, "/a")[1]["body"] == b"4"
    desk.close()


def test_no_more_is_kept_than_there_is_room_for(ledger: Path) -> None:
    desk = Desk(ledger)
    told = Told(desk)
    front = Front(told, Kept(desk, 3 * (ENTRY_BYTES + 10)))
    for n in range(9):
        got(front, f"/{n}")
    assert [got(front, f"/{n}")[1]["body"] for n in (8, 7, 6)] == [b"9", b"8", b"7"]
    assert got(front, "/0")[1]["body"] == b"10"
    desk.close()


def test_a_state_is_read_anew_only_after_somebody_wrote(ledger: Path) -> None:
    desk = Desk(ledger)
    prepared: list[Held] = []
    desk.shelf.more.append(prepared.append)
    desk.shelf.ready()
    held = desk.shelf.now()
    assert (prepared, desk.shelf.now()) == ([held], held)
    assert held.remembered(_size) is held.remembered(_size)
    desk.shelf.close()  # as before a fork
    assert desk.shelf.now() is held
    with open_ledger(ledger) as other:
        report = next(other.reports()).id
        other.add_judgement(new_judgement("unsure", (report,), "somebody", "2026-01-01T00:00:00Z"))
    assert desk.shelf.now().revision == held.revision + 1
    desk.close()


def _size(held: Held) -> list[int]:
    return [len(held.rows)]


def test_pairs_are_remembered_up_to_a_number(ledger: Path) -> None:
    desk = Desk(ledger)
    with Shelf(ledger, desk.shelf.registry) as shelf:
        held = shelf.now()
        for n in range(KEPT_PAIRS + 9):
            assert held.between((f"side {n}",)) == ()
        assert len(held._pairs) == KEPT_PAIRS
        sides = next(row.sides for row in held.rows if len(row.sides) == 2)
        assert held.between(sides) == tuple(row for row in held.rows if row.sides >= sides)
    desk.close()
