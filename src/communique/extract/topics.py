"""What was talked about in a contact: the topics of its account, each with the words that state it and who tells it.

Phrases of ``topics.toml`` speak of topics. Whether a phrase in a document speaks of what was *discussed in this
contact* is weighed in two steps: each hit by where it stands (own sentence or a following one, how that sentence
speaks, which rule it is), then each topic by its best hits and its share in the document. The weights are trained by
``benchmarks/train_topics.py`` on features named after rules and zones alone; a rule without weights of its own counts
by its strength and place.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from communique.extract.accounts import Account, Accounts, elsewhere, zone
from communique.extract.context import Context
from communique.extract.items import Items
from communique.extract.lexicon import Hit, Lexicon, build_lexicon
from communique.extract.tellers import Tellers
from communique.knowledge.rules import RuleBook
from communique.knowledge.weights import load_weights
from communique.model import Cited, Report, Span, Topic, TopicTold
from communique.text import Sentence

__all__ = ["find_topics"]

_NEAR = 6
_CLOSE_BEFORE = 5
_REACH = 30
_ABOUT = 3
_FARTHEST = 4
_PERSONS = frozenset(("person", "office"))
_NOTHING = -4.0
_MARGIN = 1.5
_FLOOR = -0.5


def find_topics(
    context: Context, items: Sequence[Items], reports: Sequence[Report], tellers: Tellers | None = None
) -> tuple[tuple[Cited[TopicTold], ...], ...]:
    """The topics of each report, in the order of the reports; strongest evidence first.

    Tellers of topics are among those whom the report names as telling of the contact.
    """
    if not reports:
        return ()
    reading = TopicReading(context, items)
    told = tellers or Tellers(context, items)
    accounts = reading.accounts.of(reports)
    return tuple(
        _told_apart(context, told, frozenset(c.value for c in report.told_by), reading.decide(account))
        for report, account in zip(reports, accounts, strict=True)
    )


def _told_apart(
    context: Context, tellers: Tellers, relayed: frozenset[str], found: Sequence[Evidence]
) -> tuple[Cited[TopicTold], ...]:
    """One entry for each topic and teller, from evidence in order of its strength.

    Only those whose account of the contact is relayed are tellers of its topics. What somebody is named as telling is
    not entered again as the document's own words.
    """
    entries: dict[tuple[Topic, str | None], Cited[TopicTold]] = {}
    for evidence in found:
        for cited in _cite(context, tellers, relayed, evidence):
            entries.setdefault((cited.value.topic, cited.value.teller), cited)
    told = {topic for topic, teller in entries if teller is not None}
    return tuple(c for (topic, teller), c in entries.items() if teller is not None or topic not in told)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A topic, the hit that speaks of it best, and the sentence it stands in."""

    topic: Topic
    sentence: int
    hit: Hit
    score: float


_BUILT: dict[int, tuple[RuleBook, Lexicon]] = {}


def _lexicon(book: RuleBook) -> Lexicon:
    """The topic words of a rule book, laid out once; the book is kept so that its id stays its own."""
    if id(book) not in _BUILT:
        _BUILT[id(book)] = (book, build_lexicon(book, "topic", "topic-not"))
    return _BUILT[id(book)][1]


class TopicReading:
    """The topic words of a document, weighed for one account after another."""

    def __init__(self, context: Context, items: Sequence[Items]) -> None:
        lexicon = _lexicon(context.knowledge.rules)
        self.context = context
        self.accounts = Accounts(context, items)
        self.hits = [self._hits(s, lexicon) for s in context.sentences]
        weights = load_weights("topic-weights")
        self._hit_weights, self._topic_weights = weights["hit"], weights["topic"]
        self._threshold = weights["decision"]["threshold"]

    def decide(self, account: Account) -> list[Evidence]:
        """The topics that the account speaks of, each with its best evidence and what is not much weaker."""
        scored = list(self._scored(account))
        chosen = []
        for topic, features in self.topic_features(account, [(e.topic, e.score) for e in scored]).items():
            if _dot(self._topic_weights, features) >= self._threshold:
                mine = [e for e in scored if e.topic == topic]
                best = max(e.score for e in mine)
                chosen += [e for e in mine if e.score == best or e.score > max(best - _MARGIN, _FLOOR)]
        return sorted(chosen, key=lambda e: -e.score)

    def _scored(self, account: Account) -> Iterator[Evidence]:
        bias = self._hit_weights["bias"]
        for sentence, hit, features in self.hit_features(account):
            score = bias + sum(self._hit_weights.get(f, 0.0) for f in features)
            yield Evidence(hit.rule.sets["topic"], sentence, hit, score)

    def hit_features(self, account: Account) -> Iterator[tuple[int, Hit, list[str]]]:
        """Every hit of the document, with what speaks for and against its being a topic of the account."""
        for sentence in self.context.sentences:
            hits = self.hits[sentence.index]
            if hits and not elsewhere(account, sentence):
                place = zone(account, sentence)
                shared = self._sentence_features(account, sentence, place)
                for hit in hits:
                    yield sentence.index, hit, [*shared, *self._own_features(account, sentence, place, hit)]

    def _sentence_features(self, account: Account, sentence: Sentence, place: str) -> list[str]:
        kind = "readout" if self.accounts.readout else "news"
        out = []
        norms = {t.norm for t in sentence.tokens}
        if not account.names.isdisjoint(norms):
            out += ["names", f"names {place} {kind}"]
        if not self._groups.isdisjoint(t.norm for t in sentence.tokens[:_NEAR]):
            out += ["group", f"group {place} {kind}"]
        if place == "own":
            out.append(f"crowd {min(3, account.crowd[sentence.index])}")
        elif place in ("next", "later", "other"):
            behind = sentence.index - max(i for i in {*account.own, account.first} if i < sentence.index)
            out.append(f"{account.role} behind {min(_FARTHEST, behind)}")
        return out

    def _own_features(self, account: Account, sentence: Sentence, place: str, hit: Hit) -> list[str]:
        rule, strength = hit.rule.id, f"w{hit.rule.sets['weight']}"
        kind = "readout" if self.accounts.readout else "news"
        manner = self.accounts.manner(sentence.index)
        out = [strength, f"rule {rule}", f"topic {hit.rule.sets['topic']}"]
        if place == "own":
            out += ["own", f"own {rule}"]
            place = f"own-{_side(account.own[sentence.index], hit)}"
        elif place == "title":
            out.append(f"title {rule}")
        elif place in ("next", "later", "other"):
            out.append(f"{account.role} behind {rule}")
        at = f"{account.role} {place}"
        out += [at, f"{at} {kind}", f"{at} {strength}", f"{at} {manner}", f"{kind} {manner} {strength}"]
        if any(0 <= hit.first - behind <= _ABOUT for behind in self.accounts.about(sentence.index)):
            out += ["about", f"about {place}", f"about {account.role} {place} {strength}"]
        if place == "own-just-before" and account.own[sentence.index][0] == hit.last:
            out += ["attributive", f"attributive {strength}"]
        agenda = self.accounts.agenda_at(sentence.index)
        if agenda is not None and 0 < hit.first - agenda <= _REACH:
            out += ["agenda", f"agenda {place}", f"agenda {strength}"]
        return out

    def topic_features(self, account: Account, scores: Sequence[tuple[Topic, float]]) -> dict[Topic, dict[str, float]]:
        """What speaks for and against each topic as a whole, from the scores of its hits."""
        per: dict[Topic, list[float]] = {}
        for topic, score in scores:
            per.setdefault(topic, []).append(score)
        best = sorted((max(values) for values in per.values()), reverse=True)
        return {topic: self._features_of(account, topic, values, best) for topic, values in per.items()}

    def _features_of(
        self, account: Account, topic: Topic, values: Sequence[float], best: Sequence[float]
    ) -> dict[str, float]:
        top, *rest = sorted(values, reverse=True)
        who = f"{account.role} {'readout' if self.accounts.readout else 'news'}"
        share = 3 * self._shares[topic]
        return {
            "bias": 1.0, "max": top, "second": rest[0] if rest else _NOTHING, "single": float(not rest),
            "all": math.log(sum(math.exp(v) for v in values)), "share": share, f"share {who}": share,
            "rank": math.log1p(sum(b > top for b in best)), "gap": best[0] - top,
            f"topic {topic}": 1.0, who: 1.0, f"max {who}": top,
        }  # fmt: skip

    def _hits(self, sentence: Sentence, lexicon: Lexicon) -> list[Hit]:
        """The topic words of a sentence that are no part of a person's name or office, nor only look so."""
        named = [m for m in self.context.actors[sentence.index] if m.kind in _PERSONS]
        found = [h for h in lexicon.find(sentence.tokens) if h.rule.field == "topic"]
        return [h for h in found if not any(m.first <= h.first and h.last <= m.last for m in named)]

    @cached_property
    def _shares(self) -> Mapping[Topic, float]:
        """How much of the document's topic words each topic has."""
        sums: Counter[Topic] = Counter()
        for hit in (h for hits in self.hits for h in hits):
            sums[hit.rule.sets["topic"]] += hit.rule.sets["weight"]
        whole = sum(sums.values())
        return {topic: value / whole for topic, value in sums.items()}

    @cached_property
    def _groups(self) -> frozenset[str]:
        return frozenset(self.context.knowledge.rules.classes["account-group"])


def _side(trigger: tuple[int, int], hit: Hit) -> str:
    """Where a hit stands to the words that tell of the contact."""
    if hit.first >= trigger[1]:
        return "near" if hit.first - trigger[1] <= _NEAR else "far"
    if hit.last > trigger[0]:
        return "inside"
    return "just-before" if trigger[0] - hit.last <= _CLOSE_BEFORE else "before"


def _dot(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in features.items())


def _cite(
    context: Context, tellers: Tellers, relayed: frozenset[str], found: Evidence
) -> Iterator[Cited[TopicTold]]:
    sentence = context.sentences[found.sentence]
    first, last = sentence.tokens[found.hit.first], sentence.tokens[found.hit.last - 1]
    span = Span(context.document.id, first.start, last.stop, sentence.part)
    names: list[str | None] = [c.value for c in tellers.all_at(found.sentence, found.hit.first) if c.value in relayed]
    yield from (Cited(TopicTold(found.topic, name), span, found.hit.rule.id) for name in names or [None])
