"""JSON Lines of ``export jsonl`` into a ledger. The file may be a stranger's: every line is checked before it is kept.

A line that is no record, or whose quotes do not stand at their place, is set aside and named; the rest is kept. What is
imported counts as read last. Into an empty ledger the contacts come as they are; otherwise all are worked out anew.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from communique.errors import CommuniqueError, UsageError
from communique.export.jsonl import VERSION, aside_of, contact_of, document_of, judgement_of
from communique.ledger import Ledger, Run
from communique.ledger.fields import Record, all_cited
from communique.ledger.values import PARTY, TOPIC
from communique.model import LEVELS, TOPICS, Contact, Issue, Reading, Span
from communique.views.records import quote

BATCH = 200
MOST_BYTES = 64_000_000
#: What lines that are no records, or nested beyond measure, bring about.
_UNKEEPABLE = (KeyError, TypeError, AttributeError, ValueError, IndexError, RecursionError, CommuniqueError)
Json = dict[str, Any]


class LineError(ValueError):
    """A line that cannot be kept, and why."""


@dataclass(slots=True)
class Loaded:
    """What came in: how many of each kind, the lines that did not, and the contacts as they were."""

    counts: Counter[str] = field(default_factory=Counter)
    refused: list[Issue] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    former: list[tuple[str, str]] = field(default_factory=list)
    mark: str = ""


def load(ledger: Ledger, stream: BinaryIO, path: str, at: str) -> Loaded:
    """Keeps what the lines of a file hold; ``at`` is when, for the record. Raises UsageError for another format."""
    loader = _Loader(ledger, path, at)
    for number, line in enumerate(_lines(stream), 1):
        loader.take(number, line)
    loader.store()
    return loader.loaded


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines; one that is too long to be true ends the file."""
    while line := stream.readline(MOST_BYTES + 1):
        yield line
        if len(line) > MOST_BYTES:
            return


class _Loader:
    def __init__(self, ledger: Ledger, path: str, at: str) -> None:
        self.loaded = Loaded()
        self._ledger, self._path, self._at = ledger, path, at
        self._waiting: list[Reading] = []
        self._rules = ("", "")

    def take(self, number: int, line: bytes) -> None:
        """Keeps one line, or notes why not."""
        if not line.strip():
            return
        try:
            record = _record(number, line)
            _TAKERS[record["kind"]](self, record)
        except _UNKEEPABLE as error:
            if isinstance(error, UsageError) and number == 1:
                raise
            self.loaded.refused.append(_refusal(self._path, number, line, error))
        else:
            self.loaded.counts[record["kind"]] += 1

    def ledger(self, record: Json) -> None:
        self.loaded.mark = str(record["settled"])

    def document(self, record: Json) -> None:
        kept = document_of(record)
        check(kept.reading, record)
        rules = (str(kept.program), str(kept.knowledge))
        if rules != self._rules or len(self._waiting) >= BATCH:
            self.store()
        self._rules = rules
        self._waiting.append(kept.reading)

    def aside(self, record: Json) -> None:
        issue, original = aside_of(record)
        self._ledger.put_aside([issue], original)

    def judgement(self, record: Json) -> None:
        self.store()
        self._ledger.put_placed(judgement_of(record))

    def contact(self, record: Json) -> None:
        self.loaded.contacts.append(contact_of(record))

    def former(self, record: Json) -> None:
        self.loaded.former.append((str(record["id"]), str(record["successor"])))

    def store(self) -> None:
        """Writes the documents that wait."""
        if self._waiting:
            self._ledger.put(self._waiting, Run(*self._rules, self._at))
            self._waiting = []


_TAKERS: dict[str, Callable[[_Loader, Json], None]] = {
    "ledger": _Loader.ledger,
    "document": _Loader.document,
    "set-aside": _Loader.aside,
    "judgement": _Loader.judgement,
    "contact": _Loader.contact,
    "former-contact": _Loader.former,
}


def _record(number: int, line: bytes) -> Json:
    if len(line) > MOST_BYTES:
        raise LineError(f"longer than {MOST_BYTES:,} bytes")
    record = json.loads(line)
    if not isinstance(record, dict) or record.get("kind") not in _TAKERS:
        raise LineError("no record of a ledger")
    if number == 1 and (record["kind"] != "ledger" or record.get("version") != VERSION):
        raise UsageError("This is no ledger in JSON Lines of this version.", "`communique export jsonl` writes one.")
    return record


def _refusal(path: str, number: int, line: bytes, error: Exception) -> Issue:
    excerpt = line[:80].decode("utf-8", "replace")
    why = f"{type(error).__name__} {error}" if isinstance(error, KeyError | TypeError | AttributeError) else str(error)
    remedy = "The other lines were kept; repair this one and import the file again."
    return Issue("not-kept", f"line {number} cannot be kept: {why}", remedy, path, number, excerpt=excerpt, fatal=True)


def check(reading: Reading, record: Json) -> None:
    """Raises LineError if a value is none that a field can have, or a quote does not stand at its place."""
    document = reading.document
    if not all(isinstance(value, str) for value in (document.id, document.text, document.title or "")):
        raise LineError("a document without an id or a text")
    held: tuple[Record, ...] = (*reading.reports, *reading.claims, *reading.agreements)
    for one in held:
        for cited_field, _, cited in all_cited(one):
            if cited_field.choices and cited.value not in cited_field.choices:
                raise LineError(f"{cited_field.name} cannot be {cited.value!r}")
            if cited_field.codec is PARTY and cited.value.level not in (None, *LEVELS):
                raise LineError(f"a party's level cannot be {cited.value.level!r}")
            if cited_field.codec is TOPIC and cited.value.topic not in TOPICS:
                raise LineError(f"no topic is called {cited.value.topic!r}")
    for told in _quotes(record):
        span = Span(document.id, told["start"], told["end"], told.get("in", "text"))
        if not 0 <= span.start <= span.stop or quote(document, span)["text"] != told["text"]:
            raise LineError(f"the words at {span.start}-{span.stop} are not {told['text'][:40]!r}")


def _quotes(value: Any) -> Iterable[Json]:
    """Every quote in a record, however deep; values that a document may have made up are not looked into."""
    if isinstance(value, list):
        for item in value:
            yield from _quotes(item)
    elif isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys():
            yield value
        for key, item in value.items():
            if key not in ("document", "issues", "value"):
                yield from _quotes(item)
