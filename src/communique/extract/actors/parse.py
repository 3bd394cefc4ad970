"""Everything a sentence names, as pieces in order and without overlap, before it is resolved."""

from __future__ import annotations

from collections.abc import Iterator

from communique.extract.actors.lexicon import PRONOUNS, Atom
from communique.extract.actors.persons import persons
from communique.extract.actors.pieces import NUMBERS, Piece, Scan
from communique.extract.actors.places import is_place
from communique.extract.actors.titles import DETERMINERS, style, titles
from communique.model import Level

_BEFORE_BODY = DETERMINERS | {"entire", "whole", "official", "senior", "top"}
_DANGLING = frozenset({"and", "is", "was", "said", "has", "had", "will", "who", "in", "at", "told", "to"})
_DOMESTIC = frozenset({"embassy", "parliament", "armed", "security"})


def pieces(scan: Scan) -> tuple[Piece, ...]:
    """The pieces of a sentence: titled persons, then bodies, then names, sets and pronouns in what is left."""
    found = [p for p in persons(scan, list(titles(scan))) if p.kind == "name" or _stands(scan, p)]
    taken = {i for p in found if p.kind != "name" for i in range(p.first, p.last)}
    scan.titled.update(taken)
    taken |= {i for p in found if _given(scan, p) for i in range(p.first, p.last)}
    for piece in _bodies(scan, taken):
        found.append(piece)
        taken.update(range(piece.first, piece.last))
    found.extend(_small(scan, taken))
    found.sort(key=lambda p: (p.first, p.kind == "name" and not p.values, -p.last))
    return tuple(_apart(found))


def _given(scan: Scan, piece: Piece) -> bool:
    """Whether a bare name starts with a given name that is also a state's ("Jordan Miller")."""
    return piece.kind == "name" and piece.last - piece.first > 1 and scan.isa(piece.first, "given_states")


def _apart(ranked: list[Piece]) -> Iterator[Piece]:
    stop = 0
    for piece in ranked:
        if piece.first >= stop:
            yield piece
            stop = piece.last


def _stands(scan: Scan, piece: Piece) -> bool:
    """Whether a title without a name is a mention at all."""
    title = piece.title
    if title is None or piece.name is not None or title.head == "counterpart":
        return True
    if title.level == "expert":
        return False
    if title.sides or piece.owner is not None:
        return True
    weak = title.head in scan.lexicon.titles.words["weak"]
    if title.plural:
        numbered = any(n in NUMBERS for n in scan.norms[title.first : title.start])
        return (title.det is not None or numbered) and (
            not weak or title.head in ("diplomat", "negotiator", "secretary")
        )
    if title.det in ("a", "an", "this", "these", "those"):
        return False
    if weak and len(title.core) == 1 and not title.complement:
        return title.head == "secretary" and title.capital and title.det == "the"
    if title.det is None:
        return title.capital
    return title.level in ("leader", "minister") or title.role is not None or title.capital


def _bodies(scan: Scan, taken: set[int]) -> Iterator[Piece]:
    skip = 0
    for atom in scan.atoms:
        if atom.kind == "blocked" or atom.first in taken or atom.last - 1 in taken or atom.first < skip:
            continue
        piece = _body(scan, atom)
        if piece is not None:
            skip = piece.last
            yield piece


def _body(scan: Scan, atom: Atom) -> Piece | None:
    first = _determined(scan, atom.first)
    det = scan.norms[first] if first < atom.first else None
    if atom.kind == "ministry":
        return _ministry(scan, atom, first, det)
    if atom.kind == "group":
        return Piece("group", first, atom.last, values=(atom.value,), word=scan.norms[atom.last - 1], det=det)
    if atom.kind == "people":
        return Piece("people", first, atom.last, values=(atom.value,), det=det)
    if atom.kind == "capital" and is_place(scan, atom):
        return None
    if atom.kind == "capital" and atom.value in scan.seats:
        atom = atom._replace(value=scan.seats[atom.value])
    return _side(scan, atom, first, det)


def _determined(scan: Scan, at: int) -> int:
    while at > 0 and scan.norms[at - 1] in _BEFORE_BODY and at - 1 not in scan.inside:
        at -= 1
    return at


def _side(scan: Scan, atom: Atom, first: int, det: str | None) -> Piece | None:
    """A state or organisation, its government's nouns ("the Russian side", "a Cuban delegation"), or its adjective."""
    at = atom.last + (scan.norms[atom.last] in ("'s", "'"))
    following = scan.starting.get(at)
    if following is not None and following.kind == "ministry":
        office = scan.words(at, following.last)
        return Piece("body", first, following.last, values=(atom.value,), office=office, det=det)
    noun, nouns = at, scan.lexicon.titles.people["sides"]
    while (
        noun - at < 3 and scan.norms[noun] not in nouns and (scan.isa(noun, "modifiers") or scan.norms[noun] == "new")
    ):
        noun += 1
    while scan.norms[noun + 1] in nouns and scan.norms[noun] in nouns:
        noun += 1
    if scan.norms[noun] in nouns and noun not in scan.inside and not _before_noun(scan, noun):
        return _people(scan, atom, first, noun)
    if atom.kind == "adjective":
        return _adjective(scan, atom, first, det)
    own_name = atom.kind == "metonym" and not scan.isa(atom.first, "plain_metonyms")
    name = scan.words(atom.first, atom.last) if own_name else None
    attributive = atom.adjective and at == atom.last and scan.isa(at, "fields", "modifiers")
    joined = scan.joined(atom.last + 1) and atom.last + 1 in scan.starting
    return Piece("body", first, atom.last, values=(atom.value,), office=name, adjective=attributive or joined, det=det)


def _before_noun(scan: Scan, noun: int) -> bool:
    """ "the Russian military operation": the word only modifies another noun."""
    follow = scan.norms[noun + 1]
    return scan.isa(noun, "modifiers") and scan.isa(noun + 1, "deeds") and follow.isalpha()


def _people(scan: Scan, atom: Atom, first: int, noun: int) -> Piece:
    word = scan.norms[noun]
    noun_of: tuple[str | None, Level] = (None, "body")
    office, level = scan.lexicon.titles.group_nouns.get(word, noun_of)
    return Piece("body", first, noun + 1, values=(atom.value,), office=office, level=level, word=word)


def _adjective(scan: Scan, atom: Atom, first: int, det: str | None) -> Piece:
    """ "Russian" before a noun; "the Ukrainian" without one is a person or people of that side."""
    follow = scan.norms[atom.last]
    alone = not follow.isalpha() or follow in _DANGLING or scan.isa(atom.last, "after_both")
    if det == "the" and follow != "-" and alone:
        return Piece("people", first, atom.last, values=(atom.value,), det=det)
    return Piece("body", atom.first, atom.last, values=(atom.value,), adjective=True)


def _ministry(scan: Scan, atom: Atom, first: int, det: str | None) -> Piece | None:
    """ "the Ministry of Foreign Affairs of Poland"; "the Foreign Ministry", whose side comes from context."""
    if not scan.tokens[atom.first].capital:
        return None
    office = scan.words(atom.first, atom.last)
    if scan.norms[atom.last] == "of":
        follow = scan.starting.get(atom.last + 1 + (scan.norms[atom.last + 1] == "the"))
        if follow is not None and follow.kind == "state":
            return Piece("body", first, follow.last, values=(follow.value,), office=office, det=det)
    if scan.norms[atom.first] in _DOMESTIC:
        return None
    return Piece("body", first, atom.last, office=office, det=det, word="ministry")


def _small(scan: Scan, taken: set[int]) -> Iterator[Piece]:
    small = scan.lexicon.small
    for at, norm in [(n, norm) for n, norm in enumerate(scan.sentence.norms) if norm in small and n not in taken]:
        if norm in PRONOUNS:
            if norm != "i" or scan.tokens[at].text == "I":
                yield _majesty(scan, at) or Piece("pronoun", at, at + 1, word=norm)
        elif norm in ("two", "both"):
            yield from _two(scan, at)
        elif scan.isa(at, "sets") or (norm in scan.lexicon.titles.group_nouns and _resumed(scan, at)):
            yield from _set(scan, at, taken)
        elif norm in ("pair", "duo") and scan.norms[at - 1] == "the" and scan.norms[at + 1] != "of":
            yield Piece("set", at - 1, at + 1, word=norm, number=2, det="the")


def _majesty(scan: Scan, at: int) -> Piece | None:
    """ "His Majesty", "Their Royal Highnesses" alone: spoken of as "he" or "they" would be."""
    spoken = {"his": "he", "her": "she", "their": "they"}.get(scan.norms[at])
    for stop in range(at + 2, at + 4) if spoken else ():
        if scan.isa(stop - 1, "dignities") and scan.capitals[stop - 1 : stop] and style(scan, stop) == at:
            return Piece("pronoun", at, stop, word=spoken or "")
    return None


def _two(scan: Scan, at: int) -> Iterator[Piece]:
    """ "the two agreed", "both stressed": the number stands for the persons."""
    the = at > 0 and scan.norms[at - 1] == "the"
    if scan.isa(at + 1, "after_both") and the == (scan.norms[at] == "two"):
        yield Piece("set", at - the, at + 1, word="two", number=2)


def _resumed(scan: Scan, at: int) -> bool:
    """ "their officials", "both delegations", "the delegations": people of the sides that were named."""
    before = scan.norms[at - 1] if at else ""
    return before in ("their", "both", "two") or (
        before == "the" and scan.norms[at] in ("delegations", "negotiators", "envoys")
    )


def _set(scan: Scan, at: int, taken: set[int]) -> Iterator[Piece]:
    first, count = at, None
    while (
        first > 0
        and first - 1 not in taken
        and (scan.norms[first - 1] in NUMBERS or scan.isa(first - 1, "before_sets"))
    ):
        first -= 1
        count = NUMBERS.get(scan.norms[first], count)
    det = scan.norms[first - 1] if first > 0 and scan.norms[first - 1] in ("the", "these", "our", "their") else None
    if (det is None and count is None) or (scan.norms[at + 1] == "of" and count is None):
        return
    yield Piece("set", first - (det is not None), at + 1, word=scan.norms[at], number=count, det=det)
