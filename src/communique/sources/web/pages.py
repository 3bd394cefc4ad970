"""A page of the web into a document. Its address is its identity: a page that is edited is the same document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urldefrag

from communique.model import Document, Issue
from communique.sources.catalogue import SetAsideError, issue
from communique.sources.html import read_page
from communique.sources.markup import looks_like_html
from communique.sources.options import SourceOptions
from communique.sources.originals import keeping
from communique.sources.plain import read_plain
from communique.sources.record import text_id
from communique.sources.web.fetcher import Fetched, Fetcher, FetchError
from communique.sources.worker import PageWorker

_MARKUP = ("text/html", "application/xhtml+xml")


def read_url(url: str, options: SourceOptions, worker: PageWorker, fetcher: Fetcher) -> Iterator[Document | Issue]:
    """The document at an address, after its issues; only an issue if there is none."""
    try:
        fetched = fetcher.fetch(url)
    except FetchError as error:
        yield not_fetched(url, error)
        return
    yield from documents_of(fetched, url, options, worker)


def not_fetched(url: str, error: FetchError) -> Issue:
    """The issue of an address that was not fetched."""
    return issue(error.code, path=url, why=str(error))


def documents_of(fetched: Fetched, path: str, options: SourceOptions, worker: PageWorker) -> Iterator[Document | Issue]:
    """The document in an answer, named by the address it came from."""
    data, options = fetched.body, _in_its_encoding(fetched, options)
    is_page = options.as_format == "html" or fetched.kind in _MARKUP or looks_like_html(data[:65_536])
    found = read_page(data, path, options, worker) if is_page else read_plain(data, path, options)
    address = urldefrag(fetched.url).url
    try:
        for one in keeping(found, data):
            yield one if isinstance(one, Issue) else replace(one, id=text_id(address), url=address)
    except SetAsideError as error:
        yield error.issue


def _in_its_encoding(fetched: Fetched, options: SourceOptions) -> SourceOptions:
    """What the server says of the encoding counts where the bytes are not UTF-8 and the user says nothing."""
    if options.encoding or not fetched.charset:
        return options
    try:
        fetched.body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return options
    try:
        "".encode(fetched.charset)
    except LookupError:
        return options
    return replace(options, encoding=fetched.charset)
