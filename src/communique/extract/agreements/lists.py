"""Agreements told without the usual words: lists of what was signed, and what two states "agreed to" do."""

from __future__ import annotations

from collections.abc import Iterator

from communique.extract.agreements.mention import AgreementMention, sides
from communique.extract.agreements.words import vocabulary
from communique.extract.context import Context
from communique.extract.items import Items, mentions_of, parties_of
from communique.knowledge.phrases import Match
from communique.knowledge.rules import Firing
from communique.model import Party

_LONGEST, _SHORTEST = 12, 2


def lists(context: Context, items: Items, before: Firing | None) -> Firing | None:
    """The rule by which the sentence lists what was signed, or goes on with a list begun ``before``."""
    firing = next(context.knowledge.rules.fire("agreement-list", items.items, items.words), None)
    if firing is not None:
        return firing
    begins = bool(items.items) and items.items[0].norm in vocabulary(context.knowledge)["list-goes-on"]
    return before if begins and not items.words.isdisjoint(("include", "included", "includes")) else None


def at_place(firing: Firing, place: int) -> Firing:
    """A list's rule, or that of a name joined by "and", as if it had matched the name at an item."""
    actor = {"A": firing.match.slots["A"]} if "A" in firing.match.slots else {}
    return firing._replace(match=Match(place, place + 1, {"X": place, **actor}))


def agreed(context: Context, folded: Items) -> Iterator[tuple[AgreementMention, Firing]]:
    """What two states agreed to do, as an agreement described by their names and the words behind "agreed to"."""
    for firing in context.knowledge.rules.fire("agreement-deed", folded.items, folded.words):
        parties = _bodies(folded, firing.match.slots["AB"])
        words, others, stop = _thing(context, folded, firing.match.stop)
        parties = parties if len(sides(parties)) > 1 else (*parties, *others) if parties else ()
        if words and len(sides(parties)) > 1:
            mention = AgreementMention("agreement", subject=words, parties=parties)
            yield mention, firing._replace(match=firing.match._replace(stop=max(stop, firing.match.stop)))


def _bodies(folded: Items, at: int) -> tuple[Party, ...]:
    """The parties of an item if all of them are states or organisations, for persons "agree" to much else."""
    parties = tuple(p for p, _ in parties_of(folded.items[at]))
    return () if any(p.name for p in parties) or not mentions_of(folded.items[at]) else parties


def _thing(context: Context, folded: Items, at: int) -> tuple[tuple[str, ...], tuple[Party, ...], int]:
    """The words of what is agreed, the sides among them, and where they end."""
    known = vocabulary(context.knowledge)
    words: list[str] = []
    others: list[Party] = []
    stop = at
    for k in range(at, min(len(folded.items), at + _LONGEST)):
        item = folded.items[k]
        if item.kind == "agreement" or (not words and item.norm in known["vague"]):
            return (), (), at
        through = item.norm in known["deed-through"]
        if (item.norm in known["subject-stop"] and not through) or item.norm in ".;:!?,()":
            break
        if k > at and folded.items[k - 1].norm in ("from", "with"):
            others += [p for p, _ in parties_of(item)]
        tokens = folded.sentence.tokens[item.first : item.last]
        words += [t.text for t in tokens if t.norm[:1].isalnum() and len(t.norm) > _SHORTEST]
        stop = k + 1
    return tuple(words), tuple(others), stop
