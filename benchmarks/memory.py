"""Peak memory of `gangwei extract`, of the parent and of its largest worker, for so many documents.

    python benchmarks/memory.py 10000 100000 [--workers 2]

The documents are made by `gangwei synth`, about 300 bytes each; those of the smaller run are the first of the larger one's.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

GANGWEI = Path(sys.executable).with_name("gangwei")


def main() -> None:
    """Print a line for each number of documents."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", nargs="+", type=int)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--json", type=Path, help="where to keep the figures")
    given = parser.parse_args()
    figures = []
    with TemporaryDirectory() as folder:
        for number in sorted(given.documents):
            inputs = Path(folder, "documents")
            _make(inputs, number)
            figures.append({"documents": number} | _measure(inputs, Path(folder, f"out-{number}"), given.workers))
            print("{documents} documents: parent {parent} MB, worker {worker} MB, {seconds} s".format(**figures[-1]))
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


def _make(inputs: Path, number: int) -> None:
    """Have so many documents in the folder, 1,000 to a folder in it; those that are there stay."""
    for first in range(0, number, 1000):
        place = inputs / f"{first:06}"
        if not place.exists():
            count = ["-n", str(min(1000, number - first)), "--seed", str(first + 1)]
            subprocess.run(
                [GANGWEI, "synth", *count, "-o", str(place), "--size", "300B"], check=True, capture_output=True
            )
            for path in (*place.glob("*.json*"), *place.glob("*.toml")):  # the gold
                path.unlink()


def _measure(inputs: Path, output: Path, workers: int) -> dict[str, int]:
    """The peaks in MB of resident memory, shared pages with it, and how long it took."""
    began = time.monotonic()
    call = [GANGWEI, "extract", str(inputs), "-o", str(output), "--workers", str(workers), "--quiet"]
    peaks: dict[int, int] = {}
    with subprocess.Popen(call) as process:
        while process.poll() is None:
            for one in (process.pid, *_children(process.pid)):
                peaks[one] = max(peaks.get(one, 0), _peak(one))
            time.sleep(0.05)
    if process.returncode not in (0, 1):
        raise SystemExit(process.returncode)
    parent = peaks.pop(process.pid)
    return {"parent": parent >> 10, "worker": max(peaks.values()) >> 10, "seconds": round(time.monotonic() - began)}


def _children(process: int) -> Iterator[int]:
    try:
        yield from map(int, Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split())
    except OSError:
        return


def _peak(process: int) -> int:
    """The most memory that a process had resident so far, in KB."""
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)


if __name__ == "__main__":
    main()
