"""Rows on their way to files: parts, then CSV, Parquet, JSON lines, Excel, DuckDB; the door to pyarrow and pandas.

A sink writes one table: `sink(path, table, pieces)`. To add a format, add its function to `SINKS`. A book writes all
tables to one file: `book(path, tables, read)`, where `read(table)` gives a table's pieces; it says what did not fit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Final

from gangwei.errors import UsageError
from gangwei.sinks.csv import read_csv, write_csv
from gangwei.sinks.jsonl import write_jsonl
from gangwei.sinks.overview import Read
from gangwei.sinks.parquet import write_parquet
from gangwei.tables import Table

SINKS: Final[dict[str, Callable[..., None]]] = {
    "csv": write_csv,
    "parquet": write_parquet,
    "jsonl": write_jsonl,
}
# The library that each needs is loaded when the format is asked for.
BOOKS: Final = {"xlsx": "xlsxwriter", "duckdb": "duckdb"}
FORMATS: Final = (*SINKS, *BOOKS)


def write_book(form: str, path: Path, tables: Sequence[Table], read: Read, *, headers: str = "en") -> list[str]:
    """Write all tables to one file; lines that say what did not fit."""
    write = getattr(import_module(f"gangwei.sinks.{form}"), f"write_{form}")
    remarks: list[str] = write(path, tables, read, headers=headers)
    return remarks


def check_formats(names: Sequence[str]) -> None:
    """Refuse formats that are not known, or whose library is not installed."""
    if unknown := [name for name in names if name not in FORMATS]:
        raise UsageError(f"--format {', '.join(unknown)}: known are {', '.join(FORMATS)}")
    for name in names:
        try:
            import_module(BOOKS.get(name, "gangwei.sinks"))
        except ImportError:
            raise UsageError(f"--format {name} needs a package: pip install {BOOKS[name]}") from None


def file_of(table: Table, form: str) -> str:
    """The name of the file that holds a table in a format."""
    return f"gangwei.{form}" if form in BOOKS else f"{table.name}.{form}"


__all__ = [
    "BOOKS",
    "FORMATS",
    "SINKS",
    "check_formats",
    "file_of",
    "read_csv",
    "write_book",
    "write_csv",
    "write_jsonl",
    "write_parquet",
]
