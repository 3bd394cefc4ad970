"""Who is named in a document: persons, offices, states, organisations, groups and pronouns, resolved to parties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from communique.extract.actors.lexicon import lexicon
from communique.extract.actors.parse import pieces
from communique.extract.actors.pieces import Scan
from communique.extract.actors.resolve import Resolver
from communique.extract.actors.signs import quoted_tokens
from communique.extract.context import ActorMention
from communique.extract.issuer import issuer_of
from communique.knowledge.registry import Registry
from communique.model import Document
from communique.text import Sentence

__all__ = ["find_actors"]


def find_actors(
    document: Document, sentences: Sequence[Sentence], registry: Registry, day: date | None
) -> tuple[tuple[ActorMention, ...], ...]:
    """The mentions of every sentence, in order and without overlap.

    ``day`` is the day on which offices are looked up (publication, or the best guess). A mention takes in the words
    around a name or a title: determiner, standing, side, title and complement are one mention with the name.
    """
    known = lexicon(registry)
    common = frozenset([t.norm for s in sentences for t in s.tokens if t.text[:1].islower()])
    seats: dict[str, str] = {}
    scans = [Scan(sentence, known, day, common, seats) for sentence in sentences]
    seats |= _seats(scans, known.titles.seats)
    found = [pieces(scan) for scan in scans]
    sides = frozenset(a.value for scan in scans for a in scan.atoms)
    resolver = Resolver(registry, known.titles, day, issuer_of(document), document.id, sides)
    if _first_person(scans):
        resolver.speaks()
    order = sorted(range(len(scans)), key=lambda n: (scans[n].sentence.part == "title", n))
    done = {n: resolver.sentence(scans[n], found[n]) for n in order}
    return tuple(done[n] for n in range(len(scans)))


def _seats(scans: Sequence[Scan], seats: Mapping[str, str]) -> dict[str, str]:
    """The seats that a document means: it names the organisation, and the state itself never but by its capital."""
    named = {a.value for scan in scans for a in scan.atoms if a.kind != "capital"}
    return {state: held for state, held in seats.items() if held in named and state not in named}


def _first_person(scans: Sequence[Scan]) -> bool:
    """Whether somebody speaks in the first person outside quotations, as in an address."""
    spoken = 0
    for scan in scans:
        if "i" in scan.sentence.words:
            quoted = quoted_tokens(scan)
            spoken += any(t.text == "I" and at not in quoted for at, t in enumerate(scan.tokens))
    return spoken >= 2
