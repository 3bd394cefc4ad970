"""What a list of contacts is made of: how many by each side, channel, status, topic, year and publisher."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from communique.views.contacts import ContactRow


@dataclass(frozen=True, slots=True)
class Facet:
    """A property and its values with how many contacts have each, most first; years stand in their order."""

    name: str
    values: tuple[tuple[str, int], ...]


def year_of(row: ContactRow) -> str:
    """The year in which a contact began (``"2021"``), or ``"undated"``."""
    day = row.when and (row.when.earliest or row.when.latest)
    return f"{day.year:04d}" if day else "undated"


_VALUES: Mapping[str, Callable[[ContactRow], Iterable[str]]] = {
    "between": lambda row: row.sides,
    "year": lambda row: (year_of(row),),
    "channel": lambda row: (row.channel,),
    "status": lambda row: (row.status,),
    "topic": lambda row: row.topics,
}


def facets(rows: Iterable[ContactRow]) -> tuple[Facet, ...]:
    """The facets of contacts; values that none has are left out."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in _VALUES}
    for row in rows:
        for name, values in _VALUES.items():
            counts[name].update(values(row))
    return tuple(Facet(name, _ordered(name, counter)) for name, counter in counts.items())


def _ordered(name: str, counter: Counter[str]) -> tuple[tuple[str, int], ...]:
    key = (lambda item: item[0]) if name == "year" else (lambda item: (-item[1], item[0]))
    return tuple(sorted(counter.items(), key=key))
