"""What is known of a document while it is being read: sentences, actors, times, quotations.

Every finder of this layer is a function of a ``Context`` and returns cited values; none of them changes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from communique.model import Document, Party, Span, When
from communique.text import Sentence

if TYPE_CHECKING:
    from communique.knowledge import Knowledge

SPEAKER = "pronoun.speaker"  # the rule of "I", resolved to whoever speaks
MentionKind = Literal["person", "office", "state", "organisation", "group", "pronoun"]


@dataclass(frozen=True, slots=True)
class ActorMention:
    """Words that name one or more sides: tokens ``[first, last)`` of sentence ``sentence``.

    ``parties`` is who it stands for after coreference: one for a person or body, several for a group ("the two
    leaders", "the E3"), none if it could not be resolved. ``kind`` is what the words are, not what they stand for.
    ``adjective`` marks a state named by its adjective ("Russian", "U.S."-) standing before a noun; ``possessive`` a
    mention followed by 's. ``rule`` says how it was resolved.
    """

    sentence: int
    first: int
    last: int
    span: Span
    kind: MentionKind
    parties: tuple[Party, ...]
    rule: str
    adjective: bool = False
    possessive: bool = False
    plural: bool = False


@dataclass(frozen=True, slots=True)
class TimeMention:
    """Words that name a time: tokens ``[first, last)`` of sentence ``sentence``, and its value.

    ``kind`` is TIMEX3's (DATE, TIME, DURATION, SET); ``when`` is None for durations, sets and names of no date.
    ``timex`` is the TIMEX3 value.
    """

    sentence: int
    first: int
    last: int
    span: Span
    kind: Literal["DATE", "TIME", "DURATION", "SET"]
    timex: str
    when: When | None
    rule: str


@dataclass(frozen=True, slots=True)
class Context:
    """A document with everything that later finders read: mentions are grouped by sentence index."""

    document: Document
    knowledge: Knowledge
    sentences: tuple[Sentence, ...]
    actors: tuple[tuple[ActorMention, ...], ...]
    times: tuple[tuple[TimeMention, ...], ...]
