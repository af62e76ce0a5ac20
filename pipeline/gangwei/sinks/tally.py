"""What the tables hold, in figures: counted while they are written, for the summary of a run."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from gangwei.tables import TABLES, Table

_EXAMPLES: Final = 5


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a run; `coverage` is the mean over documents with text, `failures` are the first few.

    `remarks` say what a format could not hold.
    """

    documents: dict[str, int]  # by status
    rows: dict[str, int]  # by table
    items: dict[str, int]  # rows of duties by kind
    relations: dict[str, int]  # by kind
    coverage: float
    failures: list[tuple[str, str]]  # document and reason
    remarks: list[str] = field(default_factory=list)


class Tally:
    """Counts tables while they pass, several at a time if need be: each table has figures of its own."""

    def __init__(self) -> None:
        self._rows: Counter[str] = Counter()
        self._kinds: dict[str, Counter[str]] = {"documents": Counter(), "duties": Counter(), "relations": Counter()}
        self._coverage = 0.0
        self._with_text = 0
        self._failures: list[tuple[str, str]] = []

    def counted(self, table: Table, pieces: Iterable[pa.Table]) -> Iterator[pa.Table]:
        """The pieces, as they are."""
        self._rows[table.name] += 0
        for piece in pieces:
            self._rows[table.name] += piece.num_rows
            if table.name in self._kinds:
                column = "status" if table.name == "documents" else "kind"
                for entry in pc.value_counts(piece.column(column)).to_pylist():
                    self._kinds[table.name][entry["values"]] += entry["counts"]
            if table.name == "documents":
                self._count_documents(piece)
            yield piece

    def _count_documents(self, piece: pa.Table) -> None:
        columns = (piece.column(name).to_pylist() for name in ("doc_id", "n_chars", "status", "error", "coverage"))
        for doc_id, n_chars, status, error, coverage in zip(*columns, strict=True):
            if n_chars:
                self._with_text += 1
                self._coverage += coverage
            if status == "failed" and len(self._failures) < _EXAMPLES:
                self._failures.append((doc_id, error))

    def to_text(self) -> str:
        """The counts on a line, for another process to add."""
        return json.dumps([self._rows, self._kinds, self._coverage, self._with_text, self._failures])

    def add(self, text: str) -> None:
        """Count what another one counted of the documents behind."""
        rows, kinds, coverage, with_text, failures = json.loads(text)
        self._rows.update(rows)
        for name, counts in kinds.items():
            self._kinds[name].update(counts)
        self._coverage += coverage
        self._with_text += with_text
        self._failures += [(doc_id, error) for doc_id, error in failures][: _EXAMPLES - len(self._failures)]

    def summary(self, remarks: Sequence[str] = ()) -> Summary:
        """What was counted."""
        kinds = {name: dict(sorted(counts.items())) for name, counts in self._kinds.items()}
        return Summary(
            kinds["documents"],
            {table.name: self._rows[table.name] for table in TABLES if table.name in self._rows},
            kinds["duties"],
            kinds["relations"],
            round(self._coverage / self._with_text, 4) if self._with_text else 0.0,
            self._failures,
            list(remarks),
        )
