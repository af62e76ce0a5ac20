"""pandas at the door: a frame of descriptions in, a frame for each table out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Final

import pandas as pd
import pyarrow as pa

from gangwei.errors import UsageError
from gangwei.extraction import read as read_document
from gangwei.model import Document, Extraction
from gangwei.readers import Limits, RecordColumns, read
from gangwei.rulebook import load
from gangwei.sinks.columnar import batch_of
from gangwei.table_rows import rows_of
from gangwei.tables import TABLES, Row

# Numbers that may be missing keep being numbers.
_TYPES: Final = {pa.int64(): pd.Int64Dtype(), pa.float64(): pd.Float64Dtype()}


def extract_frame(
    frame: pd.DataFrame,
    text: str = "职位描述",
    title: str | None = None,
    company: str | None = None,
    *,
    extract: Callable[[Document], Extraction] | None = None,
) -> dict[str, pd.DataFrame]:
    """The tables of the descriptions in a frame, a document for each row, by table name.

    The columns are read as those of a table file: `text` holds the description, `title` and `company` are looked for
    where they are not named. `doc_id` is the row's label in the index, its number from 0 where labels are not unique.
    `extract` is what reads a document, by default with the rules that came with gangwei.

    >>> tables = extract_frame(pd.DataFrame({"职位描述": ["职务：仓储主管\\n职责：\\n1、盘点\\n2、发货"]}))
    >>> tables["duties"]["text"].tolist()
    ['盘点', '发货']
    """
    extract = extract or partial(read_document, rules=load())
    if missing := [name for name in (text, title, company) if name is not None and name not in frame.columns]:
        raise UsageError(f"no column is called {', '.join(missing)}; there are {', '.join(map(str, frame.columns))}")
    rows: dict[str, list[Row]] = {table.name: [] for table in TABLES if table.name != "texts"}
    for document in _documents(frame, RecordColumns(text, title or "", company or "")):
        extraction = Extraction(document) if document.status == "failed" else extract(document)
        for name, found in rows_of(extraction).items():
            rows[name] += found
    tables = (table for table in TABLES if table.name in rows)
    return {table.name: batch_of(table, rows[table.name]).to_pandas(types_mapper=_TYPES.get) for table in tables}


def _documents(frame: pd.DataFrame, columns: RecordColumns) -> Iterator[Document]:
    if frame.empty:
        return
    labels = list(map(str, frame.index if frame.index.is_unique else range(len(frame))))
    names = list(map(str, frame.columns))
    records = (dict(zip(names, map(_cell, row), strict=True)) for row in frame.itertuples(index=False, name=None))
    # Half a surrogate pair, which no encoding takes, becomes what JSON writes for it.
    data = "\n".join(json.dumps(r, ensure_ascii=False) for r in records).encode("utf-8", "backslashreplace")
    limits = Limits(bytes=len(data), records=len(frame))
    documents = read(data, source="frame.jsonl", doc_id="frame", limits=limits, columns=columns)
    for label, document in zip(labels, documents, strict=True):
        yield replace(document, doc_id=label, source="", sha256="", media_type="", encoding="")


def _cell(value: object) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None or value is pd.NA or value is pd.NaT or value != value else str(value)  # noqa: PLR0124
