"""When a rule's words are no action after all: denied, conditional, wished for, commercial, or of no known thing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from communique.extract.agreements.mention import AgreementMention, sides
from communique.extract.agreements.parties import political, slot_parties, talks_told
from communique.extract.agreements.words import Vocabulary
from communique.extract.items import Items
from communique.knowledge.rules import Firing
from communique.model import Action, Party

_PAST = frozenset(("withdrawn", "terminated", "in-force", "ratified", "amended", "extended"))
_NOT_BARE = frozenset(("negotiated", "proposed", "breach-alleged", "implemented"))


def action_of(words: Vocabulary, folded: Items, firing: Firing) -> Action:
    """The action a rule tells; a signing that hangs on an "if" is still to come, a proposed one only proposed."""
    action = cast(Action, firing.rule.sets["action"])
    before = folded.text(0, firing.match.start)
    if action in ("amended", "extended") or firing.rule.id == "agr-signed-noun":
        action = action if words["proposing"].isdisjoint(before[-10:]) else "proposed"
    at = firing.match.slots.get("X", firing.match.stop)
    around = (*before[-5:], *folded.text(at + 1, firing.match.stop))
    to_come = not words["conditional"].isdisjoint(around) or not words["must"].isdisjoint(before[-2:])
    return "negotiated" if action == "signed" and to_come else action


def between_states(words: Vocabulary, mention: AgreementMention, actors: Sequence[Party], action: str) -> bool:
    """Whether sides, or the words themselves, tell that states made it."""
    if mention.known or mention.proper or len(sides((*mention.parties, *actors))) > 1:
        return True
    if mention.noun in words["truce"]:
        return bool(mention.parties or actors or mention.content)
    offered = action == "proposed" and bool(actors) and len(mention.content) > 1
    nobody = mention.plural and not (mention.parties or actors or mention.definite or mention.subject)
    return offered or (political(words, mention) and not nobody)


def set_aside(
    words: Vocabulary, folded: Items, said: AgreementMention, mention: AgreementMention, firing: Firing
) -> bool:
    """Whether what a rule found is no action; ``said`` is the name as it stands, ``mention`` what it goes back to."""
    return unreal(words, folded, said, firing) or _of_nothing(words, folded, said, mention, firing)


def unreal(words: Vocabulary, folded: Items, said: AgreementMention, firing: Firing) -> bool:
    """Whether the sentence itself makes it no action of states: denied, negated, only thinkable, or commercial."""
    before = folded.text(0, firing.match.start)
    return (
        said.denied
        or _unreal(words, str(firing.rule.sets["action"]), before)
        or _commercial(words, folded, said, firing)
    )


def _unreal(words: Vocabulary, action: str, before: Sequence[str]) -> bool:
    """Denied, negated, demanded, or only thinkable."""
    if not words["denial"].isdisjoint(before):
        return True
    if action != "breach-alleged" and not words["negation"].isdisjoint(before[-4:]):
        return True
    if action in ("implemented", "in-force") and not words["unreal"].isdisjoint(before):
        return True
    return action in _PAST and not words["modal"].isdisjoint(before[-6:])


def _commercial(words: Vocabulary, folded: Items, said: AgreementMention, firing: Firing) -> bool:
    """Whether it is bought and sold, or made with a company (Reuters writes <Company Ltd>)."""
    near = folded.text(max(0, firing.match.start - 3), min(len(folded.items), firing.match.stop + 6))
    sold = bool(said.subject) and said.subject[0].lower() in words["commerce"]
    lent = not words["domestic"].isdisjoint(w.lower() for w in said.subject[:4])
    return sold or lent or "<" in folded.words or not words["company"].isdisjoint(near)


def _of_nothing(
    words: Vocabulary, folded: Items, said: AgreementMention, mention: AgreementMention, firing: Firing
) -> bool:
    """Whether it is talk of a "deal" that nothing tells from others."""
    action = firing.rule.sets["action"]
    if action == "proposed" and said.noun in words["truce"]:
        return False
    bare = said if action == "proposed" else mention
    if not bare.bare or action not in _NOT_BARE or len(sides(slot_parties(folded, firing, "A"))) > 1:
        return False
    return action != "negotiated" or not talks_told(folded)
