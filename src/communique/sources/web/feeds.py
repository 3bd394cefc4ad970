"""Feeds: what is in an answer that is a feed, and which feeds a list or an OPML file names.

The only place that imports feedparser. Before it sees a feed, the feed is refused if it declares entities or a document
type of its own (RSS and Atom need none): bombs and references to files are made of those.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from xml.etree import ElementTree

from communique.sources.gate import clean
from communique.sources.stated import FIRST_YEAR, LAST_YEAR

MOST_ENTRIES = 2_000
_MOST_BYTES = 8_000_000
_DECLARED = re.compile(rb"<!\s*(?:ENTITY|DOCTYPE[^>]*\[)", re.I)
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_BEGUN = re.compile(rb"<(?:[\w-]+:)?(?:item|entry)[\s/>]", re.I)
_ENDED = re.compile(rb"</(?:[\w-]+:)?(?:item|entry)\s*>", re.I)


class FeedError(Exception):
    """An answer that is no feed, or none that is read; ``str()`` says why."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item: its address, title, and date: ``day`` if it is one, ``published`` as it stands there."""

    url: str
    title: str
    published: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's title and items in its order; ``left_out``: how many there were beyond the limit."""

    title: str
    entries: tuple[Entry, ...]
    left_out: int = 0


def parse(data: bytes) -> Feed:
    """The feed in an answer. Raises ``FeedError``."""
    import feedparser  # type: ignore[import-untyped]

    _refuse(data)
    data, left_out = _shortened(data)
    found = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    if not found.get("version"):
        raise FeedError("it is no feed (RSS or Atom)")
    items = [_entry(one) for one in found.entries[:MOST_ENTRIES]]
    entries = {one.url: one for one in items if one.url.startswith(("http://", "https://"))}
    title = clean(str(found.feed.get("title", "")))
    return Feed(title, tuple(entries.values()), left_out)


def _shortened(data: bytes) -> tuple[bytes, int]:
    """The feed without the items beyond the limit, and how many they were: the parser would take half a minute."""
    begun = [match.start() for match in _BEGUN.finditer(data)]
    if len(begun) <= MOST_ENTRIES:
        return data, 0
    start = begun[MOST_ENTRIES]
    ends = [match.end() for match in _ENDED.finditer(data, start)]
    return data[:start] + data[ends[-1] if ends else len(data) :], len(begun) - MOST_ENTRIES


def _refuse(data: bytes) -> None:
    if len(data) > _MOST_BYTES:
        raise FeedError(f"longer than {_MOST_BYTES:,} bytes")
    if data.startswith(_WIDE):
        raise FeedError("in UTF-16, in which it cannot be seen whether it declares entities")
    if _DECLARED.search(data):
        raise FeedError("it declares entities or a document type of its own")


def _entry(item: dict[str, object]) -> Entry:
    # dict's own: feedparser's warns where it takes one date for the other.
    said = clean(str(dict.get(item, "published") or dict.get(item, "updated") or ""))
    return Entry(clean(str(item.get("link") or "")), clean(str(item.get("title") or "")), said, _day(item, said))


def _day(item: dict[str, object], said: str) -> date | None:
    """The day, if what is said is one: feedparser makes 3 March of 31 February, which nobody said."""
    parts = dict.get(item, "published_parsed") or dict.get(item, "updated_parsed")
    try:
        day = date(*parts[:3])  # type: ignore[index]
    except (TypeError, ValueError):
        return None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    return day if str(day.year) in said and re.search(rf"\b0?{day.day}\b|{day:%Y-%m-%d}", said) else None


def named_in(data: bytes) -> tuple[str, ...]:
    """The addresses of feeds in an OPML file, or in a list, one a line (# begins a remark). Raises ``FeedError``."""
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        lines = (line.partition("#")[0].strip() for line in data.decode("utf-8-sig", "replace").splitlines())
        return tuple(dict.fromkeys(line for line in lines if line))
    _refuse(data)
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        raise FeedError(f"it is neither OPML nor a list: {error}") from None
    return tuple(dict.fromkeys(one.attrib["xmlUrl"].strip() for one in root.iter("outline") if one.get("xmlUrl")))
