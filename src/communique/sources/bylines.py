"""Dates that an article states of itself: a header, a byline, a dateline with its year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from communique.sources.stated import WEEKDAY, WORDS, NoDateError, edtf_of, from_words, possible

_TOP = 12
_LONGEST = 160
_LABEL = re.compile(
    r"(?:first\s+)?(?:published|posted|date|issued|released|release date|created|publication date)\b", re.IGNORECASE
)
_LATER = re.compile(r"(?:last\s+)?(?:updated|modified|edited|corrected|retrieved|accessed)\b", re.IGNORECASE)
_DATED = re.compile(rf"(?:{WEEKDAY},?\s+)?{WORDS}", re.IGNORECASE)
# what may stand beside the date in a line that is nothing but a byline
_BESIDE = re.compile(
    r"""\s+ | [|•·,;:()\[\]/@–—-]+
      | (?:first\s+)?(?:published|posted|issued|released|created|written|date|updated|last|modified)\b
      | (?:on|at|in|by|from|for|of|the|and|read)\b
      | \d{1,2}[:.h]\d{2}(?:[:.]\d{2})? | [ap]\.?\s?m\.?
      | (?:GMT|UTC|CES?T|BST|E[SD]?T|P[SD]?T|MSK|IST|JST|local|time|hrs?|hours)\b
      | (?:[A-Z][\w.'’-]*) | \d+\s+(?:min(?:ute)?s?|comments?|views|shares|read)\b | © """,
    re.VERBOSE,
)
_WIDEST = 9
_NO_PLACE = (
    r"(?!(?i:on|in|at|by|from|since|until|till|after|before|the|as|when|between|during|following|through|and|its?|his"
    r"|signed|dated|updated|modified|published|posted)\b)"
)
_PLACE = r"(?:[A-ZÀ-Þ][\w.'’/-]*+(?:[ ,]+(?:de|la|of|the|el|al|and)(?=\s))?[ ,]*+){1,5}"
_DATELINE = re.compile(
    rf"\s*(?:(?:Cablegram|Telegram|Dispatch|Letter)\b[^\n]{{0,40}}?\s)?[\[(]?{_NO_PLACE}{_PLACE}[\])]?[\s,:(–—-]*{WORDS}"
    r"(?=[)\]]?\s*(?:$|[.;:–—-]|\(|/|,?\s*\d{1,2}[.:]\d{2}))",
)
_HEADER = re.compile(
    r"(title|headline|date|published|publisher|source|url|link|author|by|language):[ \t]*(\S.*)", re.IGNORECASE
)
_MEANS = {"headline": "title", "date": "published", "source": "publisher", "link": "url"}


@dataclass(frozen=True, slots=True)
class Stated:
    """A date stated in a text: the EDTF day, the words, and in what manner."""

    edtf: str
    words: str
    manner: str


def header(text: str) -> dict[str, str]:
    """The fields of a header at the top of a text file ("Title: …", "Date: …", then an empty line), or none."""
    found: dict[str, str] = {}
    count = 0
    for line in _lines(text):
        if line == "---" and not count:
            continue
        match = _HEADER.fullmatch(line)
        if not match:
            break
        count += 1
        name = match[1].lower()
        found.setdefault(_MEANS.get(name, name), match[2].strip().strip("\"'"))
    return found if count >= 2 or (count == 1 and text.startswith("---")) else {}


def stated(text: str) -> Stated | None:
    """The day of publication that the first lines state, with its year; None if they state none."""
    updated: Stated | None = None
    for number, line in enumerate(_lines(text)):
        if number >= _TOP:
            break
        found = _byline(line) if len(line) <= _LONGEST else None
        if found and not _LATER.match(line):
            return found
        updated = updated or found
        dateline = _dateline(line) if number < 6 else None
        if dateline:
            return dateline
    return updated


def _lines(text: str) -> Iterator[str]:
    for match in re.finditer(r"[^\r\n]+", text[:20_000]):
        line = match[0].strip()
        if line:
            yield line


def _byline(line: str) -> Stated | None:
    """A line that is a date and little else, or that begins with "Published"."""
    match = _DATED.search(line)
    if not match or not _day(match):
        return None
    labelled = _LABEL.match(line) and match.start() < 40
    rest = f"{line[: match.start()]} {line[match.end() :]}"
    left = _BESIDE.sub(" ", rest).strip()
    if labelled or (not left and len(rest.split()) <= _WIDEST):
        return Stated(_day(match), match[0], "byline")
    return None


def _dateline(line: str) -> Stated | None:
    match = _DATELINE.match(line[:200])
    return Stated(_day(match), match[0].strip(), "dateline") if match and _day(match) else None


def _day(match: re.Match[str]) -> str:
    try:
        day = edtf_of(from_words(match))
    except NoDateError:
        return ""
    return day if possible(day) else ""
