"""Whose accounts of a contact a document relays: the tellers of the words that tell of it and of what was said in it.

A contact has the tellers of its own words, and of those that soon point back to it ("X was satisfied with the
meeting"). The contact that a document is about also has those who tell how it went on: "Y, in turn, reported that the
presidents discussed …".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from communique.extract.accounts import Account, Accounts, zone
from communique.extract.context import Context
from communique.extract.issuer import issuer_of
from communique.extract.tellers import Tellers
from communique.model import Cited, Report, Span
from communique.text import Sentence

__all__ = ["told_by"]

_POINTING = frozenset(("the", "their", "these", "those", "this"))
_AFTER = frozenset(("after", "following"))
_SOON = 2
_OPENING = 4  # tokens before the word for the contact: "after a two-day"

Place = tuple[int, int]


def told_by(tellers: Tellers, reports: Sequence[Report]) -> tuple[tuple[Cited[str], ...], ...]:
    """For each report the tellers whose accounts of the contact the document relays, each with its words."""
    accounts = tellers.accounts
    return tuple(
        _told(tellers, accounts, account, report)
        for report, account in zip(reports, accounts.of(reports), strict=True)
    )  # fmt: skip


def _told(tellers: Tellers, accounts: Accounts, account: Account, report: Report) -> tuple[Cited[str], ...]:
    context = tellers.context
    places = [*_own_places(context, account, report)]
    issued = issuer_of(context.document) is not None
    if not issued:
        places += _account_places(accounts, account)
    found: dict[str, Cited[str]] = {}
    for place in dict.fromkeys(places):
        for who in tellers.all_at(*place):
            if who.value not in found or found[who.value].span.part == "title":
                found[who.value] = who
    # a headline names for short whom the text names in full: "Oslo denies …", "the Foreign Ministry denied that …"
    if any(cited.span.part == "text" for cited in found.values()):
        found = {name: cited for name, cited in found.items() if cited.span.part == "text"}
    # in its own text a side does not relay itself: its readout of the contact is its account
    own = _names(report) if issued and account.role == "lead" else frozenset()
    return tuple(cited for name, cited in found.items() if name not in own)


def _own_places(context: Context, account: Account, report: Report) -> Iterator[Place]:
    """The words that tell of the contact: those for it in each of its sentences, and the end of each quote."""
    for sentence, words in account.own.items():
        yield sentence, words[0]
        yield from _said_after(context.sentences[sentence], words[0])
    if all(context.sentences[i].part == "title" for i in account.own):
        yield from _retold(context)
    for quote in report.quotes:
        if place := _place(context, quote, max(quote.start, quote.stop - 1)):
            yield place


def _retold(context: Context) -> Iterator[Place]:
    """The words for a contact in the first sentence of the text, which tells again what the title tells."""
    first = next((s for s in context.sentences if s.part == "text"), None)
    if first is not None:
        words = context.knowledge.rules.classes["account-contact"]
        yield from ((first.index, i) for i, t in enumerate(first.tokens) if t.norm in words)


def _account_places(accounts: Accounts, account: Account) -> Iterator[Place]:
    """Where the account goes on: "the talks" and, for the contact that a document is about, "they discussed"."""
    lead, last = account.role == "lead", account.first
    for sentence in accounts.context.sentences:
        where = zone(account, sentence)
        if where == "own":
            last = sentence.index
            continue
        near, pointed = sentence.index - last <= _SOON, tuple(_pointed_at(accounts, sentence))
        if where in ("next", "other") and near:
            yield from (place for i in pointed for place in _said_after(sentence, i))
        if where == "next" and (lead or near):
            yield from ((sentence.index, i) for i in pointed)
            told = accounts.told_at(sentence.index)
            if lead and told is not None:
                yield sentence.index, told


def _pointed_at(accounts: Accounts, sentence: Sentence) -> Iterator[int]:
    """The tokens of words for a contact that point back to it: "the talks", "their meeting"."""
    words = accounts.context.knowledge.rules.classes["account-contact"]
    tokens = sentence.tokens
    return (i for i in range(1, len(tokens)) if tokens[i].norm in words and tokens[i - 1].norm in _POINTING)


def _said_after(sentence: Sentence, token: int) -> Iterator[Place]:
    """What a sentence that opens with "After the call, …" goes on to tell: who speaks then speaks of the call."""
    if token <= _OPENING and sentence.tokens[0].norm in _AFTER:
        yield sentence.index, len(sentence.tokens) - 1


def _names(report: Report) -> frozenset[str | None]:
    return frozenset(c.value.name for c in report.parties if c.value.name)


def _place(context: Context, span: Span, offset: int) -> Place | None:
    """The sentence and token at an offset of the part in which a span lies."""
    for sentence in context.sentences:
        if sentence.part == span.part and sentence.start <= offset < sentence.stop:
            return sentence.index, next((i for i, t in enumerate(sentence.tokens) if t.stop > offset), 0)
    return None
