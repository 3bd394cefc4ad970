"""Values of the plain text: how parties, times, topics and numbers stand in a line, and how they are read again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, cast, get_args

from communique.ledger.fields import Field
from communique.ledger.plainline import Line, Place, PlainTextError, Values
from communique.ledger.values import NUMBER, PARTY, TOPIC, WHEN, Codec
from communique.model import LEVELS, TOPICS, AnchorKind, Basis, Level, Party, Span, Topic, TopicTold, When

_DAYS = re.compile(r"(\d{4}-\d{2}-\d{2})(?:/(\d{4}-\d{2}-\d{2}))?")
BASES: tuple[Basis, ...] = get_args(Basis)
ANCHORS: tuple[AnchorKind, ...] = get_args(AnchorKind)


@dataclass(frozen=True, slots=True)
class Node:
    """A line and the lines indented under it."""

    line: Line
    children: tuple[Node, ...] = ()


def choice(line: Line, value: str | None, choices: tuple[str, ...]) -> str:
    """The value, if it is one of the choices; else PlainTextError naming them."""
    if value not in choices:
        raise PlainTextError(line.number, f"{value!r} is none of: {', '.join(choices)}")
    return value


def number(line: Line, value: str | None) -> int:
    """A whole number, or PlainTextError."""
    if value is None or not re.fullmatch(r"-?\d+", value, re.ASCII):
        raise PlainTextError(line.number, f"not a number: {value!r}")
    return int(value)


def unpack(line: Line, least: int, most: int) -> Values:
    """The values of a line, filled up with absent ones; PlainTextError if there are too few or too many."""
    if not least <= len(line.values) <= most:
        raise PlainTextError(line.number, f"{line.keyword}: {len(line.values)} values, not {least} to {most}")
    return line.values + (None,) * (most - len(line.values))


def text(line: Line) -> str:
    """The only value of a line."""
    (value,) = unpack(line, 1, 1)
    if value is None:
        raise PlainTextError(line.number, f"{line.keyword}: a value is missing")
    return value


def write_value(field: Field, value: Any) -> tuple[str, Values]:
    """The keyword and the values of a line that states ``value``."""
    if field.codec is PARTY:
        return _write_party(value)
    word = field.word or field.name
    if field.codec is WHEN:
        return word, (value.edtf, value.basis)
    if field.codec is TOPIC:
        return word, (value.topic, value.teller)
    return word, (str(value),)


def read_value(field: Field, node: Node, span_of: Callable[[Line], Span]) -> Any:
    """The value that a line states; ``span_of`` finds the place of an anchor."""
    line = node.line
    if field.codec is WHEN:
        return _read_when(node, span_of)
    if field.choices:
        return choice(line, text(line), field.choices)
    return _READERS.get(field.codec, text)(line)


def words_of(field: Field) -> tuple[str, ...]:
    """The keywords that a field's values go by."""
    return ("party", "body") if field.codec is PARTY else (field.word or field.name,)


def _write_party(party: Party) -> tuple[str, Values]:
    if party.name is None and party.level == "body":
        return "body", (*_write_side(party), party.office)
    return "party", (party.name, *_write_side(party), party.office, party.level)


def _write_side(party: Party) -> Values:
    """The state, or the organisation in brackets; ``&`` and both where one of them would not do."""
    if party.organisation is None and party.state != "&" and not (party.state or "").startswith("["):
        return (party.state,)
    if party.state is None:
        return (f"[{party.organisation}]",)
    return ("&", party.state, party.organisation)


def _read_party(line: Line) -> Party:
    values = list(line.values)
    is_body = line.keyword == "body"
    name = None if is_body or not values else values.pop(0)
    state, organisation = _read_side(values)
    if len(values) > 2 - is_body:
        raise PlainTextError(line.number, f"{line.keyword}: too many values")
    office, level = (*values, None, None)[:2]
    return Party(name, state, organisation, office, "body" if is_body else _read_level(line, level))


def _read_side(values: list[str | None]) -> tuple[str | None, str | None]:
    """Takes the side off the front of the values."""
    side, *rest = values or [None]
    if side == "&":
        state, organisation = (*rest, None, None)[:2]
        values[:] = rest[2:]
        return state, organisation
    values[:] = rest
    is_organisation = side is not None and side.startswith("[") and side.endswith("]")
    return (None, side[1:-1]) if side and is_organisation else (side, None)


def _read_level(line: Line, level: str | None) -> Level | None:
    return None if level is None else cast(Level, choice(line, level, LEVELS))


def _read_topic(line: Line) -> TopicTold:
    topic, teller = unpack(line, 1, 2)
    return TopicTold(cast(Topic, choice(line, topic, TOPICS)), teller)


_READERS: dict[Codec, Callable[[Line], Any]] = {
    PARTY: _read_party,
    TOPIC: _read_topic,
    NUMBER: lambda line: number(line, text(line)),
}


def when_lines(when: When, depth: int, place_of: Callable[[Span], Place]) -> Iterator[Line]:
    """What else is known of a time, one line each."""
    if (when.earliest, when.latest) != days_of(when.edtf):
        yield Line(depth, "days", (_iso(when.earliest), _iso(when.latest)))
    if when.anchor or when.anchor_span:
        yield Line(depth, "anchor", (when.anchor,), place_of(when.anchor_span) if when.anchor_span else None)
    if when.approximate:
        yield Line(depth, "approximate")
    if when.clock is not None:
        yield Line(depth, "clock", (when.clock,))
    if when.why:
        yield Line(depth, "why", (when.why,))
    if when.candidates:
        yield Line(depth, "perhaps", when.candidates)


def days_of(edtf: str) -> tuple[date | None, date | None]:
    """The first and last day of an EDTF day or pair of days, so that they need not be printed twice."""
    match = _DAYS.fullmatch(edtf)
    try:
        return (_day(match[1]), _day(match[2] or match[1])) if match else (None, None)
    except ValueError:
        return None, None


def _read_when(node: Node, span_of: Callable[[Line], Span]) -> When:
    edtf, basis = unpack(node.line, 2, 2)
    if edtf is None:
        raise PlainTextError(node.line.number, "a date is missing")
    known = {child.line.keyword: child.line for child in node.children}
    earliest, latest = _read_days(known["days"]) if "days" in known else days_of(edtf)
    anchor = known.get("anchor")
    return When(
        edtf,
        earliest,
        latest,
        cast(Basis, choice(node.line, basis, BASES)),
        approximate="approximate" in known,
        anchor=_read_anchor(anchor) if anchor else None,
        anchor_span=span_of(anchor) if anchor and anchor.place else None,
        why=text(known["why"]) if "why" in known else "",
        candidates=present(known["perhaps"]) if "perhaps" in known else (),
        clock=text(known["clock"]) if "clock" in known else None,
    )


def present(line: Line) -> tuple[str, ...]:
    """The values of a line, none of which may be absent."""
    if None in line.values:
        raise PlainTextError(line.number, f"{line.keyword}: a value is missing")
    return cast(tuple[str, ...], line.values)


def _read_anchor(line: Line) -> AnchorKind | None:
    (kind,) = unpack(line, 0, 1)
    return None if kind is None else cast(AnchorKind, choice(line, kind, ANCHORS))


def _read_days(line: Line) -> tuple[date | None, date | None]:
    first, last = unpack(line, 0, 2)
    try:
        return _day(first), _day(last)
    except ValueError as error:
        raise PlainTextError(line.number, str(error)) from None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def by_word(fields: Iterable[Field]) -> dict[str, Field]:
    """The field that each keyword belongs to."""
    return {word: field for field in fields for word in words_of(field)}
