"""Small archives of invented news, as JSON Lines, Parquet, pages and WARC."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

PEOPLE = (("Norwegian", "Norway", "Lars Holm"), ("Chadian", "Chad", "Idriss Nour"), ("Peruvian", "Peru", "Ana Rojas"))


def news(number: int) -> dict[str, str]:
    """The document of a number: every fourth one tells of a contact, the others of nothing of the kind."""
    day = f"2024-03-{1 + number % 28:02}"
    one, other = PEOPLE[number % 3], PEOPLE[(number + 1) % 3]
    if number % 4:
        text = f"The bakery on street {number} sold {number + 3} loaves. Its owner likes {one[1]} and sleeps well."
    else:
        text = (
            f"{one[0]} Foreign Minister {one[2]} met with {other[0]} Foreign Minister {other[2]} on Monday. "
            f"They discussed trade. The bakery on street {number} sold bread."
        )
    return {"id": f"n{number}", "url": f"https://news.example/{number}", "title": f"Item {number}", "text": text,
            "published": day}  # fmt: skip


def write_lines(path: Path, records: Iterable[dict[str, str]]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def page(record: dict[str, str]) -> bytes:
    paragraphs = "".join(f"<p>{part}.</p>" for part in record["text"].rstrip(".").split(". "))
    return (
        f'<!doctype html><html lang="en"><head><title>{record["title"]}</title>'
        f'<meta property="article:published_time" content="{record["published"]}"></head><body><nav>Home News</nav>'
        f"<article><h1>{record['title']}</h1>{paragraphs}</article><footer>All rights</footer></body></html>"
    ).encode()


def answer(url: str, body: bytes, lie: int = 0, kind: str = "response", headers: bytes = b"") -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n%bContent-Length: %d\r\n\r\n%b" % (
        headers, len(body), body,
    )  # fmt: skip
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:0>\r\nWARC-Target-URI: {url}\r\n"
        "WARC-Date: 2024-05-01T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http) + lie}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def write_warc(path: Path, answers: Sequence[bytes]) -> Path:
    path.write_bytes(b"".join(map(gzip.compress, answers)) if path.suffix == ".gz" else b"".join(answers))
    return path
