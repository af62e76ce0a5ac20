"""Rows on their way to files: parts, then CSV, Parquet, JSON lines; the door to pyarrow and pandas.

A sink writes one table: `sink(path, table, pieces)`. To add a format, add its function to `SINKS`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from gangwei.sinks.csv import read_csv, write_csv
from gangwei.sinks.jsonl import write_jsonl
from gangwei.sinks.parquet import write_parquet

SINKS: Final[dict[str, Callable[..., None]]] = {
    "csv": write_csv,
    "parquet": write_parquet,
    "jsonl": write_jsonl,
}

__all__ = ["SINKS", "read_csv", "write_csv", "write_jsonl", "write_parquet"]
