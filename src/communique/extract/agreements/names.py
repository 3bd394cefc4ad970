"""Words that name an agreement, taken as one item: "the 2015 nuclear deal with Iran", "a memorandum on trade".

A name is known (a row of ``agreements.csv`` or its alias) or described: its sides, the words before its noun and the
subject behind it. "The agreement" and "that document" go back to the agreement named last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from communique.extract.agreements.mention import AgreementMention, ends_war, sides
from communique.extract.agreements.parts import Before, Behind
from communique.extract.agreements.words import Vocabulary, known_names, vocabulary
from communique.extract.context import Context
from communique.extract.items import Items, parties_of
from communique.extract.times import publication_day
from communique.knowledge.phrases import Item
from communique.text import Token

_TELLING = 3  # an alias of more words than this is known whatever its article
_AHEAD = 3  # years before its signing in which an agreement is spoken of
_CAPITALS = 0.6

Found = tuple[int, int, AgreementMention]


def fold_agreements(context: Context, items: Items, listing: bool = False) -> Items:
    """The sentence with every name of an agreement as one item of kind ``agreement``.

    In a ``listing`` of what was signed, nouns of many meanings (programme, roadmap) count as well.
    """
    words = vocabulary(context.knowledge)
    told = _told_names(context, items)
    if not told and not words.may_name(items.words):
        return items
    known = known_names(words, items.sentence.tokens) | told
    return _Folder(context, items, words, known, listing).folded()


def _told_names(context: Context, items: Items) -> dict[int, tuple[int, str]]:
    """Known agreements that a rule of field ``agreement-name`` names: "GATT rules"."""
    row = items.items
    firings = context.knowledge.rules.fire("agreement-name", row, items.words)
    return {row[f.match.start].first: (row[f.match.stop - 1].last, str(f.rule.sets["name"])) for f in firings}


@dataclass(slots=True)
class _Folder:
    """Goes through a sentence; ``known`` is first token → (token behind the last, usual name)."""

    context: Context
    items: Items
    words: Vocabulary
    known: Mapping[int, tuple[int, str]]
    listing: bool
    floor: int = 0

    def folded(self) -> Items:
        """The sentence with its names folded; a name never reaches back over the one before it."""
        row, out, i = self.items.items, list[Item](), 0
        while i < len(row):
            found = self.at(i)
            if found is None:
                out.append(row[i])
                i += 1
                continue
            start, stop, mention = found
            del out[len(out) - (i - start) :]
            out += self.pieces(row[start], row[stop - 1], mention)
            i = self.floor = stop
        return replace(self.items, items=tuple(out))

    def pieces(self, head: Item, last: Item, mention: AgreementMention) -> list[Item]:
        """The name as an item, behind the preposition that its first item took in ("of | last month's accord")."""
        token = self.items.sentence.tokens[head.first]
        absorbed = head.kind in ("time", "place") and token.norm in self.words["time-preposition"]
        before = [Item(token.norm, head.first, head.first + 1)] if absorbed else []
        return [*before, Item("", head.first + absorbed, last.last, "agreement", mention)]

    def at(self, i: int) -> Found | None:
        """The name whose noun, or whose first known word, is item ``i``: items ``[start, stop)``."""
        item = self.items.items[i]
        for token in range(item.first, item.last):
            if token in self.known and (token == item.first or item.kind != "word"):
                found = self.known_name(i, token)
                if found:
                    return found
        if item.kind != "word" or not self.is_head(i) or not self.is_noun(i):
            return None
        return self.described(i)

    def of_its_time(self, name: str) -> bool:
        """Whether the agreement can have been spoken of: signed by then, or within a few years."""
        signed = self.context.knowledge.registry.agreements[name].signed
        day = publication_day(self.context.document)
        return not signed or day is None or int(signed[:4]) <= day.year + _AHEAD

    def is_head(self, i: int) -> bool:
        """Whether a word is a noun of agreements; "cease-fire" is three tokens."""
        row = self.items.items
        if row[i].norm == "fire":
            return i > 1 and row[i - 2].norm == "cease"
        return row[i].norm in self.words["noun"]

    def is_noun(self, i: int) -> bool:
        """Not "to deal", not the first noun of "ceasefire agreement" or "ceasefire and hostage deal"."""
        row, words = self.items.items, self.words
        behind = [item.norm for item in row[i + 1 : i + 4]]
        if behind[:1] == ["and"] and row[i].norm in words["truce"] and not words["head"].isdisjoint(behind):
            return False
        if behind and (behind[0] in words["head"] or behind[0] in words["body"]):
            return False
        if i > 1 and row[i - 2].norm == "within":
            return False
        return not (row[i].norm in ("deal", "deals") and i and row[i - 1].norm in words["before-verb"])

    def known_name(self, i: int, token: int) -> Found | None:
        """A known name; one written small ("the nuclear deal") must be definite, for there are other nuclear deals."""
        (last, name), row, stop = self.known[token], self.items.items, i + 1
        if not self.of_its_time(name):
            return None
        while stop < len(row) and row[stop].first < last:
            stop += 1
        before, behind = self.around(i, stop, named=True)
        first = self.items.sentence.tokens[token].text[0]
        telling = first.isupper() or first.isdigit() or last - token > _TELLING
        if not telling and (not before.definite or before.draft):
            return None
        alias = self.items.sentence.tokens[token:last]
        drafted = before.draft or any(t.norm in self.words["to-come"] for t in alias)
        mention = AgreementMention(
            alias[-1].norm, name, parties=(*before.parties, *behind.parties), definite=True,
            draft=drafted, dated=before.dated, denied=before.denied, when=before.when, idle=self.words.idle,
        )  # fmt: skip
        return before.at, behind.at, mention

    def around(self, i: int, stop: int, named: bool) -> tuple[Before, Behind]:
        """What stands before item ``i`` and from item ``stop`` on."""
        before, behind = Before(self.items, self.words, i), Behind(self.items, self.words, stop)
        before.read(self.floor)
        behind.read(named)
        return before, behind

    def described(self, i: int) -> Found | None:
        """A name made of sides, words and subject."""
        before, behind = self.around(i, i + 1, named=False)
        if any(w.lower() in self.words["domestic"] for w in before.words):
            return None
        noun = self.items.sentence.tokens[self.items.items[i].first]
        mention = AgreementMention(
            noun.norm if noun.norm != "fire" else "ceasefire",
            words=tuple(w for w in before.words if w.lower() != "cease"),
            subject=tuple(behind.subject),
            clause=behind.clause,
            parties=tuple(dict.fromkeys((*before.parties, *behind.parties))),
            partners=tuple(behind.partners) if noun.norm.endswith("s") else (),
            when=before.when,
            definite=before.definite,
            draft=before.draft,
            dated=before.dated,
            back=before.definite or noun.norm in self.words["again"],
            proper=self.proper(noun, (*before.words, *behind.subject)),
            denied=before.denied,
            generic=noun.norm in self.words["generic"],
            idle=self.words.idle,
        )
        if noun.norm in self.words["noun-weak"] and not self.solid(mention, before.at, behind.at):
            return None
        return before.at, behind.at, self.with_known(mention, i, before.at, behind.at)

    def with_known(self, mention: AgreementMention, i: int, start: int, stop: int) -> AgreementMention:
        """ "A final agreement on the JCPOA" is that agreement; "a computer chip pact" beside those who made it, too."""
        row = self.items.items
        tokens = [t for t in range(row[start].first, row[stop - 1].last) if t in self.known]
        name = self.known[tokens[0]][1] if tokens else None
        if name is None or not mention.generic or not self.of_its_time(name):
            return mention
        about = tokens[0] > row[i].first
        fits = about or ("new" not in mention.words and self.made_by_those_named(name))
        return replace(mention, known=name) if fits else mention

    def made_by_those_named(self, name: str) -> bool:
        """Whether all parties of a known agreement are named in the sentence."""
        parties = self.context.knowledge.registry.agreements[name].parties
        there = {p.side for item in self.items.items for p, _ in parties_of(item)}
        return bool(parties) and there.issuperset(parties)

    def proper(self, noun: Token, others: Sequence[str]) -> bool:
        """Whether the name is written with capitals in a sentence that is not all capitals."""
        words = [t for t in self.items.sentence.tokens if t.text[:1].isalpha()]
        if not noun.capital or sum(t.capital for t in words) > _CAPITALS * len(words):
            return False
        return any(w[:1].isupper() for w in others)

    def solid(self, mention: AgreementMention, start: int, stop: int) -> bool:
        """Whether a noun of many meanings (framework, plan, document) is told to be an agreement between states."""
        if len(sides(mention.parties)) > 1 or mention.noun in self.words["again"] or self.done(start, stop):
            return True
        if self.listing and mention.content:
            return True
        if mention.noun in self.words["plan"]:
            peace = not self.words["peace"].isdisjoint(mention.content)
            return peace or ends_war(self.context.knowledge, mention)
        return mention.proper or not self.words["political"].isdisjoint(w.lower() for w in mention.words)

    def done(self, start: int, stop: int) -> bool:
        """Whether it stands where only a document can: "signed a declaration", "the plan was signed"."""
        row, signing = self.items.items, self.words["signing"]
        before = start > 0 and row[start - 1].norm in signing
        return before or any(item.norm in signing for item in row[stop : stop + 5])
