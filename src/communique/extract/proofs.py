"""Whether the rules hold what their examples promise: which rules match a sentence, each as its finder fires it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from communique.extract.agreements import fire_agreements, fold_agreements
from communique.extract.claims import fire_claims
from communique.extract.contacts.roles import constructions
from communique.extract.contacts.triggers import mark_triggers
from communique.extract.context import Context
from communique.extract.items import Items
from communique.extract.lexicon import Lexicon, build_lexicon
from communique.extract.speakers import mark_speakers
from communique.knowledge.phrases import Item
from communique.knowledge.rules import Firing, Rule, RuleBook, winner

Prepare = Callable[[str], tuple[Context, Sequence[Items]]]
#: Fields whose phrases are plain words, looked up and not matched.
LOOKED_UP = ("topic", "topic-not", "account", "teller-run")


@dataclass(frozen=True, slots=True)
class Failure:
    """A sentence that is not read as its rule says: an example that does not match, or a counter-example that does."""

    rule: str
    source: str
    sentence: str
    expected: bool

    def __str__(self) -> str:
        what = "does not match its example" if self.expected else "matches its counter-example"
        return f"{self.source}: rule {self.rule!r} {what}: {self.sentence}"


@dataclass(frozen=True)
class Prover:
    """Tries rules on sentences; ``prepare`` makes of a sentence what finders see."""

    book: RuleBook
    prepare: Prepare
    _prepared: dict[str, tuple[Context, Sequence[Items]]] = field(default_factory=dict)

    def failures(self, rules: Iterable[Rule] | None = None) -> Iterator[Failure]:
        """The examples and counter-examples of rules (all, if none are named) that fail."""
        lexicon = build_lexicon(self.book, *LOOKED_UP)
        for rule in self.book.rules if rules is None else rules:
            for sentence, expected in (*((s, True) for s in rule.examples), *((s, False) for s in rule.never)):
                if self._fires(rule, sentence, expected, lexicon) != expected:
                    yield Failure(rule.id, rule.source, sentence, expected)

    def _fires(self, rule: Rule, sentence: str, expected: bool, lexicon: Lexicon) -> bool:
        if sentence not in self._prepared:
            self._prepared[sentence] = self.prepare(sentence)
        context, rows = self._prepared[sentence]
        if rule.field in LOOKED_UP:
            return any(hit.rule is rule for items in rows for hit in lexicon.find(items.sentence.tokens))
        fired = _WINNERS.get(rule.field, _fired) if not expected else _MATCHES.get(rule.field, _fired)
        return any(found == rule.id for items in rows for found in fired(rule.field, context, items))


def _fired(name: str, context: Context, items: Items) -> Iterator[str]:
    """The rules of a field that match a sentence as it stands, or with its agreements folded."""
    yield from _ids(name, context, items, items.items)
    yield from _ids(name, context, items, fold_agreements(context, items).items)


def _ids(name: str, context: Context, items: Items, row: Sequence[Item]) -> Iterator[str]:
    return (firing.rule.id for firing in context.knowledge.rules.fire(name, row, items.words))


def _marked(name: str, context: Context, items: Items) -> Iterator[str]:
    return _ids(name, context, items, mark_triggers(items, context.knowledge.rules).items)


def _speaking(name: str, context: Context, items: Items) -> Iterator[str]:
    return _ids(name, context, items, mark_speakers(items, context.knowledge.rules.classes))


def _constructed(name: str, context: Context, items: Items) -> Iterator[str]:
    rules = context.knowledge.rules
    return (made.firing.rule.id for made in constructions(mark_triggers(items, rules), rules))


def _agreeing(name: str, context: Context, items: Items) -> Iterator[str]:
    return (firing.rule.id for firing in fire_agreements(context, fold_agreements(context, items)))


def _agreed(name: str, context: Context, items: Items) -> Iterator[str]:
    by_agreement: dict[int, list[Firing]] = {}
    for firing in fire_agreements(context, fold_agreements(context, items)):
        by_agreement.setdefault(firing.match.slots["X"], []).append(firing)
    return (best.rule.id for firings in by_agreement.values() if (best := winner(firings)))


def _claiming(name: str, context: Context, items: Items) -> Iterator[str]:
    return (firing.rule.id for firing in fire_claims(context, items))


Fired = Callable[[str, Context, Items], Iterator[str]]
#: How an example of a field matches; a counter-example may match, so long as the finder does not take it.
_MATCHES: Mapping[str, Fired] = {
    "contact": _marked,
    "status": _marked,
    "teller": _speaking,
    "agreement": _agreeing,
    "claim": _claiming,
}
_WINNERS: Mapping[str, Fired] = {**_MATCHES, "contact": _constructed, "agreement": _agreed}
