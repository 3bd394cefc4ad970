"""The cheap look never loses what the careful reader finds: at least 99.5 % of the records pass."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from communique.extract.look import look_for, may_tell
from communique.extract.look.plainbytes import plain_bytes
from communique.knowledge import load
from communique.model import Document
from communique.pipeline import read_document
from communique.sources import read_inputs
from tests.golden import corpus

RECALL = 0.995
CORPORA = ("white_house_readouts_2021_22", "kremlin_en_half", "ukraine_president_en_half", "news_2025_05_20_22")


def measured(documents: Iterable[Document]) -> tuple[int, int, list[str]]:
    """Records in all, records in documents that pass, and the documents that should have passed."""
    knowledge = load()
    total, passed, lost = 0, 0, []
    for document in documents:
        reading = read_document(document, knowledge)
        records = len(reading.reports) + len(reading.claims) + len(reading.agreements)
        total += records
        if not records or may_tell(document, knowledge):
            passed += records
        else:
            lost.append(document.id)
    return total, passed, lost


def test_nothing_of_the_golden_corpus_is_lost() -> None:
    total, passed, lost = measured(golden.document for golden in corpus())
    assert total > 50
    assert passed == total, lost


def test_nothing_of_the_development_documents_is_lost(shared: Path) -> None:
    documents = (one for one in read_inputs((shared / "gold" / "dev_docs.jsonl",)) if isinstance(one, Document))
    total, passed, lost = measured(documents)
    assert passed >= RECALL * total, lost


@pytest.mark.parametrize("name", CORPORA)
def test_nothing_of_a_sample_of_each_corpus_is_lost(shared: Path, name: str) -> None:
    path = shared / "corpora" / f"{name}.jsonl.gz"
    documents = [one for one in read_inputs((path,)) if isinstance(one, Document)]
    total, passed, lost = measured(documents[:: max(1, len(documents) // 40)])
    assert passed >= RECALL * total, lost


@pytest.mark.parametrize(
    ("text", "chance"),
    [
        ("Norwegian Foreign Minister Lars Holm met with his Chadian counterpart.", True),
        ("The Norwegian bakery sold its bread to people of Chad yesterday. It was good.", False),
        ("NORWAY AND CHAD HOLD TALKS", True),
        ("Nothing happened.", False),
        ("", False),
    ],
)
def test_a_sentence_has_a_chance_or_none(text: str, chance: bool) -> None:
    assert bool(look_for(load()).text(text)) is chance


def test_a_page_is_looked_at_as_it_comes() -> None:
    look = look_for(load())
    assert look.page("<p>President <b>Erdoğan</b> of Türkiye met with the Norwegian prime minister".encode())
    assert not look.page(b"<p>Bread is sold at noon")


def test_plain_bytes_keep_one_byte_a_letter() -> None:
    assert plain_bytes("Erdoğan’s “talks” – Łódź") == b" Erdogan's \"talks\" - Lodz "
