"""Whose accounts of a contact a document relays: the tellers of the words that tell of it and of what was said in it.

A contact told of in passing has the teller of its own words. The contact that a document is about also has those who
tell how it went on: "After the call, X said the talks …", "Y, in turn, reported that the presidents discussed …".
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

Place = tuple[int, int]


def told_by(tellers: Tellers, reports: Sequence[Report]) -> tuple[tuple[Cited[str], ...], ...]:
    """For each report the tellers whose accounts of the contact the document relays, each with its words."""
    accounts = Accounts(tellers.context, tellers.items)
    return tuple(
        _told(tellers, accounts, account, report)
        for report, account in zip(reports, accounts.of(reports), strict=True)
    )  # fmt: skip


def _told(tellers: Tellers, accounts: Accounts, account: Account, report: Report) -> tuple[Cited[str], ...]:
    context = tellers.context
    places = [*_own_places(context, report)]
    issued = issuer_of(context.document) is not None
    if account.role == "lead" and not issued:
        places += _account_places(accounts, account)
    found: dict[str, Cited[str]] = {}
    for place in dict.fromkeys(places):
        for who in tellers.all_at(*place):
            found.setdefault(who.value, who)
    # in its own text a side does not relay itself: its readout of the contact is its account
    own = _names(report) if issued and account.role == "lead" else frozenset()
    return tuple(cited for name, cited in found.items() if name not in own)


def _own_places(context: Context, report: Report) -> Iterator[Place]:
    """The words that tell of the contact: the start of the trigger; start, middle and end of each quote."""
    offsets = [(report.trigger, report.trigger.start)]
    for quote in report.quotes:
        middle, last = (quote.start + quote.stop) // 2, max(quote.start, quote.stop - 1)
        offsets += [(quote, at) for at in (quote.start, middle, last)]
    for span, at in offsets:
        if place := _place(context, span, at):
            yield place


def _account_places(accounts: Accounts, account: Account) -> Iterator[Place]:
    """Where the account goes on: "the talks", "they discussed"."""
    for sentence in accounts.context.sentences:
        if zone(account, sentence) == "next":
            agenda = accounts.agenda_at(sentence.index)
            yield from ((sentence.index, i) for i in _pointed_at(accounts, sentence))
            if agenda is not None:
                yield sentence.index, agenda


def _pointed_at(accounts: Accounts, sentence: Sentence) -> Iterator[int]:
    """The tokens of words for a contact that point back to it: "the talks", "their meeting"."""
    words = accounts.context.knowledge.rules.classes["account-contact"]
    tokens = sentence.tokens
    return (i for i in range(1, len(tokens)) if tokens[i].norm in words and tokens[i - 1].norm in _POINTING)


def _names(report: Report) -> frozenset[str | None]:
    return frozenset(c.value.name for c in report.parties if c.value.name)


def _place(context: Context, span: Span, offset: int) -> Place | None:
    """The sentence and token at an offset of the part in which a span lies."""
    for sentence in context.sentences:
        if sentence.part == span.part and sentence.start <= offset < sentence.stop:
            return sentence.index, next((i for i, t in enumerate(sentence.tokens) if t.stop > offset), 0)
    return None
