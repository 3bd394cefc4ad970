"""When two mentions are one agreement, and two reports of an action are one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from communique.extract.agreements.mention import AgreementMention, sides
from communique.model import AgreementAction, Party

_MINOR = frozenset(("the", "a", "an", "of", "on", "for", "to", "in", "and", "with", "by", "between"))


def same(mention: AgreementMention, earlier: AgreementMention) -> bool:
    """Whether a later mention can be the agreement named earlier."""
    if mention.known and earlier.known:
        return mention.known == earlier.known
    a, b = set(sides(mention.parties)), set(sides(earlier.parties))
    if a and b and not a & b:
        return False
    if mention.known or earlier.known:
        return _of_name(mention, earlier)
    if not mention.content and mention.plural != earlier.plural:
        return False
    if not mention.content and not mention.generic and mention.noun != earlier.noun:
        return False
    if not mention.content and not earlier.generic and mention.noun not in ("document", earlier.noun):
        return False
    if not mention.content:
        return mention.back or (not a and mention.generic and earlier.generic)
    shared = len(mention.content & earlier.content)
    return shared > 0 and shared >= 0.5 * min(len(mention.content), len(earlier.content) or 1)


def _of_name(mention: AgreementMention, earlier: AgreementMention) -> bool:
    """Whether words go back to a known name, or a known name tells what earlier words meant."""
    name = {w.lower() for w in (mention.known or earlier.known or "").split()}
    words = earlier.content if mention.known else mention.content
    if mention.known:
        return bool(words & name) and len(words - name) < 2
    fits = mention.generic or mention.noun in name
    return mention.back and fits and (mention.plural == earlier.plural if not words else bool(words & name))


def merged(mention: AgreementMention, earlier: AgreementMention) -> AgreementMention:
    """The mention with what the earlier one tells besides."""
    return replace(
        mention,
        known=mention.known or earlier.known,
        words=mention.words if mention.content else earlier.words,
        subject=mention.subject or earlier.subject,
        noun=earlier.noun if mention.back and not mention.content else mention.noun,
        parties=distinct((*mention.parties, *earlier.parties)),
        when=mention.when or earlier.when,
    )


def distinct(parties: Iterable[Party]) -> tuple[Party, ...]:
    """One party for each side, in order."""
    kept: dict[str, Party] = {}
    for party in parties:
        if party.side:
            kept.setdefault(party.side, party)
    return tuple(kept.values())


def alike(a: str, b: str) -> bool:
    """Whether two names are one agreement: most words of the shorter stand in the longer."""
    x, y = _plain(a), _plain(b)
    return bool(x and y) and len(x & y) > 0.6 * min(len(x), len(y))


def _plain(name: str) -> frozenset[str]:
    words = name.lower().replace("-", " ").split()
    return frozenset(w for w in words if w not in _MINOR)


def renames(known: str, earlier: AgreementAction, idle: frozenset[str]) -> bool:
    """Whether a known name tells what earlier words ("key climate treaty") meant."""
    if earlier.agreement.rule == "agreement-known":
        return False
    words = set(earlier.agreement.value.lower().split()) - idle
    return bool(words & set(known.lower().split()))


def joined(earlier: AgreementAction, later: AgreementAction, rename: bool = False) -> AgreementAction:
    """One action told twice: the first stands; what it leaves open the second fills."""
    return replace(
        earlier,
        quotes=(*earlier.quotes, *later.quotes) if len(earlier.quotes) < 3 else earlier.quotes,
        agreement=later.agreement if rename else earlier.agreement,
        by=earlier.by or later.by,
        when=earlier.when or later.when,
        place=earlier.place or later.place,
        condition=earlier.condition or later.condition,
    )
