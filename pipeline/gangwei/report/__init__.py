"""One page for people: the figures of a run, its roles with their source, organisation charts."""

from __future__ import annotations

from pathlib import Path

from gangwei.report.comparison import gather_comparison
from gangwei.report.contents import Gathered, gather
from gangwei.report.page import page
from gangwei.sinks.atomic import write_text
from gangwei.sinks.reading import read_documents


def write_report(output: Path, path: Path, comparison: Path | None = None) -> Gathered:
    """Write the page on an output folder, and on a comparison that it is part of; what it holds."""
    compared = gather_comparison(comparison, output) if comparison else None
    gathered = gather(read_documents(output))
    write_text(path, page({**gathered.content, "comparison": compared}))
    return gathered
