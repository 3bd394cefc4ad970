"""The pieces into which a sentence falls before anything is resolved: titles, names, states, groups, pronouns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

from communique.extract.actors.lexicon import Atom, Lexicon
from communique.model import Level
from communique.text import Sentence

PieceKind = Literal["titled", "name", "body", "group", "set", "pronoun", "counterpart", "people"]
NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}


class Title(NamedTuple):
    """A title in the text: ``[first, last)`` with determiner and complement, ``core`` its words without either.

    ``sides`` are the states or organisations the words themselves name, or, ``assumed``, the only ones to have it;
    ``owned`` marks a title after a name that is none of theirs ("Tenneco president X").
    """

    first: int
    last: int
    start: int
    core: tuple[str, ...]
    head: str
    level: Level
    role: str | None
    sides: tuple[str, ...] = ()
    plural: bool = False
    former: bool = False
    det: str | None = None
    capital: bool = False
    complement: bool = False
    owned: bool = False
    assumed: bool = False
    phrases: tuple[str, ...] = ()


class Piece(NamedTuple):
    """One thing a sentence names. ``values`` are sides; ``name`` a token range; ``word`` the noun or pronoun itself.

    ``owner`` is the name before a title, on whose side the title's bearer is ("Trump envoy X", "Putin's aide X").
    """

    kind: PieceKind
    first: int
    last: int
    title: Title | None = None
    name: tuple[int, int] | None = None
    values: tuple[str, ...] = ()
    word: str = ""
    office: str | None = None
    level: Level = "body"
    adjective: bool = False
    det: str | None = None
    number: int | None = None
    owner: tuple[int, int] | None = None


class Scan:
    """A sentence with its aliases, ready for the parsers of titles, names and groups.

    ``norms`` are the folded words, with a few empty ones after the end so that looking ahead needs no check;
    ``capitals`` tells which start with a capital letter; ``common`` are words that the document writes small;
    ``seats``: states by whose capital the document means an organisation that sits there ("Brussels").
    """

    def __init__(
        self,
        sentence: Sentence,
        lexicon: Lexicon,
        day: date | None,
        common: frozenset[str],
        seats: Mapping[str, str],
    ) -> None:
        self.sentence, self.lexicon, self.day, self.common, self.seats = sentence, lexicon, day, common, seats
        self.tokens, self.capitals = sentence.tokens, sentence.capitals
        self.norms = (*sentence.norms, "", "", "", "", "", "")
        self.titled: set[int] = set()
        self._classes = lexicon.titles.classes

    @cached_property
    def shouted(self) -> bool:
        """Whether (nearly) every word is in capitals, so that case tells nothing."""
        words = [t.text for t in self.tokens if t.text[:1].isalpha() and len(t.text) > 1]
        return len(words) > 2 and sum(map(str.isupper, words)) >= 0.8 * len(words)

    def loud(self, at: int) -> bool:
        """Whether a token stands among words in capitals, in a sentence in capitals or in part of one."""
        if self.shouted or not self.tokens[at].text.isupper():
            return self.shouted
        window = [t.text for t in self.tokens[max(0, at - 1) : at + 2] if t.text[:1].isalpha() and len(t.text) > 2]
        return len(window) > 1 and all(w.isupper() for w in window) and any(len(w) > 4 for w in window)

    @cached_property
    def headline(self) -> bool:
        """Whether most longer words start with a capital, as in titles."""
        words = [t for t in self.tokens if len(t.text) > 3 and t.text[:1].isalpha()]
        ended = self.sentence.part == "text" and self.tokens[-1].text in (".", ",", ";")
        return not ended and len(words) > 3 and sum(t.capital for t in words) >= 0.75 * len(words)

    @cached_property
    def atoms(self) -> tuple[Atom, ...]:
        """Aliases of the registry, left to right."""
        return tuple(self.lexicon.find(self.tokens, self.shouted, self.day))

    @cached_property
    def starting(self) -> dict[int, Atom]:
        """Atoms by their first token."""
        return {a.first: a for a in self.atoms}

    @cached_property
    def ending(self) -> dict[int, Atom]:
        """Atoms by the token after their last."""
        return {a.last: a for a in self.atoms}

    @cached_property
    def inside(self) -> frozenset[int]:
        """All tokens that belong to an atom."""
        return frozenset(i for a in self.atoms for i in range(a.first, a.last))

    def isa(self, at: int, *classes: str) -> bool:
        """Whether the word at a token is in one of the word classes of titles.toml."""
        member = self._classes.get(self.norms[at])
        return member is not None and not member.isdisjoint(classes)

    def joined(self, at: int) -> bool:
        """Whether a hyphen joins token ``at`` to the one before it."""
        if not 1 < at < len(self.tokens) or self.norms[at - 1] != "-":
            return False
        return self.tokens[at - 1].stop == self.tokens[at].start

    def words(self, first: int, last: int) -> str:
        """The text of tokens ``[first, last)`` with single spaces as in the source."""
        tokens = self.tokens
        parts = [tokens[first].text] if first < last else []
        for before, token in zip(tokens[first : last - 1], tokens[first + 1 : last], strict=True):
            parts.append(("" if before.stop == token.start else " ") + token.text)
        return "".join(parts)
