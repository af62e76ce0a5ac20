"""Parts: the tables of some documents, on the way to the final files; Arrow streams, one a table.

A part is a folder that is there or not there. The batches in it depend on the documents alone, so that what is made
of them, Parquet's row groups too, does not depend on who wrote them or when.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import pyarrow as pa

from gangwei.sinks.atomic import aside, sync
from gangwei.sinks.columnar import batch_of, schema_of
from gangwei.tables import TABLES, Row, Rows, Table

# A batch is closed when it holds so many rows or characters: what a worker holds of its results at a time.
BATCH_ROWS: Final = 20_000
BATCH_CHARACTERS: Final = 8_000_000
# A row group of the final files: what the parent holds of each table that is being written. With groups of this size
# ten thousand documents fill them, and a hundred thousand take no more memory.
GROUP_ROWS: Final = 10_000
GROUP_BYTES: Final = 8_000_000

# lz4: a part is read once for each format soon after it is written, and zstd takes four times as long to write.
_OPTIONS: Final = pa.ipc.IpcWriteOptions(compression="lz4", use_threads=False)
_SINGLE: Final = pa.ipc.IpcReadOptions(use_threads=False)


class PartWriter:
    """Writes the rows of document after document; the part stands under its name once the writer is left in peace."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._aside = aside(folder)
        self._rows: dict[str, list[Row]] = {}
        self._n_rows = self._n_characters = 0
        self._files: dict[str, Any] = {}  # Any: pyarrow is not typed

    def __enter__(self) -> Self:
        discard(self._aside)
        self._aside.mkdir(parents=True)
        return self

    def add(self, rows: Rows) -> None:
        """Take the rows of one more document."""
        for name, table in rows.items():
            self._rows.setdefault(name, []).extend(table)
        n_rows, n_characters = weight(rows)
        self._n_rows += n_rows
        self._n_characters += n_characters
        if self._n_rows >= BATCH_ROWS or self._n_characters >= BATCH_CHARACTERS:
            self._flush()

    def add_text(self, name: str, text: str) -> None:
        """Put a small file beside the tables."""
        path = self._aside / name
        path.write_text(text, encoding="utf-8")
        sync(path)

    def keep_as(self, folder: Path) -> None:
        """Choose another name for the part while it is written."""
        self._folder = folder

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        try:
            if kind is None:
                self._flush()
        finally:
            for file in self._files.values():
                file.close()
        if kind is not None:
            discard(self._aside)
            return
        for name in self._files:
            sync(self._aside / f"{name}.arrow")
        sync(self._aside)
        discard(self._folder)
        self._aside.replace(self._folder)
        sync(self._folder.parent)

    def _flush(self) -> None:
        for table in TABLES:
            if rows := self._rows.get(table.name):
                if table.name not in self._files:
                    path = str(self._aside / f"{table.name}.arrow")
                    self._files[table.name] = pa.ipc.new_stream(path, schema_of(table), options=_OPTIONS)
                self._files[table.name].write_batch(batch_of(table, rows))
        self._rows.clear()
        self._n_rows = self._n_characters = 0


def reserve() -> None:
    """Have Arrow's allocator reserve its gigabyte now: at first use in a worker a limit on memory would count it."""
    pa.allocate_buffer(1)


def weight(rows: Rows) -> tuple[int, int]:
    """How many rows, and how many characters in them."""
    n_characters = 0
    for table in TABLES:
        for column, cells in zip(table.columns, zip(*rows.get(table.name, ()), strict=True), strict=False):
            if column.type == "string":
                n_characters += sum(map(len, cells))
    return sum(map(len, rows.values())), n_characters


def discard(part: Path) -> None:
    """Remove a part, whole or not, or a file beside the parts."""
    if part.is_dir():
        shutil.rmtree(part)
    else:
        part.unlink(missing_ok=True)


Changed = Callable[[Path, Table], "list[Row] | None"]


def pieces(parts: Iterable[Path], table: Table, changed: Changed | None = None) -> Iterator[pa.Table]:
    """A table of many parts in their order, in pieces for a row group each.

    `changed` gives the rows that a table of a part has instead of those that stand in it, None where it has none.
    """
    held: list[pa.RecordBatch] = []
    n_rows = n_bytes = 0
    for batch in _batches(parts, table, changed):
        held.append(batch)
        n_rows += batch.num_rows
        n_bytes += batch.nbytes
        if n_rows >= GROUP_ROWS or n_bytes >= GROUP_BYTES:
            yield pa.Table.from_batches(held)
            held.clear()
            n_rows = n_bytes = 0
    if held:
        yield pa.Table.from_batches(held)


def rows_in(part: Path, table: Table) -> list[Row]:
    """The rows of a table in one part."""
    return [row for batch in _batches([part], table) for row in zip(*batch.to_pydict().values(), strict=True)]


def _batches(parts: Iterable[Path], table: Table, changed: Changed | None = None) -> Iterator[pa.RecordBatch]:
    for part in parts:
        if changed is not None and (rows := changed(part, table)) is not None:
            yield batch_of(table, rows)
            continue
        path = part / f"{table.name}.arrow"
        if path.exists():
            with pa.OSFile(str(path)) as file, pa.ipc.open_stream(file, options=_SINGLE) as stream:
                yield from stream
