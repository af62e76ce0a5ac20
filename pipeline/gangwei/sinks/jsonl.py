"""JSON lines: one object a row, every column in it, null where a number is not stated."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa

from gangwei.tables import Table


def write_jsonl(path: Path, table: Table, pieces: Iterable[pa.Table]) -> None:
    """Write the table."""
    names = [column.name for column in table.columns]
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for piece in pieces:
            for row in zip(*(column.to_pylist() for column in piece.columns), strict=True):
                file.write(encode(dict(zip(names, row, strict=True))) + "\n")
