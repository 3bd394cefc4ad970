"""What a caller may say about the inputs: their format, date, publisher, field names, encoding and limits."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, get_args

from communique.errors import UsageError, unknown
from communique.sources.stated import NoDateError, edtf_of

Format = Literal["text", "html", "jsonl", "csv"]
FORMATS: tuple[Format, ...] = get_args(Format)
FIELDS = ("id", "title", "text", "published", "publisher", "url", "language")


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """How to read inputs. Raises ``UsageError`` for what cannot be meant.

    ``published`` and ``publisher`` hold for every document and win over what it says itself. ``fields`` gives, for a
    field of ours, its name in JSON Lines and CSV (``{"text": "body"}``). ``max_bytes`` bounds one document.
    ``allow_hosts`` may be fetched from though they are no public addresses (``host`` or ``host:port``).
    ``refused`` are marks (``originals.mark``) of inputs that are not to be tried again.
    """

    published: str | None = None
    publisher: str | None = None
    as_format: Format | None = None
    fields: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    encoding: str | None = None
    max_bytes: int = 16_000_000
    page_seconds: float = 30.0
    page_memory: int = 1_500_000_000
    refused: frozenset[str] = frozenset()
    allow_hosts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.as_format is not None and self.as_format not in FORMATS:
            raise unknown("format", self.as_format, FORMATS)
        for name in self.fields:
            if name not in FIELDS:
                raise unknown("field", name, FIELDS)
        if self.encoding is not None:
            _check_encoding(self.encoding)
        if self.published is not None:
            object.__setattr__(self, "published", _date(self.published))


def field_map(pairs: tuple[str, ...]) -> dict[str, str]:
    """Pairs as typed after ``--map`` into a field map.

    >>> field_map(("text=body",))
    {'text': 'body'}
    """
    found: dict[str, str] = {}
    for pair in pairs:
        name, equals, theirs = pair.partition("=")
        if not equals or not theirs:
            raise UsageError(f'"{pair}" is no field map', "Write OURS=THEIRS, for example --map text=body.")
        found[name.strip()] = theirs.strip()
    return found


def options_kept(options: SourceOptions) -> dict[str, Any]:
    """What a caller said of the inputs themselves, as JSON can hold it; nothing of limits."""
    names = ("published", "publisher", "as_format", "encoding")
    said: dict[str, Any] = {name: getattr(options, name) for name in names if getattr(options, name) is not None}
    return said | ({"fields": dict(options.fields)} if options.fields else {})


def _check_encoding(name: str) -> None:
    try:
        codecs.lookup(name)
    except LookupError:
        raise UsageError(f'no encoding is called "{name}"', "For example utf-8, cp1251, gb18030, shift_jis.") from None


def _date(value: str) -> str:
    try:
        return edtf_of(value)
    except NoDateError:
        raise UsageError(f'"{value}" is no date', "Write it as 2020-05-22, 2020-05 or 2020.") from None
