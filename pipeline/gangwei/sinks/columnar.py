"""Tables as Arrow knows them: schemas, rows as record batches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pyarrow as pa

from gangwei.tables import Row, Table

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
    return pa.record_batch([pa.array(c, field.type) for c, field in zip(columns, schema, strict=True)], schema=schema)
