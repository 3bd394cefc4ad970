"""Resiliparse, the only place that imports it: guessing a charset, the quick look at a page, its tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


def charset(data: bytes) -> str | None:
    """The encoding in which these bytes were probably written."""
    from resiliparse.parse.encoding import detect_encoding

    found: str | None = detect_encoding(data)
    return found


def plain_text(html: str, *, main: bool = True) -> str:
    """The page's text by simple rules: the main content only, or all that is visible."""
    from resiliparse.extract.html2text import extract_plain_text

    text: str = extract_plain_text(html, main_content=main, alt_texts=False, list_bullets=False)
    return text


@dataclass(frozen=True, slots=True)
class Element:
    """A tag of a page that says something about it: name, attributes, text."""

    tag: str
    attributes: dict[str, str]
    text: str


def elements(html: str, *tags: str) -> Iterator[Element]:
    """All elements of the page with these tags, tag by tag."""
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse(html)
    root = tree.document
    if root is None:
        return
    for tag in tags:
        for node in root.get_elements_by_tag_name(tag):
            yield Element(tag, {name.lower(): node.getattr(name) or "" for name in node.attrs}, node.text or "")


def light_text(data: bytes, declared: str | None = None) -> str:
    """The visible text of a page's bytes, quick and rough, for a look at what it is about."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    html = bytes_to_str(data, declared or detect_encoding(data) or "utf-8", errors="replace")
    text: str = extract_plain_text(html, main_content=True, alt_texts=False, list_bullets=False)
    return text
