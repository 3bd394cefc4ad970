"""How a mention stands to what the document tells: as its background, as its setting, or by pronouns alone."""

from __future__ import annotations

from communique.extract.contacts.sides import Construction
from communique.extract.items import Items
from communique.knowledge.grammar import word_class

_SETTINGS = word_class("setting")
_RESULTS = word_class("of-results")
_EARLIER = word_class("earlier")
_PLURAL = word_class("plural-noun")
_ASIDE = word_class("aside")
_SUBORDINATE = word_class("subordinate")
_CLAUSE = 4
_RECENT = 6
NAMED_GROUPS = frozenset(("group.of-sides", "group.known"))
_REACH = 6


def background(items: Items, made: Construction) -> bool:
    """Whether the words place the contact before the news: "had met", "the previous call", "last met"."""
    row, at = items.items, made.trigger
    before = set(items.text(max(0, at - 4), at))
    told_in = next((x.norm for x in reversed(row[max(0, at - _CLAUSE) : at]) if x.norm in _SUBORDINATE), None)
    perfect = row[at].kind != "noun" and any(x.norm == "had" for x in row[max(0, at - 3) : at])
    recent = any(x.kind == "time" and x.value.timex == "PAST_REF" for x in row[at : at + _RECENT])
    return perfect or recent or bool(before & _EARLIER) or (row[at].kind != "noun" and told_in is not None)


def anaphoric(made: Construction) -> bool:
    """Whether every side is a pronoun or a group that names no state: "they discussed", "the two leaders met"."""
    return all(m.kind == "pronoun" or (m.kind == "group" and m.rule not in NAMED_GROUPS) for _, m in made.sides)


def setting(items: Items, made: Construction) -> bool:
    """Whether the contact is the occasion of what is told: "In a conversation with X, we …", "said after talks"."""
    row, at = items.items, made.trigger
    if row[at].kind != "noun" or row[at].norm in _PLURAL:
        return False
    opening = next((i for i in range(at - 1, max(-1, at - _REACH), -1) if row[i].norm in _SETTINGS), None)
    return opening is not None and not (opening and row[opening - 1].norm in _RESULTS)


def aside(items: Items, made: Construction) -> bool:
    """Whether two sides met apart from others: "on the sidelines", "separately", "one-on-one"."""
    words = {x.norm for x in items.items} | _joined(items)
    return len({p.side for p, _ in made.sides}) == 2 and not words.isdisjoint(_ASIDE)


def _joined(items: Items) -> set[str]:
    """Words with hyphens, where each part is a token of its own."""
    norms = [t.norm for t in items.sentence.tokens]
    return {"".join(five) for five in zip(*(norms[n:] for n in range(5)), strict=False) if five[1] == five[3] == "-"}
