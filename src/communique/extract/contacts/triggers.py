"""Which words of a sentence tell of a contact: triggers, each folded into one item of its kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from communique.extract.items import Items, mentions_of
from communique.knowledge.grammar import word_class
from communique.knowledge.phrases import CLAUSE_ENDS, Item
from communique.knowledge.rules import Firing, RuleBook
from communique.model import Channel, Status

VERBS = frozenset((
    "meets", "speaks", "calls", "discusses", "receives", "visits", "travels", "writes", "invites", "sees", "signs",
    "tells", "tours", "conveys", "answers",
))  # fmt: skip
KINDS = VERBS | {"noun"}
# Words that are noun or verb by what stands before them.
_AMBIGUOUS = word_class("noun-or-verb")
_NOUN_BEFORE = word_class("before-noun")
_VERB_BEFORE = word_class("before-verb")
# "The first round was held in May, the second in June": what a bare ordinal takes up, and what stands behind it.
_TOLD_BEFORE = word_class("told-before-ordinal")
_AFTER_ELIDED = word_class("after-ordinal")
_GOVERNING = word_class("oblique") | word_class("holding")
_MARGINS = frozenset(("fringe", "fringes", "margins", "sidelines"))
_OBLIQUE = word_class("oblique") - {"from"}
_ORDER = word_class("order-preposition")
_PORTIONS = word_class("portion")
_MODIFIERS = 7
_MET_THINGS = word_class("met-thing")
_NOT_BEFORE_CALLED = word_class("never-before-called")


@dataclass(frozen=True, slots=True)
class Trigger:
    """What a trigger item says by itself."""

    channel: Channel
    rule: str
    kind: str
    head: str
    status: Status | None = None


def mark_triggers(items: Items, rules: RuleBook, *fields: str) -> Items:
    """The items with every trigger folded into one item whose kind is the trigger's and whose value is a Trigger.

    ``fields``: those of the rules that name triggers beside "trigger".
    """
    fired = (f for field in ("trigger", *fields) for f in rules.fire(field, items.items, items.words))
    firings = sorted(fired, key=lambda f: (f.match.start, f.rank))
    if not firings:
        return items
    chosen: dict[int, Firing] = {}
    taken = -1
    for firing in sorted(firings, key=lambda f: (f.rank[0], f.match.start, f.rank)):
        if _fits(firing, items.items) and all(
            firing.match.stop <= f.match.start or f.match.stop <= firing.match.start for f in chosen.values()
        ):
            chosen[firing.match.start] = firing
    out: list[Item] = []
    for i, item in enumerate(items.items):
        if i in chosen:
            out.append(_folded(chosen[i], items.items))
            taken = chosen[i].match.stop
        elif i >= taken:
            out.append(item)
    return replace(items, items=_with_venues(out))


def _with_venues(row: Sequence[Item]) -> tuple[Item, ...]:
    """The items with a city right before the noun of a contact taken as its venue: "the Moscow talks"."""
    return tuple(
        x._replace(kind="place", skippable=True) if x.kind == "city" and _is_noun(row, i + 1) else x
        for i, x in enumerate(row)
    )


def _is_noun(row: Sequence[Item], i: int) -> bool:
    return i < len(row) and row[i].kind == "noun"


def _folded(firing: Firing, items: Sequence[Item]) -> Item:
    covered = items[firing.match.start : firing.match.stop]
    kind = firing.rule.sets["kind"]
    words = covered if kind in VERBS else reversed(covered)
    head = next((x.norm for x in words if x.norm), "")
    trigger = Trigger(firing.rule.sets["channel"], firing.rule.id, kind, head, firing.rule.sets.get("status"))
    return Item(head, covered[0].first, covered[-1].last, kind, trigger)


def _fits(firing: Firing, items: Sequence[Item]) -> bool:
    """Whether a word that may be noun or verb is what the rule takes it for."""
    start, stop = firing.match.start, firing.match.stop
    if firing.rule.sets["kind"] == "calls" and start and items[start - 1].norm in _NOT_BEFORE_CALLED:
        return False
    if firing.rule.id == "verb-meet" and any(x.norm in _MET_THINGS for x in items[stop : stop + 4]):
        return False
    if firing.rule.sets["kind"] == "noun" and _at_its_margins(items, start):
        return False
    if items[start].norm == "note" and _taken(items, start):
        return False
    if items[start].norm == "headed" and stop < len(items) and items[stop].norm == "by":
        return False
    sets, after = firing.rule.sets, items[stop].norm if stop < len(items) else ""
    if sets.get("alone") and after == "of":
        return False
    if sets.get("elided"):
        told = any(x.norm in _TOLD_BEFORE for x in items[:start])
        return [x.norm for x in items[stop : stop + 2]] == ["took", "place"] or (
            told and (after in _AFTER_ELIDED or items[min(stop, len(items) - 1)].kind in ("place", "time"))
        )
    if stop - start != 1 or items[start].norm not in _AMBIGUOUS:
        return True
    return bool(firing.rule.sets["kind"] == "noun") == nominal(items, start)


def nominal(items: Sequence[Item], i: int) -> bool:
    """Whether the word at ``i`` stands where a noun stands."""
    before = _before(items, i)
    after = items[i + 1] if i + 1 < len(items) else None
    word = items[i].norm
    if word == "meeting":
        return not _gerund(before, after) or (before is not None and _of_body(items, i))
    if before is None:
        return word in ("talks", "contacts", "discussions", "dialogue", "calls", "visits")
    if before.kind in ("possessive", "adjective", "pair", "time", "place"):
        return before.kind != "time" or word in ("talks", "call", "visit")
    if before.kind == "actor":
        if word in ("call", "visit") and _governed(items, i - 1, _OBLIQUE | _ORDER):
            return True
        if word in ("call", "calls"):
            return after is not None and after.norm in ("with", "between")
        if (word in ("visit", "trip") and _owned(items, i - 1)) or _governed(items, i - 1):
            return True
        return word in ("talks", "contacts", "discussions", "dialogue") and not (
            after and after.norm in ("to", "with", "about")
        )
    if before.norm in _VERB_BEFORE:
        return word in ("contacts", "discussions", "dialogue") or (word == "talks" and before.norm != "who")
    if before.norm in ("call", "calls") or (
        word in ("call", "calls") and after is not None and after.norm in ("for", "on", "upon", "it")
    ):
        return False
    return (
        before.norm in _NOUN_BEFORE
        or word in ("talks", "contacts", "discussions", "dialogue", "visit", "visits", "notes", "note")
        or _adjectival(before.norm)
    )


def governor(items: Sequence[Item], at: int) -> str:
    """The verb or preposition that governs the noun at ``at``: "held" in "held a third round of talks", or ""."""
    i = at - 1
    while i >= max(0, at - _MODIFIERS):
        norm = items[i].norm
        if norm == "of" and i and items[i - 1].norm in _PORTIONS:
            i -= 1
        elif norm in _GOVERNING or norm in CLAUSE_ENDS:
            return norm
        i -= 1
    return ""


def _owned(items: Sequence[Item], i: int) -> bool:
    """Whether the item at ``i`` belongs to what another owns: "Joly's US visit"."""
    return i > 0 and (items[i - 1].norm in ("'s", "'") or items[i - 1].kind == "possessive")


def _taken(items: Sequence[Item], start: int) -> bool:
    """Whether note is only taken: "took 'note' of the request"."""
    before = next((x.norm for x in reversed(items[:start]) if x.norm.isalpha()), "")
    return before in ("take", "taken", "takes", "taking", "took")


def _at_its_margins(items: Sequence[Item], start: int) -> bool:
    """Whether a gathering only says where two met: "on the margins of the NATO summit"."""
    before = [x.norm for x in items[max(0, start - _MODIFIERS) : start]]
    return any(a in _MARGINS and b == "of" for a, b in pairwise(before))


def _governed(items: Sequence[Item], i: int, prepositions: frozenset[str] = _OBLIQUE) -> bool:
    """Whether the actor at ``i`` stands behind a preposition and is no subject: "ahead of Chad talks with Mali"."""
    at = i - 1 - (i > 1 and items[i - 1].norm == "the")
    return i > 0 and items[at].norm in prepositions


def _before(items: Sequence[Item], i: int) -> Item | None:
    """The item before ``i``, adverbs left out: "would soon visit"."""
    at = i - 1
    if at > 0 and items[at].kind == "time" and items[at - 1].norm in _VERB_BEFORE:
        at -= 1
    while at > 0 and items[at].kind == "word" and items[at].skippable and items[at].norm.isalpha():
        at -= 1
    return items[at] if at >= 0 else None


def _adjectival(norm: str) -> bool:
    return (
        norm.endswith(("al", "ic", "ive", "ous", "ed", "ary", "level", "ful", "able", "hour", "minute", "day"))
        or norm.isdigit()
    )


def _of_body(items: Sequence[Item], i: int) -> bool:
    """Whether what meets is one body, or people of it whom an article introduces: "a NATO ministers meeting"."""
    said = mentions_of(items[i - 1])
    article = i > 1 and items[i - 2].norm in ("a", "an")
    return article or (len(said) == 1 and said[0].kind == "organisation")


def _gerund(before: Item | None, after: Item | None) -> bool:
    """ "after meeting Putin", "is meeting with Xi" — but not "the meeting with Xi"."""
    takes_object = after is not None and (after.kind in ("actor", "place", "time") or after.norm == "with")
    if not takes_object or before is None:
        return False
    if before.kind == "word" and before.norm in (
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "after",
        "before",
        "while",
        "when",
        "by",
        "of",
        "and",
        "currently",
    ):
        return not (
            before.norm in ("after", "before", "of", "and", "by")
            and after is not None
            and after.norm == "with"
            and before.norm == "of"
        )
    return before.kind == "actor"
