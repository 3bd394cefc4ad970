"""A look at raw HTML before any parser sees it: how deep it nests, and tags that would choke a parser."""

from __future__ import annotations

import re

# lxml and lexbor take time that grows with the square of a tag's attributes and of the depth of nesting
MOST_ATTRIBUTES = 1_000
_LONG_TAG = 16_000
_TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9:-]*)((?:[^"'>]++|"[^"]*+"|'[^']*+')*+)>""")
_ATTRIBUTE = re.compile(r"""[^\s=/"']+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"']*+))?""")
_VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    "p", "li", "td", "th", "tr", "dt", "dd", "option",
))  # fmt: skip
_TYPE = re.compile(r"<!doctype", re.IGNORECASE)
_OWN_TYPE = re.compile(r"[^>\[]*+\[[^\]]*+\]\s*+>")
_START = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,100}encoding\s*=\s*["']([A-Za-z0-9_.:-]{2,40})""")
_BLOCKS = re.compile(rb"<(?:p|div|h1|article|title|meta|table|br)\b[^>]{0,300}>", re.IGNORECASE)


def looks_like_html(head: bytes) -> bool:
    """Whether a file that begins so is a page: it says so, or begins with a tag and has several."""
    sample = head[:4096].lstrip(b"\xef\xbb\xbf")
    return bool(_START.match(sample)) or (sample.lstrip()[:1] == b"<" and len(_BLOCKS.findall(sample)) >= 2)


def declared_charset(data: bytes) -> str | None:
    """The encoding that the page's markup names, unchecked."""
    match = _XML.match(data[:300]) or _CHARSET.search(data[:4096])
    return match[1].decode("ascii") if match else None


def tamed(html: str) -> tuple[str, int]:
    """The page with monstrous tags stripped of their attributes, and how deep its elements nest.

    Linear in the page's length: a tag that is never closed ends the page. A document type of the page's own is left
    out: entities are declared in those, and no page needs any.
    """
    html = _without_own_type(html)
    pieces: list[str] = []
    kept = depth = deepest = position = 0
    while (start := html.find("<", position)) >= 0:
        match = _TAG.match(html, start)
        if not match:
            if html[start + 1 : start + 2].isalpha():
                break
            position = start + 1
            continue
        closing, name, attributes = match.groups()
        position = match.end()
        if name.lower() not in _VOID and not attributes.endswith("/"):
            depth = max(0, depth - 1) if closing else depth + 1
            deepest = max(deepest, depth)
        if len(attributes) > MOST_ATTRIBUTES and _monstrous(attributes):
            pieces += (html[kept:start], f"<{closing}{name}>")
            kept = position
    pieces.append(html[kept:])
    return "".join(pieces), deepest


def _without_own_type(html: str) -> str:
    start = _TYPE.search(html)
    declared = _OWN_TYPE.match(html, start.end()) if start else None
    return html[: start.start()] + html[declared.end() :] if start and declared else html


def _monstrous(attributes: str) -> bool:
    count = sum(1 for _ in _ATTRIBUTE.finditer(attributes))
    return count > MOST_ATTRIBUTES or (count > 1 and len(attributes) > _LONG_TAG and count > 200)
