"""Parquet: zstd, the columns' types, one row group a piece."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
from pyarrow.parquet import ParquetWriter

from gangwei.sinks.columnar import schema_of
from gangwei.tables import Table


def write_parquet(path: Path, table: Table, pieces: Iterable[pa.Table]) -> None:
    """Write the table."""
    # A path would have the writer load its remote file systems, which takes longer than a small table.
    with pa.OSFile(str(path), "wb") as file, ParquetWriter(file, schema_of(table), compression="zstd") as writer:
        for piece in pieces:
            writer.write_table(piece, row_group_size=max(1, piece.num_rows))


def part_name(number: int) -> str:
    """The name of one of the files of a table that is a folder of them; sorted by name they are in order.

    >>> part_name(7)
    '00007.parquet'
    """
    return f"{number:05}.parquet"
