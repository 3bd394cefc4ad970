from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from communique.errors import UsageError
from communique.model import Issue
from communique.scale.lines import read_lines
from communique.scale.pages import read_pages
from communique.scale.parts import Part, plan
from communique.scale.raw import RawFields, RawPage
from communique.scale.tables import read_table
from communique.sources.options import SourceOptions
from tests.scale.archives import news, page, write_lines

OPTIONS = SourceOptions()


def ids(found: object) -> list[object]:
    return [one.fields["id"] for one in found if isinstance(one, RawFields)]  # type: ignore[attr-defined]


@pytest.mark.parametrize("size", [1, 7, 100, 331, 5_000, 10**9])
def test_every_line_lies_in_one_part(tmp_path: Path, size: int) -> None:
    path = write_lines(tmp_path / "a.jsonl", map(news, range(12)))
    parts, issues = plan([str(path)], size)
    assert not issues
    assert [name for part in parts for name in ids(read_lines(part, OPTIONS))] == [f"n{n}" for n in range(12)]


@pytest.mark.parametrize("packing", ["gz", "zst"])
def test_packed_lines_are_one_part(tmp_path: Path, packing: str) -> None:
    zstandard = pytest.importorskip("zstandard")
    plain = write_lines(tmp_path / "a.jsonl", map(news, range(5))).read_bytes()
    path = tmp_path / f"b.jsonl.{packing}"
    path.write_bytes(gzip.compress(plain) if packing == "gz" else zstandard.compress(plain))
    (part,), _ = plan([str(path)], 100)
    assert ids(read_lines(part, OPTIONS)) == [f"n{n}" for n in range(5)]


@pytest.mark.parametrize("packing", ["gz", "zst"])
def test_bombs_and_damage_are_set_aside(tmp_path: Path, packing: str) -> None:
    zstandard = pytest.importorskip("zstandard")
    pack = gzip.compress if packing == "gz" else zstandard.compress
    bomb, bent = tmp_path / f"a.jsonl.{packing}", tmp_path / f"b.jsonl.{packing}"
    bomb.write_bytes(pack(b" " * 40_000_000))
    bent.write_bytes(pack(b'{"text": "a"}\n' * 9_000)[:-20])
    parts, _ = plan([str(bomb), str(bent)], 100)
    codes = [[one.code for one in read_lines(part, OPTIONS) if isinstance(one, Issue)] for part in parts]
    assert [found[-1] for found in codes] == ["decompression-bomb", "damaged-archive"]


def test_wrong_lines_cost_themselves(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "a"}\n{"text": \n[1]\n\n{"text": "' + b"x" * 300 + b'"}\n{"text": "b"}')
    found = list(read_lines(Part(0, "lines", str(path), 0, 10**6), SourceOptions(max_bytes=100)))
    assert [one.code if isinstance(one, Issue) else one.fields["text"] for one in found] == [
        "a", "bad-json", "not-a-record", "text-too-large", "b",
    ]  # fmt: skip


def test_row_groups_are_parts(tmp_path: Path) -> None:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "a.parquet"
    pq.write_table(pa.Table.from_pylist([news(n) for n in range(10)]), path, row_group_size=3)
    parts, _ = plan([str(path)], 1)
    assert len(parts) == 4
    assert [name for part in parts for name in ids(read_table(part))] == [f"n{n}" for n in range(10)]
    path.write_bytes(path.read_bytes()[:-30])
    (part,), _ = plan([str(path)], 1)
    assert [one.code for one in read_table(part) if isinstance(one, Issue)] == ["damaged-archive"]


def test_pages_of_a_folder(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.html").write_bytes(page(news(number)))
    (tmp_path / "note.doc").write_text("no archive")
    (part,), issues = plan([str(tmp_path)], 10**6)
    assert [issue.code for issue in issues] == ["not-an-archive"]
    assert sum(isinstance(one, RawPage) for one in read_pages(part, OPTIONS)) == 3
    os.unlink(tmp_path / "1.html")
    assert [one.code for one in read_pages(part, OPTIONS) if isinstance(one, Issue)] == ["missing-file"]


def test_nothing_to_scan(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        plan([], 1)
    _, issues = plan([str(tmp_path / "none.warc.gz")], 1)
    assert [issue.code for issue in issues] == ["missing-file"]
