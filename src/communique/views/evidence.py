"""A contact field by field: each value with the words of every report that state it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from communique.ledger.fields import REPORT_FIELDS, Field, cited_values
from communique.model import Cited, Party, Report, Span, TopicTold, When
from communique.reconcile.names import same_person
from communique.views.confirming import confirmed_by
from communique.views.contacts import ContactRow
from communique.views.documents import source_name
from communique.views.snapshot import Snapshot
from communique.views.words import value_words

Standing = Literal["several sides", "one side", "media only"]
_ORDER = ("parties", "when", "channel", "place", "status", "initiator", "duration_minutes", "topics", "told_by")


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words of one report that state a value, and the rule that read them; ``source`` is who published them.

    ``why`` tells how a day was come by from these words; empty for other values.
    """

    report: str
    span: Span
    rule: str
    source: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """A value (in words) and all that state it."""

    value: Any
    words: str
    evidence: tuple[Evidence, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """Who published them, each once."""
        return tuple(dict.fromkeys(e.source for e in self.evidence))


@dataclass(frozen=True, slots=True)
class FieldStated:
    """A field of a contact, its values, most stated first, and whether they contradict each other."""

    name: str
    disputed: bool
    stated: tuple[Stated, ...]


def evidence(ledger: Snapshot, row: ContactRow) -> tuple[FieldStated, ...]:
    """Every field that some report of a contact states."""
    reports = ledger.accounts(row.id)
    fields = {field.name: tuple(_stated(ledger, field, reports)) for field in REPORT_FIELDS}
    return tuple(FieldStated(name, name in row.disputed, fields[name]) for name in _ORDER if fields[name])


def standing(ledger: Snapshot, row: ContactRow) -> Standing:
    """Who tells of a contact: two or more of its sides, one of them, or nobody but media and third parties."""
    confirming = len(confirmed_by(ledger, row))
    return "several sides" if confirming > 1 else "one side" if confirming else "media only"


def _stated(ledger: Snapshot, field: Field, reports: Sequence[Report]) -> Iterator[Stated]:
    groups: list[tuple[Any, list[Evidence]]] = []
    for report in reports:
        for cited in cited_values(report, field):
            found = next((told for value, told in groups if _same(value, cited.value)), None)
            if found is None:
                groups.append((_shown(cited.value), found := []))
            found.append(_evidence(ledger, report, cited))
    for value, told in sorted(groups, key=lambda g: -len({e.report for e in g[1]})):
        yield Stated(value, value_words(value), tuple(dict.fromkeys(told)))


def _evidence(ledger: Snapshot, report: Report, cited: Cited[Any]) -> Evidence:
    document = ledger.documents.get(report.document)
    source = source_name(document) if document else report.document
    return Evidence(report.id, cited.span, cited.rule, source, _why(cited.value))


def _why(value: Any) -> str:
    """How a day was come by from the words, in one line."""
    told = isinstance(value, When) and value.why
    return f"{value.edtf}, {value.basis.replace('-', ' ')}: {value.why}" if told else ""


def _shown(value: Any) -> Any:
    """A topic is shown without its teller."""
    return TopicTold(value.topic) if isinstance(value, TopicTold) else value


def _same(a: Any, b: Any) -> bool:
    if isinstance(a, Party) and isinstance(b, Party):
        return a.side == b.side and (same_person(a.name, b.name) if a.name and b.name else a.name == b.name)
    if isinstance(a, When) and isinstance(b, When):
        return a.edtf == b.edtf
    return bool(a.topic == b.topic) if isinstance(a, TopicTold) else bool(a == b)


