"""What archives hold before anybody reads it: records with fields, or pages, each with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RawFields:
    """A record of named fields, out of JSON Lines or a table; ``place`` says where: a byte or a row."""

    fields: Mapping[str, object]
    place: int


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page as it was fetched, with its address and day, out of a WARC or a folder."""

    data: bytes
    path: str
    url: str | None = None
    fetched: str | None = None
    charset: str | None = None


Raw = RawFields | RawPage
