"""What text may carry into each kind of output: ``clean_for(target)`` is the one gate before every sink.

=========  =====================================================================================================
target     what is done
=========  =====================================================================================================
raw        nothing
csv        a cell that a spreadsheet could take for a formula gets an apostrophe before it; numbers stay as they are
tsv        line ends, tabs and other control characters become blanks: these formats know no quoting
xml        characters that XML cannot hold become U+FFFD (escaping ``<`` and ``&`` is the writer's)
ical       backslash, comma, semicolon and line ends are escaped, other control characters become U+FFFD
bibtex     what TeX takes for an order is escaped, line ends become blanks, other control characters U+FFFD
html       ``<``, ``>``, ``&`` and quotation marks become entities, control and direction characters are shown
=========  =====================================================================================================

JSON needs no gate for text: ``json_line`` escapes whatever a terminal or a page could take for an order, without loss.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

Target = Literal["raw", "csv", "tsv", "xml", "ical", "bibtex", "html"]

# C0, DEL, C1, line separators, zero-width and direction marks, tags, and what a terminal could take for an order
_UNSEEN = "\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff"
_CONTROL = re.compile(f"[{_UNSEEN}]")
_BLANKS = re.compile(r"[\t\n\r\f\v\u2028\u2029]+ *")
_UNSAFE_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_MARKUP = re.compile("[<>&]")
_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)*%?")
_NO_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LINE_END = re.compile("\r\n?|\n")
_ICAL = re.compile(r"[\\;,]")
_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", '"': "{''}",
}  # fmt: skip
_TEX_ORDER = re.compile("[" + re.escape("".join(_TEX)) + "]")
LOST = "\ufffd"


def clean_for(target: Target) -> Callable[[str], str]:
    """The function that makes any text fit for a target.

    >>> clean_for("csv")("=1+1"), clean_for("csv")("-5"), clean_for("tsv")("a\\tb")
    ("'=1+1", '-5', 'a b')
    """
    return _CLEANERS[target]


def terminal(text: str) -> str:
    """Text for a terminal: line ends become blanks, other control characters are shown (ESC as ``␛``)."""
    return _CONTROL.sub(_picture, _BLANKS.sub(" ", text))


def json_line(record: Mapping[str, Any], markup: bool = True) -> str:
    """A record on one line; what a terminal could take for an order is escaped, so that nothing is lost.

    Without ``markup``, what a page could take for a tag is escaped as well.
    """
    line = _UNSAFE_JSON.sub(_escaped, json.dumps(record, ensure_ascii=False))
    return line if markup else _MARKUP.sub(_escaped, line)


def csv_line(cells: Iterable[str | int | None]) -> str:
    """One line of CSV."""
    out = io.StringIO()
    # Cells are quoted for the line ends of RFC 4180, or a lone carriage return in one would end the line.
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue().removesuffix("\r\n") + "\n"


def unguarded(cell: str) -> str:
    """A cell of our CSV as it was before it was guarded."""
    return cell[1:] if cell.startswith("'") and _guard(cell[1:]) == cell else cell


def _guard(cell: str) -> str:
    # A cell that already has apostrophes before a formula gets one more, so that taking one away is never a mistake.
    bare = cell.lstrip("'")
    return "'" + cell if _FORMULA.match(bare) and not _NUMBER.fullmatch(bare) else cell


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"


def _ical(text: str) -> str:
    escaped = _LINE_END.sub(r"\\n", _ICAL.sub(r"\\\g<0>", text))
    return _NO_TEXT.sub(LOST, escaped)


def _bibtex(text: str) -> str:
    escaped = _TEX_ORDER.sub(lambda m: _TEX[m[0]], _LINE_END.sub(" ", text))
    return _NO_TEXT.sub(LOST, escaped)


def _html(text: str) -> str:
    return html.escape(terminal(text))


_CLEANERS: Mapping[Target, Callable[[str], str]] = {
    "raw": lambda text: text,
    "csv": _guard,
    "tsv": lambda text: _NO_LINE.sub(" ", text),
    "xml": lambda text: _NO_XML.sub(LOST, text),
    "ical": _ical,
    "bibtex": _bibtex,
    "html": _html,
}
