"""JSON Lines lose nothing, show neither order nor number of runs, and take nothing bent from a stranger."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.errors import UsageError
from communique.export.formats import exporter
from communique.export.load import load
from communique.export.material import Options
from communique.ledger import Ledger, Run, new_judgement, open_ledger
from communique.model import Issue, Reading
from tests.cli.program import called
from tests.export.ledgers import RUN, filled, of_store
from tests.readings import TEXT, readings, sample

AT = "2031-04-01T00:00:00+00:00"
several = st.lists(readings(), max_size=3, unique_by=lambda reading: reading.document.id)


def written(ledger: Ledger, history: bool = False) -> bytes:
    return b"".join(exporter("jsonl").chunks(of_store(ledger, Options(history=history))))


def copied(ledger: Ledger, folder: Path, history: bool = False) -> bytes:
    with open_ledger(folder / "copy.db") as copy:
        loaded = load(copy, io.BytesIO(written(ledger, history)), "l.jsonl", AT)
        assert loaded.refused == []
        copy.put_contacts(loaded.contacts, mark=loaded.mark)
        copy.put_former_contacts(loaded.former)
        assert list(copy.verify()) == []
        return written(copy, history)


@settings(max_examples=40)
@given(several)
def test_what_is_imported_is_exported_to_the_byte(drawn: list[Reading]) -> None:
    with TemporaryDirectory() as name, open_ledger(Path(name) / "l.db") as ledger:
        filled(ledger, drawn)
        assert copied(ledger, Path(name)) == written(ledger)


@settings(max_examples=25)
@given(several, st.randoms(use_true_random=False))
def test_order_and_number_of_runs_do_not_show(drawn: list[Reading], random: object) -> None:
    outputs = set()
    shuffled = list(drawn)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    for way in (drawn, shuffled):
        with TemporaryDirectory() as name, open_ledger(Path(name) / "l.db") as ledger:
            for number, reading in enumerate(way if way is shuffled else [None]):
                filled(ledger, [reading] if reading else drawn, replace(RUN, started=f"2031-03-0{number + 1}"))
            outputs.add(written(ledger))
    assert len(outputs) == 1


def test_judgements_texts_and_inputs_set_aside_are_kept(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "l.db") as ledger:
        filled(ledger, [sample("a1"), sample("a2")])
        ledger.add_judgement(new_judgement("merge", ("a1-r1", "a2-r1"), "ana", AT, "one call"))
        edited = sample("a1", "Updated. " + TEXT)
        filled(ledger, [edited], Run("1.0", "k2", AT))
        ledger.put_aside([Issue("empty-file", "nothing", path="b.txt", fatal=True)], b"\x00\xff")
        ledger.undo(next(iter(ledger.judgements())).id, "ana", AT)
        for history in (False, True):
            folder = tmp_path / str(history)
            folder.mkdir()
            assert copied(ledger, folder, history) == written(ledger, history)
        with open_ledger(tmp_path / "False" / "copy.db") as copy:
            assert list(copy.judgements()) == list(ledger.judgements())
            assert list(copy.aside()) == [(Issue("empty-file", "nothing", path="b.txt", fatal=True), b"\x00\xff")]
            assert list(copy.readings()) == list(ledger.readings())


def test_former_ids_are_history(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "l.db") as ledger:
        filled(ledger, [sample("a1"), sample("a2")])
        (first, second) = ledger.contacts()
        ledger.put_contacts([replace(first, reports=(*first.reports, *second.reports))])
        assert b"former-contact" not in written(ledger)
        assert b"former-contact" in written(ledger, history=True)
        copied(ledger, tmp_path, history=True)
    with open_ledger(tmp_path / "copy.db") as copy:
        assert copy.contact(second.id) == next(copy.contacts())


BENT = {
    "a quote that stands elsewhere": lambda row: row["contacts"][0]["quotes"][0].update(start=2),
    "a place beyond the text": lambda row: row["contacts"][0]["evidence"]["trigger"].update(end=10**6),
    "a status nobody knows": lambda row: row["contacts"][0].update(status="maybe"),
    "a topic nobody knows": lambda row: row["contacts"][0]["topics"][0].update(topic="magic"),
    "a level nobody knows": lambda row: row["contacts"][0]["parties"][0].update(level="god"),
    "no text": lambda row: row["document"].update(text=None),
    "no contacts": lambda row: row.pop("contacts"),
    "a number for a name": lambda row: row["document"].update(id=7),
}


@pytest.mark.parametrize("bend", BENT.values(), ids=BENT.keys())
def test_a_bent_line_is_set_aside_and_the_others_kept(bend: object, tmp_path: Path) -> None:
    with open_ledger(tmp_path / "l.db") as ledger:
        filled(ledger, [sample("a1"), sample("a2")])
        lines = [json.loads(line) for line in written(ledger).splitlines()]
    bend(lines[1])  # type: ignore[operator]
    stream = io.BytesIO("\n".join(map(json.dumps, lines)).encode())
    with open_ledger(tmp_path / "copy.db") as copy:
        loaded = load(copy, stream, "l.jsonl", AT)
        assert [(issue.line, issue.fatal) for issue in loaded.refused] == [(2, True)]
        assert [document.id for document in copy.documents()] == ["a2"]


@pytest.mark.parametrize("line", [b"", b"[]\n", b'{"kind": "ledger", "version": 9}\n', b"\xff\xfe\n", b"[" * 20_000])
def test_another_file_is_refused(line: bytes, tmp_path: Path) -> None:
    with open_ledger(tmp_path / "l.db") as ledger:
        if line.startswith(b'{"kind"'):
            with pytest.raises(UsageError):
                load(ledger, io.BytesIO(line), "x", AT)
        else:
            assert len(load(ledger, io.BytesIO(line), "x", AT).refused) == bool(line)


def test_the_commands_carry_a_ledger_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with open_ledger("l.db") as ledger:
        filled(ledger, [sample("a1")])
    assert called(["export", "jsonl", "--ledger", "l.db", "-o", "a.jsonl"])[0] == 0
    code, _, said = called(["import", "jsonl", "a.jsonl", "--ledger", "new.db"])
    assert (code, said) == (0, "a.jsonl: 1 contact, 1 document\n")
    assert called(["export", "jsonl", "--ledger", "new.db"])[1].encode() == Path("a.jsonl").read_bytes()
    Path("a.jsonl").write_bytes(Path("a.jsonl").read_bytes() + b"{}\n")
    code, _, said = called(["import", "jsonl", "a.jsonl", "--ledger", "new.db"])
    assert code == 3
    assert "line 4 cannot be kept: no record of a ledger" in said
    assert called(["export", "jsonl", "--ledger", "l.db", "--since", "2020"])[0] == 2
