"""What the page shows of a comparison: the largest families, each as duties by source."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from gangwei.compare.tables import COMPARISON
from gangwei.errors import UsageError
from gangwei.sinks.reading import Record, read_rows
from gangwei.tables import Cell

# What a page holds, and a person looks at.
_FAMILIES: Final = 40
_DUTIES: Final = 40
_SOURCES: Final = 40
_STATEMENTS: Final = 3  # of a cell
_MANIFEST: Final = "comparison.json"

Cells = dict[str, list[Record]]


def gather_comparison(folder: Path, output: Path) -> dict[str, object]:
    """The families of two roles or more with their duties, and how many there are; `run` is what it calls this output."""
    families = [row for row in _rows(folder, "families") if _count(row, "n_roles") > 1]
    shown = {str(row["family_id"]): row for row in families[:_FAMILIES]}
    clusters: dict[str, list[Record]] = {name: [] for name in shown}
    for row in _rows(folder, "duty_clusters"):
        found = clusters.get(str(row["family_id"]))
        if found is not None and row["kind"] == "duty" and len(found) < _DUTIES:
            found.append(row)
    wanted = {(name, str(row["cluster_id"])) for name, rows in clusters.items() for row in rows}
    cells: dict[str, Cells] = {name: {} for name in shown}
    sources: dict[str, Counter[str]] = {name: Counter() for name in shown}
    for row in _rows(folder, "duty_members"):
        key = str(row["family_id"]), str(row["cluster_id"])
        if key in wanted:
            source = str(row["company"] or row["doc_id"])
            sources[key[0]][source] += 1
            cells[key[0]].setdefault(f"{key[1]} {source}", []).append(row)
    content = [_family(row, clusters[name], cells[name], sources[name]) for name, row in shown.items()]
    return {"run": _run_of(folder, output), "n_families": len(families), "families": content}


def _family(family: Record, clusters: list[Record], cells: Cells, sources: Counter[str]) -> dict[str, object]:
    ranked = sorted(sources, key=lambda source: (-sources[source], source))[:_SOURCES]
    rows = []
    for cluster in clusters:
        own = [cells.get(f"{cluster['cluster_id']} {source}", []) for source in ranked]
        stated: list[object] = [
            [len(found), all(row["copy_id"] for row in found), [_statement(row) for row in found[:_STATEMENTS]]]
            if found
            else 0
            for found in own
        ]
        rows.append([cluster["text"], cluster["standing"], cluster["n_companies"], cluster["n_independent"], stated])
    names: tuple[Cell, ...] = tuple(
        family[name] for name in ("title", "titles", "n_roles", "n_companies", "n_independent", "n_clusters")
    )
    return {"family": names, "sources": ranked, "n_sources": len(sources), "duties": rows}


def _statement(row: Record) -> list[Cell]:
    return [row["run"], row["role_id"], row["text"]]


def _rows(folder: Path, name: str) -> Iterator[Record]:
    [table] = [table for table in COMPARISON if table.name == name]
    try:
        return read_rows(folder, table)
    except UsageError:
        raise UsageError(f"{folder}: no table {name}: name a folder that gangwei compare wrote") from None


def _run_of(folder: Path, output: Path) -> str | None:
    """The name under which the comparison knows the output folder."""
    try:
        runs = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))["summary"]["runs"]
    except (OSError, ValueError, KeyError):
        raise UsageError(f"{folder}: {_MANIFEST} is missing or broken; run gangwei compare again") from None
    parts = output.resolve().parts
    return next((run for run in runs if parts[-len(Path(run).parts) :] == Path(run).parts), None)


def _count(row: Record, name: str) -> int:
    value = row[name]
    return value if isinstance(value, int) else 0
