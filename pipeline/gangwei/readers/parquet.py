"""Parquet files -> a document for each row; with the sinks the only import of pyarrow."""

from __future__ import annotations

from collections.abc import Iterator

from gangwei.errors import ReadError
from gangwei.model import Document
from gangwei.readers.objects import Item, item_of
from gangwei.readers.records import read_items
from gangwei.readers.source import Source


def read_parquet(source: Source) -> Iterator[Document]:
    """A document for each row."""
    yield from read_items(source, _items(source.data))


def _items(data: bytes) -> Iterator[Item]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(pa.BufferReader(data))
        for batch in file.iter_batches(batch_size=_AT_ONCE):
            for row in batch.to_pylist():
                yield item_of(row)
    except (pa.ArrowException, OSError, ValueError, OverflowError, TypeError) as error:
        raise ReadError(f"the Parquet file is damaged ({str(error)[:120]}); write it anew") from None


_AT_ONCE = 1000
