"""Parquet: a table a file, typed: days as dates, lists as lists."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from communique.export.arrow import arrow_table, package
from communique.export.cells import Row
from communique.export.formats import Exporter
from communique.export.material import Material
from communique.export.tables import HOLDS, Column, columns_of, table


def pieces(material: Material) -> Iterator[bytes]:
    """The table asked for."""
    one = table(material.options.table)
    yield written(columns_of(one, material), list(one.rows(material)))


def written(columns: Sequence[Column], rows: Sequence[Row]) -> bytes:
    """A table as the bytes of a Parquet file; the same rows give the same bytes."""
    out = io.BytesIO()
    package("pyarrow.parquet").write_table(arrow_table(columns, rows), out, compression="zstd")
    return out.getvalue()


EXPORTER = Exporter("parquet", "application/vnd.apache.parquet", pieces, HOLDS)
