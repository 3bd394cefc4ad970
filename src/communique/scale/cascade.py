"""From a record of an archive to what it says: a cheap look, a rehearsal, and only then a careful reading.

A record of fields is looked at as text. A page is looked at as it came, then as light text. On the sentences that have
a chance the rules are rehearsed; trafilatura, language and the reader come last, and only for documents in which they
found something. A document that no look lets through says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from communique.extract.look import Look, look_for, rehearse
from communique.knowledge import Knowledge
from communique.model import Document, Issue, Published, Reading
from communique.pipeline import read_document
from communique.scale.problems import trouble
from communique.scale.raw import Raw, RawFields, RawPage
from communique.sources.catalogue import SetAsideError
from communique.sources.html import read_page
from communique.sources.options import SourceOptions
from communique.sources.quick import light_text
from communique.sources.record import document_of, field_of, text_id
from communique.sources.worker import PageWorker
from communique.text.language import with_language

_TITLE = re.compile(rb"<title[^>]{0,200}>(.{1,500}?)</title", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Passed:
    """A document that says nothing of what is looked for: kept is what tells it from others."""

    id: str
    url: str | None
    title: str | None
    digest: str


@dataclass(frozen=True, slots=True)
class Read:
    """A document that was read with care, and what it says."""

    reading: Reading
    digest: str


Found = Passed | Read | Issue


@dataclass(frozen=True, slots=True)
class Chance:
    """A record that may say something: the document as far as it was looked at, and the stretches to rehearse.

    Without a document it is read whatever it says.
    """

    document: Document | None = None
    stretches: tuple[str, ...] = ()


class Cascade:
    """The looks and the reader, for one part after the other; a context manager, for pages are parsed in a child.

    ``everything`` leaves the looks out: the measure against which they are held.
    """

    def __init__(self, knowledge: Knowledge, options: SourceOptions, everything: bool = False) -> None:
        self._knowledge, self._options, self._everything = knowledge, options, everything
        self._look: Look = look_for(knowledge)
        self._pages = PageWorker(options.page_seconds, options.page_memory)

    def close(self) -> None:
        """End the child in which pages are parsed."""
        self._pages.stop()

    def chance(self, raw: Raw) -> Chance | None:
        """What is worth a rehearsal in a record; None if nothing is."""
        if self._everything:
            return Chance()
        return self._fields_chance(raw) if isinstance(raw, RawFields) else self._page_chance(raw)

    def passed(self, raw: Raw) -> Passed:
        """What is kept of a record that has no chance."""
        if isinstance(raw, RawPage):
            return Passed(text_id(raw.url or raw.path), raw.url or raw.path, _title(raw.data), _digest(raw.data))
        text, title = self._words(raw)
        url = _line(field_of(raw.fields, "url", self._options))
        name = _line(field_of(raw.fields, "id", self._options))
        digest = text_id(text)
        return Passed(name or (digest if text else text_id(title)), url, title, digest)

    def read(self, raw: Raw, chance: Chance, path: str) -> Iterator[Found]:
        """What a record says, after its issues; an issue alone if there is no document in it."""
        if not self._tells(chance):
            yield self.passed(raw)
            return
        waiting: list[Issue] = []
        for one in self._documents(raw, path):
            if isinstance(one, Issue):
                waiting.append(one)
                yield one
                continue
            document = with_language(one)
            reading = self._reading(document)
            if isinstance(reading, Issue):
                yield reading
            else:
                yield Read(replace(reading, issues=(*waiting, *reading.issues)), text_id(document.text))

    def _tells(self, chance: Chance) -> bool:
        """Whether the rehearsal finds anything; where it fails, the reader says of what."""
        if chance.document is None:
            return True
        try:
            return rehearse(chance.document, chance.stretches, self._knowledge)
        except Exception:
            return True

    def _reading(self, document: Document) -> Reading | Issue:
        try:
            return read_document(document, self._knowledge)
        except Exception as error:
            return trouble("reader-failed", document.path or document.id, why=f"{type(error).__name__}: {error}")

    def _fields_chance(self, raw: RawFields) -> Chance | None:
        text, title = self._words(raw)
        if not text and not title:
            return Chance()  # whatever is wrong with it is told by reading it
        document = Document(
            "", text, title, url=_line(field_of(raw.fields, "url", self._options)),
            publisher=self._options.publisher or _line(field_of(raw.fields, "publisher", self._options)),
        )  # fmt: skip
        stretches = self._look.document(document)
        if not stretches:
            return None
        known = next((one for one in self._documents(raw, "") if isinstance(one, Document)), document)
        return Chance(replace(known, text=text, title=title), stretches)

    def _page_chance(self, raw: RawPage) -> Chance | None:
        if not self._look.page(raw.data):
            return None
        text = light_text(raw.data, raw.charset)
        page = Document("", text, _title(raw.data), url=raw.url, publisher=self._options.publisher)
        stretches = self._look.document(page)
        return Chance(_fetched(page, raw), stretches) if stretches else None

    def _words(self, raw: RawFields) -> tuple[str, str | None]:
        text, title = (field_of(raw.fields, name, self._options) for name in ("text", "title"))
        return text if isinstance(text, str) else "", title if isinstance(title, str) else None

    def _documents(self, raw: Raw, path: str) -> Iterable[Document | Issue]:
        if isinstance(raw, RawFields):
            return document_of(raw.fields, self._options, f"{path}@{raw.place}")
        return self._page_documents(raw)

    def _page_documents(self, raw: RawPage) -> Iterator[Document | Issue]:
        try:
            for one in read_page(raw.data, raw.path, self._options, self._pages):
                yield one if isinstance(one, Issue) else _fetched(one, raw)
        except SetAsideError as error:
            yield error.issue


def _fetched(page: Document, raw: RawPage) -> Document:
    """A page's document with the address it was fetched from, and the day as the last on which it can be from."""
    document = replace(page, url=raw.url or page.url)
    if document.published.edtf or not raw.fetched:
        return document
    reason = (f"fetched on {raw.fetched}",)
    return replace(document, published=Published(f"../{raw.fetched}", "metadata", reason))


def _title(data: bytes) -> str | None:
    match = _TITLE.search(data[:100_000])
    return " ".join(match[1].decode("utf-8", "replace").split()) or None if match else None


def _digest(data: bytes) -> str:
    return text_id(data.decode("latin-1"))


def _line(value: object) -> str | None:
    return " ".join(str(value).split()) or None if isinstance(value, str | int) else None
