from __future__ import annotations

import gzip
from itertools import pairwise
from pathlib import Path

import pytest
import zstandard

from communique.model import Issue
from communique.scale.parts import Part
from communique.scale.raw import RawPage
from communique.scale.warc import read_warc
from communique.sources.options import SourceOptions
from tests.scale.archives import answer, news, page, write_warc

pytest.importorskip("fastwarc")
URLS = [f"https://news.example/{n}" for n in range(6)]


def answers(lies: dict[int, int] | None = None) -> list[bytes]:
    return [answer(url, page(news(n)), (lies or {}).get(n, 0)) for n, url in enumerate(URLS)]


def read(path: Path, cuts: int = 1, **options: int) -> tuple[list[str | None], list[Issue]]:
    size = path.stat().st_size
    edges = [size * n // cuts for n in range(cuts + 1)]
    parts = [Part(n, "warc", str(path), a, b) for n, (a, b) in enumerate(pairwise(edges))]
    found = [one for part in parts for one in read_warc(part, SourceOptions(**options))]
    return [p.url for p in found if isinstance(p, RawPage)], [i for i in found if isinstance(i, Issue)]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
@pytest.mark.parametrize("cuts", [1, 3, 7])
def test_each_page_lies_in_one_stretch(tmp_path: Path, name: str, cuts: int) -> None:
    path = write_warc(tmp_path / name, answers())
    assert read(path, cuts) == (URLS, [])


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc.zst"])
@pytest.mark.parametrize("cuts", [1, 3])
def test_an_archive_packed_as_one_is_read_once(tmp_path: Path, name: str, cuts: int) -> None:
    path, plain = tmp_path / name, b"".join(answers())
    path.write_bytes(gzip.compress(plain) if name.endswith("gz") else zstandard.compress(plain))
    assert read(path, cuts) == (URLS, [])


@pytest.mark.parametrize(("name", "cut"), [("a.warc", 300), ("a.warc.gz", 100)])
def test_an_archive_cut_short_loses_its_last_page_and_says_so(tmp_path: Path, name: str, cut: int) -> None:
    path = write_warc(tmp_path / name, answers())
    path.write_bytes(path.read_bytes()[:-cut])
    urls, issues = read(path)
    assert urls == URLS[:-1]
    assert [issue.code for issue in issues] == ["truncated-record"]


def test_bent_bytes_cost_their_own_record(tmp_path: Path) -> None:
    packed = [bytearray(gzip.compress(one)) for one in answers()]
    packed[2][60] ^= 0xFF
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"".join(packed))
    for cuts in (1, 4):
        urls, issues = read(path, cuts)
        assert urls == [*URLS[:2], *URLS[3:]]
        assert [issue.code for issue in issues] == ["skipped-bytes"]
        assert f"{len(packed[2])} bytes" in issues[0].message


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_lying_lengths_are_seen_and_the_next_record_found(tmp_path: Path, name: str) -> None:
    path = write_warc(tmp_path / name, answers({1: 500, 4: -50}))
    urls, issues = read(path)
    assert set(URLS) - {"https://news.example/4"} <= set(urls)
    assert [issue.code for issue in issues].count("lying-length") == 2


def test_behind_a_bent_frame_the_next_record_is_found(tmp_path: Path) -> None:
    packed = [zstandard.compress(one) for one in answers()]
    packed[2] = packed[2][:-40]
    path = tmp_path / "a.warc.zst"
    path.write_bytes(b"".join(packed))
    urls, issues = read(path)
    assert urls == [*URLS[:2], *URLS[3:]]
    assert [issue.code for issue in issues] == ["skipped-bytes"]


def test_what_is_no_answer_or_no_page_is_passed_over(tmp_path: Path) -> None:
    other = answer("https://news.example/feed", b"{}").replace(b"text/html", b"application/json")
    path = write_warc(tmp_path / "a.warc", [answer("x:about", b"", kind="warcinfo"), other, *answers()])
    assert read(path) == (URLS, [])


def test_a_packed_page_is_unpacked_and_a_bomb_is_not(tmp_path: Path) -> None:
    packed = answer(URLS[0], gzip.compress(page(news(0))), headers=b"Content-Encoding: gzip\r\n")
    bomb = answer(URLS[1], gzip.compress(bytes(1_000_000)), headers=b"Content-Encoding: gzip\r\n")
    path = write_warc(tmp_path / "a.warc.gz", [packed, bomb, *answers()[2:]])
    urls, issues = read(path, max_bytes=100_000)
    assert urls == [URLS[0], *URLS[2:]]
    assert [issue.code for issue in issues] == ["damaged-archive"]


def test_a_record_beyond_the_limit_is_passed_over(tmp_path: Path) -> None:
    path = write_warc(tmp_path / "a.warc.gz", [*answers()[:2], answer("x:big", bytes(50_000)), *answers()[2:]])
    urls, issues = read(path, max_bytes=20_000)
    assert urls == URLS
    assert {issue.code for issue in issues} == {"text-too-large"}


def test_what_is_no_archive_is_an_issue(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"not at all")
    assert read(path)[0] == []
