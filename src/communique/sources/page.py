"""An HTML page into its article: the part that runs in the worker, where parsers may fail without harm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from communique.sources import about, bylines, careful, quick
from communique.sources.markup import tamed

_DEEP = 500
_TOO_DEEP = 5_000
_HUGE = 3_000_000
_SHORT = 200
_TOP = 6


@dataclass(frozen=True, slots=True)
class Page:
    """What was found in a page. ``published`` is EDTF, ``where`` says from what; ``wrong`` a value that is no date."""

    text: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    language: str | None = None
    published: str | None = None
    where: str = ""
    basis: str | None = None
    wrong: str | None = None
    trouble: str = ""


def digest(html: str, simple: bool = False) -> Page:
    """The article in a page and what the page says of it; ``simple`` leaves out the careful look."""
    html, depth = tamed(html)
    if depth > _TOO_DEEP:
        return Page("", trouble=f"{depth:,} elements deep")
    head = about.head_of(html)
    url = about.url_of(head)
    simple = simple or depth > _DEEP or len(html) > _HUGE
    title = about.title_of(head)
    text = _without_headline(article(html, url, simple), title, head.h1)
    day, where, wrong = about.first_possible(about.stated_days(head, url))
    basis = "metadata" if day else None
    if day is None:
        day, where, basis = _from_body(html, text, url, simple)
    return Page(text, title, url, about.publisher_of(head, url), head.language, day, where, basis, wrong)


def article(html: str, url: str | None, simple: bool = False) -> str:
    """The article's text: the careful reader's, unless it found nothing or much less than the quick one."""
    first = "" if simple else careful.main_text(html, url)
    if _in_cells(first):
        return quick.plain_text(html) or first
    if len(first) > _SHORT * 10:
        return first
    second = quick.plain_text(html)
    if not second.strip():
        second = quick.plain_text(html, main=False) if not first else ""
    much_less = len(second) > _SHORT and len(first) < 0.3 * len(second)
    return second if not first.strip() or much_less else first


def _without_headline(text: str, title: str | None, headlines: Sequence[str]) -> str:
    """The text without the heading that is the title, which stands apart; whole if there is nothing else."""
    said = {_plain(one) for one in headlines if title and _plain(one).startswith(_plain(title))}
    lines = text.split("\n")
    at = next((n for n, line in enumerate(lines[:_TOP]) if _plain(line) in said), None)
    rest = text if at is None else "\n".join((*lines[:at], *lines[at + 1 :])).lstrip("\n")
    return rest if rest.strip() else text


def _plain(words: str) -> str:
    return " ".join(words.lower().split())


def _in_cells(text: str) -> bool:
    """Whether the careful reader took an old page's layout for a table: most of its text stands in one or two rows."""
    rows = [len(line) for line in text.splitlines() if line.startswith("|")]
    return len(rows) < 6 and sum(rows) > 0.5 * len(text)


def _from_body(html: str, text: str, url: str | None, simple: bool) -> tuple[str | None, str, str | None]:
    """A date from a byline, else one that htmldate sees in the markup and that the article does not just tell of."""
    found = bylines.stated(text)
    if found:
        return found.edtf, f"{found.manner}: {found.words}", "text"
    day = None if simple else careful.guessed_day(html, url)
    if day is None or day.endswith("-01-01") or about.told_late(day, text):
        return None, "", None
    return day, "markup of the page, by htmldate", "metadata"
