"""Tables as Arrow knows them: schemas, rows as record batches.

Columns are built by hand, because `pyarrow.array` and `pyarrow.scalar` load pandas to see whether they were handed a
Series: 140 ms in each worker. For strings the builder takes half the time besides.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from gangwei.tables import Cell, Row, Table

_TYPES: Final[Mapping[str, Any]] = {  # Any: pyarrow is not typed
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
}


def schema_of(table: Table) -> pa.Schema:
    """The table's columns with their types."""
    return pa.schema([(column.name, _TYPES[column.type]) for column in table.columns])


def batch_of(table: Table, rows: Sequence[Row]) -> pa.RecordBatch:
    """The rows, columns first."""
    schema = schema_of(table)
    columns = zip(*rows, strict=True) if rows else ((),) * len(schema)
    arrays = [column_of(column.type, cells) for column, cells in zip(table.columns, columns, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def column_of(kind: str, cells: Sequence[Cell]) -> pa.Array:
    """The cells as a column of a type that `Column` names.

    >>> column_of("integer", (3, None)).to_pylist(), column_of("string", ("职", "")).to_pylist()
    ([3, None], ['职', ''])
    """
    if kind == "string":
        builder = pa.lib.StringBuilder()
        builder.append_values(cells)
        return builder.finish()
    filled: Any = cells if None not in cells else [0 if cell is None else cell for cell in cells]
    if kind == "boolean":
        values = _booleans(bytes(map(bool, filled)))
    else:
        buffer = pa.py_buffer(array("q" if kind == "integer" else "d", filled))
        values = pa.Array.from_buffers(_TYPES[kind], len(cells), [None, buffer])
    if filled is cells:
        return values
    is_stated = _booleans(bytes(cell is not None for cell in cells))
    return pc.if_else(is_stated, values, pa.nulls(len(cells), _TYPES[kind]))


def _booleans(values: bytes) -> pa.Array:
    """Truth values from a byte for each."""
    return pa.Array.from_buffers(pa.uint8(), len(values), [None, pa.py_buffer(values)]).cast(pa.bool_())
