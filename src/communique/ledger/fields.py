"""Which cited fields each kind of record has: the one table that store, plain text and printed records go by.

A field added to the model is added here, and then is kept, printed and parsed everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from communique.ledger.values import NUMBER, PARTY, PLAIN, TOPIC, WHEN, Codec
from communique.model import ACTIONS, CHANNELS, CLAIM_KINDS, STATUSES, AgreementAction, Cited, Claim, Report

Record = Report | Claim | AgreementAction


@dataclass(frozen=True, slots=True)
class Field:
    """A cited field: its attribute in the model, how its values are written, and whether it holds several.

    ``word`` names one value in the plain text; ``choices`` are the values allowed, if they are few.
    """

    name: str
    codec: Codec = PLAIN
    many: bool = False
    word: str = ""
    choices: tuple[str, ...] = ()


_STATUS, _CHANNEL = Field("status", choices=STATUSES), Field("channel", choices=CHANNELS)
_WHEN, _PARTIES = Field("when", WHEN), Field("parties", PARTY, many=True, word="party")
_PLACE = Field("place")

REPORT_FIELDS = (
    _STATUS,
    _CHANNEL,
    _WHEN,
    _PARTIES,
    Field("initiator"),
    _PLACE,
    Field("topics", TOPIC, many=True, word="topic"),
    Field("told_by", many=True, word="teller"),
    Field("duration_minutes", NUMBER, word="minutes"),
)
CLAIM_FIELDS = (
    Field("kind", choices=CLAIM_KINDS),
    _CHANNEL,
    Field("count", NUMBER),
    _PARTIES,
    Field("since", WHEN),
    Field("until", WHEN),
    Field("by"),
)
ACTION_FIELDS = (
    Field("action", choices=ACTIONS),
    Field("agreement"),
    _WHEN,
    Field("by", many=True),
    _PLACE,
    Field("condition"),
)


def fields_of(kind: type[Record]) -> tuple[Field, ...]:
    """The cited fields of a kind of record, in the order in which they are written."""
    return _FIELDS[kind]


_FIELDS: Mapping[type[Record], tuple[Field, ...]] = {
    Report: REPORT_FIELDS, Claim: CLAIM_FIELDS, AgreementAction: ACTION_FIELDS,
}  # fmt: skip
_MANY = {kind: tuple(field.name for field in fields if field.many) for kind, fields in _FIELDS.items()}


def cited_values(record: Record, field: Field) -> tuple[Cited[Any], ...]:
    """What a record says in one field: none, one, or (for fields that hold several) any number."""
    value = getattr(record, field.name)
    if field.many:
        return tuple(value)
    return () if value is None else (value,)


def all_cited(record: Record) -> Iterator[tuple[Field, int, Cited[Any]]]:
    """Every cited value of a record, with its field and its place in the field."""
    for field in fields_of(type(record)):
        for ordinal, cited in enumerate(cited_values(record, field)):
            yield field, ordinal, cited


def gather(kind: type[Record], values: Iterable[tuple[str, Cited[Any]]]) -> dict[str, Any]:
    """The model's arguments from (field, cited value) pairs in order; single fields without a value are left out."""
    arguments: dict[str, Any] = {name: [] for name in _MANY[kind]}
    for name, cited in values:
        if name in _MANY[kind]:
            arguments[name].append(cited)
        else:
            arguments[name] = cited
    return arguments | {name: tuple(arguments[name]) for name in _MANY[kind]}
