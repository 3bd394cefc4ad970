"""Whether the verb that governs a date looks back or ahead: a short look at its clause, no parser."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from communique.extract.times.anchors import Tense
from communique.extract.times.lexicon import word_sets
from communique.text import Token

_WORDS = word_sets("tense")
_NEAR = 4  # tokens within which a reporting verb can have the date for its own
_BE = frozenset(["is", "are", "am", "be"])
_BREAKS = frozenset([";", ":", '"', "(", ")"])


def tense(tokens: Sequence[Token], first: int, last: int) -> Tense:
    """The tense of the clause that holds tokens ``[first, last)``."""
    if _told_as_previous(tokens, first):
        return "forced-past"
    if last < len(tokens) and tokens[last].norm == "'s":
        return "future" if _rightwards(tokens, last + 1) == "future" else "none"
    if _deadline(tokens, first):
        return "future"
    found = _leftwards(tokens, first)
    return found if found != "none" else _rightwards(tokens, last)


def _told_as_previous(tokens: Sequence[Token], first: int) -> bool:
    """ "Last met in November", "the previous conversation took place on June 1"."""
    start = max(0, first - 16)
    norms = [t.norm for t in tokens[start:first]]
    for at in range(len(norms) - 1, 0, -1):
        if norms[at] in _BREAKS or norms[at] in _WORDS["future"]:
            return False
        if norms[at] in _WORDS["last-verb"] and norms[at - 1] == "last":
            return True
        if norms[at] in _WORDS["contact"] and any(n in _WORDS["previous"] for n in norms[max(0, at - 3) : at]):
            return True
    return False


def _deadline(tokens: Sequence[Token], first: int) -> bool:
    """ "By February", "until Tuesday", "as early as Monday": to come, unless something lasted until then."""
    before = [t.norm for t in tokens[max(0, first - 6) : first]]
    if len(before) < 2:
        return False
    if before[-1:] in (["by"], ["until"], ["till"], ["effective"]):
        return not _WORDS["lasted"] & set(before)
    return before[-1:] == ["as"] and before[-2:-1] in (["early"], ["soon"], ["late"])


def _leftwards(tokens: Sequence[Token], first: int) -> Tense:
    """The nearest verb before the date, within its clause."""
    for at in range(first - 1, max(-1, first - 25), -1):
        norm = tokens[at].norm
        if norm in _BREAKS and at < first - 1:
            return "none"
        found = _verb(tokens, at, first)
        if found != "none":
            return "none" if found == "told" else found
    return "none"


def _verb(tokens: Sequence[Token], at: int, first: int) -> Tense | Literal["told"]:
    """What the word at ``at`` says of the time of its clause, seen from a date at ``first``."""
    norm, before = tokens[at].norm, tokens[at - 1].norm if at else ""
    following = tokens[at + 1].norm if at + 1 < len(tokens) else ""
    if norm in _WORDS["future"]:
        return "future"
    if norm in _WORDS["planned"] and (norm not in _WORDS["nouns"] or following == "to"):
        return "past" if _was_planned(tokens, at, before, following) else "future"
    if norm == "set" and following in ("to", "for"):
        return "future"
    if (
        norm == "to"
        and at + 1 < first
        and before not in _WORDS["planned"]
        and (before in _WORDS["to-come"] or before in _BE)
    ):
        return "future"
    if norm in _WORDS["reporting"] and first - at > _NEAR:
        return "told"
    return "past" if is_past(norm) and before not in _WORDS["no-verb-after"] else "none"


def _was_planned(tokens: Sequence[Token], at: int, before: str, following: str) -> bool:
    """ "Had been scheduled", "agreed on Friday that": the planning is told, not what is planned."""
    if before == "been" and at > 1 and tokens[at - 2].norm == "had":
        return True
    if tokens[at].norm == "agreed":
        return following != "to"
    return tokens[at].norm in _WORDS["done"] and following in (
        "on",
        "in",
        "at",
        "with",
        "that",
        "earlier",
        "last",
        "by",
    )


def _rightwards(tokens: Sequence[Token], last: int) -> Tense:
    """The first verb after the date, where none stands before it."""
    for at in range(last, min(last + 16, len(tokens))):
        norm = tokens[at].norm
        if norm in _BREAKS or (norm == "that" and at == last):
            return "none"
        if norm in _WORDS["future"] or (norm == "to" and at > last and tokens[at - 1].norm in _BE):
            return "future"
        planned = norm in _WORDS["planned"] - _WORDS["done"] and (
            norm not in _WORDS["nouns"] or tokens[min(at + 1, len(tokens) - 1)].norm == "to"
        )
        if planned and at > last and norm.endswith(("s", "ed", "due")):
            return "future"
        if is_past(norm):
            return "past"
    return "none"


def is_past(norm: str) -> bool:
    """Whether a word looks like a verb in the past."""
    return norm in _WORDS["past"] or (norm.endswith("ed") and len(norm) > 4 and norm not in _WORDS["not-past"])
