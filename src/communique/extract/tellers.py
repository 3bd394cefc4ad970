"""Whose account a document relays at a place: "X said", "according to X", quotations and turns carried over sentences.

An attribution governs part of its sentence (what follows "X said"; what stands before ", X said."; all of it for
"according to X"), the quotation that it opens or closes, however many sentences that has, and for a speaker's turn
("X: …") everything up to the next turn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from communique.extract.context import Context
from communique.extract.issuer import issuer_of
from communique.extract.items import Items
from communique.extract.speakers import is_anaphor, mark_speakers, speakers
from communique.knowledge.phrases import Item
from communique.knowledge.rules import Firing, winner
from communique.model import Cited, Report, Span

__all__ = ["Tellers", "teller_at", "told_by"]

_ADJUNCTS = frozenset(
    ("during", "at", "after", "following", "in", "before", "ahead", "on", "upon", "alongside", "amid", "while", "when")
)
_BREAKS = frozenset((",", ";", "but", "while", "and"))
_COMPLEMENTS = frozenset(("that", '"', ":", "he", "she", "they", "it", "we", "i", "there", "if", "whether"))
_ARTICLES = frozenset(("a", "an", "the", "one", "another"))
_CLOSERS = frozenset((",", '"', "'", "-", "?", "!"))
_QUOTE = frozenset(('"', "''", "``"))
_TURNS_AT_LEAST = 2
_LONGEST_TAIL = 14
_HEADLINES = 3
_MEMORY = 4


@dataclass(frozen=True, slots=True)
class Attribution:
    """Tokens ``[first, last)`` of sentence ``sentence`` name a teller; ``scope`` as in ``tellers.toml``."""

    sentence: int
    first: int
    last: int
    scope: str
    tellers: tuple[Cited[str], ...]


class Tellers:
    """The tellers of one document; attributions are read once for each sentence that is asked about."""

    def __init__(self, context: Context, items: Sequence[Items]) -> None:
        self.context, self.items = context, items
        self._read: dict[int, tuple[Attribution, ...]] = {}

    def at(self, sentence: int, token: int) -> Cited[str] | None:
        """Whose account the words at a token are; None where only the document itself tells."""
        return next(iter(self.all_at(sentence, token)), None)

    def all_at(self, sentence: int, token: int) -> tuple[Cited[str], ...]:
        """Whose accounts the words at a token are: several where several say the same together."""
        own = [a for a in self.attributions(sentence) if self._governs(a, token)]
        if own:
            return self._outermost(own, token).tellers
        return self._of_quotation(sentence, token) or self._of_turn(sentence)

    def _outermost(self, governing: Sequence[Attribution], token: int) -> Attribution:
        """The nearest attribution, or the one that it is told under: "A announced that B had confirmed"."""
        best = min(governing, key=lambda a: abs(a.first - token))
        norms = self._norms(best.sentence)
        for outer in governing:
            if outer.last <= best.first and _BREAKS.isdisjoint(norms[outer.last : best.first]):
                return outer
        return best

    def attributions(self, sentence: int) -> tuple[Attribution, ...]:
        """The attributions of a sentence, without overlap."""
        if sentence not in self._read:
            self._read[sentence] = tuple(self._attributions(sentence))
        return self._read[sentence]

    def _governs(self, a: Attribution, token: int) -> bool:
        if a.first <= token < a.last:
            return False
        norms = self._norms(a.sentence)
        if a.scope == "sentence":
            return token < a.first or not _adjunct(norms, a.last, token)
        if a.scope == "turn":
            return token >= a.last
        if token < a.first:
            return a.scope in ("inverted", "dash") or (a.scope == "around" and _closing(norms, a.first, a.last))
        if a.scope == "around":
            return not _closing(norms, a.first, a.last) and not _adjunct(norms, a.last, token)
        return a.scope == "inverted" and '"' in norms[a.last : token]

    def _norms(self, sentence: int) -> tuple[str, ...]:
        return tuple(t.norm for t in self.context.sentences[sentence].tokens)

    def _of_quotation(self, sentence: int, token: int) -> tuple[Cited[str], ...]:
        """The teller of the quotation that the token stands in, named where it opens or where it closes."""
        place = self.context.sentences[sentence]
        start = place.tokens[token].start
        for first, last in self._quotations:
            if first[1] <= start < last[1] and first[2] == place.part:
                return self._beside(last[0]) or self._beside(first[0]) or self._before(first[0])
        return ()

    def _beside(self, sentence: int) -> tuple[Cited[str], ...]:
        return next((a.tellers for a in self.attributions(sentence) if a.scope != "turn"), ())

    def _before(self, sentence: int) -> tuple[Cited[str], ...]:
        """The teller of the quotation before, when one follows straight on another."""
        before = sentence - 1
        if before < 0 or not _QUOTE & set(self._norms(before)):
            return ()
        return self._beside(before)

    @cached_property
    def _quotations(self) -> tuple[tuple[tuple[int, int, str], tuple[int, int, str]], ...]:
        return tuple(_quotations(self.context))

    def _of_turn(self, sentence: int) -> tuple[Cited[str], ...]:
        if self.context.sentences[sentence].part != "text":
            return ()
        return next((a.tellers for a in reversed(self._turns) if a.sentence <= sentence), ())

    @cached_property
    def _turns(self) -> tuple[Attribution, ...]:
        colons = [i for i, items in enumerate(self.items) if ":" in items.words]
        found = [a for i in colons for a in self.attributions(i) if a.scope == "turn"]
        return tuple(found) if len(found) >= _TURNS_AT_LEAST or self._issued else ()

    @cached_property
    def _issued(self) -> bool:
        return issuer_of(self.context.document) is not None

    def _attributions(self, index: int) -> Iterator[Attribution]:
        items, rules = self.items[index], self.context.knowledge.rules
        if not any(not p.needs or p.needs & items.words for r in rules.by_field.get("teller", ()) for p in r.phrases):
            return
        row = mark_speakers(items, rules.classes)
        firings = [f for f in rules.fire("teller", row, items.words) if self._fits(f, row, items)]
        while best := winner(firings):
            firings = [f for f in firings if f.match.stop <= best.match.start or best.match.stop <= f.match.start]
            found = self._speakers(row[best.match.slots["who"]], items, index, best.rule.id)
            if found:
                first, last = row[best.match.start].first, row[best.match.stop - 1].last
                yield Attribution(index, first, last, best.rule.sets["scope"], found)

    def _fits(self, firing: Firing, row: Sequence[Item], items: Items) -> bool:
        scope, start = firing.rule.sets["scope"], firing.match.start
        if firing.rule.sets.get("soft") and self._issued:
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
        return True

    def _speakers(self, item: Item, items: Items, index: int, rule: str) -> tuple[Cited[str], ...]:
        named = speakers(item, items, self.context.document)
        if named or not is_anaphor(item, items):
            return tuple(Cited(name, span, rule) for name, span in named)
        memory = range(index - 1, max(-1, index - _MEMORY), -1)
        return next((self.attributions(i)[-1].tellers for i in memory if self.attributions(i)), ())


def teller_at(context: Context, items: Sequence[Items], sentence: int, token: int) -> Cited[str] | None:
    """Whose account the words at a token of a sentence are; None where only the document itself tells."""
    return Tellers(context, items).at(sentence, token)


def told_by(tellers: Tellers, report: Report) -> tuple[Cited[str], ...]:
    """Whose accounts of a contact the document relays: those that govern the words which tell of it."""
    found: dict[str, Cited[str]] = {}
    places = [locate(tellers.context, report.trigger), *(last_place(tellers.context, q) for q in report.quotes)]
    for place in dict.fromkeys(places):
        if place:
            for who in tellers.all_at(*place):
                found.setdefault(who.value, who)
    return tuple(found.values())


def locate(context: Context, span: Span) -> tuple[int, int] | None:
    """The sentence and token where a span starts."""
    for sentence in context.sentences:
        if sentence.part == span.part and sentence.start <= span.start < sentence.stop:
            token = next((i for i, t in enumerate(sentence.tokens) if t.stop > span.start), 0)
            return sentence.index, token
    return None


def last_place(context: Context, span: Span) -> tuple[int, int] | None:
    """The sentence and token where a span ends."""
    return locate(context, Span(span.document, max(span.start, span.stop - 1), span.stop, span.part))


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
    return not any(n in _COMPLEMENTS for n in tail[:end]) and end <= 6


def _adjunct(norms: Sequence[str], last: int, token: int) -> bool:
    """Whether the token lies in "during a meeting with …" that hangs on the verb of saying, not in what is said."""
    between = norms[last:token]
    if any(n in _COMPLEMENTS for n in between):
        return False
    return bool(between) and between[0] in _ADJUNCTS


def _quotations(context: Context) -> Iterator[tuple[tuple[int, int, str], tuple[int, int, str]]]:
    """Quotations as (sentence, offset, part) of their first and last sign, paired by their turn within a paragraph."""
    open_at: tuple[int, int, str] | None = None
    paragraph = -1
    for sentence in context.sentences:
        if sentence.paragraph != paragraph:
            open_at, paragraph = None, sentence.paragraph
        text = context.document.part(sentence.part)
        for token in sentence.tokens:
            if token.norm not in _QUOTE:
                continue
            here = (sentence.index, token.start, sentence.part)
            if _opens(text, token.start):
                open_at = open_at if open_at and text[open_at[1]] == token.text and token.text == '"' else here
            elif open_at is not None:
                yield open_at, here
                open_at = None


def _opens(text: str, at: int) -> bool:
    """Whether the quotation mark at an offset opens."""
    if text[at] in "“”«»„":
        return text[at] in "“«„"
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return (not before or before.isspace() or before in "(—–-") and bool(after) and not after.isspace()
