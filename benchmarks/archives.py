"""Archives to measure with: texts of the corpora repeated with other names and dates, as JSON Lines and as WARC."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
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
_MARKUP = "<div class='teaser t--{n}'><a href='/section/{n}'><span>More of section {n}</span></a><img alt=''></div>\n"


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


def write_warc(path: Path, records: Iterator[dict[str, Any]], markup: int) -> Path:
    """The records as pages, each among so many bytes of markup, packed record by record as crawlers do."""
    around = "".join(_MARKUP.format(n=n) for n in range(markup // len(_MARKUP)))
    with path.open("wb") as out:
        for number, row in enumerate(records):
            words = "".join(f"<p>{line}</p>\n" for line in row["text"].split("\n\n"))
            title = row.get("title") or ""
            page = (
                f"<!doctype html><html lang='en'><head><title>{title}</title></head><body><nav>{around[:3000]}</nav>"
                f"<main><article><h1>{title}</h1>{words}</article></main><aside>{around}</aside></body></html>"
            ).encode("utf-8", "replace")
            out.write(gzip.compress(_answer(f"https://news.example/{number}", page), 6))
    return path


def _answer(url: str, page: bytes) -> bytes:
    kind = b"Content-Type: text/html; charset=utf-8"
    http = b"HTTP/1.1 200 OK\r\n%b\r\nContent-Length: %d\r\n\r\n%b" % (kind, len(page), page)
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:0>\r\nWARC-Target-URI: {url}\r\n"
        "WARC-Date: 2024-05-01T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"
