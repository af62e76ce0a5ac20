"""Rows -> a table's files in several formats, each whole or not there; for tables that are not made of parts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
from pyarrow.parquet import ParquetFile

from gangwei.sinks import SINKS, file_of
from gangwei.sinks.atomic import aside, written
from gangwei.sinks.columnar import batch_of
from gangwei.sinks.parquet import write_parquet
from gangwei.table_rows import storable
from gangwei.tables import Row, Table

_ROWS: Final = 20_000


def write_rows(
    folder: Path, table: Table, rows: Iterable[Row], formats: Sequence[str], headers: str = "en"
) -> dict[str, str]:
    """Write the table; the digest of each file by name. The rows are asked for once, however many the formats.

    `headers` is the language of headers and scales in CSV.
    """
    first = aside(folder / f"{table.name}.rows")
    try:
        write_parquet(first, table, _pieces(table, rows))
        for form in formats:
            with written(folder / file_of(table, form)) as place:
                SINKS[form](place, table, _read(first), **({"headers": headers} if form == "csv" else {}))
    finally:
        first.unlink(missing_ok=True)
    return {file_of(table, form): _digest(folder / file_of(table, form)) for form in formats}


def _pieces(table: Table, rows: Iterable[Row]) -> Iterator[Any]:  # Any: pyarrow is not typed
    left = iter(rows)
    while some := [tuple(storable(c) if isinstance(c, str) else c for c in row) for row in islice(left, _ROWS)]:
        yield pa.Table.from_batches([batch_of(table, some)])


def _read(path: Path) -> Iterator[Any]:
    with ParquetFile(path) as file:
        for batch in file.iter_batches(_ROWS):
            yield pa.Table.from_batches([batch])


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
