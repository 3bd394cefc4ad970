"""Whether two mentions may tell of one contact: the same people, overlapping days; and what its mentions say best."""

from __future__ import annotations

from collections.abc import Sequence

from communique.extract.contacts.drafts import Draft
from communique.extract.contacts.fields import REMOTE
from communique.extract.contacts.standing import NAMED_GROUPS
from communique.model import Channel, Cited, Party, When
from communique.text import fold

# Ranks whose bearers a title names by office alone: "Meeting with the ambassadors of Norway and Chad".
_BY_OFFICE = frozenset(("senior", "envoy", "expert"))


def overlap(a: When, b: When) -> bool:
    """Whether two intervals share a day; an open end reaches as far as it must."""
    starts = a.earliest is None or b.latest is None or a.earliest <= b.latest
    ends = b.earliest is None or a.latest is None or b.earliest <= a.latest
    return starts and ends


def parties_fit(a: Sequence[Cited[Party]], b: Sequence[Cited[Party]]) -> bool:
    """The same sides, nobody on one of them contradicted; a smaller circle fits a larger one only by its people."""
    sides_a, sides_b = {p.value.side for p in a}, {p.value.side for p in b}
    if not (sides_a <= sides_b or sides_b <= sides_a) or len(sides_a & sides_b) < 2:
        return False
    if len(sides_a) != len(sides_b) and _of_a_group(a if len(sides_a) > len(sides_b) else b):
        return False
    shared = sides_a & sides_b
    return all(_side_fits(a, b, side) for side in shared) and (len(sides_a) == len(sides_b) or _named(a, b) > 1)


def _of_a_group(parties: Sequence[Cited[Party]]) -> bool:
    """Whether parties are the members of a group by whose name they are called: its summit is no bilateral talk."""
    return all(p.rule in NAMED_GROUPS for p in parties)


def _side_fits(a: Sequence[Cited[Party]], b: Sequence[Cited[Party]], side: str | None) -> bool:
    x = [p.value for p in a if p.value.side == side]
    y = [p.value for p in b if p.value.side == side]
    few, many = sorted((x, y), key=len)
    return all(any(same_person(p, q) for q in many) for p in few)


def same_person(a: Party, b: Party) -> bool:
    """The same name, allowing for a shorter form of it, or bodies of the same level; an office fits its bearer."""
    if a.name is None or b.name is None:
        return a.level == b.level and (a.name == b.name or a.level in _BY_OFFICE)
    x, y = fold(a.name).split(), fold(b.name).split()
    return x[-1] == y[-1] or a.name == b.name or bool(set(x) & set(y) and min(len(x), len(y)) == 1)


def _named(a: Sequence[Cited[Party]], b: Sequence[Cited[Party]]) -> int:
    return sum(any(p.value.name and same_person(p.value, q.value) for q in b) for p in a)


def fullest(cluster: Sequence[Draft]) -> tuple[Cited[Party], ...]:
    """The parties of the mention that names most of them."""
    return max(
        cluster,
        key=lambda d: (
            not d.implied,
            not (d.anaphoric or d.bare),
            len(d.parties),
            sum(p.value.name is not None and p.rule not in NAMED_GROUPS for p in d.parties),
        ),
    ).parties


def best_channel(cluster: Sequence[Draft]) -> Draft:
    """The mention whose channel says most."""
    return max(cluster, key=lambda d: channel_rank(d.channel.value))


def channel_rank(channel: Channel) -> int:
    """How much a channel says: a medium says more than "talks", and "talks" more than nothing."""
    if channel in REMOTE:
        return 3
    return {"meeting": 2, "visit": 1, "talks": 1}.get(channel, 0)
