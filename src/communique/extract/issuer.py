"""Whose own text a document is: the government or organisation that issued it, and who speaks for it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from urllib.parse import urlsplit

from communique.knowledge.registry import Registry
from communique.model import Document, Party

_READOUT = re.compile(
    r"\b(?:readout|statement|remarks|fact sheet|background press call)\b.{0,80}?"
    r"\b(?:president|vice president|secretary|nsc|national security advis[eo]r|press secretary|nsa|white house)\b",
    re.IGNORECASE,
)

PUBLISHERS = 4_096


@dataclass(frozen=True, slots=True)
class Issuer:
    """A side whose own text a document is, and the role of the person whom it calls by office alone."""

    side: str
    role: str


def issuer_of(document: Document) -> Issuer | None:
    """The issuer, from the URL, the publisher's name, the title or the first words; None for media and the like."""
    return _by_url(document.url or "") or _by_name(document.publisher or "") or _by_words(document)


def issuer_party(document: Document, registry: Registry, day: date | None) -> Party | None:
    """The person for whom the issuer's text speaks on that day; its state as a body if the day is not known."""
    issuer = issuer_of(document)
    if issuer is None:
        return None
    state, organisation = registry.party_side(issuer.side)
    for actor in registry.holders(issuer.role, issuer.side, day)[:1] if day else ():
        role = registry.roles[issuer.role]
        return Party(actor.name, state, organisation, role.id.replace("-", " ").title(), role.level)
    return Party(None, state, organisation, None, "body")


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    text = (files("communique.knowledge") / "data" / "en" / "issuers.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _issuer(value: str) -> Issuer:
    side, _, role = value.partition(":")
    return Issuer(side, role or "head-of-state")


@lru_cache(PUBLISHERS)
def _by_url(url: str) -> Issuer | None:
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    table = _table()
    labels = host.split(".")
    for start in range(len(labels) - 1):
        value = table["hosts"].get(".".join(labels[start:]))
        if value:
            return _issuer(value)
    if len(labels) > 2 and labels[-2] in table["government"]:
        code = table["countries"].get(labels[-1])
        return Issuer(code, "") if code else None
    return None


@lru_cache(PUBLISHERS)
def _by_name(publisher: str) -> Issuer | None:
    low = publisher.lower()
    return next((_issuer(value) for name, value in _table()["publishers"].items() if name in low), None)


def _by_words(document: Document) -> Issuer | None:
    title, start = document.title or "", document.text[:200]
    if re.match(r"\s*(?:readout|background press call)\b", title or start, re.IGNORECASE) and _READOUT.search(
        title or start
    ):
        return _issuer(_table()["publishers"]["white house"])
    if re.match(r"\s*statement\b", title, re.IGNORECASE) and re.search(
        r"\bNSC\b|White House|Press Secretary Jen", title
    ):
        return _issuer(_table()["publishers"]["white house"])
    return None
