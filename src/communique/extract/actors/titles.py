"""Titles of office in a sentence: determiner, standing, side, words, what they are of — for offices never seen, too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from communique.extract.actors.lexicon import Atom
from communique.extract.actors.pieces import Scan, Title

DETERMINERS = frozenset(
    {"the", "a", "an", "his", "her", "their", "its", "our", "my", "your", "this", "both", "these", "those"}
)
_COMPOUND = frozenset({"general", "designate", "elect", "secretary", "minister", "president", "advisor", "adviser"})
_PREPOSITIONS = frozenset({"of", "for", "to", "on", "at"})
_SIDES = frozenset({"state", "adjective", "org", "capital", "metonym", "group"})
_SIDE_OF = frozenset({"state", "org", "metonym", "group"})
_LONG_FORMS = frozenset({
    "republic", "kingdom", "federation", "federal", "people's", "islamic", "democratic", "united", "commonwealth", "grand", "duchy",
    "principality", "hashemite", "sultanate", "emirate", "socialist", "arab", "bolivarian", "plurinational", "government", "independent",
})  # fmt: skip
_NO_SIDE = frozenset(
    {"ambassador", "envoy", "representative", "coordinator", "negotiator", "emissary", "commissioner", "consul"}
)


def titles(scan: Scan) -> Iterator[Title]:
    """All titles of the sentence, left to right; one may stand inside another's complement, and is then not given."""
    table, at, floor = scan.lexicon.titles, 0, 0
    while at < len(scan.tokens):
        norm = scan.norms[at]
        if (norm in table.heads or norm in table.plurals) and not (at in scan.inside or _modifies(scan, at)):
            title = _title(scan, at, floor)
            if title is not None:
                yield title
                floor = at = title.last
                continue
        at += 1


def _modifies(scan: Scan, at: int) -> bool:
    """Whether a word that can be a head only modifies a later one ("Deputy Foreign Minister", "Chief Trade Adviser")."""
    table = scan.lexicon.titles
    modifiers, step = table.words["modifiers"], at + 1
    if scan.norms[at] not in modifiers:
        return False
    while scan.norms[step] in modifiers and scan.norms[step] not in table.heads and step not in scan.inside:
        step += 1
    if step == at + 1 or (scan.norms[step] not in table.heads and scan.norms[step] not in table.plurals):
        return False
    return step not in scan.inside and (scan.headline or scan.tokens[step].capital == scan.tokens[at].capital)


def _title(scan: Scan, at: int, floor: int) -> Title | None:
    table = scan.lexicon.titles
    head_stop = _compound(scan, at)
    while scan.norms[head_stop] in table.heads and head_stop not in scan.inside and _same_title(scan, head_stop):
        at, head_stop = head_stop, _compound(scan, head_stop)
    start = _core_start(scan, at, floor)
    first, sides, former, det = _before(scan, start, floor)
    last, inner = _after(scan, head_stop, scan.norms[at])
    norm = scan.norms[at]
    singular = table.plurals.get(norm, norm) if norm not in table.heads else norm
    core = tuple(n for n in scan.norms[start:head_stop] if n != "-")
    title = Title(
        first, last, start, core, singular, "senior", None, sides or inner, norm not in table.heads, former, det,
        scan.tokens[at].capital, last > head_stop,
    )  # fmt: skip
    return _ranked(scan, title, head_stop)


def _compound(scan: Scan, at: int) -> int:
    """The token after a head and what is grown to it: "Secretary-General", "President-elect", "Attorney General"."""
    stop = at + 1
    hyphen = scan.norms[stop] == "-" and scan.norms[stop + 1] in _COMPOUND
    if hyphen:
        stop += 2
    elif scan.norms[stop] in ("general", "elect", "designate"):
        stop += 1
    while scan.norms[stop] == "-" and scan.norms[stop + 1] in ("in", "of", "elect", "designate"):
        stop += 4 if scan.norms[stop + 1] in ("in", "of") else 2
    return min(stop, len(scan.tokens))


def _same_title(scan: Scan, at: int) -> bool:
    """Whether a second head goes on with the title ("Deputy Head", "Chief Adviser", "Assistant Secretary")."""
    before = scan.norms[at - 1]
    words = scan.lexicon.titles.words
    if scan.tokens[at - 1].capital != scan.tokens[at].capital and not scan.headline:
        return False
    return before in words["modifiers"] or before in words["lowering"]


def _core_start(scan: Scan, at: int, floor: int) -> int:
    words = scan.lexicon.titles.words
    start = at
    while start > floor:
        norm = scan.norms[start - 1]
        if norm == "-" and start - 1 > floor and scan.norms[start - 2] in words["modifiers"]:
            start -= 2
        elif norm in words["modifiers"] and start - 1 not in scan.inside:
            start -= 1
        elif norm in ("and", "&", ",") and start < at and _joins(scan, start, floor):
            start -= 2
        else:
            break
    return start


def _joins(scan: Scan, start: int, floor: int) -> bool:
    """ "foreign and defence minister": a field, "and", another field."""
    fields = scan.lexicon.titles.words["fields"]
    return (
        start - 2 >= floor
        and scan.norms[start - 2] in fields
        and scan.norms[start] in fields
        and scan.norms[start - 1] != ","
    )


def _before(scan: Scan, start: int, floor: int) -> tuple[int, tuple[str, ...], bool, str | None]:
    """Where the phrase starts, which sides stand before the title, whether it is a former office, its determiner."""
    at, former = _standing(scan, start, floor)
    at, sides = _sides_before(scan, at, floor)
    at, earlier = _standing(scan, at, floor)
    det = None
    while at > floor and scan.norms[at - 1] in DETERMINERS | _NUMBERS.keys() and at - 1 not in scan.inside:
        at -= 1
        det = scan.norms[at]
    return at, sides, former or earlier, det


_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "both": 2}


def _standing(scan: Scan, at: int, floor: int) -> tuple[int, bool]:
    words, former = scan.lexicon.titles.words, False
    while at > floor:
        norm = scan.norms[at - 1]
        if norm in words["past"]:
            former = True
        elif norm == "-" and scan.norms[at - 2] in ("ex", "then"):
            pass
        elif norm not in words["status"] or at - 1 in scan.inside:
            break
        at -= 1
    return at, former


def _sides_before(scan: Scan, at: int, floor: int) -> tuple[int, tuple[str, ...]]:
    found: list[str] = []
    while at > floor:
        stop = at - 1 if scan.norms[at - 1] in ("'s", "'") else at
        atom = scan.ending.get(stop)
        if atom is None or atom.kind not in _SIDES or atom.first < floor or scan.joined(at):
            break
        if atom.kind == "group" and stop == at - 1:
            break
        found.insert(0, atom.value)
        at = atom.first
        link = _link(scan, at, floor)
        if link == at:
            break
        at = link
    return (at, tuple(dict.fromkeys(found)))


def _link(scan: Scan, at: int, floor: int) -> int:
    """Steps over ", " or " and " between two sides: "U.S. and Russian Presidents"."""
    stop = at
    while stop > floor and scan.norms[stop - 1] in (",", "and", "&"):
        stop -= 1
    atom = scan.ending.get(stop)
    return (
        stop
        if (stop < at and atom is not None and atom.kind == "adjective") or (stop < at and atom and atom.adjective)
        else at
    )


def _after(scan: Scan, at: int, head: str) -> tuple[int, tuple[str, ...]]:
    """Where the complement ends, and the sides it names."""
    sides: list[str] = []
    stop = at
    while scan.norms[stop] in _PREPOSITIONS and stop < len(scan.tokens):
        preposition = scan.norms[stop]
        end, found = _object(scan, stop + 1)
        if end == stop + 1:
            break
        binds = preposition == "of" or (preposition == "for" and head not in _NO_SIDE)
        if found and (binds or _nested(scan, stop + 1, end)) and not sides:
            sides = found
        stop = end
    return stop, tuple(dict.fromkeys(sides))


def _nested(scan: Scan, first: int, last: int) -> bool:
    heads = scan.lexicon.titles.heads
    return any(scan.norms[i] in heads for i in range(first, last))


def _object(scan: Scan, at: int) -> tuple[int, list[str]]:
    """What a title is of: fields, bodies, states, a nested title. Gives the end and the sides named."""
    start, sides, end = at, list[str](), at
    words, heads = scan.lexicon.titles.words, scan.lexicon.titles.heads
    while at < len(scan.tokens):
        norm, atom = scan.norms[at], scan.starting.get(at)
        if atom is not None and atom.kind != "blocked":
            at = end = atom.last
            if atom.kind in _SIDES:
                sides.append(atom.value)
            if atom.kind in _SIDE_OF:
                follow = _goes_on(scan, at)
                if follow is None:
                    break
                at = follow
        elif norm in ("the", "this", "our", "that") or norm in ("'s", "'"):
            at += 1
        elif (
            norm in words["fields"]
            or norm in words["bodies"]
            or norm in _LONG_FORMS
            or ((norm in heads or norm in words["modifiers"]) and scan.tokens[at].capital and at > start)
        ):
            at += 1
            end = at
        elif (
            (norm == "of" and end == at)
            or (norm in (",", "and", "&", "-", "for", "/") and end == at and _field_follows(scan, at + 1))
            or (scan.tokens[at].capital and _body_ahead(scan, at))
        ):
            at += 1
        elif norm in ("country", "nation") and scan.norms[at - 1] == "this":
            at += 1
            end = at
            break
        else:
            break
    return (end, sides) if end > start else (start, [])


def _goes_on(scan: Scan, at: int) -> int | None:
    """Where a complement goes on after a state: "'s Parliament", a body, "and" with another state; None if it ends."""
    norm = scan.norms[at]
    words = scan.lexicon.titles.words
    if norm in ("'s", "'"):
        return at if scan.norms[at + 1] in words["bodies"] | words["fields"] | words["modifiers"] else None
    if norm in (",", "and"):
        follow = at + 1 + (scan.norms[at + 1] == "and")
        follow += scan.norms[follow] == "the"
        atom = scan.starting.get(follow)
        return follow if atom is not None and atom.kind in _SIDE_OF and _enumerates(scan, at) else None
    return at if norm in words["bodies"] and norm not in scan.lexicon.titles.heads else None


def _enumerates(scan: Scan, at: int) -> bool:
    """Whether "of A, B and C" belongs to a plural title before it."""
    back = at
    while back > 0 and scan.norms[back - 1] != "of":
        back -= 1
    return back > 1 and scan.norms[back - 2] in scan.lexicon.titles.plurals


def _field_follows(scan: Scan, at: int) -> bool:
    at += scan.norms[at] in ("and", "the", "for")
    at += scan.norms[at] == "the"
    words = scan.lexicon.titles.words
    return scan.norms[at] in words["fields"] or scan.norms[at] in ("affairs",)


def _body_ahead(scan: Scan, at: int) -> bool:
    """Whether capitalised words from ``at`` end in a word for a body ("Federal Security Service")."""
    bodies = scan.lexicon.titles.words["bodies"]
    for step in range(at, min(at + 5, len(scan.tokens))):
        norm = scan.norms[step]
        if norm in bodies and scan.tokens[step].capital:
            return True
        if not scan.tokens[step].capital and norm not in ("of", "and", "&", "the", "for"):
            return False
    return False


def _ranked(scan: Scan, title: Title, head_stop: int) -> Title | None:
    """The title with role and level; None where the words are no title here."""
    registry, table = scan.lexicon.registry, scan.lexicon.titles
    words = _phrases(scan, title, head_stop)
    role = next((r for r in map(registry.role_of, words) if r is not None), None)
    lowered = any(w in table.words["lowering"] for w in title.core[:-1]) or title.core[0] in ("state", "press")
    level = role.level if role else table.level(title.head)
    if role is None and lowered and level in ("minister", "leader"):
        level = "minister" if "prime" in title.core else "senior"
    sides = title.sides or tuple(s for s in (_default(scan, w) for w in words) if s)[:1]
    return replace(title, role=role.id if role else None, level=level, sides=sides)


def _phrases(scan: Scan, title: Title, head_stop: int) -> list[str]:
    """The words by which roles.csv may know the title: with complement, without, and its shorter ends."""
    singular = [*title.core[:-1], title.head] if title.core and title.plural else [*title.core]
    whole = " ".join([*singular, *(n for n in scan.norms[head_stop : title.last])])
    cuts = [whole]
    while " of " in cuts[-1] or " to " in cuts[-1] or " for " in cuts[-1]:
        cuts.append(cuts[-1].rsplit(" ", 1)[0])
    ends = [" ".join(singular[i:]) for i in range(len(singular))]
    return [*cuts, *ends]


def _default(scan: Scan, phrase: str) -> str | None:
    return scan.lexicon.titles.defaults.get(phrase)


def side_atom(atom: Atom) -> bool:
    """Whether an atom can stand for a side."""
    return atom.kind in _SIDES
