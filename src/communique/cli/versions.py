"""``communique versions``: which documents were edited, and what an edit changed, word by word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import click

from communique.cli.output import Form, coloured, formats, heading, json_line
from communique.cli.output import show as put
from communique.cli.session import Session, with_ledger
from communique.cli.words import document_words
from communique.errors import NotFoundError
from communique.ledger import Ledger
from communique.model import Document
from communique.views.versions import Change, Edit, edit_json, edits
from communique.views.versions import versions as pages
from communique.views.words import clean

AROUND = 40
"""How many characters of the words beside a change are shown."""
_COLUMNS = ("document", "texts", "first", "last", "title")
_MARKS: Mapping[str, tuple[str, str, str]] = {"old": ("[-", "-]", "red"), "new": ("{+", "+}", "green")}


@click.command()
@click.argument("identity", metavar="[ID]", required=False)
@formats
@with_ledger
def versions(session: Session, form: Form, identity: str | None) -> None:
    """Documents of which the ledger has several texts; with an ID, what each edit changed, word by word.

    A text that was read again under the same id, from the same address or out of the same file is a new version; the
    old one is kept.
    What was taken out is shown as [-so-], what was put in as {+so+}.

    \b
    communique versions
    communique versions kremlin:67315
    communique versions kremlin:67315 --json | jq '.changes[] | select(.kind == "delete")'
    """
    with session.reading() as ledger:
        chains = dict(_chains(ledger))
    if identity is None:
        put(form, _COLUMNS, map(_row, chains.values()), map(_record, chains.values()))
        return
    found = next((c for c in chains.values() if identity in {c[0].url, *(d.id for d in c)}), None)
    if found is None:
        raise NotFoundError(f"The ledger has no second text of {identity!r}.", "`communique versions` lists those.")
    for edit in edits(found):
        for line in [json_line(edit_json(edit))] if form == "json" else _lines(edit):
            click.echo(line)


def _chains(ledger: Ledger) -> Iterator[tuple[str, tuple[Document, ...]]]:
    """The versions of every edited document, whether it came back under its id or its address."""
    for identity in ledger.edited():
        yield identity, ledger.versions(identity)
    yield from pages(ledger.arrivals()).items()


def _row(chain: tuple[Document, ...]) -> tuple[str | int | None, ...]:
    first, last = (d.published.edtf for d in (chain[0], chain[-1]))
    return chain[-1].id, len(chain), first, last, chain[-1].title


def _record(chain: tuple[Document, ...]) -> dict[str, str | int | None]:
    return dict(zip(_COLUMNS, _row(chain), strict=True))


def _lines(edit: Edit) -> Iterator[str]:
    yield heading(f"{document_words(edit.new)}, {edit.part}")
    words = [_words(change) for change in edit.changes]
    yield "  " + "".join(words)


def _words(change: Change) -> str:
    if change.kind == "equal":
        return _shortened(clean(change.old))
    return _marked("old", change.old) + _marked("new", change.new)


def _marked(which: str, text: str) -> str:
    """The words between marks, with the space before them outside."""
    start, stop, colour = _MARKS[which]
    words = clean(text)
    shown = f"{start}{words.lstrip()}{stop}"
    space = words[: len(words) - len(words.lstrip())]
    return space + (click.style(shown, fg=colour) if coloured() else shown) if words.strip() else words


def _shortened(words: str) -> str:
    if len(words) <= 2 * AROUND:
        return words
    return f"{words[:AROUND].rsplit(' ', 1)[0]} … {words[-AROUND:].partition(' ')[2]}"
