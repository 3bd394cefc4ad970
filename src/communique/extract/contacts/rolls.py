"""A roll of states, called one after the other: "A marathon of calls. Latvia. We agreed … Next - Denmark. …"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from communique.extract.context import SPEAKER
from communique.extract.items import Items, mentions_of, parties_of
from communique.knowledge.grammar import word_class
from communique.model import Cited, Party, Span

_FEWEST = 3  # states under headings of their own that make a roll
_LONGEST = 5  # sentences of one entry in which its leader is looked for
_BEFORE = word_class("before-entry")
_ENDS = frozenset((".", "!", ":"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One state of a roll: sentence ``[first, last)``, the state, who is named of it, and who speaks."""

    first: int
    last: int
    heading: Cited[Party]
    counterpart: Cited[Party]
    speaker: Cited[Party]


def entries(items: Sequence[Items], after: int) -> Iterator[Entry]:
    """The entries of the roll that stands behind sentence ``after``; none if fewer than three states are called."""
    heads = [(row.sentence.index, side) for row in items[after + 1 :] if (side := _headed(row)) is not None]
    if len(heads) < _FEWEST:
        return
    stops = [index for index, _ in heads[1:]] + [len(items)]
    for (index, side), stop in zip(heads, stops, strict=True):
        rows = items[index + 1 : min(stop, index + 1 + _LONGEST)]
        speaker = next(_speakers(items[index:]), None) or next(_speakers(reversed(items[:index])), None)
        if speaker is not None and rows and speaker.value.side != side.value.side:
            yield Entry(index, rows[-1].sentence.index + 1, side, _leader(rows, side), speaker)


def quote_of(entry: Entry, items: Sequence[Items]) -> Span:
    """The heading and the sentence under it."""
    heading, told = items[entry.first].sentence, items[entry.first + 1].sentence
    span = entry.heading.span
    return Span(span.document, heading.tokens[0].start, told.tokens[-1].stop, span.part)


def _headed(row: Items) -> Cited[Party] | None:
    """The state that a sentence consists of: "Denmark.", "Next - Denmark."."""
    named = [x for x in row.items if parties_of(x)]
    rest = [x for x in row.items if x.norm not in _BEFORE and x.norm not in _ENDS and not parties_of(x)]
    if rest or len(named) != 1:
        return None
    found = [(p, m) for p, m in parties_of(named[0]) if p.state and p.level == "body" and p.name is None]
    return Cited(found[0][0], found[0][1].span, found[0][1].rule) if len(found) == 1 else None


def _leader(rows: Sequence[Items], heading: Cited[Party]) -> Cited[Party]:
    """Who of the state leads it by the words of its entry; the state itself, where nobody is named."""
    side = heading.value.side
    for row in rows:
        for party, mention in (pm for x in row.items for pm in parties_of(x)):
            if party.side == side and party.name and party.level in ("leader", "minister"):
                return Cited(party, mention.span, mention.rule)
    return heading


def _speakers(rows: Sequence[Items] | Iterator[Items]) -> Iterator[Cited[Party]]:
    for row in rows:
        for mention in (m for x in row.items for m in mentions_of(x)):
            if mention.rule == SPEAKER and len(mention.parties) == 1:
                yield Cited(mention.parties[0], mention.span, mention.rule)
