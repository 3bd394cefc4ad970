"""Helpers for tests of the sources: files with given content, and what is read from them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from communique.model import Document, Issue
from communique.sources import SourceOptions, read_inputs

Read = Callable[..., tuple[list[Document], list[Issue]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write content to a file of that name, read it, and give documents and issues apart."""

    def reader(name: str, content: str | bytes, **options: object) -> tuple[list[Document], list[Issue]]:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return apart(read_inputs([path], SourceOptions(**options)))  # type: ignore[arg-type]

    return reader


def apart(found: object) -> tuple[list[Document], list[Issue]]:
    every = list(found)  # type: ignore[call-overload]
    return [one for one in every if isinstance(one, Document)], [one for one in every if isinstance(one, Issue)]
