"""An agreement as a sentence names it, and the name it is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from communique.extract.agreements.words import vocabulary
from communique.knowledge import Knowledge
from communique.model import Party, When

_SHOWN = 3
_SHORT = {
    "USA": "US", "GBR": "UK", "European Union": "EU", "SUN": "Soviet Union", "ARE": "UAE", "PRK": "North Korea",
    "KOR": "South Korea",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class AgreementMention:
    """Words that name an agreement.

    ``known`` is its usual name if the registry has it; ``words`` what stands before the noun, ``subject`` what it is
    about, ``clause`` what a clause behind it tells, for a name when nothing else does. ``parties`` are the sides the
    words name, ``partners`` those of a plural noun ("deals with Norway and Chad").
    ``definite``: the reader is expected to know it; ``draft``: called a draft; ``dated``: a day or month stands in the
    name; ``back``: it may go back to one named before; ``proper``: written as a name; ``denied``: "no deal";
    ``generic``: the noun fits any agreement. ``idle`` are words that tell it from no other.
    """

    noun: str
    known: str | None = None
    words: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    clause: tuple[str, ...] = ()
    parties: tuple[Party, ...] = ()
    partners: tuple[Party, ...] = ()
    when: When | None = None
    definite: bool = False
    draft: bool = False
    dated: bool = False
    back: bool = False
    proper: bool = False
    denied: bool = False
    generic: bool = True
    idle: frozenset[str] = field(default=frozenset(), repr=False, compare=False)

    @property
    def content(self) -> frozenset[str]:
        """The folded words that tell it from other agreements."""
        return frozenset(w.lower() for w in (*self.words, *self.subject)) - self.idle

    @property
    def plural(self) -> bool:
        """Whether it is several: "the agreements" are not the agreement named before."""
        return self.noun.endswith("s")

    @property
    def bare(self) -> bool:
        """Whether the words alone do not tell which agreement is meant."""
        return not self.known and not self.content and len(sides(self.parties)) < 2


def sides(parties: Sequence[Party]) -> tuple[str, ...]:
    """The distinct states and organisations among parties, in order."""
    return tuple(dict.fromkeys(p.side for p in parties if p.side))


def side_name(knowledge: Knowledge, side: str) -> str:
    """The short name by which a side stands in the name of an agreement."""
    state = knowledge.registry.states.get(side)
    return _SHORT.get(side) or (state.name if state else side)


def ends_war(knowledge: Knowledge, mention: AgreementMention) -> bool:
    """Whether it is "to end the war": a peace plan, then."""
    words = vocabulary(knowledge)
    about = {w.lower() for w in mention.subject}
    return not about.isdisjoint(words["ending"]) and not about.isdisjoint(words["war"])


def agreement_name(knowledge: Knowledge, mention: AgreementMention) -> str:
    """The usual name, else one made of sides, words and subject: "Norway-Chad trade agreement on fish"."""
    if mention.known:
        return mention.known
    names = [side_name(knowledge, side) for side in sides(mention.parties)]
    shown = "-".join(names) if len(names) <= _SHOWN else ""
    stale = vocabulary(knowledge)["stale"]
    words = [w for w in mention.words if w.lower() not in stale]
    peace, about = _subject(knowledge, mention)
    return " ".join(part for part in (shown, *words, peace, mention.noun, about) if part)


def _subject(knowledge: Knowledge, mention: AgreementMention) -> tuple[str, str]:
    """What an agreement is about, as a word before its noun and words behind."""
    if ends_war(knowledge, mention):
        return "" if "peace" in mention.content else "peace", ""
    subject = mention.subject or (() if mention.content else mention.clause)
    return "", f"on {' '.join(subject)}" if subject else ""
