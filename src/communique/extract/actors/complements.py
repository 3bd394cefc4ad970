"""What a title is of: "of the Republic of Poland", "for Energy and Mineral Resources", "to the leaders of the Quad"."""

from __future__ import annotations

from communique.extract.actors.names import name_at
from communique.extract.actors.pieces import Scan

SIDES = frozenset({"state", "adjective", "org", "capital", "metonym", "group"})
POSSESSIVE = ("'s", "'")
_PREPOSITIONS = frozenset({"of", "for", "to", "on", "at"})
_SIDES_OF = frozenset({"state", "org", "metonym", "group"})
_NESTED = 3
_ARTICLES = frozenset({"the", "this", "our", "that", *POSSESSIVE})


def is_head(scan: Scan, at: int) -> bool:
    """Whether a token is a title's noun, outside any alias."""
    table = scan.lexicon.titles
    return (scan.norms[at] in table.heads or scan.norms[at] in table.plurals) and at not in scan.inside


def complement(scan: Scan, at: int, head: str) -> tuple[int, tuple[str, ...]]:
    """Where the complement ends, and the sides it names."""
    sides: list[str] = []
    stop = at
    peer = head in scan.lexicon.titles.peers or head == "counterpart"
    while (scan.norms[stop] in _PREPOSITIONS or (peer and scan.norms[stop] == "from")) and stop < len(scan.tokens):
        preposition = scan.norms[stop]
        end, found = _object(scan, stop + 1)
        if end == stop + 1:
            break
        binds = preposition in ("of", "from") or (preposition == "for" and head.startswith("spokes"))
        binds = binds or any(scan.norms[at] == "of" and at not in scan.inside for at in range(stop + 1, end))
        if found and not sides and (binds or any(is_head(scan, i) for i in range(stop + 1, end))):
            sides = found
        stop = end
    if scan.norms[stop] == "in" and stop > at:
        stop = _posted(scan, stop)
    return stop, tuple(dict.fromkeys(sides))


def _posted(scan: Scan, at: int) -> int:
    """ "Head of the NATO Mission in Ukraine Karen X": where an official is posted, if the name follows."""
    place = scan.starting.get(at + 1 + (scan.norms[at + 1] == "the"))
    named = place is not None and place.kind in ("state", "capital") and name_at(scan, place.last) > place.last + 1
    return place.last if place is not None and named else at


def _object(scan: Scan, at: int) -> tuple[int, list[str]]:
    """What a title is of: fields, bodies, states, a nested title. Gives the end and the sides named."""
    start, end = at, at
    sides: list[str] = []
    while at < len(scan.tokens):
        atom = scan.starting.get(at)
        if atom is not None and atom.kind != "blocked":
            if _owns_title(scan, atom.last):
                break
            at = end = atom.last
            if _owns_body(scan, at):
                return end, []
            if atom.kind in ("org", "state") and scan.isa(at, "fields"):
                continue
            if atom.kind == "adjective" and "-" in (scan.norms[at], scan.norms[atom.first - 1]):
                at += scan.norms[at] == "-"
                continue
            elsewhere = atom.kind == "metonym" and scan.norms[at] == "of"  # "the Chancellery of the Polish government"
            if atom.kind in SIDES and not elsewhere:
                sides.append(atom.value)
            if atom.kind in _SIDES_OF:
                follow = _goes_on(scan, at)
                if follow is None:
                    break
                at = follow
        elif _belongs(scan, at, start):
            at += 1
            end = at
        elif _bridges(scan, at, end):
            at += 1
            end = at if scan.norms[at - 2] == "of" and scan.isa(at - 3, "long_forms", "regions") else end
        elif scan.norms[at] in ("country", "nation") and scan.norms[at - 1] == "this":
            end = at + 1
            break
        else:
            break
    return (end, sides) if end > start else (start, [])


def _owns_title(scan: Scan, at: int) -> bool:
    """ "aide to Ukraine's former president": what the state owns is a title of its own."""
    if scan.norms[at] not in POSSESSIVE:
        return False
    at += 1
    while scan.isa(at, "status", "past", "modifiers") and not is_head(scan, at):
        at += 1
    return is_head(scan, at)


def _owns_body(scan: Scan, at: int) -> bool:
    """ "leader of Hungary's opposition party": not of the state, but of something in it."""
    if scan.norms[at] not in POSSESSIVE or scan.isa(at + 1, "bodies"):
        return False
    return any(scan.isa(step, "in_state") for step in range(at + 1, at + 4))


def _belongs(scan: Scan, at: int, start: int) -> bool:
    """Whether a word is part of what a title is of."""
    if scan.isa(at, "fields", "bodies", "long_forms"):
        return True
    nested = is_head(scan, at) and scan.norms[at + 1] == "of"  # "advisers to leaders of A", "to the leaders of A"
    if nested and (scan.norms[at] in scan.lexicon.titles.plurals or (at > start and scan.norms[at - 1] == "the")):
        return True
    return at > start and scan.tokens[at].capital and (is_head(scan, at) or scan.isa(at, "modifiers"))


def _bridges(scan: Scan, at: int, end: int) -> bool:
    """Whether a small or unknown word leads on to more of what a title is of."""
    norm = scan.norms[at]
    if norm in _ARTICLES or (norm == "of" and end == at):
        return True
    if norm in (",", "and", "&", "-", "for", "/") and end == at:
        return _field_follows(scan, at + 1)
    if scan.norms[at - 1] == "of" and scan.isa(at - 2, "long_forms", "regions") and scan.tokens[at].capital:
        return True
    return scan.tokens[at].capital and _body_ahead(scan, at)


def _goes_on(scan: Scan, at: int) -> int | None:
    """Where a complement goes on after a state: "'s Parliament", a body, "and" with another state; None if it ends."""
    norm = scan.norms[at]
    if norm in POSSESSIVE:
        return at if scan.isa(at + 1, "bodies", "fields", "modifiers") else None
    if norm in (",", "and"):
        follow = at + 1 + (scan.norms[at + 1] == "and")
        follow += scan.norms[follow] == "the"
        atom = scan.starting.get(follow)
        return follow if atom is not None and atom.kind in _SIDES_OF and _enumerates(scan, at) else None
    return at if scan.isa(at, "bodies") and norm not in scan.lexicon.titles.heads else None


def _enumerates(scan: Scan, at: int) -> bool:
    """Whether "of A, B and C" belongs to a plural title before it."""
    first = _of_before(scan, at)
    second = _of_before(scan, first - 1)
    nested = first - second <= _NESTED  # "speakers of the parliaments of A, B and C"
    return any(i > 0 and scan.norms[i - 1] in scan.lexicon.titles.plurals for i in (first, second if nested else 0))


def _of_before(scan: Scan, at: int) -> int:
    """The last "of" at or before a token; 0 if there is none."""
    return next((i for i in range(at, 0, -1) if scan.norms[i] == "of"), 0)


def _field_follows(scan: Scan, at: int) -> bool:
    at += scan.norms[at] in ("and", "the", "for")
    at += scan.norms[at] == "the"
    return scan.isa(at, "fields")


def _body_ahead(scan: Scan, at: int) -> bool:
    """Whether capitalised words from ``at`` end in a word for a body ("Federal Security Service")."""
    for step in range(at, min(at + 5, len(scan.tokens))):
        if scan.isa(step, "bodies") and scan.tokens[step].capital:
            return True
        if not scan.tokens[step].capital and scan.norms[step] not in ("of", "and", "&", "the", "for"):
            return False
    return False
