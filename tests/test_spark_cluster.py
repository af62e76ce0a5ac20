"""A cluster of two executors on this machine, each a process of its own: one that is lost changes nothing."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import pytest

pytest.importorskip("pyspark", reason="make engine installs Spark")
from gangwei.batch.executor import PARTS
from test_spark import files

pytestmark = [pytest.mark.engine, pytest.mark.slow]

_ROOT: Final = Path(__file__).parents[1]
_GANGWEI: Final = (sys.executable, "-c", "from gangwei.cli import main\nraise SystemExit(main())", "extract")
_EXECUTOR: Final = b"CoarseGrainedExecutorBackend"
_PATIENCE: Final = 180  # seconds


def _executors() -> list[int]:
    """The processes of Spark's executors, of whoever."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and _EXECUTOR in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
        except OSError:  # it has just ended
            continue
    return found


@pytest.fixture
def cluster(tmp_path: Path) -> dict[str, str]:
    """The environment of a call whose driver starts a cluster."""
    master = "--master local-cluster[2,1,1024] --conf spark.ui.enabled=false pyspark-shell"
    return os.environ | {
        "PYSPARK_SUBMIT_ARGS": master,
        "PYSPARK_PYTHON": sys.executable,
        "PYTHONPATH": str(_ROOT / "pipeline"),
        "SPARK_WORKER_DIR": str(tmp_path / "work"),
    }


def test_a_lost_executor_changes_nothing(cluster: dict[str, str], tmp_path: Path) -> None:
    folder, output = tmp_path / "in", tmp_path / "out"
    samples = sorted((_ROOT / "corpora/samples/documents").glob("*.txt"))[:80]
    for number in range(6):
        (folder / str(number)).mkdir(parents=True)
        for path in samples:
            shutil.copy(path, folder / str(number))
    before = set(_executors())
    words = [*_GANGWEI, str(folder), "-o", str(output), "--format", "parquet"]
    call = subprocess.Popen([*words, "--engine", "spark", "--json"], env=cluster, stdout=subprocess.PIPE)
    parts = output / PARTS
    deadline = time.monotonic() + _PATIENCE
    while not (parts.is_dir() and any(parts.iterdir())) and call.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    lost = sorted(set(_executors()) - before)
    assert len(lost) == 2
    os.kill(lost[0], signal.SIGKILL)
    out, _ = call.communicate(timeout=_PATIENCE)
    assert call.returncode == 0
    assert json.loads(out)["documents"] == {"ok": 6 * len(samples)}
    local = tmp_path / "local"
    words = [*_GANGWEI, str(folder), "-o", str(local), "--format", "parquet", "--partitioned", "--quiet"]
    assert subprocess.run(words, env=cluster, check=False).returncode == 0
    assert files(output) == files(local)
