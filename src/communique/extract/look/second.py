"""The second look, once it is known who is named: whether any sentence has sides and words enough for a record.

It is for those who read archives: a document of which nothing is left here is not read to the end. Sides named by the
sentence before count, for "he" and "the talks" go back to it.
"""

from __future__ import annotations

from collections.abc import Sequence

from communique.extract.agreements.words import vocabulary
from communique.extract.context import ActorMention
from communique.extract.issuer import issuer_of
from communique.knowledge import Knowledge
from communique.model import Document
from communique.text import Sentence

_AGREEMENTS = ("agreement", "agreement-list", "agreement-deed", "agreement-name")


def may_tell(
    document: Document, knowledge: Knowledge, sentences: Sequence[Sentence], actors: Sequence[Sequence[ActorMention]]
) -> bool:
    """Whether contacts, claims or agreements can be told of in any sentence."""
    sides = [frozenset(p.side for m in mentions for p in m.parties if p.side) for mentions in actors]
    words = [frozenset(token.norm for token in sentence.tokens) for sentence in sentences]
    issuer = issuer_of(document)
    own = frozenset((issuer.side,)) if issuer else frozenset()
    several = len(own.union(*sides)) > 1
    for n, there in enumerate(words):
        near = sides[n] | sides[n - 1] | own if n else sides[n] | own
        if len(near) > 1 and _possible(knowledge, ("trigger",), there) and _possible(knowledge, ("contact",), there):
            return True
        if several and _possible(knowledge, ("claim",), there):
            return True
        if _agreement(knowledge, there, any(sides)):
            return True
    return several and any(_possible(knowledge, ("agreement-deed",), there) for there in words)


def _agreement(knowledge: Knowledge, words: frozenset[str], sides: bool) -> bool:
    """Whether something can be told of an agreement here; what has no name of its own needs a side."""
    known = vocabulary(knowledge)
    if not known.may_name(words) or not _possible(knowledge, _AGREEMENTS, words):
        return False
    return sides or not words.isdisjoint(known["political"] | known["truce"]) or known.may_know(words)


def _possible(knowledge: Knowledge, fields: Sequence[str], words: frozenset[str]) -> bool:
    return any(next(knowledge.rules.index(name).possible(words), None) for name in fields)
