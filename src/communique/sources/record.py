"""A record of fields, as JSON Lines and CSV bring it, into a document."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace

from communique.model import Document, Issue, Published
from communique.sources.bylines import stated
from communique.sources.catalogue import issue
from communique.sources.gate import clean, oddities
from communique.sources.options import SourceOptions
from communique.sources.stated import NoDateError, edtf_of

# our field, then the names under which it is taken when the user maps none
_NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id",), "title": ("title",), "text": ("text",), "published": ("published", "dct"),
    "publisher": ("publisher", "source"), "url": ("url",), "language": ("language", "lang"),
}  # fmt: skip
_TEXTLIKE = ("body", "content", "article", "maintext", "full_text", "fulltext", "story", "description", "summary")
_WHAT = {list: "a list", dict: "an object", bool: "true or false", int: "a number", float: "a number",
         type(None): "nothing", str: "a string"}  # fmt: skip


def text_id(*words: str | None) -> str:
    """An id made of the words themselves: the first 16 hexadecimal digits of their SHA-256."""
    joined = "\x1f".join(word or "" for word in words)
    return hashlib.sha256(joined.encode("utf-8")).hexdigest()[:16]


def document_of(
    fields: object, options: SourceOptions, path: str | None, line: int | None = None
) -> Iterator[Document | Issue]:
    """The document in a record, after its issues; only an issue if there is none."""
    if not isinstance(fields, Mapping):
        yield issue("not-a-record", path=path, line=line, what=what(fields))
        return
    text = field_of(fields, "text", options)
    title = _string(field_of(fields, "title", options))
    if not isinstance(text, str):
        yield _without_text(fields, options, path, line)
        return
    text, title = clean(text), clean(title) if title else None
    if not text.strip() and not title:
        yield issue("empty-text", path=path, line=line)
        return
    yield from oddities(text, path, line)
    value = field_of(fields, "published", options)
    try:
        published = _published(value, text, options)
    except NoDateError:
        yield issue("impossible-date", path=path, line=line, value=str(value)[:60], excerpt=str(value))
        published = Published(None, None)
    yield Document(
        _string(field_of(fields, "id", options)) or text_id(text or title),
        text,
        title=title,
        path=path,
        url=_string(field_of(fields, "url", options)),
        publisher=options.publisher or _string(field_of(fields, "publisher", options)),
        language=_string(field_of(fields, "language", options)),
        published=published,
    )


def dated(document: Document, options: SourceOptions) -> Document:
    """The document with the date the user gave, or else, if it has none, one stated in its first lines."""
    if options.published:
        return replace(document, published=Published(options.published, "given"))
    if document.published.edtf:
        return document
    return replace(document, published=in_text(document.text))


def in_text(text: str) -> Published:
    """The date of publication that a text states of itself."""
    found = stated(text)
    return Published(found.edtf, "text", (f"{found.manner}: {found.words}",)) if found else Published(None, None)


def what(value: object) -> str:
    """What a JSON value is, in words."""
    return _WHAT.get(type(value), "something else")


def _published(value: object, text: str, options: SourceOptions) -> Published:
    if options.published:
        return Published(options.published, "given")
    stated_value = _string(value)
    if stated_value is None and value in (None, ""):
        return in_text(text)
    return Published(edtf_of(stated_value or str(value)), "metadata")


def field_of(fields: Mapping[str, object], name: str, options: SourceOptions) -> object:
    """The value of a field of ours, under the name the user gave for it, or one of the usual ones."""
    names = (options.fields[name],) if name in options.fields else _NAMES[name]
    return next((fields[theirs] for theirs in names if fields.get(theirs) is not None), None)


def _string(value: object) -> str | None:
    """A field's value as one line of text; numbers count, lists and objects do not."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return clean(str(value)).strip() or None


def _without_text(fields: Mapping[str, object], options: SourceOptions, path: str | None, line: int | None) -> Issue:
    field = options.fields.get("text", "text")
    if fields.get(field) is not None:
        return issue("text-not-a-string", path=path, line=line, field=field, what=what(fields[field]))
    names = [str(name) for name in fields if isinstance(fields[name], str)]
    suggestion = next((name for name in names if name.lower() in _TEXTLIKE), None)
    longest = max(names, key=lambda name: len(str(fields[name])), default="NAME")
    listed = ", ".join(str(name) for name in list(fields)[:12]) or "no fields"
    best = suggestion or longest
    return issue("missing-text-field", path=path, line=line, field=field, names=listed, suggestion=best)
