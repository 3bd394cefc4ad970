"""HTML pages into documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from communique.model import Document, Issue, Published, PublishedBasis
from communique.sources.catalogue import SetAsideError, issue
from communique.sources.gate import clean, decode, oddities
from communique.sources.markup import declared_charset
from communique.sources.options import SourceOptions
from communique.sources.page import Page
from communique.sources.record import text_id
from communique.sources.worker import PageWorker


def read_page(data: bytes, path: str, options: SourceOptions, worker: PageWorker) -> Iterator[Document | Issue]:
    """The article of a page, after its issues. Raises ``SetAsideError`` for pages without text or beyond parsers."""
    decoded = decode(data, path=path, declared=declared_charset(data), forced=options.encoding)
    if not decoded.text.strip():
        raise SetAsideError(issue("empty-file", path=path))
    yield from (found for found in decoded.issues if found.code != "control-characters")
    page = worker.digest(decoded.text)
    text = clean(page.text)
    if page.trouble:
        raise SetAsideError(issue("extraction-empty", path=path, why=page.trouble))
    if not text.strip():
        raise SetAsideError(issue("html-without-text", path=path))
    yield from oddities(text, path)
    if page.wrong and not page.published and not options.published:
        yield issue("impossible-date", path=path, value=page.wrong[:60], excerpt=page.wrong)
    yield _document(page, text, path, options)


def _document(page: Page, text: str, path: str, options: SourceOptions) -> Document:
    given = Published(options.published, "given")
    found = Published(page.published, cast(PublishedBasis | None, page.basis), (page.where,) if page.where else ())
    return Document(
        text_id(text), text, title=clean(page.title) if page.title else None, path=path, url=page.url,
        publisher=options.publisher or page.publisher, language=page.language,
        published=given if options.published else found,
    )  # fmt: skip
