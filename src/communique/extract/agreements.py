"""What a document reports as done to agreements: signed, suspended, breached …, by rules of field ``agreement``.

A sentence is read with the names of agreements folded to items (:mod:`.agreement_names`); of the rules that claim
one name the winner tells the action. Names are followed through the document, so that "the pact" is the pact named
before, and title and body telling the same are one action.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import cast

from communique.extract.agreement_lists import agreed, at_place, lists
from communique.extract.agreement_names import AgreementMention, agreement_name, fold_agreements, sides
from communique.extract.agreement_words import vocabulary
from communique.extract.context import Context
from communique.extract.items import Items, parties_of
from communique.knowledge.rules import Firing, winner
from communique.model import Action, AgreementAction, Cited, Party, Span, When

Tellers = Callable[[int, int], str | None]
_MINOR = frozenset("the a an of on for to in and with by between".split())
_NEGATIONS = frozenset(("no", "not", "never", "n't", "without", "neither"))
_CONDITIONAL = frozenset(("if", "unless", "until", "whether", "once"))
_CLOSERS = frozenset((".", ";", ":", "!", "?", '"'))


def _nobody(sentence: int, token: int) -> str | None:
    return None


def find_agreements(context: Context, items: Sequence[Items], tellers: Tellers = _nobody) -> tuple[AgreementAction, ...]:
    """All actions on agreements that the document reports, one for each agreement and action, in order."""
    reader = _Reader(context, items, tellers)
    for sentence in items:
        reader.read(sentence)
    return tuple(reader.found.values())


def fire_agreements(context: Context, folded: Items) -> Iterator[Firing]:
    """The rules that match a folded sentence, without those that ask more of the name than it gives."""
    for firing in context.knowledge.rules.fire("agreement", folded.items, folded.words):
        if "X" in firing.match.slots and _allowed(firing, _mention(folded, firing)):
            yield firing


def _mention(folded: Items, firing: Firing) -> AgreementMention:
    return cast(AgreementMention, folded.items[firing.match.slots["X"]].value)


def _allowed(firing: Firing, mention: AgreementMention) -> bool:
    needs = firing.rule.sets.get("needs")
    held = {"to-come": mention.draft, "dated": mention.dated and not mention.draft, "described": bool(mention.content)}
    return needs is None or held[needs]


@dataclass(slots=True)
class _Reader:
    """Reads sentence after sentence; remembers the agreements named and the actions found."""

    context: Context
    items: Sequence[Items]
    tellers: Tellers
    named: list[AgreementMention] = field(default_factory=list)
    found: dict[tuple[str, str], AgreementAction] = field(default_factory=dict)
    listing: Firing | None = None

    def read(self, items: Items) -> None:
        self.listing = lists(self.context, items, self.listing)
        folded = fold_agreements(self.context, items, self.listing is not None)
        places = [k for k, item in enumerate(folded.items) if item.kind == "agreement"]
        firings = list(fire_agreements(self.context, folded))
        for place in places:
            mention = self.resolved(cast(AgreementMention, folded.items[place].value))
            best = winner(f for f in firings if f.match.slots["X"] == place)
            if best is None and self.listing is not None and mention.content:
                best = at_place(self.listing, place)
            if best is not None:
                mention = self.told(folded, mention, best)
            if not mention.bare:
                self.named.append(mention)
        for mention, firing in agreed(self.context, folded):
            self.keep(folded, mention, firing, mention.parties)

    def resolved(self, mention: AgreementMention) -> AgreementMention:
        """The mention with what was said of the same agreement before."""
        for earlier in reversed(self.named):
            if _same(mention, earlier):
                return _merged(mention, earlier)
        return mention

    def told(self, folded: Items, mention: AgreementMention, firing: Firing) -> AgreementMention:
        """Keep the action a firing tells, if the agreement is one between states; the mention with its sides."""
        actors = _slot_parties(folded, firing, "A")
        others = _slot_parties(folded, firing, "B")
        if len(sides(mention.parties)) < 2:
            extra = (*actors, *others) if firing.rule.sets["action"] not in _ONE_SIDED else others
            mention = replace(mention, parties=_distinct((*mention.parties, *extra)))
        if len(sides(mention.parties)) == 1 and not mention.known and not self.political(mention):
            mention = replace(mention, parties=_distinct((*mention.parties, *self.around(folded))))
        sure = self.between_states(mention, actors)
        if not mention.parties and (not mention.bare or (mention.definite and firing.rule.id == "agr-signed-passive")):
            mention = replace(mention, parties=self.around(folded))
        if (sure or len(sides(mention.parties)) > 1) and not self.set_aside(folded, mention, firing):
            for one in _apart(mention, actors):
                self.keep(folded, one, firing, actors)
        return mention

    def around(self, folded: Items) -> tuple[Party, ...]:
        """The first two sides named in the sentence, else in the one before, else in the title."""
        index = folded.sentence.index
        for k in dict.fromkeys((index, max(index - 1, 0), 0)):
            found = _distinct(p for item in self.items[k].items for p, _ in parties_of(item))
            if len(found) > 1:
                return found[:2]
        return ()

    def between_states(self, mention: AgreementMention, actors: Sequence[Party]) -> bool:
        """Whether sides, or the words themselves, tell that states made it."""
        if mention.known or mention.proper or len(sides((*mention.parties, *actors))) > 1:
            return True
        return self.political(mention)

    def political(self, mention: AgreementMention) -> bool:
        """Whether a word of the name belongs to affairs of state."""
        return bool(vocabulary(self.context.knowledge).political & mention.content)

    def set_aside(self, folded: Items, mention: AgreementMention, firing: Firing) -> bool:
        """Denied ones, those with companies, and talk of a "deal" that nothing tells from others."""
        words = vocabulary(self.context.knowledge)
        start = firing.match.start
        near = folded.text(max(0, start - 3), min(len(folded.items), firing.match.stop + 6))
        before = folded.text(0, start)
        if mention.denied or not words.companies.isdisjoint(near) or not words.denials.isdisjoint(before):
            return True
        if not _NEGATIONS.isdisjoint(before[-4:]) and firing.rule.sets["action"] != "breach-alleged":
            return True
        return mention.bare and firing.rule.sets["action"] in ("negotiated", "proposed")

    def keep(self, folded: Items, mention: AgreementMention, firing: Firing, actors: Sequence[Party]) -> None:
        action = _action(folded, firing)
        document = self.context.document.id
        at = firing.match.slots.get("X", firing.match.start)
        place = folded.items[at]
        span = folded.span(document, firing.match.start, firing.match.stop)
        words = folded.span(document, at, at + 1 if "X" in firing.match.slots else firing.match.stop)
        name = agreement_name(self.context.knowledge, mention)
        rule = firing.rule.id
        made = AgreementAction(
            id=_identity(document, span, words),
            document=document,
            quotes=(span,),
            agreement=Cited(name, words, "agreement-known" if mention.known else "agreement-described"),
            action=Cited(action, span, rule),
            by=tuple(Cited(side, span, rule) for side in self.by(folded, mention, firing, actors, place.first)),
            when=_when(folded, firing, document),
            place=_place(folded, firing),
            condition=_condition(self.context, folded, firing),
        )
        self.add(made, mention)

    def by(
        self, folded: Items, mention: AgreementMention, firing: Firing, actors: Sequence[Party], token: int
    ) -> tuple[str, ...]:
        """The sides acting: who the rule says, else whoever the name says."""
        if firing.rule.sets.get("by") == "teller" and not actors:
            side = _side_of(self.context, self.tellers(folded.sentence.index, token))
            return (side,) if side else ()
        acting = sides(actors)
        joint = firing.rule.sets["action"] in _JOINT
        return sides((*actors, *mention.parties)) if joint or not acting else acting

    def add(self, made: AgreementAction, mention: AgreementMention) -> None:
        key = (made.action.value, made.agreement.value)
        if made.action.value == "negotiated" and mention.back and ("signed", made.agreement.value) in self.found:
            return
        for (action, name), earlier in self.found.items():
            if action == made.action.value and _alike(name, made.agreement.value):
                self.found[action, name] = _joined(earlier, made)
                return
        self.found[key] = made


def _action(folded: Items, firing: Firing) -> Action:
    """The action a rule tells; a signing that hangs on an "if" is still to come."""
    action = cast(Action, firing.rule.sets["action"])
    before = folded.text(0, firing.match.start)[-5:]
    return "negotiated" if action == "signed" and not _CONDITIONAL.isdisjoint(before) else action


def _apart(mention: AgreementMention, actors: Sequence[Party]) -> tuple[AgreementMention, ...]:
    """ "Trade deals with Norway and Chad" are two."""
    if len(sides(mention.partners)) < 2:
        return (mention,)
    own = [p for p in (*actors, *mention.parties) if p.side not in sides(mention.partners)]
    return tuple(replace(mention, parties=_distinct((*own, partner))) for partner in _distinct(mention.partners))


_JOINT = frozenset(("signed", "negotiated", "extended", "amended", "in-force"))
_ONE_SIDED = frozenset(("breach-alleged", "implemented", "return-offered"))


def _same(mention: AgreementMention, earlier: AgreementMention) -> bool:
    """Whether a later mention can be the agreement named earlier."""
    if mention.known and earlier.known:
        return mention.known == earlier.known
    a, b = set(sides(mention.parties)), set(sides(earlier.parties))
    if a and b and not a & b:
        return False
    if mention.known or earlier.known:
        return _of_name(mention, earlier)
    if not mention.content:
        return mention.back or not a
    shared = len(mention.content & earlier.content)
    return shared > 0 and shared >= 0.5 * min(len(mention.content), len(earlier.content) or 1)


def _of_name(mention: AgreementMention, earlier: AgreementMention) -> bool:
    """Whether words go back to a known name, or a known name tells what earlier words meant."""
    name = {w.lower() for w in (mention.known or earlier.known or "").split()}
    words = earlier.content if mention.known else mention.content
    if mention.known:
        return bool(words & name) and len(words - name) < 2
    return mention.back and (not words or bool(words & name))


def _merged(mention: AgreementMention, earlier: AgreementMention) -> AgreementMention:
    return replace(
        mention,
        known=mention.known or earlier.known,
        words=mention.words if mention.content else earlier.words,
        subject=mention.subject or earlier.subject,
        noun=earlier.noun if mention.back and not mention.content else mention.noun,
        parties=_distinct((*mention.parties, *earlier.parties)),
    )


def _distinct(parties: Iterable[Party]) -> tuple[Party, ...]:
    kept: dict[str, Party] = {}
    for party in parties:
        if party.side:
            kept.setdefault(party.side, party)
    return tuple(kept.values())


def _slot_parties(folded: Items, firing: Firing, slot: str) -> tuple[Party, ...]:
    at = firing.match.slots.get(slot)
    return tuple(p for p, _ in parties_of(folded.items[at])) if at is not None else ()


def _identity(document: str, span: Span, words: Span) -> str:
    return sha256(f"{document}\0agreement\0{span.part}\0{span.start}\0{words.start}".encode()).hexdigest()[:16]


def _when(folded: Items, firing: Firing, document: str) -> Cited[When] | None:
    """The time nearest to the words that tell the action, within their clause; inside the name only if nothing else."""
    best: tuple[int, int] | None = None
    for k, item in enumerate(folded.items):
        if item.kind == "time" and item.value.when is not None:
            away = max(firing.match.start - k, k - firing.match.stop + 1, 0)
            if best is None or away < best[0]:
                best = (away, k)
    if best is None or best[0] > 6:
        return None
    mention = folded.items[best[1]].value
    return Cited(mention.when, mention.span, mention.rule)


def _place(folded: Items, firing: Firing) -> Cited[str] | None:
    for k in range(firing.match.start, min(len(folded.items), firing.match.stop + 3)):
        item = folded.items[k]
        if item.kind == "place" and isinstance(item.value, Span):
            tokens = [t for t in folded.sentence.tokens if item.value.start <= t.start < item.value.stop]
            return Cited(" ".join(t.text for t in tokens), item.value, "agreement-place")
    return None


def _condition(context: Context, folded: Items, firing: Firing) -> Cited[str] | None:
    """The condition an action hangs on: from its first word to the end of the clause, as it stands in the text."""
    for found in context.knowledge.rules.fire("condition", folded.items, folded.words):
        start = found.match.stop - 1 if folded.items[found.match.stop - 1].norm == "if" else found.match.start
        if start < firing.match.stop:
            continue
        stop = start + 1
        while stop < len(folded.items) and folded.items[stop].norm not in _CLOSERS and stop - start < 30:
            stop += 1
        span = folded.span(context.document.id, start, stop)
        return Cited(context.document.part(span.part)[span.start : span.stop], span, found.rule.id)
    return None


def _side_of(context: Context, teller: str | None) -> str | None:
    if teller is None:
        return None
    for mentions in context.actors:
        for mention in mentions:
            for party in mention.parties:
                if teller in (party.name, party.organisation):
                    return party.side
    return context.knowledge.registry.side(teller)


def _alike(a: str, b: str) -> bool:
    """Whether two names are one agreement: most words of the shorter stand in the longer."""
    x, y = _plain(a), _plain(b)
    return bool(x and y) and len(x & y) > 0.6 * min(len(x), len(y))


def _plain(name: str) -> frozenset[str]:
    words = name.lower().replace("-", " ").split()
    return frozenset(w for w in words if w not in _MINOR)


def _joined(earlier: AgreementAction, later: AgreementAction) -> AgreementAction:
    """One action told twice: the first stands; what it leaves open the second fills."""
    return replace(
        earlier,
        quotes=(*earlier.quotes, *later.quotes) if len(earlier.quotes) < 3 else earlier.quotes,
        by=earlier.by or later.by,
        when=earlier.when or later.when,
        place=earlier.place or later.place,
        condition=earlier.condition or later.condition,
    )
