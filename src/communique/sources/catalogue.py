"""Every problem an input can have: its code, how grave it is, what is said of it and what to do about it.

``KINDS`` is the one list: messages, documentation and tests are made from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from communique.model import Issue

Grade = Literal["set-aside", "problem", "note"]

_EXCERPT = 80


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of problem. ``message`` and ``remedy`` are templates filled with the facts of the case.

    ``set-aside`` inputs or records are not read at all; of a ``problem`` a part was not understood; a ``note`` costs
    nothing and only has to be known.
    """

    code: str
    grade: Grade
    message: str
    remedy: str


_ALL = (
    Kind("missing-file", "set-aside", "there is no such file: {path}",
         "Check the spelling; patterns such as 'articles/*.txt' must match at least one file."),
    Kind("unreadable", "set-aside", "the file cannot be opened: {why}", "Check its permissions and the disk."),
    Kind("not-a-regular-file", "set-aside", "not a file but {what}; it could hang or never end",
         "Save the content to a file, or pipe it in: … | communique read -"),
    Kind("symlink-loop", "set-aside", "a link that leads back to itself", "Remove or repair the link."),
    Kind("not-fetched", "set-aside", "an address of the web, and fetching needs {missing}, which is not installed",
         "Install it (pip install 'communique[web]'), or save the page and read the file."),
    Kind("refused-address", "set-aside", "it is not fetched: {why}",
         "Only public addresses of http and https are; --allow-host names a host of your own network."),
    Kind("robots-refused", "set-aside", "it is not fetched: {why}", "Save the page yourself, and read the file."),
    Kind("fetch-failed", "set-aside", "it cannot be fetched: {why}", "Try again later, or save the page yourself."),
    Kind("empty-file", "set-aside", "there is no text in it", "Check how it was saved or downloaded."),
    Kind("empty-folder", "set-aside", "a folder without a file to read", "Check the path."),
    Kind("binary-file", "set-aside", "not text but {what}", "Export it as text or HTML and read that."),
    Kind("text-too-large", "set-aside", "longer than {limit:,} bytes", "Cut it into documents, or raise --max-bytes."),
    Kind("decompression-bomb", "set-aside", "unpacks to more than {ratio} times its size after {size:,} bytes",
         "Unpack it yourself if you trust it, and read the result."),
    Kind("damaged-archive", "set-aside", "the compressed data is cut short or damaged: {why}",
         "What came before was read; fetch the file again."),
    Kind("unknown-encoding", "set-aside", "its characters are in no encoding that could be recognised",
         "Name the encoding: --encoding cp1251"),
    Kind("guessed-encoding", "note", "read as {encoding}, which was guessed from its bytes",
         "If letters look wrong, name the encoding: --encoding cp1251"),
    Kind("damaged-characters", "problem", "{count:,} characters are damaged and shown as � ({encoding})",
         "Name the encoding if it is another one: --encoding cp1251"),
    Kind("control-characters", "note", "{count:,} control or direction characters, the first U+{point:04X}",
         "They are kept, so that places in the text stay right, and are made visible when shown."),
    Kind("bad-json-line", "set-aside", "line {line} is not JSON: {why}",
         "Repair or remove the line; the others were read."),
    Kind("bad-json", "set-aside", "not JSON: {why}", "Repair the file, or read it as text with --as text."),
    Kind("not-a-record", "set-aside", "a record should be an object with a text, this is {what}",
         'Write one object a line: {{"text": "…", "published": "2020-05-22"}}'),
    Kind("bad-csv", "set-aside", "{why}", "Repair the row (quotes, number of cells); the others were read."),
    Kind("missing-text-field", "set-aside", "a record without the field \"{field}\"; it has {names}",
         "Say which field holds the text: --map text={suggestion}"),
    Kind("text-not-a-string", "set-aside", "the field \"{field}\" holds {what} where the text should stand",
         "Say which field holds the text: --map text=NAME"),
    Kind("empty-text", "set-aside", "a record whose text and title are empty", "Nothing to read; remove the record."),
    Kind("html-without-text", "set-aside", "a page without an article in it",
         "Pages built by scripts must be saved after they are shown, or copied as text."),
    Kind("extraction-empty", "set-aside", "the page's markup could not be read safely: {why}",
         "Save the article as text and read that."),
    Kind("given-up", "set-aside", "it broke the reader {times} times and is not tried again by itself",
         "Try once more: communique set-aside --retry"),
    Kind("impossible-date", "problem", "\"{value}\" is no date of publication; it is taken as unknown",
         "Give the date: --published 2020-05-22"),
    Kind("duplicate-id", "set-aside", "the id {id} was used before for another text ({first})",
         "Give every document an id of its own, or leave ids out."),
    Kind("read-twice", "note", "the same document was already read from {first}", "Nothing need be done."),
)  # fmt: skip

KINDS: dict[str, Kind] = {kind.code: kind for kind in _ALL}


class SetAsideError(Exception):
    """Carries an issue from where it is found to where the input is given up; never leaves ``sources``."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(issue.message)
        self.issue = issue


def issue(
    code: str, *, path: str | None = None, line: int | None = None, start: int | None = None,
    excerpt: str | None = None, **facts: object,
) -> Issue:  # fmt: skip
    """The issue of that code, its message filled with the facts; raises KeyError for a code not in the catalogue."""
    kind = KINDS[code]
    given = {"path": path, "line": line, **facts}
    return Issue(
        code, kind.message.format(**given), kind.remedy.format(**given), path=path, line=line, start=start,
        excerpt=excerpt[:_EXCERPT] if excerpt else None, fatal=kind.grade == "set-aside",
    )  # fmt: skip


def as_markdown() -> str:
    """The catalogue as a table for the documentation."""
    rows = (f"| `{kind.code}` | {kind.grade} | {_plain(kind.message)} | {_plain(kind.remedy)} |" for kind in _ALL)
    return "\n".join(("| code | grade | what is said | what to do |", "|---|---|---|---|", *rows))


def _plain(template: str) -> str:
    words = re.sub(r"\{(\w+)[^{}]*\}", r"*\1*", template.replace("{{", "\x02").replace("}}", "\x03"))
    return words.replace("\x02", "{").replace("\x03", "}").replace("|", "\\|")


def grade(found: Issue) -> Grade:
    """How grave an issue is; one with a code of another layer is a problem unless it is fatal."""
    kind = KINDS.get(found.code)
    if kind:
        return kind.grade
    return "set-aside" if found.fatal else "problem"
