"""What can be wrong with archives, beyond what is wrong with single documents."""

from __future__ import annotations

from communique.model import Issue
from communique.sources.catalogue import Kind

_ALL = (
    Kind("not-an-archive", "set-aside", "no archive that can be scanned, by its name",
         "These can: {names}, also with .gz or .zst; single texts are read by communique read."),
    Kind("truncated-record", "set-aside", "the record breaks off: {have:,} of {told:,} bytes are there",
         "Fetch the archive again; the records before it were read."),
    Kind("lying-length", "problem", "the record says it has {told:,} bytes, and its content {have:,}",
         "What could be read was read; the archive was written by a faulty program."),
    Kind("skipped-bytes", "set-aside", "{count:,} bytes from byte {start:,} on are no records and were skipped: {why}",
         "Fetch the archive again; what stands before and behind was read."),
    Kind("poisoned-document", "set-aside", "reading it broke the process {times} times",
         "It is not tried again by itself; please report it with the document. The others were read."),
    Kind("reader-failed", "set-aside", "the reader failed on it: {why}",
         "This is a fault of the program: please report it with the document. The others were read."),
    Kind("part-failed", "set-aside", "the part of {path} from {start:,} to {stop:,} could not be finished: {why}",
         "Run the same command again: only what is missing is done."),
)  # fmt: skip

TROUBLES: dict[str, Kind] = {kind.code: kind for kind in _ALL}


def trouble(code: str, path: str, **facts: object) -> Issue:
    """The issue of that code, its words filled with the facts; raises KeyError for a code not in the table."""
    kind = TROUBLES[code]
    given = {"path": path, **facts}
    message, remedy = kind.message.format(**given), kind.remedy.format(**given)
    return Issue(code, message, remedy, path=path, fatal=kind.grade == "set-aside")
