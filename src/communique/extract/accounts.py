"""Which sentences of a document belong to the account of a contact, and how each of them speaks of it.

A report's *own* sentences hold the words that tell of the contact. What follows them may go on with its account: in a
readout nearly always, in news where the sentence speaks as accounts do ("they discussed", "the two leaders"). Titles,
sentences before, and sentences that tell of other contacts are told apart by their zone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from communique.extract.context import Context
from communique.extract.issuer import issuer_of
from communique.extract.items import Items
from communique.extract.lexicon import lexicon_of
from communique.model import Report, Span
from communique.text import Sentence, fold

Role = Literal["lead", "serial", "passing"]
Manner = Literal["agenda", "stance", "plain"]

Places = Mapping[int, tuple[int, int]]

_SUBORDINATE = frozenset(("after", "before", "following", "since", "ahead", "of", "from", "despite", "upon"))
_INTRODUCED = 4
_OPENING = 3
_LINKED = 2  # "on the eve of the talks", not "the President of Chad met"
_READOUT_SHARE = 0.45


@dataclass(frozen=True, slots=True)
class Account:
    """Where a document tells of one contact.

    ``own`` gives for each own sentence the tokens of the words that tell of it; ``others`` the sentences that tell of
    other contacts, ``kin`` those of them that tell of contacts between the same sides; ``crowd`` how many contacts each
    own sentence tells of; ``names`` the parties' surnames, folded; ``resumed`` the sentences behind another contact
    that come back to this one, or go on with it after that.
    """

    own: Mapping[int, tuple[int, int]]
    others: frozenset[int]
    kin: frozenset[int]
    crowd: Mapping[int, int]
    first: int
    role: Role
    names: frozenset[str]
    resumed: frozenset[int] = frozenset()


class _Who(NamedTuple):
    """The sides of a report, its people, and their surnames, folded."""

    sides: frozenset[str | None]
    people: frozenset[str]
    names: frozenset[str]


_SHORTEST, _LOUD = 2, 0.8


class _Told(NamedTuple):
    """Of each report its own sentences, and who is in it; ``head``: the first own sentence of all."""

    own: Sequence[Places]
    head: int
    who: Sequence[_Who]


class Accounts:
    """The accounts of a document's reports, and how its sentences speak; read once for all reports."""

    def __init__(self, context: Context, items: Sequence[Items]) -> None:
        self.context, self.items = context, items
        manners = lexicon_of(context.knowledge.rules, "account")
        found = [manners.all(s.norms) for s in context.sentences]
        self._found = [[h for h in hits if h.rule.sets["manner"] != "about"] for hits in found]
        self._about = [tuple(h.last for h in hits if h.rule.sets["manner"] == "about") for hits in found]
        self._told: dict[tuple[object, ...], tuple[Account, ...]] = {}

    def manner(self, sentence: int) -> Manner:
        """Whether a sentence says what was talked about, what a side held, or neither."""
        values = {hit.rule.sets["manner"] for hit in self._found[sentence]}
        return "agenda" if "agenda" in values else "stance" if values else "plain"

    def agenda_at(self, sentence: int) -> int | None:
        """The token of the first word that introduces a subject of talk."""
        return next((h.first for h in self._found[sentence] if h.rule.sets["manner"] == "agenda"), None)

    def told_at(self, sentence: int) -> int | None:
        """The token of the first word that tells of a talk: "discussed", not "they" or "agreed"."""
        agenda = (h for h in self._found[sentence] if h.rule.sets["manner"] == "agenda")
        return next((h.first for h in agenda if not h.rule.sets.get("loose")), None)

    def about(self, sentence: int) -> tuple[int, ...]:
        """The tokens behind words that bring a subject: "talks on", "discussed", "aimed at"."""
        return self._about[sentence]

    @cached_property
    def readout(self) -> bool:
        """Whether the document as a whole reports contacts: its title announces one, and most sentences speak so."""
        texts = [s.index for s in self.context.sentences if s.part == "text"]
        speaking = sum(self.manner(i) != "plain" for i in texts)
        issued = issuer_of(self.context.document) is not None
        return self._announced and (issued or speaking >= _READOUT_SHARE * max(1, len(texts)))

    @property
    def _announced(self) -> bool:
        words = frozenset(self.context.knowledge.rules.classes["account-title"])
        return any(not words.isdisjoint(s.words) for s in self.context.sentences if s.part == "title")

    def of(self, reports: Sequence[Report]) -> tuple[Account, ...]:
        """The account of each report; kept, for tellers and topics are both looked for in it."""
        known = tuple([(report.trigger, report.quotes, report.parties) for report in reports])
        if known not in self._told:
            self._told[known] = tuple(self._accounts(reports))
        return self._told[known]

    def _accounts(self, reports: Sequence[Report]) -> Iterator[Account]:
        own = [self._own(report) for report in reports]
        texts = [i for places in own for i in places if self._in_text(i)]
        told = _Told(own, min(texts, default=self._first_text), [_who(report) for report in reports])
        for k in range(len(reports)):
            yield self._account(told, k)

    def _account(self, told: _Told, k: int) -> Account:
        own, mine, who = told.own, told.own[k], told.who
        first = min((i for i in mine if self._in_text(i)), default=self._first_text)
        apart = [j for j in range(len(own)) if j != k]
        crowd = {i: sum(i in places for places in own) for i in mine}
        lead = self._leads(own, k, first == told.head)
        others = frozenset(i for j in apart for i in own[j]) - frozenset(mine)
        kin = frozenset(i for j in apart if who[j].sides == who[k].sides for i in own[j]) - frozenset(mine)
        if all(self._inserted(i) for i in mine):
            away = frozenset(range(len(self.context.sentences))) - frozenset(mine)
            return Account(mine, away, frozenset(), crowd, first, "passing", who[k].names, frozenset())
        role = self._role(mine, first, lead, crowd)
        if role == "lead" and not any(i < first for i in others | kin) and not self._aside(mine, first):
            first = self._first_text
        return Account(mine, others, kin, crowd, first, role, who[k].names, self._resumed(k, who, others, first))

    def _leads(self, own: Sequence[Places], k: int, opens: bool) -> bool:
        """Whether a document is about a contact: its title tells of it, or tells of none and the text opens with it."""
        titled = [any(not self._in_text(i) for i in places) for places in own]
        return titled[k] or (opens and (not any(titled) or self._mentioned_first(own, k)))

    def _mentioned_first(self, own: Sequence[Places], k: int) -> bool:
        """Whether no other contact is told of before this one in the sentence where the text starts on it."""
        first = min(i for i in own[k] if self._in_text(i))
        return all(places[first][0] >= own[k][first][0] for places in own if first in places)

    def _aside(self, own: Places, first: int) -> bool:
        """Whether a document is no readout, or tells of a contact only in passing: "... since his visit last week"."""
        if not self.readout:
            return True
        inside = own[first][0] > _OPENING if first in own else False
        return inside and not self._before(own, first).isdisjoint(_SUBORDINATE | {"during"})

    def _inserted(self, sentence: int) -> bool:
        """Whether a sentence is the headline of another article, in capitals amid the text: it speaks for itself."""
        told = self.context.sentences[sentence]
        words = [t.text for t in told.tokens if len(t.text) > 1 and t.text[0].isalpha()]
        return told.part == "text" and len(words) > _SHORTEST and sum(map(str.isupper, words)) >= _LOUD * len(words)

    def _resumed(self, k: int, who: Sequence[_Who], away: frozenset[int], first: int) -> frozenset[int]:
        """The sentences behind other contacts that come back to the people of a report and go on with them."""
        found, back = set(), False
        for i in range(min((i for i in away if i > first), default=len(self._meant)), len(self._meant)):
            if i in away:
                back = False
            elif _both(who[k], self._meant[i]):
                back = True
            elif back:
                back = not any(_both(one, self._meant[i]) for one in who)
            if back:
                found.add(i)
        return frozenset(found)

    @cached_property
    def _meant(self) -> tuple[frozenset[str], ...]:
        """Whom each sentence speaks of, by name or as "the two leaders"."""
        return tuple([frozenset(p.name for m in row for p in m.parties if p.name) for row in self.context.actors])

    def _role(self, own: Mapping[int, tuple[int, int]], first: int, lead: bool, crowd: Mapping[int, int]) -> Role:
        before = self._before(own, first)
        subordinate = not before.isdisjoint(_SUBORDINATE)
        if lead:
            return "passing" if subordinate and crowd.get(first, 1) > 1 and "during" not in before else "lead"
        return "passing" if subordinate or "during" in before else "serial"

    def _before(self, own: Mapping[int, tuple[int, int]], first: int) -> frozenset[str]:
        if first not in own:
            return frozenset()
        at = own[first][0]
        words = self.context.sentences[first].norms[max(0, at - _INTRODUCED) : at]
        return frozenset(w for i, w in enumerate(words, -len(words)) if w != "of" or i >= -_LINKED)

    def _own(self, report: Report) -> dict[int, tuple[int, int]]:
        found: dict[int, tuple[int, int]] = {}
        for span in (report.trigger, *report.quotes):
            for sentence in self.context.sentences:
                if covers(sentence, span):
                    found.setdefault(sentence.index, self._trigger(sentence, span))
        return found

    def _trigger(self, sentence: Sentence, span: Span) -> tuple[int, int]:
        """The first word for a contact among the tokens of a quote, else all of them."""
        words = self._contact_words
        tokens = [i for i, t in enumerate(sentence.tokens) if t.start < span.stop and span.start < t.stop]
        named = next((i for i in tokens if sentence.tokens[i].norm in words), None)
        return (named, named + 1) if named is not None else (tokens[0], tokens[-1] + 1) if tokens else (0, 1)

    @cached_property
    def _contact_words(self) -> frozenset[str]:
        return frozenset(self.context.knowledge.rules.classes["account-contact"])

    @cached_property
    def _first_text(self) -> int:
        return next((s.index for s in self.context.sentences if s.part == "text"), 0)

    def _in_text(self, sentence: int) -> bool:
        return self.context.sentences[sentence].part == "text"


def covers(sentence: Sentence, span: Span) -> bool:
    """Whether a span has characters in a sentence."""
    return sentence.part == span.part and sentence.start < span.stop and span.start < sentence.stop


def zone(account: Account, sentence: Sentence) -> str:
    """How a sentence lies to an account: own, kin, title, before, other (contact), next (nothing between), later."""
    i = sentence.index
    if i in account.own:
        return "own"
    if i in account.kin:
        return "kin"
    if sentence.part == "title":
        return "title"
    if i < account.first:
        return "before"
    if i in account.others:
        return "other"
    behind = any(account.first < o <= i for o in account.others) and i not in account.resumed
    return "later" if behind else "next"


def elsewhere(account: Account, sentence: Sentence) -> bool:
    """Whether a sentence tells of other contacts alone, and the account is not what the document is about."""
    return account.role != "lead" and sentence.part == "text" and sentence.index in account.others - account.kin


def account_region(accounts: Accounts, account: Account) -> tuple[int, ...]:
    """The sentences that belong to an account: its own, and those after it that go on with it."""
    sentences = accounts.context.sentences
    return tuple(s.index for s in sentences if _belongs(accounts, account, s))


def _belongs(accounts: Accounts, account: Account, sentence: Sentence) -> bool:
    place = zone(account, sentence)
    if place == "own":
        return True
    if place == "next":
        return accounts.manner(sentence.index) != "plain" or (accounts.readout and account.role == "lead")
    return place == "later" and accounts.readout and account.role == "lead"


def _who(report: Report) -> _Who:
    people = frozenset(c.value.name for c in report.parties if c.value.name)
    surnames = frozenset(re.split(r"[\s-]", fold(name))[-1] for name in people)
    return _Who(frozenset(c.value.side for c in report.parties), people, surnames)


def _both(who: _Who, meant: frozenset[str]) -> bool:
    """Whether two or more of the people of a contact are among those meant."""
    return len(who.people & meant) > 1
