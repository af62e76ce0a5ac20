"""One page for people: the figures of a run, its roles with their source, organisation charts."""

from __future__ import annotations

from pathlib import Path

from gangwei.report.contents import Gathered, gather
from gangwei.report.page import page
from gangwei.sinks.atomic import write_text
from gangwei.sinks.reading import read_documents


def write_report(output: Path, path: Path) -> Gathered:
    """Write the page on an output folder; what it holds."""
    gathered = gather(read_documents(output))
    write_text(path, page(gathered.content))
    return gathered
