"""Pages as HTML: templates, and the few words that templates need. Everything is escaped unless it is ours."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from communique import __version__
from communique.knowledge.registry import Registry
from communique.model import Document, When
from communique.views.agree import Interval
from communique.views.asking import side_name
from communique.views.passages import around
from communique.views.words import clean, parties_words, party_words, shown, value_words
from communique.web import links
from communique.web.answers import Asked, Page
from communique.web.marked import passage, pieces
from communique.web.pictured import picture

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
#: What readers see of words that are short in records.
WORDS: Mapping[str, str] = {
    "parties": "who", "channel": "how", "duration_minutes": "how long", "told_by": "told by",
    "unspecified": "in contact", "phone": "phone call", "video": "video call", "next_steps": "next steps",
    "between": "state or organisation", "cannot-tell": "cannot tell", "within-uncertainty": "within uncertainty",
    "unreported": "no report of it", "in-force": "in force", "withdrawal-announced": "withdrawal announced",
    "breach-alleged": "breach alleged", "return-offered": "return offered",
}  # fmt: skip


class Renderer:
    """Templates with a registry for the names of states."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._environment = Environment(
            loader=PackageLoader("communique.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
            lstrip_blocks=True, auto_reload=False,
        )  # fmt: skip
        self._environment.filters |= {
            "day": day_words, "days": lambda gap: _range(gap.first, gap.last), "side": self.side, "party": party_words,
            "parties": parties_words, "value": value_words, "published": published, "clean": clean, "shown": shown,
            "said": said, "outside": links.outside, "minutes": lambda n: f"{n} min",
        }  # fmt: skip
        self._environment.globals |= {
            "links": links, "version": __version__, "around": around, "passage": passage, "pieces": pieces,
        }  # fmt: skip

    def page(self, page: Page, asked: Asked) -> str:
        """A page in full."""

        held = page.held or asked.held
        earlier = {"revision": held.revision} if page.held else {}

        def drawn(kind: str, **what: Any) -> Markup:
            return picture(asked.desk, held, kind, earlier, **what)

        template = self._environment.get_template(page.template)
        return template.render(page=page, asked=asked, held=held, picture=drawn, **page.show)

    def problem(self, status: int, message: str, remedy: str) -> str:
        """What went wrong, for people."""
        template = self._environment.get_template("problem.html")
        return template.render(status=status, message=message, remedy=remedy, page=None, asked=None, held=None)

    def side(self, code: str | None) -> str:
        """A state by its name, anything else as it is."""
        return side_name(self._registry, code)


def said(word: str) -> str:
    """A word of a fixed list as people say it."""
    return WORDS.get(word, word.replace("_", " ").replace("-", " "))


def published(document: Document) -> str:
    """The day a document was published, as far as it is known."""
    return (document.published.edtf or "undated").partition("T")[0]


def day_words(when: Interval | When | date | None) -> str:
    """A day, month, year or interval in words; what is uncertain keeps its EDTF."""
    if when is None:
        return "undated"
    if isinstance(when, date):
        return _day(when)
    first, last = when.earliest, when.latest
    if first is None or last is None:
        return f"since {_day(first)}" if first else f"until {_day(last)}" if last else when.edtf
    if first == last:
        return _day(first)
    if len(when.edtf) == 7 and when.edtf[4] == "-" and when.edtf[:4].isdigit():
        return f"{_MONTHS[first.month - 1]} {first.year}"
    if len(when.edtf) == 4 and when.edtf.isdigit():
        return when.edtf
    return _range(first, last)


def _range(first: date, last: date) -> str:
    if first == last:
        return _day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_day(last)}"
    if first.year == last.year:
        return f"{first.day} {_MONTHS[first.month - 1]} – {_day(last)}"
    return f"{_day(first)} – {_day(last)}"


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
