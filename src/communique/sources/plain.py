"""Plain text: one file, one document. Its first line stays in the text, headline or not."""

from __future__ import annotations

from communique.model import Document, Issue, Published
from communique.sources.bylines import header
from communique.sources.catalogue import SetAsideError, issue
from communique.sources.gate import decode
from communique.sources.options import SourceOptions
from communique.sources.record import dated, text_id
from communique.sources.stated import NoDateError, edtf_of


def read_plain(data: bytes, path: str | None, options: SourceOptions) -> tuple[Document | Issue, ...]:
    """The document in a text file, after its issues. Raises ``SetAsideError`` if it has no text."""
    decoded = decode(data, path=path, forced=options.encoding)
    text = decoded.text
    if not text.strip():
        raise SetAsideError(issue("empty-file", path=path))
    fields = header(text)
    published, issues = _published(fields.get("published"), path)
    document = Document(
        text_id(text), text, title=fields.get("title"), path=path, url=fields.get("url"),
        publisher=options.publisher or fields.get("publisher"), language=fields.get("language"), published=published,
    )  # fmt: skip
    return (*decoded.issues, *issues, dated(document, options))


def _published(value: str | None, path: str | None) -> tuple[Published, tuple[Issue, ...]]:
    if value is None:
        return Published(None, None), ()
    try:
        return Published(edtf_of(value), "metadata", ("header of the file",)), ()
    except NoDateError:
        return Published(None, None), (issue("impossible-date", path=path, value=value[:60], excerpt=value),)
