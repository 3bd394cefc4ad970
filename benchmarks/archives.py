"""Archives to measure with: texts of the corpora repeated with other names and dates, as JSON Lines and as WARC.

Pages are made as newspapers make them: scripts and styles, menus, headlines and first words of other articles beside
the text, a footer; what stands around the text is of the corpus, too, so that a look at raw bytes is not made easy.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from html import escape
from itertools import count, islice
from pathlib import Path
from typing import Any

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora"
GENERAL, MIXED = "reuters_1987_part", "news_2025_05_20_22"
_STATES = ("Japan", "Brazil", "France", "Canada", "Kenya", "Norway", "Peru", "Egypt", "India", "Chile")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_TURNED = {word: ring for ring in (_STATES, _MONTHS, _DAYS) for word in ring}
_WORD = re.compile(rf"\b(?:{'|'.join(_TURNED)})\b")
_BESIDE = 24  # other articles that a page shows
_SCRIPT = (
    "window.dataLayer.push({{event:'view',slot:'s{n}',size:[[300,250],[320,50]],on:function(a){{return a.id+{n}}}}});\n"
)
_STYLE = ".c-{n} .teaser__title>a:hover{{color:#1{n:05x};margin:0 {n}px;background:url(/static/i/{n}.svg) no-repeat}}\n"


def corpus(name: str) -> list[dict[str, Any]]:
    with gzip.open(CORPORA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [row for row in map(json.loads, lines) if row.get("text")]


def repeated(records: list[dict[str, Any]], number: int) -> Iterator[dict[str, Any]]:
    """So many records: each time round states, months and weekdays stand for other ones."""
    return islice((_turned(row, turn) for turn in count() for row in records), number)


def _turned(row: dict[str, Any], turn: int) -> dict[str, Any]:
    if not turn:
        return row

    def other(match: re.Match[str]) -> str:
        ring = _TURNED[match[0]]
        return ring[(ring.index(match[0]) + turn) % len(ring)]

    text, title = _WORD.sub(other, row["text"]), _WORD.sub(other, row.get("title") or "")
    return row | {"id": f"{row['id']}-{turn}", "url": None, "text": f"{text} ({turn})", "title": title}


def write_lines(path: Path, records: Iterator[dict[str, Any]]) -> Path:
    with path.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(record) + "\n" for record in records)
    return path


def write_warc(path: Path, records: Iterator[dict[str, Any]], size: int) -> Path:
    """The records as pages of at least so many bytes, packed record by record as crawlers do."""
    shown = corpus(GENERAL)
    with path.open("wb") as out:
        for number, row in enumerate(records):
            beside = [shown[(number * 7 + n * 31) % len(shown)] for n in range(_BESIDE)]
            page = _page(number, row, beside, size).encode("utf-8", "replace")
            out.write(gzip.compress(_answer(f"https://news.example/{number}", page), 6))
    return path


def _page(number: int, row: dict[str, Any], beside: list[dict[str, Any]], size: int) -> str:
    """A newspaper's page around a text."""
    title, day = escape(row.get("title") or ""), str(row.get("published") or "")[:10]
    about = json.dumps({"@type": "NewsArticle", "headline": row.get("title"), "datePublished": day})
    words = "".join(f"<p>{escape(line)}</p>\n" for line in row["text"].split("\n\n"))
    menu = "".join(f"<li><a class='nav__link' href='/section/{n}'>Section {n}</a></li>" for n in range(60))
    teasers = "".join(_teaser(n, one) for n, one in enumerate(beside))
    head = (
        f"<meta charset='utf-8'><title>{title} | The Example</title><meta property='og:title' content='{title}'>"
        f"<meta property='article:published_time' content='{day}'><script type='application/ld+json'>{about}</script>"
    )
    body = (
        f"<header><nav><ul>{menu}</ul></nav></header><main><article><h1>{title}</h1><p class='byline'>By our staff</p>"
        f"{words}</article><aside><h2>More news</h2>{teasers}</aside></main><footer><ul>{menu}</ul>"
        "<p>All rights reserved. Terms, privacy, contact.</p></footer>"
    )
    rest = max(0, size - len(head) - len(body))
    style = "".join(_STYLE.format(n=n) for n in range(number, number + rest // 3 // len(_STYLE)))
    script = "".join(_SCRIPT.format(n=n) for n in range(number, number + 2 * rest // 3 // len(_SCRIPT)))
    return (
        f"<!doctype html><html lang='en'><head>{head}<style>{style}</style></head>"
        f"<body>{body}<script>{script}</script></body></html>"
    )


def _teaser(number: int, row: dict[str, Any]) -> str:
    title, words = escape(row.get("title") or ""), escape(row["text"][:160])
    return (
        f"<div class='teaser teaser--{number}'><a href='/{row['id']}'><img alt='' src='/i/{number}.jpg' loading='lazy'>"
        f"<h3 class='teaser__title'>{title}</h3></a><p>{words} …</p><time>{row.get('published')}</time></div>\n"
    )


def _answer(url: str, page: bytes) -> bytes:
    kind = b"Content-Type: text/html; charset=utf-8"
    http = b"HTTP/1.1 200 OK\r\n%b\r\nContent-Length: %d\r\n\r\n%b" % (kind, len(page), page)
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:0>\r\nWARC-Target-URI: {url}\r\n"
        "WARC-Date: 2024-05-01T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"
