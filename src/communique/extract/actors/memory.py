"""What has been named so far in a document, and whom later words most likely take up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from communique.extract.actors.cast import Figure
from communique.model import Party

_FADES = 0.85
_LEAD = 0.7  # those named in the first sentence are whom the document is about
_WINDOW, _FAR = 120, 600
_REACH = 4


class Said(NamedTuple):
    """A mention that later words may take up. ``subject``: no preposition before it and no 's after it;
    ``joined``: "and" or a comma links it to the mention before.
    """

    sentence: int
    first: int
    last: int
    parties: tuple[Party, ...]
    figure: Figure | None
    quoted: bool
    subject: bool
    joined: bool = False


@dataclass(slots=True)
class Memory:
    """Mentions in order; ``speaker`` is who speaks in the first person, ``named_set`` the last group resolved,
    ``they`` whom the last plural pronoun meant.
    """

    said: list[Said] = field(default_factory=list)
    by_sentence: dict[int, list[Said]] = field(default_factory=dict)
    lead: int | None = None
    speaker: Figure | None = None
    named_set: tuple[int, tuple[Party, ...]] | None = None
    they: tuple[int, tuple[Party, ...]] | None = None

    def add(self, said: Said) -> None:
        """Keep a mention."""
        self.said.append(said)
        self.by_sentence.setdefault(said.sentence, []).append(said)
        if said.figure is not None and self.lead is None:
            self.lead = said.sentence

    def before(self, sentence: int, first: int, reach: int = _REACH) -> Iterator[list[Said]]:
        """Mentions of this sentence before a token, then those of each sentence before it, ``reach`` sentences back."""
        for back in range(reach):
            here = [s for s in self.by_sentence.get(sentence - back, ()) if back or s.first < first]
            if here:
                yield here

    def subject(self, sentence: int, first: int, fits: Callable[[Figure], bool]) -> Figure | None:
        """Whom "he" means: the nearest subject before it in its sentence, else the first subject of the one before."""
        for mentions in self.before(sentence, first):
            people = [s for s in mentions if s.figure is not None and fits(s.figure)]
            chosen = [s for s in people if s.subject and not s.quoted] or [s for s in people if not s.quoted] or people
            if chosen:
                own = mentions[0].sentence == sentence
                nearest = chosen[-1] if own and chosen[-1].subject else chosen[0]
                return nearest.figure
        return None

    def doer(self, sentence: int, first: int) -> Figure | None:
        """The subject of the verb right before a token, whom an object pronoun cannot mean ("he invited him")."""
        near = (s for s in self.by_sentence.get(sentence, ()) if s.last in (first - 1, first - 2))
        return next((s.figure for s in near if s.subject), None)

    def speaker_here(self, sentence: int) -> Figure | None:
        """Who says the words quoted in a sentence: its first person outside the quotation, else the subject before."""
        for mentions in self.before(sentence, 1 << 20, 3):
            outside = [s for s in mentions if s.figure is not None and not s.quoted and s.subject]
            if outside:
                return outside[0].figure
        return None

    def weights(self, sentence: int) -> dict[int, float]:
        """How present each figure (by identity) is at a sentence: its mentions, fading with distance."""
        weights: dict[int, float] = {}
        for said in self.by_sentence.get(-1 if self.lead is None else self.lead, ()):
            if said.figure is not None:
                weights[id(said.figure)] = weights.get(id(said.figure), 0.0) + _LEAD
        for said in self.said[-_WINDOW:]:
            if said.figure is not None and said.sentence <= sentence:
                weight = _FADES ** (sentence - said.sentence)
                weights[id(said.figure)] = weights.get(id(said.figure), 0.0) + weight * (1.5 if said.subject else 1.0)
        return weights

    def prevailing(self, sentence: int, own: str | None) -> str | None:
        """The foreign side most spoken of lately; the own one where no other was."""
        weights: dict[str, float] = {}
        for said in self.said[-_WINDOW:]:
            side = said.parties[0].side
            if side and side != own and 0 <= sentence - said.sentence <= 2 * _REACH:
                weights[side] = weights.get(side, 0.0) + _FADES ** (sentence - said.sentence)
        return max(weights, key=lambda s: weights[s], default=own)

    def figures(self) -> Iterator[Figure]:
        """Figures, the last named first, each once."""
        seen: set[int] = set()
        for said in reversed(self.said[-_FAR:]):
            if said.figure is not None and id(said.figure) not in seen:
                seen.add(id(said.figure))
                yield said.figure

    def sides(self) -> Iterator[str]:
        """Sides, the last named first."""
        for said in reversed(self.said[-_FAR:]):
            for party in reversed(said.parties):
                if party.side:
                    yield party.side


def distinct(parties: Iterable[Party]) -> tuple[Party, ...]:
    """Parties without repetition, in order."""
    seen: dict[tuple[str | None, str | None], Party] = {}
    for party in parties:
        seen.setdefault((party.name, party.side), party)
    return tuple(seen.values())
