"""Where a sentence names a teller, and which of its words the teller's account covers: "X said", "according to X".

A teller named by a pronoun or a bare noun ("he wrote", "the officials said", "the message reads") is the teller named
before whom the words can mean, not whoever was last mentioned in what was told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from communique.extract.context import Context
from communique.extract.issuer import issuer_of
from communique.extract.items import Items, mentions_of
from communique.extract.speakers import Anaphor, Sort, anaphor, mark_speakers, sort_of, speakers
from communique.knowledge.phrases import Item
from communique.knowledge.rules import Firing, winner
from communique.model import Cited

__all__ = ["Attribution", "Attributions"]

_ADJUNCTS = frozenset(
    ("during", "at", "after", "following", "in", "before", "ahead", "on", "upon", "alongside", "amid", "while", "when")
)
_OCCASIONS = frozenset(("after", "following", "upon"))
_BREAKS = frozenset((",", ";", "but", "while", "and"))
_COMPLEMENTS = frozenset(("that", '"', ":", "he", "she", "they", "it", "we", "i", "there", "if", "whether"))
_BEING = frozenset(("is", "are", "was", "were", "be", "been", "being"))
_ARTICLES = frozenset(("a", "an", "the", "one", "another"))
_CLOSERS = frozenset((",", '"', "'", "-", "?", "!"))
_LONGEST_TAIL = 14
_LONGEST_CLOSING = 6
_HEADLINES = 3
_MEMORY = 5
_SUBJECT = 3
_OCCASION = 7  # words from "following" to the talks: "a plan following a second round of talks"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Tokens ``[first, last)`` of sentence ``sentence`` name a teller; ``scope`` as in ``tellers.toml``.

    ``sort`` says what the words for the teller are, so that later pronouns can be matched.
    """

    sentence: int
    first: int
    last: int
    scope: str
    tellers: tuple[Cited[str], ...]
    sort: Sort


class Attributions:
    """The attributions of a document, each sentence read once; ``quoted`` tells what stands in quotations."""

    def __init__(self, context: Context, items: Sequence[Items], quoted: Callable[[int, int], bool]) -> None:
        self.context, self.items, self._quoted = context, items, quoted
        self.issued = issuer_of(context.document) is not None
        self._read: dict[int, tuple[Attribution, ...]] = {}

    def of(self, sentence: int) -> tuple[Attribution, ...]:
        """The attributions of a sentence, without overlap, in order."""
        if sentence not in self._read:
            found = self._attributions(sentence)
            self._read[sentence] = tuple(sorted(found, key=lambda a: a.first))
        return self._read[sentence]

    def governs(self, a: Attribution, token: int) -> bool:
        """Whether the words at a token of the same sentence are told by the attribution's teller."""
        if a.first <= token < a.last:
            return False
        norms = self.norms(a.sentence)
        if a.scope in ("sentence", "cited"):
            return token < a.first or not _adjunct(norms, a.last, token)
        if a.scope == "turn":
            return token >= a.last
        if token < a.first:
            return a.scope in ("inverted", "dash") or (a.scope == "around" and _closing(norms, a.first, a.last))
        if a.scope == "around":
            return not _closing(norms, a.first, a.last) and not _adjunct(norms, a.last, token)
        return a.scope == "inverted" and '"' in norms[a.last : token]

    def outermost(self, governing: Sequence[Attribution], token: int) -> Attribution:
        """The nearest attribution, or that around it: "A said B had confirmed it", "A confirmed it, B said"."""
        norms = self.norms(governing[0].sentence)
        closing = [a for a in governing if a.first > token and a.scope == "around"]
        best = closing[-1] if closing else min(governing, key=lambda a: abs(a.first - token))
        for outer in governing:
            if outer.last <= best.first and _BREAKS.isdisjoint(norms[outer.last : best.first]):
                return outer
        return best

    def norms(self, sentence: int) -> tuple[str, ...]:
        """The folded words of a sentence."""
        return self.context.sentences[sentence].norms

    def _attributions(self, index: int) -> Iterator[Attribution]:
        items, rules = self.items[index], self.context.knowledge.rules
        if items.sentence.part == "text" and index >= _HEADLINES and _shouted(items):
            return
        if not rules.possible("teller", items.words):
            return
        row = mark_speakers(items, rules.classes)
        firings = [f for f in rules.fire("teller", row, items.words) if self._fits(f, row, items)]
        while best := winner(firings):
            firings = [f for f in firings if f.match.stop <= best.match.start or best.match.stop <= f.match.start]
            who = row[best.match.slots["who"]]
            found, sort = self._speakers(who, items, index, best.rule.id)
            if found:
                first, last = row[best.match.start].first, row[best.match.stop - 1].last
                yield Attribution(index, first, last, best.rule.sets["scope"], found, sort)

    def _fits(self, firing: Firing, row: Sequence[Item], items: Items) -> bool:
        scope, start = firing.rule.sets["scope"], firing.match.start
        if firing.rule.sets.get("soft") and self.issued:
            return False
        before = row[start - 1] if start else None
        if scope == "turn":
            opens = before is None or before.kind in ("actor", "name") or before.norm in (".", "*", ">", ")")
            return opens and items.sentence.part == "text"
        if scope == "inverted":
            return before is not None and before.norm in _CLOSERS
        if scope == "dash":
            last = firing.match.stop == len(row) and items.sentence.index < _HEADLINES
            return last and _spaced(items, row[start].first)
        words = [t.norm for t in items.sentence.tokens[row[start].first : row[firing.match.stop - 1].last]]
        return scope != "around" or ('"' not in words and not _passive(words))

    def _speakers(self, item: Item, items: Items, index: int, rule: str) -> tuple[tuple[Cited[str], ...], Sort]:
        named = tuple(Cited(name, span, rule) for name, span in speakers(item, items, self.context.document))
        meant = anaphor(item, items)
        if meant is None or (meant.subject and named and self._within(item, items)):
            return named, sort_of(item, items)
        found = self._meant(meant, index) or (self._meant(meant.wider, index) if meant.wider else None)
        if found:
            return tuple(replace(c, rule=rule) for c in found.tellers), found.sort
        return named, sort_of(item, items)

    def _meant(self, meant: Anaphor, index: int) -> Attribution | None:
        """The latest attribution whose tellers can be meant; None where another subject came between."""
        for a in self._before(index):
            if a is None:
                if meant.subject:
                    return None
            elif meant.fits(a.sort, tuple(c.value for c in a.tellers)):
                return a
        return None

    @staticmethod
    def _within(item: Item, items: Items) -> bool:
        """Whether a pronoun stands inside its sentence ("…, which he said …") and looks no farther than that."""
        return item.first > _SUBJECT and items.sentence.tokens[item.first - 1].norm not in _CLOSERS

    def _before(self, index: int) -> Iterator[Attribution | None]:
        """The attributions of the sentences before, latest first; None for a sentence that is about somebody else."""
        for i in range(index - 1, max(-1, index - 1 - _MEMORY), -1):
            found = self.of(i)
            yield from reversed(found)
            if not found and self._new_subject(i):
                yield None

    def _new_subject(self, index: int) -> bool:
        """Whether a sentence in the document's own words starts with a person."""
        for item in self.items[index].items[:_SUBJECT]:
            named = any(m.kind in ("person", "office") for m in mentions_of(item))
            if named and item.kind == "actor" and not self._quoted(index, item.first):
                return True
        return False


def _passive(words: Sequence[str]) -> bool:
    """Whether a verb of saying says what was done to its subject: "readiness was confirmed", "is said to"."""
    return len(words) > 1 and words[-2] in _BEING and not words[-1].endswith("ing")


def _shouted(items: Items) -> bool:
    """Whether a sentence is all capitals: within a text the headline of something else."""
    words = [t.text for t in items.sentence.tokens if t.text.isalpha()]
    return len(words) > 3 and sum(w.isupper() for w in words) > 0.8 * len(words)


def _spaced(items: Items, token: int) -> bool:
    """Whether a dash stands free, or a colon at a word: what follows is then the teller of a headline."""
    tokens = items.sentence.tokens
    if not 0 < token < len(tokens) - 1:
        return False
    free = tokens[token].norm == ":" or tokens[token - 1].stop < tokens[token].start
    return free and tokens[token].stop < tokens[token + 1].start


def _closing(norms: Sequence[str], first: int, last: int) -> bool:
    """Whether an attribution closes its sentence: a comma or quote before it, nothing of weight behind it."""
    while first and norms[first - 1] in _ARTICLES:
        first -= 1
    if first == 0 or norms[first - 1] not in _CLOSERS:
        return False
    tail = norms[last : last + _LONGEST_TAIL]
    end = next((i for i, n in enumerate(tail) if n in (".", ",", '"', ";")), len(tail))
    return not any(n in _COMPLEMENTS for n in tail[:end]) and end <= _LONGEST_CLOSING


def _adjunct(norms: Sequence[str], last: int, token: int) -> bool:
    """Whether the token lies in "during a meeting with …" that hangs on the verb of saying, not in what is said."""
    between = norms[last : token + 1]
    if any(n in _COMPLEMENTS for n in between):
        return False
    return bool(between) and (between[0] in _ADJUNCTS or not _OCCASIONS.isdisjoint(between[-_OCCASION:]))
