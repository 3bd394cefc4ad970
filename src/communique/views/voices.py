"""Whose account is this? A report speaks with the voice of whoever issued it, or of those whom it relays."""

from __future__ import annotations

import re

from communique.model import Cited, Document, Report, Span
from communique.reconcile.issuers import Issuers
from communique.reconcile.names import same_person
from communique.views.documents import source_name

_APPOSITION = re.compile(r"\s*[,(–—-]\s*([^.;,)]{4,100})")
BEFORE = 160
"""How far before a teller's name the words that say for whom he speaks may stand."""


def own_voice(report: Report, document: Document, issuers: Issuers) -> str:
    """The side that issued the document, or the outlet's name."""
    return issuers.of(document) or source_name(document)


def relayed_voice(teller: Cited[str], report: Report, document: Document, issuers: Issuers) -> str:
    """The side that a teller named in the document speaks for; his own name if that cannot be told.

    A party speaks for its side; "the Kremlin" and "the State Department" say themselves for whom; of anybody else the
    words before the name do ("the deputy spokesman of the White House, …").
    """
    name = teller.value
    for party in (p.value for p in report.parties):
        if party.side and party.name and same_person(party.name, name):
            return party.side
    sides = [party.value.side for party in report.parties]
    among = issuers.named_among(name, sides)
    return among or _introduced(teller, document, issuers) or issuers.named(name) or name


def voices(report: Report, document: Document, issuers: Issuers) -> tuple[str, ...]:
    """All voices that a report has: its own and those it relays, its own first."""
    own = own_voice(report, document, issuers)
    return tuple(dict.fromkeys([own, *relayed(report, document, issuers).values()]))


def relayed(report: Report, document: Document, issuers: Issuers) -> dict[str, str]:
    """For each teller of a report the side he speaks for; what a side issued has nobody's voice but its own."""
    if issuers.of(document):
        return {}
    return {t.value: relayed_voice(t, report, document, issuers) for t in report.told_by}


def topic_voice(teller: str | None, span: Span, report: Report, document: Document, issuers: Issuers) -> str:
    """Whose account mentions a topic, given the teller that the topic carries."""
    if teller is None or issuers.of(document):
        return own_voice(report, document, issuers)
    known = next((t for t in report.told_by if t.value == teller), Cited(teller, span, "topic"))
    return relayed_voice(known, report, document, issuers)


def _introduced(teller: Cited[str], document: Document, issuers: Issuers) -> str | None:
    text = document.part(teller.span.part)
    words = teller.value.split()
    at = text.find(words[-1]) if words else -1
    if at < 0:
        return None
    behind = _APPOSITION.match(text, at + len(words[-1]))
    before = text[max(0, at - BEFORE) : at]
    named = issuers.named(behind[1]) if behind else None
    return named or issuers.last_named(before[before.rfind(". ") + 1 :])
