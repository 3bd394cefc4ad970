"""Reads sentence after sentence what is done to agreements, by rules of field ``agreement``.

A sentence is read with the names of agreements folded to items; of the rules that claim one name the winner tells the
action. Names are followed through the document, so that "the pact" is the pact named before, and title and body
telling the same are one action.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from communique.extract.agreements.fields import condition_of, identity, place_of, side_of, when_of
from communique.extract.agreements.known import by_words, identified
from communique.extract.agreements.lists import agreed, at_place, lists
from communique.extract.agreements.names import AgreementMention, agreement_name, fold_agreements, sides
from communique.extract.agreements.same import alike, distinct, joined, merged, renames, same
from communique.extract.agreements.words import vocabulary
from communique.extract.context import Context
from communique.extract.items import Items, parties_of
from communique.knowledge.phrases import Item
from communique.knowledge.rules import Firing, winner
from communique.model import Action, AgreementAction, Cited, Party, When

Tellers = Callable[[int, int], str | None]
_NEGATIONS = frozenset(("no", "not", "never", "n't", "without", "neither"))
_CONDITIONAL = frozenset(("if", "unless", "until", "whether", "once"))
_UNREAL = frozenset("depends must should need needs call calls called urged importance necessary necessity".split())
_KINDS = ("nuclear", "peace", "trade", "ceasefire", "hostage", "security", "tariff")
_PAST = frozenset(("withdrawn", "terminated", "in-force", "ratified", "amended", "extended"))
_MODALS = frozenset(("could", "would", "may", "might", "will"))
_MUST = frozenset(("must", "should", "will", "would"))
_PROPOSING = frozenset(("proposed", "proposes", "suggested", "suggests", "called", "offered", "possibility"))
_GOODS = frozenset("dollar dollars exports imports products goods firms banks companies manufacturers cars troops".split())
_HELPED = frozenset("allied backed led brokered mediated sponsored based supported controlled".split())
_JOINING = frozenset((",", "and", "also", "as", "well"))
_FEW = 4
_TRUCES = frozenset(("ceasefire", "truce", "armistice"))
_JOINT = frozenset(("signed", "negotiated", "extended", "amended", "in-force"))
_ONE_SIDED = frozenset(("breach-alleged", "implemented", "return-offered"))
_NOT_BARE = frozenset(("negotiated", "proposed", "breach-alleged", "implemented"))


def _nobody(sentence: int, token: int) -> str | None:
    return None


def find_agreements(context: Context, items: Sequence[Items], tellers: Tellers = _nobody) -> tuple[AgreementAction, ...]:
    """All actions on agreements that the document reports, one for each agreement and action, in order.

    ``tellers`` names who is speaking at a token of a sentence: the side that alleges a breach.
    """
    reader = _Reader(context, items, tellers)
    for sentence in items:
        reader.read(sentence)
    return tuple(action for action, _ in reader.found.values())


def fire_agreements(context: Context, folded: Items) -> Iterator[Firing]:
    """The rules that match a folded sentence, without those that ask more of the name than it gives."""
    if all(item.kind != "agreement" for item in folded.items):
        return
    for firing in context.knowledge.rules.fire("agreement", folded.items, folded.words):
        if _allowed(firing, _mention(folded, firing)):
            yield firing


def _mention(folded: Items, firing: Firing) -> AgreementMention:
    return cast(AgreementMention, folded.items[firing.match.slots["X"]].value)


def _allowed(firing: Firing, mention: AgreementMention) -> bool:
    needs = firing.rule.sets.get("needs")
    held = {"to-come": mention.draft, "dated": mention.dated and not mention.draft, "described": bool(mention.content)}
    return needs is None or held[needs]


@dataclass(slots=True)
class _Reader:
    """Remembers the agreements named and the actions found."""

    context: Context
    items: Sequence[Items]
    tellers: Tellers
    named: list[AgreementMention] = field(default_factory=list)
    found: dict[tuple[str, str], tuple[AgreementAction, AgreementMention]] = field(default_factory=dict)
    listing: Firing | None = None

    def read(self, items: Items) -> None:
        self.listing = lists(self.context, items, self.listing)
        folded = fold_agreements(self.context, items, self.listing is not None)
        firings = [f for f in fire_agreements(self.context, folded) if _direct(folded, f)]
        told: Firing | None = None
        for place, item in enumerate(folded.items):
            if item.kind == "agreement":
                told = self.name(folded, place, firings, told)
            elif item.norm not in _JOINING:
                told = None
        for mention, firing in agreed(self.context, folded):
            self.keep(folded, mention, firing, mention.parties)

    def name(self, folded: Items, place: int, firings: Sequence[Firing], joined_to: Firing | None) -> Firing | None:
        """Take in a name, and what is told of it: by a rule, by the name it is joined to, or by the list it stands in."""
        said = cast(AgreementMention, folded.items[place].value)
        mention = self.resolved(said)
        best = _nearest([f for f in firings if f.match.slots["X"] == place])
        inherited = joined_to or self.listing
        if best is None and inherited is not None and said.content:
            best = at_place(inherited, place)
        if best is not None and not self.set_aside(folded, said, mention, best):
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
        actors = _slot_parties(folded, firing, "A")
        mention = self.completed(folded, mention, firing, actors)
        if self.between_states(mention, actors, str(firing.rule.sets["action"])):
            for one in _apart(mention, actors):
                self.keep(folded, one, firing, actors)
        return mention

    def completed(
        self, folded: Items, mention: AgreementMention, firing: Firing, actors: Sequence[Party]
    ) -> AgreementMention:
        """The mention with the sides that act, or stand around it, where its own words name fewer than two."""
        action, parties = firing.rule.sets["action"], mention.parties
        if mention.bare and action == "negotiated":
            mention = replace(mention, words=tuple(k for k in _KINDS if k in folded.words and mention.noun not in _TRUCES)[:1])
            parties = parties or self.around(folded, together=not self.talks_told(folded))
        if len(sides(parties)) < 2:
            others = _slot_parties(folded, firing, "B")
            parties = distinct((*parties, *(() if action in _ONE_SIDED else actors), *others))
        lonely = len(sides(parties)) == 1 and not self.political(mention)
        if mention.known:
            return replace(mention, parties=self.registered(mention.known))
        if lonely or (not parties and not mention.bare) or (mention.definite and firing.rule.id == "agr-signed-passive"):
            together = not parties and self.political(mention)
            parties = parties if len(sides(parties)) > 1 else distinct((*parties, *self.around(folded, together)))
        return replace(mention, parties=parties)

    def registered(self, name: str) -> tuple[Party, ...]:
        """The parties of a known agreement, where they are few."""
        registry = self.context.knowledge.registry
        parties = registry.agreements[name].parties
        few = parties if len(parties) < _FEW else ()
        return tuple(Party(state=s, organisation=o, level="body") for s, o in map(registry.party_side, few))

    def around(self, folded: Items, together: bool = False) -> tuple[Party, ...]:
        """The sides named together in the sentence, else its first two; else those of the one before, or the title.

        With ``together`` only sides joined in one phrase ("Norway and Chad", "Norway-Chad") count.
        """
        index = folded.sentence.index
        for k in dict.fromkeys((index, max(index - 1, 0), 0)):
            row = self.items[k].items
            each = [distinct(p for p, _ in parties_of(item)) for n, item in enumerate(row) if _acts(row, n)]
            loose = () if together else distinct(p for e in each for p in e)
            found = next((e for e in each if len(e) == 2), ()) or loose
            if len(found) > 1:
                return found[:2]
        return ()

    def between_states(self, mention: AgreementMention, actors: Sequence[Party], action: str) -> bool:
        """Whether sides, or the words themselves, tell that states made it."""
        if mention.known or mention.proper or len(sides((*mention.parties, *actors))) > 1:
            return True
        if mention.noun in _TRUCES:
            return bool(mention.parties or actors or mention.content)
        offered = action == "proposed" and bool(actors) and len(mention.content) > 1
        return offered or self.political(mention)

    def political(self, mention: AgreementMention) -> bool:
        """Whether a word of the name belongs to affairs of state."""
        words = vocabulary(self.context.knowledge).political
        return mention.noun in _TRUCES or not words.isdisjoint(mention.content)

    def set_aside(self, folded: Items, said: AgreementMention, mention: AgreementMention, firing: Firing) -> bool:
        """Denied ones, those with companies, and talk of a "deal" that nothing tells from others."""
        action, start = firing.rule.sets["action"], firing.match.start
        before = folded.text(0, start)
        if said.denied or (not _NEGATIONS.isdisjoint(before[-4:]) and action != "breach-alleged"):
            return True
        if action in ("implemented", "in-force") and not _UNREAL.isdisjoint(before):
            return True
        if action in _PAST and not _MODALS.isdisjoint(before[-6:]):
            return True
        if self.commercial(folded, said, firing) or not vocabulary(self.context.knowledge).denials.isdisjoint(before):
            return True
        if action == "proposed" and said.noun in _TRUCES:
            return False
        bare = said if action == "proposed" else mention
        if not bare.bare or action not in _NOT_BARE or len(sides(_slot_parties(folded, firing, "A"))) > 1:
            return False
        return action != "negotiated" or not self.talks_told(folded)

    def talks_told(self, folded: Items) -> bool:
        """Whether the sentence says what talks a bare "deal" would come of: "nuclear talks", "talks of Norway and Chad"."""
        if folded.words.isdisjoint(("talks", "negotiations")):
            return False
        return any(k in folded.words for k in _KINDS) or any(len(_sides_of(item)) == 2 for item in folded.items)

    def commercial(self, folded: Items, said: AgreementMention, firing: Firing) -> bool:
        """Whether it is bought and sold, or made with a company (Reuters writes <Company Ltd>)."""
        words = vocabulary(self.context.knowledge)
        near = folded.text(max(0, firing.match.start - 3), min(len(folded.items), firing.match.stop + 6))
        sold = bool(said.subject) and said.subject[0].lower() in words.commerce
        lent = not words.domestic.isdisjoint(w.lower() for w in said.subject[:4])
        return sold or lent or "<" in folded.words or not words.companies.isdisjoint(near)

    def keep(self, folded: Items, mention: AgreementMention, firing: Firing, actors: Sequence[Party]) -> None:
        document, at = self.context.document.id, firing.match.slots.get("X", firing.match.start)
        span = folded.span(document, firing.match.start, firing.match.stop)
        words = folded.span(document, at, at + 1 if "X" in firing.match.slots else firing.match.stop)
        when, place, rule = when_of(folded, firing), place_of(folded, firing), firing.rule.id
        mention = self.recognised(folded, mention, when, place)
        by = self.by(folded, mention, firing, actors, folded.items[at].first)
        made = AgreementAction(
            id=identity(document, span, words),
            document=document,
            quotes=(span,),
            agreement=Cited(
                agreement_name(self.context.knowledge, mention),
                words,
                "agreement-known" if mention.known else "agreement-described",
            ),
            action=Cited(_action(folded, firing), span, rule),
            by=tuple(Cited(side, span, rule) for side in by),
            when=when,
            place=place,
            condition=condition_of(self.context, folded, firing),
        )
        self.add(made, mention)

    def recognised(
        self, folded: Items, mention: AgreementMention, when: Cited[When] | None, place: Cited[str] | None
    ) -> AgreementMention:
        """The mention under its usual name, if day, place and sides tell which known agreement it is."""
        if mention.known:
            return mention
        told = mention.when or (when.value if when else None)
        name = identified(self.context.knowledge, mention, told, place.value if place else None)
        if not name and mention.proper:
            there = {p.side for item in self.items[folded.sentence.index].items for p, _ in parties_of(item) if p.side}
            name = by_words(self.context.knowledge, mention, there)
        return replace(mention, known=name) if name else mention

    def by(
        self, folded: Items, mention: AgreementMention, firing: Firing, actors: Sequence[Party], token: int
    ) -> tuple[str, ...]:
        """The sides acting: who the rule says, else whoever the name says."""
        if firing.rule.sets.get("by") == "teller" and not actors:
            side = side_of(self.context, self.tellers(folded.sentence.index, token))
            return (side,) if side else ()
        acting = sides(actors)
        joint = firing.rule.sets["action"] in _JOINT
        return sides((*actors, *mention.parties)) if joint or not acting else acting

    def add(self, made: AgreementAction, mention: AgreementMention) -> None:
        action, name = made.action.value, made.agreement.value
        if action == "negotiated" and mention.back and ("signed", name) in self.found:
            return
        for key, (earlier, before) in self.found.items():
            if key[0] == action and _one(earlier, before, made, mention):
                self.found[key] = joined(earlier, made, rename=bool(mention.known)), before
                return
        self.found[action, name] = made, mention


def _acts(row: Sequence[Item], at: int) -> bool:
    """Whether a side stands for itself: not in "Norwegian goods", not in "a Norway-brokered truce"."""
    after = [item.norm for item in row[at + 1 : at + 3]]
    return row[at].kind != "place" and not (after and (after[0] in _GOODS or (after[0] == "-" and after[-1] in _HELPED)))


def _one(earlier: AgreementAction, before: AgreementMention, made: AgreementAction, mention: AgreementMention) -> bool:
    """Whether two actions of a kind are on one agreement."""
    if mention.known and before.known:
        return mention.known == before.known
    a, b = set(sides(before.parties)), set(sides(mention.parties))
    if a - b and b - a and len(a) > 1 < len(b) and not (mention.known or before.known):
        return False
    return alike(earlier.agreement.value, made.agreement.value) or (
        bool(mention.known) and renames(made.agreement.value, earlier)
    )


def _direct(folded: Items, firing: Firing) -> bool:
    """Whether no other agreement stands between a rule's words and the name it is about."""
    between = folded.items[firing.match.start : firing.match.slots["X"]]
    return all(item.kind != "agreement" for item in between)


def _nearest(firings: Sequence[Firing]) -> Firing | None:
    """The winner; if its phrase has a gap, with the subject nearest to the verb."""
    best = winner(firings)
    if best is None or "A" not in best.match.slots or "..." not in best.phrase.source:
        return best
    same_rule = [f for f in firings if f.phrase is best.phrase and f.match.stop == best.match.stop]
    return max(same_rule, key=lambda f: f.match.start)


def _action(folded: Items, firing: Firing) -> Action:
    """The action a rule tells; a signing that hangs on an "if" is still to come."""
    action = cast(Action, firing.rule.sets["action"])
    before = folded.text(0, firing.match.start)
    if action in ("amended", "extended") or firing.rule.id == "agr-signed-noun":
        action = action if _PROPOSING.isdisjoint(before[-10:]) else "proposed"
    at = firing.match.slots.get("X", firing.match.stop)
    around = (*before[-5:], *folded.text(at + 1, firing.match.stop))
    to_come = not _CONDITIONAL.isdisjoint(around) or not _MUST.isdisjoint(before[-2:])
    return "negotiated" if action == "signed" and to_come else action


def _apart(mention: AgreementMention, actors: Sequence[Party]) -> tuple[AgreementMention, ...]:
    """ "Trade deals with Norway and Chad" are two."""
    if len(sides(mention.partners)) < 2:
        return (mention,)
    own = [p for p in (*actors, *mention.parties) if p.side not in sides(mention.partners)]
    return tuple(replace(mention, parties=distinct((*own, partner))) for partner in distinct(mention.partners))


def _sides_of(item: Item) -> tuple[str, ...]:
    return sides([p for p, _ in parties_of(item)])


def _slot_parties(folded: Items, firing: Firing, slot: str) -> tuple[Party, ...]:
    at = firing.match.slots.get(slot)
    return tuple(p for p, _ in parties_of(folded.items[at])) if at is not None else ()
