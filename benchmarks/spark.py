"""What a document costs under Spark and without, in processor time: `python benchmarks/spark.py` (after `make engine`).

Processor time of a call is that of all processes that it starts, Java's among them. What dies without being waited for
comes to this process (a subreaper, Linux alone), which waits for it; PySpark's workers, whose time their parent throws
away, are looked at ten times a second until they end. It depends less on what else the machine does than the clock's.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from select import select
from typing import Final

from farm import make_farm

from gangwei.batch import plan

_GANGWEI: Final = (sys.executable, "-c", "from gangwei.cli import main\nraise SystemExit(main())", "extract")
_SUBREAPER: Final = 36  # PR_SET_CHILD_SUBREAPER
_FEW: Final = 20
_ESTIMATED: Final = (10_000_000, 100_000_000)
_CORES: Final = (200, 1000)
_MASTER: Final = "--master local[2] --conf spark.ui.enabled=false pyspark-shell"
_LOCAL: Final = ("--engine", "local", "--workers", "2")
_SPARK: Final = ("--engine", "spark")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--documents", type=int, default=1000)
    options.add_argument("--files", type=int, default=74_000, help="how many files are planned")
    given = options.parse_args()
    if ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0):
        raise SystemExit("this machine does not hand lost processes on: run it on Linux")
    with tempfile.TemporaryDirectory(prefix="gangwei-") as folder:
        few, many, files = (Path(folder, name) for name in ("few", "many", "files"))
        make_farm(few, _FEW)
        make_farm(many, given.documents)
        local = _cost(many, Path(folder, "local"), _LOCAL)
        starting = _cost(few, Path(folder, "started"), _SPARK)
        spark = _cost(many, Path(folder, "spark"), _SPARK)
        _fill(files, given.files)
        began = time.process_time()
        lines = [plan.to_line(shard) for shard in plan.shards(plan.find([str(files)], Path(folder, "none")), "")]
        planning = time.process_time() - began
    each = (spark - starting) / (given.documents - _FEW)
    rate, size = given.files / planning, sum(map(len, lines)) / given.files
    of, under = f"{given.documents} documents", f"{' '.join(_SPARK)}, local[2]"
    print(f"{of}, {' '.join(_LOCAL)}: {local:.0f} s, {local / given.documents * 1000:.0f} ms each")
    print(f"{_FEW} documents, {under}: {starting:.0f} s")
    print(f"{of}, {under}: {spark:.0f} s, {each * 1000:.0f} ms each beyond the start")
    print(f"planning {given.files} files: {planning:.1f} s, {rate:.0f} a second, {size:.0f} bytes each")
    for number in _ESTIMATED:
        seconds = number * each
        on = ", ".join(f"{seconds / cores / 60:.0f} min on {cores} cores" for cores in _CORES)
        before = f"{number / rate / 60:.0f} min of planning, a plan of {number * size / 1e9:.0f} GB"
        print(f"estimate for {number // 1_000_000} million: {seconds / 3600:.0f} core hours, {on}; {before}")


def _cost(folder: Path, output: Path, words: tuple[str, ...]) -> float:
    """Seconds of processor time of a call, with all processes that it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = os.environ | {"PYSPARK_SUBMIT_ARGS": _MASTER, "PYSPARK_PYTHON": sys.executable}
    call = [*_GANGWEI, str(folder), "-o", str(output), "--format", "parquet", "--json", *words]
    lost: dict[int, float] = {}
    with subprocess.Popen(call, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        while not select([process.stdout], [], [], 0.1)[0]:  # it speaks when all is done
            lost |= _workers(os.getpid())
        said = process.stdout.read()
    try:
        while True:
            os.wait()
    except ChildProcessError:  # none is left
        pass
    if process.returncode != 0:
        raise SystemExit(f"gangwei extract ended with {process.returncode}; for Spark, run `make engine` first")
    read = json.loads(said)["documents_read"]
    if read != len(list(folder.iterdir())):
        raise SystemExit(f"{read} documents were read of {folder}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime + sum(lost.values())


def _workers(root: int) -> dict[int, float]:
    """The workers of PySpark's daemon below a process, and the processor time of each with its own children so far."""
    parents: dict[int, int] = {}
    times: dict[int, float] = {}
    daemons: set[int] = set()
    for path in Path("/proc").glob("[0-9]*"):
        try:
            words = (path / "stat").read_bytes().rpartition(b") ")[2].split()
            if b"pyspark.daemon" in (path / "cmdline").read_bytes():
                daemons.add(int(path.name))
        except OSError:  # it has just ended
            continue
        parents[int(path.name)] = int(words[1])
        times[int(path.name)] = sum(map(int, words[11:15])) / os.sysconf("SC_CLK_TCK")

    def is_ours(process: int) -> bool:
        while process not in (0, root):
            process = parents.get(process, 0)
        return process == root

    # Worker and daemon have one name; the daemon's parent is Java, and a worker's children are counted with it.
    first = {process for process in daemons if parents[process] not in daemons}
    return {process: times[process] for process in daemons if parents[process] in first and is_ours(process)}


def _fill(folder: Path, number: int) -> None:
    for first in range(0, number, 1000):
        below = folder / f"{first:06}"
        below.mkdir(parents=True)
        for place in range(first, min(first + 1000, number)):
            (below / f"{place:06}.txt").touch()


if __name__ == "__main__":
    main()
