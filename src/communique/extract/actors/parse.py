"""Everything a sentence names, as pieces in order and without overlap, before it is resolved."""

from __future__ import annotations

from collections.abc import Iterator

from communique.extract.actors.lexicon import Atom
from communique.extract.actors.persons import persons
from communique.extract.actors.pieces import Piece, Scan, Title
from communique.extract.actors.titles import DETERMINERS, titles
from communique.model import Level

NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
PRONOUNS = frozenset(
    {"he", "she", "him", "his", "her", "they", "them", "their", "i", "me", "my", "we", "our", "himself", "herself"}
)
_SETS = frozenset(
    {"sides", "parties", "interlocutors", "countries", "nations", "states", "governments", "capitals", "statesmen"}
)
_PAIRS = frozenset({"pair", "duo"})
_SET_WORDS = frozenset(
    {"foreign", "negotiating", "respective", "warring", "neighboring", "neighbouring", "world", "allied"}
)
_WEAK = frozenset({
    "head", "general", "chief", "director", "chair", "deputy", "assistant", "lady", "official", "expert", "counterpart", "lawmaker", "boss", "aide", "representative", "analyst", "specialist", "diplomat", "delegate", "treasurer",
    "prosecutor", "inspector", "attorney", "administrator", "commissioner", "senator", "mp", "legislator", "councillor", "prince",
    "princess", "princes", "whip", "rector", "marshal", "sheikh", "secretary", "mediator", "negotiator", "regent", "ruler",
})  # fmt: skip
_BODY_NOUNS: dict[str, tuple[str | None, Level]] = {
    "officials": ("officials", "body"), "official": ("official", "expert"), "diplomat": ("diplomat", "envoy"), "expert": ("expert", "expert"), "diplomats": ("diplomats", "envoy"), "experts": ("experts", "expert"),
    "delegation": ("delegation", "body"), "delegations": ("delegation", "body"), "negotiators": ("negotiators", "body"),
    "representatives": ("representatives", "body"), "delegates": ("delegates", "body"), "envoys": ("envoys", "envoy"),
    "team": ("team", "body"), "embassy": ("embassy", "body"), "military": ("military", "body"), "lawmakers": ("lawmakers", "senior"),
    "parliamentarians": ("parliamentarians", "senior"), "legislators": ("legislators", "senior"), "mediators": ("mediators", "body"),
    "politicians": ("politicians", "senior"), "mission": ("mission", "body"), "consulate": ("consulate", "body"),
}  # fmt: skip
_PLAIN_METONYMS = frozenset(
    {"kremlin", "white", "elysee", "downing", "blue", "cheong", "number", "no", "10", "oval", "camp"}
)


def pieces(scan: Scan) -> tuple[Piece, ...]:
    """The pieces of a sentence: titled persons first, then bodies and sets, names and pronouns where nothing else stands."""
    found = [p for p in persons(scan, list(titles(scan))) if p.kind == "name" or _stands(scan, p)]
    taken = {i for p in found if p.kind != "name" for i in range(p.first, p.last)}
    for piece in _bodies(scan, taken):
        found.append(piece)
        taken.update(range(piece.first, piece.last))
    found.extend(p for p in _small(scan, taken))
    ranked = sorted(found, key=lambda p: (p.first, p.kind == "name", -p.last))
    return tuple(_apart(ranked))


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
    if title.level == "expert" or title.head in ("official", "diplomat", "expert"):
        return False
    if title.sides:
        return True
    if title.plural:
        numbered = any(n in NUMBERS for n in scan.norms[title.first : title.start])
        return (title.det is not None or numbered) and title.head not in _WEAK - {"diplomat", "negotiator", "secretary"}
    if title.det in ("a", "an", "this", "that", "these", "those"):
        return False
    bare_head = len(title.core) == 1 and not title.complement
    if title.head in _WEAK and bare_head:
        return title.head == "secretary" and title.capital and title.det == "the"
    if title.det is None:
        return title.capital and not (
            title.first == 0 and bare_head and scan.norms[title.last] not in ("'s",) and title.plural
        )
    return title.level in ("leader", "minister") or title.role is not None or title.capital


def _bodies(scan: Scan, taken: set[int]) -> Iterator[Piece]:
    atoms = [a for a in scan.atoms if a.kind != "blocked" and a.first not in taken and a.last - 1 not in taken]
    skip = 0
    for atom in atoms:
        if atom.first < skip:
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
        return Piece("group", first, atom.last, values=(atom.value,), word=scan.norms[atom.last], det=det)
    if atom.kind == "people":
        return Piece("people", first, atom.last, values=(atom.value,), det=det)
    if atom.kind == "capital" and is_place(scan, atom):
        return None
    return _side(scan, atom, first, det)


def _determined(scan: Scan, at: int) -> int:
    while (
        at > 0
        and scan.norms[at - 1] in DETERMINERS | {"entire", "whole", "official", "senior", "top"}
        and at - 1 not in scan.inside
    ):
        at -= 1
    return at


def _side(scan: Scan, atom: Atom, first: int, det: str | None) -> Piece | None:
    """A state or organisation, its government's nouns ("the Russian side", "a Ukrainian delegation"), or its adjective."""
    at = atom.last + (scan.norms[atom.last] in ("'s", "'"))
    noun = at
    words = scan.lexicon.titles.words
    while noun - at < 3 and scan.norms[noun] in words["modifiers"] | {"senior", "top", "official", "new"}:
        noun += 1
    following = scan.starting.get(at)
    if following is not None and following.kind == "ministry":
        return Piece(
            "body", first, following.last, values=(atom.value,), office=scan.words(at, following.last), det=det
        )
    if scan.norms[noun] in scan.lexicon.titles.people["sides"] and noun not in scan.inside:
        office, level = _BODY_NOUNS.get(scan.norms[noun], (None, "body"))
        return Piece(
            "body", first, noun + 1, values=(atom.value,), office=office, level=level, det=det, word=scan.norms[noun]
        )
    if atom.kind == "adjective":
        if det == "the" and at == atom.last and not _noun_follows(scan, atom.last):
            return Piece("people", first, atom.last, values=(atom.value,), det=det)
        return Piece("body", atom.first, atom.last, values=(atom.value,), adjective=True)
    attributive = atom.adjective and at == atom.last and scan.norms[at] in words["fields"] | words["modifiers"]
    office = (
        None
        if atom.kind != "metonym" or scan.norms[atom.first] in _PLAIN_METONYMS
        else scan.words(atom.first, atom.last)
    )
    joined = scan.joined(atom.last + 1) and atom.last + 1 in scan.starting
    return Piece(
        "body", first, atom.last, values=(atom.value,), office=office, adjective=attributive or joined, det=det
    )


def _noun_follows(scan: Scan, at: int) -> bool:
    norm = scan.norms[at]
    return norm.isalpha() and norm not in (
        "and",
        "is",
        "was",
        "said",
        "has",
        "had",
        "will",
        "who",
        "in",
        "at",
        "told",
        "to",
    )


def _ministry(scan: Scan, atom: Atom, first: int, det: str | None) -> Piece | None:
    """ "the Foreign Ministry", "the Ministry of Foreign Affairs of Poland": the side is named after it or comes from context."""
    if not scan.tokens[atom.first].capital:
        return None
    at = atom.last
    if scan.norms[at] == "of":
        follow = scan.starting.get(at + 1 + (scan.norms[at + 1] == "the"))
        if follow is not None and follow.kind == "state":
            office = scan.words(atom.first, atom.last)
            return Piece("body", first, follow.last, values=(follow.value,), office=office, det=det)
    if scan.norms[atom.first] in ("embassy", "parliament", "armed", "security"):
        return None
    return Piece("body", first, at, values=(), office=scan.words(atom.first, at), det=det, word="ministry")


def is_place(scan: Scan, atom: Atom) -> bool:
    """Whether a capital's name means the city: after "in", a verb of movement and "to"; a dateline; "the Moscow region"."""
    place, at = scan.lexicon.titles.place, atom.first
    before = scan.norms[at - 1] if at else ""
    after = scan.norms[atom.last]
    if before in place["before"] or after in place["after"] or (atom.first == 0 and _dateline(scan, atom.last)):
        return True
    if before == "from" or before == "to" or before == "for":
        window = scan.norms[max(0, at - 6) : at - 1]
        if any(w in place["message"] for w in window[-3:]):
            return False
        return before == "from" or any(w in place["movement"] for w in window)
    if after == "," and (follow := scan.starting.get(atom.last + 1)) is not None and follow.value == atom.value:
        return True
    return before == "-" or (after == "-" and scan.joined(atom.last + 1) and atom.last + 1 not in scan.starting)


def _dateline(scan: Scan, at: int) -> bool:
    window = scan.norms[at : at + 8]
    dated = len(window) > 2 and window[0] in (",", "(") and any(w[:1].isdigit() for w in window[1:5])
    return scan.tokens[0].text.isupper() or dated or window[0] in ("(", "-")


def _small(scan: Scan, taken: set[int]) -> Iterator[Piece]:
    for at, norm in enumerate(scan.norms[: len(scan.tokens)]):
        if at in taken:
            continue
        if norm in PRONOUNS:
            if not (norm == "i" and scan.tokens[at].text != "I"):
                yield Piece("pronoun", at, at + 1, word=norm)
        elif norm in _SETS or norm in _PAIRS or norm in ("two", "both"):
            piece = _set(scan, at, taken)
            if piece is not None:
                yield piece


def _set(scan: Scan, at: int, taken: set[int]) -> Piece | None:
    norm, follow = scan.norms[at], scan.norms[at + 1]
    if norm == "two" or norm == "both":
        the = at > 0 and scan.norms[at - 1] == "the"
        if not (norm == "both" and not the and follow in _VERBS) and not (norm == "two" and the and follow in _VERBS):
            return None
        return Piece("set", at - the, at + 1, word="two", count=2)
    first, count = at, None
    while (
        first > 0
        and first - 1 not in taken
        and (scan.norms[first - 1] in NUMBERS or scan.norms[first - 1] in _SET_WORDS)
    ):
        first -= 1
        count = NUMBERS.get(scan.norms[first], count)
    det = scan.norms[first - 1] if first > 0 and scan.norms[first - 1] in ("the", "these", "our", "their") else None
    if (
        (det is None and count is None)
        or (follow in ("of", "'s") and norm == "capitals")
        or (follow == "of" and count is None)
    ):
        return None
    if norm in _PAIRS and (det != "the" or follow == "of"):
        return None
    return Piece("set", first - (det is not None), at + 1, word=norm, count=2 if norm in _PAIRS else count, det=det)


_VERBS = frozenset({
    "also", "have", "had", "has", "met", "spoke", "discussed", "were", "will", "held", "agreed", "talked", "said", "are", "would", "exchanged",
    "expressed", "stressed", "emphasized", "reaffirmed", "noted", "praised", "shook", "shared", "reviewed", "did", "last", "first", "sat", "underscored", ",",
    "addressed", "affirmed", "pledged", "committed", "concurred", "announced", "signed", "touched", "confirmed", "underlined", "welcomed", "condemned", "called",
})  # fmt: skip


def standing_title(piece: Piece) -> Title | None:
    """The title of a piece that has no name."""
    return piece.title if piece.name is None else None
