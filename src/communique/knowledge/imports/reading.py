"""Which form a file has, and its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Literal, get_args

from communique.errors import UsageError
from communique.knowledge.imports import ftm, petrarch, table, wikidata
from communique.knowledge.imports.holdings import Holding, Refused

Form = Literal["wikidata", "ftm", "petrarch", "csv"]
FORMS: tuple[Form, ...] = get_args(Form)
_READERS: Mapping[Form, Callable[[str, str], Iterator[Holding | Refused]]] = {
    "wikidata": wikidata.read, "ftm": ftm.read, "petrarch": petrarch.read, "csv": table.read,
}  # fmt: skip


def read_holdings(path: Path, form: Form | None = None) -> list[Holding | Refused]:
    """The rows of a file, in its order; the form is told by name and first words where it is not given.

    Raises :class:`communique.errors.UsageError` for a file that is not of that form.
    """
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    chosen = form or _form(path, text)
    try:
        return list(_READERS[chosen](text, path.name))
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        remedy = f"Say which form it has with --form ({', '.join(FORMS)})."
        raise UsageError(f"{path.name} cannot be read as {chosen}: {problem}", remedy) from None


def _form(path: Path, text: str) -> Form:
    if path.suffix.lower() == ".csv":
        return "csv"
    start = text.lstrip()[:1]
    if start == "{" and '"schema"' in text.split("\n", 1)[0]:
        return "ftm"
    return "wikidata" if start in ("{", "[") and path.suffix.lower() != ".txt" else "petrarch"
