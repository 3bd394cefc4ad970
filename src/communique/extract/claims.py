"""Statements about contacts that a ledger of them can check: how many, which was the last, which the first, none.

Rules of field ``claim`` find the words; who was in contact is read from the words around them, nearest first, and the
window from what stands beside "since", "from … to", "this week", "in twelve years".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import cast

from communique.extract.claim_windows import Window, window_of
from communique.extract.context import ActorMention, Context
from communique.extract.items import Items, mentions_of, parties_of
from communique.extract.times import publication_day
from communique.extract.times.numbers import ORDINALS, SMALL, TENS
from communique.knowledge.phrases import Item
from communique.knowledge.rules import Firing, winner
from communique.model import Channel, Cited, Claim, ClaimKind, Comparator, Party, Span

Tellers = Callable[[int, int], str | None]
Named = tuple[tuple[Party, ActorMention], ...]
_CHANNELS: tuple[Channel, ...] = ("video", "phone", "visit", "meeting", "message", "talks")
_PAST_CLAUSE = frozenset((";", ":", "said", "says", "told", "noted"))
_COMPARED: tuple[Comparator, ...] = ("at-least", "about")
_BEFORE_NUMBER = 4
_TWICE = {"twice": 2, "thrice": 3}


def _nobody(sentence: int, token: int) -> str | None:
    return None


def find_claims(
    context: Context, items: Sequence[Items], tellers: Tellers = _nobody, between: Sequence[Party] = ()
) -> tuple[Claim, ...]:
    """All claims of the document, in order; a claim made in title and text, or repeated, is one.

    ``between`` are whom it speaks of where its words name fewer than two sides ("I spoke with him six times").
    """
    reader = _Reader(context, items, tellers, between)
    for sentence in items:
        reader.read(sentence)
    return tuple(_superseded(reader.found))


def fire_claims(context: Context, items: Items) -> list[Firing]:
    """The rules that win in a sentence: of several that touch the same words, one."""
    fired = [f for f in context.knowledge.rules.fire("claim", items.items, items.words) if _allowed(context, f, items)]
    kept: list[Firing] = []
    while fired:
        best = winner(fired)
        assert best is not None  # fired is not empty
        kept.append(best)
        fired = [f for f in fired if f.match.stop <= best.match.start or f.match.start >= best.match.stop]
    return sorted(kept, key=lambda f: f.match.start)


def _allowed(context: Context, firing: Firing, items: Items) -> bool:
    """Whether what stands around the words leaves them a claim."""
    sets, match = firing.rule.sets, firing.match
    if sets["kind"] == "none":
        behind = items.items[match.stop].norm if match.stop < len(items.items) else ""
        return behind not in context.knowledge.rules.classes["claim-no-partner"]
    if sets["kind"] == "first":
        return set(context.knowledge.rules.classes["claim-not-first"]).isdisjoint(
            items.text(max(0, match.start - 3), match.start)
        )
    if firing.rule.id == "claim-count-ordinal":
        return _was_held(context, firing, items)
    if firing.rule.sets.get("needs") != "set":
        return True
    return bool(items.items[firing.match.slots["T"]].value.kind == "SET")


def _was_held(context: Context, firing: Firing, items: Items) -> bool:
    """Whether a numbered contact has been; a "second round" must be said to be held, for all rounds have numbers."""
    classes, words = context.knowledge.rules.classes, set(items.words)
    if not words.isdisjoint(classes["claim-to-come"]):
        return False
    rounds = "round" in items.text(firing.match.start, firing.match.stop)
    return not rounds or not words.isdisjoint(classes["claim-held"])


@dataclass(slots=True)
class _Reader:
    """Reads sentence after sentence; remembers the claims found and the window said last."""

    context: Context
    items: Sequence[Items]
    tellers: Tellers
    between: Sequence[Party] = ()
    window: Window = (None, None)
    found: list[Claim] = field(default_factory=list)

    def read(self, items: Items) -> None:
        for firing in fire_claims(self.context, items):
            claim = self.claim(items, firing)
            if claim:
                self.add(claim)

    def claim(self, items: Items, firing: Firing) -> Claim | None:
        rule, match, document = firing.rule.id, firing.match, self.context.document
        kind = cast(ClaimKind, firing.rule.sets["kind"])
        named = self.parties(items, firing)
        assumed = self.between if len(_sides(named)) < 2 else ()
        sides = {*_sides(named), *(party.side for party in assumed)}
        if len(sides) < 2 or (kind == "count" and self.to_come(items, match.start)):
            return None
        span = items.span(document.id, match.start, match.stop)
        count = _count(items, firing)
        window = window_of(self.context, items, firing, self.window)
        if kind == "previous" and window[0] is None:
            return None
        self.window = window if window[0] else self.window
        teller = self.tellers(items.sentence.index, items.items[match.start].first)
        return Claim(
            id=sha256(f"{document.id}\0claim\0{span.part}\0{span.start}".encode()).hexdigest()[:16],
            document=document.id,
            quotes=(_quote(items, document.id, firing, named),),
            kind=Cited(kind, span, rule),
            channel=Cited(_channel(self.context, items, match.start, match.stop), span, rule),
            parties=_cited_parties(named, [Cited(party, span, "given") for party in assumed]),
            count=None if count is None else Cited(count, span, rule),
            comparator=_comparator(items, firing, count, self.context.knowledge.rules.classes),
            since=window[0],
            until=window[1],
            by=Cited(teller, span, "claim-teller") if teller else None,
        )

    def to_come(self, items: Items, start: int) -> bool:
        """Whether the contacts counted are only planned: "will hold two meetings"."""
        row, words = items.items, self.context.knowledge.rules.classes["claim-planned"]
        near = [k for k in range(max(0, start - 3), start) if row[k].kind == "word"]
        return any(row[k].norm in words and not (row[k].norm == "to" and row[k + 1].kind == "time") for k in near)

    def parties(self, items: Items, firing: Firing) -> Named:
        """Two sides at least: from the words themselves, the sentence around them, then the sentences before."""
        found = _nearest(items, firing, self.speaks_for)
        spoken = len(found) == 1 and not items.words.isdisjoint(self.context.knowledge.rules.classes["claim-pronoun"])
        if len(_sides(found)) > 1 or not (spoken or firing.rule.sets.get("reach") == "document"):
            return found
        for earlier in self.around(items):
            found = _together(found, _all_named(self.items[earlier], self.speaks_for))
            if len(_sides(found)) > 1:
                return found
        return found

    def around(self, items: Items) -> dict[int, None]:
        """The sentences that say who is meant, the likeliest first: who says "I" is named in the title."""
        index, own = items.sentence.index, "i" in items.words and self.items[0].sentence.part == "title"
        before = range(index - 1, max(-1, index - 4), -1)
        return dict.fromkeys((*([0] if own else []), *before, 0, min(1, len(self.items) - 1)))

    def speaks_for(self, party: Party) -> bool:
        """Whether a party is a spokesperson, who tells of contacts and has none."""
        words = (party.office or "").lower()
        if "spokes" in words or "press secretary" in words:
            return True
        registry = self.context.knowledge.registry
        day = publication_day(self.context.document)
        known = registry.find_person(party.name, day)[:1] if party.name and party.office is None else ()
        return any(
            o.role == "spokesperson" for a in known for o in registry.offices_of(a.id, day) if a.name == party.name
        )

    def add(self, claim: Claim) -> None:
        for k, earlier in enumerate(self.found):
            if _repeats(earlier, claim):
                self.found[k] = _filled(earlier, claim)
                return
        self.found.append(claim)


def _superseded(claims: Iterable[Claim]) -> Iterator[Claim]:
    """Without ordinals where the document counts the same contacts outright."""
    claims = list(claims)
    counted = [c for c in claims if c.kind.value == "count" and c.comparator != "ordinal" and c.count]
    for claim in claims:
        sides = {p.value.side for p in claim.parties}
        told = any(sides & {p.value.side for p in other.parties} for other in counted)
        if claim.comparator != "ordinal" or not told:
            yield claim


def _sides(named: Named) -> set[str | None]:
    return {p.side for p, _ in named if p.side}


def _together(one: Named, other: Named) -> Named:
    kept = dict(one)
    for party, mention in other:
        if not any(_same_person(party, p) for p in kept):
            kept[party] = mention
    return tuple(kept.items())


def _same_person(a: Party, b: Party) -> bool:
    return a.side == b.side and (a.name == b.name or not a.name or not b.name)


def _named(item: Item, speaks_for: Callable[[Party], bool], telling: bool = False) -> Named:
    """The sides an item names; spokespersons, who only tell of contacts, if ``telling``, as the side they speak for."""
    named = [(p, m) for m in mentions_of(item) for p in m.parties if p.side]
    if telling:
        return tuple((Party(None, p.state, p.organisation, None, "body"), m) for p, m in named if speaks_for(p))
    return tuple((p, m) for p, m in named if not speaks_for(p))


def _all_named(items: Items, speaks_for: Callable[[Party], bool]) -> Named:
    found: Named = ()
    for item in items.items:
        found = _together(found, _named(item, speaks_for))
        if len(_sides(found)) > 1:
            break
    return found


def _nearest(items: Items, firing: Firing, speaks_for: Callable[[Party], bool]) -> Named:
    """The sides in the sentence: in the rule's slots, right behind the words, before them, then anywhere."""
    start, stop = firing.match.start, firing.match.stop
    row = items.items
    inside = [k for k in range(start, stop) if mentions_of(row[k])]
    behind = [k for k in range(stop, _clause_end(row, stop)) if mentions_of(row[k])]
    before = [k for k in range(start - 1, -1, -1) if mentions_of(row[k])]
    found: Named = ()
    order = (*before, *inside, *behind) if _verbal(firing) else (*inside, *behind, *before)
    for telling in (False, True):
        for k in order if len(_sides(found)) < 2 else ():
            found = _together(found, _named(row[k], speaks_for, telling))
            if len(_sides(found)) > 1:
                break
    places = [k for k in range(start, len(row)) if row[k].kind == "place"]
    for k in places if len(_sides(found)) < 2 else ():
        found = _together(found, parties_of(row[k]))
    return found


def _verbal(firing: Firing) -> bool:
    """Whether the words are a verb, whose subject stands before it ("Norway spoke with Chad twice")."""
    return firing.phrase.source.startswith("@claim-verb") or firing.rule.id in ("claim-none", "claim-previous-verb")


def _clause_end(row: Sequence[Item], at: int) -> int:
    for k in range(at, len(row)):
        if row[k].kind == "word" and row[k].norm in _PAST_CLAUSE:
            return k
    return len(row)


def _count(items: Items, firing: Firing) -> int | None:
    """The number said; none for a rate ("every ten days") and for "several"."""
    if firing.rule.sets["kind"] != "count" or firing.rule.sets.get("needs") == "set":
        return None
    numbers = (_number(norm) for norm in items.text(firing.match.start, firing.match.stop))
    return next((number for number in numbers if number), None)


def _number(norm: str) -> int | None:
    """The number that a word is, cardinal or ordinal."""
    digits = norm.removesuffix("th").removesuffix("nd").removesuffix("rd").removesuffix("st")
    if digits.isdigit():
        return int(digits)
    return _TWICE.get(norm) or SMALL.get(norm) or TENS.get(norm) or ORDINALS.get(norm)


def _comparator(
    items: Items, firing: Firing, count: int | None, classes: Mapping[str, Sequence[str]]
) -> Comparator | None:
    """What the rule says, or the words right before the number do: "at least six", "about three"."""
    if firing.rule.sets["kind"] != "count" or count is None:
        return None
    said = [*items.text(max(0, firing.match.start - _BEFORE_NUMBER), firing.match.stop)]
    for comparator in _COMPARED:
        phrases = [phrase.split() for phrase in classes[f"claim-{comparator}"]]
        for at in range(len(said)):
            behind = next(
                (said[at + len(p)] for p in phrases if said[at : at + len(p)] == p and at + len(p) < len(said)), ""
            )
            if _number(behind) == count:
                return comparator
    return cast(Comparator, firing.rule.sets.get("comparator", "exactly"))


def _channel(context: Context, items: Items, start: int, stop: int) -> Channel:
    """The channel of the words; of several named the most telling."""
    classes = context.knowledge.rules.classes
    text = " " + " ".join(items.text(start, stop)) + " "
    for channel in _CHANNELS:
        if any(f" {phrase} " in text for phrase in classes[f"claim-{channel}"]):
            return channel
    return "unspecified"


def _cited_parties(named: Named, assumed: Sequence[Cited[Party]]) -> tuple[Cited[Party], ...]:
    read = [Cited(party, mention.span, mention.rule) for party, mention in named]
    return (*read, *(one for one in assumed if one.value.side not in _sides(named)))


def _quote(items: Items, document: str, firing: Firing, named: Named) -> Span:
    """The words from the first to the last thing the claim rests on, within the sentence."""
    span = items.span(document, firing.match.start, firing.match.stop)
    inside = [m.span for _, m in named if m.sentence == items.sentence.index]
    start, stop = min([span.start, *(s.start for s in inside)]), max([span.stop, *(s.stop for s in inside)])
    return replace(span, start=start, stop=stop)


def _repeats(earlier: Claim, later: Claim) -> bool:
    if earlier.kind.value != later.kind.value or (earlier.count is None) != (later.count is None):
        return False
    if earlier.count and later.count and earlier.count.value != later.count.value:
        return False
    a, b = {p.value.side for p in earlier.parties}, {p.value.side for p in later.parties}
    return bool(a & b) and not (_people(earlier) and _people(later) and not _people(earlier) & _people(later))


def _people(claim: Claim) -> set[str]:
    return {p.value.name for p in claim.parties if p.value.name}


def _filled(earlier: Claim, later: Claim) -> Claim:
    """One claim told twice: the more explicit parties, whatever window and teller there is."""
    return replace(
        earlier,
        quotes=(*earlier.quotes, *later.quotes)[:3],
        parties=later.parties if len(_people(later)) > len(_people(earlier)) else earlier.parties,
        comparator=later.comparator if earlier.comparator == "ordinal" else earlier.comparator,
        since=earlier.since or later.since,
        until=earlier.until or later.until,
        by=earlier.by or later.by,
    )
