"""Documents a second, from bytes to CSV and Parquet on one core, ours against a naive chain of the same packages.

    python benchmarks/speed.py [--quick] [--json FILE] [--against FILE]

Both sides run in this one process, turn and turn about, on the same farm and the same core. See README.md beside this.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from farm import LAYOUTS, make_farm
from naive import Naive

from gangwei.model import Document
from gangwei.synth import generate

try:
    from ours import Clock, Ours
    from scale import by_count, by_workers
except ImportError as error:  # a commit whose line from bytes to tables is not whole yet
    LACKING = str(error)
else:
    LACKING = ""

_LENGTHS: Final = (1_000, 3_000, 10_000, 100_000, 1_000_000)
_GROWN: Final = ("form_inline", "table_flat", "slides_flat", "job_ad")


class Plan(NamedTuple):
    """How much is measured."""

    documents: int
    rounds: int
    naive: int  # documents of the farm that the naive side gets in a round
    staged: int
    starts: int
    wide: int  # rounds on all cores


FULL: Final = Plan(documents=2000, rounds=5, naive=300, staged=1000, starts=7, wide=3)
QUICK: Final = Plan(documents=500, rounds=3, naive=60, staged=200, starts=3, wide=1)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a sixth of the documents, for a first look")
    parser.add_argument("--json", type=Path, help="write all figures here")
    parser.add_argument("--against", type=Path, help="figures of another commit to compare with")
    args = parser.parse_args()
    plan = QUICK if args.quick else FULL
    _stay_on_one_core()
    with tempfile.TemporaryDirectory() as name:
        figures = measure(plan, Path(name))
    if args.json:
        args.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    if args.against:
        _compare(json.loads(args.against.read_text(encoding="utf-8")), figures)
    return 0


def measure(plan: Plan, work: Path) -> dict[str, Any]:
    """All figures, printed as they come."""
    began = time.perf_counter()
    folder = work / "farm"
    paths = make_farm(folder, plan.documents)
    made = time.perf_counter() - began
    kilobytes = sum(path.stat().st_size for path in paths) / len(paths) / 1000
    print(
        f"farm: {len(paths)} documents of {kilobytes:.2f} KB ({', '.join(LAYOUTS)}), made at {len(paths) / made:.0f}/s"
    )
    print(f"python {platform.python_version()}, one core of {os.cpu_count()}")
    figures: dict[str, Any] = {"farm": {"documents": len(paths), "kilobytes": kilobytes}}
    if LACKING:
        print(f"our side cannot run yet: {LACKING}")
    ours = None if LACKING else Ours()
    figures |= _race(plan, folder, paths, ours, work)
    if ours is not None:
        figures["stages"] = _stages(ours, paths[: plan.staged], work / "staged")
        figures["growth"] = _growth(ours)
        figures["counts"] = by_count(ours, paths, work)
        figures["workers"] = by_workers(ours, folder, paths, plan.naive, plan.wide, work)
    figures["start"] = _starts(plan, paths[0], work)
    return figures


def _race(plan: Plan, folder: Path, paths: Sequence[Path], ours: Ours | None, work: Path) -> dict[str, Any]:
    """Both sides, turn and turn about."""
    naive = Naive()
    rates: dict[str, list[float]] = {"naive": [], "ours": []}
    for turn in range(plan.rounds):
        part = paths[turn * plan.naive % len(paths) :][: plan.naive]
        seconds = _timed(partial(naive.run, part, work / f"naive{turn}"))
        rates["naive"].append(len(part) / seconds)
        if ours is not None:
            seconds = _timed(partial(ours.run, folder, work / f"ours{turn}"))
            rates["ours"].append(len(paths) / seconds)
        print(f"round {turn + 1}: " + ", ".join(f"{side} {rate[-1]:.0f}/s" for side, rate in rates.items() if rate))
    found = {f"{side}_per_second": statistics.median(rate) for side, rate in rates.items() if rate}
    print("documents/s, median: " + ", ".join(f"{name.split('_')[0]} {rate:.0f}" for name, rate in found.items()))
    if ours is not None:
        ratios = [a / b for a, b in zip(rates["ours"], rates["naive"], strict=True)]
        found["ratio"] = statistics.median(ratios)
        print(f"ours / naive: {found['ratio']:.1f} (from {min(ratios):.1f} to {max(ratios):.1f})")
    return found | {"rounds": rates}


def _stages(ours: Ours, paths: Sequence[Path], output: Path) -> dict[str, float]:
    """Milliseconds a document by stage, in one process and without the batch around it."""
    ours.run_here(paths[:20], output / "warm", Clock())
    clock = Clock()
    with clock.wrapped():
        fresh = Ours()  # bound methods are taken when the rules are loaded
        loaded = dict(clock.seconds)
        whole = _timed(lambda: fresh.run_here(paths, output / "cold", clock))
    times = {name: (spent - loaded.get(name, 0.0)) / len(paths) * 1000 for name, spent in clock.seconds.items()}
    print(f"stages, {len(paths)} documents, {whole / len(paths) * 1000:.3f} ms a document with the clock's own cost:")
    total = sum(times.values())
    for name, spent in sorted(times.items(), key=lambda entry: -entry[1]):
        print(f"   {name:20}{spent:8.3f} ms {spent / total:6.1%}")
    for place in clock.missing:
        print(f"   {place} is not there; see STAGES in ours.py")
    return times


def _growth(ours: Ours) -> dict[str, float]:
    """Milliseconds a kilobyte by length: a flat row is linear time."""
    print("growth, ms a KB (extraction alone): " + "".join(f"{length // 1000:>9} KB" for length in _LENGTHS))
    found = {}
    for layout in _GROWN:
        row = []
        for length in _LENGTHS:
            text = generate(1, layout, size=length).data.decode()
            document = Document(text, doc_id="a.txt")
            times = max(1, 30_000 // length)
            spent = (
                _timed(lambda document=document, times=times: [ours.extract(document) for _ in range(times)]) / times
            )
            row.append(spent * 1000 / (len(text.encode()) / 1000))
            found[f"{layout} {length}"] = row[-1]
        print(f"   {layout:33}" + "".join(f"{spent:12.3f}" for spent in row))
    return found


def _starts(plan: Plan, path: Path, work: Path) -> dict[str, float]:
    """Milliseconds from call to end, the best of several."""
    program = [sys.executable, "-c", "import sys; from gangwei.cli import main; sys.exit(main())"]
    calls: dict[str, Callable[[int], list[str]]] = {
        "--help": lambda _: ["--help"],
        "--version": lambda _: ["--version"],
        "extract, one file": lambda turn: ["extract", str(path), "-o", str(work / f"one{turn}"), "--quiet"],
    }
    found = {}
    # pip compiles what it installs: without its byte code, which this variable forbids to write, each start compiles anew.
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    for name, arguments in calls.items():
        times = []
        failed = 0
        for turn in range(plan.starts):
            began = time.perf_counter()
            call = [*program, *arguments(turn)]
            failed |= subprocess.run(call, capture_output=True, check=False, env=surroundings).returncode
            times.append(time.perf_counter() - began)
        found[name] = min(times) * 1000
        print(f"start: {name:20}{found[name]:8.0f} ms" + (f"  (exit status {failed})" if failed else ""))
    return found


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _stay_on_one_core() -> None:
    """Workers are children and stay there too. Where the system cannot do it the figures are of more cores than one."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def _compare(old: dict[str, Any], new: dict[str, Any]) -> None:
    """Each figure that both have, with the change."""
    before, after = dict(_flat(old)), dict(_flat(new))
    print("against the other figures:")
    for name in [name for name in after if before.get(name)]:
        print(f"   {name:40}{before[name]:12.3f}{after[name]:12.3f}  x{after[name] / before[name]:.2f}")


def _flat(figures: dict[str, Any], prefix: str = "") -> list[tuple[str, float]]:
    found: list[tuple[str, float]] = []
    for name, value in figures.items():
        if isinstance(value, dict):
            found += _flat(value, f"{prefix}{name}.")
        elif isinstance(value, int | float):
            found.append((prefix + name, float(value)))
    return found


if __name__ == "__main__":
    sys.exit(main())
