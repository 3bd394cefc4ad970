"""The sides of an agreement where its own words name fewer than two: who acts, or who stands around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from communique.extract.agreements.mention import AgreementMention, sides
from communique.extract.agreements.same import distinct
from communique.extract.agreements.words import Vocabulary, vocabulary
from communique.extract.context import Context
from communique.extract.items import Items, parties_of
from communique.knowledge.phrases import Item
from communique.knowledge.rules import Firing
from communique.model import Party

_KINDS = ("nuclear", "peace", "trade", "ceasefire", "hostage", "security", "tariff")
_ONE_SIDED = frozenset(("breach-alleged", "implemented", "return-offered"))
_FEW = 4


def slot_parties(folded: Items, firing: Firing, slot: str) -> tuple[Party, ...]:
    """The parties under a slot of a rule; none if it has no such slot."""
    at = firing.match.slots.get(slot)
    return tuple(p for p, _ in parties_of(folded.items[at])) if at is not None else ()


def political(words: Vocabulary, mention: AgreementMention) -> bool:
    """Whether a word of the name belongs to affairs of state."""
    return mention.noun in words["truce"] or not words["political"].isdisjoint(mention.content)


def talks_told(folded: Items) -> bool:
    """Whether the sentence says what talks a bare "deal" would come of: "nuclear talks", "talks of Norway and Chad"."""
    if folded.words.isdisjoint(("talks", "negotiations")):
        return False
    joint = any(len(sides([p for p, _ in parties_of(item)])) == 2 for item in folded.items)
    return joint or any(k in folded.words for k in _KINDS)


def apart(mention: AgreementMention, actors: Sequence[Party]) -> tuple[AgreementMention, ...]:
    """ "Trade deals with Norway and Chad" are two agreements."""
    if len(sides(mention.partners)) < 2:
        return (mention,)
    own = [p for p in (*actors, *mention.parties) if p.side not in sides(mention.partners)]
    return tuple(replace(mention, parties=distinct((*own, partner))) for partner in distinct(mention.partners))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The document as far as it tells whose an agreement is."""

    context: Context
    items: Sequence[Items]

    def completed(self, folded: Items, mention: AgreementMention, firing: Firing) -> AgreementMention:
        """The mention with the sides that act, or stand around it, where its own words name fewer than two."""
        if mention.known:
            return replace(mention, parties=self.registered(mention.known))
        words, action, parties = vocabulary(self.context.knowledge), firing.rule.sets["action"], mention.parties
        if mention.bare and action == "negotiated":
            mention = replace(mention, words=_kind(folded, mention, words))
            loose = talks_told(folded) and mention.noun not in words["truce"]
            parties = parties or self.around(folded, together=not loose)
        if len(sides(parties)) < 2:
            acting = () if action in _ONE_SIDED else slot_parties(folded, firing, "A")
            parties = distinct((*parties, *acting, *slot_parties(folded, firing, "B")))
        if len(sides(parties)) < 2 and self.lacking(mention, parties, firing, words):
            together = not parties and political(words, mention)
            if together and mention.noun in words["truce"]:
                return mention
            parties = distinct((*parties, *self.around(folded, together)))
        return replace(mention, parties=parties)

    def lacking(
        self, mention: AgreementMention, parties: Sequence[Party], firing: Firing, words: Vocabulary
    ) -> bool:
        """Whether sides from around may be added: not to "the Ukraine peace deal", to a bare deal only if signed."""
        if parties:
            return not political(words, mention) or (mention.definite and firing.rule.id == "agr-signed-passive")
        return not mention.bare or (mention.definite and firing.rule.id == "agr-signed-passive")

    def around(self, folded: Items, together: bool = False) -> tuple[Party, ...]:
        """The sides named together in the sentence, else its first two; else those of the one before, or the title.

        With ``together`` only sides joined in one phrase ("Norway and Chad", "Norway-Chad") count.
        """
        index, words = folded.sentence.index, vocabulary(self.context.knowledge)
        for k in dict.fromkeys((index, max(index - 1, 0), 0)):
            row = self.items[k].items
            each = [distinct(p for p, _ in parties_of(item)) for n, item in enumerate(row) if _acts(row, n, words)]
            loose = () if together else distinct(p for e in each for p in e)
            found = next((e for e in each if len(e) == 2), ()) or loose
            if len(found) > 1:
                return found[:2]
        return ()

    def registered(self, name: str) -> tuple[Party, ...]:
        """The parties of a known agreement, where they are few."""
        registry = self.context.knowledge.registry
        parties = registry.agreements[name].parties
        few = parties if len(parties) < _FEW else ()
        return tuple(Party(state=s, organisation=o, level="body") for s, o in map(registry.party_side, few))


def _kind(folded: Items, mention: AgreementMention, words: Vocabulary) -> tuple[str, ...]:
    if mention.noun in words["truce"]:
        return ()
    return tuple(k for k in _KINDS if k in folded.words)[:1]


def _acts(row: Sequence[Item], at: int, words: Vocabulary) -> bool:
    """Whether a side stands for itself: not in "Norwegian goods", not in "a Norway-brokered truce"."""
    if row[at].kind == "place":
        return False
    after = [item.norm for item in row[at + 1 : at + 3]]
    return not after or not (after[0] in words["goods"] or (after[0] == "-" and after[-1] in words["helped"]))
