"""How a contact is cited: sides by their names, and nothing that TeX would obey."""

from __future__ import annotations

from dataclasses import replace

import bibtexparser

import communique
from communique.model import Party
from communique.views.citing import about, bibtex, plain
from communique.views.contacts import ContactRow, contact_rows
from communique.views.snapshot import snapshot


def row() -> ContactRow:
    words = "Joe Biden spoke by phone with Xi Jinping on February 10, 2021."
    (found,) = contact_rows(snapshot([communique.read(words, "2021-02-10")]))
    return replace(found, parties=(Party(state="CHN"), Party(name="Joe Biden", state="USA"), Party("50% & {co}")))


def test_sides_are_cited_by_their_names() -> None:
    names = {"CHN": "China"}
    assert about(row(), lambda code: names.get(code, code)).startswith("China, Joe Biden (USA), ")
    told = plain(row(), "http://h/c?revision=3", 3, lambda code: names.get(code, code))
    assert "According to 1 independent source in a Communique ledger (ledger revision 3" in told


def test_bibtex_is_read_back() -> None:
    (entry,) = bibtexparser.parse_string(bibtex(row(), "http://h/c?revision=3", 3)).entries
    assert entry["year"] == "2021"
    assert entry["url"] == "http://h/c?revision=3"
    assert r"50\% \& \{co\}" in entry["title"]
