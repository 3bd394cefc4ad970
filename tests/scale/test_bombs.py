"""Bombs in answers of servers, archives and files, with the most memory that reading them takes (``-s`` tells it)."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
import zstandard

from tests.scale.archives import answer, news, page
from tests.sources.web_server import Answer, site

pytest.importorskip("fastwarc")
MOST_MEMORY = 300_000  # kilobytes
SIZE = 1_000_000_000
PIECE = b" " * 10_000_000
# The high-water mark of the process itself: what getrusage gives is that of the process that started it, if more.
MEASURE = """
import json, sys
{work}
status = open("/proc/self/status").read()
print(json.dumps([found, int(status.split("VmHWM:")[1].split()[0])]))
"""
FETCH = """
from communique.sources.web.fetcher import Fetcher, FetchError
try:
    with Fetcher([sys.argv[2]]) as opened:
        found = str(len(opened.fetch(sys.argv[1]).body))
except FetchError as error:
    found = str(error)
"""
ARCHIVE = """
import os
from communique.scale.parts import Part
from communique.scale.warc import read_warc
from communique.sources.options import SourceOptions
part = Part(0, "warc", sys.argv[1], 0, os.path.getsize(sys.argv[1]))
found = [getattr(one, "code", "") or one.url for one in read_warc(part, SourceOptions())]
"""
FILE = """
from communique.sources import read_inputs
found = [getattr(one, "code", "") or one.id for one in read_inputs([sys.argv[1]])]
"""
STRETCH = """
from communique.scale.streams import opened
from communique.sources.catalogue import SetAsideError
found = ""
try:
    with opened(sys.argv[1]) as stream:
        while stream.read(65536):
            pass
except SetAsideError as error:
    found = error.issue.code
"""

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="a process's most memory is told in /proc only"
)


def measured(work: str, *words: object) -> tuple[object, int]:
    """What a process of its own found, and the most memory it had, in kilobytes."""
    command = [sys.executable, "-c", MEASURE.format(work=work), *map(str, words)]
    found, memory = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    print(f"{memory / 1000:.0f} MB: {found}")
    return found, memory


def gigabyte(packing: str, head: bytes = b"") -> bytes:
    """So many blanks behind a head, packed without ever having them all."""
    packer = zlib.compressobj(1, wbits=31) if packing == "gzip" else zstandard.ZstdCompressor(level=1).compressobj()

    def pieces() -> Iterator[bytes]:
        yield packer.compress(head)
        for _ in range(SIZE // len(PIECE)):
            yield packer.compress(PIECE)
        yield packer.flush()

    return b"".join(pieces())


@pytest.fixture(scope="module")
def gzipped() -> bytes:
    return gigabyte("gzip")


@pytest.fixture(scope="module")
def zstandarded() -> bytes:
    return gigabyte("zstd")


def test_an_answer_of_a_server(gzipped: bytes, zstandarded: bytes) -> None:
    with site() as served:
        served.answers["/gzip"] = Answer(gzipped, headers={"Content-Encoding": "gzip"})
        served.answers["/zstd"] = Answer(zstandarded, headers={"Content-Encoding": "zstd"})
        for path, told in (("/gzip", "longer than|unpacks to more"), ("/zstd", "packed as zstd")):
            found, memory = measured(FETCH, served.address + path, served.host)
            assert any(words in str(found) for words in told.split("|"))
            assert memory <= MOST_MEMORY


GOOD = [answer(f"https://news.example/{n}", page(news(n))) for n in range(2)]
URLS = ["https://news.example/0", "https://news.example/1"]


@pytest.mark.parametrize("packing", ["gzip", "zstd"])
def test_a_packed_answer_in_an_archive(tmp_path: Path, packing: str, request: pytest.FixtureRequest) -> None:
    packed: bytes = request.getfixturevalue({"gzip": "gzipped", "zstd": "zstandarded"}[packing])
    bomb = answer("https://news.example/bomb", packed, headers=b"Content-Encoding: %b\r\n" % packing.encode())
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"".join(map(gzip.compress, [GOOD[0], bomb, GOOD[1]])))
    found, memory = measured(ARCHIVE, path)
    assert found == [URLS[0], "damaged-archive", URLS[1]]
    assert memory <= MOST_MEMORY


def packed_by(packing: str, plain: bytes) -> bytes:
    return gzip.compress(plain) if packing == "gzip" else zstandard.compress(plain)


@pytest.mark.parametrize("packing", ["gzip", "zstd"])
@pytest.mark.parametrize(("lie", "becomes"), [(SIZE, "text-too-large"), (0, "https://news.example/bomb")])
def test_a_record_that_is_a_bomb(tmp_path: Path, packing: str, lie: int, becomes: str) -> None:
    bomb = gigabyte(packing, answer("https://news.example/bomb", b"<html>", lie))
    path = tmp_path / {"gzip": "a.warc.gz", "zstd": "a.warc.zst"}[packing]
    path.write_bytes(packed_by(packing, GOOD[0]) + bomb + packed_by(packing, GOOD[1]))
    found, memory = measured(ARCHIVE, path)
    # One that calls itself short is read as far as that.
    assert found == [URLS[0], becomes, URLS[1]]
    assert memory <= MOST_MEMORY


@pytest.mark.parametrize("packing", ["gzip", "zstd"])
def test_a_head_that_is_a_bomb(tmp_path: Path, packing: str) -> None:
    bomb = gigabyte(packing, b"WARC/1.0\r\nWARC-Type: response\r\nX-Long: ")
    path = tmp_path / {"gzip": "a.warc.gz", "zstd": "a.warc.zst"}[packing]
    path.write_bytes(packed_by(packing, GOOD[0]) + bomb + packed_by(packing, GOOD[1]))
    found, memory = measured(ARCHIVE, path)
    assert found == URLS
    assert memory <= MOST_MEMORY


@pytest.mark.parametrize("packing", ["gzip", "zstd"])
def test_an_archive_packed_as_one_that_is_a_bomb(tmp_path: Path, packing: str) -> None:
    path = tmp_path / {"gzip": "a.warc.gz", "zstd": "a.warc.zst"}[packing]
    path.write_bytes(gigabyte(packing, GOOD[0] + GOOD[1]))
    found, memory = measured(ARCHIVE, path)
    assert found == ["decompression-bomb"]
    assert memory <= MOST_MEMORY


@pytest.mark.parametrize(("work", "name"), [(FILE, "a.txt.gz"), (FILE, "a.jsonl.gz"), (STRETCH, "a.jsonl.gz"),
                                            (STRETCH, "a.jsonl.zst")])  # fmt: skip
def test_a_packed_file(tmp_path: Path, work: str, name: str, gzipped: bytes, zstandarded: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(gzipped if name.endswith("gz") else zstandarded)
    found, memory = measured(work, path)
    assert "decompression-bomb" in found
    assert memory <= MOST_MEMORY
