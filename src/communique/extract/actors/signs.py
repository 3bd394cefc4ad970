"""Small signs that decide what a piece is: quotation marks, vocatives, speakers' labels, words that are no names."""

from __future__ import annotations

from communique.extract.actors.pieces import Piece, Scan, Title
from communique.extract.actors.titles import DETERMINERS
from communique.extract.context import MentionKind
from communique.model import Party

_CALLED = frozenset({"mr", "mrs", "ms", "dr", "sir", "lord", "madam"})
_VOCATIVES = frozenset({"mr", "mr.", "mrs", "ms", "madam", "dear"})


def office_words(scan: Scan, title: Title) -> str:
    """The title as the document gives it, without determiner and number."""
    first = title.first
    while scan.isa(first, "dignities", "before_dignities") or scan.isa(first + 1, "dignities", "before_dignities"):
        first += 1
    while scan.norms[first] in DETERMINERS or scan.norms[first] in ("two", "three", "new", "then", "visiting"):
        first += 1
    return scan.words(min(first, title.start), title.last)


def quoted_tokens(scan: Scan) -> frozenset[int]:
    """Tokens between quotation marks; a sentence whose first mark closes began inside."""
    if '"' not in scan.sentence.words:  # the folded form of every mark
        return frozenset()
    marks = [t.text for t in scan.tokens if t.text in "“”«»"]
    inside, found = bool(marks) and marks[0] in "”»", set[int]()
    for at, token in enumerate(scan.tokens):
        if token.text in ("“", "«", "„"):
            inside = True
        elif token.text in ("”", "»"):
            inside = False
        elif token.text == '"':
            inside = not inside
        elif inside:
            found.add(at)
    return frozenset(found)


def person_like(scan: Scan, name: tuple[int, int], sure: bool, high: bool) -> bool:
    """Whether words nobody knows can be a name: not "Executive Officer", not a single word after "General" alone."""
    first, last = name
    if scan.isa(last - 1, "bodies", "fields", "deeds", "companies") or scan.norms[last - 1] in scan.common:
        return False
    single = last - first == 1
    if scan.loud(first):
        return high and not single and last - first < 4
    return not single or (sure and not scan.headline)


def alone(scan: Scan, at: int) -> bool:
    """Whether a single capitalised word can be a surname: no common word here, no ticker, no part of a longer name."""
    token = scan.tokens[at]
    if scan.norms[at] in scan.common or len(token.text) < 2 or {scan.norms[at - 1], scan.norms[at + 1]} & {"<", "&"}:
        return False
    if token.text.isupper() and not scan.shouted and len(token.text) < 6:
        return False
    inner = at > 1 and not scan.headline and not scan.shouted
    return not (inner and scan.capitals[at - 1] and scan.norms[at - 1].isalpha() and scan.norms[at - 1] not in _CALLED)


def kind_of(piece: Piece, parties: tuple[Party, ...]) -> MentionKind:
    """What the words of a piece are: a person, an office, a body, a group."""
    if piece.name is not None and piece.word != "government":
        return "person"
    if piece.kind == "titled" and piece.title is not None:
        return "group" if piece.title.plural else "office"
    if piece.kind == "pronoun":
        return "pronoun"
    if piece.kind in ("group", "set"):
        return "group"
    if piece.office is not None and piece.level != "body":
        return "office"
    return "organisation" if parties and parties[0].organisation else "state"


def vocative(scan: Scan, at: int) -> bool:
    """Whether a title addresses somebody ("Mr President")."""
    before = scan.norms[max(0, at - 2) : at]
    return bool(before) and (before[-1] in _VOCATIVES or (before[-1] == "." and before[0] in _VOCATIVES))


def acts_after(scan: Scan, piece: Piece) -> bool:
    """Whether "after" or "before" opens a clause whose subject this is ("after Prime Minister X announced …")."""
    verb = scan.norms[piece.last]
    opened = scan.norms[piece.first - 1] in ("after", "before")
    return opened and (verb.endswith("ed") or (verb.isalpha() and scan.isa(piece.last, "after_both")))


def opens(scan: Scan, at: int) -> bool:
    """Whether a speaker's label may stand at a token: at the start, or after a sign that closes what came before."""
    return at == 0 or not scan.norms[at - 1].isalpha()
