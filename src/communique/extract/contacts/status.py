"""Whether a contact was held, is going on, is planned, proposed, put off, called off or denied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from communique.extract.contacts.triggers import KINDS, governor
from communique.extract.items import Items, parties_of
from communique.knowledge.grammar import word_class
from communique.knowledge.phrases import CLAUSE_ENDS, Item
from communique.knowledge.rules import Firing
from communique.model import Status

_REACH_BEFORE = 7
_REACH_AFTER = 12
_CLAUSE_REACH = 16
# A word of these between cue and trigger breaks the tie: "said Friday that it will" does not govern "met".
_BREAKS = word_class("clause-break")
_AUXILIARY = word_class("modal")
_BASE = word_class("base-verb")
_SETTINGS = frozenset(("in", "during", "after", "following"))
_TOPICAL = word_class("topical")
_PAST = word_class("past-verb")
_TO_COME = ("planned", "proposed")
_FUTURE = word_class("future") - {"to"}
_ORDINALS = frozenset(("first", "second", "third", "fourth"))
_OCCASIONS = frozenset(("at", "during")) | _ORDINALS
_DEALT_WITH = word_class("dealt-with")
_IF = word_class("condition")
_BASE_FORMS = frozenset(("confer", "consult", "discuss", "exchange", "meet", "speak", "talk", "visit"))
_WERE = frozenset(("was", "were"))
_OPINION = word_class("opinion-verb")
_OTHER = frozenset(("ahead", "before"))  # "denies the claim ahead of the talks"
_TIME_OF_OTHER = word_class("order-preposition")


@dataclass(frozen=True, slots=True)
class StatusRead:
    """A status, the rule that read it, the items that state it, and whether words said so (or it is the default)."""

    status: Status
    rule: str
    start: int
    stop: int
    said: bool


def read_status(items: Items, trigger: int, stop: int, fired: Sequence[Firing]) -> StatusRead:
    """The status of the contact whose trigger is item ``trigger`` and whose construction ends at ``stop``.

    ``fired``: all status cues of the sentence.
    """
    cues = [
        (distance, firing)
        for firing in fired
        if (distance := _distance(firing, items.items, trigger, stop)) is not None
    ]
    if _progressive(items.items, trigger, items.sentence.part == "title"):
        return StatusRead("ongoing", "status-progressive", trigger - 1, trigger + 1, True)
    if _announced(items, trigger) and not any(_final(firing, items.items) for _, firing in cues):
        return StatusRead("planned", "status-headline-infinitive", trigger, trigger + 1, True)
    if not cues and (journey := _journey(items.items, trigger)) is not None:
        return read_status(items, journey, journey + 1, fired)
    if not cues and (modal := _shared_modal(items.items, trigger)) is not None:
        return StatusRead("planned", "status-shared-modal", modal, trigger + 1, True)
    if not cues:
        told = _past(items.items, trigger)
        return StatusRead("held", "status-past-tense" if told else "status-default", trigger, trigger + 1, told)
    _, best = min(cues, key=lambda c: (not _final(c[1], items.items), c[0], c[1].rank))
    if (future := _of_its_clause(items.items, best, fired)) is not None:
        best = future
    if _negated(best, fired):
        return StatusRead("denied", "status-not-ongoing", best.match.start, best.match.stop, True)
    return StatusRead(best.rule.sets["status"], best.rule.id, best.match.start, best.match.stop, True)


def _distance(firing: Firing, items: Sequence[Item], trigger: int, stop: int) -> int | None:
    """How far a cue stands from what it governs; None if it does not govern it."""
    start, end = firing.match.start, firing.match.stop
    if firing.rule.sets["position"] == "before":
        between = items[end:trigger]
        if end > trigger or trigger - end > _REACH_BEFORE or _broken(between) or _stray(firing, items, trigger):
            return None
        if firing.rule.sets["status"] in _TO_COME and items[start].norm not in _IF and _simple_past(items, trigger):
            return None
        if firing.rule.sets["status"] == "denied" and any(x.norm in _OPINION or x.norm in _OTHER for x in between):
            return None
        if items[end - 1].norm in _TIME_OF_OTHER and _outside(items, end, trigger):
            return None
        return _weight(between)
    first = _behind(items, stop if start >= stop else trigger + 1)
    if items[trigger].kind != "noun" or start < first or start - first > _REACH_AFTER or _broken(items[first:start]):
        return None
    return _weight(items[first:start]) + 1


def _behind(items: Sequence[Item], at: int) -> int:
    """Where what is said of a contact begins, "which" left out: "talks with X, which are being held in Oslo"."""
    at += at + 1 < len(items) and items[at].norm == ","
    return at + (at < len(items) and items[at].norm in ("which", "that"))


def _announced(items: Items, trigger: int) -> bool:
    """Whether a title says of its subject what he is "to" do: "Lavrov to discuss fish at meeting with minister"."""
    row = items.items
    first = next((i for i, x in enumerate(row[:trigger]) if x.kind in ("actor", "pair", "noun")), None)
    return items.sentence.part == "title" and first is not None and first + 1 < len(row) and row[first + 1].norm == "to"


def _negated(cue: Firing, cues: Sequence[Firing]) -> bool:
    """Whether a "not" in or right before "is engaged in" or "had" denies what it says."""
    reach = range(cue.match.start - 1, cue.match.stop if cue.rule.sets["status"] == "ongoing" else cue.match.start)
    denied = (f.match.start for f in cues if f.rule.sets["status"] == "denied")
    return cue.rule.sets["status"] in ("ongoing", "held") and any(start in reach for start in denied)


def _of_its_clause(items: Sequence[Item], cue: Firing, fired: Sequence[Firing]) -> Firing | None:
    """The future of the clause whose occasion a contact is: "Lavrov will raise it at the talks with Fidan"."""
    start = cue.match.start
    if cue.rule.id != "status-held" or items[start].norm not in _OCCASIONS:
        return None
    for firing in fired:
        at, end = firing.match.start, firing.match.stop
        if firing.rule.sets["status"] != "planned" or items[at].norm not in _FUTURE:
            continue
        if items[start].norm in _ORDINALS:
            if items[end - 1].norm == "be" and start - end in (0, 1):
                return firing
        elif end <= start <= end + _CLAUSE_REACH:
            if not _interrupted(items[end:start]) and _acts(items, at, end):
                return firing
        elif start == 0 and at <= _CLAUSE_REACH and _opens(items, at) and _acts(items, at, end):
            return firing
    return None


def _opens(items: Sequence[Item], at: int) -> bool:
    """Whether one comma parts the occasion from the clause: "During the talks, the ministers will sign a pact"."""
    return sum(x.norm == "," for x in items[:at]) == 1 and not any(x.norm in _BREAKS for x in items[:at])


def _interrupted(between: Sequence[Item]) -> bool:
    return any(x.norm in CLAUSE_ENDS or x.norm in _BREAKS for x in between)


def _acts(items: Sequence[Item], at: int, end: int) -> bool:
    """Whether a person will do what is said, or it will be done to a matter: "will be discussed"."""
    if items[end - 1].norm == "be":
        return items[end].norm in _DEALT_WITH if end < len(items) else False
    i = at - 1
    while i >= 0 and (items[i].skippable or items[i].norm in ("is", "are", "was", "were")):
        i -= 1
    return i >= 0 and any(p.name or p.level not in ("body", None) for p, _ in parties_of(items[i]))


def _shared_modal(items: Sequence[Item], trigger: int) -> int | None:
    """The "will" that an "and" hands on to a second verb: "will have talks with X and exchange views with Y"."""
    if items[trigger].kind == "noun" or items[trigger].norm not in _BASE_FORMS or items[trigger - 1].norm != "and":
        return None
    for i in range(trigger - 1, -1, -1):
        if items[i].norm in CLAUSE_ENDS or items[i].norm in _BREAKS:
            return None
        if items[i].norm in ("will", "would", "shall"):
            return i
    return None


def _simple_past(items: Sequence[Item], trigger: int) -> bool:
    """Whether the trigger is a past verb behind its subject, a passive, or a participle behind its noun.

    "Announced it after he arrived"; "the prospects of grain were discussed"; "would follow from the pact signed here".
    """
    if items[trigger].kind == "noun" or trigger == 0:
        return False
    past, before = items[trigger].norm in _PAST or items[trigger].norm.endswith("ed"), items[trigger - 1]
    participle = items[trigger].kind == "signs" and before.norm not in _AUXILIARY | {"be"}
    return past and (before.kind == "actor" or before.norm in _WERE or participle)


def _outside(items: Sequence[Item], end: int, trigger: int) -> bool:
    """Whether what follows "before" ends ahead of the trigger: "before his capture, he met with an envoy"."""
    finite = items[trigger].kind != "noun" and not items[trigger].norm.endswith("ing")
    return finite or any(x.norm == "," for x in items[end:trigger])


def _journey(items: Sequence[Item], trigger: int) -> int | None:
    """The journey that is made for talks: "would go to Oslo for talks with Norway"."""
    if items[trigger].kind != "noun":
        return None
    for i in range(trigger - 1, max(-1, trigger - 7), -1):
        if items[i].kind in ("travels", "visits"):
            return i if any(x.norm == "for" for x in items[i:trigger]) else None
    return None


def _progressive(items: Sequence[Item], trigger: int, title: bool) -> bool:
    """Whether the trigger is a verb going on now: "are negotiating", in a title "Norway, Chad negotiating"."""
    at = (
        trigger
        if items[trigger].kind != "noun"
        else next(
            (
                i
                for i in range(trigger - 1, max(0, trigger - 6), -1)
                if items[i].norm in ("holding", "conducting", "having", "attending", "chairing")
            ),
            trigger,
        )
    )
    i = at - 1
    while i > 0 and items[i].skippable:
        i -= 1
    verb = items[at].norm.endswith("ing") and (items[at].kind != "noun" or at != trigger)
    if verb and title and items[at].norm != "meeting" and i >= 0 and items[i].kind in ("actor", "pair"):
        return True
    return verb and i >= 0 and items[i].kind == "word" and items[i].norm in ("is", "are", "'re", "am")


def _final(firing: Firing, items: Sequence[Item]) -> bool:
    """Whether a cue has the last word: what was planned and then put off is put off; what is denied is denied."""
    return firing.rule.sets["status"] in ("postponed", "cancelled") or items[firing.match.start].norm.startswith("deni")


def _stray(firing: Firing, items: Sequence[Item], trigger: int) -> bool:
    """Whether a cue governs another verb: "travelled to Chad and met", "to Chad for a visit"."""
    start, end = firing.match.start, firing.match.stop
    between = items[end:trigger]
    if items[trigger].kind != "noun":
        return (
            any(x.norm in ("and", ",", "but") or x.kind in ("actor", "city") for x in between)
            and items[start].norm in _AUXILIARY
        )
    if any(x.norm in _SETTINGS for x in between) and items[start].norm not in _AUXILIARY:
        return True
    return end - start == 1 and items[start].norm == "to" and (not between or between[0].norm not in _BASE)


def _past(items: Sequence[Item], trigger: int) -> bool:
    """Whether the trigger is a past verb, or a noun with one: "met", "held a call"; not "spoke about the call"."""
    head = items[trigger]
    if head.kind == "noun" and governor(items, trigger) in _TOPICAL:
        return False
    words = (
        [head.norm]
        if head.kind != "noun"
        else [x.norm for x in items[max(0, trigger - 5) : trigger] if x.kind == "word"]
    )
    return any(w in _PAST or (w.endswith("ed") and len(w) > 4) for w in words)


def _weight(between: Sequence[Item]) -> int:
    return sum(2 if x.kind in ("actor", "pair") else 0 if x.skippable else 1 for x in between)


def _broken(between: Sequence[Item]) -> bool:
    return any(x.norm in CLAUSE_ENDS or x.norm in _BREAKS or x.kind in KINDS for x in between)
