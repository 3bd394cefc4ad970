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
from functools import cached_property, lru_cache
from typing import NamedTuple

from communique.extract.accounts import Account, Accounts, elsewhere, zone
from communique.extract.context import Context
from communique.extract.items import Items
from communique.extract.lexicon import Hit, Lexicon, lexicon_of
from communique.extract.tellers import Tellers
from communique.knowledge.weights import load_weights
from communique.model import Cited, Report, Span, Topic, TopicTold
from communique.text import Sentence

__all__ = ["find_topics"]

_NEAR = 6
_STRONG = 2
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
    told = tellers or Tellers(context, items)
    reading = TopicReading(context, items, told.accounts)
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
    entries: dict[tuple[Topic, str | None], Evidence] = {}
    for one in found:
        names = [c.value for c in tellers.all_at(one.sentence, one.hit.first) if c.value in relayed]
        for name in names or (None,):
            entries.setdefault((one.topic, name), one)
    told = {topic for topic, teller in entries if teller is not None}
    return tuple(_cite(context, e, name) for (topic, name), e in entries.items() if name or topic not in told)


class Evidence(NamedTuple):
    """A topic, the hit that speaks of it best, and the sentence it stands in."""

    topic: Topic
    sentence: int
    hit: Hit
    score: float


class TopicReading:
    """The topic words of a document, weighed for one account after another."""

    def __init__(self, context: Context, items: Sequence[Items], accounts: Accounts | None = None) -> None:
        lexicon = lexicon_of(context.knowledge.rules, "topic", "topic-not")
        self.context = context
        self.accounts = accounts or Accounts(context, items)
        self.hits = [self._hits(s, lexicon) for s in context.sentences]
        weights = load_weights("topic-weights")
        self._topic_weights, self._threshold = weights["topic"], weights["decision"]["threshold"]

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
        bias = _hit_weights()["bias"]
        for sentence, shared, stands in self._standing(account):
            weight = sum(_hit_weights().get(f, 0.0) for f in shared)
            for hit, stand in stands:
                score = bias + sum(_weights_of(stand), weight)
                yield Evidence(hit.rule.sets["topic"], sentence.index, hit, score)

    def hit_features(self, account: Account) -> Iterator[tuple[int, Hit, list[str]]]:
        """Every hit of the document, with what speaks for and against its being a topic of the account."""
        for sentence, shared, stands in self._standing(account):
            yield from ((sentence.index, hit, [*shared, *_features_of(stand)]) for hit, stand in stands)

    def _standing(self, account: Account) -> Iterator[tuple[Sentence, list[str], Iterator[tuple[Hit, Stand]]]]:
        """Each sentence with hits, what speaks for and against all of them, and how each stands to the account."""
        for sentence in self._spoken(account):
            place = zone(account, sentence)
            yield sentence, self._sentence_features(account, sentence, place), self._stands(account, sentence, place)

    def _spoken(self, account: Account) -> Iterator[Sentence]:
        """The sentences with hits that can be about an account."""
        return (s for s in self.context.sentences if self.hits[s.index] and not elsewhere(account, s))

    def _stands(self, account: Account, sentence: Sentence, place: str) -> Iterator[tuple[Hit, Stand]]:
        at, manner, kind = sentence.index, self.accounts.manner(sentence.index), self._kind
        about, agenda = self.accounts.about(at), self.accounts.agenda_at(at)
        own, named = account.own.get(at), self._named(at)
        for hit in self.hits[at]:
            yield hit, Stand(
                hit.rule.id, hit.rule.sets["weight"], hit.rule.sets["topic"], account.role, kind, manner, place,
                _side(own, hit) if own else "",
                any(0 <= hit.first - behind <= _ABOUT for behind in about),
                agenda is not None and 0 < hit.first - agenda <= _REACH,
                own is not None and own[0] == hit.last,
                tuple(topic for topic in named if topic != hit.rule.sets["topic"]),
            )  # fmt: skip

    def _named(self, sentence: int) -> list[Topic]:
        """The topics that a sentence names outright."""
        return sorted({h.rule.sets["topic"] for h in self.hits[sentence] if h.rule.sets["weight"] == _STRONG})

    def _sentence_features(self, account: Account, sentence: Sentence, place: str) -> list[str]:
        out = []
        if not account.names.isdisjoint(sentence.words):
            out += ["names", f"names {place} {self._kind}"]
        if not self._groups.isdisjoint(sentence.norms[:_NEAR]):
            out += ["group", f"group {place} {self._kind}"]
        if place == "own":
            out.append(f"crowd {min(3, account.crowd[sentence.index])}")
        elif place in ("next", "later", "other"):
            behind = sentence.index - max(i for i in {*account.own, account.first} if i <= sentence.index)
            out.append(f"{account.role} behind {min(_FARTHEST, behind)}")
        return out

    def topic_features(self, account: Account, scores: Sequence[tuple[Topic, float]]) -> dict[Topic, dict[str, float]]:
        """What speaks for and against each topic as a whole, from the scores of its hits."""
        per: dict[Topic, list[float]] = {}
        for topic, score in scores:
            per.setdefault(topic, []).append(score)
        best = sorted((max(values) for values in per.values()), reverse=True)
        return {topic: self._weighed(account, topic, values, best) for topic, values in per.items()}

    def _weighed(
        self, account: Account, topic: Topic, values: Sequence[float], best: Sequence[float]
    ) -> dict[str, float]:
        top, *rest = sorted(values, reverse=True)
        who = f"{account.role} {self._kind}"
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
        found = [h for h in lexicon.find(sentence.norms) if h.rule.field == "topic"]
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
    def _kind(self) -> str:
        return "readout" if self.accounts.readout else "news"

    @cached_property
    def _groups(self) -> frozenset[str]:
        return frozenset(self.context.knowledge.rules.classes["account-group"])


class Stand(NamedTuple):
    """How a hit stands to an account: its rule, the account's role, where and how its sentence speaks.

    ``beside`` are the other topics that the sentence names: in "sanctions in energy and trade" neither is discussed.
    """

    rule: str
    weight: int
    topic: Topic
    role: str
    kind: str
    manner: str
    place: str
    side: str
    about: bool
    agenda: bool
    attributive: bool
    beside: tuple[Topic, ...]


@lru_cache(maxsize=50_000)
def _weights_of(stand: Stand) -> tuple[float, ...]:
    return tuple(_hit_weights().get(feature, 0.0) for feature in _features_of(stand))


def _hit_weights() -> Mapping[str, float]:
    return load_weights("topic-weights")["hit"]


def _features_of(stand: Stand) -> list[str]:
    """What speaks for and against a hit by how it stands."""
    rule, strength, place = stand.rule, f"w{stand.weight}", stand.place
    out = [strength, f"rule {rule}", f"topic {stand.topic}"]
    if place == "own":
        out += ["own", f"own {rule}"]
        place = f"own-{stand.side}"
    elif place == "title":
        out.append(f"title {rule}")
    elif place in ("next", "later", "other"):
        out.append(f"{stand.role} behind {rule}")
    at = f"{stand.role} {place}"
    out += [at, f"{at} {stand.kind}", f"{at} {strength}", f"{at} {stand.manner}"]
    out.append(f"{stand.kind} {stand.manner} {strength}")
    if stand.about:
        out += ["about", f"about {place}", f"about {at} {strength}"]
    if place == "own-just-before" and stand.attributive:
        out += ["attributive", f"attributive {strength}"]
    if stand.agenda:
        out += ["agenda", f"agenda {place}", f"agenda {strength}"]
    return out + [f"beside {other} {stand.topic}" for other in stand.beside]


def _side(trigger: tuple[int, int], hit: Hit) -> str:
    """Where a hit stands to the words that tell of the contact."""
    if hit.first >= trigger[1]:
        return "near" if hit.first - trigger[1] <= _NEAR else "far"
    if hit.last > trigger[0]:
        return "inside"
    return "just-before" if trigger[0] - hit.last <= _CLOSE_BEFORE else "before"


def _dot(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in features.items())


def _cite(context: Context, found: Evidence, teller: str | None) -> Cited[TopicTold]:
    sentence = context.sentences[found.sentence]
    first, last = sentence.tokens[found.hit.first], sentence.tokens[found.hit.last - 1]
    span = Span(context.document.id, first.start, last.stop, sentence.part)
    return Cited(TopicTold(found.topic, teller), span, found.hit.rule.id)
