"""Tables as Arrow: for Parquet files, and for pandas, Polars and DuckDB (by the PyCapsule protocol)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any

from communique.export.cells import Value
from communique.export.formats import needs
from communique.export.tables import Column, Kind


def package(name: str) -> Any:
    """A package of the extra ``export``, or MissingPackageError."""
    try:
        return import_module(name)
    except ImportError:
        raise needs(name.partition(".")[0]) from None


def arrow_table(columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> Any:
    """Rows as an Arrow table; each column carries what it says as metadata."""
    arrow = package("pyarrow")
    types = _types(arrow)
    schema = arrow.schema([arrow.field(c.name, types[c.kind], metadata={"about": c.about}) for c in columns])
    held = [list(values) for values in zip(*rows, strict=True)] or [[] for _ in columns]
    arrays = [arrow.array(values, field.type) for values, field in zip(held, schema, strict=True)]
    return arrow.Table.from_arrays(arrays, schema=schema)


def _types(arrow: Any) -> dict[Kind, Any]:
    return {
        "text": arrow.string(),
        "number": arrow.int64(),
        "truth": arrow.bool_(),
        "day": arrow.date32(),
        "list": arrow.list_(arrow.string()),
    }
