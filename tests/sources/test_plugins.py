"""Readers by entry point."""

import io
from collections.abc import Iterator
from importlib.metadata import EntryPoint

import pytest

from communique.model import Document, Issue
from communique.sources import SourceOptions, plugins

from .conftest import Read


def read_cards(stream: io.BufferedReader, path: str, options: SourceOptions) -> Iterator[Document | Issue]:
    for number, line in enumerate(stream.read().decode().split("%")):
        yield Document(f"card-{number}", line, path=path, publisher=options.publisher)


@pytest.fixture
def _cards(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    entry = EntryPoint(".cards", f"{__name__}:read_cards", plugins.GROUP)
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: [entry] if group == plugins.GROUP else [])
    plugins._installed.cache_clear()
    yield
    plugins._installed.cache_clear()


@pytest.mark.usefixtures("_cards")
def test_a_reader_is_found_by_the_ending_of_the_name(read: Read) -> None:
    documents, issues = read("a.cards", "Poe met Roe.%Roe left.", publisher="P")
    assert [(one.id, one.text, one.publisher) for one in documents] == [
        ("card-0", "Poe met Roe.", "P"), ("card-1", "Roe left.", "P"),
    ]  # fmt: skip
    assert not issues


@pytest.mark.usefixtures("_cards")
def test_the_format_that_the_user_names_comes_first(read: Read) -> None:
    assert [one.text for one in read("a.cards", "Poe%Roe", as_format="text")[0]] == ["Poe%Roe"]


@pytest.mark.usefixtures("_cards")
def test_other_endings_are_not_its_business(read: Read) -> None:
    assert [one.text for one in read("a.txt", "Poe%Roe")[0]] == ["Poe%Roe"]
    assert plugins.reader_for(".other") is None
