"""Rules proved by their own examples: every rule must read its examples and leave its counter-examples alone.

Each field of rules is asked in the way its finder asks it, so that an example proves what the reader does with a
sentence, and not only that the words match.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from communique.extract.actors import find_actors
from communique.extract.agreements.lists import agreed, lists
from communique.extract.agreements.names import fold_agreements
from communique.extract.agreements.reader import fire_agreements
from communique.extract.claims import fire_claims
from communique.extract.contacts.roles import constructions
from communique.extract.contacts.status import read_status
from communique.extract.contacts.triggers import Trigger, mark_triggers
from communique.extract.context import Context
from communique.extract.items import Items, build_items
from communique.extract.lexicon import lexicon_of
from communique.extract.tellers import Tellers
from communique.extract.times import find_times
from communique.knowledge import Knowledge
from communique.knowledge.rules import Rule, winner
from communique.model import Document, Published
from communique.text import split

Kind = Literal["example", "never"]
# Examples say "next week" and "the President of Chad": all are read as if published on one day.
_DAY = date(2020, 5, 22)


@dataclass(frozen=True, slots=True)
class Failure:
    """A sentence that does not prove its rule; ``fired`` are the rules of the field that read it instead."""

    rule: str
    field: str
    source: str
    kind: Kind
    sentence: str
    fired: tuple[str, ...]

    @property
    def message(self) -> str:
        """What happened, in one line."""
        others = ", ".join(self.fired) or "no rule"
        if self.kind == "never":
            return f"{self.rule} must not read {self.sentence!r}, and does"
        return f"{self.rule} does not read its example {self.sentence!r}; {others} did"


@dataclass(frozen=True, slots=True)
class _Sentences:
    """A text as the finders see it."""

    context: Context
    items: tuple[Items, ...]


_Asked = Callable[[_Sentences, str], Iterable[str]]


def check_rules(knowledge: Knowledge, rules: Iterable[Rule] | None = None) -> tuple[Failure, ...]:
    """Every example that its rule does not read and every counter-example that it does, in the order of the files.

    ``rules`` are those to be proved (all of the knowledge's, if not given).
    """
    return tuple(failure for rule in rules or knowledge.rules.rules for failure in check_rule(rule, knowledge))


def check_rule(rule: Rule, knowledge: Knowledge) -> Iterator[Failure]:
    """The sentences that do not prove one rule."""
    for kind, sentences in (("example", rule.examples), ("never", rule.never)):
        for sentence in sentences:
            fired = rules_reading(sentence, rule.field, knowledge)
            if (rule.id in fired) != (kind == "example"):
                yield Failure(rule.id, rule.field, rule.source, kind, sentence, fired)  # type: ignore[arg-type]


def rules_reading(sentence: str, field: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The ids of the rules of a field that read a sentence (or several, as one text), in order, each once."""
    document = Document("example", sentence, published=Published(_DAY.isoformat(), "given"))
    sentences = split(document)
    actors = find_actors(document, sentences, knowledge.registry, _DAY)
    times = find_times(document, sentences, _DAY)
    context = Context(document, knowledge, sentences, actors, times)
    items = tuple(build_items(context, i) for i in range(len(sentences)))
    return tuple(dict.fromkeys(_ASKED.get(field, _matching)(_Sentences(context, items), field)))


def _matching(read: _Sentences, field: str) -> Iterator[str]:
    """Fields whose rules are matched against the items of a sentence and their triggers."""
    rules = read.context.knowledge.rules
    for items in read.items:
        marked = mark_triggers(items, rules)
        yield from (f.rule.id for f in rules.fire(field, marked.items, marked.words))


def _triggers(read: _Sentences, field: str) -> Iterator[str]:
    """Triggers that are folded into one item."""
    for items in read.items:
        values = (item.value for item in mark_triggers(items, read.context.knowledge.rules).items)
        yield from (value.rule for value in values if isinstance(value, Trigger))


def _contacts(read: _Sentences, field: str) -> Iterator[str]:
    """Constructions that win at their trigger."""
    rules = read.context.knowledge.rules
    for items in read.items:
        yield from (made.firing.rule.id for made in constructions(mark_triggers(items, rules), rules))


def _statuses(read: _Sentences, field: str) -> Iterator[str]:
    """Status cues that govern a construction."""
    rules = read.context.knowledge.rules
    for items in read.items:
        marked = mark_triggers(items, rules)
        cues = list(rules.fire("status", marked.items, marked.words))
        yield from (read_status(marked, m.trigger, m.stop, cues).rule for m in constructions(marked, rules))


def _words(read: _Sentences, field: str) -> Iterator[str]:
    """Plain-word phrases, longest first."""
    lexicon = lexicon_of(read.context.knowledge.rules, field)
    for sentence in read.context.sentences:
        yield from (hit.rule.id for hit in lexicon.find(sentence.norms))


def _tellers(read: _Sentences, field: str) -> Iterator[str]:
    """Attributions that name a teller."""
    tellers = Tellers(read.context, read.items)
    for index in range(len(read.items)):
        yield from (told.rule for a in tellers.attributions(index) for told in a.tellers)


def _claims(read: _Sentences, field: str) -> Iterator[str]:
    """Claims whose words win."""
    for items in read.items:
        yield from (f.rule.id for f in fire_claims(read.context, items))


def _agreements(read: _Sentences, field: str) -> Iterator[str]:
    """The rule that wins at each name of an agreement."""
    for items in read.items:
        firings = list(fire_agreements(read.context, fold_agreements(read.context, items)))
        for name in dict.fromkeys(f.match.slots["X"] for f in firings):
            best = winner(f for f in firings if f.match.slots["X"] == name)
            yield from (best.rule.id,) if best else ()


def _conditions(read: _Sentences, field: str) -> Iterator[str]:
    """Rules matched against a sentence in which the names of agreements are folded."""
    for items in read.items:
        folded = fold_agreements(read.context, items)
        yield from (f.rule.id for f in read.context.knowledge.rules.fire(field, folded.items, folded.words))


def _lists(read: _Sentences, field: str) -> Iterator[str]:
    found = (lists(read.context, items, None) for items in read.items)
    yield from (firing.rule.id for firing in found if firing)


def _deeds(read: _Sentences, field: str) -> Iterator[str]:
    for items in read.items:
        yield from (firing.rule.id for _, firing in agreed(read.context, fold_agreements(read.context, items)))


def _plain(read: _Sentences, field: str) -> Iterator[str]:
    """Rules matched against the items as they are."""
    for items in read.items:
        yield from (f.rule.id for f in read.context.knowledge.rules.fire(field, items.items, items.words))


_ASKED: Mapping[str, _Asked] = {
    "trigger": _triggers,
    "contact": _contacts,
    "status": _statuses,
    "topic": _words,
    "topic-not": _words,
    "account": _words,
    "teller-run": _words,
    "teller": _tellers,
    "claim": _claims,
    "agreement": _agreements,
    "condition": _conditions,
    "agreement-list": _lists,
    "agreement-deed": _deeds,
    "agreement-name": _plain,
    "participants": _plain,
    "occasion": _plain,
    "series": _plain,
    "series-told": _plain,
    "series-ellipsis": _plain,
}
