"""Pages saved as files."""

from __future__ import annotations

from collections.abc import Iterator

from communique.model import Issue
from communique.scale.parts import Part
from communique.scale.raw import RawPage
from communique.scale.streams import opened
from communique.sources.catalogue import SetAsideError, issue
from communique.sources.options import SourceOptions


def read_pages(part: Part, options: SourceOptions) -> Iterator[RawPage | Issue]:
    """The pages of the part's files, in order; one that is too long or damaged costs only itself."""
    for path in part.pages:
        try:
            with opened(path) as stream:
                data = stream.read(options.max_bytes + 1)
        except SetAsideError as error:
            yield error.issue
        except OSError as error:
            yield issue("unreadable", path=path, why=error.strerror or str(error))
        else:
            large = len(data) > options.max_bytes
            yield issue("text-too-large", path=path, limit=options.max_bytes) if large else RawPage(data, path)
