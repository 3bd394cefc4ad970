"""Where a person's name stands: capitalised words with initials, particles, hyphens and honorifics."""

from __future__ import annotations

from communique.extract.actors.pieces import Scan

_PARTICLES = frozenset(
    {
        "al",
        "bin",
        "ibn",
        "bint",
        "von",
        "van",
        "der",
        "den",
        "de",
        "da",
        "di",
        "du",
        "dos",
        "del",
        "della",
        "la",
        "le",
        "el",
        "ul",
        "y",
        "e",
        "ter",
        "ben",
        "abu",
        "und",
        "ould",
        "ag",
        "o",
        "un",
        "mac",
    }  # fmt: skip
)
_AFTER = frozenset({"jr", "sr", "ii", "iii", "iv", "vi", "vii", "viii", "xiv", "xvi"})
_LONGEST = 7


def honorific(scan: Scan, at: int) -> int:
    """The token after any honorifics ("H.E. Dr.", "Mr.", "His Excellency") that start at ``at``."""
    words = scan.lexicon.titles.words["honorifics"]
    while scan.norms[at].rstrip(".") in words and at < len(scan.tokens) and scan.tokens[at].capital:
        at += 1
        if scan.norms[at] == "." and scan.tokens[at].start == scan.tokens[at - 1].stop:
            at += 1
    return at


def name_at(scan: Scan, at: int, stops: frozenset[int] = frozenset()) -> int:
    """The token after the name that starts at ``at``; ``at`` itself if none does. ``stops``: where titles start."""
    start, count = at, 0
    while at < len(scan.tokens) and count < _LONGEST and at not in stops:
        step = _part(scan, at, start)
        if not step:
            break
        at, count = at + step, count + 1
    return _suffix(scan, at) if count else start


def _part(scan: Scan, at: int, start: int) -> int:
    """How many tokens of a name stand at ``at``: 0 if none."""
    norm, token = scan.norms[at], scan.tokens[at]
    if norm == "-":
        glued = at > start and scan.tokens[at - 1].stop == token.start and scan.tokens[at].stop == _start(scan, at + 1)
        return 2 if glued and scan.tokens[at + 1].text[:1].isalpha() and at + 1 not in scan.starting else 0
    if norm in _PARTICLES and not token.capital:
        return 1 if at > start or (norm in ("al", "el", "ul", "bin", "van", "von", "de") and _leads(scan, at)) else 0
    if not token.capital or not _nameable(scan, at, start):
        return 0
    return 2 if scan.norms[at + 1] == "." and len(norm) == 1 else 1


def _leads(scan: Scan, at: int) -> bool:
    """Whether a small particle at ``at`` opens a name ("al-Assad", "bin Salman")."""
    follow = at + 2 if scan.norms[at + 1] == "-" else at + 1
    return follow < len(scan.tokens) and scan.tokens[follow].capital


def _start(scan: Scan, at: int) -> int:
    return scan.tokens[at].start if at < len(scan.tokens) else -1


def _nameable(scan: Scan, at: int, start: int) -> bool:
    norm = scan.norms[at]
    titles = scan.lexicon.titles
    if norm in titles.words["not_names"] or norm in titles.plurals or norm[:1].isdigit():
        return False
    if len(norm) > 2 and norm in scan.common and (scan.headline or scan.shouted):
        return False
    atom = scan.starting.get(at)
    if atom or at in scan.inside:
        return _name_like_state(scan, at, start)
    if len(norm) > 1 and scan.tokens[at].text.isupper() and not scan.shouted and len(norm) > 3 and at > start:
        return scan.tokens[start].text.isupper() or not norm.isalpha() or at == start + 1
    return True


def _name_like_state(scan: Scan, at: int, start: int) -> bool:
    """ "Israel Katz", "Jordan Bardella", "Chad": one-word state names that are given names, before a surname."""
    atom = scan.starting.get(at)
    if atom is None or atom.last != at + 1 or atom.kind == "blocked":
        return False
    follows = at + 1 < len(scan.tokens) and scan.tokens[at + 1].capital and at + 1 not in scan.inside
    return (
        at == start
        and scan.norms[at] in ("israel", "jordan", "chad", "georgia", "cyprus", "kenya", "paris")
        and follows
    )


def _suffix(scan: Scan, at: int) -> int:
    after = at + 1 if scan.norms[at] == "," else at
    if scan.norms[after].rstrip(".") in _AFTER:
        after += 1
        return after + 1 if scan.norms[after] == "." and after + 1 < len(scan.tokens) else after
    return at
