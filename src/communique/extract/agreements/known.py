"""Which known agreement a described one is, by the day it was signed, the place and the sides.

"The currency agreement reached in Paris last month" has no name; the registry knows what was signed in Paris then.
"""

from __future__ import annotations

from collections.abc import Iterator

from communique import edtf
from communique.extract.agreements.mention import AgreementMention, sides
from communique.knowledge import Knowledge
from communique.knowledge.facts import Agreement
from communique.model import When

_MONTH, _YEAR = 32, 366


def identified(knowledge: Knowledge, mention: AgreementMention, when: When | None, place: str | None) -> str | None:
    """The one known agreement that fits, or None. A day or month needs one more witness, a year two."""
    if when is None or when.earliest is None or when.latest is None:
        return None
    length = (when.latest - when.earliest).days
    needed = 1 if length < _MONTH else 2
    if length > _YEAR:
        return None
    fitting = [a.name for a in _signed_within(knowledge, when) if _witnesses(knowledge, a, mention, place) >= needed]
    return fitting[0] if len(fitting) == 1 else None


def by_words(knowledge: Knowledge, mention: AgreementMention, there: set[str]) -> str | None:
    """The one known agreement whose name holds these words, and all of whose sides are named in the sentence."""
    words = mention.content | {mention.noun}
    fitting = [
        a.name
        for a in knowledge.registry.agreements.values()
        if a.parties and there.issuperset(a.parties) and words <= set(a.name.lower().replace("-", " ").split())
    ]
    return fitting[0] if len(fitting) == 1 and mention.content else None


def _signed_within(knowledge: Knowledge, when: When) -> Iterator[Agreement]:
    for agreement in knowledge.registry.agreements.values():
        first, last = edtf.bounds(agreement.signed)
        if first and last and when.earliest and when.latest and when.earliest <= first and last <= when.latest:
            yield agreement


def _witnesses(knowledge: Knowledge, agreement: Agreement, mention: AgreementMention, place: str | None) -> int:
    """How many of place, sides and words speak for the agreement; none if a side is a stranger to it."""
    named, party = set(sides(mention.parties)), set(agreement.parties)
    seats = {s.capital for code in named if (s := knowledge.registry.states.get(code))}
    there = agreement.place is not None and (agreement.place == place or agreement.place in seats)
    if named - party and not there:
        return 0
    words = {w for alias in (agreement.name, *agreement.aliases) for w in alias.lower().split()}
    return there + (len(named & party) > 1) + bool(mention.content & words)
