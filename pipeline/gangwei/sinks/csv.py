"""CSV that a spreadsheet opens right and runs nothing of, and that reads back to the same text.

UTF-8 with BOM, commas, lines end in \\n, every text in quotes, so that line ends (a lone carriage return too) stand in
cells as they are; a number that is not stated is an empty cell without quotes. A text that a spreadsheet might take for
a formula (first visible character = + - @ or their full-width forms, with more behind it, and not simply a number) or
that begins with a tab, a line end or an apostrophe gets an apostrophe in front. So every reader that takes one apostrophe off the front of a
text has the text: `read_csv` does.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow.csv import CSVWriter

from gangwei.errors import ReadError
from gangwei.sinks import scales
from gangwei.sinks.columnar import column_of, schema_of
from gangwei.tables import TABLES, Cell, Column, Table

_BOM: Final = "\N{BYTE ORDER MARK}"
_RISKY: Final = r"(?s)^(?:['\t\r\n]|[\s\pZ]*[=+\-@＝＋－＠].)"
_NUMBER: Final = r"^[+-]?[0-9]+(?:\.[0-9]+)?%?$"


def write_csv(path: Path, table: Table, pieces: Iterable[pa.Table], *, headers: str = "en") -> None:
    """Write the table; `headers` "zh" gives Chinese headers and Chinese words of scales."""
    columns = [(c.header if headers == "zh" else c.name) for c in table.columns]
    schema = pa.schema([field.with_name(name) for field, name in zip(schema_of(table), columns, strict=True)])
    with pa.OSFile(str(path), "wb") as file:
        file.write(_BOM.encode())
        with CSVWriter(file, schema) as writer:
            for piece in pieces:
                cells = [_cells(table, c, piece.column(c.name), headers) for c in table.columns]
                writer.write_table(pa.Table.from_arrays(cells, schema=schema))


def read_csv(path: Path, known: Sequence[Table] = TABLES) -> Iterator[dict[str, Cell]]:
    """The rows of a table that `write_csv` wrote, in either language, by English column name and with their types.

    It is one of those `known`, and its header tells which.
    """
    csv.field_size_limit(sys.maxsize)  # a document's text may be longer than the 131,072 characters that csv allows
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file, strict=True)
        table, readers = _recognised(path, next(rows, []), known)
        names = [column.name for column in table.columns]
        for row in rows:
            yield {name: read(cell) for name, read, cell in zip(names, readers, row, strict=True)}


def _cells(table: Table, column: Column, cells: Any, headers: str) -> Any:  # Any: pyarrow is not typed
    if column.type != "string":
        return cells
    if headers == "zh" and (table.name, column.name) in scales.SCALES:
        encoded = cells.combine_chunks().dictionary_encode()
        words = [scales.chinese(table.name, column.name, word) for word in encoded.dictionary.to_pylist()]
        cells = pa.DictionaryArray.from_arrays(encoded.indices, column_of("string", words)).dictionary_decode()
    risky = pc.match_substring_regex(cells, _RISKY)
    if not pc.any(risky).as_py():
        return cells
    risky = pc.and_not(risky, pc.match_substring_regex(cells, _NUMBER))
    return pc.if_else(risky, pc.replace_substring_regex(cells, r"\A", "'", max_replacements=1), cells)


def _recognised(path: Path, header: list[str], known: Sequence[Table]) -> tuple[Table, list[Callable[[str], Cell]]]:
    for table in known:
        if header == [c.name for c in table.columns]:
            return table, [_READERS[c.type] for c in table.columns]
        if header == [c.header for c in table.columns]:
            return table, [_reader_from_chinese(table, column) for column in table.columns]
    raise ReadError(
        f"{path}: its first line is not the header of a table of this version of gangwei; run gangwei extract again"
    )


def _reader_from_chinese(table: Table, column: Column) -> Callable[[str], Cell]:
    if (table.name, column.name) not in scales.SCALES:
        return _READERS[column.type]
    return lambda cell: scales.english(table.name, column.name, cell.removeprefix("'"))


_READERS: Final[dict[str, Callable[[str], Cell]]] = {
    "string": lambda cell: cell.removeprefix("'"),
    "integer": lambda cell: int(cell) if cell else None,
    "number": lambda cell: float(cell) if cell else None,
    "boolean": lambda cell: cell == "true" if cell else None,
}
