from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("fastwarc")

from communique.errors import UsageError
from communique.knowledge import load
from communique.ledger import open_ledger
from communique.pipeline import contacts_of
from communique.scale import Outcome, ScanOptions, scan
from communique.scale import run as running
from communique.scale.cluster import ClusterLostError
from communique.scale.tables import rows
from tests.scale.archives import answer, news, page, write_lines, write_warc
from tests.scale.poison import WORDS, Poisoned

NOW = "2024-06-01T00:00:00+00:00"
NUMBERS = range(48)
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same news as lines, as pages and in a WARC; one item stands twice under its address."""
    folder = tmp_path_factory.mktemp("archive")
    write_lines(folder / "a.jsonl", [*map(news, NUMBERS), news(4)])
    odd = {"text": "Norway's Lars Holm met Idriss Nour of Chad.", "published": "31 x"}
    write_lines(folder / "b.jsonl", [news(8), odd])
    write_warc(folder / "c.warc.gz", [answer(f"https://pages.example/{n}", page(news(n))) for n in range(8)])
    return folder


def scanned(archive: Path, out: Path, **options: Any) -> Outcome:
    return scan([str(archive)], ScanOptions(out, part=6_000, **options), NOW)


@pytest.fixture(scope="module")
def alone(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive scanned by one process, with a ledger: what every other way is held against."""
    out = tmp_path_factory.mktemp("alone")
    outcome = scanned(archive, out, ledger=out / "ledger.db")
    assert outcome.failed == 0
    assert outcome.telling == 16  # twelve of the news, two told twice, two pages
    assert outcome.duplicates == 2
    return out


def tables(out: Path) -> dict[str, bytes]:
    return {str(p.relative_to(out)): p.read_bytes() for p in sorted(out.rglob("*.parquet"))}


def test_several_processes_write_the_same_bytes(archive: Path, alone: Path, tmp_path: Path) -> None:
    scanned(archive, tmp_path, texts=True, jobs=2)
    assert tables(tmp_path) == tables(alone)
    assert (tmp_path / "summary.json").read_bytes() == (alone / "summary.json").read_bytes()


def test_one_document_for_one_address_and_text(alone: Path) -> None:
    marked = list(rows(alone / "duplicates.parquet"))
    assert [row["document"] for row in marked if row["same_as"]] == ["n4", "n8"]
    assert all(row["near"] for row in marked if not row["same_as"])  # a page of the same news is nearly the same
    with open_ledger(alone / "ledger.db") as ledger:
        assert sum(d.id == "n4" for d in ledger.documents()) == 1


def test_the_contacts_are_those_of_a_ledger(alone: Path) -> None:
    with open_ledger(alone / "ledger.db") as ledger:
        kept = sorted(ledger.contacts(), key=lambda contact: contact.id)
        assert tuple(kept) == contacts_of(ledger, load())
        assert len(kept) > 5


def test_every_quote_stands_in_its_text(alone: Path) -> None:
    texts = {row["id"]: row["text"] for part in (alone / "parts").glob("*.documents.parquet") for row in rows(part)}
    for part in (alone / "parts").glob("*.records.parquet"):
        for row in rows(part):
            record = json.loads(row["record"])
            assert all(q["text"] == texts[row["document"]][q["start"] : q["end"]] for q in record["quotes"])


def test_a_finished_scan_is_not_done_again_and_another_is_refused(archive: Path, alone: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in (alone / "parts").iterdir()}
    outcome = scanned(archive, alone, texts=True)
    assert outcome.telling == 16
    assert {path: path.stat().st_mtime_ns for path in (alone / "parts").iterdir()} == before
    with pytest.raises(UsageError, match="another scan"):
        scan([str(archive / "a.jsonl")], ScanOptions(alone), NOW)


def poisoned(folder: Path) -> Path:
    item = news(20)
    item["text"] += f" And {WORDS}."
    folder.mkdir()
    write_lines(folder / "a.jsonl", [*map(news, range(20)), item, *map(news, range(21, 30))])
    return folder


def test_a_poisoned_document_is_set_aside_and_not_its_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "Job", Poisoned)
    outcome = scan([str(poisoned(tmp_path / "in"))], ScanOptions(tmp_path / "out", jobs=1), NOW)
    assert outcome.failed == 0
    assert dict(outcome.counts) == {"poisoned-document": 1}
    assert outcome.documents == 29


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers in processes of their own: its address, and the processes, the scheduler first."""
    pytest.importorskip("distributed")
    file = tmp_path / "scheduler.json"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    parts = [["scheduler", "--port", "0", "--no-dashboard"], *([["worker", "--nthreads", "1", "--no-dashboard"]] * 2)]
    started: list[subprocess.Popen[bytes]] = []
    try:
        for words in parts:
            started.append(_dask(words, file, tmp_path, environment))
            while not file.exists():
                assert started[0].poll() is None
                time.sleep(0.05)
        yield json.loads(file.read_text())["address"], started
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait()


def _dask(words: list[str], file: Path, folder: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "dask", *words, "--scheduler-file", str(file)]
    with (folder / "log.txt").open("ab") as log:
        return subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)


def test_a_cluster_writes_the_same_bytes_though_a_worker_is_killed(
    archive: Path, alone: Path, tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, processes = cluster
    killed = []

    def kill_one(progress: object) -> None:
        if not killed:
            killed.append(processes[1].kill())

    options = ScanOptions(tmp_path / "out", part=6_000, texts=True, cluster=address)
    outcome = scan([str(archive)], options, NOW, kill_one)
    assert killed
    assert outcome.failed == 0
    assert tables(tmp_path / "out") == tables(alone)


def test_a_lost_scheduler_leaves_what_was_done_and_the_next_run_goes_on(
    archive: Path, alone: Path, tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, processes = cluster
    out = tmp_path / "out"

    def stop(progress: object) -> None:
        processes[0].kill()

    with pytest.raises(ClusterLostError):
        scan([str(archive)], ScanOptions(out, part=6_000, texts=True, cluster=address), NOW, stop)
    done = set((out / "parts").glob("*.json"))
    assert done
    before = {path: path.stat().st_mtime_ns for path in done}
    assert scanned(archive, out, texts=True).failed == 0
    assert {path: path.stat().st_mtime_ns for path in done} == before
    assert tables(out) == tables(alone)
