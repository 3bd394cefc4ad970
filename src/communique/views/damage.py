"""Answers about documents whose stored text is not the one that was read: values stay, words are withheld."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from communique.ledger import Ledger

Json = Any
_QUOTE = frozenset(("start", "end", "text"))
_WORDS = ("title", "excerpt")


def guarded(ledger: Ledger, answer: Json) -> Json:
    """An answer as JSON without the words of damaged documents, which it names under ``"damaged"``; others as is."""
    documents = sorted({*mentioned(answer)})
    damaged = ledger.damaged(documents) if documents else frozenset()
    return withheld(answer, damaged) | {"damaged": sorted(damaged)} if damaged else answer


def mentioned(answer: Json) -> Iterator[str]:
    """The documents whose words an answer holds, some perhaps more than once."""
    for part in answer.values() if isinstance(answer, dict) else answer if isinstance(answer, list) else ():
        yield from mentioned(part)
    if isinstance(answer, dict) and (document := _document(answer)):
        yield document


def withheld(answer: Json, damaged: Collection[str], document: str | None = None) -> Json:
    """An answer in which the words of some documents (quotes, titles, texts) are None.

    ``document`` is the one that is spoken of where the answer does not say it itself.

    >>> withheld({"document": "a", "quotes": [{"start": 0, "end": 2, "text": "He"}]}, {"a"})
    {'document': 'a', 'quotes': [{'start': 0, 'end': 2, 'text': None}]}
    """
    if isinstance(answer, list):
        return [withheld(part, damaged, document) for part in answer]
    if not isinstance(answer, dict):
        return answer
    meant = _document(answer) or document
    hidden = _hidden(answer) if meant in damaged else ()
    return {name: None if name in hidden else withheld(part, damaged, meant) for name, part in answer.items()}


def _document(answer: dict[str, Json]) -> str | None:
    """The document that an object speaks of: by its id, by its head, or because it is the head of one."""
    named = answer.get("document")
    if isinstance(named, dict):
        named = named.get("id")
    if named is None and "published_basis" in answer:
        named = answer.get("id")
    return named if isinstance(named, str) else None


def _hidden(answer: dict[str, Json]) -> tuple[str, ...]:
    return (*_WORDS, "text") if answer.keys() >= _QUOTE or "published_basis" in answer else _WORDS
