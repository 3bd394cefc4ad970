"""The second look: the reader's own rules tried on the sentences that have a chance, and on nothing else.

Whom words that point back stand for ("he", "the two ministers", "the minister") is not known where the rest of the
document is left out: they stand for somebody of a side of its own, so that the trial finds more than the reader, and
never less. Nothing of it is kept; a document in which it finds something is read from its beginning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from communique.extract.actors import find_actors
from communique.extract.agreements import tells_of_agreement
from communique.extract.agreements.words import vocabulary
from communique.extract.claims import fire_claims
from communique.extract.contacts import TALKS
from communique.extract.contacts.gatherings import gatherings
from communique.extract.contacts.roles import constructions
from communique.extract.contacts.sides import trigger_of
from communique.extract.contacts.triggers import mark_triggers
from communique.extract.context import ActorMention, Context
from communique.extract.dating import publication_day
from communique.extract.issuer import issuer_of
from communique.extract.items import Items, build_items
from communique.extract.look.chance import look_for
from communique.extract.look.shapes import PLURAL
from communique.extract.times import find_times
from communique.knowledge import Knowledge
from communique.knowledge.summits import may_name
from communique.knowledge.titles import load_titles
from communique.model import Document, Party, Span
from communique.text import Sentence, Token, split

_TOGETHER = 4  # stretches tried together at first, then twice as many
_ABSENT = Party("?", "?", None, None, "leader")
_CONTACT = ("trigger", "contact")
_AGREEMENT = ("agreement", "agreement-list", "agreement-deed", "agreement-name")


def may_tell(document: Document, knowledge: Knowledge) -> bool:
    """Whether both looks let a document through."""
    stretches = look_for(knowledge).document(document)
    return bool(stretches) and rehearse(document, stretches, knowledge)


def rehearse(document: Document, stretches: Sequence[str], knowledge: Knowledge) -> bool:
    """Whether the rules find anything in these stretches of a document; what a government issued is read anyway."""
    if issuer_of(document):
        return True
    waiting, size = iter(stretches), _TOGETHER
    while several := tuple(islice(waiting, size)):
        part = replace(document, title=None, text="\n\n".join(several))
        if any(_tells(one) for one in _lines(part, document.text, knowledge)):
            return True
        size *= 2
    return False


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence on its way to the rules: whether its words can tell of sides, of an agreement, of a gathering."""

    sentence: Sentence
    of_sides: bool
    of_agreement: bool
    of_gathering: bool
    actors: tuple[ActorMention, ...] = ()
    context: Context | None = None

    @property
    def hopeful(self) -> bool:
        """Whether a side is named, or none need be."""
        unnamed = self.of_agreement or self.of_gathering
        return unnamed or any(party.side for mention in self.actors for party in mention.parties)


def _lines(document: Document, whole: str, knowledge: Knowledge) -> Iterator[_Line]:
    """The sentences with words and sides enough; ``whole`` is the text they are from."""
    day = publication_day(document)
    lines = [line for line in (_worded(knowledge, one) for one in split(document)) if line]
    if lines:
        found = find_actors(document, _numbered(lines), knowledge.registry, day)
        lines = [_named(line, mentions, whole) for line, mentions in zip(lines, found, strict=True)]
        lines = [line for line in lines if line.hopeful]
    if lines:
        sentences = _numbered(lines)
        actors = tuple(tuple(replace(m, sentence=n) for m in line.actors) for n, line in enumerate(lines))
        context = Context(document, knowledge, sentences, actors, find_times(document, sentences, day))
        yield from (replace(line, sentence=one, context=context) for line, one in zip(lines, sentences, strict=True))


def _worded(knowledge: Knowledge, sentence: Sentence) -> _Line | None:
    """A sentence that has the words of any rule."""
    words = frozenset(token.norm for token in sentence.tokens)
    of_sides = _have(knowledge, _CONTACT, words) or _have(knowledge, ("claim",), words)
    named = vocabulary(knowledge).may_name(words) and any(_have(knowledge, (name,), words) for name in _AGREEMENT)
    gathering = may_name(knowledge.registry, words)
    return _Line(sentence, of_sides, named, gathering) if of_sides or named or gathering else None


def _have(knowledge: Knowledge, fields: Sequence[str], words: frozenset[str]) -> bool:
    return all(next(knowledge.rules.index(name).possible(words), None) for name in fields)


def _numbered(lines: Sequence[_Line]) -> tuple[Sentence, ...]:
    return tuple(replace(line.sentence, index=n) for n, line in enumerate(lines))


def _named(line: _Line, mentions: Sequence[ActorMention], whole: str) -> _Line:
    standing = tuple(_standing(mention, line.sentence) for mention in mentions)
    return replace(line, actors=_with_known(line.sentence, standing, whole))


def _standing(mention: ActorMention, sentence: Sentence) -> ActorMention:
    """The mention; one that points back stands for a side of its own, or for two."""
    if mention.plural or mention.kind == "group" or sentence.tokens[mention.first].norm in PLURAL:
        return replace(mention, parties=(*mention.parties, _somebody(mention.first), _somebody(-mention.first - 1)))
    if mention.kind == "pronoun" or not any(party.side for party in mention.parties):
        return replace(mention, parties=(_somebody(mention.first),))
    return mention


@cache
def _somebody(number: int) -> Party:
    return replace(_ABSENT, state=f"?{number}")


def _with_known(sentence: Sentence, mentions: Sequence[ActorMention], whole: str) -> tuple[ActorMention, ...]:
    """With those who are called by a name alone that stands behind another elsewhere: "Holm", for "Lars Holm"."""
    taken = {n for mention in mentions for n in range(mention.first, mention.last)}
    tokens = sentence.tokens
    known = [
        ActorMention(sentence.index, n, n + 1, _span(sentence, n), "person", (_somebody(n),), "called-alone")
        for n, token in enumerate(tokens)
        if n not in taken and _name(tokens, n) and re.search(rf"[A-Z][\w.]+\s+{token.text}\b", whole)
    ]
    return tuple(sorted((*mentions, *known), key=lambda mention: mention.first)) if known else tuple(mentions)


def _name(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token stands alone or behind a title, and is written as a name."""
    if not tokens[at].text.isalpha() or not tokens[at].capital or tokens[at].text.isupper():
        return False
    before = at > 0 and tokens[at - 1].capital and tokens[at - 1].norm not in load_titles().heads
    return not before and not (at + 1 < len(tokens) and tokens[at + 1].capital)


def _span(sentence: Sentence, at: int) -> Span:
    token = sentence.tokens[at]
    return Span("", token.start, token.stop, sentence.part)


def _tells(line: _Line) -> bool:
    """Whether a sentence tells of a contact with sides, makes a claim, or says what is done to an agreement."""
    assert line.context is not None  # only sentences with items are tried
    items = build_items(line.context, line.sentence.index)
    if line.of_sides and (_of_contact(line.context, items) or fire_claims(line.context, items)):
        return True
    if line.of_gathering and gatherings(line.context, (items,), ()):
        return True
    return line.of_agreement and tells_of_agreement(line.context, items)


def _of_contact(context: Context, items: Items) -> bool:
    rules = context.knowledge.rules
    marked = mark_triggers(items, rules)
    if marked is items:
        return False
    row = marked.items
    timed = any(item.kind == "time" for item in row)
    made = constructions(marked, rules, _ABSENT, _ABSENT)
    return any(not one.bare or (timed and trigger_of(row[one.trigger]).rule in TALKS) for one in made)
