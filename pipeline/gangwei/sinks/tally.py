"""What the tables hold, in figures: counted while they are written, for the summary of a run."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from gangwei.tables import Table

_EXAMPLES: Final = 5

Figures = dict[str, object]


class Tally:
    """Rows by table, documents by status, duties and relations by kind, mean coverage, the first failures."""

    def __init__(self) -> None:
        self._rows: Counter[str] = Counter()
        self._kinds: dict[str, Counter[str]] = {"documents": Counter(), "duties": Counter(), "relations": Counter()}
        self._coverage: list[float] = []
        self._with_text = 0
        self._failures: list[tuple[str, str]] = []

    def counted(self, table: Table, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The batches, as they are."""
        self._rows[table.name] += 0
        for batch in batches:
            self._rows[table.name] += batch.num_rows
            if table.name in self._kinds:
                column = "status" if table.name == "documents" else "kind"
                for entry in pc.value_counts(batch.column(column)).to_pylist():
                    self._kinds[table.name][entry["values"]] += entry["counts"]
            if table.name == "documents":
                self._count_documents(batch)
            yield batch

    def _count_documents(self, batch: pa.RecordBatch) -> None:
        with_text = batch.filter(pc.greater(batch.column("n_chars"), 0))
        self._with_text += with_text.num_rows
        self._coverage.append(pc.sum(with_text.column("coverage")).as_py() or 0.0)
        if len(self._failures) < _EXAMPLES:
            failed = batch.filter(pc.equal(batch.column("status"), "failed")).slice(0, _EXAMPLES - len(self._failures))
            self._failures += zip(failed.column("doc_id").to_pylist(), failed.column("error").to_pylist(), strict=True)

    def figures(self) -> Figures:
        """What was counted, as JSON takes it."""
        return {
            "rows": dict(self._rows),
            "documents": dict(sorted(self._kinds["documents"].items())),
            "items": dict(sorted(self._kinds["duties"].items())),
            "relations": dict(sorted(self._kinds["relations"].items())),
            "coverage": round(math.fsum(self._coverage) / self._with_text, 4) if self._with_text else 0.0,
            "failures": [list(failure) for failure in self._failures],
        }
