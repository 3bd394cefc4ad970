"""What people type, as what views take: sides by code or name, dates as EDTF, words of a fixed list."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from difflib import get_close_matches
from itertools import product
from typing import Any

from communique import edtf
from communique.errors import UsageError, unknown
from communique.knowledge.registry import Registry
from communique.model import CHANNELS, LEVELS, STATUSES, TOPICS, Party
from communique.reconcile.judgements import CORRECTABLE, DROPPABLE
from communique.views.contacts import Wanted

_CHOICES = {"status": STATUSES, "channel": CHANNELS}


def wanted(
    registry: Registry,
    between: Iterable[str] = (),
    person: str | None = None,
    since: str | None = None,
    until: str | None = None,
    channels: Iterable[str] = (),
    statuses: Iterable[str] = (),
    topics: Iterable[str] = (),
) -> Wanted:
    """A choice of contacts. Raises UsageError for what nobody knows, with what was perhaps meant."""
    return Wanted(
        between=tuple(side_named(registry, words) for words in between),
        person=person,
        since=first_day(since),
        until=last_day(until),
        channels=_known("channel", channels, CHANNELS),
        statuses=_known("status", statuses, STATUSES),
        topics=_known("topic", topics, TOPICS),
    )


def side_name(registry: Registry, side: str | None) -> str:
    """A state by its name, anything else as it is."""
    state = registry.states.get(side or "")
    return state.name if state else side or ""


def side_named(registry: Registry, words: str) -> str:
    """The state's code or the organisation's name that words stand for ("Russia", "rus", "the EU")."""
    side = registry.side(words) or registry.side(words.removeprefix("the "))
    if side is None:
        names = [*registry.states, *(s.name for s in registry.states.values()), *registry.organisations]
        near = get_close_matches(words, names, n=3, cutoff=0.7)
        hint = f"Did you mean {' or '.join(near)}?" if near else "Give an ISO code (RUS), a state or an organisation."
        raise UsageError(f'no state or organisation is called "{words}"', hint)
    return side


def party_named(registry: Registry, words: str, day: date | None) -> Party:
    """The side, or the person in office on the day, that words stand for. Raises UsageError for nobody known."""
    side = registry.side(words) or registry.side(words.removeprefix("the "))
    if side is None:
        for person in registry.find_person(words, day)[:1]:
            for office in registry.offices_of(person.id, day)[:1] or registry.offices_of(person.id, None)[:1]:
                state, organisation = registry.party_side(office.holder)
                return Party(person.name, state, organisation, office.title, office.level)
    state, organisation = registry.party_side(side or side_named(registry, words))
    return Party(None, state, organisation, None, "body")


def first_day(text: str | None) -> date | None:
    """The first day of an EDTF date ("2020-03" is 1 March 2020); None for None."""
    return _edtf(text).earliest if text else None


def last_day(text: str | None) -> date | None:
    """The last day of an EDTF date ("2020" is 31 December 2020); None for None."""
    return _edtf(text).latest if text else None


def _edtf(text: str) -> edtf.Edtf:
    try:
        return edtf.parse(text)
    except edtf.EdtfError as error:
        raise UsageError(f'"{text}" is no date: {error}', "Write it as 2020-05-22, 2020-05 or 2020.") from None


def _known(what: str, given: Iterable[str], valid: tuple[str, ...]) -> frozenset[str]:
    words = frozenset(given)
    for word in words.difference(valid):
        raise unknown(what, word, valid)
    return words


def corrected_value(field: str, value: str) -> Any:
    """A typed value, checked; raises UsageError for what the field cannot hold."""
    if field not in CORRECTABLE:
        raise unknown("field", field, CORRECTABLE)
    if value == "null":
        if field not in DROPPABLE:
            raise UsageError(f"{field} cannot be empty", f"Those that can: {', '.join(sorted(DROPPABLE))}.")
        return None
    if field in _CHOICES and value not in _CHOICES[field]:
        raise unknown(field, value, _CHOICES[field])
    if field == "when":
        last_day(value)
    if field not in ("parties", "duration_minutes"):
        return value
    try:
        return int(value) if field == "duration_minutes" else _parties(json.loads(value))
    except (ValueError, TypeError) as error:
        raise UsageError(f"{field} cannot be {value!r}: {error}", "Minutes are a number; parties are JSON.") from None


def _parties(value: Any) -> Any:
    for party in [Party(**party) for party in value]:
        fields = (party.name, party.state, party.organisation, party.office, party.level)
        if any(not isinstance(field, str | None) for field in fields) or party.level not in (None, *LEVELS):
            raise ValueError("every field of a party is words, and its level one of " + ", ".join(LEVELS))
    if not value:
        raise ValueError("a contact has parties")
    return value


def apart(groups: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    """The pairs of reports to be kept apart: across groups; out of the first group, what the others name of it."""
    if len(groups) < 2:
        raise UsageError("split needs at least two ids", "A report of a contact is taken out by: split CONTACT REPORT")
    taken = {report for group in groups[1:] for report in group}
    first = [report for report in groups[0] if report not in taken] or list(groups[0])
    kept = [first, *groups[1:]]
    crossed = (pair for i, group in enumerate(kept) for other in kept[i + 1 :] for pair in product(group, other))
    return list(dict.fromkeys((a, b) for a, b in crossed if a != b))
