"""From what the user named to documents and issues, one after the other, in the order given."""

from __future__ import annotations

import hashlib
import io
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from communique.model import Document, Issue
from communique.sources.catalogue import SetAsideError, issue
from communique.sources.files import find, open_input, unpacked
from communique.sources.gate import clean
from communique.sources.html import read_page
from communique.sources.lines import read_lines
from communique.sources.markup import looks_like_html
from communique.sources.options import Format, SourceOptions
from communique.sources.originals import ENOUGH, MOST, as_line, keeping, kept, mark, of_file
from communique.sources.plain import read_plain
from communique.sources.plugins import reader_for
from communique.sources.record import text_id
from communique.sources.table import read_table
from communique.sources.worker import PageWorker
from communique.text.language import with_language

if TYPE_CHECKING:
    from communique.sources.web.fetcher import Fetcher

STDIN = "-"
_HEAD = 65_536
_SUFFIXES: dict[str, Format] = {
    ".txt": "text", ".text": "text", ".md": "text", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl", ".csv": "csv", ".tsv": "csv",
}  # fmt: skip


def read_inputs(
    inputs: Sequence[str | Path], options: SourceOptions | None = None, *, stdin: BinaryIO | None = None
) -> Iterator[Document | Issue]:
    """The documents of files, folders, patterns, addresses of the web and standard input ("-"), with issues.

    An issue comes before the document it concerns; a fatal one stands in the place of its input or record. Nothing
    is raised for what an input holds. One document is kept in memory at a time.
    """
    chosen = options or SourceOptions()
    with PageWorker(chosen.page_seconds, chosen.page_memory) as worker:
        yield from _distinct(_all(inputs, chosen, worker, stdin))


def read_original(original: bytes, path: str, options: SourceOptions) -> Iterator[Document | Issue]:
    """The documents in bytes that were kept of an input, named as it was named."""
    with PageWorker(options.page_seconds, options.page_memory) as worker:
        try:
            stream = unpacked(io.BufferedReader(cast(io.RawIOBase, io.BytesIO(original))), path)
            yield from _distinct(_stream(stream, path, options, worker))
        except SetAsideError as error:
            yield kept(error.issue, original)


def read_text(text: str, options: SourceOptions | None = None) -> tuple[Document | Issue, ...]:
    """A text already in memory as a document, by the same gate."""
    chosen = replace(options or SourceOptions(), encoding="utf-8")
    try:
        found = read_plain(clean(text).encode("utf-8"), None, chosen)
    except SetAsideError as error:
        return (error.issue,)
    return tuple(one if isinstance(one, Issue) else with_language(one) for one in found)


def _all(
    inputs: Iterable[str | Path], options: SourceOptions, worker: PageWorker, stdin: BinaryIO | None
) -> Iterator[Document | Issue]:
    with ExitStack() as opened:
        # One for all addresses, so that a host is asked for its rules once, and gets its pauses.
        fetcher = cache(lambda: opened.enter_context(_fetcher(options)))
        for given in map(str, inputs):
            if given == STDIN:
                yield from _standard_input(stdin, options, worker)
            elif given.lower().startswith(("http://", "https://")):
                yield from _fetched(given, options, worker, fetcher)
            else:
                for found in find(given):
                    yield from [found] if isinstance(found, Issue) else _file(found, options, worker)


def _fetcher(options: SourceOptions) -> Fetcher:
    from communique.sources.web.fetcher import Fetcher

    return Fetcher(options.allow_hosts)


def _fetched(
    url: str, options: SourceOptions, worker: PageWorker, fetcher: Callable[[], Fetcher]
) -> Iterator[Document | Issue]:
    try:
        from communique.sources.web.pages import read_url

        opened = fetcher()
    except ModuleNotFoundError as error:
        yield issue("not-fetched", path=url, missing=error.name)
        return
    yield from read_url(url, options, worker, opened)


def _file(path: Path, options: SourceOptions, worker: PageWorker) -> Iterator[Document | Issue]:
    try:
        with open_input(path) as stream:
            yield from _stream(stream, str(path), options, worker)
    except SetAsideError as error:
        yield kept(error.issue, of_file(path))
    except OSError as error:
        yield issue("unreadable", path=str(path), why=error.strerror or str(error))


def _standard_input(stdin: BinaryIO | None, options: SourceOptions, worker: PageWorker) -> Iterator[Document | Issue]:
    raw = stdin or sys.stdin.buffer
    stream = raw if isinstance(raw, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, raw))
    try:
        yield from _stream(unpacked(stream, STDIN), STDIN, options, worker)
    except SetAsideError as error:
        yield error.issue


def _stream(
    stream: io.BufferedReader, path: str, options: SourceOptions, worker: PageWorker
) -> Iterator[Document | Issue]:
    head = stream.peek(_HEAD)
    if not head:
        raise SetAsideError(issue("empty-file", path=path))
    suffix = _suffix(path)
    kind = options.as_format or _SUFFIXES.get(suffix)
    reader = reader_for(suffix) if kind is None and suffix else None
    if reader is not None:
        yield from reader(stream, path, options)
        return
    kind = kind or _looks_like(head)
    if kind == "jsonl":
        yield from read_lines(stream, path, options)
    elif kind == "csv":
        yield from read_table(stream, path, options)
    else:
        data = _bounded(stream, path, options)
        yield from keeping(_one(data, path, options, worker, kind), data)


def _one(
    data: bytes, path: str, options: SourceOptions, worker: PageWorker, kind: Format
) -> Iterator[Document | Issue]:
    """The one document of a page or a text; one that broke the reader too often is not tried again."""
    if options.refused and mark(data) in options.refused:
        raise SetAsideError(issue("given-up", path=path, times=ENOUGH))
    yield from read_page(data, path, options, worker) if kind == "html" else read_plain(data, path, options)


def _bounded(stream: BinaryIO, path: str, options: SourceOptions) -> bytes:
    data = stream.read(options.max_bytes + 1)
    if len(data) > options.max_bytes:
        whole = data + stream.read(max(0, MOST + 1 - len(data)))
        raise SetAsideError(kept(issue("text-too-large", path=path, limit=options.max_bytes), whole))
    return data


def _suffix(path: str) -> str:
    """The ending of the name, without that of compression."""
    suffixes = [suffix.lower() for suffix in Path(path).suffixes if suffix.lower() != ".gz"]
    return suffixes[-1] if suffixes else ""


def _looks_like(head: bytes) -> Format:
    """The format of a file whose name does not tell it."""
    if looks_like_html(head):
        return "html"
    return "jsonl" if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:2] in (b'{"', b"[{") else "text"


def _distinct(found: Iterator[Document | Issue]) -> Iterator[Document | Issue]:
    """Each document once, and no id for two texts. Outlets that print the same words are each a document."""
    seen: dict[str, tuple[bytes, str]] = {}
    for one in found:
        yield one if isinstance(one, Issue) else _once(with_language(one), seen)


def _once(document: Document, seen: dict[str, tuple[bytes, str]]) -> Document | Issue:
    made = document.id == text_id(document.text or document.title)
    mark = _mark(document, whole=made)
    if document.id not in seen:
        seen[document.id] = (mark, document.path or "the same input")
        return document
    before, place = seen[document.id]
    if before == mark:
        return issue("read-twice", path=document.path, first=place)
    if made:
        return _once(replace(document, id=_own_id(document)), seen)
    return kept(issue("duplicate-id", path=document.path, id=document.id, first=place), as_line(document))


def _own_id(document: Document) -> str:
    return text_id(document.text, document.title, document.url, document.publisher)


def _mark(document: Document, whole: bool) -> bytes:
    """What tells one document from another of the same id: its text; for ids made of the text, what surrounds it."""
    about = (document.title, document.url, document.publisher) if whole else ()
    words = "\x1f".join((document.text, *(part or "" for part in about)))
    return hashlib.blake2b(words.encode(), digest_size=8).digest()
