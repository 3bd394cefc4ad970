"""Parquet, the only place of this layer that reads and writes it: archives in row groups, and what a scan finds."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from communique.model import Issue
from communique.scale.parts import Part
from communique.scale.raw import RawFields
from communique.sources.catalogue import issue

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped]

Row = Mapping[str, Any]
_ROWS = 1_000
_KEPT = 5_000
#: The columns of what a scan writes; "text" is empty unless texts were asked for.
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "documents": {
        "part": "int32", "number": "int64", "id": "string", "url": "string", "title": "string",
        "publisher": "string", "published": "string", "language": "string", "digest": "string", "read": "bool",
        "records": "int32", "head": "string", "sketch": "[uint64]", "text": "string",
    },
    "records": {
        "part": "int32", "number": "int64", "document": "string", "kind": "string", "id": "string",
        "status": "string", "channel": "string", "from": "string", "to": "string", "sides": "[string]",
        "quotes": "[string]", "record": "string",
    },
    "duplicates": {"part": "int32", "number": "int64", "document": "string", "same_as": "string", "near": "string"},
    "contacts": {"id": "string", "reports": "[string]"},
}  # fmt: skip


def row_groups(path: str) -> tuple[int, ...]:
    """The size in bytes of each row group; none for a file that is no table (its part then tells so)."""
    import pyarrow as pa
    import pyarrow.parquet as pq  # type: ignore[import-untyped]

    try:
        about = pq.ParquetFile(path).metadata
    except (pa.ArrowException, OSError):
        return ()
    return tuple(about.row_group(n).total_byte_size for n in range(about.num_row_groups))


def read_table(part: Part) -> Iterator[RawFields | Issue]:
    """The rows of the part's row groups as records, a thousand in memory at a time."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    at = 0
    try:
        table = pq.ParquetFile(part.path)
        at = sum(table.metadata.row_group(n).num_rows for n in range(part.start))
        for batch in table.iter_batches(_ROWS, row_groups=list(range(part.start, part.stop))):
            for fields in batch.to_pylist():
                yield RawFields(fields, at)
                at += 1
    except (pa.ArrowException, OSError) as error:
        yield issue("damaged-archive", path=f"{part.path}@{at}", why=str(error)[:200])


def rows(path: Path, columns: Sequence[str] | None = None) -> Iterator[dict[str, Any]]:
    """The rows of a table that a scan wrote."""
    import pyarrow.parquet as pq

    for batch in pq.ParquetFile(path).iter_batches(_ROWS, columns=list(columns) if columns else None):
        yield from batch.to_pylist()


class TableWriter:
    """Writes rows to a table that appears under its name only when it is whole. A context manager."""

    def __init__(self, path: Path, kind: str) -> None:
        import pyarrow.parquet as pq

        self._path, self._unfinished = path, path.with_name(path.name + ".unfinished")
        self._schema = _schema(kind)
        self._writer = pq.ParquetWriter(self._unfinished, self._schema, compression="zstd")
        self._waiting: list[Row] = []

    def __enter__(self) -> TableWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._flush()
        self._writer.close()
        if kind is None:
            os.replace(self._unfinished, self._path)

    def write(self, row: Row) -> None:
        """Add a row."""
        self._waiting.append(row)
        if len(self._waiting) >= _KEPT:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        if self._waiting:
            self._writer.write_table(pa.Table.from_pylist(self._waiting, schema=self._schema))
            self._waiting = []


@cache
def _schema(kind: str) -> pa.Schema:
    import pyarrow as pa

    return pa.schema([(name, _type(word)) for name, word in COLUMNS[kind].items()])


def _type(word: str) -> pa.DataType:
    import pyarrow as pa

    if word.startswith("["):
        return pa.list_(_type(word[1:-1]))
    return {"bool": pa.bool_()}.get(word) or pa.type_for_alias(word)
