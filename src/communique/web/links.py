"""Addresses of the pages: the one place that knows them. Whatever is put into one is escaped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from urllib.parse import quote, urlencode, urlsplit

PASSAGE = 1_500
"""Longer passages would make an address that is too long."""


@lru_cache(8_192)
def _quoted(name: str) -> str:
    """A name as part of an address; a page links to the same few things again and again."""
    return quote(name, safe="")


def _in(folder: str) -> Callable[[str], str]:
    return lambda name: f"/{folder}/{_quoted(name)}"


contact, document, person = map(_in, ("contacts", "documents", "people"))
agreement, source, feed = map(_in, ("agreements", "sources", "feeds"))


def pair(a: str, b: str) -> str:
    """The page of two sides, the same whichever is named first."""
    first, second = sorted((a, b))
    return f"/pairs/{_quoted(first)}/{_quoted(second)}"


def contacts(**chosen: str | Iterable[str]) -> str:
    """The list of contacts chosen by facets."""
    return f"/contacts?{urlencode(chosen, doseq=True)}"


def record(document_id: str, record_id: str) -> str:
    """A document's page at one of its records."""
    return f"{document(document_id)}?record={_quoted(record_id)}#text"


def explain(words: str, published: str) -> str:
    """Why a passage reads as it does; ``published`` may be a day or "undated"."""
    day = {} if published == "undated" else {"published": published}
    return f"/explain?{urlencode({'sentence': words[:PASSAGE], **day})}"


def outside(address: str | None) -> str | None:
    """An address of the web as it is; None for anything else (``javascript:``, files, nonsense)."""
    try:
        parts = urlsplit((address or "").strip())
    except ValueError:
        return None
    return parts.geturl() if parts.scheme in ("http", "https") and parts.netloc else None


KINDS: Mapping[str, Callable[[str], str]] = {
    "contact": contact, "plan": contact, "document": document, "person": person, "agreement": agreement,
    "source": source, "state": lambda side: contacts(between=side), "side": lambda side: contacts(between=side),
}  # fmt: skip


def link(kind: str, name: str) -> str | None:
    """The page of a thing that a picture shows; None if it has none."""
    return KINDS[kind](name) if kind in KINDS else None
