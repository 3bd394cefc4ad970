"""Every problem of the catalogue, reproduced once: its code, its message filled in, its remedy, and the rest read."""

import gzip
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from communique.model import Document, Issue
from communique.sources import KINDS, SourceOptions, grade, read_inputs
from communique.sources.catalogue import as_markdown, issue
from communique.sources.originals import mark
from tests.sources.web_server import Answer, site

Found = Iterable[Document | Issue]
BOMB = gzip.compress(b" " * 34_000_000)
CUT_SHORT = gzip.compress(os.urandom(9_000).hex().encode())[:-2_000]
RUSSIAN = "Анна По встретилась с Бо Роу в Риме. " * 5
GOOD = "Ann Poe met Bo Roe in Rome.\n"
PAGE = "<html><body><article>" + "<p>Ann Poe met Bo Roe in Rome and they spoke at length about trade.</p>" * 9


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read_one(folder: Path, name: str, content: str | bytes, **options: object) -> Found:
    return read_inputs([written(folder, name, content)], SourceOptions(**options))  # type: ignore[arg-type]


def loop(folder: Path) -> Found:
    (folder / "loop").symlink_to(folder / "loop")
    return read_inputs([folder / "loop"])


def pipe(folder: Path) -> Found:
    os.mkfifo(folder / "pipe")
    return read_inputs([folder / "pipe"])


def unreadable(folder: Path) -> Found:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    path = written(folder, "a.txt", GOOD)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("communique.sources.files.os.open", refuse)
        return list(read_inputs([path]))


def empty_folder(folder: Path) -> Found:
    (folder / "nothing").mkdir()
    return read_inputs([folder / "nothing"])


def twice(folder: Path) -> Found:
    path = written(folder, "a.txt", GOOD)
    return read_inputs([path, path])


def without_the_extra(_: Path) -> Found:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "communique.sources.web.fetcher", None)
        return list(read_inputs(["https://example.org/a"]))


def from_the_web(path: str, robots: str) -> Found:
    with site() as served:
        served.answers["/robots.txt"] = Answer(robots.encode())
        return list(read_inputs([served.address + path], SourceOptions(allow_hosts=(served.host,))))


CASES: dict[str, Callable[[Path], Found]] = {
    "missing-file": lambda folder: read_inputs([folder / "none.txt"]),
    "unreadable": unreadable,
    "not-a-regular-file": pipe,
    "symlink-loop": loop,
    "not-fetched": without_the_extra,
    "refused-address": lambda _: read_inputs(["http://0x7f.1/a"]),
    "fetch-failed": lambda _: from_the_web("/none", ""),
    "robots-refused": lambda _: from_the_web("/a", "User-agent: *\nDisallow: /"),
    "empty-file": lambda folder: read_one(folder, "a.txt", " \n"),
    "empty-folder": empty_folder,
    "binary-file": lambda folder: read_one(folder, "a.txt", b"%PDF-1.7 \x00\x01"),
    "text-too-large": lambda folder: read_one(folder, "a.txt", GOOD * 10, max_bytes=100),
    "decompression-bomb": lambda folder: read_one(folder, "a.txt.gz", BOMB, max_bytes=50_000_000),
    "damaged-archive": lambda folder: read_one(folder, "a.txt.gz", CUT_SHORT),
    "unknown-encoding": lambda folder: read_one(folder, "a.txt", bytes(range(128, 256)) * 20),
    "guessed-encoding": lambda folder: read_one(folder, "a.txt", RUSSIAN.encode("cp1251")),
    "damaged-characters": lambda folder: read_one(folder, "a.txt", GOOD.encode() + b"caf\xff", encoding="utf-8"),
    "control-characters": lambda folder: read_one(folder, "a.txt", "Ann \u202ePoe\u202c met Roe."),
    "bad-json-line": lambda folder: read_one(folder, "a.jsonl", '{"text": "One."}\n{"text": \n'),
    "bad-json": lambda folder: read_one(folder, "a.json", '[{"text": "One."},\n'),
    "not-a-record": lambda folder: read_one(folder, "a.jsonl", '["One."]\n'),
    "bad-csv": lambda folder: read_one(folder, "a.csv", "id,text\n1,One.\n2,Two.,more,and more\n"),
    "missing-text-field": lambda folder: read_one(folder, "a.jsonl", '{"body": "One."}\n'),
    "text-not-a-string": lambda folder: read_one(folder, "a.jsonl", '{"text": ["One."]}\n'),
    "empty-text": lambda folder: read_one(folder, "a.jsonl", '{"text": "", "id": "a"}\n'),
    "html-without-text": lambda folder: read_one(folder, "a.html", "<html><body><script>run()</script></body></html>"),
    "extraction-empty": lambda folder: read_one(folder, "a.html", "<html><body>" + "<div>" * 9_000 + GOOD),
    "given-up": lambda folder: read_one(folder, "a.txt", GOOD, refused=frozenset({mark(GOOD.encode())})),
    "impossible-date": lambda folder: read_one(folder, "a.jsonl", '{"text": "One.", "published": "31 February 2021"}'),
    "duplicate-id": lambda folder: read_one(folder, "a.jsonl", '{"id": 1, "text": "A."}\n{"id": 1, "text": "B."}\n'),
    "read-twice": twice,
}


def test_every_kind_is_reproduced() -> None:
    assert set(CASES) == set(KINDS)


@pytest.mark.parametrize("code", sorted(CASES))
def test_reproduced(code: str, tmp_path: Path) -> None:
    found = [one for one in CASES[code](tmp_path) if isinstance(one, Issue)]
    assert [one.code for one in found] == [code]
    assert found[0].remedy
    assert "{" not in found[0].message
    assert found[0].fatal == (KINDS[code].grade == "set-aside")
    assert grade(found[0]) == KINDS[code].grade
    assert found[0].path


@pytest.mark.parametrize("code", sorted(KINDS))
def test_messages_are_sentences_without_a_capital(code: str) -> None:
    kind = KINDS[code]
    assert not kind.message.endswith(".")
    assert kind.remedy[0].isupper()


def test_the_rest_is_read(tmp_path: Path) -> None:
    written(tmp_path, "a.txt", "")
    written(tmp_path, "b.txt", GOOD)
    written(tmp_path, "c.txt", b"\x89PNG\r\n")
    written(tmp_path, "d.jsonl", '{bad\n{"text": "Bo Roe left."}\n')
    found = list(read_inputs([tmp_path / "none", tmp_path]))
    assert [one.text for one in found if isinstance(one, Document)] == [GOOD, "Bo Roe left."]
    codes = [one.code for one in found if isinstance(one, Issue)]
    assert codes == ["missing-file", "empty-file", "binary-file", "bad-json-line"]


def test_lines_are_named() -> None:
    found = issue("bad-json-line", path="a.jsonl", line=7, why="x", excerpt="y" * 500)
    assert found.line == 7
    assert "line 7" in found.message
    assert found.excerpt is not None
    assert len(found.excerpt) == 80


def test_issues_of_other_layers_have_a_grade_too() -> None:
    assert grade(Issue("else", "m")) == "problem"
    assert grade(Issue("else", "m", fatal=True)) == "set-aside"


def test_the_catalogue_is_a_table() -> None:
    rows = as_markdown().splitlines()
    assert len(rows) == len(KINDS) + 2
    assert all(row.replace("\\|", "").count("|") == 5 for row in rows)
    assert not [row for row in rows if "{{" in row]
