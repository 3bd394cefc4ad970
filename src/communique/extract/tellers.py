"""Whose account a document relays at a place: attributions, quotations, turns, and accounts carried over sentences.

An attribution governs part of its sentence (what follows "X said"; what stands before ", X said."; all of it for
"according to X"), the quotation that it opens or closes, however many sentences that has, and for a speaker's turn
("X: …") everything up to the next turn. A sentence that names no teller goes on with the account before it where it
says so ("also", "the two leaders", "was touched upon") or where the same teller speaks again after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from communique.extract.accounts import Accounts
from communique.extract.attributions import Attribution, Attributions
from communique.extract.context import Context
from communique.extract.items import Items
from communique.extract.lexicon import lexicon_of
from communique.model import Cited
from communique.text import Quotation, Sentence, quotations

__all__ = ["Tellers", "teller_at"]

Told = tuple[Cited[str], ...]

_TURNS_AT_LEAST = 2
_OPENING_WORDS = 4
class Tellers:
    """The tellers of one document; attributions are read once for each sentence that is asked about."""

    def __init__(self, context: Context, items: Sequence[Items]) -> None:
        self.context, self.items = context, items
        self._told: dict[tuple[int, int], Told] = {}
        self._found = Attributions(context, items, lambda i, token: self._quotation(i, token) is not None)

    def at(self, sentence: int, token: int) -> Cited[str] | None:
        """Whose account the words at a token are; None where only the document itself tells."""
        return next(iter(self.all_at(sentence, token)), None)

    def all_at(self, sentence: int, token: int) -> Told:
        """Whose accounts the words at a token are: several where several say the same together."""
        place = sentence, token
        if place not in self._told:
            stated = self._stated(sentence, token)
            self._told[place] = stated or self._of_turn(sentence) or self._carried.get(sentence, ())
        return self._told[place]

    @cached_property
    def accounts(self) -> Accounts:
        """The accounts of the document's contacts, for what they tell is told by somebody."""
        return Accounts(self.context, self.items)

    def attributions(self, sentence: int) -> tuple[Attribution, ...]:
        """The attributions of a sentence, without overlap."""
        return self._found.of(sentence)

    def _stated(self, sentence: int, token: int) -> Told:
        """By the attributions of the sentence itself, or of the quotation that the token stands in."""
        if not self.attributions(sentence) and not self._quotes[self.context.sentences[sentence].part]:
            return ()
        quote = self._quotation(sentence, token)
        governing = [a for a in self.attributions(sentence) if self._found.governs(a, token)]
        outside = [a for a in governing if self._quotation(sentence, a.first) != quote or quote is None]
        if outside:
            return self._and_cited(outside, token)
        told = self._of_quotation(quote, self.context.sentences[sentence]) if quote else ()
        return told or (self._and_cited(governing, token) if governing else ())

    def _and_cited(self, governing: Sequence[Attribution], token: int) -> Told:
        """Who tells it, and whom that teller cites: "the agency reported, citing local media"."""
        best = self._found.outermost(governing, token)
        cited = [a for a in governing if a is not best and a.scope == "cited"]
        return best.tellers + tuple(c for a in cited for c in a.tellers)

    @cached_property
    def _quotes(self) -> dict[str, tuple[Quotation, ...]]:
        document = self.context.document
        return {part: tuple(q for q in quotations(document.part(part)) if q.depth == 0) for part in ("title", "text")}

    def _quotation(self, sentence: int, token: int) -> Quotation | None:
        """The quotation that a token stands in."""
        place = self.context.sentences[sentence]
        start = place.tokens[token].start
        return next((q for q in self._quotes[place.part] if q.start <= start < q.stop), None)

    def _of_quotation(self, quote: Quotation, place: Sentence) -> Told:
        """The teller of a quotation, named where it closes or opens, or that of the quotation it follows on."""
        first, last = self._sentence_at(place, quote.start), self._sentence_at(place, quote.stop - 1)
        told = self._beside(last, quote) or self._beside(first, quote)
        if told or first == 0:
            return told
        return self._led(first - 1) or self._follows_on(first, quote)

    def _beside(self, sentence: int, quote: Quotation) -> Told:
        """The teller whom a sentence names outside the quotation, behind it rather than before it."""
        tokens = self.context.sentences[sentence].tokens
        found = [a for a in self.attributions(sentence) if a.scope != "turn"]
        behind = [a for a in found if tokens[a.first].start >= quote.stop]
        before = [a for a in found if tokens[a.last - 1].stop <= quote.start]
        return behind[0].tellers if behind else before[-1].tellers if before else ()

    def _led(self, sentence: int) -> Told:
        """The teller of a sentence that ends with a colon, to whom the quotation behind it belongs."""
        norms = self._found.norms(sentence)
        found = self.attributions(sentence)
        return found[-1].tellers if found and norms[-1] == ":" else ()

    def _follows_on(self, first: int, quote: Quotation) -> Told:
        """The teller of the quotation in the sentence before, when one follows straight on another."""
        before = self.context.sentences[first - 1]
        return next(
            (told for q in reversed(self._quotes[before.part])
             if before.start <= q.stop <= before.stop and q != quote and (told := self._beside(first - 1, q))), (),
        )  # fmt: skip

    def _sentence_at(self, place: Sentence, offset: int) -> int:
        for sentence in self.context.sentences:
            if sentence.part == place.part and sentence.start <= offset < sentence.stop:
                return sentence.index
        return place.index

    def _of_turn(self, sentence: int) -> Told:
        if self.context.sentences[sentence].part != "text":
            return ()
        return next((a.tellers for a in reversed(self._turns) if a.sentence <= sentence), ())

    @cached_property
    def _turns(self) -> tuple[Attribution, ...]:
        colons = [i for i, items in enumerate(self.items) if ":" in items.words]
        found = [a for i in colons for a in self.attributions(i) if a.scope == "turn"]
        return tuple(found) if len(found) >= _TURNS_AT_LEAST or self._found.issued else ()

    @cached_property
    def _carried(self) -> dict[int, Told]:
        """The tellers of sentences that name none; a government's own text is its own account all through."""
        if self._found.issued:
            return {}
        return {i: told for i, told in self._carry() if told}

    def _carry(self) -> Iterator[tuple[int, Told]]:
        run: Told = ()
        reported, paragraph = False, -1
        for sentence in self.context.sentences:
            if sentence.paragraph != paragraph:
                run, paragraph = (), sentence.paragraph
            if said := self._said(sentence):
                run, reported = said, said[0].value in self._bodies
            elif run and self._goes_on(sentence, run, reported):
                yield sentence.index, run
            else:
                run = ()

    def _said(self, sentence: Sentence) -> Told:
        """The teller with whom a sentence ends."""
        found = [a for a in self.attributions(sentence.index) if a.scope != "turn"]
        if found:
            return self._stated(sentence.index, len(sentence.tokens) - 1) or found[-1].tellers
        inside = next((i for i, t in enumerate(sentence.tokens) if self._quotation(sentence.index, i)), None)
        return self._stated(sentence.index, inside) if inside is not None else ()

    @cached_property
    def _bodies(self) -> frozenset[str]:
        """The tellers that are bodies which report, not people who speak."""
        found = (a for i in range(len(self.items)) for a in self.attributions(i) if a.sort in ("body", "source"))
        return frozenset(c.value for a in found for c in a.tellers)

    def _goes_on(self, sentence: Sentence, run: Told, reported: bool) -> bool:
        """Whether a sentence that names no teller goes on with the account before it."""
        ways = self._ways(sentence)
        if "off" in ways:
            return False
        return "on" in ways or (reported and ("add" in ways or self._resumed(sentence, run)))

    def _ways(self, sentence: Sentence) -> frozenset[str]:
        """Whether the words of a sentence go on with an account ("on", "add") or leave it ("off")."""
        hits = lexicon_of(self.context.knowledge.rules, "teller-run").find(sentence.norms)
        return frozenset(h.rule.sets["run"] for h in hits if h.rule.sets["run"] != "off" or h.first < _OPENING_WORDS)

    def _resumed(self, sentence: Sentence, run: Told) -> bool:
        """Whether the next sentence of the paragraph that has a teller has the same one."""
        names = {c.value for c in run}
        for later in self.context.sentences[sentence.index + 1 :]:
            if later.paragraph != sentence.paragraph:
                return False
            if said := self._said(later):
                return names == {c.value for c in said}
        return False


def teller_at(context: Context, items: Sequence[Items], sentence: int, token: int) -> Cited[str] | None:
    """Whose account the words at a token of a sentence are; None where only the document itself tells."""
    return Tellers(context, items).at(sentence, token)
