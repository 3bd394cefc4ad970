"""Readers of further formats by entry point: ``[project.entry-points."communique.sources"]``, ``".xyz" = "mod:fun"``.

A reader takes the open stream, the path to name in documents and issues, and the options, and gives documents and
issues like ``read_inputs``. It is asked for files of its ending only, after the formats that come with the program.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from typing import Protocol, cast

from communique.model import Document, Issue
from communique.sources.options import SourceOptions

GROUP = "communique.sources"


class Reader(Protocol):
    """What an entry point must be."""

    def __call__(self, stream: io.BufferedReader, path: str, options: SourceOptions) -> Iterator[Document | Issue]:
        """The documents in a stream."""


def reader_for(suffix: str) -> Reader | None:
    """The installed reader for files of that ending (".xyz"), if there is one."""
    return _installed().get(suffix)


@cache
def _installed() -> dict[str, Reader]:
    from importlib.metadata import entry_points

    return {entry.name: cast(Reader, entry.load()) for entry in entry_points(group=GROUP)}
