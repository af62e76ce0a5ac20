"""More cores and more documents: what two workers gain over one, and whether the time a document grows with their number."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from naive import Naive
from ours import Ours

_COUNTS: Final = (1, 4, 16)  # of the smallest number of documents
_CHAINS: Final[list[Naive]] = []  # one in each process of the naive side


def by_workers(
    ours: Ours, folder: Path, paths: Sequence[Path], naive: int, rounds: int, work: Path
) -> dict[str, float]:
    """Documents a second with one worker and with one a core, and those of as many naive chains as there are cores.

    How much cores can gain on this machine, whose cores share caches and a clock rate, say runs that know nothing of each
    other: one a core, with one worker each.
    """
    cores = len(_allowed())
    rates: dict[str, list[float]] = {"ours_on_1": [], "ours_on_all": [], "ours_side_by_side": [], "naive_on_all": []}
    shares = [_share(paths[core::cores], work / f"share{core}") for core in range(cores)]
    with _on_all_cores(), ProcessPoolExecutor(cores, get_context("fork"), _build) as pool:
        list(pool.map(_chain, [(list(paths[:1]), work / f"warm{core}") for core in range(cores)]))
        for turn in range(rounds):
            for name, workers in (("ours_on_1", 1), ("ours_on_all", cores)):
                began = time.perf_counter()
                ours.run(folder, work / f"{name}{turn}", workers=workers)
                rates[name].append(len(paths) / (time.perf_counter() - began))
            began = time.perf_counter()
            _side_by_side(ours, shares, work / f"side_by_side{turn}")
            rates["ours_side_by_side"].append(len(paths) / (time.perf_counter() - began))
            some = paths[: naive * cores]
            parts = [(list(some[core::cores]), work / f"naive_on_all{turn}" / str(core)) for core in range(cores)]
            began = time.perf_counter()
            list(pool.map(_chain, parts))
            rates["naive_on_all"].append(len(some) / (time.perf_counter() - began))
    found = {name: max(rate) for name, rate in rates.items()}
    gain, ratio = found["ours_on_all"] / found["ours_on_1"], found["ours_on_all"] / found["naive_on_all"]
    most = found["ours_side_by_side"] / found["ours_on_1"]
    print(
        f"{cores} cores, documents/s, best of {rounds}: ours {found['ours_on_all']:.0f} with {cores} workers and "
        f"{found['ours_on_1']:.0f} with 1 (x{gain:.2f}; {cores} runs side by side: x{most:.2f}), naive {found['naive_on_all']:.0f} with {cores} processes; "
        f"ours / naive: {ratio:.1f}"
    )
    return found | {"cores": cores, "gain": gain, "most": most, "ratio": ratio}


def by_count(ours: Ours, paths: Sequence[Path], work: Path) -> dict[str, float]:
    """Milliseconds a document for more and more documents, on one core: a flat row is linear time."""
    smallest = len(paths) // _COUNTS[-1]
    found: dict[str, float] = {}
    for times in _COUNTS:
        number = smallest * times
        folder = work / f"count{number}"
        _share(paths[:number], folder)
        began = time.perf_counter()
        ours.run(folder, work / f"counted{number}")
        found[str(number)] = (time.perf_counter() - began) / number * 1000
    print("growth, ms a document by their number: " + ", ".join(f"{ms:.2f} at {n}" for n, ms in found.items()))
    return found


def _share(paths: Sequence[Path], folder: Path) -> Path:
    """The folder with these documents in it."""
    folder.mkdir(parents=True)
    for path in paths:
        (folder / path.name).hardlink_to(path)
    return folder


def _side_by_side(ours: Ours, shares: Sequence[Path], work: Path) -> None:
    """A run for each share, all at once, each in a process of its own, forked with all that is loaded."""
    runs = [get_context("fork").Process(target=ours.run, args=(share, work / share.name)) for share in shares]
    for one in runs:
        one.start()
    for one in runs:
        one.join()
        assert one.exitcode == 0


def _build() -> None:
    _CHAINS.append(Naive())


def _chain(part: tuple[list[Path], Path]) -> int:
    return _CHAINS[0].run(*part)


def _allowed() -> set[int]:
    """The cores of the machine; this process itself may have been put on one of them."""
    return set(range(os.cpu_count() or 1))


@contextmanager
def _on_all_cores() -> Iterator[None]:
    before = os.sched_getaffinity(0) if hasattr(os, "sched_setaffinity") else set()
    if before:
        os.sched_setaffinity(0, _allowed())
    try:
        yield
    finally:
        if before:
            os.sched_setaffinity(0, before)
