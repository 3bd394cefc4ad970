"""Where a person's name stands: capitalised words with initials, particles, hyphens and honorifics."""

from __future__ import annotations

from communique.extract.actors.pieces import Scan
from communique.knowledge.names import key

_LONGEST = 7
LEADING = frozenset({"al", "el", "ul", "bin", "van", "von", "de"})


def honorific(scan: Scan, at: int) -> int:
    """The token after any honorifics ("H.E. Dr.", "Mr.", "His Excellency") that start at ``at``."""
    words = scan.lexicon.titles.words["honorifics"]
    at += scan.norms[at] == "the" and scan.capitals[at + 1 : at + 2] == (True,) and scan.isa(at + 1, "after_the")
    while at < len(scan.tokens) and scan.capitals[at] and scan.norms[at].rstrip(".") in words:
        at += 1
        if scan.norms[at] == "." and scan.tokens[at].start == scan.tokens[at - 1].stop:
            at += 1
    return at


def name_at(scan: Scan, at: int, stops: frozenset[int] = frozenset()) -> int:
    """The token after the name that starts at ``at``; ``at`` itself if none does. ``stops``: where titles start."""
    start, count = at, 0
    loud = scan.loud(at) if at < len(scan.tokens) and scan.capitals[at] else False
    longest = 3 if loud else _LONGEST
    while at < len(scan.tokens) and count < longest and at not in stops:
        step = _part(scan, at, start)
        if not step:
            break
        at, count = at + step, count + 1
        if loud and _surname(scan, at - 1) and not _surname(scan, at):
            break
    if not count or any(scan.isa(i, "companies") for i in range(start, at)):
        return start
    return _suffix(scan, _cut(scan, start, at))


def _surname(scan: Scan, at: int) -> bool:
    return key(scan.norms[at]) in scan.lexicon.registry.surnames


def _cut(scan: Scan, start: int, stop: int) -> int:
    """In a headline all words are capitalised: the name ends with the last word that somebody is called by."""
    if not scan.headline or stop - start < 2:
        return stop
    for at in range(stop - 1, start - 1, -1):
        if _surname(scan, at) and scan.norms[at + 1] != "-" and not scan.isa(at + 1, "particles"):
            return at + 1
    return stop


def _part(scan: Scan, at: int, start: int) -> int:
    """How many tokens of a name stand at ``at``: 0 if none."""
    norm, token, capital = scan.norms[at], scan.tokens[at], scan.capitals[at]
    if norm == "-":
        return 2 if at > start and _glued(scan, at) else 0
    if not capital and scan.isa(at, "particles"):
        return 1 if at > start or (norm in LEADING and _leads(scan, at)) else 0
    if norm[:2] in ("d'", "l'") and token.text[2:3].isupper() and at > start:
        return 1
    if not capital or not _nameable(scan, at, start) or (at == start and _unit(scan, at)):
        return 0
    return 2 if scan.norms[at + 1] == "." and len(norm) == 1 else 1


def _unit(scan: Scan, at: int) -> bool:
    """A lone letter without a stop ("$50M", "Q" before a question) is no initial."""
    token = scan.tokens[at]
    return len(token.text) == 1 and scan.norms[at + 1] != "."


def _glued(scan: Scan, at: int) -> bool:
    """Whether a hyphen joins two words of a name ("Jean-Yves", "al-Assad", "Won-sik")."""
    if at + 1 >= len(scan.tokens) or (at + 1 in scan.starting and not scan.isa(at + 1, "given_states")):
        return False
    before, hyphen, after = scan.tokens[at - 1 : at + 2]
    if hyphen.text in ("–", "—"):
        return False
    return before.stop == hyphen.start and hyphen.stop == after.start and after.text[:1].isalpha()


def _leads(scan: Scan, at: int) -> bool:
    """Whether a small particle at ``at`` opens a name ("al-Assad", "bin Salman")."""
    follow = at + 2 if scan.norms[at + 1] == "-" else at + 1
    while scan.isa(follow, "particles") and not scan.tokens[min(follow, len(scan.tokens) - 1)].capital:
        follow += 1
    return follow < len(scan.tokens) and scan.tokens[follow].capital


def _nameable(scan: Scan, at: int, start: int) -> bool:
    norm = scan.norms[at]
    if scan.isa(at, "not_names") or norm in scan.lexicon.titles.plurals or norm[:1].isdigit():
        return False
    if len(norm) > 2 and norm in scan.common and (scan.headline or scan.shouted):
        return False
    if at in scan.inside:
        return _given_like_state(scan, at, start)
    if scan.shouted or not scan.tokens[at].text.isupper() or len(norm) < 4 or at < start + 2:
        return True
    return scan.tokens[start].text.isupper() or not norm.isalpha()


def _given_like_state(scan: Scan, at: int, start: int) -> bool:
    """States that are given names, too, where a surname follows: "Israel Katz", "Chad Wolf"."""
    atom = scan.starting.get(at)
    if atom is None or atom.last != at + 1 or atom.kind == "blocked" or at != start or not scan.isa(at, "given_states"):
        return False
    return at + 1 < len(scan.tokens) and scan.tokens[at + 1].capital and at + 1 not in scan.inside


def _suffix(scan: Scan, at: int) -> int:
    after = at + 1 if scan.norms[at] == "," else at
    if scan.norms[after].rstrip(".") not in scan.lexicon.titles.words["suffixes"]:
        return at
    after += 1
    return after + 1 if scan.norms[after] == "." and after + 1 < len(scan.tokens) else after
