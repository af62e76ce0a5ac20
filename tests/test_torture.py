"""Runs that are killed, starved and poisoned. In `make test` a few times each, in `make torture` many times."""

from __future__ import annotations

import itertools
import json
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Self

import pytest

from gangwei.batch.merge import Shape
from gangwei.batch.run import Reading, run
from gangwei.errors import GangweiError
from gangwei.model import Document, Extraction, Note
from test_batch import (
    POISON,
    READING,
    REASONS,
    SLOW,
    children,
    end_within,
    errors,
    extract,
    fill,
    hold,
    kill,
    read,
    rows,
    start,
    tables,
    wait_for_parts,
    wait_until_dead,
)

pytestmark = [pytest.mark.slow, pytest.mark.torture]

CSV = Shape(("csv",))


@pytest.fixture
def times(pytestconfig: pytest.Config) -> int:
    """How often something is done: 20 times in `make torture`."""
    return 20 if pytestconfig.getoption("--torture") else 2


@pytest.mark.parametrize("victims", ["parent", "workers", "both"])
def test_kills_at_any_moment_leave_no_trace(tmp_path: Path, times: int, victims: str) -> None:
    folder = fill(tmp_path / "in")
    began = time.monotonic()
    assert start(folder, tmp_path / "whole").wait(60) == 0
    longest = time.monotonic() - began  # moments are drawn from all of that
    whole = tables(tmp_path / "whole")
    draw = random.Random(victims)
    output = tmp_path / "out"
    killed = 0
    while killed < times:
        process = start(folder, output)
        moment = time.monotonic() + draw.uniform(0, longest)
        while time.monotonic() < moment and process.poll() is None:
            time.sleep(0.005)
        workers = children(process.pid) if process.poll() is None else []
        if process.poll() is None:
            killed += 1
            kill(([process.pid] if victims != "workers" else []) + (workers if victims != "parent" else []))
        end_within(60, process)
        wait_until_dead(workers)
        assert process.returncode in (0, -signal.SIGKILL)
        if process.returncode == 0:
            assert tables(output) == whole
            shutil.rmtree(output)
    run([str(folder)], output, SLOW, shape=CSV, resume=True)
    assert tables(output) == whole
    assert not list(output.rglob("*aside*"))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 20 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip(f"no disk of 20 MB can be mounted here: {done.stderr.decode().strip()}")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.mark.parametrize("megabytes", [30, 12])  # the parts do not fit; the parts fit, the tables do not
def test_a_disk_that_fills(tmp_path: Path, small_disk: Path, megabytes: int) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    draw = random.Random(megabytes)
    for number in range(megabytes):  # what no compression makes smaller
        text = "".join(map(chr, draw.choices(range(0x4E00, 0x9FA0), k=340_000)))
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    output, shape = small_disk / "out", Shape(("csv", "jsonl"), keep_text=True)
    for _ in range(2):
        with pytest.raises(GangweiError, match="No space left on device; mend that, then go on with --resume") as error:
            run([str(folder)], output, READING, shape=shape, workers=2, resume=True)
        assert "\n" not in str(error.value)
        assert not tables(output).keys() & {"documents.csv", "manifest.json"}
    subprocess.run(["mount", "-o", "remount,size=200m", str(small_disk)], check=True)
    run([str(folder)], output, READING, shape=shape, resume=True)
    run([str(folder)], tmp_path / "whole", READING, shape=shape)
    assert tables(output) == tables(tmp_path / "whole")


def test_an_output_that_cannot_be_written_to(tmp_path: Path, small_disk: Path) -> None:
    folder = fill(tmp_path / "in", 3)
    run([str(folder)], small_disk / "out", READING, shape=CSV)
    before = tables(small_disk / "out")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    for name, more in (("out", {"resume": True}), ("out", {"overwrite": True}), ("new", {})):
        with pytest.raises(GangweiError, match="cannot be written to: Read-only file system") as error:
            run([str(folder)], small_disk / name, READING, shape=CSV, **more)
        assert "\n" not in str(error.value)
    assert tables(small_disk / "out") == before


def swelling(document: Document) -> Extraction:
    """Poison of one more kind: a result of enormous size."""
    if document.text == "swell":
        return Extraction(document, notes=(Note("made", 0, 0, "职" * 300),) * 99_990)
    return extract(document)


def test_one_in_a_hundred_is_poison(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    if not pytestconfig.getoption("--torture"):
        pytest.skip("in make torture; make test has test_poison_of_every_kind_at_once")
    folder = fill(tmp_path / "in", 2000)
    poisons = [*POISON, "swell"]
    for number, path in enumerate(sorted(folder.rglob("*.txt"))[50::100]):
        path.write_text(poisons[number % len(poisons)], encoding="utf-8")
    reading, limits = Reading(read, swelling, "rules-1"), {"time_limit": 1, "memory_limit": 600 << 20}
    for workers in (1, 2, 4):
        run([str(folder)], tmp_path / f"{workers}", reading, shape=CSV, workers=workers, **limits)
    assert tables(tmp_path / "1") == tables(tmp_path / "2") == tables(tmp_path / "4")
    found = list(map(str, errors(tmp_path / "1").values()))
    assert len(found) == 20
    assert {reason for reason in found if "too many" not in reason} == set(REASONS.values())
    assert len(rows(tmp_path / "1")) == 2000


def test_a_clock_that_goes_back_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, output = fill(tmp_path / "in"), tmp_path / "out"
    run([str(folder)], tmp_path / "whole", READING)
    now = time.time()

    def earlier() -> float:
        nonlocal now
        now -= 3600
        return now

    monkeypatch.setattr(time, "time", earlier)
    monkeypatch.setattr(time, "time_ns", lambda: int(earlier() * 1e9))
    run([str(folder)], output, READING)
    assert tables(output) == tables(tmp_path / "whole")
    # All that was written is of a day to come, and so is a new document.
    (folder / "new.txt").write_text("新", encoding="utf-8")
    for path in (*output.rglob("*"), *folder.rglob("*")):
        os.utime(path, (4e9, 4e9))
    run([str(folder)], output, READING, resume=True)
    run([str(folder)], tmp_path / "fresh", READING)
    assert tables(output) == tables(tmp_path / "fresh")


def test_no_run_asks_what_time_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the log does; there the clock jumps, a day back, an hour ahead. Workers are forked, and inherit all this."""
    folder = fill(tmp_path / "in", 60)
    for number, poison in enumerate(("exit", "sleep")):  # their second try, and the clocks of their limits
        (folder / f"{number}.txt").write_text(poison, encoding="utf-8")
    shape = Shape(("csv", "parquet", "jsonl", "xlsx"), keep_text=True)
    run([str(folder)], tmp_path / "whole", READING, shape=shape, workers=2, time_limit=1)

    def unasked(name: str) -> Callable[..., object]:
        known = getattr(time, name)

        def answer(*given: object) -> object:
            if name.startswith(("time", "clock")) or not given:
                raise AssertionError(f"something asks what time it is: {name}{given}")
            return known(*given)  # of a moment that it has

        return answer

    for name in ("time", "time_ns", "localtime", "gmtime", "ctime", "clock_gettime", "clock_gettime_ns"):
        monkeypatch.setattr(time, name, unasked(name))
    hours = itertools.accumulate(itertools.cycle((-24, 1, 24)), initial=0)

    class Jumping(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return cls(2026, 1, 1, tzinfo=tz) + timedelta(hours=next(hours))

    monkeypatch.setattr("gangwei.batch.log.datetime", Jumping)
    output = tmp_path / "out"
    run([str(folder)], output, READING, shape=shape, workers=2, time_limit=1)
    assert tables(output) == tables(tmp_path / "whole")
    log = [json.loads(line) for line in (output / ".gangwei/log.jsonl").read_text(encoding="utf-8").splitlines()]
    told = [line["time"] for line in log]
    assert told != sorted(told)
    assert all(0 <= line["seconds"] < 600 for line in log if "seconds" in line)
    for path in output.glob(".gangwei/parts/*"):
        shutil.rmtree(path)
        break
    run([str(folder)], output, READING, shape=shape, workers=2, time_limit=1, resume=True)
    assert tables(output) == tables(tmp_path / "whole")


def test_ctrl_c_ends_a_run_within_two_seconds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    folder = fill(tmp_path / "in")
    hold(folder, monkeypatch)
    draw = random.Random(2)
    for attempt in range(times):
        output = tmp_path / f"{attempt}"
        process = start(folder, output)
        wait_for_parts(output, draw.randint(0, 3))
        time.sleep(draw.uniform(0, 0.3))
        workers = children(process.pid)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all of them
        end_within(2, process)
        assert process.returncode != 0
        wait_until_dead(workers)
        run([str(folder)], output, READING, shape=CSV, resume=True)
    run([str(folder)], tmp_path / "whole", READING, shape=CSV)
    for attempt in range(times):
        assert tables(tmp_path / f"{attempt}") == tables(tmp_path / "whole")
