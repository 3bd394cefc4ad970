"""Whether a capital's name means the city or the government that sits there."""

from __future__ import annotations

from communique.extract.actors.lexicon import Atom
from communique.extract.actors.pieces import Scan

_WINDOW = 6


def is_place(scan: Scan, atom: Atom) -> bool:
    """The city: after "in"; after movement and "to"; in a dateline; in "the Moscow region" and "Moscow, Russia"."""
    place, at = scan.lexicon.titles.place, atom.first
    before = scan.norms[at - 1] if at else ""
    after = scan.norms[atom.last]
    if before in place["before"] or after in place["after"] or _datelined(scan, atom):
        return True
    if at == 0 and _dateline(scan, atom.last):
        return True
    if before in ("from", "to", "for"):
        return _moves(scan, at, before)
    follow = scan.starting.get(atom.last + 1)
    if after == "," and follow is not None and follow.value == atom.value:
        return True
    return before == "-" or (after == "-" and scan.joined(atom.last + 1) and follow is None)


def _datelined(scan: Scan, atom: Atom) -> bool:
    """ "Cablegram 33 CANBERRA, 8 February": in capitals among words that are not."""
    return scan.tokens[atom.first].text.isupper() and not scan.shouted and scan.norms[atom.last] in (",", "(")


def _moves(scan: Scan, at: int, preposition: str) -> bool:
    """Whether "from"/"to" a capital is about going there, and not about a message or pressure."""
    place = scan.lexicon.titles.place
    window = scan.norms[max(0, at - _WINDOW) : at - 1]
    if any(word in place["message"] for word in window[-3:]):
        return False
    return preposition == "from" or any(word in place["movement"] for word in window)


def _dateline(scan: Scan, at: int) -> bool:
    window = scan.norms[at : at + 8]
    dated = window[0] in (",", "(") and any(word[:1].isdigit() for word in window[1:5])
    return scan.tokens[0].text.isupper() or dated or window[0] in ("(", "-")
