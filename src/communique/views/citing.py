"""How to cite a contact: in plain words and as BibTeX, with the address and the revision it was seen at."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from communique.views.contacts import ContactRow
from communique.views.words import clean, parties_words, when_words

_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "#": r"\#", "$": r"\$", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


Named = Callable[[str], str]
"""The name of a side by its code."""


def plain(row: ContactRow, address: str, revision: int, named: Named = str) -> str:
    """One sentence that says what, by how many sources, and where it stands."""
    sources = f"{row.independent} independent source{'' if row.independent == 1 else 's'}"
    where = f"ledger revision {revision}, contact {row.id}, {address}"
    return clean(f"{about(row, named)}. According to {sources} in a Communique ledger ({where}).")


def bibtex(row: ContactRow, address: str, revision: int, named: Named = str) -> str:
    """A ``@misc`` entry; what TeX would take for an order is escaped."""
    day = row.when and (row.when.earliest or row.when.latest)
    fields = {
        "title": f"{{{_tex(about(row, named))}}}",
        "year": f"{day.year:04d}" if day else "",
        "howpublished": f"Communique ledger, revision {revision}, contact {_tex(row.id)}",
        "note": f"{row.reports} reports, {row.outlets} outlets, {row.independent} independent sources",
        "url": re.sub(r"[{}\\\s]", "", address),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{communique-{re.sub(r'[^A-Za-z0-9]', '', row.id)},\n{lines}}}"


def about(row: ContactRow, named: Named = str) -> str:
    """The contact in one line: who, by what means, when, where."""
    parties = (replace(p, state=named(p.side)) if p.side and not p.name else p for p in row.parties)
    place = f", {row.place}" if row.place else ""
    channel = "contact" if row.channel == "unspecified" else row.channel
    return clean(f"{parties_words(parties)}: {channel} ({row.status}), {when_words(row.when)}{place}")


def _tex(text: str) -> str:
    return "".join(_LATEX.get(sign, sign) for sign in clean(text))
