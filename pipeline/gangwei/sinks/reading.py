"""Tables read back from an output folder, document by document, in whatever format they are there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, groupby
from pathlib import Path
from typing import Final

import pyarrow as pa
from pyarrow.parquet import ParquetFile

from gangwei.errors import ReadError, UsageError
from gangwei.sinks.csv import read_csv
from gangwei.sinks.overview import rows_of_pieces
from gangwei.tables import TABLES, Cell, Table

Record = Mapping[str, Cell]


def read_rows(folder: Path, table: Table) -> Iterator[Record]:
    """The rows of a table by English column name, from the first of CSV, Parquet and JSON lines that is there."""
    for form, read in _READERS.items():
        path = folder / f"{table.name}.{form}"
        if path.is_file():
            return read(path, table)
        if path.is_dir():  # --partitioned
            return chain.from_iterable(read(part, table) for part in sorted(path.glob(f"*.{form}")))
    raise UsageError(
        f"{folder}: no table {table.name} as {', '.join(_READERS)}: name a folder that gangwei extract wrote in one of them"
    )


def read_documents(folder: Path, names: Sequence[str] = ()) -> Iterator[dict[str, list[Record]]]:
    """For each document its rows in every table, or in `documents` and those named; in `texts` where that was kept."""
    documents, *others = (table for table in TABLES if not names or table.name in ("documents", *names))
    rows = read_rows(folder, documents)
    followers = {table.name: _Follower(folder, table) for table in others}
    for row in rows:
        yield {"documents": [row]} | {name: follower.of(row["doc_id"]) for name, follower in followers.items()}
    for follower in followers.values():
        follower.end()


class _Follower:
    """The rows of a table, document by document; all tables hold their rows in the order of the documents."""

    def __init__(self, folder: Path, table: Table) -> None:
        self._what = f"{folder}: table {table.name}"
        is_kept = table.name != "texts" or any((folder / f"texts.{form}").exists() for form in _READERS)
        rows = read_rows(folder, table) if is_kept else iter(())
        self._groups = groupby(rows, key=lambda row: row["doc_id"])
        self._next = next(self._groups, None)

    def of(self, doc_id: Cell) -> list[Record]:
        """The rows of the next document, if it is this one."""
        if self._next is None or self._next[0] != doc_id:
            return []
        rows = list(self._next[1])
        self._next = next(self._groups, None)
        return rows

    def end(self) -> None:
        """Tables of two runs in one folder must not pass for one."""
        if self._next is not None:
            raise ReadError(f"{self._what} speaks of {self._next[0]}, which is not in documents or not in its order")


def _read_csv(path: Path, table: Table) -> Iterator[Record]:
    names = [column.name for column in table.columns]
    for row in read_csv(path, (*TABLES, table)):
        if list(row) != names:
            raise ReadError(f"{path}: its columns are not those of the table {table.name}")
        yield row


def _read_parquet(path: Path, table: Table) -> Iterator[Record]:
    names = [column.name for column in table.columns]
    try:
        with ParquetFile(path) as file:
            if file.schema_arrow.names != names:
                raise ReadError(f"{path}: its columns are not those of this version's table {table.name}")
            for row in rows_of_pieces(pa.Table.from_batches([batch]) for batch in file.iter_batches()):
                yield dict(zip(names, row, strict=True))
    except pa.ArrowInvalid as error:
        raise ReadError(f"{path}: not a Parquet file that can be read: {error}") from None


def _read_jsonl(path: Path, table: Table) -> Iterator[Record]:
    names = [column.name for column in table.columns]
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                row = json.loads(line)
            except ValueError:
                raise ReadError(f"{path}, line {number}: no JSON") from None
            if not isinstance(row, dict) or list(row) != names:
                raise ReadError(
                    f"{path}, line {number}: its columns are not those of this version's table {table.name}"
                )
            yield row


_READERS: Final = {"csv": _read_csv, "parquet": _read_parquet, "jsonl": _read_jsonl}
