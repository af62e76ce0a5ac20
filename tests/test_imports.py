"""The door of the package."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import gangwei

HEAVY = {
    "spacy",
    "pandas",
    "pyarrow",
    "numpy",
    "jieba",
    "rjieba",
    "opencc",
    "rich",
    "selectolax",
    "pebble",
    "ahocorasick_rs",
}


def test_all_names_are_there_in_order() -> None:
    assert list(gangwei.__all__) == sorted(gangwei.__all__)
    assert len(gangwei.__all__) <= 12
    for name in gangwei.__all__:
        assert getattr(gangwei, name) is not None


def test_help_loads_nothing_heavy() -> None:
    script = (
        "import sys; from gangwei.cli import main; status = main(['--help']); "
        "print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr); sys.exit(status)"
    )
    pipeline = Path(gangwei.__file__).parent.parent
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=pipeline, encoding="utf-8"
    )
    assert "extract" in run.stdout
    assert HEAVY.isdisjoint(run.stderr.split())
