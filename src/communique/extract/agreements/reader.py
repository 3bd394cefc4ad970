"""Reads sentence after sentence what is done to agreements, by rules of field ``agreement``.

A sentence is read with the names of agreements folded to items; of the rules that claim one name the winner tells the
action. Names are followed through the document, so that "the pact" is the pact named before, and title and body
telling the same are one action.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from communique.extract.agreements.doubts import action_of, between_states, set_aside, unreal
from communique.extract.agreements.fields import condition_of, identity, news_day, place_of, side_of, when_of
from communique.extract.agreements.known import by_words, identified
from communique.extract.agreements.lists import agreed, at_place, lists
from communique.extract.agreements.mention import AgreementMention, agreement_name, sides
from communique.extract.agreements.names import fold_agreements
from communique.extract.agreements.parties import Surroundings, apart, slot_parties
from communique.extract.agreements.same import alike, joined, merged, renames, same
from communique.extract.agreements.words import Vocabulary, vocabulary
from communique.extract.context import Context
from communique.extract.items import Items, parties_of
from communique.knowledge.rules import Firing, winner
from communique.model import AgreementAction, Cited, Party, When

Tellers = Callable[[int, int], str | None]
_JOINT = frozenset(("signed", "negotiated", "extended", "amended", "in-force"))


def _nobody(sentence: int, token: int) -> str | None:
    return None


def find_agreements(
    context: Context, items: Sequence[Items], tellers: Tellers = _nobody
) -> tuple[AgreementAction, ...]:
    """All actions on agreements that the document reports, one for each agreement and action, in order.

    ``tellers`` names who is speaking at a token of a sentence: the side that alleges a breach.
    """
    reader = _Reader(context, vocabulary(context.knowledge), Surroundings(context, items), tellers)
    for sentence in items:
        reader.read(sentence)
    return tuple(action for action, _ in reader.found)


def fire_agreements(context: Context, folded: Items) -> Iterator[Firing]:
    """The rules that match a folded sentence, without those that ask more of the name than it gives."""
    if all(item.kind != "agreement" for item in folded.items):
        return
    for firing in context.knowledge.rules.fire("agreement", folded.items, folded.words):
        mention = cast(AgreementMention, folded.items[firing.match.slots["X"]].value)
        if _allowed(firing, mention) and _direct(folded, firing):
            yield firing


def tells_of_agreement(context: Context, items: Items) -> bool:
    """Whether a sentence out of its document can say what is done to an agreement, whoever its sides are."""
    words, listing = vocabulary(context.knowledge), lists(context, items, None)
    folded = fold_agreements(context, items, listing is not None)
    deeds = context.knowledge.rules.fire("agreement-deed", folded.items, folded.words)
    if listing is not None or next(deeds, None):
        return True
    for firing in fire_agreements(context, folded):
        said = cast(AgreementMention, folded.items[firing.match.slots["X"]].value)
        if _of_states(words, folded, said) and not unreal(words, folded, said, firing):
            return True
    return False


def _of_states(words: Vocabulary, folded: Items, said: AgreementMention) -> bool:
    """Whether it can be one of states: by its words, a side in the sentence, or because it was named before."""
    if said.definite or said.back or between_states(words, said, (), ""):
        return True
    return any(party.side for item in folded.items for party, _ in parties_of(item))


def _allowed(firing: Firing, mention: AgreementMention) -> bool:
    needs = firing.rule.sets.get("needs")
    held = {"to-come": mention.draft, "dated": mention.dated and not mention.draft, "described": bool(mention.content)}
    return needs is None or held[needs]


def _direct(folded: Items, firing: Firing) -> bool:
    """Whether no other agreement stands between a rule's words and the name it is about."""
    between = folded.items[firing.match.start : firing.match.slots["X"]]
    return all(item.kind != "agreement" for item in between)


@dataclass(slots=True)
class _Reader:
    """Remembers the agreements named and the actions found."""

    context: Context
    words: Vocabulary
    surroundings: Surroundings
    tellers: Tellers
    named: list[AgreementMention] = field(default_factory=list)
    found: list[tuple[AgreementAction, AgreementMention]] = field(default_factory=list)
    listing: Firing | None = None

    def read(self, items: Items) -> None:
        self.listing = lists(self.context, items, self.listing)
        folded = fold_agreements(self.context, items, self.listing is not None)
        firings = list(fire_agreements(self.context, folded))
        told: Firing | None = None
        for place, item in enumerate(folded.items):
            if item.kind == "agreement":
                told = self.name(folded, place, firings, told)
            elif told is not None and item.norm not in self.words["joining"]:
                told = None
        for mention, firing in agreed(self.context, folded):
            self.keep(folded, mention, firing, mention.parties)

    def name(
        self, folded: Items, place: int, firings: Sequence[Firing], joined_to: Firing | None
    ) -> Firing | None:
        """Take in a name, and what is told of it: by a rule, by the name it is joined to, by the list it is in."""
        said = cast(AgreementMention, folded.items[place].value)
        mention = self.resolved(said)
        best = _nearest([f for f in firings if f.match.slots["X"] == place])
        inherited = joined_to or self.listing
        if best is None and inherited is not None and said.content:
            best = at_place(inherited, place)
        if best is not None and not set_aside(self.words, folded, said, mention, best):
            mention = self.told(folded, mention, best)
        if not mention.bare:
            self.named.append(mention)
        return best

    def resolved(self, mention: AgreementMention) -> AgreementMention:
        """The mention with what was said of the same agreement before."""
        earlier = next((e for e in reversed(self.named) if same(mention, e)), None)
        return merged(mention, earlier) if earlier else mention

    def told(self, folded: Items, mention: AgreementMention, firing: Firing) -> AgreementMention:
        """Keep the action a firing tells, if the agreement is one between states; the mention with its sides."""
        actors = slot_parties(folded, firing, "A")
        mention = self.surroundings.completed(folded, mention, firing)
        if between_states(self.words, mention, actors, str(firing.rule.sets["action"])):
            for one in apart(mention, actors):
                self.keep(folded, one, firing, actors)
        return mention

    def keep(self, folded: Items, mention: AgreementMention, firing: Firing, actors: Sequence[Party]) -> None:
        """Keep an action with all its fields."""
        document, at = self.context.document.id, firing.match.slots.get("X", firing.match.start)
        span = folded.span(document, firing.match.start, firing.match.stop)
        words = folded.span(document, at, at + 1 if "X" in firing.match.slots else firing.match.stop)
        place, rule = place_of(folded, firing), firing.rule.id
        when = when_of(folded, firing) or news_day(self.context, folded, firing, mention)
        mention = self.recognised(folded, mention, when, place)
        name = agreement_name(self.context.knowledge, mention)
        made = AgreementAction(
            id=identity(document, span, words),
            document=document,
            quotes=(span,),
            agreement=Cited(name, words, "agreement-known" if mention.known else "agreement-described"),
            action=Cited(action_of(self.words, folded, firing), span, rule),
            by=tuple(Cited(side, span, rule) for side in self.by(folded, mention, firing, actors)),
            when=when,
            place=place,
            condition=condition_of(self.context, folded, firing),
        )
        self.add(made, mention)

    def recognised(
        self, folded: Items, mention: AgreementMention, when: Cited[When] | None, place: Cited[str] | None
    ) -> AgreementMention:
        """The mention under its usual name, if day, place, sides or words tell which known agreement it is."""
        if mention.known:
            return mention
        told = mention.when or (when.value if when else None)
        name = identified(self.context.knowledge, mention, told, place.value if place else None)
        if not name and mention.proper:
            row = self.surroundings.items[folded.sentence.index].items
            there = {p.side for item in row for p, _ in parties_of(item) if p.side}
            name = by_words(self.context.knowledge, mention, there)
        return replace(mention, known=name) if name else mention

    def by(
        self, folded: Items, mention: AgreementMention, firing: Firing, actors: Sequence[Party]
    ) -> tuple[str, ...]:
        """The sides acting: who the rule says, else whoever the name says."""
        if firing.rule.sets.get("by") == "teller" and not actors:
            token = folded.items[firing.match.start].first
            side = side_of(self.context, self.tellers(folded.sentence.index, token))
            return (side,) if side else ()
        acting = sides(actors)
        joint = firing.rule.sets["action"] in _JOINT
        return sides((*actors, *mention.parties)) if joint or not acting else acting

    def add(self, made: AgreementAction, mention: AgreementMention) -> None:
        """Keep an action, or join it to the same one told before."""
        if made.action.value == "negotiated" and mention.back and self._signed(made.agreement.value):
            return
        for at, (earlier, before) in enumerate(self.found):
            if earlier.action.value == made.action.value and _one(earlier, before, made, mention):
                self.found[at] = joined(earlier, made, rename=bool(mention.known)), before
                return
        self.found.append((made, mention))

    def _signed(self, name: str) -> bool:
        return any(a.action.value == "signed" and a.agreement.value == name for a, _ in self.found)


def _one(earlier: AgreementAction, before: AgreementMention, made: AgreementAction, mention: AgreementMention) -> bool:
    """Whether two actions of a kind are on one agreement; what two sides allege are two allegations."""
    if made.action.value == "breach-alleged" and earlier.by and made.by and not _share(earlier, made):
        return False
    if mention.known and before.known:
        return mention.known == before.known
    a, b = set(sides(before.parties)), set(sides(mention.parties))
    if a - b and b - a and len(a) > 1 < len(b) and not (mention.known or before.known):
        return False
    if mention.known and renames(made.agreement.value, earlier, mention.idle):
        return True
    return alike(earlier.agreement.value, made.agreement.value)


def _share(a: AgreementAction, b: AgreementAction) -> bool:
    return bool({c.value for c in a.by} & {c.value for c in b.by})


def _nearest(firings: Sequence[Firing]) -> Firing | None:
    """The winner; if its phrase has a gap, with the subject nearest to the verb."""
    best = winner(firings)
    if best is None or "A" not in best.match.slots or "..." not in best.phrase.source:
        return best
    same_rule = [f for f in firings if f.phrase is best.phrase and f.match.stop == best.match.stop]
    return max(same_rule, key=lambda f: f.match.start)
