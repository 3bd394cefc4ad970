"""What must stand around the noun of an agreement for a rule to find that something is done to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from communique.extract.look.words import Words
from communique.extract.times.lexicon import english
from communique.knowledge import Knowledge
from communique.knowledge.grammar import word_class
from communique.knowledge.phrases import Needs, PhraseError, compile_phrase
from communique.knowledge.rules import FieldIndex

_SLOT = "{X:agreement}"
_REACH, _AHEAD = 16, 22  # words of a name before its noun and of its subject behind, and of what leads to them
_GAP = 20  # more words over a gap
_ABOUT = 9  # words around the noun that can tell what it is about, or that it was named before
_DRAFT = "to-come"
_CALENDAR = ("month", "month_short", "weekday", "season", "unit", "relday", "part")
_POLITICAL = ("agreement-political", "agreement-truce")
_DEFINITE = word_class("article") | word_class("possessive") | {"these", "this", "those", "such", "both"} - {"a"}
#: Words between what leads to an agreement and its name that do not part them: "signed on Monday in Oslo the pact".
_LEADING = frozenset(("and", "into", "out", "up", "upon", "with")).union(
    *map(word_class, ("before-time", "before-place", "auxiliary", "adverb-word", "portion"))
)


@dataclass(frozen=True, slots=True)
class Deal:
    """A phrase of field ``agreement``: words of which some stand before and behind the noun, and how near."""

    before: Needs
    behind: Needs
    reach: int
    ahead: int
    breaks: frozenset[str]

    def holds(self, words: Words, at: int) -> bool:
        """Whether its words stand around word ``at``, and those before it lead up to it."""
        return all(self._leads(words.row, some, at) for some in self.before) and all(
            words.any_of(some, at + 1, at + 1 + self.ahead) for some in self.behind
        )

    def _leads(self, row: Sequence[str], some: frozenset[str], at: int) -> bool:
        for n in range(at - 1, max(-1, at - 1 - self.reach), -1):
            if row[n] in some:
                return True
            if row[n] in self.breaks:
                return False
        return False


class Deals:
    """What rules want of a sentence that says what is done to an agreement, made once for a version of the rules."""

    def __init__(self, knowledge: Knowledge) -> None:
        rules = knowledge.rules
        classes = rules.classes
        self._phrases, self._deeds = rules.index("agreement"), rules.index("agreement-deed")
        self._lists = rules.index("agreement-list")
        self._political = frozenset(w for name in _POLITICAL for w in classes.get(name, ()))
        breaks = frozenset(classes.get("agreement-stop", ())) - _LEADING - self._political
        dated = frozenset().union(*map(english().members, _CALENDAR))
        self._deals: Mapping[int, Deal] = {
            id(p): deal_of(p.source, classes, breaks, (dated,) if rule.sets.get("needs") == "dated" else ())
            for rule, p in self._phrases.phrases
        }
        self._draft = frozenset(classes.get("agreement-to-come", ()))

    def told(self, words: Words, nouns: Sequence[int]) -> bool:
        """Whether any rule could find an action on what these nouns name."""
        if _any(self._lists, words) or (_any(self._deeds, words) and words.sides(0, len(words.row), 2)):
            return True
        near = [at for at in nouns if words.names or self._goes_back(words, at)]
        return bool(near) and any(deal.holds(words, at) for deal in self._possible(words.there) for at in near)

    def _goes_back(self, words: Words, at: int) -> bool:
        """Whether an agreement with no side in its sentence can be one of states, or go back to one named before."""
        return words.any_of(self._political, at - _ABOUT, at + _ABOUT) or words.any_of(_DEFINITE, at - _ABOUT, at)

    def _possible(self, there: frozenset[str]) -> Iterator[Deal]:
        for rule, phrase in self._phrases.possible(there):
            if rule.sets.get("needs") != _DRAFT or there & self._draft:
                yield self._deals[id(phrase)]


def deal_of(source: str, classes: Mapping[str, Sequence[str]], breaks: frozenset[str], named: Needs = ()) -> Deal:
    """What a phrase of field ``agreement`` wants around the noun; of one that is not cut in two at it, nothing.

    ``breaks`` are words that end a name, so that what stands before them is not said of it; ``named`` are words that
    the name itself must have.
    """
    before, _, behind = source.partition(_SLOT)
    gaps = ["..." in part for part in (before, behind)]
    try:
        needs = [compile_phrase(f"x {part}", classes).node.words[1:] for part in (before, behind)]
    except PhraseError:
        needs = [(), ()]
    reach, ahead = _REACH + gaps[0] * _GAP, _AHEAD + gaps[1] * _GAP
    return Deal((*needs[0], *named), needs[1], reach, ahead, frozenset() if gaps[0] else breaks)


def _any(index: FieldIndex, words: Words) -> bool:
    return next(index.possible(words.there), None) is not None
