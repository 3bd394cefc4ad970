"""CSV (RFC 4180, UTF-8): a table a file, with a header. ``unguarded`` takes the guard off again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from communique.export.cells import Value
from communique.export.clean import Target, clean_for
from communique.export.formats import Exporter
from communique.export.material import Material
from communique.export.tables import HOLDS, cell, columns_of, table
from communique.views.tables import csv_line


def pieces(material: Material) -> Iterator[str]:
    """The table asked for; cells are guarded unless raw ones are wanted."""
    one = table(material.options.table)
    names = [column.name for column in columns_of(one, material)]
    return lines(names, one.rows(material), "raw" if material.options.raw else "csv")


def lines(names: Sequence[str], rows: Iterable[Sequence[Value]], target: Target = "csv") -> Iterator[str]:
    """A whole table, a line at a time."""
    clean = clean_for(target)
    yield csv_line(names)
    for row in rows:
        yield csv_line([clean(text) if isinstance(text, str) else text for text in map(cell, row)])


EXPORTER = Exporter("csv", "text/csv; charset=utf-8; header=present", pieces, HOLDS)
