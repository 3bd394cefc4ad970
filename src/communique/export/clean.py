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

import html
import re
from collections.abc import Callable, Mapping
from typing import Literal

from communique.views.tables import guarded
from communique.views.words import clean

Target = Literal["raw", "csv", "tsv", "xml", "ical", "bibtex", "html"]

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


def _ical(text: str) -> str:
    escaped = _LINE_END.sub(r"\\n", _ICAL.sub(r"\\\g<0>", text))
    return _NO_TEXT.sub(LOST, escaped)


def _bibtex(text: str) -> str:
    escaped = _TEX_ORDER.sub(lambda m: _TEX[m[0]], _LINE_END.sub(" ", text))
    return _NO_TEXT.sub(LOST, escaped)


def _html(text: str) -> str:
    return html.escape(clean(text))


_CLEANERS: Mapping[Target, Callable[[str], str]] = {
    "raw": lambda text: text,
    "csv": lambda text: str(guarded(text)),
    "tsv": lambda text: _NO_LINE.sub(" ", text),
    "xml": lambda text: _NO_XML.sub(LOST, text),
    "ical": _ical,
    "bibtex": _bibtex,
    "html": _html,
}
