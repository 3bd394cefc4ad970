"""What must stand around the noun of an agreement for a rule to find that something is done to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from communique.extract.look.words import Words
from communique.extract.times.lexicon import english
from communique.knowledge import Knowledge
from communique.knowledge.grammar import word_class
from communique.knowledge.phrases import Needs, PhraseError, compile_phrase
from communique.knowledge.rules import FieldIndex

_SLOT = "{X:agreement}"
_WORD = re.compile(r"[a-z]+")
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
    ends: frozenset[str]

    def holds(self, words: Words, at: int) -> bool:
        """Whether its words stand around word ``at``, and those before it lead up to it."""
        before = words.row[max(0, at - self.reach) : at][::-1]
        behind = words.row[at + 1 : at + 1 + self.ahead]
        return all(_stands(some, before, self.breaks) for some in self.before) and all(
            _stands(some, behind, self.ends) for some in self.behind
        )


class Deals:
    """What rules want of a sentence that says what is done to an agreement, made once for a version of the rules."""

    def __init__(self, knowledge: Knowledge) -> None:
        rules = knowledge.rules
        classes = rules.classes
        self._phrases, self._deeds = rules.index("agreement"), rules.index("agreement-deed")
        self._lists = rules.index("agreement-list")
        self._political = frozenset(w for name in _POLITICAL for w in classes.get(name, ()))
        breaks = frozenset(classes.get("agreement-stop", ())) - _LEADING - self._political
        ends = frozenset(classes.get("agreement-subject-stop", ())) - _LEADING - frozenset(classes.get("agr-be", ()))
        dated = frozenset().union(*map(english().members, _CALENDAR))
        self._deals: Mapping[int, Deal] = {
            id(p): deal_of(p.source, classes, (breaks, ends), (dated,) if rule.sets.get("needs") == "dated" else ())
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


def deal_of(source: str, classes: Mapping[str, Sequence[str]], breaks: Sequence[frozenset[str]], named: Needs) -> Deal:
    """What a phrase of field ``agreement`` wants around the noun; of one that is not cut in two at it, nothing.

    ``breaks`` are words that end a name before the noun and its subject behind, so that what stands beyond them is not
    said of it; ``named`` are words that the name itself must have.
    """
    before, _, behind = source.partition(_SLOT)
    gaps = ["..." in part for part in (before, behind)]
    try:
        needs = [compile_phrase(f"x {part}", classes).node.words[1:] for part in (before, behind)]
    except PhraseError:
        needs = [(), ()]
    reach, ahead = _REACH + gaps[0] * _GAP, _AHEAD + gaps[1] * _GAP
    own = frozenset(_WORD.findall(behind))
    return Deal(
        (*needs[0], *named),
        needs[1],
        reach,
        ahead,
        frozenset() if gaps[0] else breaks[0],
        frozenset() if gaps[1] else breaks[1] - own,
    )


def _stands(some: frozenset[str], row: Sequence[str], breaks: frozenset[str]) -> bool:
    """Whether one of these words stands in a row, with no break before it."""
    first = next((word for word in row if word in some or word in breaks), None)
    return first in some


def _any(index: FieldIndex, words: Words) -> bool:
    return next(index.possible(words.there), None) is not None
