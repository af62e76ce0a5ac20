"""What a start costs, in work that does not depend on the clock: modules loaded, patterns compiled, dictionaries filled."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import gangwei

# Counts what a call of the command line loads and compiles in its own process, and says so behind all else.
SCRIPT = """
import re, sys, json
counted = [0]
compile_one = re._compiler.compile
def counting(pattern, flags=0):
    counted[0] += 1
    return compile_one(pattern, flags)
re._compiler.compile = counting
from gangwei.cli import main
sys.argv = ["gangwei", *sys.argv[1:]]
status = main()
print("\\n" + json.dumps([status, counted[0], sorted(sys.modules)]))
"""
# Modules of others: 316 when this was written (how many files ours stand in costs nothing that one could measure). Of patterns there were 1,234 when reading had grown again by some
# seventy (all take 0.06 of the 1.2 s that one small file takes on the machine where they were counted).
MOST_MODULES = 335
MOST_PATTERNS = 1_300
# What only some inputs, formats or terminals need.
LATER = {
    *("selectolax", "python_calamine", "pypdfium2", "xml.parsers.expat", "email", "html.parser"),  # formats of files
    *("pandas", "duckdb", "xlsxwriter"),  # other tables
    *("rjieba", "jieba", "opencc", "spacy"),  # the packages fill dictionaries of their own; we read what lies in them
    *("rich", "jinja2", "starlette", "http.client", "asyncio"),
}


def started(folder: Path, *words: str) -> tuple[int, set[str]]:
    """How many patterns a call compiles, and the modules it loads, until it ends well."""
    call = [sys.executable, "-c", SCRIPT, *words]
    run = subprocess.run(call, capture_output=True, text=True, check=True, cwd=folder, encoding="utf-8")
    status, patterns, modules = json.loads(run.stdout.rstrip().rpartition("\n")[2])
    assert status == 0, run.stderr
    return patterns, set(modules)


def test_a_text_file_loads_nothing_that_only_others_need(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("部门：仓储部\n职务：仓储主管\n岗位职责：\n1、盘点\n2、发货\n", encoding="utf-8")
    patterns, modules = started(tmp_path, "extract", "one.txt", "-o", "out", "--quiet")
    assert not LATER & modules
    assert sum(name.partition(".")[0] != "gangwei" for name in modules) < MOST_MODULES
    assert patterns < MOST_PATTERNS


def test_the_door_loads_nothing() -> None:
    script = "import sys; known = set(sys.modules); import gangwei; print(*set(sys.modules) - known)"
    call = [sys.executable, "-c", script]
    pipeline = Path(gangwei.__file__).parent.parent
    run = subprocess.run(call, capture_output=True, text=True, check=True, cwd=pipeline, encoding="utf-8")
    assert not [name for name in run.stdout.split() if name.startswith("gangwei.")]
